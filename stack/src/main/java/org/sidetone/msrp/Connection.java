package org.sidetone.msrp;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Flow;
import org.sidetone.port.Wire;
import org.sidetone.time.Timer;

/**
 * One stream, shared by the sessions that lead to the same host, port and scheme (RFC 4975 section 5.4). Responses and reports go before
 * content: a chunk that is being written is cut short for them, and for other sessions that wait (section 7.1.1).
 */
final class Connection implements FramerUser, Timer.Owner {
    static final int FREE = 0;
    static final int CONNECTING = 1;
    static final int OPEN = 2;

    private static final int HISTORY = 48;
    private static final int ID_DIGITS = 16;
    private static final int FAIR_BYTES = 2048;
    /** Who connected and asked for no session of ours by then is sent away. */
    private static final long PROBATION_MS = 30_000;
    /** The signalling may need longer than the stream to say that a session is over. */
    private static final long LINGER_MS = 10_000;

    final Endpoint endpoint;
    final int slot;
    int state = FREE;
    int handle;
    final Flow flow = new Flow();
    /** We connected to whoever is there: he is known by his fingerprint alone. */
    boolean toPeer;
    private final Framer framer;
    /** Responses and reports that the stream had no room for. */
    private final byte[] pending;
    private int pendingLength;
    private boolean paused;
    private boolean choked;
    private final Timer probation;

    // the chunk that is being written
    private Outgoing current;
    private SendTransaction transaction;
    private final FixedText chunkId = new FixedText(ID_DIGITS);
    private long chunkOctets;
    private final EndLine endLine = new EndLine();
    private final byte[] history = new byte[HISTORY];
    private int historyLength;
    private int lastServed;

    // the request that is being read
    private final FixedText requestId = new FixedText(32);
    private final FixedText replyTo;
    private final FixedText addressed;
    private MsrpSession session;
    private Incoming incoming;
    private boolean isResponse;
    private boolean wantsResponse;
    private boolean wantsFailure;
    private boolean answered;
    private int refusal;
    private long position;

    private final PathView path = new PathView();
    private final MsrpUri uri = new MsrpUri();
    private final Slice slice = new Slice();
    private final Slice idSlice = new Slice();
    private final MsrpWriter writer = new MsrpWriter();

    Connection(Endpoint endpoint, int slot, int headBytes, int pathBytes) {
        this.endpoint = endpoint;
        this.slot = slot;
        probation = new Timer(endpoint.timers(), this);
        framer = new Framer(this, headBytes, headBytes);
        pending = new byte[2 * headBytes];
        replyTo = new FixedText(pathBytes);
        addressed = new FixedText(pathBytes);
    }

    void open(int newHandle, Flow to, int newState) {
        handle = newHandle;
        flow.set(to);
        state = newState;
        toPeer = false;
        pendingLength = 0;
        paused = false;
        choked = false;
        current = null;
        transaction = null;
        framer.clear();
    }

    void watch(long nowMs) {
        probation.startAt(nowMs + PROBATION_MS);
    }

    void linger(long nowMs) {
        probation.startAt(nowMs + LINGER_MS);
    }

    @Override
    public void onTimer(Timer fired, long nowMs) {
        if (state != FREE && !endpoint.isUsed(this)) {
            endpoint.lose(this, nowMs);
        }
    }

    void free() {
        state = FREE;
        probation.stop();
        handle = 0;
        current = null;
        transaction = null;
        framer.shut();
    }

    // ---------------------------------------------------------------- writing

    void onConnected(long nowMs) {
        state = OPEN;
        endpoint.onConnectionOpen(this, nowMs);
        pump(nowMs);
    }

    void onWritable(long nowMs) {
        choked = false;
        pump(nowMs);
    }

    boolean isWriting(Outgoing message) {
        return current == message;
    }

    /** Writes what can be written. */
    void pump(long nowMs) {
        while (state != FREE && !choked && flushPending(nowMs) && writeSome(nowMs)) {
            continue;
        }
    }

    private boolean flushPending(long nowMs) {
        if (pendingLength > 0) {
            if (!write(pending, 0, pendingLength, nowMs)) {
                return false;
            }
            pendingLength = 0;
            if (paused) {
                paused = false;
                endpoint.streams().resume(handle);
            }
        }
        return true;
    }

    private boolean write(byte[] b, int offset, int length, long nowMs) {
        int result = endpoint.streams().write(handle, b, offset, length);
        if (result == Wire.NO_ROOM) {
            choked = true;
        } else if (result != Wire.SENT) {
            endpoint.lose(this, nowMs);
        }
        return result == Wire.SENT;
    }

    /** Sends a whole response or report, after the end of the chunk that is being written. */
    void put(byte[] b, int offset, int length, long nowMs) {
        if (state == FREE) {
            return;
        }
        if (current != null) {
            endChunk(EndLine.MORE, nowMs);
        }
        if (state != FREE && (choked || pendingLength > 0 || !write(b, offset, length, nowMs))) {
            keep(b, offset, length, nowMs);
        }
    }

    private void keep(byte[] b, int offset, int length, long nowMs) {
        if (state == FREE) {
            return;
        }
        if (length > pending.length - pendingLength) {
            endpoint.lose(this, nowMs);                         // the other side asks and asks, and reads nothing
            return;
        }
        System.arraycopy(b, offset, pending, pendingLength, length);
        pendingLength += length;
        if (!paused && pendingLength > pending.length / 2) {
            paused = true;
            endpoint.streams().pause(handle);
        }
    }

    /** Ends the chunk under way; its message goes on in another. */
    private void endChunk(int flag, long nowMs) {
        byte[] b = endpoint.endScratch();
        writer.wrap(b, 0, b.length).endBody(chunkId.slice(idSlice), flag);
        int n = writer.length();
        SendTransaction written = transaction;
        current = null;
        transaction = null;
        if (written != null) {
            written.onWritten(nowMs);
        }
        if (choked || pendingLength > 0 || !write(b, 0, n, nowMs)) {
            keep(b, 0, n, nowMs);
        }
    }

    /** One piece of one message. @return whether there may be more to write */
    private boolean writeSome(long nowMs) {
        if (current != null && current.failure != 0) {
            Outgoing failed = current;
            endChunk(EndLine.ABORTED, nowMs);
            endpoint.finish(failed, failed.failure, nowMs);
            return true;
        }
        if (current != null && chunkOctets >= FAIR_BYTES && endpoint.isSomebodyWaiting(this, current.session)) {
            endChunk(EndLine.MORE, nowMs);
            return true;
        }
        if (current == null) {
            Outgoing next = endpoint.nextMessage(this, lastServed);
            if (next == null) {
                return false;
            }
            return beginChunk(next, nowMs);
        }
        return continueChunk(nowMs);
    }

    private boolean beginChunk(Outgoing m, long nowMs) {
        SendTransaction t = null;
        if (m.wantsResponses) {
            t = endpoint.newTransaction();
            if (t == null) {
                return false;                                   // a response frees one
            }
        }
        long id = endpoint.random().nextLong();
        byte[] b = endpoint.contentScratch();
        chunkId.take(chunkId.sink(writer.wrap(b, 0, b.length).sink()).putHex(id, ID_DIGITS));
        chunkId.slice(idSlice);
        endLine.set(idSlice);
        writer.wrap(b, 0, b.length).request(idSlice, MsrpMethod.name(MsrpMethod.SEND));
        m.session.putPaths(writer);
        writer.header(MsrpHeader.MESSAGE_ID, m.messageId.slice(slice));
        if (m.wantsSuccessReport) {
            writer.header(MsrpHeader.SUCCESS_REPORT, "yes");
        }
        if (!m.wantsResponses) {
            writer.header(MsrpHeader.FAILURE_REPORT, m.wantsFailure ? "partial" : "no");
        }
        lastServed = m.session.slot;
        if (!m.hasBody()) {
            writer.endLine(chunkId.slice(idSlice), EndLine.COMPLETE);
            if (writer.overflowed() || !write(b, 0, writer.length(), nowMs)) {
                return writer.overflowed() && giveUp(m, nowMs);
            }
            begun(m, t, id);
            written(m, t, nowMs);
            return true;
        }
        long left = m.total - m.position;
        // an end that is named says that the chunk will not be cut short
        boolean whole = m.source == null && Math.min(left, m.session.chunkBytes()) <= Math.min(FAIR_BYTES, endpoint.pieceBytes());
        writer.range(m.position + 1, whole ? m.position + Math.min(left, m.session.chunkBytes()) : ByteRange.UNKNOWN, m.total);
        if (!m.disposition.isEmpty()) {
            writer.header(MsrpHeader.CONTENT_DISPOSITION, m.disposition.slice(slice));
        }
        writer.header(MsrpHeader.CONTENT_TYPE, m.contentType.slice(slice)).body();
        if (writer.overflowed()) {
            return giveUp(m, nowMs);
        }
        chunkOctets = 0;
        return writePiece(m, t, id, b, 0, writer.length(), true, nowMs);
    }

    private boolean giveUp(Outgoing m, long nowMs) {
        endpoint.finish(m, MsrpStatus.STOP, nowMs);
        return true;
    }

    private boolean continueChunk(long nowMs) {
        byte[] b = endpoint.contentScratch();
        System.arraycopy(history, 0, b, 0, historyLength);
        return writePiece(current, transaction, 0, b, historyLength, historyLength, false, nowMs);
    }

    /** @param writeFrom where the octets to be written begin. @param bodyAt where this piece of the body goes */
    private boolean writePiece(Outgoing m, SendTransaction t, long id, byte[] b, int writeFrom, int bodyAt, boolean first, long nowMs) {
        int room = (int) Math.min(endpoint.pieceBytes(), m.session.chunkBytes() - chunkOctets);
        int n = m.read(b, bodyAt, room);
        if (n < 0) {
            m.failure = MsrpStatus.STOP;
            if (first) {
                endpoint.finish(m, MsrpStatus.STOP, nowMs);
            }
            return true;
        }
        if (n == 0 && m.position < m.total) {
            m.session.waitForContent();
            if (!first) {
                endChunk(EndLine.MORE, nowMs);
            }
            return true;
        }
        if (endLine.occurs(b, first ? bodyAt : 0, bodyAt + n)) {
            if (!first) {
                endChunk(EndLine.MORE, nowMs);                  // the rest goes under another identifier
            }
            return true;
        }
        boolean complete = m.position + n == m.total;
        boolean ends = complete || chunkOctets + n >= m.session.chunkBytes();
        int length = bodyAt + n;
        if (ends) {
            writer.wrap(b, length, b.length - length).endBody(chunkId.slice(idSlice), complete ? EndLine.COMPLETE : EndLine.MORE);
            length += writer.length();
        }
        if (!write(b, writeFrom, length - writeFrom, nowMs)) {
            return false;                                       // the same piece again when there is room
        }
        if (first) {
            begun(m, t, id);
        }
        m.position += n;
        chunkOctets += n;
        if (ends) {
            SendTransaction done = transaction;
            current = null;
            transaction = null;
            written(m, done, nowMs);
        } else {
            historyLength = Math.min(HISTORY, n);
            System.arraycopy(b, bodyAt + n - historyLength, history, 0, historyLength);
        }
        return true;
    }

    private void begun(Outgoing m, SendTransaction t, long id) {
        if (m.hasBody()) {
            current = m;
            transaction = t;
        }
        if (t != null) {
            t.start(m, id, m.position);
            m.openTransactions++;
        }
    }

    private void written(Outgoing m, SendTransaction t, long nowMs) {
        if (t != null) {
            t.onWritten(nowMs);
        }
        if (!m.hasBody() || m.position == m.total) {
            m.state = Outgoing.WRITTEN;
            m.session.dequeue(m);
            if (m.openTransactions == 0) {
                endpoint.finish(m, MsrpStatus.OK, nowMs);
            }
        }
    }

    /** The message of the chunk under way is gone. */
    void abandonChunk(long nowMs) {
        if (state != FREE) {
            endChunk(EndLine.ABORTED, nowMs);
        }
        current = null;
        transaction = null;
    }

    // ---------------------------------------------------------------- reading

    void onData(byte[] b, int offset, int length, long nowMs) {
        if (framer.receive(b, offset, length, nowMs) == Framer.BROKEN && state != FREE) {
            endpoint.lose(this, nowMs);
        }
    }

    @Override
    public void onHead(MsrpHead head, boolean hasBody, long nowMs) {
        session = null;
        incoming = null;
        answered = false;
        refusal = 0;
        isResponse = !head.isRequest();
        if (isResponse) {
            if (head.verdict() == MsrpHead.NONE) {
                endpoint.onResponse(this, head, nowMs);
            }
            return;
        }
        requestId.set(head.transactionId());
        wantsResponse = head.method() != MsrpMethod.REPORT && head.wantsResponse();
        wantsFailure = head.method() != MsrpMethod.REPORT && head.wantsFailure();
        replyTo.clear();
        addressed.clear();
        boolean readable = head.fromPath(path);
        if (readable) {
            replyTo.set(head.method() == MsrpMethod.SEND ? path.text(0, slice) : path.from(0, slice));
        }
        if (head.toPath(path)) {
            addressed.set(path.text(0, slice));
        }
        if (head.verdict() != MsrpHead.NONE) {
            refusal = MsrpStatus.UNINTELLIGIBLE;
            endpoint.countBad();
            return;
        }
        path.first(uri);
        session = path.count() == 1 ? endpoint.find(uri) : null;
        refusal = session == null ? MsrpStatus.NO_SESSION : session.bind(this, nowMs);
        if (refusal != 0) {
            session = null;
            return;
        }
        switch (head.method()) {
            case MsrpMethod.SEND:
                onSend(head, hasBody, nowMs);
                break;
            case MsrpMethod.REPORT:
                session.onReport(head, nowMs);
                break;
            case MsrpMethod.NICKNAME:
                refusal = session.onNickname(head, nowMs);
                break;
            default:
                refusal = MsrpStatus.UNKNOWN_METHOD;
                break;
        }
    }

    private void onSend(MsrpHead head, boolean hasBody, long nowMs) {
        if (!hasBody) {
            return;                                             // says only that it is there
        }
        if (!head.has(MsrpHeader.CONTENT_TYPE)) {
            refusal = MsrpStatus.UNINTELLIGIBLE;
            return;
        }
        position = head.range().start() - 1;
        incoming = session.incoming(head, nowMs);
        refusal = incoming == null ? MsrpStatus.STOP : incoming.refusal;
    }

    @Override
    public int onBody(byte[] b, int offset, int length, long nowMs) {
        if (incoming != null && incoming.state == Incoming.COMING) {
            if (!incoming.repeated && !incoming.write(position, b, offset, length)
                    || incoming.repeated && !incoming.ranges.add(position + 1, position + length)) {
                incoming.state = Incoming.REFUSED;
                incoming.refusal = MsrpStatus.STOP;
                session.refused(incoming, nowMs);
                refusal = MsrpStatus.STOP;
                answer(refusal, nowMs);
            }
            position += length;
        }
        return length;
    }

    @Override
    public void onEnd(int flag, long nowMs) {
        if (isResponse || state == FREE) {
            return;
        }
        MsrpSession to = session;
        if (to != null && incoming != null) {
            if (flag == EndLine.COMPLETE && incoming.state == Incoming.COMING) {
                incoming.total = position;
            }
            refusal = refusal == 0 ? to.judge(incoming, flag, nowMs) : refusal;
            if (state == FREE) {
                return;
            }
            answer(refusal == 0 ? MsrpStatus.OK : refusal, nowMs);
            if (state != FREE) {
                to.onChunkEnd(incoming, flag, nowMs);
            }
        } else {
            answer(refusal == 0 ? MsrpStatus.OK : refusal, nowMs);
        }
    }

    /** Section 7.2. */
    private void answer(int status, long nowMs) {
        if (answered || replyTo.isEmpty() || (status == MsrpStatus.OK ? !wantsResponse : !wantsFailure)) {
            return;
        }
        answered = true;
        byte[] b = endpoint.controlScratch();
        writer.wrap(b, 0, b.length).response(requestId.slice(idSlice), status).header(MsrpHeader.TO_PATH, replyTo.slice(slice));
        writer.header(MsrpHeader.FROM_PATH, session == null ? addressed.slice(slice) : session.localUri(slice));
        writer.endLine(requestId.slice(idSlice), EndLine.COMPLETE);
        if (!writer.overflowed()) {
            put(b, 0, writer.length(), nowMs);
        }
    }
}
