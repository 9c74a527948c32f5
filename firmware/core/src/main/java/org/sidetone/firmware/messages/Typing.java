package org.sidetone.firmware.messages;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.composing.IsComposing;
import org.sidetone.time.Timer;
import org.sidetone.time.TimerQueue;

/** Who is writing a message to us just now; as many as there is room for, the one that ends first makes room. */
final class Typing implements Timer.Owner {
    /** Told when what is shown may change. */
    interface User {
        void onTypingChanged();
    }

    private static final int PEERS = 4;

    private final User user;
    private final FixedText[] peers = new FixedText[PEERS];
    private final Timer[] timers = new Timer[PEERS];

    Typing(TimerQueue queue, User user) {
        this.user = user;
        for (int i = 0; i < PEERS; i++) {
            peers[i] = new FixedText(160);
            timers[i] = new Timer(queue, this);
        }
    }

    void onSign(Slice from, IsComposing sign, long nowMs) {
        int i = find(from);
        if (!sign.isActive()) {
            onMessage(from);
            return;
        }
        if (i < 0) {
            i = first();
            if (!peers[i].set(from)) {
                return;
            }
        }
        timers[i].startAt(nowMs + 1000 * sign.refreshSec());
        user.onTypingChanged();
    }

    /** A message came: he is done with it. */
    void onMessage(Slice from) {
        int i = find(from);
        if (i >= 0) {
            timers[i].stop();
            user.onTypingChanged();
        }
    }

    boolean isTyping(Slice peer) {
        return find(peer) >= 0;
    }

    private int find(Slice peer) {
        for (int i = 0; i < PEERS; i++) {
            if (timers[i].isRunning() && peers[i].equals(peer)) {
                return i;
            }
        }
        return -1;
    }

    /** A free place, or the one that ends first. */
    private int first() {
        int first = 0;
        for (int i = 0; i < PEERS; i++) {
            if (!timers[i].isRunning()) {
                return i;
            }
            first = timers[i].deadlineMs() < timers[first].deadlineMs() ? i : first;
        }
        return first;
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        user.onTypingChanged();
    }
}
