package org.sidetone.sip.transaction;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.HashChains;
import org.sidetone.bytes.Slice;
import org.sidetone.bytes.SlotQueue;
import org.sidetone.port.Capacity;
import org.sidetone.port.Flow;
import org.sidetone.port.Random;
import org.sidetone.sip.CSeqView;
import org.sidetone.sip.Header;
import org.sidetone.sip.Method;
import org.sidetone.sip.NameAddrView;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipParser;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.ViaView;
import org.sidetone.sip.transport.MessageHandler;
import org.sidetone.sip.transport.SipTransport;
import org.sidetone.time.TimerQueue;

/** Every transaction there can be, found by RFC 3261 sections 17.1.3 and 17.2.3. A full pool answers 503 with Retry-After. */
public final class TransactionLayer implements MessageHandler {
    static final int BRANCH_LENGTH = 32;
    /** The magic cookie and 16 digits. */
    static final int PLAIN_BRANCH_LENGTH = 23;
    static final int TAG_LENGTH = 16;
    static final int KEY_LENGTH = 384;
    private static final int RETRY_AFTER_SEC = 5;
    private static final byte[] VIA = Ascii.bytes("Via:");
    private static final int INVITE_SHARE = 4;

    /** The answer to a CANCEL says nothing that the INVITE's own answer does not. */
    static final ClientUser NOBODY = new ClientUser() {
        @Override
        public void onResponse(ClientTransaction transaction, SipMessage response, long nowMs) {
            // see above
        }

        @Override
        public void onTimeout(ClientTransaction transaction, long nowMs) {
            // see above
        }

        @Override
        public void onTransportError(ClientTransaction transaction, long nowMs) {
            // see above
        }
    };

    private final SipTransport transport;
    private final TimerQueue timers;
    private final Random random;
    private final ClientTransaction[] clients;
    private final NonInviteClient[] freeClients;
    private int freeClientCount;
    private final InviteClient[] freeInviteClients;
    private int freeInviteClientCount;
    private final HashChains clientIndex;
    private final ServerTransaction[] servers;
    private final NonInviteServer[] freeServers;
    private int freeServerCount;
    private final InviteServer[] freeInviteServers;
    private int freeInviteServerCount;
    private final HashChains serverIndex;
    private final HashChains originIndex;
    /** Those that only wait for what may come again, the oldest first: under load their places are needed before that time is over. */
    private final SlotQueue completedClients;
    private final SlotQueue completedServers;
    private final SipWriter writer = new SipWriter();
    private final FixedText key = new FixedText(KEY_LENGTH);
    private final ByteSink sink = new ByteSink();
    private final ViaView via = new ViaView();
    private final CSeqView cseq = new CSeqView();
    private final NameAddrView address = new NameAddrView();
    private final Slice slice = new Slice();
    private final ViaView ownVia = new ViaView();
    private final SipParser parser;
    private final SipMessage sentRequest;
    private final byte[] ack;
    private TransactionUser user;
    private long retransmissions;
    private long repeatedRequests;
    private long strayResponses;
    private long strayAcks;
    private long refusedForRoom;

    public TransactionLayer(SipTransport transport, TimerQueue timers, Random random, Capacity capacity) {
        this.transport = transport;
        this.timers = timers;
        this.random = random;
        freeClients = new NonInviteClient[capacity.clientTransactions];
        freeInviteClients = new InviteClient[capacity.inviteClients];
        clients = new ClientTransaction[freeClients.length + freeInviteClients.length];
        for (int i = 0; i < freeClients.length; i++) {
            NonInviteClient made = new NonInviteClient(this, i, capacity.transactionBytes);
            clients[i] = made;
            freeClients[freeClientCount++] = made;
        }
        for (int i = 0; i < freeInviteClients.length; i++) {
            InviteClient made = new InviteClient(this, freeClients.length + i, capacity.transactionBytes);
            clients[freeClients.length + i] = made;
            freeInviteClients[freeInviteClientCount++] = made;
        }
        parser = new SipParser(capacity.transactionBytes, capacity.uriBytes);
        sentRequest = new SipMessage(capacity.headers);
        ack = new byte[capacity.transactionBytes];
        clientIndex = new HashChains(clients.length);
        completedClients = new SlotQueue(clients.length);
        int share = capacity.serverTransactions / INVITE_SHARE;
        int invites = Math.max(2, capacity.inviteServers > 0 ? Math.min(capacity.inviteServers, share) : share);
        int others = Math.max(2, capacity.serverTransactions - invites);
        servers = new ServerTransaction[invites + others];
        freeServers = new NonInviteServer[others];
        freeInviteServers = new InviteServer[invites];
        int responseBytes = capacity.responseBytes == 0 ? capacity.transactionBytes : capacity.responseBytes;
        for (int i = 0; i < others; i++) {
            NonInviteServer made = new NonInviteServer(this, i, responseBytes);
            servers[i] = made;
            freeServers[freeServerCount++] = made;
        }
        for (int i = 0; i < invites; i++) {
            InviteServer made = new InviteServer(this, others + i, capacity.transactionBytes);
            servers[others + i] = made;
            freeInviteServers[freeInviteServerCount++] = made;
        }
        serverIndex = new HashChains(servers.length);
        originIndex = new HashChains(servers.length);
        completedServers = new SlotQueue(servers.length);
        transport.setHandler(this);
    }

    public void setUser(TransactionUser newUser) {
        user = newUser;
    }

    TimerQueue timers() {
        return timers;
    }

    public SipTransport transport() {
        return transport;
    }

    SipWriter writer() {
        return writer;
    }

    /** For a response that nobody waits for any more. */
    SipWriter writerToNowhere() {
        return writer.wrap(ack, 0, ack.length);
    }

    /** Writes a tag that nobody can guess (RFC 3261 section 19.3). */
    public void newTag(FixedText out) {
        out.take(out.sink(sink).putHex(random.nextLong(), 16));
    }

    /**
     * A free client transaction with a new branch, for any method but INVITE; null when all are in use. Where all are, the oldest that was answered and only
     * waits for its answer to come again (timer K) is given up for the new one.
     */
    public NonInviteClient newClient() {
        if (freeClientCount == 0 && completedClients.first() != SlotQueue.NONE) {
            ((NonInviteClient) clients[completedClients.first()]).onTimerK(0);
        }
        if (freeClientCount == 0) {
            refusedForRoom++;
            return null;
        }
        return (NonInviteClient) prepare(freeClients[--freeClientCount]);
    }

    /**
     * A free INVITE client transaction with a new branch; null when all are in use. Where all are, one that only waits for its refusal to come again
     * (timer D, half a minute) is given up for the new one, the oldest first.
     */
    public InviteClient newInviteClient() {
        if (freeInviteClientCount == 0) {
            endOldestRefused();
        }
        if (freeInviteClientCount == 0) {
            refusedForRoom++;
            return null;
        }
        return (InviteClient) prepare(freeInviteClients[--freeInviteClientCount]);
    }

    private void endOldestRefused() {
        InviteClient oldest = null;
        for (int i = freeClients.length; i < clients.length; i++) {
            InviteClient client = (InviteClient) clients[i];
            if (client.isRefused() && (oldest == null || client.endsMs() < oldest.endsMs())) {
                oldest = client;
            }
        }
        if (oldest != null) {
            oldest.onTimerD(0);
        }
    }

    private ClientTransaction prepare(ClientTransaction client) {
        client.take();
        client.branch.take(client.branch.sink(sink).put(ViaView.MAGIC_COOKIE).putHex(random.nextLong(), 16));
        client.keyHash = 0;
        return client;
    }

    void register(ClientTransaction client) {
        client.keyHash = Ascii.hash(client.branch.bytes(), 0, client.branch.length());
        clientIndex.add(client.keyHash, client.slot);
    }

    void completed(NonInviteClient client) {
        completedClients.add(client.slot);
    }

    void completed(NonInviteServer server) {
        completedServers.add(server.slot);
    }

    void free(ClientTransaction client) {
        if (client.state() == ClientTransaction.FREE) {
            return;
        }
        completedClients.remove(client.slot);
        if (client.keyHash != 0) {
            clientIndex.remove(client.keyHash, client.slot);
        }
        client.makeFree();
        if (client instanceof InviteClient) {
            freeInviteClients[freeInviteClientCount++] = (InviteClient) client;
        } else {
            freeClients[freeClientCount++] = (NonInviteClient) client;
        }
    }

    /** Turns the INVITE in a buffer into the ACK of its refusal (RFC 3261 section 17.1.1.3). @return its octets, 0 when it does not fit */
    int writeAck(byte[] invite, int length, SipMessage refusal) {
        int n = writeSibling(ack, invite, length, Method.ACK, refusal);
        System.arraycopy(ack, 0, invite, 0, n);
        return n;
    }

    /** Sends the CANCEL of an INVITE in a transaction of its own with the same branch (section 9.1). Without room it is left out. */
    void sendCancel(InviteClient invite, long nowMs) {
        NonInviteClient client = newClient();
        if (client == null) {
            return;
        }
        client.branch.set(invite.branch);
        int n = writeSibling(client.buffer(), invite.buffer(), invite.length, Method.CANCEL, null);
        if (n == 0) {
            client.abandon();
        } else {
            client.start(NOBODY, Method.CANCEL, invite.flow(), n, nowMs);
        }
    }

    /** What CANCEL and ACK have of their INVITE: Request-URI, topmost Via, Route, From, To, Call-ID, number. */
    private int writeSibling(byte[] out, byte[] invite, int length, int method, SipMessage toFrom) {
        if (parser.parseDatagram(sentRequest, invite, 0, length) < 0) {
            return 0;
        }
        SipWriter w = writer.wrap(out, 0, out.length).requestLine(method, sentRequest.requestUri(slice));
        sentRequest.element(Header.VIA, 0, slice);
        w.header(Header.VIA, slice).decimal(Header.MAX_FORWARDS, 70).copy(sentRequest, Header.ROUTE).copy(sentRequest, Header.FROM);
        w.copy(toFrom == null ? sentRequest : toFrom, Header.TO).copy(sentRequest, Header.CALL_ID);
        sentRequest.cseq(cseq);
        w.name(Header.CSEQ).sink().putDecimal(cseq.number()).put(' ').put(Method.name(method));
        return Math.max(0, w.end().finishWithoutBody());
    }

    /** Reads the request of a client transaction again; valid until the next call. Null when it lies there no more. */
    public SipMessage requestOf(ClientTransaction client) {
        return client != null && client.state() != ClientTransaction.FREE && parser.parseDatagram(sentRequest, client.buffer(), 0, client.length) > 0
                ? sentRequest : null;
    }

    /** Writes a new branch (section 8.1.1.7), for what goes without a transaction. */
    public void newBranch(FixedText out) {
        out.take(out.sink(sink).put(ViaView.MAGIC_COOKIE).putHex(random.nextLong(), 16));
    }

    void free(ServerTransaction server) {
        serverIndex.remove(server.keyHash, server.slot);
        completedServers.remove(server.slot);
        if (server.originHash != 0) {
            originIndex.remove(server.originHash, server.slot);
            server.originHash = 0;
        }
        server.makeFree();
        if (server instanceof InviteServer) {
            freeInviteServers[freeInviteServerCount++] = (InviteServer) server;
        } else {
            freeServers[freeServerCount++] = (NonInviteServer) server;
        }
    }

    @Override
    public void onRequest(SipMessage request, Flow source, long nowMs) {
        if (!writeServerKey(request, request.method() == Method.ACK ? Method.INVITE : request.method())) {
            if (request.method() != Method.ACK) {
                transport.replyStateless(request, source, 513, 0);
            }
            return;
        }
        int hash = Ascii.hash(key.bytes(), 0, key.length());
        ServerTransaction found = find(hash);
        if (request.method() == Method.ACK) {
            if (!(found instanceof InviteServer) || !((InviteServer) found).onAck(nowMs)) {
                onForeignAck(request, source, nowMs);
            }
            return;
        }
        if (found != null) {
            repeatedRequests++;
            found.onRetransmission(nowMs);
            return;
        }
        open(request, source, hash, nowMs);
    }

    /** The ACK of a 2xx is a transaction of its own (section 17): the user's. */
    private void onForeignAck(SipMessage ackRequest, Flow source, long nowMs) {
        if (!user.onAck(ackRequest, source, nowMs)) {
            strayAcks++;
        }
    }

    private void writeOrigin(SipMessage request, ServerTransaction server) {
        server.origin.clear();
        server.originHash = 0;
        if (request.address(Header.TO, 0, address) && address.tag(slice)) {
            return;
        }
        server.origin.sink(sink);
        if (request.address(Header.FROM, 0, address) && address.tag(slice)) {
            sink.put(slice);
        }
        request.value(Header.CALL_ID, slice);
        sink.put('|').put(slice).put('|');
        request.value(Header.CSEQ, slice);
        sink.put(slice);
        if (server.origin.take(sink)) {
            server.originHash = Ascii.hash(server.origin.bytes(), 0, server.origin.length()) | 1;
            originIndex.add(server.originHash, server.slot);
        }
    }

    /** Whether a request came by another way already and is being worked on (RFC 3261 section 8.2.2.2). */
    public boolean isMerged(ServerTransaction request) {
        int first = request.originHash == 0 ? HashChains.NONE : originIndex.first(request.originHash);
        for (int i = first; i != HashChains.NONE; i = originIndex.next(i)) {
            if (servers[i] != request && servers[i].originHash == request.originHash && servers[i].origin.equals(request.origin)) {
                return true;
            }
        }
        return false;
    }

    /** The request that a CANCEL means (section 9.2), an {@link InviteServer} or one that it has no effect on; null: 481. */
    public ServerTransaction cancelled(SipMessage cancel) {
        for (int method = Method.INVITE; method < Method.COUNT; method++) {
            if (method != Method.ACK && method != Method.CANCEL && writeServerKey(cancel, method)) {
                ServerTransaction found = find(Ascii.hash(key.bytes(), 0, key.length()));
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private ServerTransaction find(int hash) {
        for (int i = serverIndex.first(hash); i != HashChains.NONE; i = serverIndex.next(i)) {
            if (servers[i].keyHash == hash && servers[i].key.equals(key)) {
                return servers[i];
            }
        }
        return null;
    }

    /** Gives up the transaction that was answered longest ago, when its request would have come again by now if the answer had been lost. */
    private void endOldestCompleted(long nowMs) {
        if (completedServers.first() != SlotQueue.NONE) {
            NonInviteServer oldest = (NonInviteServer) servers[completedServers.first()];
            if (oldest.wasAnsweredBefore(nowMs - Timings.T1_MS)) {
                oldest.onTimerJ(nowMs);
            }
        }
    }

    private void open(SipMessage request, Flow source, int hash, long nowMs) {
        boolean invite = request.method() == Method.INVITE;
        if (!invite && freeServerCount == 0) {
            endOldestCompleted(nowMs);
        }
        if (invite ? freeInviteServerCount == 0 : freeServerCount == 0) {
            refusedForRoom++;
            transport.replyStateless(request, source, 503, RETRY_AFTER_SEC);
            return;
        }
        ServerTransaction server = invite ? freeInviteServers[--freeInviteServerCount] : freeServers[--freeServerCount];
        server.key.set(key);
        server.keyHash = hash;
        serverIndex.add(hash, server.slot);
        writeOrigin(request, server);
        boolean fits = server.open(request, source);
        server.start(nowMs);
        if (!fits) {
            free(server);
            transport.replyStateless(request, source, 513, 0);
            return;
        }
        user.onRequest(request, server, nowMs);
    }

    /** Key of RFC 3261 section 17.2.3; ACK and CANCEL can ask for their INVITE's. @return false when it does not fit */
    private boolean writeServerKey(SipMessage request, int method) {
        key.sink(sink);
        request.via(0, via);
        boolean branched = via.branch(slice)
                && Ascii.startsWithIgnoreCase(slice.buffer(), slice.offset(), slice.limit(), ViaView.MAGIC_COOKIE);
        if (branched) {
            sink.put(slice);
        } else {                                        // a client of RFC 2543
            request.requestUri(slice);
            sink.put(slice).put('|');
            request.value(Header.CALL_ID, slice);
            sink.put(slice).put('|');
            if (request.address(Header.FROM, 0, address) && address.tag(slice)) {
                sink.put(slice);
            }
            request.cseq(cseq);
            sink.put('|').putDecimal(cseq.number());
        }
        sink.put('|').put(via.host()).put(':').putDecimal(via.port()).put('|');
        if (method == Method.OTHER) {
            sink.put(request.methodName(slice));
        } else {
            sink.putDecimal(method);
        }
        return key.take(sink);
    }

    @Override
    public void onResponse(SipMessage response, Flow source, long nowMs) {
        if (response.via(0, via) && via.branch(slice)) {
            int hash = Ascii.hash(slice.buffer(), slice.offset(), slice.length());
            for (int i = clientIndex.first(hash); i != HashChains.NONE; i = clientIndex.next(i)) {
                ClientTransaction client = clients[i];
                if (client.keyHash == hash && client.branch.equals(slice) && client.method() == response.method()
                        && isSentByUs(client)) {
                    client.onResponse(response, nowMs);
                    return;
                }
            }
        }
        strayResponses++;
    }

    /** RFC 3261 section 18.1.2: {@link #via} has the sent-by that our request has, whose topmost Via follows its first line. */
    private boolean isSentByUs(ClientTransaction client) {
        byte[] b = client.buffer();
        ViaView sent = viaAt(b, Ascii.indexOf(b, 0, client.length, '\n') + 1, client.length);
        return sent == null || sent.port() == via.port() && sent.host().equalsIgnoreCase(via.host());
    }

    /** The owner learned that a connection broke: requests that wait on it fail (RFC 3261 section 17.1.4). */
    public void onConnectionLost(int connection, long nowMs) {
        for (int i = 0; i < clients.length; i++) {
            if (clients[i].state() != ClientTransaction.FREE && clients[i].flow().connection() == connection) {
                clients[i].onTransportError(nowMs);
            }
        }
        user.onConnectionLost(connection, nowMs);
    }

    boolean tellUnsent(ServerTransaction server, long nowMs) {
        return user.onResponseUnsent(server, nowMs);
    }

    /** Reads the Via that begins at a line. @return null when it is none; valid until the next call */
    ViaView viaAt(byte[] b, int line, int limit) {
        int end = Ascii.indexOf(b, line, limit, '\r');
        return Ascii.startsWithIgnoreCase(b, line, end, VIA) && ownVia.wrap(slice.wrap(b, line + VIA.length, end - line - VIA.length)) ? ownVia : null;
    }

    void countRetransmission() {
        retransmissions++;
    }

    public long retransmissions() {
        return retransmissions;
    }

    /** Requests that came again in their transaction. */
    public long repeatedRequests() {
        return repeatedRequests;
    }

    public long strayResponses() {
        return strayResponses;
    }

    public long strayAcks() {
        return strayAcks;
    }

    public long refusedForRoom() {
        return refusedForRoom;
    }

    public int clientsInUse() {
        return clients.length - freeClientCount - freeInviteClientCount;
    }

    public int serversInUse() {
        return servers.length - freeServerCount - freeInviteServerCount;
    }
}
