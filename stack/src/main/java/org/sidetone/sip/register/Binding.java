package org.sidetone.sip.register;

import org.sidetone.bytes.FixedText;
import org.sidetone.port.Flow;
import org.sidetone.time.Timer;
import org.sidetone.time.TimerQueue;

/** One contact of one address of record at the registrar (RFC 3261 section 10.3). */
public final class Binding implements Timer.Owner {
    private final Registrar registrar;
    final int slot;
    int hash;
    final FixedText addressOfRecord = new FixedText(160);
    final FixedText contact = new FixedText(256);
    final FixedText callId = new FixedText(128);
    long sequence;
    final Flow flow = new Flow();
    final Timer expiry;
    boolean open;

    Binding(Registrar registrar, int slot, TimerQueue timers) {
        this.registrar = registrar;
        this.slot = slot;
        expiry = new Timer(timers, this);
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        registrar.expire(this, nowMs);
    }

    public FixedText addressOfRecord() {
        return addressOfRecord;
    }

    /** URI to send requests to. */
    public FixedText contact() {
        return contact;
    }

    public FixedText callId() {
        return callId;
    }

    public long sequence() {
        return sequence;
    }

    /** The flow to reach it by: of a stream the connection it registered over. */
    public Flow flow() {
        return flow;
    }

    public long expiresAtMs() {
        return expiry.deadlineMs();
    }

    /** False once it is gone. */
    public boolean isOpen() {
        return open;
    }
}
