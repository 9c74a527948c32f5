package org.sidetone.session;

import org.sidetone.bytes.Slice;
import org.sidetone.sip.Header;
import org.sidetone.sip.SecondsView;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.time.Timer;

/** Who refreshes a session, and how often (RFC 4028). Without a refresh in time it is over (section 10). */
final class SessionTimer {
    static final long MINIMUM_SEC = 90;
    private static final long WANTED_SEC = 1800;
    private static final byte[] TIMER = {'t', 'i', 'm', 'e', 'r'};

    private final Timer timer;
    private final SecondsView view = new SecondsView();
    private final Slice slice = new Slice();
    private long intervalSec;
    private long leastSec;
    private boolean weRefresh;
    private boolean peerKnowsTimers;

    /** @param owner told when it is time to refresh, or too late: {@link #weRefresh} says which */
    SessionTimer(org.sidetone.time.TimerQueue timers, Timer.Owner owner) {
        timer = new Timer(timers, owner);
    }

    void clear() {
        timer.stop();
        intervalSec = WANTED_SEC;
        leastSec = MINIMUM_SEC;
        weRefresh = false;
        peerKnowsTimers = false;
    }

    boolean is(Timer other) {
        return timer == other;
    }

    boolean weRefresh() {
        return weRefresh;
    }

    /** What a request of ours asks for (section 7.1). @param established in a session that has a refresher already he stays the same */
    void putRequest(SipWriter w, boolean established, boolean running) {
        w.name(Header.SESSION_EXPIRES).sink().putDecimal(intervalSec);
        if (established && running) {
            w.sink().put(weRefresh ? ";refresher=uac" : ";refresher=uas");
        }
        w.end();
        if (leastSec > MINIMUM_SEC) {
            w.decimal(Header.MIN_SE, leastSec);
        }
    }

    boolean isRunning() {
        return timer.isRunning();
    }

    /** A 422 (section 7.3). @return whether it makes sense to ask again */
    boolean onTooSmall(SipMessage response) {
        long least = response.value(Header.MIN_SE, slice) && view.wrap(slice) ? view.seconds() : 0;
        if (least <= intervalSec) {
            return false;
        }
        leastSec = least;
        intervalSec = least;
        return true;
    }

    /** Whether the other side asks for less than we allow (section 9): 422. */
    boolean isTooSmall(SipMessage request) {
        return request.value(Header.SESSION_EXPIRES, slice) && view.wrap(slice) && view.seconds() < MINIMUM_SEC && request.lists(Header.SUPPORTED, TIMER, slice);
    }

    /** Reads what a request asks for, before its 2xx is written. */
    void onRequest(SipMessage request) {
        peerKnowsTimers = request.lists(Header.SUPPORTED, TIMER, slice);
        if (request.value(Header.SESSION_EXPIRES, slice) && view.wrap(slice)) {
            intervalSec = Math.max(MINIMUM_SEC, view.seconds());
            weRefresh = view.refresher() == SecondsView.UAS || !peerKnowsTimers;
        } else {
            intervalSec = 0;
        }
    }

    /** What our 2xx says, and the timer from then on (section 9). */
    void putResponse(SipWriter w, long nowMs) {
        if (intervalSec == 0) {
            timer.stop();
            return;
        }
        if (!weRefresh) {
            w.header(Header.REQUIRE, "timer");
        }
        w.name(Header.SESSION_EXPIRES).sink().putDecimal(intervalSec).put(weRefresh ? ";refresher=uas" : ";refresher=uac");
        w.end();
        start(nowMs);
    }

    /** What the 2xx to a request of ours decides (section 7.2). */
    void onResponse(SipMessage response, long nowMs) {
        if (!response.value(Header.SESSION_EXPIRES, slice) || !view.wrap(slice)) {
            timer.stop();                                       // no session timer on this path
            return;
        }
        intervalSec = Math.max(MINIMUM_SEC, view.seconds());
        weRefresh = view.refresher() != SecondsView.UAS;
        start(nowMs);
    }

    /** Half way the refresher refreshes; the other gives up a third, at most 32 s, before the end (sections 7.2, 10). */
    private void start(long nowMs) {
        timer.startAt(nowMs + 1000 * (weRefresh ? intervalSec / 2 : intervalSec - Math.min(32, intervalSec / 3)));
    }

    void stop() {
        timer.stop();
    }
}
