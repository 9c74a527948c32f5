/** Which documents of an XCAP server are others now, {@code application/xcap-diff+xml} (RFC 5874): entity tags alone; patches, elements and attributes are passed over. */
package org.sidetone.doc.xcapdiff;
