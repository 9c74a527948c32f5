package org.sidetone.sip;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;

/** View of a CSeq value, {@code 1*DIGIT LWS Method} (RFC 3261 section 20.16). */
public final class CSeqView {
    /** 2^31 - 1, section 8.1.1.5. */
    public static final long MAX_NUMBER = 0x7FFFFFFFL;

    private final Slice scratch = new Slice();
    private final Slice methodName = new Slice();
    private long number;
    private int method;

    /** @return false, and the view as it was, when malformed */
    public boolean wrap(Slice value) {
        byte[] b = value.buffer();
        int limit = value.limit();
        int digitsEnd = Ascii.endOfDigits(b, value.offset(), limit);
        long n = Ascii.decimal(b, value.offset(), digitsEnd, MAX_NUMBER);
        int start = Ascii.skipLws(b, digitsEnd, limit);
        if (n < 0 || start == digitsEnd || start == limit || Ascii.endOfToken(b, start, limit) != limit) {
            return false;
        }
        number = n;
        methodName.wrap(b, start, limit - start);
        method = Method.of(b, start, limit - start);
        return true;
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
