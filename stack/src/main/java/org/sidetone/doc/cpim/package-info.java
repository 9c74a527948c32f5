/** The message format of Common Presence and Instant Messaging, {@code message/cpim}: RFC 3862, whole, with the header fields of RFC 5438. */
package org.sidetone.doc.cpim;
