package org.sidetone.msrp;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;

/** One message in the making (RFC 4975 section 7.3.1): a buffer, or a sink, and which octets have come. */
public final class Incoming {
    static final int FREE = 0;
    static final int COMING = 1;
    /** The user does not want it: the rest is thrown away. */
    static final int REFUSED = 2;

    int state = FREE;
    int refusal;
    final FixedText messageId = new FixedText(32);
    final FixedText contentType = new FixedText(128);
    final FixedText disposition = new FixedText(128);
    /** The sender's From-Path, where reports go. */
    final FixedText fromPath;
    final byte[] buffer;
    final Ranges ranges = new Ranges();
    ContentSink sink;
    long total;
    boolean wantsReport;
    boolean repeated;
    long startedOrder;

    Incoming(int contentBytes, int pathBytes) {
        buffer = new byte[contentBytes];
        fromPath = new FixedText(pathBytes);
    }

    /** Takes octets. @param position from 0 */
    boolean write(long position, byte[] b, int offset, int length) {
        if (sink != null) {
            if (!sink.write(position, b, offset, length)) {
                return false;
            }
        } else {
            if (position + length > buffer.length) {
                return false;
            }
            System.arraycopy(b, offset, buffer, (int) position, length);
        }
        return ranges.add(position + 1, position + length);
    }

    boolean isWhole() {
        return total >= 0 && ranges.isWhole(total);
    }

    /** Ends up here instead of in the buffer. Within {@link MsrpSession.User#onIncoming} alone. */
    public void divertTo(ContentSink newSink) {
        sink = newSink;
    }

    /** The sender's Message-ID. */
    public Slice messageId(Slice out) {
        return messageId.slice(out);
    }

    /** As it stands in Content-Type. */
    public Slice contentType(Slice out) {
        return contentType.slice(out);
    }

    /** As it stands in Content-Disposition; empty: to be shown. */
    public Slice disposition(Slice out) {
        return disposition.slice(out);
    }

    /** The whole message, where it was not diverted. */
    public Slice content(Slice out) {
        return out.wrap(buffer, 0, sink == null ? (int) total : 0);
    }

    /** Octets of the whole, negative: not known yet. */
    public long total() {
        return total;
    }

    /** Octets that have come. */
    public long received() {
        return ranges.octets();
    }

    /** Octets that have come from the beginning on, without a gap. */
    public long contiguous() {
        return ranges.contiguous();
    }

    /** Octets that fit without diverting. */
    public int room() {
        return buffer.length;
    }

    void clear() {
        state = FREE;
        sink = null;
        ranges.clear();
    }
}
