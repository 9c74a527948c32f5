/**
 * The transactions of RFC 3261 section 17 with RFC 4320 and RFC 6026: non-INVITE client and server, INVITE server.
 * Left out so far: the INVITE client (no INVITE is sent), merged requests.
 */
package org.sidetone.sip.transaction;
