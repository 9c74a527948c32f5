/**
 * URIs where they lie: sip, sips, tel, im, pres; parts, escapes, comparison (RFC 3261 section 19.1); addresses as text.
 * Left out so far: msrp, http.
 */
package org.sidetone.uri;
