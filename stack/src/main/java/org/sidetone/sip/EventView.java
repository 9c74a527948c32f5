package org.sidetone.sip;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;
import org.sidetone.msg.ParamsView;

/** View of an Event value, {@code event-type *(SEMI event-param)} (RFC 6665 section 8.4). Event types keep their case. */
public final class EventView {
    private static final byte[] ID = Ascii.bytes("id");

    private final Slice scratch = new Slice();
    private final Slice type = new Slice();
    private final ParamsView params = new ParamsView();

    /** @return false when malformed */
    public boolean wrap(Slice value) {
        byte[] b = value.buffer();
        int end = Ascii.endOfToken(b, value.offset(), value.limit());
        if (end == value.offset() || !params.wrap(b, end, value.limit())) {
            return false;
        }
        type.wrap(b, value.offset(), end - value.offset());
        return true;
    }

    Slice scratch() {
        return scratch;
    }

    /** Package with its templates, such as {@code presence.winfo}. */
    public Slice type() {
        return type;
    }

    public ParamsView params() {
        return params;
    }

    /** The id parameter; empty when absent. */
    public Slice id(Slice out) {
        params.find(ID, out);
        return out;
    }
}
