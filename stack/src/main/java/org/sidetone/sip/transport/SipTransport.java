package org.sidetone.sip.transport;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Capacity;
import org.sidetone.port.Flow;
import org.sidetone.port.Wire;
import org.sidetone.sip.Header;
import org.sidetone.sip.Method;
import org.sidetone.sip.Reject;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipParser;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.Status;
import org.sidetone.sip.ViaView;
import org.sidetone.uri.IpText;

/**
 * Turns what arrives into checked messages and hands them on. What cannot be read gets the response that its
 * {@link Reject} names, sent without any state (RFC 3261 section 8.2.7), or silence; both move a counter.
 */
public final class SipTransport {
    /** Largest request that goes over UDP (RFC 3261 section 18.1.1). */
    public static final int MAX_DATAGRAM_REQUEST = 1300;

    private static final byte[] PONG = {'\r', '\n'};

    private final Wire wire;
    private final SipParser parser;
    private final SipMessage message;
    private final StreamFramer[] framers;
    private final BodyBuffers bodies;
    private final int maxBody;
    /** Null: nobody wants to know. */
    private TooLargeHandler tooLargeHandler;
    private final SipWriter writer = new SipWriter();
    private final byte[] replyBuffer;
    private final ViaView via = new ViaView();
    private final Slice value = new Slice();
    private final FixedText statelessTag = new FixedText(32);
    private final Flow replyFlow = new Flow();
    private MessageHandler handler;
    private int localPort;
    private int securePort;
    private final KeepAlive[] keepAlives;
    private int keepAliveCount;
    private final int[] rejected = new int[Reject.COUNT];
    private long received;
    private long sent;
    private long unsendable;

    public SipTransport(Wire wire, Capacity capacity, long tagSeed) {
        this.wire = wire;
        parser = new SipParser(capacity.headBytes, capacity.uriBytes);
        message = new SipMessage(capacity.headers);
        framers = new StreamFramer[capacity.streams];
        bodies = new BodyBuffers(capacity.bodyBuffers, capacity.bodyBytes);
        maxBody = capacity.bodyBytes;
        keepAlives = new KeepAlive[Capacity.WAYS * capacity.accounts];
        for (int i = 0; i < framers.length; i++) {
            framers[i] = new StreamFramer(capacity.headBytes, bodies);
        }
        replyBuffer = new byte[capacity.headBytes];
        statelessTag.take(statelessTag.sink(writer.sink()).put('s').putHex(tagSeed, 12));
    }

    public void setHandler(MessageHandler newHandler) {
        handler = newHandler;
    }

    /** The port we listen on, which our Via and Contact name. */
    public void setLocalPort(int port) {
        localPort = port;
    }

    /** The port we listen on with TLS; without one connections that we made serve both ways. */
    public void setSecurePort(int port) {
        securePort = port;
    }

    public void onDatagram(Flow source, byte[] b, int offset, int length, long nowMs) {
        received++;
        if (Stun.isStun(b, offset, length)) {
            onStun(source, b, offset, length, nowMs);
            return;
        }
        if (length <= 4 && isBlank(b, offset, length)) {            // keep-alive
            return;
        }
        int result = parser.parseDatagram(message, b, offset, length);
        if (result >= 0 && message.bodyLength() > maxBody) {
            result = message.isRequest() ? Reject.BODY_TOO_LARGE : Reject.SILENCE;
        }
        if (result < 0) {
            refuse(result, source, nowMs);
            return;
        }
        deliver(source, nowMs);
    }

    /** Whoever asks is told his address (RFC 5626 section 8); an answer belongs to a keep-alive. */
    private void onStun(Flow source, byte[] b, int offset, int length, long nowMs) {
        if (Stun.isRequest(b, offset)) {
            sendRaw(source, replyBuffer, Stun.writeResponse(b, offset, source, replyBuffer));
            return;
        }
        for (int i = 0; i < keepAliveCount; i++) {
            if (keepAlives[i].onStun(b, offset, length, nowMs)) {
                return;
            }
        }
    }

    void add(KeepAlive keepAlive) {
        keepAlives[keepAliveCount++] = keepAlive;
    }

    /** Sends what is no message. */
    int sendRaw(Flow to, byte[] b, int length) {
        return wire.send(to, b, 0, length);
    }

    private static boolean isBlank(byte[] b, int offset, int length) {
        for (int i = 0; i < length; i++) {
            if (b[offset + i] != '\r' && b[offset + i] != '\n' && b[offset + i] != 0) {
                return false;
            }
        }
        return true;
    }

    private void deliver(Flow source, long nowMs) {
        if (message.isRequest()) {
            handler.onRequest(message, source, nowMs);
        } else {
            handler.onResponse(message, source, nowMs);
        }
    }

    /** A stream connection is there, made by either side. @return false when there is no room: close it */
    public boolean onStreamOpened(int connection, Flow remote) {
        if (framer(connection) != null) {
            return true;
        }
        for (int i = 0; i < framers.length; i++) {
            if (framers[i].connection() == 0) {
                framers[i].open(connection, remote);
                return true;
            }
        }
        return false;
    }

    private StreamFramer framer(int connection) {
        for (int i = 0; i < framers.length; i++) {
            if (framers[i].connection() == connection) {
                return framers[i];
            }
        }
        return null;
    }

    /** Octets of a stream, in order. After bytes that are not SIP the connection is closed. */
    public void onStreamData(int connection, byte[] b, int offset, int length, long nowMs) {
        StreamFramer framer = framer(connection);
        int at = offset;
        int limit = offset + length;
        while (framer != null && framer.connection() == connection && at < limit) {
            at += framer.take(b, at, limit - at);
            if (framer.takePing()) {
                wire.send(framer.remote(), PONG, 0, PONG.length);
            }
            if (framer.takePong()) {
                for (int i = 0; i < keepAliveCount; i++) {
                    keepAlives[i].onPong(connection, nowMs);
                }
            }
            int result = framer.read(parser, message);
            if (result == Reject.INCOMPLETE) {
                continue;
            }
            received++;
            if (result < 0) {
                refuse(result, framer.remote(), nowMs);
                framer.close();
                wire.close(connection);
                return;
            }
            deliver(framer.remote(), nowMs);
            framer.next();
        }
    }

    public void onStreamClosed(int connection, long nowMs) {
        StreamFramer framer = framer(connection);
        if (framer != null) {
            framer.close();
        }
        for (int i = 0; i < keepAliveCount; i++) {
            keepAlives[i].onStreamClosed(connection, nowMs);
        }
    }

    /** Gives a stream up. */
    public void close(Flow flow) {
        if (flow.connection() != 0) {
            wire.close(flow.connection());
        }
    }

    public int send(Flow to, byte[] b, int offset, int length) {
        int result = wire.send(to, b, offset, length);
        if (result == Wire.SENT) {
            sent++;
        } else {
            unsendable++;
        }
        return result;
    }

    /** Whether a flow is a stream that is still there. */
    public boolean isOpen(Flow flow) {
        return flow.connection() != 0 && wire.isOpen(flow.connection());
    }

    /** Our own address as the other end sees it, with the port we listen on. */
    public void local(Flow to, Flow out) {
        wire.localAddress(to, out);
        out.withPort(to.transport() == Flow.TLS && securePort > 0 ? securePort : localPort);
    }

    /** Where a response to this request goes (RFC 3261 section 18.2.2, RFC 3581 section 4). */
    public void responseFlow(SipMessage request, Flow source, Flow out) {
        out.set(source);
        if (!request.via(0, via)) {
            return;
        }
        int port = via.port() != 0 ? via.port() : source.transport() == Flow.TLS ? 5061 : 5060;
        if (!source.isReliable() && via.maddr(value) && IpText.parse(value.buffer(), value.offset(), value.length(), out, source.transport(), port)) {
            return;
        }
        if (source.isReliable() || !via.hasRport()) {
            out.withPort(port);        // of a stream this is where to connect to when the request's own connection is gone
        }
    }

    /** Who is to know of requests that are too large. */
    public void tellTooLarge(TooLargeHandler handler) {
        tooLargeHandler = handler;
    }

    private void refuse(int reject, Flow source, long nowMs) {
        rejected[-reject]++;
        int status = Reject.status(reject);
        if (status == 0 || !message.isRequest() || message.method() == Method.ACK || !isAnswerable()) {
            return;
        }
        writer.wrap(replyBuffer, 0, replyBuffer.length);
        writer.responseHead(message, status, Reject.reason(reject), statelessTag, source);
        sendStateless(source);
        if (reject == Reject.BODY_TOO_LARGE && message.contentLength() > maxBody && tooLargeHandler != null) {
            tooLargeHandler.onTooLarge(message, nowMs);
        }
    }

    /** Without these nobody could match the response. */
    private boolean isAnswerable() {
        return message.has(Header.VIA) && message.via(0, via) && message.has(Header.FROM) && message.has(Header.TO)
                && message.has(Header.CALL_ID) && message.has(Header.CSEQ);
    }

    /** Answers without keeping any state, for when there is no room for a transaction. @param retryAfterSec 0: no such header */
    public void replyStateless(SipMessage request, Flow source, int status, int retryAfterSec) {
        writer.wrap(replyBuffer, 0, replyBuffer.length);
        writer.responseHead(request, status, Status.reason(status), statelessTag, source);
        if (retryAfterSec > 0) {
            writer.decimal(Header.RETRY_AFTER, retryAfterSec);
        }
        responseFlow(request, source, replyFlow);
        int n = writer.finishWithoutBody();
        if (n > 0) {
            send(replyFlow, replyBuffer, 0, n);
        }
    }

    private void sendStateless(Flow source) {
        int n = writer.finishWithoutBody();
        responseFlow(message, source, replyFlow);
        if (n > 0) {
            send(replyFlow, replyBuffer, 0, n);
        }
    }

    /** Messages refused for a reason. */
    public int rejected(int reject) {
        return rejected[-reject];
    }

    public int rejectedInAll() {
        int n = 0;
        for (int i = 0; i < rejected.length; i++) {
            n += rejected[i];
        }
        return n;
    }

    public long received() {
        return received;
    }

    public long sent() {
        return sent;
    }

    public long unsendable() {
        return unsendable;
    }
}
