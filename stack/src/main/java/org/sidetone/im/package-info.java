/**
 * Page-mode messages, RFC 3428: sending, receiving, recognising a message that comes again; CPIM (RFC 3862), HTML and multipart read, CPIM
 * written for those who take it; disposition notifications both ways (RFC 5438). Left out: lists (5365), is-composing outside of chats (RFC
 * 3994 section 7 recommends it for answers alone), end-to-end security.
 */
package org.sidetone.im;
