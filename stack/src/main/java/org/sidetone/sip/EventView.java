package org.sidetone.sip;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;
import org.sidetone.msg.Grammar;
import org.sidetone.msg.ParamsView;

/** View of an Event value, {@code event-type *(SEMI event-param)} (RFC 6665 section 8.4). Event types keep their case. */
public final class EventView {
    private static final byte[] ID = Ascii.bytes("id");

    private final Slice scratch = new Slice();
    private final Slice type = new Slice();
    private final ParamsView params = new ParamsView();

    /** @return false when malformed */
    public boolean wrap(Slice value) {
        return scan(value.buffer(), value.offset(), value.limit()) == value.limit();
    }

    /** @return index behind the value, or {@link Grammar#NO_MATCH} when malformed */
    int scan(byte[] b, int offset, int limit) {
        int end = Ascii.endOfToken(b, offset, limit);
        type.wrap(b, offset, end - offset);
        return end == offset ? Grammar.NO_MATCH : params.scan(b, end, limit);
    }

    /** Becomes a view of the same value as another. */
    public void set(EventView other) {
        type.set(other.type);
        params.set(other.params);
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
