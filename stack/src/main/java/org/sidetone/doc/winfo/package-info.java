/** Watcher information, {@code application/watcherinfo+xml} (RFC 3858), whole and partial. */
package org.sidetone.doc.winfo;
