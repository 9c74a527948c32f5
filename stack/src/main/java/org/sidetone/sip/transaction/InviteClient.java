package org.sidetone.sip.transaction;

import org.sidetone.sip.SipMessage;
import org.sidetone.time.Timer;

/**
 * INVITE client transaction, RFC 3261 section 17.1.1, figure 5 as RFC 6026 section 8.4 draws it. Anything not in the table is
 * ignored. The ACK to a 2xx is the user's to send.
 * <pre>
 *   state       input            next        action
 *   CALLING     timer A          CALLING     send; A doubles
 *   CALLING     1xx              PROCEEDING  tell user; stop A, B
 *   PROCEEDING  1xx              PROCEEDING  tell user
 *   both        2xx              ACCEPTED    tell user; start M
 *   both        300-699          COMPLETED   ACK; tell user; start D (0 on streams: TERMINATED)
 *   CALLING     timer B          TERMINATED  tell user
 *   CALLING     transport error  TERMINATED  tell user
 *   COMPLETED   300-699          COMPLETED   ACK again
 *   COMPLETED   transport error  TERMINATED  tell user
 *   COMPLETED   timer D          TERMINATED
 *   ACCEPTED    2xx              ACCEPTED    tell user
 *   ACCEPTED    timer M          TERMINATED
 * </pre>
 * {@link #cancel} (section 9.1) sends a CANCEL as soon as a provisional response came; when 64*T1 later there is still no final
 * response, the user hears of a timeout.
 */
public final class InviteClient extends ClientTransaction {
    public static final int CALLING = 1;
    public static final int PROCEEDING = 2;
    public static final int COMPLETED = 3;
    public static final int ACCEPTED = 4;
    public static final int TERMINATED = 5;

    /** At least 32 s on unreliable transports, whatever T1 is. */
    private static final long TIMER_D_MS = 32_000;

    private final Timer timerA;
    private final Timer timerB;
    private final Timer timerD;
    private final Timer timerM;
    private final Timer timerCancelled;
    private long intervalMs;
    private boolean cancelWanted;

    InviteClient(TransactionLayer layer, int slot, int requestBytes) {
        super(layer, slot, requestBytes);
        timerA = new Timer(layer.timers(), this);
        timerB = new Timer(layer.timers(), this);
        timerD = new Timer(layer.timers(), this);
        timerM = new Timer(layer.timers(), this);
        timerCancelled = new Timer(layer.timers(), this);
    }

    @Override
    void begin(long nowMs) {
        state = CALLING;
        cancelWanted = false;
        timerB.startAt(nowMs + Timings.MAX_LIFE_MS);
        if (!flow().isReliable()) {
            intervalMs = Timings.T1_MS;
            timerA.startAt(nowMs + intervalMs);
        }
    }

    /** Asks the other side to give up; nothing happens once there is a final response. */
    public void cancel(long nowMs) {
        if (state == CALLING) {
            cancelWanted = true;
        } else if (state == PROCEEDING && !timerCancelled.isRunning()) {
            sendCancel(nowMs);
        }
    }

    private void sendCancel(long nowMs) {
        cancelWanted = false;
        timerCancelled.startAt(nowMs + Timings.MAX_LIFE_MS);
        layer.sendCancel(this, nowMs);
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        if (timer == timerA) {
            onTimerA(nowMs);
        } else if (timer == timerB) {
            onTimerB(nowMs);
        } else if (timer == timerD) {
            onTimerD(nowMs);
        } else if (timer == timerM) {
            onTimerM(nowMs);
        } else if (state == PROCEEDING) {
            tellTimeout(nowMs);
        }
    }

    void onTimerA(long nowMs) {
        if (state != CALLING || flow().isReliable()) {
            return;
        }
        intervalMs *= 2;
        timerA.startAt(nowMs + intervalMs);
        layer.countRetransmission();
        send(nowMs);
    }

    void onTimerB(long nowMs) {
        if (state == CALLING) {
            tellTimeout(nowMs);
        }
    }

    /** Whether it waits for its refusal to come again, and nobody else waits for anything of it. */
    boolean isRefused() {
        return state == COMPLETED && timerD.isRunning();
    }

    /** When {@link #isRefused} ends by itself. */
    long endsMs() {
        return timerD.deadlineMs();
    }

    void onTimerD(long nowMs) {
        if (state == COMPLETED) {
            enter(TERMINATED);
        }
    }

    void onTimerM(long nowMs) {
        if (state == ACCEPTED) {
            enter(TERMINATED);
        }
    }

    private void tellTimeout(long nowMs) {
        ClientUser told = user;
        enter(TERMINATED);
        told.onTimeout(this, nowMs);
    }

    @Override
    void onResponse(SipMessage response, long nowMs) {
        int status = response.status();
        if (state == COMPLETED) {
            if (status >= 300) {
                send(nowMs);                                        // the ACK that lies in the buffer
            }
        } else if (state == ACCEPTED) {
            if (status / 100 == 2) {
                user.onResponse(this, response, nowMs);
            }
        } else if (status < 200) {
            enter(PROCEEDING);
            if (cancelWanted) {
                sendCancel(nowMs);
            }
            user.onResponse(this, response, nowMs);
        } else if (status < 300) {
            enter(ACCEPTED);
            timerM.startAt(nowMs + Timings.MAX_LIFE_MS);
            user.onResponse(this, response, nowMs);
        } else {
            refused(response, nowMs);
        }
    }

    private void refused(SipMessage response, long nowMs) {
        ClientUser told = user;
        enter(COMPLETED);
        length = layer.writeAck(request, length, response);
        if (length > 0) {
            layer.transport().send(flow(), request, 0, length);     // the answer is there; an error now changes nothing for the user
        }
        if (!flow().isReliable()) {
            timerD.startAt(nowMs + TIMER_D_MS);
        }
        told.onResponse(this, response, nowMs);
        if (flow().isReliable()) {
            enter(TERMINATED);
        }
    }

    @Override
    void onTransportError(long nowMs) {
        if (state == CALLING || state == COMPLETED) {
            ClientUser told = user;
            enter(TERMINATED);
            told.onTransportError(this, nowMs);
        }
    }

    private void enter(int newState) {
        state = newState;
        timerA.stop();
        if (newState >= PROCEEDING) {
            timerB.stop();
        }
        if (newState > PROCEEDING) {
            timerCancelled.stop();
        }
        if (newState == TERMINATED) {
            timerD.stop();
            timerM.stop();
            layer.free(this);
        }
    }
}
