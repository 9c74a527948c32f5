package org.sidetone.sip.transaction;

import org.sidetone.sip.SipMessage;
import org.sidetone.time.Timer;

/**
 * Non-INVITE client transaction, RFC 3261 section 17.1.2, figure 6. Anything not in the table is ignored.
 * <pre>
 *   state       input            next        action
 *   TRYING      timer E          TRYING      send; E doubles, at most T2
 *   TRYING      1xx              PROCEEDING  tell user
 *   PROCEEDING  1xx              PROCEEDING  tell user
 *   PROCEEDING  timer E          PROCEEDING  send; E = T2
 *   both        200-699          COMPLETED   tell user; stop E, F; start K (0 on streams: TERMINATED)
 *   both        timer F          TERMINATED  tell user
 *   both        transport error  TERMINATED  tell user
 *   COMPLETED   timer K, or its place is needed  TERMINATED
 * </pre>
 */
public final class NonInviteClient extends ClientTransaction {
    public static final int TRYING = 1;
    public static final int PROCEEDING = 2;
    public static final int COMPLETED = 3;
    public static final int TERMINATED = 4;

    private final Timer timerE;
    private final Timer timerF;
    private final Timer timerK;
    private long intervalMs;

    NonInviteClient(TransactionLayer layer, int slot, int requestBytes) {
        super(layer, slot, requestBytes);
        timerE = new Timer(layer.timers(), this);
        timerF = new Timer(layer.timers(), this);
        timerK = new Timer(layer.timers(), this);
    }

    @Override
    void begin(long nowMs) {
        state = TRYING;
        timerF.startAt(nowMs + Timings.MAX_LIFE_MS);
        if (!flow().isReliable()) {
            intervalMs = Timings.T1_MS;
            timerE.startAt(nowMs + intervalMs);
        }
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        if (timer == timerE) {
            onTimerE(nowMs);
        } else if (timer == timerF) {
            onTimerF(nowMs);
        } else {
            onTimerK(nowMs);
        }
    }

    void onTimerE(long nowMs) {
        if (!isWaiting() || flow().isReliable()) {
            return;
        }
        intervalMs = state == TRYING ? Math.min(2 * intervalMs, Timings.T2_MS) : Timings.T2_MS;
        timerE.startAt(nowMs + intervalMs);
        layer.countRetransmission();
        send(nowMs);
    }

    void onTimerF(long nowMs) {
        if (isWaiting()) {
            ClientUser told = user;
            enter(TERMINATED);
            told.onTimeout(this, nowMs);
            layer.free(this);
        }
    }

    void onTimerK(long nowMs) {
        if (state == COMPLETED) {
            enter(TERMINATED);
            layer.free(this);
        }
    }

    @Override
    void onResponse(SipMessage response, long nowMs) {
        if (!isWaiting()) {
            return;
        }
        ClientUser told = user;
        if (response.status() < 200) {
            enter(PROCEEDING);
            told.onResponse(this, response, nowMs);
            return;
        }
        enter(COMPLETED);
        if (!flow().isReliable()) {
            timerK.startAt(nowMs + Timings.T4_MS);
        }
        told.onResponse(this, response, nowMs);
        if (flow().isReliable()) {
            enter(TERMINATED);
            layer.free(this);
        } else if (state == COMPLETED) {
            layer.completed(this);
        }
    }

    @Override
    void onTransportError(long nowMs) {
        if (isWaiting()) {
            ClientUser told = user;
            enter(TERMINATED);
            told.onTransportError(this, nowMs);
            layer.free(this);
        }
    }

    private boolean isWaiting() {
        return state == TRYING || state == PROCEEDING;
    }

    private void enter(int newState) {
        state = newState;
        if (newState == COMPLETED || newState == TERMINATED) {
            timerE.stop();
            timerF.stop();
            user = null;
        }
        if (newState == TERMINATED) {
            timerK.stop();
        }
    }
}
