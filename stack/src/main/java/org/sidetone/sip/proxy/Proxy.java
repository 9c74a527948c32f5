package org.sidetone.sip.proxy;

import org.sidetone.bytes.Slice;
import org.sidetone.port.Capacity;
import org.sidetone.port.Flow;
import org.sidetone.sip.Header;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipParser;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.transaction.NonInviteClient;
import org.sidetone.sip.transaction.ServerTransaction;
import org.sidetone.sip.ua.UserAgent;

/** Forwards requests to where the owner says (RFC 3261 sections 16.6, 16.7). */
public final class Proxy {
    private final UserAgent agent;
    private final ProxyContext[] free;
    private final int size;
    private int freeCount;
    private final SipParser parser;
    private final SipMessage scratch;
    private final SipWriter writer = new SipWriter();
    private final Flow local = new Flow();
    private final Slice slice = new Slice();
    private final Slice body = new Slice();

    public Proxy(UserAgent agent, Capacity capacity) {
        this.agent = agent;
        size = capacity.proxied;
        free = new ProxyContext[size];
        for (int i = 0; i < size; i++) {
            free[freeCount++] = new ProxyContext(this, capacity.transactionBytes, capacity.branches);
        }
        parser = new SipParser(capacity.headBytes, capacity.uriBytes);
        scratch = new SipMessage(capacity.headers);
    }

    UserAgent agent() {
        return agent;
    }

    /**
     * Takes a request over. The caller has checked Max-Forwards (section 16.3), adds targets, and calls
     * {@link ProxyContext#forward}.
     * @return null when there is no room or the request is too large
     */
    public ProxyContext open(SipMessage request, ServerTransaction transaction, ProxyUser user, long reference) {
        request.head(slice);
        request.body(body);
        return open(slice.buffer(), slice.offset(), slice.length(), transaction, user, reference);
    }

    /** The same for a request that lies in a store, head and body in one piece. */
    public ProxyContext openStored(Slice message, ProxyUser user, long reference) {
        body.clear();
        return open(message.buffer(), message.offset(), message.length(), null, user, reference);
    }

    private ProxyContext open(byte[] head, int offset, int length, ServerTransaction transaction, ProxyUser user, long reference) {
        if (freeCount == 0) {
            return null;
        }
        ProxyContext context = free[freeCount - 1];
        if (!context.open(head, offset, length, body, transaction, user, reference)) {
            return null;
        }
        freeCount--;
        return context;
    }

    void release(ProxyContext context) {
        free[freeCount++] = context;
    }

    /** The request of a context, read again. Valid until the next call. */
    public SipMessage request(ProxyContext context) {
        parser.parseDatagram(scratch, context.copy(), 0, context.copyLength());
        return scratch;
    }

    SipMessage response(byte[] kept, int length) {
        return parser.parse(scratch, kept, 0, length) > 0 ? scratch : null;
    }

    int write(ProxyContext context, NonInviteClient client, Slice target, Flow flow) {
        SipMessage request = request(context);
        agent.transactions().transport().local(flow, local);
        SipWriter w = writer.wrap(client.buffer(), 0, client.buffer().length);
        w.requestLine(request.methodName(slice), target);
        w.via(flow.transport(), local, client.branch());
        w.copyVias(request, context.server() == null ? null : context.server().source());
        long hops = request.decimal(Header.MAX_FORWARDS, 255);
        w.decimal(Header.MAX_FORWARDS, hops < 0 ? 70 : hops - 1);
        for (int line = 0; line < request.lines(); line++) {
            switch (request.lineCode(line)) {
                case Header.VIA: case Header.MAX_FORWARDS: case Header.CONTENT_LENGTH: case Header.ROUTE:
                case Header.PROXY_AUTHORIZATION:
                    break;
                default:
                    w.copyLine(request, line);
            }
        }
        w.body().sink().put(request.body(slice));
        return w.finish();
    }

    public int inUse() {
        return size - freeCount;
    }
}
