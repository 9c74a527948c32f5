package org.sidetone.event.publish;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.time.Timer;
import org.sidetone.time.TimerQueue;

/** One piece of published event state. */
public final class Publication implements Timer.Owner {
    private final EventStateCompositor compositor;
    final int slot;
    int resourceHash;
    private final FixedText resource = new FixedText(160);
    private final FixedText entityTag = new FixedText(32);
    private final FixedText body;
    private final Timer expiry;
    private boolean open;
    private boolean hard;
    private EventStateCompositor.User user;
    private long order;

    Publication(EventStateCompositor compositor, int slot, int bodyBytes, TimerQueue timers) {
        this.compositor = compositor;
        this.slot = slot;
        body = new FixedText(bodyBytes);
        expiry = new Timer(timers, this);
    }

    void open(EventStateCompositor.User newUser, FixedText of) {
        user = newUser;
        resource.set(of);
        body.clear();
        open = true;
        hard = false;
    }

    void close() {
        open = false;
        expiry.stop();
    }

    void setBody(Slice text, long changeOrder) {
        body.set(text);
        order = changeOrder;
    }

    void extend(long expiresSec, long nowMs) {
        expiry.startAt(nowMs + 1000 * expiresSec);
    }

    int capacity() {
        return body.capacity();
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        compositor.remove(this, nowMs);
    }

    /** False once it was removed or expired. */
    public boolean isOpen() {
        return open;
    }

    void harden() {
        hard = true;
    }

    /** Whether it stays until it is taken away: nobody published it, and nobody keeps it but whoever set it. */
    public boolean isHard() {
        return hard;
    }

    /** Its place in the pool, the same for its whole life. */
    public int slot() {
        return slot;
    }

    EventStateCompositor.User user() {
        return user;
    }

    /** Event type. */
    public byte[] event() {
        return user.event();
    }

    public FixedText resource() {
        return resource;
    }

    public FixedText entityTag() {
        return entityTag;
    }

    public FixedText body() {
        return body;
    }

    /** Grows with every change of content: the larger, the newer. */
    public long order() {
        return order;
    }

    public long expiresAtMs() {
        return expiry.deadlineMs();
    }
}
