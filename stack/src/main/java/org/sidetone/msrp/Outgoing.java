package org.sidetone.msrp;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;

/** One message on its way out: its octets, how far it was written, and what is still to be confirmed. */
final class Outgoing {
    static final int FREE = 0;
    static final int WAITING = 1;
    /** Written to the end; transactions are open. */
    static final int WRITTEN = 2;

    final int slot;
    int state = FREE;
    MsrpSession session;
    Outgoing next;
    final FixedText messageId = new FixedText(32);
    final FixedText contentType = new FixedText(128);
    final FixedText disposition = new FixedText(128);
    final byte[] buffer;
    int length;
    ContentSource source;
    /** Octets in all; -1: there is no body at all, as the first request of a connection may have none. */
    long total;
    long position;
    long id;
    /** Its content is still to come. */
    boolean reserved;
    boolean wantsSuccessReport;
    boolean wantsResponses;
    boolean wantsFailure;
    int openTransactions;
    int failure;

    Outgoing(int slot, int contentBytes) {
        this.slot = slot;
        buffer = new byte[contentBytes];
    }

    /** The Message-ID as a number. */
    long number() {
        return MsrpSession.number(messageId.bytes(), 0, messageId.length());
    }

    boolean hasBody() {
        return total >= 0;
    }

    boolean isAllWritten() {
        return !hasBody() ? state == WRITTEN : position == total;
    }

    /** Copies octets from the present position. @return as {@link ContentSource#read} */
    int read(byte[] out, int offset, int room) {
        int n = (int) Math.min(room, total - position);
        if (source != null) {
            return n == 0 ? 0 : source.read(position, out, offset, n);
        }
        System.arraycopy(buffer, (int) position, out, offset, n);
        return n;
    }

    boolean set(Slice content) {
        if (content.length() > buffer.length) {
            return false;
        }
        System.arraycopy(content.buffer(), content.offset(), buffer, 0, content.length());
        length = content.length();
        total = length;
        return true;
    }

    void clear() {
        state = FREE;
        session = null;
        next = null;
        source = null;
        reserved = false;
        disposition.clear();
        openTransactions = 0;
        failure = 0;
        position = 0;
    }
}
