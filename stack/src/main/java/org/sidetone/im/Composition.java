package org.sidetone.im;

import org.sidetone.doc.composing.IsComposing;
import org.sidetone.time.Timer;
import org.sidetone.time.TimerQueue;

/**
 * Who is writing, between us and one other (RFC 3994 sections 3.2 and 3.3, figures 1 and 2).
 * <pre>
 *   ours    idle    key                     active  say active; start refresh, idle
 *   ours    active  key                     active  start idle anew
 *   ours    active  refresh, keys since     active  say active
 *   ours    active  idle, nothing written   idle    say idle
 *   ours    active  message sent            idle
 *   theirs  any     active                  active  start refresh
 *   theirs  active  idle, message, refresh  idle
 * </pre>
 */
public final class Composition implements Timer.Owner {
    /** Told when something is to be said, or shown. */
    public interface User {
        void sayComposing(boolean active, long nowMs);

        void onPeerComposing(long nowMs);
    }

    /** What we promise to say it again within. */
    public static final long REFRESH_SEC = 90;
    private static final long SAY_AGAIN_MS = 80_000;
    private static final long IDLE_MS = 15_000;

    private final User user;
    private final Timer refreshTimer;
    private final Timer idleTimer;
    private final Timer peerTimer;
    private boolean active;
    private boolean peerActive;

    public Composition(TimerQueue timers, User user) {
        this.user = user;
        refreshTimer = new Timer(timers, this);
        idleTimer = new Timer(timers, this);
        peerTimer = new Timer(timers, this);
    }

    public void clear() {
        active = false;
        peerActive = false;
        refreshTimer.stop();
        idleTimer.stop();
        peerTimer.stop();
    }

    public void onKey(long nowMs) {
        idleTimer.startAt(nowMs + IDLE_MS);
        if (!active) {
            active = true;
            refreshTimer.startAt(nowMs + SAY_AGAIN_MS);
            user.sayComposing(true, nowMs);
        }
    }

    /** The message itself says that writing is over. */
    public void onMessageSent() {
        active = false;
        refreshTimer.stop();
        idleTimer.stop();
    }

    public void onPeer(IsComposing said, long nowMs) {
        if (said.isActive()) {
            peerTimer.startAt(nowMs + 1000 * said.refreshSec());
        }
        setPeer(said.isActive(), nowMs);
    }

    public void onPeerMessage(long nowMs) {
        setPeer(false, nowMs);
    }

    private void setPeer(boolean now, long nowMs) {
        if (!now) {
            peerTimer.stop();
        }
        if (peerActive != now) {
            peerActive = now;
            user.onPeerComposing(nowMs);
        }
    }

    public boolean isPeerActive() {
        return peerActive;
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        if (timer == peerTimer) {
            setPeer(false, nowMs);
        } else if (timer == refreshTimer && active) {
            refreshTimer.startAt(nowMs + SAY_AGAIN_MS);
            user.sayComposing(true, nowMs);
        } else if (timer == idleTimer && active) {
            onMessageSent();
            user.sayComposing(false, nowMs);
        }
    }
}
