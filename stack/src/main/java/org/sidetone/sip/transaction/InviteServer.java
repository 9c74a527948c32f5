package org.sidetone.sip.transaction;

import org.sidetone.time.Timer;

/**
 * INVITE server transaction, RFC 3261 section 17.2.1, figure 7, with the Accepted state of RFC 6026 section 7.1.
 * Anything not in the table is ignored.
 * <pre>
 *   state       input            next        action
 *   PROCEEDING  INVITE again     PROCEEDING  send the last response
 *   PROCEEDING  user: 1xx        PROCEEDING  send
 *   PROCEEDING  user: 2xx        ACCEPTED    send; start L
 *   PROCEEDING  user: 300-699    COMPLETED   send; start G (not on streams), H
 *   COMPLETED   INVITE again     COMPLETED   send the response
 *   COMPLETED   timer G          COMPLETED   send; G doubles, at most T2
 *   COMPLETED   timer H          TERMINATED
 *   COMPLETED   ACK              CONFIRMED   stop G, H; start I (0 on streams: TERMINATED)
 *   CONFIRMED   timer I          TERMINATED
 *   ACCEPTED    user: 2xx        ACCEPTED    send
 *   ACCEPTED    timer L          TERMINATED
 * </pre>
 */
public final class InviteServer extends ServerTransaction {
    public static final int PROCEEDING = 1;
    public static final int COMPLETED = 2;
    public static final int CONFIRMED = 3;
    public static final int ACCEPTED = 4;
    public static final int TERMINATED = 5;

    private final Timer timerG;
    private final Timer timerH;
    private final Timer timerI;
    private final Timer timerL;
    private long intervalMs;

    InviteServer(TransactionLayer layer, int slot, int responseBytes) {
        super(layer, slot, responseBytes);
        timerG = new Timer(layer.timers(), this);
        timerH = new Timer(layer.timers(), this);
        timerI = new Timer(layer.timers(), this);
        timerL = new Timer(layer.timers(), this);
    }

    @Override
    void start(long nowMs) {
        state = PROCEEDING;
    }

    @Override
    void onRetransmission(long nowMs) {
        if (state == PROCEEDING || state == COMPLETED) {
            sendLast();
        }
    }

    @Override
    void onUserResponse(int status, long nowMs) {
        if (state != PROCEEDING && !(state == ACCEPTED && status / 100 == 2)) {
            return;
        }
        sendLast();
        if (status < 200 || state == ACCEPTED) {
            return;
        }
        if (status < 300) {
            state = ACCEPTED;
            timerL.startAt(nowMs + Timings.MAX_LIFE_MS);
            return;
        }
        state = COMPLETED;
        timerH.startAt(nowMs + Timings.MAX_LIFE_MS);
        if (!isReliable()) {
            intervalMs = Timings.T1_MS;
            timerG.startAt(nowMs + intervalMs);
        }
    }

    void onAck(long nowMs) {
        if (state != COMPLETED) {
            return;
        }
        state = CONFIRMED;
        timerG.stop();
        timerH.stop();
        if (isReliable()) {
            terminate();
        } else {
            timerI.startAt(nowMs + Timings.T4_MS);
        }
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        if (timer == timerG) {
            if (state == COMPLETED) {
                intervalMs = Math.min(2 * intervalMs, Timings.T2_MS);
                timerG.startAt(nowMs + intervalMs);
                layer.countRetransmission();
                sendLast();
            }
        } else if (timer == timerH && state == COMPLETED || timer == timerI && state == CONFIRMED
                || timer == timerL && state == ACCEPTED) {
            terminate();
        }
    }

    private void terminate() {
        state = TERMINATED;
        timerG.stop();
        timerH.stop();
        timerI.stop();
        timerL.stop();
        layer.free(this);
    }
}
