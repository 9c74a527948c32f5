/** The dialog event package (RFC 4235) at the watcher: what the calls of somebody come to. */
package org.sidetone.event.dialog;
