/** Event state publication, RFC 3903: the publishing user agent (section 4) and the event state compositor (section 6). */
package org.sidetone.event.publish;
