/** The watcher information event template package (RFC 3857) at the notifier. */
package org.sidetone.event.winfo;
