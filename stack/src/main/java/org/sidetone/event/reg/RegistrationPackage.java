package org.sidetone.event.reg;

import org.sidetone.bytes.Ascii;

/** The names of the registration event package (RFC 3680 section 4). */
public final class RegistrationPackage {
    public static final byte[] EVENT = Ascii.bytes("reg");
    /** Section 4.4. */
    public static final long DEFAULT_EXPIRES_SEC = 3761;

    private RegistrationPackage() {
    }
}
