/** Whether somebody is writing, {@code application/im-iscomposing+xml}: RFC 3994. */
package org.sidetone.doc.composing;
