package org.sidetone.hal.host;

import java.util.Arrays;
import org.sidetone.hal.Network;
import org.sidetone.hal.TlsEngine;

/**
 * The TLS of one stream. While it shakes hands the engine belongs to the thread of {@link Handshakes} from {@link #shake} until the step is
 * settled; after that, and between steps, to the network's.
 */
final class TlsStream {
    private static final long LATE_NS = 10_000_000_000L;
    private static final int WAITING_BYTES = 64 * 1024;
    /** What TLS adds to plain octets at most: a header and a tag for every 16 KB begun. */
    private static final int RECORD_BYTES = 16_384;
    private static final int RECORD_OVERHEAD = 64;

    private final TlsEngine engine;
    private final Handshakes handshakes;
    private final long startedNs = System.nanoTime();
    private boolean working;
    private boolean open;
    private byte[] waiting = new byte[0];

    TlsStream(TlsEngine engine, Handshakes handshakes) {
        this.engine = engine;
        this.handshakes = handshakes;
    }

    boolean isShakingHands() {
        return !open;
    }

    /** To be asked who is there, once the hands are shaken. */
    TlsEngine engine() {
        return engine;
    }

    /** Lets the handshakes' thread work through octets that came; {@link Handshakes#settle} tells of the end. */
    void shake(byte[] buffer, int length) {
        working = true;
        byte[] copy = Arrays.copyOf(buffer, length);
        handshakes.run(this, () -> engine.receive(copy, 0, copy.length));
    }

    /** The network's thread has the engine back. */
    void settled() {
        working = false;
        open = engine.state() == TlsEngine.OPEN;
    }

    boolean isWorking() {
        return working;
    }

    boolean isLate() {
        return !open && System.nanoTime() - startedNs > LATE_NS;
    }

    boolean isOver() {
        return !working && (engine.state() == TlsEngine.CLOSED || engine.state() == TlsEngine.FAILED);
    }

    void receive(byte[] buffer, int length) {
        engine.receive(buffer, 0, length);
    }

    int read(byte[] out) {
        return engine.read(out, 0, out.length);
    }

    int output(byte[] out) {
        return working ? 0 : engine.output(out, 0, out.length);
    }

    /** @param room octets that the wire's queue has. @return a code of {@link Network}, all of it or nothing */
    int write(byte[] buffer, int offset, int length, int room) {
        if (!open) {
            if (waiting.length + length > WAITING_BYTES) {
                return Network.NO_ROOM;
            }
            int before = waiting.length;
            waiting = Arrays.copyOf(waiting, before + length);
            System.arraycopy(buffer, offset, waiting, before, length);
            return Network.SENT;
        }
        if (length + RECORD_OVERHEAD * (length / RECORD_BYTES + 1) > room) {
            return Network.NO_ROOM;
        }
        return engine.write(buffer, offset, length) ? Network.SENT : Network.GONE;
    }

    /** Encrypts what was written before the handshake was done. @return whether there was something */
    boolean takeWaiting() {
        byte[] all = waiting;
        waiting = new byte[0];
        return all.length > 0 && engine.write(all, 0, all.length);
    }

    void close() {
        if (!working) {
            engine.close();
        }
    }
}
