package org.sidetone.sip;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;
import org.sidetone.msg.ParamsView;

/** View of one Reason, {@code protocol *(SEMI reason-params)} (RFC 3326 section 2). */
public final class ReasonView {
    private static final byte[] CAUSE = Ascii.bytes("cause");
    private static final byte[] TEXT = Ascii.bytes("text");

    private final Slice protocol = new Slice();
    private final ParamsView params = new ParamsView();

    /** @return false when malformed; the view then says nothing */
    public boolean wrap(Slice element) {
        byte[] b = element.buffer();
        int end = Ascii.endOfToken(b, element.offset(), element.limit());
        boolean good = end > element.offset() && params.wrap(b, end, element.limit());
        protocol.wrap(b, element.offset(), good ? end - element.offset() : 0);
        return good;
    }

    /** {@code SIP}, {@code Q.850} ... */
    public Slice protocol() {
        return protocol;
    }

    /** A status of the protocol, or -1. */
    public long cause() {
        return params.decimal(CAUSE, 999);
    }

    /** With its quotes. @return false when absent */
    public boolean text(Slice out) {
        return params.find(TEXT, out);
    }
}
