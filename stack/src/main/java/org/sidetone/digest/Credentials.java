package org.sidetone.digest;

import org.sidetone.bytes.FixedText;

/** Whom to authenticate as. */
public final class Credentials {
    public final FixedText username = new FixedText(128);
    public final FixedText password = new FixedText(128);
}
