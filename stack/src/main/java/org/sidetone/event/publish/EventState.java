package org.sidetone.event.publish;

import org.sidetone.bytes.ByteSink;

/** What a publisher publishes. */
public interface EventState {
    byte[] contentType();

    /** Appends the newest state. */
    void write(long nowMs, ByteSink out);
}
