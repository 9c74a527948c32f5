package org.sidetone.msrp.relay;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Hex;
import org.sidetone.bytes.Slice;
import org.sidetone.digest.DigestFunction;
import org.sidetone.digest.DigestServer;
import org.sidetone.msrp.MsrpHead;
import org.sidetone.msrp.MsrpHeader;
import org.sidetone.msrp.MsrpMethod;
import org.sidetone.msrp.MsrpStatus;
import org.sidetone.msrp.MsrpUri;
import org.sidetone.msrp.MsrpWriter;
import org.sidetone.msrp.PathView;
import org.sidetone.port.Flow;
import org.sidetone.port.Random;
import org.sidetone.port.Streams;
import org.sidetone.port.StreamsUser;
import org.sidetone.sip.locate.Locator;
import org.sidetone.time.TimerQueue;

/**
 * A relay: says who may use it, gives out URIs, and knows where each request goes (RFC 4976 section 6). A request passes only by a URI that was
 * given out: from the connection it was given to, to anywhere; from anywhere, to that connection. So it is no open proxy, and since each
 * hop takes a URI off the path nothing goes in circles.
 */
public final class Relay implements StreamsUser {
    /** What {@link #route} says of a request that was answered already. */
    static final int TAKEN = 1;

    private static final Slice NO_BODY = new Slice();
    private static final int SCRATCH_BYTES = 32 * 1024;
    private static final int ID_DIGITS = 16;
    private static final int LOOPBACK = 0x7F000001;

    private final RelaySettings settings;
    private final Streams streams;
    private final TimerQueue timers;
    private final Random random;
    private final Locator locator;
    private final DigestServer digest;
    private final RelayConnection[] connections;
    private final Handle[] handles;
    private final Forwarded[] forwarded;
    private final byte[] scratch = new byte[SCRATCH_BYTES];
    private final byte[] endScratch = new byte[64];
    private final ByteSink sink = new ByteSink();
    private final MsrpWriter writer = new MsrpWriter();
    private final PathView path = new PathView();
    private final PathView fromPath = new PathView();
    private final MsrpUri uri = new MsrpUri();
    private final Flow local = new Flow();
    private final Flow target = new Flow();
    private final FixedText id = new FixedText(ID_DIGITS);
    private final FixedText host = new FixedText(128);
    private final Slice slice = new Slice();
    private final Slice slice2 = new Slice();
    private final Slice idSlice = new Slice();
    private long authorized;
    private long refused;
    private long reports;
    private long strays;

    public Relay(RelaySettings settings, Streams streams, TimerQueue timers, Random random, DigestFunction function, DigestServer.Users users, Locator locator) {
        this.settings = settings;
        this.streams = streams;
        this.timers = timers;
        this.random = random;
        this.locator = locator;
        host.set(settings.host);
        digest = new DigestServer(function, random, users, settings.realm, settings.nonceLifeMs, 2 * settings.handles);
        connections = new RelayConnection[settings.connections];
        for (int i = 0; i < connections.length; i++) {
            connections[i] = new RelayConnection(this);
        }
        handles = new Handle[settings.handles];
        for (int i = 0; i < handles.length; i++) {
            handles[i] = new Handle();
        }
        forwarded = new Forwarded[settings.transactions];
        for (int i = 0; i < forwarded.length; i++) {
            forwarded[i] = new Forwarded(this);
        }
    }

    // ---------------------------------------------------------------- for connections

    Streams streams() {
        return streams;
    }

    TimerQueue timers() {
        return timers;
    }

    Random random() {
        return random;
    }

    Locator locator() {
        return locator;
    }

    ByteSink sink() {
        return sink;
    }

    byte[] scratch() {
        return scratch;
    }

    byte[] endScratch() {
        return endScratch;
    }

    Forwarded newForwarded() {
        for (int i = 0; i < forwarded.length; i++) {
            if (forwarded[i].to == null) {
                return forwarded[i];
            }
        }
        return null;
    }

    /** Where reports on a request go: back the way it came, up to us. */
    void reportPath(RelayConnection source, Forwarded f) {
        f.path.set(source.originalFrom());
        f.ownUri.set(source.addressed());
    }

    // ---------------------------------------------------------------- routing

    /**
     * Says where a request goes, and what its paths are then.
     * @return 0: to the source's target, or once that is found; {@link #TAKEN}: it was answered; else the status to refuse it with
     */
    int route(RelayConnection source, MsrpHead head, FixedText newTo, FixedText newFrom, long nowMs) {
        head.toPath(path);
        path.first(uri);
        if (!isHost(uri)) {
            drop(source, nowMs);                                // section 6.2: not addressed to the relay
            return TAKEN;
        }
        if (uri.sessionId().isEmpty()) {
            if (head.method() != MsrpMethod.AUTH || path.count() > 1) {
                return fail(source, MsrpStatus.NOT_ALLOWED, nowMs);
            }
            authenticate(source, head, nowMs);
            return TAKEN;
        }
        head.value(MsrpHeader.FROM_PATH, slice);
        if (!newFrom.set(slice)) {
            return MsrpStatus.UNINTELLIGIBLE;
        }
        return follow(source, newTo, newFrom, nowMs);
    }

    /** Takes URIs of ours off the path, one or, where both ends use this relay, two. */
    private int follow(RelayConnection source, FixedText newTo, FixedText newFrom, long nowMs) {
        RelayConnection at = source;
        Handle owner = null;
        int index = 0;
        while (true) {
            path.uri(index, uri);
            if (!isHost(uri) || uri.sessionId().isEmpty()) {
                break;
            }
            Handle h = find(uri.sessionId(), nowMs);
            if (h == null) {
                return fail(source, MsrpStatus.NO_SESSION, nowMs);
            }
            boolean owners = h.isOwner(at);
            if (at == source && !owners) {
                h.onPeer(firstOf(newFrom), source);
            }
            prepend(path.text(index, slice), newFrom);
            index++;
            if (newFrom.isEmpty() || index == path.count()) {
                return MsrpStatus.UNINTELLIGIBLE;
            }
            if (!owners) {                                      // towards whom the URI was given to: his is the next
                if (!newTo.set(path.from(index, slice))) {
                    return MsrpStatus.UNINTELLIGIBLE;
                }
                source.isGood();
                RelayConnection way = wayTo(h);
                source.setTarget(way);
                return way == null ? reach(source, nowMs) : 0;
            }
            at = null;                                          // out from him: any next hop but the way back
            owner = h;
        }
        if (index == 0 || !newTo.set(path.from(index, slice))) {
            return MsrpStatus.UNINTELLIGIBLE;
        }
        source.isGood();
        RelayConnection back = owner == null ? null : owner.wayBack(path.text(index, slice));
        if (back != null) {
            source.setTarget(back);
            return 0;
        }
        return reach(source, nowMs);
    }

    /** The connection to whom a URI was given to; null: to a relay that one has to be made to. */
    private RelayConnection wayTo(Handle h) {
        if (h.connection != null) {
            return h.connection;
        }
        for (int i = 0; i < connections.length; i++) {
            if (connections[i].open && h.isOwner(connections[i])) {
                return connections[i];
            }
        }
        return null;
    }

    private Slice firstOf(FixedText uris) {
        return slice.wrap(uris.bytes(), 0, Ascii.indexOf(uris.bytes(), 0, uris.length(), ' '));
    }

    private void prepend(Slice text, FixedText to) {
        sink.wrap(scratch).put(text).put(' ').put(to);
        sink.slice(slice2);
        if (!to.set(slice2)) {
            to.clear();
        }
    }

    /** Finds or makes the connection to a source's next hop. @return 0, also while it is looked for, or why there is none */
    int reach(RelayConnection source, long nowMs) {
        if (!path.wrap(source.nextPath().slice(slice))) {
            return MsrpStatus.UNINTELLIGIBLE;
        }
        path.first(uri);
        if (uri.port() == 0 && !uri.sessionId().isEmpty()) {
            return MsrpStatus.UNINTELLIGIBLE;                   // section 8: only where a relay is asked by its name
        }
        if (source.isAuth() && !uri.isSecure() && !settings.insecure) {
            return MsrpStatus.NOT_ALLOWED;                      // section 9.2: relays meet over TLS alone
        }
        int port = uri.port() == 0 ? MsrpUri.RECOMMENDED_PORT : uri.port();
        int found = locator.locateHost(uri.host(), port, uri.isSecure() ? Flow.TLS : Flow.TCP, source, 0, target, nowMs);
        if (found == Locator.PENDING) {
            source.setLocating(true);
            return 0;
        }
        RelayConnection to = found == Locator.FOUND ? connectionTo(target, nowMs) : null;
        source.setTarget(to);
        return to == null ? MsrpStatus.TIMEOUT : 0;
    }

    private RelayConnection connectionTo(Flow to, long nowMs) {
        for (int i = 0; i < connections.length; i++) {
            RelayConnection c = connections[i];
            if (c.open && c.flow.sameEnd(to) && c.flow.domain() == to.domain()) {
                return c;
            }
        }
        RelayConnection free = freeConnection(nowMs);
        if (free == null) {
            return null;
        }
        int handle = streams.connect(to);
        if (handle <= 0) {
            return null;
        }
        free.begin(handle, to, false, nowMs);
        return free;
    }

    /** One that is free, or the one not used longest that no URI was given out to (section 6.5). */
    private RelayConnection freeConnection(long nowMs) {
        RelayConnection oldest = null;
        for (int i = 0; i < connections.length; i++) {
            RelayConnection c = connections[i];
            if (!c.open) {
                return c;
            }
            if (!hasHandle(c, nowMs) && nowMs - c.usedMs > Forwarded.TIMEOUT_MS && (oldest == null || c.usedMs < oldest.usedMs)) {
                oldest = c;
            }
        }
        if (oldest == null) {
            refused++;
        } else {
            drop(oldest, nowMs);
        }
        return oldest;
    }

    private boolean hasHandle(RelayConnection c, long nowMs) {
        for (int i = 0; i < handles.length; i++) {
            if (handles[i].connection == c && handles[i].relay.isEmpty() && handles[i].isGood(nowMs)) {
                return true;
            }
        }
        return false;
    }

    private int fail(RelayConnection source, int status, long nowMs) {
        refused++;
        if (!source.isRelay() && source.hasFailed()) {
            drop(source, nowMs);
            return TAKEN;
        }
        return status;
    }

    private boolean isHost(MsrpUri of) {
        boolean numeric = of.numeric(target);
        if (!numeric) {
            target.setIpv4(of.isSecure() ? Flow.TLS : Flow.TCP, LOOPBACK, 0);
        }
        streams.localAddress(target, local);
        boolean named = of.host().equalsIgnoreCase(host.slice(idSlice)) || numeric && local.sameAddress(target);
        return named && local.isSet() && (of.port() == 0 || of.port() == local.port());
    }

    private Handle find(Slice token, long nowMs) {
        for (int i = 0; i < handles.length; i++) {
            if (!handles[i].token.isEmpty() && handles[i].token.equals(token)) {
                return handles[i].isGood(nowMs) ? handles[i] : null;
            }
        }
        return null;
    }

    // ---------------------------------------------------------------- AUTH

    /** Section 6.3. */
    private void authenticate(RelayConnection source, MsrpHead head, long nowMs) {
        if (source.flow.transport() != Flow.TLS && !settings.insecure) {
            respond(source, MsrpStatus.NOT_ALLOWED);
            finish(source, nowMs);
            return;
        }
        boolean relayed = head.fromPath(fromPath) && fromPath.count() > 1;
        if (relayed && !settings.insecure) {                    // who passes it on has to be the relay that he says he is
            fromPath.first(uri);
            if (!source.speaksFor(uri.host())) {
                refused++;
                respond(source, MsrpStatus.NOT_ALLOWED);
                finish(source, nowMs);
                return;
            }
        }
        int verdict = DigestServer.MISSING;
        for (int i = 0; i < head.fields(); i++) {
            if (head.code(i) == MsrpHeader.AUTHORIZATION && digest.isOurs(head.fieldValue(i, slice))) {
                path.last(uri);
                verdict = digest.check(slice, MsrpMethod.name(MsrpMethod.AUTH), uri.whole(), NO_BODY, nowMs);
            }
        }
        if (verdict == DigestServer.GOOD) {
            grant(source, head, relayed, nowMs);
            return;
        }
        if (verdict != DigestServer.MISSING && verdict != DigestServer.STALE && fail(source, verdict, nowMs) == TAKEN) {
            return;
        }
        respond(source, verdict == DigestServer.MALFORMED ? MsrpStatus.UNINTELLIGIBLE : MsrpStatus.UNAUTHORIZED);
        for (int i = 0; i < settings.algorithms.length && verdict != DigestServer.MALFORMED; i++) {
            digest.putChallenge(settings.algorithms[i], verdict == DigestServer.STALE, nowMs, writer.name(MsrpHeader.WWW_AUTHENTICATE).sink());
            writer.end();
        }
        finish(source, nowMs);
    }

    private void grant(RelayConnection source, MsrpHead head, boolean relayed, long nowMs) {
        long asked = head.decimal(MsrpHeader.EXPIRES);
        if (asked >= 0 && (asked < settings.minExpiresSec || asked > settings.maxExpiresSec)) {
            respond(source, MsrpStatus.OUT_OF_BOUNDS);
            if (asked < settings.minExpiresSec) {
                writer.decimal(MsrpHeader.MIN_EXPIRES, settings.minExpiresSec);
            } else {
                writer.decimal(MsrpHeader.MAX_EXPIRES, settings.maxExpiresSec);
            }
            finish(source, nowMs);
            return;
        }
        Handle h = freeHandle(nowMs);
        streams.localAddress(source.flow, local);
        if (h == null || !local.isSet()) {
            refused++;
            respond(source, MsrpStatus.NOT_ALLOWED);
            finish(source, nowMs);
            return;
        }
        long sec = asked >= 0 ? asked : settings.defaultExpiresSec;
        h.connection = source;
        if (relayed) {
            head.fromPath(fromPath);
            fromPath.first(uri);
            h.relay.set(source.speaksFor(uri.host()) ? uri.host() : NO_BODY);
        }
        h.expiresMs = nowMs + 1000 * sec;
        h.user.set(digest.authenticated());
        h.token.take(h.token.sink(sink).putHex(random.nextLong(), 16).putHex(random.nextLong(), Handle.TOKEN_DIGITS - 16));
        source.isGood();
        authorized++;
        respond(source, MsrpStatus.OK);
        ByteSink out = writer.name(MsrpHeader.USE_PATH).sink();
        head.fromPath(fromPath);
        for (int i = fromPath.count() - 2; i >= 0; i--) {       // those between us and the client, his nearest first
            out.put(fromPath.text(i, slice)).put(' ');
        }
        out.put(source.flow.transport() == Flow.TLS ? "msrps://" : "msrp://").put(host).put(':').putDecimal(local.port()).put('/').put(h.token).put(";tcp");
        writer.end();
        int at = writer.sink().position();
        if (digest.putInfo(writer.name(MsrpHeader.AUTHENTICATION_INFO).sink())) {
            writer.end();
        } else {
            writer.sink().truncate(at);
        }
        writer.decimal(MsrpHeader.EXPIRES, sec);
        finish(source, nowMs);
    }

    private Handle freeHandle(long nowMs) {
        for (int i = 0; i < handles.length; i++) {
            if (!handles[i].isGood(nowMs)) {
                handles[i].free();
                return handles[i];
            }
        }
        return null;
    }

    /** Begins the answer to a request that ends here: the whole way back. */
    private void respond(RelayConnection source, int status) {
        writer.wrap(scratch, 0, scratch.length).response(source.transactionId().slice(idSlice), status);
        writer.header(MsrpHeader.TO_PATH, source.replyTo()).header(MsrpHeader.FROM_PATH, source.addressed());
    }

    private void finish(RelayConnection source, long nowMs) {
        writer.endLine(source.transactionId().slice(idSlice), '$');
        if (!writer.overflowed()) {
            source.put(scratch, 0, writer.length(), nowMs);
        }
    }

    // ---------------------------------------------------------------- responses

    /** Section 6.4.3. */
    void onResponse(RelayConnection by, MsrpHead head, long nowMs) {
        long number = number(head.transactionId());
        for (int i = 0; i < forwarded.length; i++) {
            Forwarded f = forwarded[i];
            if (f.to == by && f.id == number) {
                by.isGood();
                if (!f.originalId.isEmpty()) {
                    passBack(f, head, nowMs);
                } else if (head.status() / 100 != 2) {
                    report(f, head.status(), nowMs);
                }
                f.free();
                proceedAll(nowMs);
                return;
            }
        }
        strays++;
    }

    private static long number(Slice text) {
        long n = 0;
        for (int i = 0; i < text.length(); i++) {
            n = n << 4 | Math.max(0, Hex.value(text.byteAt(i)));
        }
        return n;
    }

    /** A response to something else than a SEND goes the whole way back, by its own path. */
    private void passBack(Forwarded f, MsrpHead head, long nowMs) {
        if (!isThere(f) || !head.toPath(path) || path.count() < 2 || !head.value(MsrpHeader.FROM_PATH, slice)) {
            return;
        }
        f.originalId.slice(idSlice);
        writer.wrap(scratch, 0, scratch.length);
        writer.sink().put("MSRP ").put(idSlice).put(' ').putPadded(head.status(), 3);
        if (!head.comment().isEmpty()) {
            writer.sink().put(' ').put(head.comment());
        }
        writer.end().header(MsrpHeader.TO_PATH, path.from(1, slice2));
        writer.name(MsrpHeader.FROM_PATH).sink().put(path.text(0, slice2)).put(' ').put(slice);
        writer.end();
        for (int i = 0; i < head.fields(); i++) {
            if (head.code(i) != MsrpHeader.TO_PATH && head.code(i) != MsrpHeader.FROM_PATH) {
                writer.sink().put(head.name(i, slice)).put(':').put(' ').put(head.fieldValue(i, slice)).put('\r').put('\n');
            }
        }
        writer.endLine(idSlice, '$');
        if (!writer.overflowed()) {
            f.from.put(scratch, 0, writer.length(), nowMs);
        }
    }

    private static boolean isThere(Forwarded f) {
        return f.from != null && f.from.open && f.from.generation == f.fromGeneration;
    }

    void onNoResponse(Forwarded f, long nowMs) {
        if (f.originalId.isEmpty() && f.reportsTimeout) {
            report(f, MsrpStatus.TIMEOUT, nowMs);
        }
        f.free();
        proceedAll(nowMs);
    }

    /** Tells who sent a message that it did not arrive. */
    private void report(Forwarded f, int status, long nowMs) {
        if (!isThere(f) || f.path.isEmpty()) {
            return;
        }
        reports++;
        id.take(id.sink(sink).putHex(random.nextLong(), ID_DIGITS));
        writer.wrap(scratch, 0, scratch.length).request(id.slice(idSlice), MsrpMethod.name(MsrpMethod.REPORT));
        writer.header(MsrpHeader.TO_PATH, f.path).header(MsrpHeader.FROM_PATH, f.ownUri).header(MsrpHeader.MESSAGE_ID, f.messageId);
        writer.range(f.start, f.end, f.total).name(MsrpHeader.STATUS).sink().put("000 ").putPadded(status, 3).put(' ').put(MsrpStatus.comment(status));
        writer.end().endLine(id.slice(idSlice), '$');
        if (!writer.overflowed()) {
            f.from.put(scratch, 0, writer.length(), nowMs);
        }
    }

    // ---------------------------------------------------------------- connections

    /** Whoever waited for room goes on. */
    void proceedAll(long nowMs) {
        for (int i = 0; i < connections.length; i++) {
            connections[i].proceed(nowMs);
        }
    }

    void drop(RelayConnection c, long nowMs) {
        if (c.open) {
            int handle = c.handle;
            lost(c, nowMs);
            streams.close(handle);
        }
    }

    /** What was on its way there has failed; the URIs given out to it are good no more (section 6.3). */
    private void lost(RelayConnection c, long nowMs) {
        c.end();
        for (int i = 0; i < connections.length; i++) {
            connections[i].abandon(c, nowMs);
        }
        for (int i = 0; i < handles.length; i++) {
            handles[i].onLost(c);
        }
        for (int i = 0; i < forwarded.length; i++) {
            if (forwarded[i].to == c) {
                if (forwarded[i].originalId.isEmpty()) {
                    report(forwarded[i], MsrpStatus.TIMEOUT, nowMs);
                }
                forwarded[i].free();
            } else if (forwarded[i].from == c) {
                forwarded[i].from = null;
            }
        }
        proceedAll(nowMs);
    }

    private RelayConnection of(int handle) {
        for (int i = 0; i < connections.length; i++) {
            if (connections[i].open && connections[i].handle == handle) {
                return connections[i];
            }
        }
        return null;
    }

    @Override
    public boolean onAccepted(int handle, Flow from, long nowMs) {
        RelayConnection free = freeConnection(nowMs);
        if (free != null) {
            free.begin(handle, from, true, nowMs);
        }
        return free != null;
    }

    @Override
    public void onConnected(int handle, long nowMs) {
        RelayConnection c = of(handle);
        if (c != null) {
            c.onConnected(nowMs);
        }
    }

    @Override
    public void onData(int handle, byte[] buffer, int offset, int length, long nowMs) {
        RelayConnection c = of(handle);
        if (c != null) {
            c.onData(buffer, offset, length, nowMs);
        }
    }

    @Override
    public void onWritable(int handle, long nowMs) {
        RelayConnection c = of(handle);
        if (c != null) {
            c.onWritable(nowMs);
        }
    }

    @Override
    public void onClosed(int handle, long nowMs) {
        RelayConnection c = of(handle);
        if (c != null) {
            lost(c, nowMs);
        }
    }

    /** Closes everything without a word. */
    public void shut() {
        for (int i = 0; i < connections.length; i++) {
            if (connections[i].open) {
                int handle = connections[i].handle;
                connections[i].end();
                streams.close(handle);
            }
        }
    }

    /** URIs given out in all. */
    public long authorized() {
        return authorized;
    }

    /** Requests, connections and AUTHs that were refused. */
    public long refused() {
        return refused;
    }

    /** Reports of failures of ours. */
    public long reports() {
        return reports;
    }

    /** Responses that nobody waited for. */
    public long strays() {
        return strays;
    }

    public int connectionsInUse() {
        int n = 0;
        for (int i = 0; i < connections.length; i++) {
            n += connections[i].open ? 1 : 0;
        }
        return n;
    }
}
