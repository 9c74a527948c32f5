/** Dialog information, {@code application/dialog-info+xml} (RFC 4235 section 4). */
package org.sidetone.doc.dialoginfo;
