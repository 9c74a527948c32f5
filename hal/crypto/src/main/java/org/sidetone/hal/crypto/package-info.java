/** Digests by Bouncy Castle's lightweight classes: reused objects, no provider registered. */
package org.sidetone.hal.crypto;
