/** What the exchange keeps over a restart: named values, written in the background. */
package org.sidetone.switchboard.store;
