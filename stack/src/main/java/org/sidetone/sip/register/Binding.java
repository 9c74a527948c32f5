package org.sidetone.sip.register;

import org.sidetone.bytes.FixedText;
import org.sidetone.port.Flow;
import org.sidetone.time.Timer;
import org.sidetone.time.TimerQueue;

/** One contact of one address of record at the registrar (RFC 3261 section 10.3), or one flow of one instance to it (RFC 5626). */
public final class Binding implements Timer.Owner {
    /** Contacts that say nothing of it are wanted most (RFC 3261 section 16.6). */
    static final int Q_DEFAULT = 1000;

    private final Registrar registrar;
    final int slot;
    int hash;
    final FixedText addressOfRecord = new FixedText(160);
    final FixedText contact = new FixedText(256);
    final FixedText callId = new FixedText(128);
    final FixedText instance = new FixedText(96);
    final FixedText path = new FixedText(320);
    final FixedText temporaryGruu = new FixedText(64);
    long regId;
    int q;
    long sequence;
    final Flow flow = new Flow();
    final Timer expiry;
    boolean open;
    boolean refreshed;
    boolean expired;
    long id;

    Binding(Registrar registrar, int slot, TimerQueue timers) {
        this.registrar = registrar;
        this.slot = slot;
        expiry = new Timer(timers, this);
    }

    void clear() {
        instance.clear();
        path.clear();
        temporaryGruu.clear();
        regId = 0;
        q = Q_DEFAULT;
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        expired = true;
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

    /** Which device it is, {@code <urn:uuid:...>}; empty when it did not say. */
    public FixedText instance() {
        return instance;
    }

    /** Which of the device's flows it is (RFC 5626 section 4.1); 0: it does not keep flows. */
    public long regId() {
        return regId;
    }

    /** How much it is wanted, 0 to 1000. */
    public int q() {
        return q;
    }

    /** Value of the Route header that leads there (RFC 3327); empty for none. */
    public FixedText path() {
        return path;
    }

    /** User part of its temporary GRUU (RFC 5627); empty when it has none. */
    public FixedText temporaryGruu() {
        return temporaryGruu;
    }

    /** The flow to reach it by: of a stream, and of a flow that is kept, the very one it registered over. */
    public Flow flow() {
        return flow;
    }

    public long expiresAtMs() {
        return expiry.deadlineMs();
    }

    /** Tells it from every other binding there was since boot. */
    public long id() {
        return id;
    }

    /** Whether it was there before the last registration that named it. */
    public boolean wasRefreshed() {
        return refreshed;
    }

    /** Whether it went because its time was over. */
    public boolean hasExpired() {
        return expired;
    }

    /** False once it is gone. */
    public boolean isOpen() {
        return open;
    }
}
