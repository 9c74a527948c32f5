package org.sidetone.msrp;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;

/** Methods of RFC 4975, RFC 4976 and RFC 7701; their names are case-sensitive. */
public final class MsrpMethod {
    /** Any other; its name stays readable in the head. */
    public static final int OTHER = 0;
    public static final int SEND = 1;
    public static final int REPORT = 2;
    public static final int AUTH = 3;
    public static final int NICKNAME = 4;

    private static final byte[][] NAMES = {Ascii.bytes(""), Ascii.bytes("SEND"), Ascii.bytes("REPORT"), Ascii.bytes("AUTH"), Ascii.bytes("NICKNAME")};

    private MsrpMethod() {
    }

    static int of(Slice name) {
        for (int i = 1; i < NAMES.length; i++) {
            if (name.equals(NAMES[i])) {
                return i;
            }
        }
        return OTHER;
    }

    public static byte[] name(int code) {
        return NAMES[code];
    }
}
