/**
 * The SIP message (RFC 3261 sections 7, 20, 25): parser, tables, views, writer. Sections 19.1 (URIs) and 22 (digest) live in
 * {@code uri} and {@code digest}.
 */
package org.sidetone.sip;
