/**
 * The Message Session Relay Protocol: framing, chunks, reports, sessions on shared connections (RFC 4975), and an endpoint's use of relays
 * (RFC 4976); the relay itself is {@link org.sidetone.msrp.relay}. It knows no SIP: paths and flows come from whoever negotiated them.
 */
package org.sidetone.msrp;
