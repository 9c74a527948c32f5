package org.sidetone.sip.transaction;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.HashChains;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Capacity;
import org.sidetone.port.Flow;
import org.sidetone.port.Random;
import org.sidetone.sip.CSeqView;
import org.sidetone.sip.Header;
import org.sidetone.sip.Method;
import org.sidetone.sip.NameAddrView;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.ViaView;
import org.sidetone.sip.transport.MessageHandler;
import org.sidetone.sip.transport.SipTransport;
import org.sidetone.time.TimerQueue;

/** Every transaction there can be, found by RFC 3261 sections 17.1.3 and 17.2.3. A full pool answers 503 with Retry-After. */
public final class TransactionLayer implements MessageHandler {
    static final int BRANCH_LENGTH = 32;
    static final int TAG_LENGTH = 16;
    static final int KEY_LENGTH = 384;
    private static final int RETRY_AFTER_SEC = 5;
    private static final int INVITE_SHARE = 4;

    private final SipTransport transport;
    private final TimerQueue timers;
    private final Random random;
    private final NonInviteClient[] clients;
    private final NonInviteClient[] freeClients;
    private int freeClientCount;
    private final HashChains clientIndex;
    private final ServerTransaction[] servers;
    private final NonInviteServer[] freeServers;
    private int freeServerCount;
    private final InviteServer[] freeInviteServers;
    private int freeInviteServerCount;
    private final HashChains serverIndex;
    private final SipWriter writer = new SipWriter();
    private final FixedText key = new FixedText(KEY_LENGTH);
    private final ByteSink sink = new ByteSink();
    private final ViaView via = new ViaView();
    private final CSeqView cseq = new CSeqView();
    private final NameAddrView address = new NameAddrView();
    private final Slice slice = new Slice();
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
        clients = new NonInviteClient[capacity.clientTransactions];
        freeClients = new NonInviteClient[clients.length];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = new NonInviteClient(this, i, capacity.transactionBytes);
            freeClients[freeClientCount++] = clients[i];
        }
        clientIndex = new HashChains(clients.length);
        int invites = Math.max(2, capacity.serverTransactions / INVITE_SHARE);
        int others = Math.max(2, capacity.serverTransactions - invites);
        servers = new ServerTransaction[invites + others];
        freeServers = new NonInviteServer[others];
        freeInviteServers = new InviteServer[invites];
        for (int i = 0; i < others; i++) {
            NonInviteServer made = new NonInviteServer(this, i, capacity.transactionBytes);
            servers[i] = made;
            freeServers[freeServerCount++] = made;
        }
        for (int i = 0; i < invites; i++) {
            InviteServer made = new InviteServer(this, others + i, capacity.transactionBytes);
            servers[others + i] = made;
            freeInviteServers[freeInviteServerCount++] = made;
        }
        serverIndex = new HashChains(servers.length);
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

    /** Writes a tag that nobody can guess (RFC 3261 section 19.3). */
    public void newTag(FixedText out) {
        out.take(out.sink(sink).putHex(random.nextLong(), 16));
    }

    /** A free client transaction with a new branch, or null when all are in use. */
    public NonInviteClient newClient() {
        if (freeClientCount == 0) {
            refusedForRoom++;
            return null;
        }
        NonInviteClient client = freeClients[--freeClientCount];
        client.take();
        client.branch.take(client.branch.sink(sink).put(ViaView.MAGIC_COOKIE).putHex(random.nextLong(), 16));
        client.keyHash = 0;
        return client;
    }

    void register(NonInviteClient client) {
        client.keyHash = Ascii.hash(client.branch.bytes(), 0, client.branch.length());
        clientIndex.add(client.keyHash, client.slot);
    }

    void free(NonInviteClient client) {
        if (client.state() == NonInviteClient.FREE) {
            return;
        }
        if (client.keyHash != 0) {
            clientIndex.remove(client.keyHash, client.slot);
        }
        client.makeFree();
        freeClients[freeClientCount++] = client;
    }

    void free(ServerTransaction server) {
        serverIndex.remove(server.keyHash, server.slot);
        server.makeFree();
        if (server instanceof InviteServer) {
            freeInviteServers[freeInviteServerCount++] = (InviteServer) server;
        } else {
            freeServers[freeServerCount++] = (NonInviteServer) server;
        }
    }

    @Override
    public void onRequest(SipMessage request, Flow source, long nowMs) {
        if (!writeServerKey(request)) {
            if (request.method() != Method.ACK) {
                transport.replyStateless(request, source, 513, 0);
            }
            return;
        }
        int hash = Ascii.hash(key.bytes(), 0, key.length());
        ServerTransaction found = find(hash);
        if (request.method() == Method.ACK) {
            if (found instanceof InviteServer) {
                ((InviteServer) found).onAck(nowMs);
            } else {
                strayAcks++;
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

    private ServerTransaction find(int hash) {
        for (int i = serverIndex.first(hash); i != HashChains.NONE; i = serverIndex.next(i)) {
            if (servers[i].keyHash == hash && servers[i].key.equals(key)) {
                return servers[i];
            }
        }
        return null;
    }

    private void open(SipMessage request, Flow source, int hash, long nowMs) {
        boolean invite = request.method() == Method.INVITE;
        if (invite ? freeInviteServerCount == 0 : freeServerCount == 0) {
            refusedForRoom++;
            transport.replyStateless(request, source, 503, RETRY_AFTER_SEC);
            return;
        }
        ServerTransaction server = invite ? freeInviteServers[--freeInviteServerCount] : freeServers[--freeServerCount];
        server.key.set(key);
        server.keyHash = hash;
        serverIndex.add(hash, server.slot);
        boolean fits = server.open(request, source);
        server.start(nowMs);
        if (!fits) {
            free(server);
            transport.replyStateless(request, source, 513, 0);
            return;
        }
        user.onRequest(request, server, nowMs);
    }

    /** Key of RFC 3261 section 17.2.3; an ACK gets its INVITE's. @return false when it does not fit */
    private boolean writeServerKey(SipMessage request) {
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
        if (request.method() == Method.OTHER) {
            sink.put(request.methodName(slice));
        } else {
            sink.putDecimal(request.method() == Method.ACK ? Method.INVITE : request.method());
        }
        return key.take(sink);
    }

    @Override
    public void onResponse(SipMessage response, Flow source, long nowMs) {
        if (response.via(0, via) && via.branch(slice)) {
            int hash = Ascii.hash(slice.buffer(), slice.offset(), slice.length());
            for (int i = clientIndex.first(hash); i != HashChains.NONE; i = clientIndex.next(i)) {
                NonInviteClient client = clients[i];
                if (client.keyHash == hash && client.branch.equals(slice) && client.method() == response.method()) {
                    client.onResponse(response, nowMs);
                    return;
                }
            }
        }
        strayResponses++;
    }

    /** The owner learned that a connection broke: requests that wait on it fail (RFC 3261 section 17.1.4). */
    public void onConnectionLost(int connection, long nowMs) {
        for (int i = 0; i < clients.length; i++) {
            if (clients[i].state() != NonInviteClient.FREE && clients[i].flow().connection() == connection) {
                clients[i].onTransportError(nowMs);
            }
        }
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
        return clients.length - freeClientCount;
    }

    public int serversInUse() {
        return servers.length - freeServerCount - freeInviteServerCount;
    }
}
