/**
 * Between bytes and messages: datagrams and stream framing (RFC 3261 section 18.3), responses to what cannot be read, rport
 * (RFC 3581), CRLF keep-alive answers (RFC 5626 section 4.4.1). Opens no sockets: {@link org.sidetone.port.Wire} does.
 */
package org.sidetone.sip.transport;
