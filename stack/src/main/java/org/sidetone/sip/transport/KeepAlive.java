package org.sidetone.sip.transport;

import org.sidetone.port.Flow;
import org.sidetone.port.Random;
import org.sidetone.port.Wire;
import org.sidetone.time.Timer;
import org.sidetone.time.TimerQueue;

/**
 * Keeps one flow to a server alive and notices when it is dead (RFC 5626 section 4.4): STUN over datagrams, a double CRLF over streams.
 * <pre>
 *   state    input                        next     action
 *   OFF      start                        RESTING
 *   RESTING  the rest is over             ASKED    ask
 *   ASKED    answer, same address         RESTING
 *   ASKED    answer, another address      OFF      tell user: whoever sits between has forgotten the flow
 *   ASKED    STUN: no answer in time      ASKED    ask again, seven times in all, the wait doubles from 500 ms
 *   ASKED    no answer at all, or in 10 s of a stream    OFF   tell user
 *   any      cannot be sent               OFF      tell user
 *   any      stop                         OFF
 * </pre>
 */
public final class KeepAlive implements Timer.Owner {
    /** Told when the flow is dead. */
    public interface User {
        void onFlowFailed(long nowMs);
    }

    private static final int OFF = 0;
    private static final int RESTING = 1;
    private static final int ASKED = 2;

    /** Without a Flow-Timer: the defaults of section 4.4.1 and 4.4.2. */
    private static final long DATAGRAM_REST_MS = 29_000;
    private static final long STREAM_REST_MS = 120_000;
    private static final long PONG_MS = 10_000;
    private static final long FIRST_WAIT_MS = 500;
    private static final int TRIES = 7;
    private static final byte[] PING = {'\r', '\n', '\r', '\n'};

    private final SipTransport transport;
    private final Random random;
    private final User user;
    private final Timer timer;
    private final Flow flow = new Flow();
    private final Flow seen = new Flow();
    private final Flow answer = new Flow();
    private final byte[] request = new byte[Stun.REQUEST_BYTES];
    private int state = OFF;
    private long restMs;
    private long numberHigh;
    private int numberLow;
    private int tries;
    private long waitMs;
    private long answers;

    public KeepAlive(SipTransport transport, TimerQueue timers, Random random, User user) {
        this.transport = transport;
        this.random = random;
        this.user = user;
        timer = new Timer(timers, this);
        transport.add(this);
    }

    /** @param flowTimerSec how long the server lets a flow rest; 0: it did not say */
    public void start(Flow of, long flowTimerSec, long nowMs) {
        boolean same = state != OFF && flow.sameEnd(of) && flow.connection() == of.connection();
        flow.set(of);
        restMs = flowTimerSec > 0 ? 1000 * flowTimerSec : of.isReliable() ? STREAM_REST_MS : DATAGRAM_REST_MS;
        if (!same) {
            seen.clear();
            rest(nowMs);
        }
    }

    public void stop() {
        state = OFF;
        timer.stop();
    }

    /** Between 80 and 100 % of the time, so that a thousand phones do not ask together. */
    private void rest(long nowMs) {
        state = RESTING;
        timer.startAt(nowMs + restMs * 4 / 5 + (random.nextLong() >>> 1) % (restMs / 5 + 1));
    }

    @Override
    public void onTimer(Timer fired, long nowMs) {
        if (state == RESTING) {
            state = ASKED;
            tries = 0;
            waitMs = FIRST_WAIT_MS;
            numberHigh = random.nextLong();
            numberLow = (int) random.nextLong();
            ask(nowMs);
        } else if (state == ASKED) {
            if (flow.isReliable() || tries == TRIES) {
                fail(nowMs);
            } else {
                ask(nowMs);
            }
        }
    }

    private void ask(long nowMs) {
        tries++;
        int result;
        if (flow.isReliable()) {
            timer.startAt(nowMs + PONG_MS);
            result = transport.isOpen(flow) ? transport.sendRaw(flow, PING, PING.length) : Wire.UNREACHABLE;
        } else {
            timer.startAt(nowMs + waitMs);
            waitMs *= 2;
            result = transport.sendRaw(flow, request, Stun.writeRequest(numberHigh, numberLow, request));
        }
        if (result == Wire.UNREACHABLE) {
            fail(nowMs);
        }
    }

    private void fail(long nowMs) {
        stop();
        user.onFlowFailed(nowMs);
    }

    void onPong(int connection, long nowMs) {
        if (state == ASKED && flow.isReliable() && flow.connection() == connection) {
            answers++;
            rest(nowMs);
        }
    }

    /** @return whether it was ours */
    boolean onStun(byte[] b, int offset, int length, long nowMs) {
        if (state != ASKED || flow.isReliable() || !Stun.isAnswerTo(b, offset, numberHigh, numberLow)) {
            return false;
        }
        answers++;
        boolean moved = Stun.mapped(b, offset, length, answer) && seen.isSet() && !seen.sameEnd(answer);
        seen.set(answer);
        if (moved) {
            fail(nowMs);
        } else {
            rest(nowMs);
        }
        return true;
    }

    void onStreamClosed(int connection, long nowMs) {
        if (state != OFF && flow.isReliable() && flow.connection() == connection) {
            fail(nowMs);
        }
    }

    /** Answers that came since boot. */
    public long answers() {
        return answers;
    }
}
