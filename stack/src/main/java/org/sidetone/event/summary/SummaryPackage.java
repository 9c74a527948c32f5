package org.sidetone.event.summary;

import org.sidetone.bytes.Ascii;

/** The names of the message-summary event package (RFC 3842 section 3). */
public final class SummaryPackage {
    public static final byte[] EVENT = Ascii.bytes("message-summary");
    /** Section 3.4. */
    public static final long DEFAULT_EXPIRES_SEC = 3600;

    private SummaryPackage() {
    }
}
