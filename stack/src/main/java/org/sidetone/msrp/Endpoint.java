package org.sidetone.msrp;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.digest.DigestFunction;
import org.sidetone.msg.Grammar;
import org.sidetone.port.Capacity;
import org.sidetone.port.Flow;
import org.sidetone.port.Random;
import org.sidetone.port.Streams;
import org.sidetone.port.StreamsUser;
import org.sidetone.time.TimerQueue;
import org.sidetone.uri.IpText;

/** Every session and connection there can be at one device (RFC 4975), made at boot. */
public final class Endpoint implements StreamsUser {
    private static final int HEAD_BYTES = 2048;
    private static final int PATH_BYTES = 512;
    private static final int ID_DIGITS = 16;
    /** Of a message that its user did not send. */
    private static final long UNTOLD = Long.MIN_VALUE;

    private final Streams streams;
    private final TimerQueue timers;
    private final Random random;
    private final DigestFunction digests;
    private final MsrpSession[] sessions;
    private final Connection[] connections;
    private final Outgoing[] outgoing;
    private final SendTransaction[] transactions;
    private final int chunkBytes;
    private final int pieceBytes;
    private final byte[] shown = new byte[Streams.FINGERPRINT_BYTES];
    private final byte[] control = new byte[HEAD_BYTES];
    private final byte[] chunkEnd = new byte[64];
    private final byte[] content;
    private final MsrpWriter writer = new MsrpWriter();
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private final Slice idSlice = new Slice();
    private final FixedText id = new FixedText(ID_DIGITS);
    private final Flow local = new Flow();
    private final Flow plain = new Flow();
    private long badRequests;
    private long lostConnections;
    private long refusedForRoom;

    public Endpoint(Streams streams, TimerQueue timers, Random random, DigestFunction digests, Capacity capacity) {
        this.digests = digests;
        this.streams = streams;
        this.timers = timers;
        this.random = random;
        chunkBytes = capacity.msrpChunkBytes;
        pieceBytes = Math.min(capacity.msrpPieceBytes, chunkBytes);
        content = new byte[HEAD_BYTES + pieceBytes + 128];
        sessions = new MsrpSession[capacity.sessions()];
        for (int i = 0; i < sessions.length; i++) {
            sessions[i] = new MsrpSession(this, i, capacity.sessionBytes, PATH_BYTES, capacity.sessionIncoming);
        }
        connections = new Connection[capacity.msrpConnections];
        for (int i = 0; i < connections.length; i++) {
            connections[i] = new Connection(this, i, HEAD_BYTES, PATH_BYTES);
        }
        outgoing = new Outgoing[capacity.sessionOutgoing];
        for (int i = 0; i < outgoing.length; i++) {
            outgoing[i] = new Outgoing(i, capacity.sessionBytes);
        }
        transactions = new SendTransaction[capacity.msrpTransactions];
        for (int i = 0; i < transactions.length; i++) {
            transactions[i] = new SendTransaction(this);
        }
    }

    /** Whether the other side of a connection showed a certificate with one of these fingerprints. */
    boolean isOf(Connection c, byte[] fingerprints, int count) {
        boolean is = false;
        if (streams.fingerprint(c.handle, shown, 0) == shown.length) {
            for (int i = 0; i < count; i++) {
                is |= Ascii.equals(shown, 0, shown.length, fingerprints, i * shown.length, shown.length);
            }
        }
        return is;
    }

    /** Writes the fingerprint of our certificate, which peers are shown. @return {@link Streams#FINGERPRINT_BYTES}, or 0 without one */
    public int ownFingerprint(byte[] out) {
        return streams.fingerprint(0, out, 0);
    }

    /** A session for the caller; null when all are in use. */
    public MsrpSession open(MsrpSession.User user) {
        for (int i = 0; i < sessions.length; i++) {
            if (sessions[i].state == MsrpSession.FREE) {
                sessions[i].begin(user);
                return sessions[i];
            }
        }
        refusedForRoom++;
        return null;
    }

    // ---------------------------------------------------------------- for connections and sessions

    Streams streams() {
        return streams;
    }

    TimerQueue timers() {
        return timers;
    }

    Random random() {
        return random;
    }

    DigestFunction digests() {
        return digests;
    }

    ByteSink sink() {
        return sink;
    }

    int chunkBytes() {
        return chunkBytes;
    }

    int pieceBytes() {
        return pieceBytes;
    }

    /** For heads, responses, reports. */
    byte[] controlScratch() {
        return control;
    }

    /** For the ends of chunks, which are written before what lies in the other. */
    byte[] endScratch() {
        return chunkEnd;
    }

    /** For chunks. */
    byte[] contentScratch() {
        return content;
    }

    void countBad() {
        badRequests++;
    }

    /** {@code msrp://address:port/session;tcp} with 80 random bits (section 14.1). */
    boolean writeUri(Flow toward, FixedText out) {
        streams.localAddress(toward, local);
        if (!local.isSet() && toward.transport() == Flow.TLS) {                  // towards a relay, which never connects to us
            streams.localAddress(plain.set(Flow.TCP, toward.addressHigh(), toward.addressLow(), toward.port(), 0), local);
        }
        if (!local.isSet()) {
            return false;
        }
        out.sink(sink).put(toward.transport() == Flow.TLS ? "msrps://" : "msrp://");
        IpText.put(local, sink);
        sink.put(':').putDecimal(local.port()).put('/').putHex(random.nextLong(), ID_DIGITS).putHex(random.nextLong(), 4).put(";tcp");
        return out.take(sink);
    }

    MsrpSession find(MsrpUri uri) {
        for (int i = 0; i < sessions.length; i++) {
            MsrpSession s = sessions[i];
            if (s.state != MsrpSession.FREE && s.state != MsrpSession.FAILED && s.local().isSame(uri)) {
                return s;
            }
        }
        return null;
    }

    /** The connection that leads to an end, or a new one; null when there is none to be had. @param peer whether whoever is there is known by his fingerprint */
    Connection connectionTo(Flow to, boolean peer, long nowMs) {
        Connection free = null;
        for (int i = 0; i < connections.length; i++) {
            Connection c = connections[i];
            if (c.state == Connection.FREE) {
                free = c;
            } else if (c.flow.sameEnd(to) && (peer ? c.toPeer : c.flow.domain() == to.domain() && !c.toPeer)) {
                return c;
            }
        }
        if (free == null) {
            refusedForRoom++;
            return null;
        }
        int handle = peer ? streams.connectToPeer(to) : streams.connect(to);
        if (handle <= 0) {
            return null;
        }
        free.open(handle, to, Connection.CONNECTING);
        free.toPeer = peer;
        return free;
    }

    Outgoing newMessage(MsrpSession session) {
        for (int i = 0; i < outgoing.length; i++) {
            Outgoing m = outgoing[i];
            if (m.state == Outgoing.FREE) {
                m.clear();
                m.state = Outgoing.WAITING;
                m.session = session;
                m.wantsResponses = true;
                m.wantsFailure = true;
                m.messageId.take(m.messageId.sink(sink).putHex(random.nextLong(), ID_DIGITS));
                return m;
            }
        }
        refusedForRoom++;
        return null;
    }

    /** One that was never queued. */
    void discard(Outgoing m) {
        if (m != null) {
            m.clear();
        }
    }

    /** The active side's first request (section 5.4). */
    void sendBodiless(MsrpSession session, long nowMs) {
        Outgoing m = newMessage(session);
        if (m != null) {
            m.total = -1;
            m.id = UNTOLD;
            session.enqueue(m, nowMs);
        }
    }

    SendTransaction newTransaction() {
        for (int i = 0; i < transactions.length; i++) {
            if (transactions[i].message == null) {
                return transactions[i];
            }
        }
        return null;
    }

    /** The next message to write on a connection, the sessions in turn. */
    Outgoing nextMessage(Connection on, int lastServed) {
        for (int i = 1; i <= sessions.length; i++) {
            MsrpSession s = sessions[(lastServed + i) % sessions.length];
            if (s.connection == on && s.state == MsrpSession.OPEN && s.head() != null) {
                return s.head();
            }
        }
        return null;
    }

    boolean isSomebodyWaiting(Connection on, MsrpSession beside) {
        for (int i = 0; i < sessions.length; i++) {
            if (sessions[i] != beside && sessions[i].connection == on && sessions[i].state == MsrpSession.OPEN && sessions[i].head() != null) {
                return true;
            }
        }
        return false;
    }

    // ---------------------------------------------------------------- ends of messages

    /** A message is through, or given up. */
    void finish(Outgoing m, int status, long nowMs) {
        if (m.state == Outgoing.FREE) {
            return;
        }
        MsrpSession session = m.session;
        long told = m.id;
        long messageId = m.number();
        session.dequeue(m);
        for (int i = 0; i < transactions.length; i++) {
            if (transactions[i].message == m) {
                transactions[i].free();
            }
        }
        m.clear();
        if (told != UNTOLD && session.state != MsrpSession.FREE) {
            session.tellSent(messageId, told, status, nowMs);
        }
        pumpAll(nowMs);
    }

    /** Transactions are free again: who waited for one goes on. */
    private void pumpAll(long nowMs) {
        for (int i = 0; i < connections.length; i++) {
            if (connections[i].state == Connection.OPEN) {
                connections[i].pump(nowMs);
            }
        }
    }

    private void fail(Outgoing m, int status, long nowMs) {
        m.failure = status;
        if (m.session.connection == null || !m.session.connection.isWriting(m)) {
            finish(m, status, nowMs);
        } else {
            m.session.connection.pump(nowMs);                   // the chunk under way is given up first
        }
    }

    void failMessage(MsrpSession session, long messageId, int status, long nowMs) {
        for (int i = 0; i < outgoing.length; i++) {
            Outgoing m = outgoing[i];
            if (m.session == session && m.state != Outgoing.FREE
                    && m.number() == messageId) {
                fail(m, status, nowMs);
                return;
            }
        }
    }

    void dropMessagesOf(MsrpSession session, boolean tell, long nowMs) {
        for (int i = 0; i < outgoing.length; i++) {
            Outgoing m = outgoing[i];
            if (m.session == session && m.state != Outgoing.FREE) {
                for (int k = 0; k < transactions.length; k++) {
                    if (transactions[k].message == m) {
                        transactions[k].free();
                    }
                }
                long told = m.id;
                long messageId = m.number();
                if (session.connection != null && session.connection.isWriting(m)) {
                    session.connection.abandonChunk(nowMs);
                }
                m.clear();
                if (tell && told != UNTOLD && session.state != MsrpSession.FREE) {
                    session.tellSent(messageId, told, MsrpSession.LOST, nowMs);
                }
            }
        }
    }

    void onTransactionTimeout(SendTransaction t, long nowMs) {
        fail(t.message, MsrpStatus.TIMEOUT, nowMs);
    }

    void onResponse(Connection by, MsrpHead head, long nowMs) {
        Slice text = head.transactionId();
        long transactionId = MsrpSession.number(text.buffer(), text.offset(), text.length());
        for (int i = 0; i < transactions.length; i++) {
            SendTransaction t = transactions[i];
            if (t.message != null && t.id == transactionId && t.message.session.connection == by) {
                onAnswered(t, head.status(), nowMs);
                return;
            }
        }
        for (int i = 0; i < sessions.length; i++) {
            if (sessions[i].connection == by && (sessions[i].isAnswerToAuth(head, transactionId, nowMs) || sessions[i].isAnswerToNickname(head, transactionId, nowMs))) {
                return;
            }
        }
    }

    private void onAnswered(SendTransaction t, int status, long nowMs) {
        Outgoing m = t.message;
        MsrpSession session = m.session;
        t.free();
        m.openTransactions--;
        if (status == MsrpStatus.NO_SESSION || status == MsrpStatus.OTHER_CONNECTION) {
            Connection was = session.connection;
            session.fail(nowMs);
            released(was, nowMs);
        } else if (status / 100 != 2) {
            fail(m, status, nowMs);
        } else if (m.state == Outgoing.WRITTEN && m.openTransactions == 0) {
            finish(m, MsrpStatus.OK, nowMs);
        } else {
            session.tellProgress(m, confirmed(m), nowMs);
            pumpAll(nowMs);
        }
    }

    /** Octets of a message from its beginning that the next hop said it took. */
    private long confirmed(Outgoing m) {
        long n = m.position;
        for (int i = 0; i < transactions.length; i++) {
            if (transactions[i].message == m) {
                n = Math.min(n, transactions[i].from);
            }
        }
        return n;
    }

    /** Sections 7.1.2 to 7.1.4. */
    void sendReport(MsrpSession session, Incoming message, int status, long nowMs) {
        if (session.connection == null) {
            return;
        }
        id.take(id.sink(sink).putHex(random.nextLong(), ID_DIGITS));
        writer.wrap(control, 0, control.length).request(id.slice(idSlice), MsrpMethod.name(MsrpMethod.REPORT));
        writer.header(MsrpHeader.TO_PATH, message.fromPath).header(MsrpHeader.FROM_PATH, session.localUri(slice));
        writer.header(MsrpHeader.MESSAGE_ID, message.messageId).range(1, message.total, message.total);
        writer.name(MsrpHeader.STATUS).sink().put("000 ").putPadded(status, 3).put(' ').put(MsrpStatus.comment(status));
        writer.end().endLine(id.slice(idSlice), EndLine.COMPLETE);
        if (!writer.overflowed()) {
            session.connection.put(control, 0, writer.length(), nowMs);
        }
    }

    /** RFC 7701 section 7.1. @return its identifier, 0: it was not sent */
    long sendNickname(MsrpSession session, Slice name, long nowMs) {
        long transactionId = random.nextLong() | 1;
        id.take(id.sink(sink).putHex(transactionId, ID_DIGITS));
        writer.wrap(control, 0, control.length).request(id.slice(idSlice), MsrpMethod.name(MsrpMethod.NICKNAME));
        session.putPaths(writer);
        Grammar.quote(name.buffer(), name.offset(), name.length(), writer.name(MsrpHeader.USE_NICKNAME).sink());
        writer.end().endLine(id.slice(idSlice), EndLine.COMPLETE);
        if (writer.overflowed()) {
            return 0;
        }
        session.connection.put(control, 0, writer.length(), nowMs);
        return transactionId;
    }

    // ---------------------------------------------------------------- connections

    /** A session left its connection: when it was the last it is closed in a while, unless another comes (section 5.4). */
    void released(Connection c, long nowMs) {
        if (c == null || c.state == Connection.FREE || isUsed(c)) {
            return;
        }
        c.linger(nowMs);
    }

    boolean isUsed(Connection c) {
        for (int i = 0; i < sessions.length; i++) {
            if (sessions[i].connection == c) {
                return true;
            }
        }
        return false;
    }

    /** A connection is of no use any more. */
    void lose(Connection c, long nowMs) {
        int handle = c.handle;
        onLost(c, nowMs);
        streams.close(handle);
    }

    private void onLost(Connection c, long nowMs) {
        lostConnections++;
        c.free();
        for (int i = 0; i < sessions.length; i++) {
            if (sessions[i].connection == c) {
                sessions[i].fail(nowMs);
            }
        }
    }

    void onConnectionOpen(Connection c, long nowMs) {
        for (int i = 0; i < sessions.length; i++) {
            if (sessions[i].connection == c) {
                sessions[i].onConnected(nowMs);
            }
        }
    }

    /** Closes every connection without a word. */
    public void shut() {
        for (int i = 0; i < connections.length; i++) {
            if (connections[i].state != Connection.FREE) {
                int handle = connections[i].handle;
                connections[i].free();
                streams.close(handle);
            }
        }
    }

    private Connection of(int handle) {
        for (int i = 0; i < connections.length; i++) {
            if (connections[i].state != Connection.FREE && connections[i].handle == handle) {
                return connections[i];
            }
        }
        return null;
    }

    @Override
    public boolean onAccepted(int handle, Flow from, long nowMs) {
        for (int i = 0; i < connections.length; i++) {
            if (connections[i].state == Connection.FREE) {
                connections[i].open(handle, from, Connection.OPEN);
                connections[i].watch(nowMs);
                return true;
            }
        }
        refusedForRoom++;
        return false;
    }

    @Override
    public void onConnected(int handle, long nowMs) {
        Connection c = of(handle);
        if (c != null) {
            c.onConnected(nowMs);
        }
    }

    @Override
    public void onData(int handle, byte[] buffer, int offset, int length, long nowMs) {
        Connection c = of(handle);
        if (c != null) {
            c.onData(buffer, offset, length, nowMs);
        }
    }

    @Override
    public void onWritable(int handle, long nowMs) {
        Connection c = of(handle);
        if (c != null) {
            c.onWritable(nowMs);
        }
    }

    @Override
    public void onClosed(int handle, long nowMs) {
        Connection c = of(handle);
        if (c != null) {
            onLost(c, nowMs);
        }
    }

    /** Requests that got 400. */
    public long badRequests() {
        return badRequests;
    }

    public long lostConnections() {
        return lostConnections;
    }

    public long refusedForRoom() {
        return refusedForRoom;
    }

    public int sessionsInUse() {
        int n = 0;
        for (int i = 0; i < sessions.length; i++) {
            n += sessions[i].state == MsrpSession.FREE ? 0 : 1;
        }
        return n;
    }

    public int connectionsInUse() {
        int n = 0;
        for (int i = 0; i < connections.length; i++) {
            n += connections[i].state == Connection.FREE ? 0 : 1;
        }
        return n;
    }
}
