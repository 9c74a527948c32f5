/** Message summaries, {@code application/simple-message-summary} (RFC 3842 section 5). */
package org.sidetone.doc.summary;
