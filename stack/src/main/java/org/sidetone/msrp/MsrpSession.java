package org.sidetone.msrp;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Hex;
import org.sidetone.bytes.Slice;
import org.sidetone.digest.Credentials;
import org.sidetone.port.Flow;
import org.sidetone.port.Streams;

/**
 * One session of messages between two URIs (RFC 4975 sections 5.4, 7).
 * <pre>
 *   state       input                          next        action
 *   NEW         authorize                      NEW         connection to the first relay, AUTH; tell user of the outcome
 *   NEW         listen                         WAITING
 *   NEW         connect                        CONNECTING  connection to the first URI of the path, or the one that is there
 *   WAITING     request to our URI             OPEN        tell user
 *   CONNECTING  connection is made             OPEN        SEND without body; tell user
 *   all         connection lost, 481, 506      FAILED      tell user of each message not confirmed, then of the session
 *   all         close                          FREE
 * </pre>
 */
public final class MsrpSession {
    /** What {@link User#onSent} says when the connection broke before the message was confirmed. */
    public static final int LOST = 0;

    static final int FREE = 0;
    static final int NEW = 1;
    static final int WAITING = 2;
    static final int CONNECTING = 3;
    static final int OPEN = 4;
    static final int FAILED = 5;

    private static final byte[] NO_TYPE = {};
    /** Certificates that the other side may show one of. */
    public static final int MAX_FINGERPRINTS = 4;

    private static final int REMEMBERED = 16;

    /** The owner. Slices are valid during the call. A session may be closed within each of them. */
    public interface User {
        /**
         * The relays of {@link MsrpSession#authorize} answered, now or when they were asked again before their URIs expired: from then on
         * the path is another one, which the other end has to be told.
         * @param status 200: {@link MsrpSession#putPath} has them; else why not, {@link #LOST} when they cannot be reached
         */
        void onRelays(MsrpSession session, int status, long nowMs);

        /** Requests can go both ways. */
        void onOpen(MsrpSession session, long nowMs);

        /** The connection, or the session at the other end, is gone; {@link #close} it. It can be set up anew by another offer and answer. */
        void onFailed(MsrpSession session, long nowMs);

        /** A message begins. @return 0 to take it, or a status: 413 does not want it, 415 cannot show it */
        int onIncoming(MsrpSession session, Incoming message, long nowMs);

        /** All of a message is there that was not diverted, and its last chunk is to be answered. @return 0, or the status to refuse it with: it then is none */
        default int onWhole(MsrpSession session, Incoming message, long nowMs) {
            return 0;
        }

        /** The other side wants to be known by a nickname (RFC 7701 section 7). @param quoted as it stands in Use-Nickname. @return 200, or why not */
        default int onNickname(MsrpSession session, Slice quoted, long nowMs) {
            return MsrpStatus.UNKNOWN_METHOD;
        }

        /** The other side answered {@link MsrpSession#useNickname}. */
        default void onNicknameAnswered(MsrpSession session, int status, long nowMs) {
            // for those who ask
        }

        /** A message is whole. */
        void onMessage(MsrpSession session, Incoming message, long nowMs);

        /** A message that was begun will not be finished. */
        void onGivenUp(MsrpSession session, Incoming message, long nowMs);

        /** The next hop took all of a message of ours, or why not: {@link MsrpStatus}, or {@link #LOST}.
         *  @param messageId what {@link MsrpSession#send} returned. @param id the caller's */
        void onSent(MsrpSession session, long messageId, long id, int status, long nowMs);

        /** The next hop took some of a message of ours. @param octets from its beginning */
        default void onProgress(MsrpSession session, long messageId, long octets, long nowMs) {
            // for those who send what takes long
        }

        /** A report from the other end on octets of a message. @param messageId what {@link MsrpSession#send} returned */
        void onReport(MsrpSession session, long messageId, int status, ByteRange range, long nowMs);
    }

    final int slot;
    private final Endpoint endpoint;
    private User user;
    int state = FREE;
    Connection connection;
    private final FixedText localUri;
    private final MsrpUri local = new MsrpUri();
    private final FixedText toPath;
    private final FixedText relays;
    private final Incoming[] incoming;
    private final int[] remembered = new int[REMEMBERED];
    private int nextRemembered;
    private Outgoing first;
    private Outgoing last;
    private final FixedText remote;
    private final RelayClient relayClient;
    private final byte[] fingerprints = new byte[MAX_FINGERPRINTS * Streams.FINGERPRINT_BYTES];
    /** How many; 0: the other side is not known by one. */
    private int fingerprintCount;
    private int chunkBytes;
    /** Of the request for a nickname that is not answered yet; 0: none. */
    private long nicknameId;
    private boolean contentMissing;
    private long order;
    private final PathView path = new PathView();
    private final Slice slice = new Slice();

    MsrpSession(Endpoint endpoint, int slot, int contentBytes, int pathBytes, int incomingMessages) {
        this.endpoint = endpoint;
        this.slot = slot;
        localUri = new FixedText(pathBytes);
        toPath = new FixedText(pathBytes);
        relays = new FixedText(pathBytes);
        remote = new FixedText(pathBytes);
        relayClient = new RelayClient(this, endpoint, pathBytes);
        incoming = new Incoming[incomingMessages];
        for (int i = 0; i < incomingMessages; i++) {
            incoming[i] = new Incoming(contentBytes, pathBytes);
        }
    }

    void begin(User newUser) {
        user = newUser;
        state = NEW;
        toPath.clear();
        relays.clear();
        remote.clear();
        for (int i = 0; i < REMEMBERED; i++) {
            remembered[i] = 0;
        }
        contentMissing = false;
        fingerprintCount = 0;
        chunkBytes = endpoint.chunkBytes();
        nicknameId = 0;
    }

    // ---------------------------------------------------------------- paths

    /** Makes our URI, as the other end of a flow reaches us. @return false when nobody listens for such connections */
    public boolean assign(Flow toward) {
        return endpoint.writeUri(toward, localUri) && local.wrap(localUri.slice(slice));
    }

    /** Our URI, made by {@link #assign}. */
    public Slice localUri(Slice out) {
        return localUri.slice(out);
    }

    MsrpUri local() {
        local.wrap(localUri.slice(slice));
        return local;
    }

    /**
     * Asks relays to work for this session (RFC 4976 section 5.1); {@link User#onRelays} follows.
     * @param chain their URIs, the nearest first. @param first where the first is. @param expiresSec to ask for, 0: the relay's choice
     * @return false when there is no connection to be had
     */
    public boolean authorize(Slice chain, Flow first, Credentials who, long expiresSec, long nowMs) {
        connection = endpoint.connectionTo(first, false, nowMs);
        return connection != null && relayClient.begin(chain, who, expiresSec, nowMs);
    }

    boolean isAnswerToAuth(MsrpHead head, long transactionId, long nowMs) {
        return relayClient.onResponse(head, transactionId, nowMs);
    }

    void onRelays(int status, Slice usePath, long nowMs) {
        if (status == MsrpStatus.OK) {
            relays.set(usePath);
            if (!remote.isEmpty()) {
                writeToPath();
            }
        } else if (state == NEW) {
            Connection was = connection;
            connection = null;
            endpoint.released(was, nowMs);
        }
        user.onRelays(this, status, nowMs);
    }

    /** Appends the path for our session description: the relays, the outermost first, then our URI (RFC 4976 section 5.1). */
    public void putPath(ByteSink out) {
        if (!relays.isEmpty() && path.wrap(relays.slice(slice))) {
            for (int i = path.count() - 1; i >= 0; i--) {
                out.put(path.text(i, slice)).put(' ');
            }
        }
        out.put(localUri);
    }

    /** Whether relays work for us. */
    public boolean hasRelays() {
        return !relays.isEmpty();
    }

    /** The outermost of our relays, or our own URI: what others connect to. */
    public boolean ownFirstHop(MsrpUri out) {
        if (relays.isEmpty()) {
            return out.wrap(localUri.slice(slice));
        }
        path.wrap(relays.slice(slice));
        path.last(out);
        return true;
    }

    /** The other end's path, out of its session description; our relays go before it. @return false when it is no path or too long */
    public boolean setRemotePath(Slice newRemote) {
        return path.wrap(newRemote) && remote.set(newRemote) && writeToPath();
    }

    /** Whether the other end's path is the one that {@link #setRemotePath} was told. */
    public boolean isRemotePath(Slice other) {
        return remote.equals(other);
    }

    private boolean writeToPath() {
        return toPath.take(toPath.sink(endpoint.sink()).put(relays).put(relays.isEmpty() ? "" : " ").put(remote));
    }

    /** The URI to connect to. @return false before {@link #setRemotePath} */
    public boolean nextHop(MsrpUri out) {
        if (!path.wrap(toPath.slice(slice))) {
            return false;
        }
        path.first(out);
        return true;
    }

    void putPaths(MsrpWriter w) {
        w.header(MsrpHeader.TO_PATH, toPath).header(MsrpHeader.FROM_PATH, localUri);
    }

    /** Octets of a chunk from now on; smaller ones say sooner how far a message came. */
    public void limitChunks(int octets) {
        chunkBytes = Math.min(octets, endpoint.chunkBytes());
    }

    int chunkBytes() {
        return chunkBytes;
    }

    /** From now on the other side must show a certificate with one of these SHA-256, whoever vouches for it (RFC 4975 section 14.4). @param count at most {@link #MAX_FINGERPRINTS} */
    public void expect(byte[] hashes, int count) {
        System.arraycopy(hashes, 0, fingerprints, 0, count * Streams.FINGERPRINT_BYTES);
        fingerprintCount = count;
    }

    // ---------------------------------------------------------------- life

    /** The other side connects; requests can be sent once one of its came. */
    public void listen() {
        if (state == NEW) {
            state = WAITING;
        }
    }

    /** Connects, or uses the connection that leads there already. @return false when no connection can be had */
    public boolean connect(Flow to, long nowMs) {
        if (state != NEW) {
            return false;
        }
        Connection found = connection != null && connection.flow.sameEnd(to) ? connection : endpoint.connectionTo(to, fingerprintCount > 0, nowMs);
        if (found == null) {
            return false;
        }
        Connection was = connection;
        connection = found;
        state = CONNECTING;
        if (was != found) {
            endpoint.released(was, nowMs);
        }
        if (connection.state == Connection.OPEN) {
            onConnected(nowMs);
        }
        return true;
    }

    /** Goes by the relays of {@link #authorize}, whose connection is there. @return false when it is not */
    public boolean connectThroughRelays(long nowMs) {
        return connection != null && !relays.isEmpty() && connect(connection.flow, nowMs);
    }

    void onConnected(long nowMs) {
        if (state == CONNECTING && isStranger(connection)) {
            failForStranger(nowMs);
        } else if (state == CONNECTING) {
            state = OPEN;
            endpoint.sendBodiless(this, nowMs);
            user.onOpen(this, nowMs);
        }
    }

    private boolean isStranger(Connection c) {
        return fingerprintCount > 0 && !endpoint.isOf(c, fingerprints, fingerprintCount);
    }

    /** Who is there is somebody else than was named: it ends at once, the connection with it. */
    private void failForStranger(long nowMs) {
        Connection was = connection;
        fail(nowMs);
        if (was != null && was.state != Connection.FREE && !endpoint.isUsed(was)) {
            endpoint.lose(was, nowMs);
        }
    }

    /** A request to our URI came. @return 0, or the status to refuse it with */
    int bind(Connection by, long nowMs) {
        if (connection != null && connection != by) {
            return MsrpStatus.OTHER_CONNECTION;
        }
        if (state == OPEN) {
            return 0;
        }
        if (state != WAITING || local.isSecure() && by.flow.transport() != Flow.TLS) {
            return MsrpStatus.NO_SESSION;
        }
        connection = by;
        if (isStranger(by)) {
            failForStranger(nowMs);
            return MsrpStatus.NO_SESSION;
        }
        state = OPEN;
        user.onOpen(this, nowMs);
        return state == FREE ? MsrpStatus.NO_SESSION : 0;
    }

    public boolean isOpen() {
        return state == OPEN;
    }

    /** Whether {@link #connect} or {@link #listen} was called. */
    public boolean isBegun() {
        return state > NEW;
    }

    void fail(long nowMs) {
        if (state == FREE || state == FAILED) {
            return;
        }
        if (relayClient.isAsking()) {
            relayClient.onLost(nowMs);                          // tells its user, who may close
        }
        if (state == FREE || state == NEW) {
            return;
        }
        state = FAILED;
        relayClient.end(RelayClient.IDLE);
        drop(true, nowMs);
        if (state == FAILED) {
            connection = null;
            user.onFailed(this, nowMs);
        }
    }

    /** Messages in the making, and on their way: nobody finishes them. */
    private void drop(boolean tell, long nowMs) {
        for (int i = 0; i < incoming.length; i++) {
            if (incoming[i].state != Incoming.FREE) {
                boolean wanted = incoming[i].state == Incoming.COMING && !incoming[i].repeated;
                if (tell && wanted) {
                    user.onGivenUp(this, incoming[i], nowMs);
                }
                incoming[i].clear();
            }
        }
        endpoint.dropMessagesOf(this, tell, nowMs);
        first = null;
        last = null;
    }

    /** Ends the session without a word of its own: that is the signalling's. Messages not yet confirmed are forgotten. */
    public void close(long nowMs) {
        if (state == FREE) {
            return;
        }
        Connection was = connection;
        state = FREE;
        relayClient.end(RelayClient.IDLE);
        drop(false, nowMs);
        connection = null;
        localUri.clear();
        local.wrap(localUri.slice(slice));
        endpoint.released(was, nowMs);
    }

    // ---------------------------------------------------------------- sending

    /**
     * Sends a message, in chunks where it has to.
     * @param type for Content-Type. @param id told by {@link User#onSent}
     * @return the Message-ID as a number, 0 when there is no room, it is too long, or the session is not open
     */
    public long send(byte[] type, Slice content, boolean wantsReport, long id, long nowMs) {
        Outgoing m = prepare(type, wantsReport, id);
        if (m == null || !m.set(content)) {
            endpoint.discard(m);
            return 0;
        }
        return enqueue(m, nowMs);
    }

    /** The same for a message of any size. @param disposition for Content-Disposition; empty: none */
    public long send(byte[] type, Slice disposition, ContentSource source, long total, boolean wantsReport, long id, long nowMs) {
        return send(slice.wrap(type, 0, type.length), disposition, source, total, wantsReport, id, nowMs);
    }

    /** The same. */
    public long send(Slice type, Slice disposition, ContentSource source, long total, boolean wantsReport, long id, long nowMs) {
        Outgoing m = prepare(NO_TYPE, wantsReport, id);
        if (m == null || !m.contentType.set(type) || !m.disposition.set(disposition)) {
            endpoint.discard(m);
            return 0;
        }
        m.source = source;
        m.total = total;
        return enqueue(m, nowMs);
    }

    /** Takes a place in the row for a message whose content is not there yet: what is sent after it waits for it. @return as {@link #send} */
    public long reserve(boolean wantsReport, long id) {
        Outgoing m = prepare(NO_TYPE, wantsReport, id);
        if (m == null) {
            return 0;
        }
        m.reserved = true;
        append(m);
        return m.number();
    }

    /**
     * Gives the content of a message that {@link #reserve} made room for; one that is gone with its connection is told as such already.
     * @param content null: there will be none, the message is given up
     */
    public void fill(long messageId, Slice type, Slice content, long nowMs) {
        for (Outgoing m = first; m != null; m = m.next) {
            if (m.reserved && m.number() == messageId) {
                m.reserved = false;
                if (content != null && m.contentType.set(type) && m.set(content)) {
                    connection.pump(nowMs);
                } else {
                    endpoint.finish(m, MsrpStatus.STOP, nowMs);
                }
                return;
            }
        }
    }

    /** Gives a place back that {@link #reserve} took; nothing is told of it. */
    public void withdraw(long messageId) {
        for (Outgoing m = first; m != null; m = m.next) {
            if (m.reserved && m.number() == messageId) {
                dequeue(m);
                m.clear();
                return;
            }
        }
    }

    /** Asks to be known by a nickname (RFC 7701 section 7.1). @param name not empty; empty gives the present one up. @return false when the session is not open */
    public boolean useNickname(Slice name, long nowMs) {
        if (state != OPEN) {
            return false;
        }
        nicknameId = endpoint.sendNickname(this, name, nowMs);
        return nicknameId != 0;
    }

    boolean isAnswerToNickname(MsrpHead head, long transactionId, long nowMs) {
        if (nicknameId == 0 || transactionId != nicknameId) {
            return false;
        }
        nicknameId = 0;
        user.onNicknameAnswered(this, head.status(), nowMs);
        return true;
    }

    int onNickname(MsrpHead head, long nowMs) {
        int status = head.value(MsrpHeader.USE_NICKNAME, slice) ? user.onNickname(this, slice, nowMs) : MsrpStatus.UNINTELLIGIBLE;
        return status == MsrpStatus.OK ? 0 : status;
    }

    /** @return 0, or the status that the last chunk is refused with */
    int judge(Incoming message, int flag, long nowMs) {
        boolean whole = message.state == Incoming.COMING && !message.repeated && message.sink == null && message.isWhole()
                && (flag == EndLine.COMPLETE || message.ranges.octets() == message.total);
        int verdict = whole ? user.onWhole(this, message, nowMs) : 0;
        if (verdict != 0 && message.state == Incoming.COMING) {
            message.state = Incoming.REFUSED;
            message.refusal = verdict;
        }
        return verdict;
    }

    private Outgoing prepare(byte[] type, boolean wantsReport, long id) {
        Outgoing m = state == OPEN ? endpoint.newMessage(this) : null;
        if (m != null) {
            m.contentType.set(type);
            m.wantsSuccessReport = wantsReport;
            m.id = id;
        }
        return m;
    }

    long enqueue(Outgoing m, long nowMs) {
        long messageId = m.number();
        append(m);
        connection.pump(nowMs);
        return messageId;
    }

    private void append(Outgoing m) {
        m.next = null;
        if (last == null) {
            first = m;
        } else {
            last.next = m;
        }
        last = m;
    }

    /** The message whose turn it is, null: none can go on just now. */
    Outgoing head() {
        return contentMissing || first != null && first.reserved ? null : first;
    }

    void dequeue(Outgoing m) {
        Outgoing before = null;
        for (Outgoing o = first; o != null; o = o.next) {
            if (o == m) {
                if (before == null) {
                    first = o.next;
                } else {
                    before.next = o.next;
                }
                last = last == m ? before : last;
                m.next = null;
                return;
            }
            before = o;
        }
    }

    void waitForContent() {
        contentMissing = true;
    }

    /** A {@link ContentSource} that had nothing has something again. */
    public void contentReady(long nowMs) {
        contentMissing = false;
        if (connection != null) {
            connection.pump(nowMs);
        }
    }

    void tellProgress(Outgoing m, long octets, long nowMs) {
        if (state != FREE) {
            user.onProgress(this, m.number(), octets, nowMs);
        }
    }

    void tellSent(long messageId, long id, int status, long nowMs) {
        user.onSent(this, messageId, id, status, nowMs);
    }

    // ---------------------------------------------------------------- receiving

    void onReport(MsrpHead head, long nowMs) {
        head.value(MsrpHeader.MESSAGE_ID, slice);
        long messageId = number(slice.buffer(), slice.offset(), slice.length());
        int status = head.reportedStatus();
        if (messageId == 0 || status == 0) {
            return;
        }
        if (status != MsrpStatus.OK) {
            endpoint.failMessage(this, messageId, status, nowMs);
        }
        if (state != FREE) {
            user.onReport(this, messageId, status, head.range(), nowMs);
        }
        if (state == OPEN && isLoss(status)) {
            Connection was = connection;
            fail(nowMs);
            endpoint.released(was, nowMs);
        }
    }

    /** Octets did not arrive, and it was not that they were not wanted: the session is of no use any more (section 7.3.2). */
    private static boolean isLoss(int status) {
        return status == MsrpStatus.TIMEOUT || status == MsrpStatus.NO_SESSION || status >= 500;
    }

    /** A Message-ID of ours as a number; 0: it is none. */
    static long number(byte[] b, int offset, int length) {
        long n = 0;
        for (int i = 0; i < length; i++) {
            int digit = Hex.value(b[offset + i]);
            if (digit < 0 || length != 16) {
                return 0;
            }
            n = n << 4 | digit;
        }
        return n;
    }

    /** The message that a chunk belongs to; null when there are too many at a time. */
    Incoming incoming(MsrpHead head, long nowMs) {
        head.value(MsrpHeader.MESSAGE_ID, slice);
        Incoming free = null;
        for (int i = 0; i < incoming.length; i++) {
            if (incoming[i].state == Incoming.FREE) {
                free = incoming[i];
            } else if (incoming[i].messageId.equals(slice)) {
                return incoming[i];
            }
        }
        if (free == null) {
            return null;
        }
        free.messageId.set(slice);
        head.value(MsrpHeader.FROM_PATH, slice);
        boolean fits = free.fromPath.set(slice);
        head.value(MsrpHeader.CONTENT_TYPE, slice);
        fits &= free.contentType.set(slice);
        head.value(MsrpHeader.CONTENT_DISPOSITION, slice);
        fits &= free.disposition.set(slice);
        free.total = head.range().total();
        free.wantsReport = head.wantsSuccessReport();
        free.repeated = isRemembered(free);
        free.state = Incoming.COMING;
        free.startedOrder = ++order;
        free.refusal = !fits ? MsrpStatus.UNINTELLIGIBLE : free.repeated ? 0 : user.onIncoming(this, free, nowMs);
        if (state != OPEN) {
            free.clear();
            return null;
        }
        if (free.refusal == 0 && free.sink == null && !free.repeated && free.total > free.buffer.length) {
            free.refusal = MsrpStatus.STOP;
        }
        if (free.refusal != 0) {
            free.state = Incoming.REFUSED;
        }
        return free;
    }

    /** What was taken first is not taken any more. */
    void refused(Incoming message, long nowMs) {
        user.onGivenUp(this, message, nowMs);
    }

    void onChunkEnd(Incoming message, int flag, long nowMs) {
        if (message.state == Incoming.FREE) {
            return;
        }
        if (message.state == Incoming.REFUSED) {
            if (flag != EndLine.MORE) {
                message.clear();
            }
        } else if (flag == EndLine.ABORTED) {
            if (!message.repeated) {
                user.onGivenUp(this, message, nowMs);
            }
            message.clear();
        } else if (message.isWhole() && (flag == EndLine.COMPLETE || message.repeated || message.ranges.octets() == message.total)) {
            complete(message, nowMs);
        }
    }

    private void complete(Incoming message, long nowMs) {
        if (message.wantsReport) {
            endpoint.sendReport(this, message, MsrpStatus.OK, nowMs);
        }
        if (!message.repeated && state == OPEN) {
            remember(message);
            user.onMessage(this, message, nowMs);
        }
        message.clear();
    }

    private boolean isRemembered(Incoming m) {
        int hash = Ascii.hash(m.messageId.bytes(), 0, m.messageId.length());
        for (int i = 0; i < REMEMBERED; i++) {
            if (remembered[i] == hash && hash != 0) {
                return true;
            }
        }
        return false;
    }

    private void remember(Incoming m) {
        remembered[nextRemembered] = Ascii.hash(m.messageId.bytes(), 0, m.messageId.length());
        nextRemembered = (nextRemembered + 1) % REMEMBERED;
    }
}
