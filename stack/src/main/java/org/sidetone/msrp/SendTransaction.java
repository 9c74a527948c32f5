package org.sidetone.msrp;

import org.sidetone.time.Timer;

/** A chunk that waits for its response, 30 s after its last octet (RFC 4975 section 7.1.1). */
final class SendTransaction implements Timer.Owner {
    static final long TIMEOUT_MS = 30_000;

    private final Endpoint endpoint;
    final Timer timer;
    /** Null: free. */
    Outgoing message;
    long id;
    /** Octets of the message before its chunk. */
    long from;

    SendTransaction(Endpoint endpoint) {
        this.endpoint = endpoint;
        timer = new Timer(endpoint.timers(), this);
    }

    void start(Outgoing ofMessage, long transactionId, long position) {
        message = ofMessage;
        id = transactionId;
        from = position;
    }

    void onWritten(long nowMs) {
        timer.startAt(nowMs + TIMEOUT_MS);
    }

    void free() {
        timer.stop();
        message = null;
    }

    @Override
    public void onTimer(Timer fired, long nowMs) {
        if (message != null) {
            endpoint.onTransactionTimeout(this, nowMs);
        }
    }
}
