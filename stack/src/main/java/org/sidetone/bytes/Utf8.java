package org.sidetone.bytes;

/** UTF-8 (RFC 3629), by hand: the names of platform encodings differ between small virtual machines. */
public final class Utf8 {
    /** What a reader puts in place of a sequence that is not UTF-8. */
    public static final int REPLACEMENT = 0xFFFD;

    private Utf8() {
    }

    /** Octets that the code point takes. */
    public static int lengthOf(int c) {
        return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    }

    /** Writes a code point, which must fit. @return octets written */
    public static int encode(int c, byte[] out, int at) {
        if (c < 0x80) {
            out[at] = (byte) c;
            return 1;
        }
        int n = lengthOf(c);
        for (int i = n - 1; i > 0; i--) {
            out[at + i] = (byte) (0x80 | c & 0x3F);
            c >>= 6;
        }
        out[at] = (byte) (c | (n == 2 ? 0xC0 : n == 3 ? 0xE0 : 0xF0));
        return n;
    }

    /** Octets of the well-formed sequence that starts here, or 0 when there is none before {@code limit}. */
    public static int sequenceAt(byte[] b, int at, int limit) {
        if (at >= limit) {
            return 0;
        }
        int first = b[at] & 0xFF;
        if (first < 0x80) {
            return 1;
        }
        int n = first >= 0xC2 && first < 0xE0 ? 2 : first >= 0xE0 && first < 0xF0 ? 3 : first >= 0xF0 && first < 0xF5 ? 4 : 0;
        if (n == 0 || limit - at < n) {
            return 0;
        }
        int second = b[at + 1] & 0xFF;
        int lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < lowest || second > highest) {
            return 0;
        }
        for (int i = 2; i < n; i++) {
            if ((b[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return n;
    }

    /** The code point at {@code at}; {@link #REPLACEMENT} where there is no well-formed sequence (which then counts one octet). */
    public static int codePointAt(byte[] b, int at, int limit) {
        int n = sequenceAt(b, at, limit);
        if (n == 0) {
            return REPLACEMENT;
        }
        int c = n == 1 ? b[at] : b[at] & (0xFF >> (n + 1));
        for (int i = 1; i < n; i++) {
            c = c << 6 | b[at + i] & 0x3F;
        }
        return c;
    }

    /** Octets to step over at {@code at}: the sequence there, or 1 where none is well formed. */
    public static int stepAt(byte[] b, int at, int limit) {
        int n = sequenceAt(b, at, limit);
        return n == 0 ? 1 : n;
    }

    /** Where the last code point before {@code at} starts, not before {@code start}. */
    public static int previous(byte[] b, int start, int at) {
        int p = at - 1;
        while (p > start && at - p < 4 && (b[p] & 0xC0) == 0x80) {
            p--;
        }
        return p < start ? start : p;
    }

    /** Index of the first octet that is not UTF-8, or -1 when all is well. */
    public static int firstInvalid(byte[] b, int offset, int length) {
        int limit = offset + length;
        int at = offset;
        while (at < limit) {
            int n = sequenceAt(b, at, limit);
            if (n == 0) {
                return at;
            }
            at += n;
        }
        return -1;
    }

    /** Code points in some text, where each octet out of place counts as one. */
    public static int count(byte[] b, int offset, int length) {
        int limit = offset + length;
        int n = 0;
        for (int at = offset; at < limit; at += stepAt(b, at, limit)) {
            n++;
        }
        return n;
    }

    /** Octets that a text takes. */
    public static int length(String text) {
        int n = 0;
        for (int i = 0; i < text.length(); i++) {
            int c = codePointAt(text, i);
            i += c >= 0x10000 ? 1 : 0;
            n += lengthOf(c);
        }
        return n;
    }

    /** Writes a text where there is room for it. @return octets written: {@link #length} */
    public static int encode(String text, byte[] out, int offset) {
        int at = offset;
        for (int i = 0; i < text.length(); i++) {
            int c = codePointAt(text, i);
            i += c >= 0x10000 ? 1 : 0;
            at += encode(c, out, at);
        }
        return at - offset;
    }

    private static int codePointAt(String text, int at) {
        char c = text.charAt(at);
        if (c < 0xD800 || c >= 0xDC00 || at + 1 == text.length()) {
            return c;
        }
        char low = text.charAt(at + 1);
        return low >= 0xDC00 && low < 0xE000 ? 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00) : c;
    }

    /** Start-up, logs and tests: allocates. */
    public static byte[] bytes(String text) {
        byte[] exact = new byte[length(text)];
        encode(text, exact, 0);
        return exact;
    }

    /** Logs and debuggers: allocates. */
    public static String toString(byte[] b, int offset, int length) {
        char[] chars = new char[length];
        int limit = offset + length;
        int n = 0;
        for (int at = offset; at < limit; at += stepAt(b, at, limit)) {
            int c = codePointAt(b, at, limit);
            if (c >= 0x10000) {
                chars[n++] = (char) (0xD800 + (c - 0x10000 >> 10));
                chars[n++] = (char) (0xDC00 + (c & 0x3FF));
            } else {
                chars[n++] = (char) c;
            }
        }
        return new String(chars, 0, n);
    }
}
