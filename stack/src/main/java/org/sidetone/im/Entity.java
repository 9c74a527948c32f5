package org.sidetone.im;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;

/** View of a MIME entity: the Content-Type out of its header fields, and its content. */
public final class Entity {
    private static final byte[] CONTENT_TYPE = Ascii.bytes("Content-Type:");
    private static final byte[] CRLF = {'\r', '\n'};

    private final Slice type = new Slice();
    private final Slice content = new Slice();

    /** @return false when no empty line ends the header fields */
    public boolean wrap(Slice whole) {
        byte[] b = whole.buffer();
        int limit = whole.limit();
        int at = whole.offset();
        type.clear();
        while (!Ascii.startsWith(b, at, limit, CRLF)) {
            int end = endOfField(b, at, limit);
            if (end < 0) {
                return false;
            }
            if (Ascii.startsWithIgnoreCase(b, at, limit, CONTENT_TYPE)) {
                int from = Ascii.skipLws(b, at + CONTENT_TYPE.length, end);
                type.wrap(b, from, Ascii.trimEnd(b, from, end) - from);
            }
            at = end + 2;
        }
        content.wrap(b, at + 2, limit - at - 2);
        return true;
    }

    /** Where the line ends that no folded one follows, or -1. */
    private static int endOfField(byte[] b, int from, int limit) {
        int at = from;
        while (true) {
            int lf = Ascii.indexOf(b, at, limit, '\n');
            if (lf + 1 >= limit || lf == from || b[lf - 1] != '\r') {
                return -1;
            }
            if (b[lf + 1] != ' ' && b[lf + 1] != '\t') {
                return lf - 1;
            }
            at = lf + 1;
        }
    }

    /** Empty: none is said. */
    public Slice type() {
        return type;
    }

    public Slice content() {
        return content;
    }
}
