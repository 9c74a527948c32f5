package org.sidetone.msrp;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.digest.Credentials;
import org.sidetone.digest.DigestClient;
import org.sidetone.time.Timer;

/**
 * Asks a chain of relays to work for one session (RFC 4976 section 5.1): AUTH to the first, then through it to the next.
 * <pre>
 *   state    input                   next     action
 *   IDLE     begin                   ASKING   AUTH to the first
 *   ASKING   401, not yet answered   ASKING   AUTH with credentials
 *   ASKING   423 with a bound        ASKING   AUTH within it, once
 *   ASKING   200, more relays        ASKING   AUTH to the next, through those before
 *   ASKING   200, the last           READY    tell user; start the timer of the expiry
 *   ASKING   other, 30 s, lost       IDLE     tell user
 *   READY    timer                   ASKING   AUTH to the first again
 * </pre>
 */
final class RelayClient implements Timer.Owner {
    static final int IDLE = 0;
    static final int ASKING = 1;
    static final int READY = 2;

    private static final Slice NO_BODY = new Slice();
    private static final int REFRESH_PERCENT = 80;
    private static final int ID_DIGITS = 16;
    private static final int MAX_CHALLENGES = 2;

    private final MsrpSession session;
    private final Endpoint endpoint;
    private final DigestClient digest;
    private final Timer timer;
    private final FixedText chain;
    private final FixedText usePath;
    private Credentials credentials;
    private long expiresSec;
    private int state = IDLE;
    private int index;
    private int challenges;
    private boolean bounded;
    private long id;
    private long untrusted;
    private final PathView path = new PathView();
    private final MsrpWriter writer = new MsrpWriter();
    private final FixedText idText = new FixedText(ID_DIGITS);
    private final Slice slice = new Slice();
    private final Slice idSlice = new Slice();
    private final Slice ownUri = new Slice();

    RelayClient(MsrpSession session, Endpoint endpoint, int pathBytes) {
        this.session = session;
        this.endpoint = endpoint;
        digest = new DigestClient(endpoint.digests(), endpoint.random());
        timer = new Timer(endpoint.timers(), this);
        chain = new FixedText(pathBytes);
        usePath = new FixedText(pathBytes);
    }

    /** @param relays their URIs, the nearest first. @param newExpiresSec to ask for; 0: whatever the relay likes */
    boolean begin(Slice relays, Credentials who, long newExpiresSec, long nowMs) {
        if (!path.wrap(relays) || !chain.set(relays)) {
            return false;
        }
        credentials = who;
        expiresSec = newExpiresSec;
        digest.forget();
        return restart(nowMs);
    }

    private boolean restart(long nowMs) {
        index = 0;
        usePath.clear();
        return ask(true, nowMs);
    }

    private boolean ask(boolean fresh, long nowMs) {
        if (fresh) {
            challenges = 0;
            bounded = false;
        }
        state = ASKING;
        id = endpoint.random().nextLong();
        timer.startAt(nowMs + SendTransaction.TIMEOUT_MS);
        byte[] b = endpoint.controlScratch();
        idText.take(idText.sink(endpoint.sink()).putHex(id, ID_DIGITS));
        idText.slice(idSlice);
        path.wrap(chain.slice(slice));
        path.text(index, slice);
        writer.wrap(b, 0, b.length).request(idSlice, MsrpMethod.name(MsrpMethod.AUTH));
        ByteSink out = writer.name(MsrpHeader.TO_PATH).sink();
        out.put(usePath).put(usePath.isEmpty() ? "" : " ").put(slice);
        writer.end().header(MsrpHeader.FROM_PATH, session.localUri(ownUri));
        if (digest.isReady()) {
            digest.putCredentials(credentials, MsrpMethod.name(MsrpMethod.AUTH), slice, NO_BODY, writer.name(MsrpHeader.AUTHORIZATION).sink());
            writer.end();
        }
        if (expiresSec > 0) {
            writer.decimal(MsrpHeader.EXPIRES, expiresSec);
        }
        writer.endLine(idSlice, EndLine.COMPLETE);
        if (writer.overflowed() || session.connection == null) {
            end(IDLE);
            return false;
        }
        session.connection.put(b, 0, writer.length(), nowMs);
        return state == ASKING;
    }

    /** @return whether it was the answer to a request of ours */
    boolean onResponse(MsrpHead head, long transactionId, long nowMs) {
        if (state != ASKING || transactionId != id || id == 0) {
            return false;
        }
        id = 0;
        int status = head.status();
        if (status == MsrpStatus.OK) {
            onGranted(head, nowMs);
        } else if (status != MsrpStatus.UNAUTHORIZED || !answer(head, nowMs)) {
            if (status != MsrpStatus.OUT_OF_BOUNDS || !comply(head, nowMs)) {
                fail(status, nowMs);
            }
        }
        return true;
    }

    private boolean answer(MsrpHead head, long nowMs) {
        if (++challenges > MAX_CHALLENGES) {
            return false;
        }
        for (int i = 0; i < head.fields(); i++) {
            if (head.code(i) == MsrpHeader.WWW_AUTHENTICATE && digest.challenge(head.fieldValue(i, slice))) {
                return (challenges == 1 || digest.isStale()) && ask(false, nowMs);
            }
        }
        return false;
    }

    private boolean comply(MsrpHead head, long nowMs) {
        long least = head.decimal(MsrpHeader.MIN_EXPIRES);
        long most = head.decimal(MsrpHeader.MAX_EXPIRES);
        if (bounded || least <= 0 && most <= 0) {
            return false;
        }
        bounded = true;
        expiresSec = least > 0 ? Math.max(expiresSec, least) : Math.min(expiresSec, most);
        return ask(false, nowMs);
    }

    private void onGranted(MsrpHead head, long nowMs) {
        if (head.value(MsrpHeader.AUTHENTICATION_INFO, slice) && !digest.onInfo(slice, NO_BODY)) {
            untrusted++;
            fail(MsrpStatus.NOT_ALLOWED, nowMs);
            return;
        }
        if (!head.value(MsrpHeader.USE_PATH, slice) || !path.wrap(slice) || !usePath.set(slice)) {
            fail(MsrpStatus.UNINTELLIGIBLE, nowMs);
            return;
        }
        long sec = head.decimal(MsrpHeader.EXPIRES);
        path.wrap(chain.slice(slice));
        if (++index < path.count()) {
            digest.forget();                                    // the next has a realm of its own
            if (!ask(true, nowMs)) {
                fail(MsrpSession.LOST, nowMs);
            }
            return;
        }
        state = READY;
        timer.stop();
        if (sec > 0) {
            timer.startAt(nowMs + sec * 10 * REFRESH_PERCENT);
        }
        session.onRelays(MsrpStatus.OK, usePath.slice(slice), nowMs);
    }

    void onLost(long nowMs) {
        if (state == ASKING) {
            fail(MsrpSession.LOST, nowMs);
        } else {
            end(IDLE);
        }
    }

    private void fail(int status, long nowMs) {
        end(IDLE);
        session.onRelays(status, slice.clear(), nowMs);
    }

    void end(int newState) {
        state = newState;
        timer.stop();
        id = 0;
    }

    boolean isAsking() {
        return state == ASKING;
    }

    /** Answers whose Authentication-Info shows that the relay does not know the secret. */
    long untrusted() {
        return untrusted;
    }

    @Override
    public void onTimer(Timer fired, long nowMs) {
        if (state == ASKING) {
            fail(MsrpStatus.TIMEOUT, nowMs);
        } else if (state == READY && !restart(nowMs)) {
            fail(MsrpSession.LOST, nowMs);
        }
    }
}
