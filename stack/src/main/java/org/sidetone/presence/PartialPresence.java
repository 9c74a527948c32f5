package org.sidetone.presence;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.pidf.PartialPidf;
import org.sidetone.event.PartialState;
import org.sidetone.port.Capacity;

/** Partial notification of presence (RFC 5263). */
public final class PartialPresence implements PartialState {
    private final PartialPidf pidf;

    private PartialPresence(PartialPidf pidf) {
        this.pidf = pidf;
    }

    /** Null when there is no room for any document. */
    public static PartialPresence of(PartialPidf pidf, Capacity capacity) {
        return capacity.partialDocuments == 0 ? null : new PartialPresence(pidf);
    }

    @Override
    public byte[] contentType() {
        return PartialPidf.CONTENT_TYPE;
    }

    @Override
    public boolean writeFull(Slice state, long version, ByteSink out) {
        return pidf.writeFull(state, version, out);
    }

    @Override
    public boolean writeChange(Slice before, Slice state, long version, ByteSink out) {
        return pidf.writeDiff(before, state, version, out);
    }
}
