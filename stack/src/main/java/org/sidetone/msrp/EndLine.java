package org.sidetone.msrp;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;

/** The line that ends a request or response: seven hyphens, the transaction identifier, a flag (RFC 4975 section 7.1). */
final class EndLine {
    static final int COMPLETE = '$';
    static final int MORE = '+';
    static final int ABORTED = '#';
    private static final int HYPHENS = 7;

    private final byte[] text = new byte[HYPHENS + 32];
    private int length;

    void set(byte[] b, int idOffset, int idLength) {
        for (int i = 0; i < HYPHENS; i++) {
            text[i] = '-';
        }
        System.arraycopy(b, idOffset, text, HYPHENS, idLength);
        length = HYPHENS + idLength;
    }

    void set(Slice id) {
        set(id.buffer(), id.offset(), id.length());
    }

    /** Octets of {@code CRLF end-line CRLF}. */
    int span() {
        return 2 + length + 1 + 2;
    }

    /** The flag when the line from {@code at} to its end is this one; else 0. */
    int flag(byte[] b, int at, int lineEnd) {
        return lineEnd - at == length + 1 && Ascii.equals(b, at, length, text, 0, length) && isFlag(b[lineEnd - 1]) ? b[lineEnd - 1] : 0;
    }

    private static boolean isFlag(int c) {
        return c == COMPLETE || c == MORE || c == ABORTED;
    }

    /**
     * Looks for {@code CRLF end-line CRLF}. Any seven hyphens in a row lie on every seventh octet, so that most octets are not looked at.
     * @return index of the first CR, or -1 when the whole of it is not there
     */
    int find(byte[] b, int from, int limit) {
        int i = from + 2 + HYPHENS - 1;
        while (i < limit) {
            if (b[i] != '-') {
                i += HYPHENS;
                continue;
            }
            int start = i;
            while (start > from && b[start - 1] == '-') {
                start--;
            }
            int at = start - 2;
            if (at >= from && b[at] == '\r' && b[at + 1] == '\n' && isHere(b, start, limit)) {
                return at;
            }
            while (i < limit && b[i] == '-') {
                i++;
            }
            i += 2 + HYPHENS - 1;
        }
        return -1;
    }

    private boolean isHere(byte[] b, int at, int limit) {
        int end = at + length;
        return end + 3 <= limit && isFlag(b[end]) && b[end + 1] == '\r' && b[end + 2] == '\n' && Ascii.equals(b, at, length, text, 0, length);
    }

    /** Whether hyphens and identifier occur anywhere: then a body must not be sent under this identifier. */
    boolean occurs(byte[] b, int from, int limit) {
        int i = from + HYPHENS - 1;
        while (i < limit) {
            if (b[i] != '-') {
                i += HYPHENS;
                continue;
            }
            int end = i;
            while (end < limit && b[end] == '-') {
                end++;
            }
            int at = end - HYPHENS;
            if (at >= from && at + length <= limit && Ascii.equals(b, at, length, text, 0, length)) {
                return true;
            }
            i = end + HYPHENS - 1;
        }
        return false;
    }
}
