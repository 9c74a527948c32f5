/**
 * Session descriptions: RFC 8866, what offers and answers say with them (RFC 3264 sections 5 to 8), and the attributes of message sessions
 * (RFC 4975 section 8, RFC 6135).
 */
package org.sidetone.doc.sdp;
