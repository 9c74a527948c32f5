package org.sidetone.presence;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.pidf.PartialPidf;

/**
 * A watcher's copy of one presentity's document, which partial notifications keep up to date (RFC 5263 section 4.5).
 * <pre>
 *   version of the document     pidf-full   pidf-diff
 *   the first                   TAKEN       GAP
 *   the last or below           OLD         OLD
 *   one above the last          TAKEN       TAKEN, or BROKEN when it does not fit the copy
 *   further above               TAKEN       GAP
 * </pre>
 */
public final class LocalCopy {
    /** The copy is the newest document. */
    public static final int TAKEN = 0;
    /** Left: it was there before. */
    public static final int OLD = 1;
    /** Left: something between was lost, the whole has to be asked for. */
    public static final int GAP = 2;
    /** Neither taken nor to be mended by asking: no document at all, or too large. */
    public static final int BAD = 3;
    /** A change that does not fit: the whole has to be asked for. */
    public static final int BROKEN = 4;

    private static final int NONE = -1;

    private final FixedText document;
    private final byte[] scratch;
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private long version = NONE;
    private boolean known;

    /** @param bytes of a document. @param scratch as many, shared with other copies */
    public LocalCopy(int bytes, byte[] scratch) {
        document = new FixedText(bytes);
        this.scratch = scratch;
    }

    /** The next document is of a new subscription. */
    public void beginAnew() {
        version = NONE;
        known = false;
    }

    /** The presence agent told the whole in another type: the copy is old, the version goes on. */
    public void forget() {
        known = false;
    }

    /** Takes a partial document over. @return one of the words above */
    public int take(Slice body, PartialPidf pidf) {
        int kind = pidf.read(body);
        if (kind == PartialPidf.NONE || pidf.version() < 0) {
            return BAD;
        }
        if (pidf.version() <= version) {
            return OLD;
        }
        boolean next = known && pidf.version() == version + 1;
        if (kind == PartialPidf.DIFF && !next) {
            return GAP;
        }
        sink.wrap(scratch);
        boolean made = kind == PartialPidf.FULL ? pidf.putPresence(sink) : pidf.apply(document.slice(slice), sink) == 0;
        if (!made || sink.overflowed() || !document.set(sink.slice(slice))) {
            known = false;
            return kind == PartialPidf.FULL ? BAD : BROKEN;
        }
        version = pidf.version();
        known = true;
        return TAKEN;
    }

    /** The document, after {@link #TAKEN}. */
    public Slice document(Slice out) {
        return document.slice(out);
    }
}
