package org.sidetone.msrp;

import org.sidetone.bytes.Slice;

/** View of a path, {@code MSRP-URI *(SP MSRP-URI)} (RFC 4975 section 9): the leftmost is visited first. Valid until the wrapped array is reused. */
public final class PathView {
    /** URIs of one path; a longer one is refused. */
    public static final int MAXIMUM = 12;

    private final int[] offsets = new int[MAXIMUM];
    private final int[] lengths = new int[MAXIMUM];
    private final MsrpUri uri = new MsrpUri();
    private final Slice whole = new Slice();
    private final Slice slice = new Slice();
    private int count;

    /** @return false when it is no path; the view is then empty */
    public boolean wrap(Slice value) {
        count = 0;
        whole.set(value);
        byte[] b = value.buffer();
        int at = value.offset();
        while (at < value.limit()) {
            int end = at;
            while (end < value.limit() && b[end] != ' ') {
                end++;
            }
            if (count == MAXIMUM || !uri.wrap(b, at, end - at)) {
                count = 0;
                return false;
            }
            offsets[count] = at;
            lengths[count++] = end - at;
            at = end + 1;
        }
        return count > 0;
    }

    public int count() {
        return count;
    }

    /** The text of one URI. */
    public Slice text(int index, Slice out) {
        return out.wrap(whole.buffer(), offsets[index], lengths[index]);
    }

    /** The text from one URI to the end; empty past the last. */
    public Slice from(int index, Slice out) {
        return index >= count ? out.clear() : out.wrap(whole.buffer(), offsets[index], whole.limit() - offsets[index]);
    }

    public void uri(int index, MsrpUri out) {
        out.wrap(text(index, slice));
    }

    /** The URI visited first. */
    public void first(MsrpUri out) {
        uri(0, out);
    }

    /** The URI visited last: the session. */
    public void last(MsrpUri out) {
        uri(count - 1, out);
    }
}
