package org.sidetone.sip.transaction;

import org.sidetone.time.Timer;

/**
 * Non-INVITE server transaction, RFC 3261 section 17.2.2, figure 8; no provisional response but 100 (RFC 4320 section 4.1).
 * Anything not in the table is ignored.
 * <pre>
 *   state       input            next        action
 *   TRYING      request again    TRYING
 *   TRYING      user: 1xx        PROCEEDING  send
 *   TRYING      user: 200-699    COMPLETED   send; start J (0 on streams: TERMINATED)
 *   PROCEEDING  request again    PROCEEDING  send the last response
 *   PROCEEDING  user: 1xx        PROCEEDING  send
 *   PROCEEDING  user: 200-699    COMPLETED   send; start J (0 on streams: TERMINATED)
 *   COMPLETED   request again    COMPLETED   send the response
 *   COMPLETED   timer J          TERMINATED
 *   COMPLETED   its place is needed  TERMINATED  T1 after the answer at the earliest
 *   PROCEEDING  transport error  TERMINATED  tell user; the state stays while he looks for another way (RFC 3263 section 5)
 *   COMPLETED   transport error  TERMINATED  likewise
 * </pre>
 */
public final class NonInviteServer extends ServerTransaction {
    public static final int TRYING = 1;
    public static final int PROCEEDING = 2;
    public static final int COMPLETED = 3;
    public static final int TERMINATED = 4;

    private final Timer timerJ;

    NonInviteServer(TransactionLayer layer, int slot, int responseBytes) {
        super(layer, slot, responseBytes);
        timerJ = new Timer(layer.timers(), this);
    }

    @Override
    void start(long nowMs) {
        state = TRYING;
    }

    @Override
    void onRetransmission(long nowMs) {
        if (state == PROCEEDING || state == COMPLETED) {
            sendLast(nowMs);
        }
    }

    @Override
    boolean takes(int status) {
        return state == TRYING || state == PROCEEDING;
    }

    @Override
    void onUserResponse(int status, long nowMs) {
        if (status < 200) {
            state = PROCEEDING;
            sendLast(nowMs);
            return;
        }
        state = COMPLETED;
        sendLast(nowMs);
        if (state != COMPLETED) {
            return;                                          // it could not be sent
        }
        if (isReliable() && !isUnsent()) {
            terminate();
        } else {
            timerJ.startAt(nowMs + Timings.MAX_LIFE_MS);
            layer.completed(this);
        }
    }

    boolean wasAnsweredBefore(long thenMs) {
        return timerJ.deadlineMs() - Timings.MAX_LIFE_MS <= thenMs;
    }

    @Override
    void onTransportError(long nowMs) {
        if (hasAnswer() && !layer.tellUnsent(this, nowMs)) {
            giveUp();
        }
    }

    @Override
    public void giveUp() {
        if (hasAnswer()) {
            terminate();
        }
    }

    private boolean hasAnswer() {
        return state == PROCEEDING || state == COMPLETED;
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        onTimerJ(nowMs);
    }

    void onTimerJ(long nowMs) {
        if (state == COMPLETED) {
            terminate();
        }
    }

    @Override
    boolean forget() {
        terminate();
        return true;
    }

    private void terminate() {
        state = TERMINATED;
        timerJ.stop();
        layer.free(this);
    }
}
