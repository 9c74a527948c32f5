/**
 * Digest authentication, client and server, for SIP, MSRP and HTTP (RFC 7616, RFC 8760): MD5 and SHA-256, qop auth.
 * Left out so far: auth-int, SHA-512-256, userhash, nextnonce, replay protection by nonce count.
 */
package org.sidetone.digest;
