package org.sidetone.sip.transaction;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Flow;
import org.sidetone.port.Wire;
import org.sidetone.sip.Header;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.Status;
import org.sidetone.sip.ViaView;
import org.sidetone.time.Timer;

/**
 * What both server transactions share: the head of every response, written once when the request arrives, so that the
 * answer can be given long after the request's bytes are gone; and the last response, kept for retransmission.
 */
public abstract class ServerTransaction implements Timer.Owner {
    public static final int FREE = 0;
    /** Room in front of the head for a status line. */
    private static final int STATUS_LINE_ROOM = 80;

    protected final TransactionLayer layer;
    final int slot;
    final FixedText key;
    int keyHash;
    /** From tag, Call-ID, CSeq of a request outside a dialog, which name it whatever way it came; empty within one. */
    final FixedText origin;
    int originHash;
    protected int state = FREE;
    private final byte[] buffer;
    private final Flow responseFlow = new Flow();
    private final Flow source = new Flow();
    private final FixedText localTag = new FixedText(TransactionLayer.TAG_LENGTH);
    /** For a 100 (section 8.2.6.1). */
    private final FixedText timestamp = new FixedText(32);
    private final Slice slice = new Slice();
    private int method;
    private int headStart;
    private int headEnd;
    /** End of what goes with a success alone; {@link #headEnd}: nothing. */
    private int successEnd;
    private int contentStart;
    private int responseStart;
    private int responseLength;
    private boolean answered;
    private boolean unsent;
    private int status;

    ServerTransaction(TransactionLayer layer, int slot, int responseBytes) {
        this.layer = layer;
        this.slot = slot;
        buffer = new byte[responseBytes];
        key = new FixedText(TransactionLayer.KEY_LENGTH);
        origin = new FixedText(TransactionLayer.KEY_LENGTH);
    }

    /** @return false when the head of its responses does not fit */
    boolean open(SipMessage request, Flow from) {
        method = request.method();
        answered = false;
        unsent = false;
        responseLength = 0;
        source.set(from);
        layer.transport().responseFlow(request, from, responseFlow);
        layer.newTag(localTag);
        timestamp.clear();
        if (request.value(Header.TIMESTAMP, slice)) {
            timestamp.set(slice);
        }
        SipWriter w = layer.writer().wrap(buffer, STATUS_LINE_ROOM, buffer.length - STATUS_LINE_ROOM);
        w.responseHead(request, 200, "", localTag, from);
        headEnd = STATUS_LINE_ROOM + w.sink().length();
        successEnd = headEnd;
        // the status line just written is replaced by each response's own
        int lineEnd = STATUS_LINE_ROOM;
        while (!w.overflowed() && buffer[lineEnd++] != '\n') {
            continue;
        }
        headStart = lineEnd;
        return !w.overflowed();
    }

    /** Method of the request. */
    public int method() {
        return method;
    }

    /** The tag that our responses carry in To unless the request had one. */
    public FixedText localTag() {
        return localTag;
    }

    /** Where the request came from. */
    public Flow source() {
        return source;
    }

    public int state() {
        return state;
    }

    /** Starts a response; the caller adds headers and a body and calls {@link #send}. */
    public SipWriter respond(int newStatus) {
        return respond(newStatus, Status.reason(newStatus));
    }

    /** As {@link #respond(int)}; a response that comes too late is written, but not sent, and leaves the last one as it was. */
    public SipWriter respond(int newStatus, String reason) {
        status = newStatus;
        if (!takes(newStatus)) {
            return layer.writerToNowhere();
        }
        SipWriter w = layer.writer().wrap(buffer, 0, STATUS_LINE_ROOM).statusLine(newStatus, reason);
        int lineLength = w.sink().length();
        if (w.overflowed()) {
            w.wrap(buffer, 0, STATUS_LINE_ROOM).statusLine(newStatus, Status.reason(newStatus));
            lineLength = w.sink().length();
        }
        responseStart = headStart - lineLength;
        System.arraycopy(buffer, 0, buffer, responseStart, lineLength);
        successEnd = newStatus / 100 == 2 ? successEnd : headEnd;
        contentStart = successEnd;
        w.wrap(buffer, contentStart, buffer.length - contentStart);
        if (newStatus == 100 && !timestamp.isEmpty()) {
            w.header(Header.TIMESTAMP, timestamp);
        }
        return w;
    }

    /** A writer for headers that a 2xx is to have beside its own, whoever gives it; end with {@link #keepForSuccess}. Another response before it takes them away. */
    public SipWriter forSuccess() {
        return layer.writer().wrap(buffer, headEnd, buffer.length - headEnd);
    }

    public void keepForSuccess(SipWriter written) {
        successEnd = written.overflowed() ? headEnd : headEnd + written.sink().length();
    }

    /** A writer over the whole buffer for a response that is forwarded from elsewhere; end with {@link #sendForwarded}. */
    public SipWriter forward(int newStatus) {
        status = newStatus;
        return takes(newStatus) ? layer.writer().wrap(buffer, 0, buffer.length) : layer.writerToNowhere();
    }

    public void sendForwarded(SipWriter written, long nowMs) {
        if (!takes(status)) {
            return;
        }
        int n = written.finish();
        responseStart = 0;
        responseLength = n;
        if (n < 0) {
            responseLength = 0;
            return;
        }
        transmit(nowMs);
    }

    /** Ends a response without a body and sends it. */
    public void send(SipWriter written, long nowMs) {
        finish(written, written.finishWithoutBody(), nowMs);
    }

    /** Ends a response with a body and sends it. */
    public void sendWithBody(SipWriter written, long nowMs) {
        finish(written, written.finish(), nowMs);
    }

    private void finish(SipWriter written, int added, long nowMs) {
        if (!takes(status)) {
            return;
        }
        if (added < 0) {
            // it did not fit: the bare response does
            SipWriter bare = respond(status >= 300 ? status : 500);
            added = bare.finishWithoutBody();
        }
        responseLength = contentStart + added - responseStart;
        transmit(nowMs);
    }

    /** Answers with a status and nothing more. */
    public void reply(int newStatus, long nowMs) {
        send(respond(newStatus), nowMs);
    }

    /**
     * Refuses like a stateless server (section 8.2.7) and keeps nothing of the transaction: for what somebody may send without end, so that it keeps
     * nobody else out. The same request again is a new one.
     * @param request the transaction's own, still at hand. @param retryAfterSec 0: none
     */
    public void refuseStateless(SipMessage request, int newStatus, int retryAfterSec, long nowMs) {
        if (!takes(newStatus)) {
            return;
        }
        if (!forget()) {
            reply(newStatus, nowMs);
            return;
        }
        status = newStatus;
        answered = true;
        layer.transport().replyStateless(request, source, newStatus, retryAfterSec);
    }

    private void transmit(long nowMs) {
        answered |= status >= 200;
        onUserResponse(status, nowMs);
    }

    /** Whether the user may send this now. */
    abstract boolean takes(int newStatus);

    final boolean hasResponded() {
        return responseLength > 0;
    }

    /** Whether a final response was given. */
    public boolean isAnswered() {
        return answered;
    }

    final void sendLast(long nowMs) {
        if (responseLength == 0) {
            return;
        }
        int result = layer.transport().send(responseFlow, buffer, responseStart, responseLength);
        if (result == Wire.UNREACHABLE || result == Wire.TOO_LARGE || result == Wire.NO_ROOM && responseFlow.isReliable()) {
            unsent = true;
            onTransportError(nowMs);
        } else {
            unsent = false;
        }
    }

    /** Whether its last response found no way yet. */
    public boolean isUnsent() {
        return unsent;
    }

    /** Who sent the request, as the last response says of him, be it forwarded or ours; null when there is none. Valid until the next call to any transaction. */
    public ViaView sentBy() {
        int end = responseStart + responseLength;
        return layer.viaAt(buffer, Ascii.indexOf(buffer, responseStart, end, '\n') + 1, end);
    }

    /** Sends the last response where the sender is to be found as well (RFC 3263 section 5). */
    public void sendAnotherWay(Flow flow, long nowMs) {
        responseFlow.set(flow);
        sendLast(nowMs);
    }

    /** No other way was found for the last response. */
    public abstract void giveUp();

    /** A response could not be sent (section 17.2.4, RFC 6026 section 7.1). */
    abstract void onTransportError(long nowMs);

    final boolean isReliable() {
        return responseFlow.isReliable();
    }

    void makeFree() {
        state = FREE;
        key.clear();
        origin.clear();
    }

    abstract void start(long nowMs);

    /** Ends it at once. @return false where it is still needed after its response */
    boolean forget() {
        return false;
    }

    abstract void onRetransmission(long nowMs);

    abstract void onUserResponse(int newStatus, long nowMs);
}
