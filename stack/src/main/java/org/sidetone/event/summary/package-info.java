/** The message-summary event package (RFC 3842): what waits in a mailbox. */
package org.sidetone.event.summary;
