package org.sidetone.sip.transaction;

import org.sidetone.bytes.FixedText;
import org.sidetone.port.Flow;
import org.sidetone.port.Wire;
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
 *   COMPLETED   timer K          TERMINATED
 * </pre>
 */
public final class NonInviteClient implements Timer.Owner {
    public static final int FREE = 0;
    public static final int TRYING = 1;
    public static final int PROCEEDING = 2;
    public static final int COMPLETED = 3;
    public static final int TERMINATED = 4;

    private final TransactionLayer layer;
    final int slot;
    private final byte[] request;
    private final Flow flow = new Flow();
    final FixedText branch = new FixedText(TransactionLayer.BRANCH_LENGTH);
    int keyHash;
    private final Timer timerE;
    private final Timer timerF;
    private final Timer timerK;
    private int state = FREE;
    private int method;
    private int length;
    private long intervalMs;
    private ClientUser user;

    NonInviteClient(TransactionLayer layer, int slot, int requestBytes) {
        this.layer = layer;
        this.slot = slot;
        request = new byte[requestBytes];
        timerE = new Timer(layer.timers(), this);
        timerF = new Timer(layer.timers(), this);
        timerK = new Timer(layer.timers(), this);
    }

    /** Where the user writes the request, which {@link #start} then sends. */
    public byte[] buffer() {
        return request;
    }

    /** The branch for the topmost Via. */
    public FixedText branch() {
        return branch;
    }

    public int state() {
        return state;
    }

    public int method() {
        return method;
    }

    public Flow flow() {
        return flow;
    }

    void take() {
        state = TRYING;
    }

    /** Sends what was written. An error comes by {@link ClientUser#onTransportError}, within this call too. */
    public void start(ClientUser newUser, int newMethod, Flow to, int newLength, long nowMs) {
        user = newUser;
        method = newMethod;
        length = newLength;
        flow.set(to);
        layer.register(this);
        timerF.startAt(nowMs + Timings.MAX_LIFE_MS);
        if (!flow.isReliable()) {
            intervalMs = Timings.T1_MS;
            timerE.startAt(nowMs + intervalMs);
        }
        send(nowMs);
    }

    /** Gives the transaction back without having sent anything. */
    public void abandon() {
        state = TERMINATED;
        layer.free(this);
    }

    private void send(long nowMs) {
        int result = layer.transport().send(flow, request, 0, length);
        if (result == Wire.UNREACHABLE || result == Wire.TOO_LARGE || result == Wire.NO_ROOM && flow.isReliable()) {
            onTransportError(nowMs);
        }
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        if (timer == timerE) {
            onTimerE(nowMs);
        } else if (timer == timerF) {
            onTimerF(nowMs);
        } else {
            onTimerK();
        }
    }

    void onTimerE(long nowMs) {
        if (state != TRYING && state != PROCEEDING) {
            return;
        }
        intervalMs = state == TRYING ? Math.min(2 * intervalMs, Timings.T2_MS) : Timings.T2_MS;
        timerE.startAt(nowMs + intervalMs);
        layer.countRetransmission();
        send(nowMs);
    }

    void onTimerF(long nowMs) {
        if (state != TRYING && state != PROCEEDING) {
            return;
        }
        ClientUser told = user;
        enter(TERMINATED);
        told.onTimeout(this, nowMs);
        layer.free(this);
    }

    void onTimerK() {
        if (state == COMPLETED) {
            enter(TERMINATED);
            layer.free(this);
        }
    }

    void onResponse(SipMessage response, long nowMs) {
        if (state != TRYING && state != PROCEEDING) {
            return;
        }
        ClientUser told = user;
        if (response.status() < 200) {
            enter(PROCEEDING);
            told.onResponse(this, response, nowMs);
            return;
        }
        enter(COMPLETED);
        if (!flow.isReliable()) {
            timerK.startAt(nowMs + Timings.T4_MS);
        }
        told.onResponse(this, response, nowMs);
        if (flow.isReliable()) {
            enter(TERMINATED);
            layer.free(this);
        }
    }

    void onTransportError(long nowMs) {
        if (state != TRYING && state != PROCEEDING) {
            return;
        }
        ClientUser told = user;
        enter(TERMINATED);
        told.onTransportError(this, nowMs);
        layer.free(this);
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

    void makeFree() {
        state = FREE;
    }
}
