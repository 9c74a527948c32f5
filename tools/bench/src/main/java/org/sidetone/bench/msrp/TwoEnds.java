package org.sidetone.bench.msrp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.digest.Credentials;
import org.sidetone.digest.DigestFunction;
import org.sidetone.digest.DigestServer;
import org.sidetone.hal.HostAddress;
import org.sidetone.hal.bind.DigestsHash;
import org.sidetone.hal.bind.NetworkStreams;
import org.sidetone.hal.crypto.BouncyDigests;
import org.sidetone.hal.host.NioNetwork;
import org.sidetone.hal.host.SystemClock;
import org.sidetone.msrp.ByteRange;
import org.sidetone.msrp.Endpoint;
import org.sidetone.msrp.Incoming;
import org.sidetone.msrp.MsrpSession;
import org.sidetone.msrp.relay.Relay;
import org.sidetone.msrp.relay.RelaySettings;
import org.sidetone.port.Capacity;
import org.sidetone.port.Domains;
import org.sidetone.port.Flow;
import org.sidetone.port.Random;
import org.sidetone.port.StreamsUser;
import org.sidetone.sip.locate.Locator;
import org.sidetone.time.TimerQueue;

/** Two ends, connected to each other or authorized at one relay, on one network and one thread. */
final class TwoEnds implements MsrpMain.Way, MsrpSession.User {
    private static final int LOOPBACK = 0x7F000001;
    private static final int TIMERS_PER_TURN = 64;
    private static final byte[] TYPE = "application/octet-stream".getBytes(StandardCharsets.US_ASCII);

    private final SystemClock clock = new SystemClock();
    private final NioNetwork network = new NioNetwork();
    private final TimerQueue timers = new TimerQueue();
    private final Capacity capacity = Capacity.desk();
    private final DigestFunction digests = new DigestFunction(new DigestsHash(new BouncyDigests()));
    private final Random random = new SplittableRandom(1)::nextLong;
    private final byte[] content = new byte[65_536];
    private final MsrpSession from;
    private final MsrpSession to;
    private long arrived;
    private boolean sent;
    private int authorized;
    private String trouble;

    TwoEnds(int chunkBytes, boolean relayed) throws IOException {
        capacity.msrpChunkBytes = chunkBytes;
        Arrays.fill(content, (byte) 'x');
        if (!relayed) {
            Flow there = new Flow();
            from = end(new Flow().setIpv4(Flow.TCP, LOOPBACK, 0));
            to = end(there.setIpv4(Flow.TCP, LOOPBACK, 0));
            from.setRemotePath(path(to));
            to.setRemotePath(path(from));
            to.listen();
            from.connect(there, clock.monotonicMs());
            turnUntil(() -> from.isOpen() && to.isOpen());
            return;
        }
        int relayPort = startRelay();
        Flow relay = new Flow().setIpv4(Flow.TCP, LOOPBACK, relayPort);
        Slice chain = new Slice().wrap(("msrp://127.0.0.1:" + relayPort + ";tcp").getBytes(StandardCharsets.US_ASCII));
        from = end(chain, relay);
        to = end(chain, relay);
        turnUntil(() -> authorized == 2);
        from.setRemotePath(path(to));
        to.setRemotePath(path(from));
        to.listen();
        from.connectThroughRelays(clock.monotonicMs());
        turnUntil(from::isOpen);
    }

    private int startRelay() {
        NetworkStreams streams = new NetworkStreams(network, clock, new Domains(1));
        RelaySettings settings = new RelaySettings();
        settings.host = "127.0.0.1";
        settings.realm = "bench";
        settings.insecure = true;
        streams.setUser(new Relay(settings, streams, timers, random, digests, new OneUser(), new Locator(null, random, capacity, new Domains(1))));
        return streams.open(new HostAddress().setIpv4(LOOPBACK, 0));
    }

    /** @param at receives the port */
    private MsrpSession end(Flow at) {
        NetworkStreams streams = new NetworkStreams(network, clock, new Domains(1));
        Endpoint endpoint = new Endpoint(streams, timers, random, digests, capacity);
        StreamsUser user = endpoint;
        streams.setUser(user);
        at.setIpv4(Flow.TCP, LOOPBACK, streams.open(new HostAddress().setIpv4(LOOPBACK, 0)));
        MsrpSession session = endpoint.open(this);
        if (!session.assign(at)) {
            throw new IllegalStateException("no address");
        }
        return session;
    }

    private MsrpSession end(Slice chain, Flow relay) {
        MsrpSession session = end(new Flow());
        Credentials who = new Credentials();
        who.username.set("alice");
        who.password.set("secret");
        if (!session.assign(relay) || !session.authorize(chain, relay, who, 0, clock.monotonicMs())) {
            throw new IllegalStateException("no connection to the relay");
        }
        return session;
    }

    private static Slice path(MsrpSession session) {
        ByteSink sink = new ByteSink().wrap(new byte[600]);
        session.putPath(sink);
        return sink.slice(new Slice());
    }

    private interface Condition {
        boolean holds();
    }

    private void turnUntil(Condition condition) {
        while (!condition.holds()) {
            if (trouble != null) {
                throw new IllegalStateException(trouble);
            }
            network.poll(1);
            timers.poll(clock.monotonicMs(), TIMERS_PER_TURN);
        }
    }

    @Override
    public void move(long bytes) {
        arrived = 0;
        sent = false;
        if (from.send(TYPE, new Slice(), this::read, bytes, false, 1, clock.monotonicMs()) == 0) {
            throw new IllegalStateException("nothing can be sent");
        }
        turnUntil(() -> sent && arrived == bytes);
    }

    private int read(long position, byte[] out, int offset, int length) {
        int n = Math.min(length, content.length);
        System.arraycopy(content, 0, out, offset, n);
        return n;
    }

    private boolean take(long position, byte[] b, int offset, int length) {
        arrived += length;
        return true;
    }

    @Override
    public void onRelays(MsrpSession session, int status, long nowMs) {
        if (status == 200) {
            authorized++;
        } else {
            trouble = "the relay says " + status;
        }
    }

    @Override
    public void onOpen(MsrpSession session, long nowMs) {
        // isOpen says so
    }

    @Override
    public void onFailed(MsrpSession session, long nowMs) {
        trouble = "the session broke";
    }

    @Override
    public int onIncoming(MsrpSession session, Incoming message, long nowMs) {
        message.divertTo(this::take);
        return 0;
    }

    @Override
    public void onMessage(MsrpSession session, Incoming message, long nowMs) {
        // counted as it came
    }

    @Override
    public void onGivenUp(MsrpSession session, Incoming message, long nowMs) {
        trouble = "the message was given up";
    }

    @Override
    public void onSent(MsrpSession session, long messageId, long id, int status, long nowMs) {
        sent = status == 200;
        trouble = sent ? null : "the relay answered " + status;
    }

    @Override
    public void onReport(MsrpSession session, long messageId, int status, ByteRange range, long nowMs) {
        trouble = "report " + status;
    }

    /** Whom the relay knows. */
    private static final class OneUser implements DigestServer.Users {
        @Override
        public boolean password(Slice username, FixedText password) {
            return password.set("secret");
        }

        @Override
        public boolean unhash(int algorithm, Slice userHash, FixedText username) {
            return false;
        }
    }
}
