package org.sidetone.sip;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;

/** View of a RAck, {@code response-num LWS CSeq-num LWS Method} (RFC 3262 section 7.2). */
public final class RAckView {
    private final CSeqView cseq = new CSeqView();
    private final Slice rest = new Slice();
    private long number;

    /** @return false when malformed */
    public boolean wrap(Slice value) {
        byte[] b = value.buffer();
        int end = Ascii.endOfDigits(b, value.offset(), value.limit());
        int next = Ascii.skipLws(b, end, value.limit());
        number = Ascii.decimal(b, value.offset(), end, 0xFFFFFFFFL);
        return number >= 0 && next > end && cseq.wrap(rest.wrap(b, next, value.limit() - next));
    }

    /** RSeq of the response that is acknowledged. */
    public long number() {
        return number;
    }

    /** CSeq of the request it answered. */
    public CSeqView cseq() {
        return cseq;
    }
}
