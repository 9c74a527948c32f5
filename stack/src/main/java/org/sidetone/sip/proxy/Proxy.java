package org.sidetone.sip.proxy;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Capacity;
import org.sidetone.port.Flow;
import org.sidetone.sip.Header;
import org.sidetone.sip.Method;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipParser;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.ViaView;
import org.sidetone.sip.transaction.ClientTransaction;
import org.sidetone.sip.transaction.InviteServer;
import org.sidetone.sip.transaction.ServerTransaction;
import org.sidetone.sip.ua.UserAgent;
import org.sidetone.uri.IpText;

/** Checks requests and forwards them to where the owner says (RFC 3261 sections 16.3, 16.6, 16.7). */
public final class Proxy {
    /** Branches that a request may have at the same time, all over the network (RFC 5393 section 5.3.3). */
    public static final int MAX_BREADTH = 60;
    private static final int MAX_FORWARDS = 70;

    private final UserAgent agent;
    private final ProxyContext[] contexts;
    private final ProxyContext[] free;
    private int freeCount;
    private final SipParser parser;
    private final SipMessage scratch;
    private final SipWriter writer = new SipWriter();
    private final LoopMark mark;
    private final byte[] ackBuffer;
    private final FixedText branch = new FixedText(48);
    private final FixedText realm = new FixedText(128);
    private final ViaView via = new ViaView();
    private final Flow local = new Flow();
    private final Slice slice = new Slice();
    private final Slice slice2 = new Slice();
    private final Slice body = new Slice();
    private long loops;

    /** @param realm whose credentials are ours to take off; others' stay (section 22.3) */
    public Proxy(UserAgent agent, Capacity capacity, String realm) {
        this.agent = agent;
        this.realm.set(realm);
        mark = new LoopMark(agent.random().nextLong());
        contexts = new ProxyContext[capacity.proxied];
        free = new ProxyContext[contexts.length];
        for (int i = 0; i < contexts.length; i++) {
            contexts[i] = new ProxyContext(this, capacity.transactionBytes, capacity.branches);
            free[freeCount++] = contexts[i];
        }
        parser = new SipParser(capacity.headBytes, capacity.uriBytes);
        scratch = new SipMessage(capacity.headers);
        ackBuffer = new byte[capacity.transactionBytes];
    }

    UserAgent agent() {
        return agent;
    }

    /** Section 16.3: Max-Forwards, loops, Proxy-Require. @return false when it was answered */
    public boolean accepts(SipMessage request, ServerTransaction transaction, long nowMs) {
        if (request.decimal(Header.MAX_FORWARDS, 255) == 0) {
            transaction.reply(483, nowMs);
            return false;
        }
        if (mark.isLoop(request)) {
            loops++;
            transaction.reply(482, nowMs);
            return false;
        }
        if (request.has(Header.PROXY_REQUIRE)) {
            SipWriter w = transaction.respond(420);
            for (int i = 0; request.element(Header.PROXY_REQUIRE, i, slice); i++) {
                w.header(Header.UNSUPPORTED, slice);
            }
            transaction.send(w, nowMs);
            return false;
        }
        if (request.decimal(Header.MAX_BREADTH, 0xFFFF) == 0) {
            transaction.reply(440, nowMs);
            return false;
        }
        return true;
    }

    /**
     * Takes a request over. The caller has asked {@link #accepts}, adds targets, and calls {@link ProxyContext#forward}.
     * @return null when there is no room or the request is too large
     */
    public ProxyContext open(SipMessage request, ServerTransaction transaction, ProxyUser user, long reference) {
        request.head(slice);
        request.body(body);
        return open(slice.buffer(), slice.offset(), slice.length(), request.method(), transaction, user, reference);
    }

    /** The same for a request that lies in a store, head and body in one piece. */
    public ProxyContext openStored(Slice message, ProxyUser user, long reference) {
        body.clear();
        return open(message.buffer(), message.offset(), message.length(), Method.MESSAGE, null, user, reference);
    }

    private ProxyContext open(byte[] head, int offset, int length, int method, ServerTransaction transaction, ProxyUser user, long reference) {
        if (freeCount == 0) {
            return null;
        }
        ProxyContext context = free[freeCount - 1];
        if (!context.open(head, offset, length, body, method, transaction, user, reference)) {
            return null;
        }
        freeCount--;
        return context;
    }

    void release(ProxyContext context) {
        free[freeCount++] = context;
    }

    /** Section 16.10: gives up an INVITE that is under way. @return false when it is none of ours */
    public boolean cancel(InviteServer invite, long nowMs) {
        for (int i = 0; i < contexts.length; i++) {
            if (contexts[i].isFor(invite)) {
                contexts[i].cancel(nowMs);
                return true;
            }
        }
        return false;
    }

    /** The request of a context, read again. Valid until the next call. */
    public SipMessage request(ProxyContext context) {
        parser.parseDatagram(scratch, context.copy(), 0, context.copyLength());
        return scratch;
    }

    SipMessage response(byte[] kept, int length) {
        return parser.parse(scratch, kept, 0, length) > 0 ? scratch : null;
    }

    int write(ProxyContext context, ClientTransaction client, Target target, int breadth) {
        SipMessage request = request(context);
        if (!client.isMarked()) {
            mark.append(request, client.branch());
        }
        agent.transactions().transport().local(target.flow, local);
        SipWriter w = writer.wrap(client.buffer(), 0, client.buffer().length);
        w.requestLine(request.methodName(slice), target.uri.slice(slice2));
        w.via(target.flow.transport(), local, client.branch());
        writeRest(request, context, target, breadth, w);
        return w.finish();
    }

    private void writeRest(SipMessage request, ProxyContext context, Target target, int breadth, SipWriter w) {
        w.copyVias(request, context.server() == null ? null : context.server().source());
        if (context.recordsRoute()) {
            putRecordRoute(w, target.flow);
            if (context.server() != null && context.server().source().transport() != target.flow.transport()) {
                putRecordRoute(w, context.server().source());              // one for each side (RFC 5658)
            }
        }
        if (!target.route.isEmpty()) {
            w.header(Header.ROUTE, target.route);
        }
        for (int i = context.routesDone(); request.element(Header.ROUTE, i, slice); i++) {
            w.header(Header.ROUTE, slice);
        }
        long hops = request.decimal(Header.MAX_FORWARDS, 255);
        w.decimal(Header.MAX_FORWARDS, hops < 0 ? MAX_FORWARDS : hops - 1);
        if (request.method() != Method.ACK && request.method() != Method.CANCEL) {
            w.decimal(Header.MAX_BREADTH, breadth);
        }
        for (int line = 0; line < request.lines(); line++) {
            switch (request.lineCode(line)) {
                case Header.VIA: case Header.MAX_FORWARDS: case Header.CONTENT_LENGTH: case Header.ROUTE: case Header.MAX_BREADTH:
                    break;
                case Header.PROXY_AUTHORIZATION:
                    if (!isOurs(request.lineValue(line, slice))) {
                        w.copyLine(request, line);
                    }
                    break;
                default:
                    w.copyLine(request, line);
            }
        }
        w.body().sink().put(request.body(slice));
    }

    /** Credentials name their realm in a quoted string. */
    private boolean isOurs(Slice credentials) {
        byte[] b = credentials.buffer();
        for (int at = credentials.offset(); at + realm.length() + 2 <= credentials.limit(); at++) {
            if (b[at] == '"' && b[at + realm.length() + 1] == '"' && Ascii.equals(b, at + 1, realm.length(), realm.bytes(), 0, realm.length())) {
                return true;
            }
        }
        return false;
    }

    private void putRecordRoute(SipWriter w, Flow side) {
        agent.transactions().transport().local(side, local);
        w.name(Header.RECORD_ROUTE).sink().put("<sip:");
        IpText.put(local, w.sink());
        w.sink().put(':').putDecimal(local.port());
        if (side.isReliable()) {
            w.sink().put(side.transport() == Flow.TLS ? ";transport=tls" : ";transport=tcp");
        }
        w.sink().put(";lr>");
        w.end();
    }

    /**
     * Forwards the ACK of a 2xx, which is a transaction of its own and of which nothing is kept (section 16.11).
     * @param routesDone Route values in front that were ours
     */
    public void forwardAck(SipMessage ack, Flow source, Slice uri, Flow to, int routesDone) {
        if (ack.decimal(Header.MAX_FORWARDS, 255) == 0 || !ack.via(0, via)) {
            return;
        }
        via.branch(slice);
        branch.take(branch.sink(writer.sink()).put(ViaView.MAGIC_COOKIE)
                .putHex((long) Ascii.hash(slice.buffer(), slice.offset(), slice.length()) << 32 | ack.decimal(Header.MAX_FORWARDS, 255) & 0xFF, 16));
        agent.transactions().transport().local(to, local);
        SipWriter w = writer.wrap(ackBuffer, 0, ackBuffer.length);
        w.requestLine(ack.methodName(slice), uri);
        w.via(to.transport(), local, branch);
        w.copyVias(ack, source);
        for (int i = routesDone; ack.element(Header.ROUTE, i, slice); i++) {
            w.header(Header.ROUTE, slice);
        }
        long hops = ack.decimal(Header.MAX_FORWARDS, 255);
        w.decimal(Header.MAX_FORWARDS, hops < 0 ? MAX_FORWARDS : hops - 1);
        for (int line = 0; line < ack.lines(); line++) {
            int code = ack.lineCode(line);
            if (code != Header.VIA && code != Header.MAX_FORWARDS && code != Header.CONTENT_LENGTH && code != Header.ROUTE) {
                w.copyLine(ack, line);
            }
        }
        w.body().sink().put(ack.body(slice));
        int n = w.finish();
        if (n > 0) {
            agent.transactions().transport().send(to, ackBuffer, 0, n);
        }
    }

    public int inUse() {
        return contexts.length - freeCount;
    }

    /** Requests that had been here before with nothing new to decide. */
    public long loops() {
        return loops;
    }
}
