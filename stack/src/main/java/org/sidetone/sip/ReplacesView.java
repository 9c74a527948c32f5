package org.sidetone.sip;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;
import org.sidetone.msg.ParamsView;

/** View of a Replaces or Join value: which dialog is meant (RFC 3891 section 6.1, RFC 3911 section 7.1). */
public final class ReplacesView {
    private static final byte[] TO_TAG = Ascii.bytes("to-tag");
    private static final byte[] FROM_TAG = Ascii.bytes("from-tag");
    private static final byte[] EARLY_ONLY = Ascii.bytes("early-only");

    private final Slice callId = new Slice();
    private final Slice toTag = new Slice();
    private final Slice fromTag = new Slice();
    private final ParamsView params = new ParamsView();
    private boolean earlyOnly;

    /** @return false when malformed or without both tags; the view then says nothing */
    public boolean wrap(Slice value) {
        byte[] b = value.buffer();
        int end = value.offset();
        while (end < value.limit() && b[end] > ' ' && b[end] != ';' && b[end] != ',') {
            end++;
        }
        boolean good = end > value.offset() && params.wrap(b, end, value.limit()) && params.find(TO_TAG, toTag) && params.find(FROM_TAG, fromTag)
                && !toTag.isEmpty() && !fromTag.isEmpty();
        callId.wrap(b, value.offset(), good ? end - value.offset() : 0);
        earlyOnly = good && params.has(EARLY_ONLY);
        return good;
    }

    public Slice callId() {
        return callId;
    }

    /** Our tag in that dialog. */
    public Slice toTag() {
        return toTag;
    }

    public Slice fromTag() {
        return fromTag;
    }

    public boolean earlyOnly() {
        return earlyOnly;
    }
}
