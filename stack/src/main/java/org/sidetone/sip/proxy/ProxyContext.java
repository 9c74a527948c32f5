package org.sidetone.sip.proxy;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Flow;
import org.sidetone.sip.Header;
import org.sidetone.sip.Method;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.Status;
import org.sidetone.sip.transaction.ClientTransaction;
import org.sidetone.sip.transaction.ClientUser;
import org.sidetone.sip.transaction.InviteClient;
import org.sidetone.sip.transaction.InviteServer;
import org.sidetone.sip.transaction.ServerTransaction;
import org.sidetone.sip.transport.SipTransport;
import org.sidetone.time.Timer;

/**
 * One request on its way through the proxy, the response context of RFC 3261 section 16: a copy of it, its server transaction, a branch for
 * every target. Targets of one rank go out together; the next rank when all of them failed.
 */
public final class ProxyContext implements ClientUser, Timer.Owner {
    /** More than 3 minutes (section 16.6 step 11). */
    static final long TIMER_C_MS = 181_000;
    /** How long 2xx to an INVITE are forwarded when they come again: as long as its transactions absorb them (RFC 6026). */
    private static final long LINGER_MS = 32_000;

    private final Proxy proxy;
    private final byte[] copy;
    private final byte[] best;
    private final Target[] targets;
    private final FixedText challenges = new FixedText(2048);
    private final Timer patience;
    private final Timer linger;
    private final Slice slice = new Slice();
    private final ByteSink sink = new ByteSink();
    private ServerTransaction server;
    private ProxyUser user;
    private long reference;
    private int copyLength;
    private int method;
    private int targetCount;
    private int waiting;
    private int bestStatus;
    private int bestLength;
    private int routesDone;
    private int breadth;
    private boolean recordsRoute;
    private boolean succeeded;
    private boolean givenUp;
    private boolean open;

    ProxyContext(Proxy proxy, int bytes, int maxBranches) {
        this.proxy = proxy;
        copy = new byte[bytes];
        best = new byte[bytes];
        targets = new Target[maxBranches];
        for (int i = 0; i < maxBranches; i++) {
            targets[i] = new Target(new Timer(proxy.agent().timers(), this));
        }
        patience = new Timer(proxy.agent().timers(), this);
        linger = new Timer(proxy.agent().timers(), this);
    }

    boolean open(byte[] head, int headOffset, int headLength, Slice body, int ofMethod, ServerTransaction transaction, ProxyUser newUser, long ref) {
        if (headLength + body.length() > copy.length) {
            return false;
        }
        System.arraycopy(head, headOffset, copy, 0, headLength);
        System.arraycopy(body.buffer(), body.offset(), copy, headLength, body.length());
        copyLength = headLength + body.length();
        method = ofMethod;
        server = transaction;
        user = newUser;
        reference = ref;
        targetCount = 0;
        waiting = 0;
        bestStatus = 0;
        routesDone = 0;
        recordsRoute = false;
        succeeded = false;
        givenUp = false;
        open = true;
        challenges.clear();
        return true;
    }

    /** Stays on the path of the dialog that the request makes. */
    public void recordRoute() {
        recordsRoute = true;
    }

    boolean recordsRoute() {
        return recordsRoute;
    }

    /** @param count Route values in front that were ours */
    public void setRoutesDone(int count) {
        routesDone = count;
    }

    int routesDone() {
        return routesDone;
    }

    /** @return false when there is no room for another target or it is too long */
    public boolean addTarget(Slice uri, Flow flow) {
        return addTarget(uri, flow, null, 0);
    }

    /**
     * @param route value of Route headers that lead there; null or empty: none
     * @param rank targets of the same rank are tried at the same time, the highest first (section 16.6)
     * @return false when there is no room for another target or it is too long
     */
    public boolean addTarget(Slice uri, Flow flow, FixedText route, int rank) {
        if (targetCount == targets.length) {
            return false;
        }
        Target target = targets[targetCount];
        target.route.clear();
        if (!target.uri.set(uri) || route != null && !target.route.set(route)) {
            return false;
        }
        target.flow.set(flow);
        target.rank = rank;
        target.state = Target.WAITING;
        target.client = null;
        target.rang = false;
        targetCount++;
        return true;
    }

    /** Sends to the targets of the highest rank. @param patienceMs how long until {@link ProxyUser#onSilence}; 0: for ever */
    public void forward(long patienceMs, long nowMs) {
        if (patienceMs > 0) {
            patience.startAt(nowMs + patienceMs);
        }
        long given = proxy.request(this).decimal(Header.MAX_BREADTH, 0xFFFF);
        breadth = given < 0 ? Proxy.MAX_BREADTH : (int) given;
        nextRank(nowMs);
    }

    private void nextRank(long nowMs) {
        int rank = Integer.MIN_VALUE;
        int together = 0;
        for (int i = 0; i < targetCount; i++) {
            if (targets[i].state == Target.WAITING) {
                together = targets[i].rank > rank ? 1 : targets[i].rank == rank ? together + 1 : together;
                rank = Math.max(rank, targets[i].rank);
            }
        }
        if (together == 0 || givenUp) {
            finished(nowMs);
            return;
        }
        if (together > breadth) {                                       // RFC 5393 section 5.3.3.1
            bestStatus = betterThanBest(440) ? 440 : bestStatus;
            finished(nowMs);
            return;
        }
        waiting = together;
        for (int i = 0; i < targetCount; i++) {
            if (targets[i].state == Target.WAITING && targets[i].rank == rank) {
                targets[i].state = Target.SENT;
                if (!send(targets[i], breadth / together, nowMs)) {
                    branchFailed(targets[i], 503, nowMs);
                }
            }
        }
    }

    private boolean send(Target target, int share, long nowMs) {
        ClientTransaction client = method == Method.INVITE ? proxy.agent().transactions().newInviteClient()
                : proxy.agent().transactions().newClient();
        if (client == null) {
            return false;
        }
        int length = proxy.write(this, client, target, share);
        if (length > SipTransport.MAX_DATAGRAM_REQUEST && target.flow.transport() == Flow.UDP) {
            target.flow.withTransport(Flow.TCP);
            length = proxy.write(this, client, target, share);
        }
        if (length < 0) {
            client.abandon();
            return false;
        }
        target.client = client;
        if (method == Method.INVITE) {
            target.timerC.startAt(nowMs + TIMER_C_MS);
        }
        client.start(this, method, target.flow, length, nowMs);
        return true;
    }

    private Target targetOf(ClientTransaction client) {
        for (int i = 0; i < targetCount; i++) {
            if (targets[i].client == client) {
                return targets[i];
            }
        }
        return null;
    }

    @Override
    public void onResponse(ClientTransaction transaction, SipMessage response, long nowMs) {
        Target target = targetOf(transaction);
        if (target == null) {
            return;
        }
        int status = response.status();
        if (status < 200) {
            onProvisional(target, response, nowMs);
        } else if (status < 300) {
            onSuccess(target, response, nowMs);
        } else {
            target.client = null;
            if (status == 401 || status == 407) {
                addChallenges(response);
            }
            if (betterThanBest(status)) {
                keep(response);
            }
            if (status >= 600) {                                        // section 16.7 step 5
                giveUp(nowMs);
            }
            branchDone(target, nowMs);
        }
    }

    private void onProvisional(Target target, SipMessage response, long nowMs) {
        if (response.status() == 100 || method != Method.INVITE) {
            return;
        }
        target.rang = true;
        target.timerC.startAt(nowMs + TIMER_C_MS);
        if (!succeeded && server != null && !server.isAnswered()) {
            forwardResponse(response, nowMs);
        }
    }

    private void onSuccess(Target target, SipMessage response, long nowMs) {
        boolean first = !succeeded;
        succeeded = true;
        boolean again = target.state == Target.DONE;
        if (!again) {
            user.onSucceeded(this, response.status(), nowMs);
        }
        // each 2xx to an INVITE makes a dialog of its own (section 16.7 step 5)
        if (server != null && (method == Method.INVITE || first && !server.isAnswered())) {
            forwardResponse(response, nowMs);
        }
        if (first && method == Method.INVITE) {
            giveUp(nowMs);
            linger.startAt(nowMs + LINGER_MS);
        }
        if (!again) {
            if (method != Method.INVITE) {
                target.client = null;
            }
            branchDone(target, nowMs);
        }
    }

    private void addChallenges(SipMessage response) {
        int n = challenges.length();
        challenges.sink(sink).truncate(n);
        for (int line = 0; line < response.lines(); line++) {
            int code = response.lineCode(line);
            if (code == Header.WWW_AUTHENTICATE || code == Header.PROXY_AUTHENTICATE) {
                sink.put(Header.name(code)).put(": ").put(response.lineValue(line, slice)).put("\r\n");
            }
        }
        challenges.take(sink);
    }

    /** Section 16.7 step 6: 6xx first, else the lowest class, and within 4xx what tells the client how to go on. */
    private boolean betterThanBest(int status) {
        return bestStatus == 0 || rank(status) < rank(bestStatus);
    }

    private static int rank(int status) {
        if (status >= 600) {
            return 0;
        }
        boolean helpful = status == 401 || status == 407 || status == 415 || status == 420 || status == 484;
        return status / 100 * 10 + (helpful ? 0 : status == 408 || status == 503 || status == 430 ? 2 : 1);
    }

    private void keep(SipMessage response) {
        response.head(slice);
        bestStatus = response.status();
        bestLength = slice.length() <= best.length ? slice.length() : 0;
        System.arraycopy(slice.buffer(), slice.offset(), best, 0, bestLength);
    }

    @Override
    public void onTimeout(ClientTransaction transaction, long nowMs) {
        branchFailed(targetOf(transaction), 408, nowMs);
    }

    @Override
    public void onTransportError(ClientTransaction transaction, long nowMs) {
        branchFailed(targetOf(transaction), 503, nowMs);
    }

    private void branchFailed(Target target, int status, long nowMs) {
        if (target == null || target.state != Target.SENT) {
            return;
        }
        target.client = null;
        if (betterThanBest(status)) {
            bestStatus = status;
            bestLength = 0;
        }
        branchDone(target, nowMs);
    }

    private void branchDone(Target target, long nowMs) {
        target.state = Target.DONE;
        target.timerC.stop();
        if (--waiting == 0) {
            if (succeeded) {
                finished(nowMs);
            } else {
                nextRank(nowMs);
            }
        }
    }

    private void finished(long nowMs) {
        patience.stop();
        if (!succeeded) {
            int status = bestStatus == 0 ? 480 : bestStatus;
            if (!user.onFailed(this, status, nowMs) && server != null && !server.isAnswered()) {
                answerWithBest(status, nowMs);
            }
        }
        user.onDone(this, nowMs);
        if (!linger.isRunning()) {
            release();
        }
    }

    private void release() {
        for (int i = 0; i < targetCount; i++) {
            if (targets[i].client != null) {
                targets[i].client.forget(this);
                targets[i].client = null;
            }
        }
        open = false;
        server = null;
        proxy.release(this);
    }

    private void answerWithBest(int status, long nowMs) {
        if (bestLength > 0 && status != 503) {
            SipMessage response = proxy.response(best, bestLength);
            if (response != null) {
                forwardResponse(response, nowMs);
                return;
            }
        }
        // a 503 speaks of that server alone (section 16.7 step 6); an upstream 408 to a non-INVITE helps nobody (RFC 4320 section 4.2)
        server.reply(status == 503 ? 500 : status == 408 && method != Method.INVITE ? 480 : status, nowMs);
    }

    /** Section 16.7 step 9: our Via is taken off, the rest goes on as it is. */
    private void forwardResponse(SipMessage response, long nowMs) {
        SipWriter w = server.forward(response.status());
        w.statusLine(response.status(), Status.reason(response.status()));
        for (int i = 1; response.element(Header.VIA, i, slice); i++) {
            w.header(Header.VIA, slice);
        }
        boolean collected = (response.status() == 401 || response.status() == 407) && !challenges.isEmpty();
        for (int line = 0; line < response.lines(); line++) {
            int code = response.lineCode(line);
            boolean challenge = code == Header.WWW_AUTHENTICATE || code == Header.PROXY_AUTHENTICATE;
            if (code != Header.VIA && code != Header.CONTENT_LENGTH && !(challenge && collected)) {
                w.copyLine(response, line);
            }
        }
        if (collected) {                                                // section 16.7 step 7
            w.sink().put(challenges);
        }
        w.body().sink().put(response.body(slice));
        server.sendForwarded(w, nowMs);
    }

    /** The client does not want it any more. */
    void cancel(long nowMs) {
        giveUp(nowMs);
    }

    /** Cancels what is under way and starts nothing more. */
    private void giveUp(long nowMs) {
        givenUp = true;
        for (int i = 0; i < targetCount; i++) {
            if (targets[i].state == Target.SENT && targets[i].client instanceof InviteClient) {
                ((InviteClient) targets[i].client).cancel(nowMs);
            }
        }
    }

    boolean isFor(InviteServer invite) {
        return open && server == invite;
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        if (timer == patience) {
            if (!succeeded && waiting > 0) {
                user.onSilence(this, nowMs);
            }
            return;
        }
        if (timer == linger) {
            if (waiting == 0) {
                release();
            } else {
                linger.startAt(nowMs + LINGER_MS);
            }
            return;
        }
        for (int i = 0; i < targetCount; i++) {
            if (timer == targets[i].timerC && targets[i].state == Target.SENT) {
                onTimerC(targets[i], nowMs);
            }
        }
    }

    /** Section 16.8. */
    private void onTimerC(Target target, long nowMs) {
        if (target.rang && target.client instanceof InviteClient) {
            ((InviteClient) target.client).cancel(nowMs);
        } else {
            if (target.client != null) {
                target.client.forget(this);
            }
            branchFailed(target, 408, nowMs);
        }
    }

    byte[] copy() {
        return copy;
    }

    int copyLength() {
        return copyLength;
    }

    /** The request as it came, for a store. */
    public Slice message(Slice out) {
        return out.wrap(copy, 0, copyLength);
    }

    /** Null for a request that came out of a store. */
    public ServerTransaction server() {
        return server;
    }

    /** What the user gave. */
    public long reference() {
        return reference;
    }

    public void setReference(long value) {
        reference = value;
    }
}
