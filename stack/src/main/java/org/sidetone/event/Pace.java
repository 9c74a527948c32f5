package org.sidetone.event;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.msg.ParamsView;

/** How often the notifications of one subscription may and must come: RFC 6446. */
final class Pace {
    /** Notifications whose times are remembered, and reciprocals of the adaptive rate that its period has (section 7.4). */
    private static final int REMEMBERED = 8;

    private final Rate most = new Rate(Ascii.bytes("max-rate"));
    private final Rate least = new Rate(Ascii.bytes("min-rate"));
    private final Rate adaptive = new Rate(Ascii.bytes("adaptive-min-rate"));
    private final long[] sentAt = new long[REMEMBERED];
    private int sent;

    void clear() {
        most.clear();
        least.clear();
        adaptive.clear();
        sent = 0;
    }

    /** Takes the wishes of a SUBSCRIBE or of a 2xx to a NOTIFY; what is not said any more is not wished any more.
     *  @param shortestMs interval that the package keeps in any case, 0: none */
    void read(ParamsView event, long shortestMs, long remainingMs) {
        most.read(event);
        most.stretchTo(shortestMs);
        most.limitTo(remainingMs);
        least.read(event);
        adaptive.read(event);
    }

    void put(ByteSink out) {
        most.put(out);
        least.put(out);
        adaptive.put(out);
    }

    void onSent(long nowMs) {
        sentAt[sent++ % REMEMBERED] = nowMs;
        sent = sent >= 2 * REMEMBERED ? sent - REMEMBERED : sent;
    }

    /** When the next notification of a change may go out. */
    long earliestMs(long nowMs) {
        return sent == 0 || !most.isSet() ? nowMs : Math.max(nowMs, lastMs() + most.intervalMs());
    }

    /** When the next must go out though nothing changed, or {@link Long#MAX_VALUE}. */
    long latestMs() {
        if (sent == 0) {
            return Long.MAX_VALUE;
        }
        long interval = least.isSet() ? least.intervalMs() : Long.MAX_VALUE;
        if (adaptive.isSet()) {
            interval = Math.min(interval, Math.max(1, count(REMEMBERED * adaptive.intervalMs()) * adaptive.intervalMs() / REMEMBERED));
        }
        if (interval == Long.MAX_VALUE) {
            return interval;
        }
        return lastMs() + Math.max(interval, most.intervalMs());
    }

    /** Notifications of the last period. */
    private int count(long periodMs) {
        int n = 0;
        for (int i = 0; i < Math.min(sent, REMEMBERED); i++) {
            n += lastMs() - sentAt[i] < periodMs ? 1 : 0;
        }
        return n;
    }

    private long lastMs() {
        return sentAt[(sent - 1) % REMEMBERED];
    }
}
