package org.sidetone.sip;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;
import org.sidetone.msg.Grammar;

/** View of a CSeq value, {@code 1*DIGIT LWS Method} (RFC 3261 section 20.16). */
public final class CSeqView {
    /** 2^31 - 1, section 8.1.1.5. */
    public static final long MAX_NUMBER = 0x7FFFFFFFL;

    private final Slice scratch = new Slice();
    private final Slice methodName = new Slice();
    private long number;
    private int method;

    /** @return false when malformed */
    public boolean wrap(Slice value) {
        return scan(value.buffer(), value.offset(), value.limit()) == value.limit();
    }

    /** @return index behind the value, or {@link Grammar#NO_MATCH} when malformed */
    int scan(byte[] b, int offset, int limit) {
        int digitsEnd = offset;
        long n = 0;
        while (digitsEnd < limit && Ascii.isDigit(b[digitsEnd]) && n <= MAX_NUMBER) {
            n = 10 * n + b[digitsEnd++] - '0';
        }
        int start = Ascii.skipLws(b, digitsEnd, limit);
        int end = Ascii.endOfToken(b, start, limit);
        if (n > MAX_NUMBER || digitsEnd == offset || start == digitsEnd || start == end) {
            return Grammar.NO_MATCH;
        }
        number = n;
        methodName.wrap(b, start, end - start);
        method = Method.of(b, start, end - start);
        return end;
    }

    /** Becomes a view of the same value as another. */
    public void set(CSeqView other) {
        number = other.number;
        method = other.method;
        methodName.set(other.methodName);
    }

    Slice scratch() {
        return scratch;
    }

    public long number() {
        return number;
    }

    public int method() {
        return method;
    }

    public Slice methodName() {
        return methodName;
    }
}
