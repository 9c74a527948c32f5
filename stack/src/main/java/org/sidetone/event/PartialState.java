package org.sidetone.event;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;

/** How a package tells only what changed (RFC 5263). */
public interface PartialState {
    /** Content type of such notifications; the package's own stays on offer beside it. */
    byte[] contentType();

    /** Appends the whole state. @param state as the package writes it. @return false when it cannot be told so */
    boolean writeFull(Slice state, long version, ByteSink out);

    /** Appends what changed. @return false, and nothing appended, when the whole has to be told */
    boolean writeChange(Slice before, Slice state, long version, ByteSink out);
}
