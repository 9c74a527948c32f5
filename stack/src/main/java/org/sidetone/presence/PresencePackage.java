package org.sidetone.presence;

import org.sidetone.bytes.Ascii;

/** The names of the presence event package (RFC 3856 section 6). */
public final class PresencePackage {
    public static final byte[] EVENT = Ascii.bytes("presence");
    /** Section 6.4: an hour. */
    public static final long DEFAULT_EXPIRES_SEC = 3600;

    private PresencePackage() {
    }
}
