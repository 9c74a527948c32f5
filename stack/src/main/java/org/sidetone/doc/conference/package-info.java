/** Conference information (RFC 4575): who takes part in a room. */
package org.sidetone.doc.conference;
