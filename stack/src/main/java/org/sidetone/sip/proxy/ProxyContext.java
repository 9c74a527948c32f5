package org.sidetone.sip.proxy;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Flow;
import org.sidetone.sip.Header;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.Status;
import org.sidetone.sip.transaction.ClientUser;
import org.sidetone.sip.transaction.ClientTransaction;
import org.sidetone.sip.transaction.NonInviteClient;
import org.sidetone.sip.transaction.ServerTransaction;
import org.sidetone.sip.transport.SipTransport;
import org.sidetone.time.Timer;

/** One request on its way through the proxy: a copy of it, its server transaction, a branch for every target. */
public final class ProxyContext implements ClientUser, Timer.Owner {
    private final Proxy proxy;
    private final byte[] copy;
    private final byte[] best;
    private final NonInviteClient[] branches;
    private final FixedText[] targets;
    private final Flow[] flows;
    private final Timer patience;
    private final Slice slice = new Slice();
    private ServerTransaction server;
    private ProxyUser user;
    private long reference;
    private int copyLength;
    private int targetCount;
    private int waiting;
    private int bestStatus;
    private int bestLength;
    private boolean succeeded;

    ProxyContext(Proxy proxy, int bytes, int maxBranches) {
        this.proxy = proxy;
        copy = new byte[bytes];
        best = new byte[bytes];
        branches = new NonInviteClient[maxBranches];
        targets = new FixedText[maxBranches];
        flows = new Flow[maxBranches];
        for (int i = 0; i < maxBranches; i++) {
            targets[i] = new FixedText(256);
            flows[i] = new Flow();
        }
        patience = new Timer(proxy.agent().timers(), this);
    }

    boolean open(byte[] head, int headOffset, int headLength, Slice body, ServerTransaction transaction, ProxyUser newUser, long ref) {
        if (headLength + body.length() > copy.length) {
            return false;
        }
        System.arraycopy(head, headOffset, copy, 0, headLength);
        System.arraycopy(body.buffer(), body.offset(), copy, headLength, body.length());
        copyLength = headLength + body.length();
        server = transaction;
        user = newUser;
        reference = ref;
        targetCount = 0;
        waiting = 0;
        bestStatus = 0;
        succeeded = false;
        return true;
    }

    /** @return false when there is no room for another target or it is too long */
    public boolean addTarget(Slice uri, Flow flow) {
        if (targetCount == targets.length || !targets[targetCount].set(uri)) {
            return false;
        }
        flows[targetCount].set(flow);
        targetCount++;
        return true;
    }

    /** Sends to every target at the same time. @param patienceMs how long until {@link ProxyUser#onSilence}; 0: for ever */
    public void forward(long patienceMs, long nowMs) {
        waiting = targetCount;
        if (patienceMs > 0) {
            patience.startAt(nowMs + patienceMs);
        }
        int count = targetCount;
        if (count == 0) {
            finished(nowMs);
        }
        for (int i = 0; i < count; i++) {
            if (!send(i, nowMs)) {
                branchFailed(503, nowMs);
            }
        }
    }

    private boolean send(int branch, long nowMs) {
        NonInviteClient client = proxy.agent().transactions().newClient();
        if (client == null) {
            return false;
        }
        int length = proxy.write(this, client, targets[branch].slice(slice), flows[branch]);
        if (length > SipTransport.MAX_DATAGRAM_REQUEST && flows[branch].transport() == Flow.UDP) {
            flows[branch].withTransport(Flow.TCP);
            length = proxy.write(this, client, targets[branch].slice(slice), flows[branch]);
        }
        if (length < 0) {
            client.abandon();
            return false;
        }
        branches[branch] = client;
        client.start(this, proxy.request(this).method(), flows[branch], length, nowMs);
        return true;
    }

    @Override
    public void onResponse(ClientTransaction transaction, SipMessage response, long nowMs) {
        if (response.status() < 200) {
            return;
        }
        if (response.status() < 300) {
            boolean first = !succeeded;
            succeeded = true;
            user.onSucceeded(this, response.status(), nowMs);
            if (first && server != null && !server.isAnswered()) {
                forwardResponse(response, nowMs);
            }
            branchDone(nowMs);
            return;
        }
        if (betterThanBest(response.status())) {
            keep(response);
        }
        branchDone(nowMs);
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
        return status / 100 * 10 + (helpful ? 0 : status == 408 || status == 503 ? 2 : 1);
    }

    private void keep(SipMessage response) {
        response.head(slice);
        bestStatus = response.status();
        bestLength = slice.length() <= best.length ? slice.length() : 0;
        System.arraycopy(slice.buffer(), slice.offset(), best, 0, bestLength);
    }

    @Override
    public void onTimeout(ClientTransaction transaction, long nowMs) {
        branchFailed(408, nowMs);
    }

    @Override
    public void onTransportError(ClientTransaction transaction, long nowMs) {
        branchFailed(503, nowMs);
    }

    private void branchFailed(int status, long nowMs) {
        if (betterThanBest(status)) {
            bestStatus = status;
            bestLength = 0;
        }
        branchDone(nowMs);
    }

    private void branchDone(long nowMs) {
        if (--waiting == 0) {
            finished(nowMs);
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
        proxy.release(this);
    }

    private void answerWithBest(int status, long nowMs) {
        if (bestLength > 0) {
            SipMessage response = proxy.response(best, bestLength);
            if (response != null) {
                forwardResponse(response, nowMs);
                return;
            }
        }
        // a downstream 503 speaks of that server alone, and an upstream 408 to a non-INVITE helps nobody (RFC 4320 section 4.2)
        server.reply(status == 503 || status == 408 ? 480 : status, nowMs);
    }

    /** Section 16.7 step 9: our Via is taken off, the rest goes on as it is. */
    private void forwardResponse(SipMessage response, long nowMs) {
        SipWriter w = server.forward(response.status());
        w.statusLine(response.status(), Status.reason(response.status()));
        for (int i = 1; response.element(Header.VIA, i, slice); i++) {
            w.header(Header.VIA, slice);
        }
        for (int line = 0; line < response.lines(); line++) {
            if (response.lineCode(line) != Header.VIA && response.lineCode(line) != Header.CONTENT_LENGTH) {
                w.copyLine(response, line);
            }
        }
        w.body().sink().put(response.body(slice));
        server.sendForwarded(w, nowMs);
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        if (!succeeded && waiting > 0) {
            user.onSilence(this, nowMs);
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
