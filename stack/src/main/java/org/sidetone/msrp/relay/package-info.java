/**
 * An MSRP relay (RFC 4976 section 6): AUTH with digest, URIs that are good on the connection they were given out on, chunks forwarded as they
 * come. Nothing of a message is kept beyond what one connection holds while the next one is full.
 */
package org.sidetone.msrp.relay;
