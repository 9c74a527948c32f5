/** S/MIME by Bouncy Castle: {@link org.sidetone.hal.crypto.smime.BouncySmime} works requests off, {@code Cms} signs and seals, {@code KeyRing} has the keys. */
package org.sidetone.hal.crypto.smime;
