/**
 * Message sessions for people: an INVITE usage ({@code session}), descriptions ({@code doc.sdp}) and MSRP ({@code msrp}) joined as RFC 4975
 * section 8 says, with the connection model of RFC 6135, relays of RFC 4976, is-composing (RFC 3994) and CPIM where the other side likes it.
 */
package org.sidetone.chat;
