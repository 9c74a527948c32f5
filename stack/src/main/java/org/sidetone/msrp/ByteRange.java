package org.sidetone.msrp;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;

/** View of a Byte-Range, {@code range-start "-" range-end "/" total} (RFC 4975 section 9); the first octet of a message is 1. */
public final class ByteRange {
    /** What a star says. */
    public static final long UNKNOWN = -1;

    private long start;
    private long end;
    private long total;

    /** @return false when malformed; the view then says {@code 1-*}{@code /*} */
    public boolean wrap(Slice value) {
        byte[] b = value.buffer();
        int dash = Ascii.endOfDigits(b, value.offset(), value.limit());
        start = Ascii.decimal(b, value.offset(), dash, Long.MAX_VALUE);
        if (start < 1 || dash == value.limit() || b[dash] != '-') {
            return unknown();
        }
        int slash = Ascii.indexOf(b, dash, value.limit(), '/');
        if (slash == value.limit()) {
            return unknown();
        }
        end = number(b, dash + 1, slash);
        total = number(b, slash + 1, value.limit());
        return end >= UNKNOWN && total >= UNKNOWN && (end == UNKNOWN || end >= start - 1) || unknown();
    }

    private static long number(byte[] b, int offset, int limit) {
        if (limit - offset == 1 && b[offset] == '*') {
            return UNKNOWN;
        }
        long n = Ascii.decimal(b, offset, limit, Long.MAX_VALUE);
        return n < 0 ? UNKNOWN - 1 : n;
    }

    /** What a request without the header says (section 7.3.1). @return false */
    public boolean unknown() {
        start = 1;
        end = UNKNOWN;
        total = UNKNOWN;
        return false;
    }

    public long start() {
        return start;
    }

    /** Position of the last octet, {@code start - 1} for none, {@link #UNKNOWN} for a star. */
    public long end() {
        return end;
    }

    public long total() {
        return total;
    }
}
