package org.sidetone.bytes;

/** ASCII text where it lies: comparison, numbers, the character classes of the RFCs' grammars. */
public final class Ascii {
    private static final byte TOKEN = 1;
    private static final byte DIGIT = 2;
    private static final byte ALPHA = 4;
    private static final byte HOST = 8;
    private static final byte[] CLASS = new byte[256];

    static {
        String marks = "-.!%*_+`'~";
        for (int i = 0; i < marks.length(); i++) {
            CLASS[marks.charAt(i)] |= TOKEN;
        }
        for (int c = '0'; c <= '9'; c++) {
            CLASS[c] |= TOKEN | DIGIT | HOST;
        }
        for (int c = 'a'; c <= 'z'; c++) {
            CLASS[c] |= TOKEN | ALPHA | HOST;
            CLASS[c - 32] |= TOKEN | ALPHA | HOST;
        }
        CLASS['-'] |= HOST;
        CLASS['.'] |= HOST;
        CLASS['_'] |= HOST;         // not in the grammar, but in the names of real hosts
    }

    private Ascii() {
    }

    /** The octets of an ASCII constant: at start-up only. */
    public static byte[] bytes(String text) {
        byte[] b = new byte[text.length()];
        for (int i = 0; i < b.length; i++) {
            b[i] = (byte) text.charAt(i);
        }
        return b;
    }

    /** {@code token} of RFC 3261 section 25.1. */
    public static boolean isToken(int octet) {
        return (CLASS[octet & 0xFF] & TOKEN) != 0;
    }

    public static boolean isDigit(int octet) {
        return octet >= '0' && octet <= '9';
    }

    public static boolean isAlpha(int octet) {
        return (CLASS[octet & 0xFF] & ALPHA) != 0;
    }

    public static boolean isHost(int octet) {
        return (CLASS[octet & 0xFF] & HOST) != 0;
    }

    public static int lower(int octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + 32 : octet;
    }

    public static boolean equals(byte[] a, int aOffset, int aLength, byte[] b, int bOffset, int bLength) {
        if (aLength != bLength) {
            return false;
        }
        for (int i = 0; i < aLength; i++) {
            if (a[aOffset + i] != b[bOffset + i]) {
                return false;
            }
        }
        return true;
    }

    public static boolean equalsIgnoreCase(byte[] a, int aOffset, int aLength, byte[] b, int bOffset, int bLength) {
        if (aLength != bLength) {
            return false;
        }
        for (int i = 0; i < aLength; i++) {
            byte x = a[aOffset + i];
            byte y = b[bOffset + i];
            if (x != y && lower(x) != lower(y)) {
                return false;
            }
        }
        return true;
    }

    public static boolean startsWith(byte[] b, int offset, int limit, byte[] prefix) {
        return limit - offset >= prefix.length && equals(b, offset, prefix.length, prefix, 0, prefix.length);
    }

    public static boolean startsWithIgnoreCase(byte[] b, int offset, int limit, byte[] prefix) {
        return limit - offset >= prefix.length && equalsIgnoreCase(b, offset, prefix.length, prefix, 0, prefix.length);
    }

    /** Index of an octet, or {@code limit}. */
    public static int indexOf(byte[] b, int offset, int limit, int octet) {
        int at = offset;
        while (at < limit && b[at] != octet) {
            at++;
        }
        return at;
    }

    public static int endOfToken(byte[] b, int offset, int limit) {
        int at = offset;
        while (at < limit && (CLASS[b[at] & 0xFF] & TOKEN) != 0) {
            at++;
        }
        return at;
    }

    public static int endOfDigits(byte[] b, int offset, int limit) {
        int at = offset;
        while (at < limit && isDigit(b[at])) {
            at++;
        }
        return at;
    }

    /** The number that all octets of the range spell, or -1: no digits, something else among them, or above {@code maximum}. */
    public static long decimal(byte[] b, int offset, int limit, long maximum) {
        if (offset >= limit) {
            return -1;
        }
        long n = 0;
        for (int at = offset; at < limit; at++) {
            if (!isDigit(b[at])) {
                return -1;
            }
            int digit = b[at] - '0';
            if (n > (maximum - digit) / 10) {
                return -1;
            }
            n = 10 * n + digit;
        }
        return n;
    }

    /** Steps over spaces, tabs and folds. The line structure was checked before, so CR and LF occur in folds alone. */
    public static int skipLws(byte[] b, int offset, int limit) {
        int at = offset;
        while (at < limit && (b[at] == ' ' || b[at] == '\t' || b[at] == '\r' || b[at] == '\n')) {
            at++;
        }
        return at;
    }

    /** Steps back over white space before {@code limit}. */
    public static int trimEnd(byte[] b, int offset, int limit) {
        int at = limit;
        while (at > offset && (b[at - 1] == ' ' || b[at - 1] == '\t' || b[at - 1] == '\r' || b[at - 1] == '\n')) {
            at--;
        }
        return at;
    }

    /** A hash that ignores case, to find a candidate; the octets confirm it. */
    public static int hashIgnoreCase(byte[] b, int offset, int length) {
        int h = 0;
        for (int i = 0; i < length; i++) {
            h = 31 * h + lower(b[offset + i]);
        }
        return h;
    }

    public static int hash(byte[] b, int offset, int length) {
        int h = 0;
        for (int i = 0; i < length; i++) {
            h = 31 * h + b[offset + i];
        }
        return h;
    }
}
