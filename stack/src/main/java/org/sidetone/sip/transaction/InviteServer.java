package org.sidetone.sip.transaction;

import org.sidetone.time.Timer;

/**
 * INVITE server transaction, RFC 3261 section 17.2.1, figure 7 as RFC 6026 section 8.6 draws it. Anything not in the table is
 * ignored; an error in sending changes no state (RFC 6026 section 7.1), so that the INVITE is absorbed when it comes again.
 * <pre>
 *   state       input            next        action
 *   PROCEEDING  200 ms silence   PROCEEDING  send 100
 *   PROCEEDING  INVITE again     PROCEEDING  send the last response
 *   PROCEEDING  user: 1xx        PROCEEDING  send
 *   PROCEEDING  user: 2xx        ACCEPTED    send; start L
 *   PROCEEDING  user: 300-699    COMPLETED   send; start G (not on streams), H
 *   COMPLETED   INVITE again     COMPLETED   send the response
 *   COMPLETED   timer G          COMPLETED   send; G doubles, at most T2
 *   COMPLETED   timer H          TERMINATED  tell user
 *   COMPLETED   ACK              CONFIRMED   stop G, H; start I (0 on streams: TERMINATED)
 *   CONFIRMED   timer I          TERMINATED
 *   ACCEPTED    user: 2xx        ACCEPTED    send
 *   ACCEPTED    ACK              ACCEPTED    tell user
 *   ACCEPTED    timer L          TERMINATED
 *   all but CONFIRMED  transport error  same  tell user
 * </pre>
 */
public final class InviteServer extends ServerTransaction {
    public static final int PROCEEDING = 1;
    public static final int COMPLETED = 2;
    public static final int CONFIRMED = 3;
    public static final int ACCEPTED = 4;
    public static final int TERMINATED = 5;

    private static final long SILENCE_MS = 200;

    private final Timer timer100;
    private final Timer timerG;
    private final Timer timerH;
    private final Timer timerI;
    private final Timer timerL;
    private long intervalMs;

    InviteServer(TransactionLayer layer, int slot, int responseBytes) {
        super(layer, slot, responseBytes);
        timer100 = new Timer(layer.timers(), this);
        timerG = new Timer(layer.timers(), this);
        timerH = new Timer(layer.timers(), this);
        timerI = new Timer(layer.timers(), this);
        timerL = new Timer(layer.timers(), this);
    }

    @Override
    void start(long nowMs) {
        state = PROCEEDING;
        timer100.startAt(nowMs + SILENCE_MS);
    }

    @Override
    void onRetransmission(long nowMs) {
        if (state == PROCEEDING || state == COMPLETED) {
            sendLast(nowMs);
        }
    }

    /** The user sends its last response again: a 2xx, or a reliable provisional one, that nobody acknowledged yet. */
    public void resend(long nowMs) {
        if (state == PROCEEDING || state == ACCEPTED) {
            layer.countRetransmission();
            sendLast(nowMs);
        }
    }

    @Override
    boolean takes(int status) {
        return state == PROCEEDING || state == ACCEPTED && status / 100 == 2;
    }

    @Override
    void onUserResponse(int status, long nowMs) {
        timer100.stop();
        if (state == PROCEEDING && status >= 300) {
            state = COMPLETED;
            timerH.startAt(nowMs + Timings.MAX_LIFE_MS);
            if (!isReliable()) {
                intervalMs = Timings.T1_MS;
                timerG.startAt(nowMs + intervalMs);
            }
        } else if (state == PROCEEDING && status >= 200) {
            state = ACCEPTED;
            timerL.startAt(nowMs + Timings.MAX_LIFE_MS);
        }
        sendLast(nowMs);
    }

    /** @return false when it is not for this transaction but for its user */
    boolean onAck(long nowMs) {
        if (state == COMPLETED) {
            state = CONFIRMED;
            timerG.stop();
            timerH.stop();
            if (isReliable()) {
                terminate();
            } else {
                timerI.startAt(nowMs + Timings.T4_MS);
            }
        }
        return state != ACCEPTED;
    }

    @Override
    void onTransportError(long nowMs) {
        if (state == PROCEEDING || state == COMPLETED || state == ACCEPTED) {
            layer.tellUnsent(this, nowMs);
        }
    }

    @Override
    public void giveUp() {
        // the INVITE is still absorbed when it comes again
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        if (timer == timerG) {
            onTimerG(nowMs);
        } else if (timer == timerH) {
            onTimerH(nowMs);
        } else if (timer == timerI) {
            onTimerI(nowMs);
        } else if (timer == timerL) {
            onTimerL(nowMs);
        } else if (state == PROCEEDING && !hasResponded()) {
            reply(100, nowMs);
        }
    }

    void onTimerG(long nowMs) {
        if (state != COMPLETED || isReliable()) {
            return;
        }
        intervalMs = Math.min(2 * intervalMs, Timings.T2_MS);
        timerG.startAt(nowMs + intervalMs);
        layer.countRetransmission();
        sendLast(nowMs);
    }

    void onTimerH(long nowMs) {
        if (state == COMPLETED) {
            layer.tellUnsent(this, nowMs);
            terminate();
        }
    }

    void onTimerI(long nowMs) {
        if (state == CONFIRMED) {
            terminate();
        }
    }

    void onTimerL(long nowMs) {
        if (state == ACCEPTED) {
            terminate();
        }
    }

    private void terminate() {
        state = TERMINATED;
        timer100.stop();
        timerG.stop();
        timerH.stop();
        timerI.stop();
        timerL.stop();
        layer.free(this);
    }
}
