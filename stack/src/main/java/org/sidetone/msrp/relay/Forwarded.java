package org.sidetone.msrp.relay;

import org.sidetone.bytes.FixedText;
import org.sidetone.time.Timer;

/** A request that was forwarded and waits for its response (section 6.4.1): 30 s after its last octet. */
final class Forwarded implements Timer.Owner {
    static final long TIMEOUT_MS = 30_000;

    private final Relay relay;
    final Timer timer;
    /** Where it went; null: free. */
    RelayConnection to;
    /** Where it came from, if that is still there. */
    RelayConnection from;
    int fromGeneration;
    long id;
    /** Whether silence is a failure (Failure-Report: yes). */
    boolean reportsTimeout;
    /** Its identifier where it came from, for a response that goes back; empty: a SEND, of which failures are reported. */
    final FixedText originalId = new FixedText(32);
    final FixedText messageId = new FixedText(32);
    /** Who sent it, for a report. */
    final FixedText path = new FixedText(512);
    final FixedText ownUri = new FixedText(256);
    long start;
    long end;
    long total;

    Forwarded(Relay relay) {
        this.relay = relay;
        timer = new Timer(relay.timers(), this);
    }

    void free() {
        timer.stop();
        to = null;
        from = null;
    }

    @Override
    public void onTimer(Timer fired, long nowMs) {
        if (to != null) {
            relay.onNoResponse(this, nowMs);
        }
    }
}
