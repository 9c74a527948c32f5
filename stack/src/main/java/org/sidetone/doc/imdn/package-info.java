/** Instant message disposition notifications, {@code message/imdn+xml}: RFC 5438 section 11. */
package org.sidetone.doc.imdn;
