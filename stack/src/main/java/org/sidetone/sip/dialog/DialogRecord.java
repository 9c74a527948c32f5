package org.sidetone.sip.dialog;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.sip.CSeqView;

/** A dialog as it is kept over a reboot: a line for each of its parts, and whatever lines its usage puts before them. */
public final class DialogRecord {
    private byte[] buffer;
    private int at;
    private int limit;
    private final Slice line = new Slice();

    /** Appends a dialog. @param sequence one that its requests will not reach before it is written again */
    public static void put(Dialog d, long sequence, ByteSink out) {
        out.put(d.localUri).put('\n').put(d.remoteUri).put('\n').put(d.callId).put('\n').put(d.localTag).put('\n').put(d.remoteTag).put('\n')
                .put(d.remoteTarget).put('\n').put(d.routeSet).put('\n').putDecimal(sequence).put('\n');
    }

    public DialogRecord wrap(Slice record) {
        buffer = record.buffer();
        at = record.offset();
        limit = record.limit();
        return this;
    }

    /** Whether the next line says this. */
    public boolean nextIs(FixedText text) {
        return next() && text.equals(line);
    }

    private boolean next() {
        int end = Ascii.indexOf(buffer, at, limit, '\n');
        line.wrap(buffer, at, end - at);
        at = end + 1;
        return end < limit;
    }

    /** Whether the next line says this; it stays the next. */
    public boolean peekIs(byte[] text) {
        int end = Ascii.indexOf(buffer, at, limit, '\n');
        return Ascii.equals(buffer, at, end - at, text, 0, text.length);
    }

    /** Steps over a line. @return false at the end */
    public boolean skip() {
        return next();
    }

    /** Reads a line. @return false at the end, or when it is too long */
    public boolean next(FixedText into) {
        return next() && into.set(line);
    }

    /** Reads the rest as a dialog, whose other side's sequence is open again. @return false when it is none; the dialog says nothing then */
    public boolean read(Dialog d) {
        d.clear();
        boolean good = next(d.localUri) && next(d.remoteUri) && next(d.callId) && next(d.localTag) && next(d.remoteTag) && next(d.remoteTarget)
                && next(d.routeSet) && next() && d.isEstablished();
        long sequence = good ? Ascii.decimal(line.buffer(), line.offset(), line.limit(), CSeqView.MAX_NUMBER) : -1;
        if (sequence < 0) {
            d.clear();
            return false;
        }
        d.setSequences(sequence, -1);
        return true;
    }
}
