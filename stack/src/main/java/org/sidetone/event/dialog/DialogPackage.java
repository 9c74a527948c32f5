package org.sidetone.event.dialog;

import org.sidetone.bytes.Ascii;

/** The names of the dialog event package (RFC 4235 section 3). */
public final class DialogPackage {
    public static final byte[] EVENT = Ascii.bytes("dialog");
    /** Section 3.4, for all dialogs of a user. */
    public static final long DEFAULT_EXPIRES_SEC = 3600;

    private DialogPackage() {
    }
}
