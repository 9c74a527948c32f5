package org.sidetone.bytes;

/** Hexadecimal digits. */
public final class Hex {
    private Hex() {
    }

    /** Lower-case digit of the low four bits. */
    public static int digit(int nibble) {
        nibble &= 0xF;
        return nibble < 10 ? '0' + nibble : 'a' + nibble - 10;
    }

    /** Value of a digit of either case, or -1. */
    public static int value(int digit) {
        if (digit >= '0' && digit <= '9') {
            return digit - '0';
        }
        digit |= 0x20;
        return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
    }

    /** Appends octets as {@code 4A:AD:B9}, as fingerprints and hashes are written in session descriptions (RFC 8122 section 5). */
    public static void putColons(byte[] octets, int length, ByteSink out) {
        for (int i = 0; i < length; i++) {
            if (i > 0) {
                out.put(':');
            }
            out.put(upper(octets[i] >> 4)).put(upper(octets[i]));
        }
    }

    /** Reads {@code 4A:AD:B9}, of either case. @return false when it is not just so many octets, written so */
    public static boolean readColons(byte[] b, int from, int limit, byte[] out, int offset, int length) {
        if (limit - from != 3 * length - 1) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            int at = from + 3 * i;
            int high = value(b[at]);
            int low = value(b[at + 1]);
            if (high < 0 || low < 0 || i + 1 < length && b[at + 2] != ':') {
                return false;
            }
            out[offset + i] = (byte) (high << 4 | low);
        }
        return true;
    }

    /** A digit with the letters A to F. */
    public static int upper(int nibble) {
        int d = digit(nibble);
        return d >= 'a' ? d - 'a' + 'A' : d;
    }
}
