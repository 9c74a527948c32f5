package org.sidetone.event.conference;

import org.sidetone.bytes.Ascii;

/** The names of the conference event package (RFC 4575 section 3). */
public final class ConferencePackage {
    public static final byte[] EVENT = Ascii.bytes("conference");
    /** Section 3.4. */
    public static final long DEFAULT_EXPIRES_SEC = 3600;

    private ConferencePackage() {
    }
}
