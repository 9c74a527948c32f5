/**
 * Where a SIP URI leads: transport, address and port, in the order to try them (RFC 3263 section 4), with what failed left aside for a
 * while (section 4.3, RFC 3261 section 21.5.4). Left out: section 5, a response to a Via that names a host without received.
 */
package org.sidetone.sip.locate;
