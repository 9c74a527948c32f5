package org.sidetone.msrp.relay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sidetone.JdkHash;
import org.sidetone.LoopPeer;
import org.sidetone.LoopStreams;
import org.sidetone.SeededRandom;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;
import org.sidetone.digest.Credentials;
import org.sidetone.digest.DigestFunction;
import org.sidetone.digest.DigestServer;
import org.sidetone.msrp.ByteRange;
import org.sidetone.msrp.Endpoint;
import org.sidetone.msrp.Incoming;
import org.sidetone.msrp.MsrpSession;
import org.sidetone.msrp.MsrpUri;
import org.sidetone.port.Capacity;
import org.sidetone.port.Domains;
import org.sidetone.port.Flow;
import org.sidetone.sip.locate.Locator;
import org.sidetone.time.TimerQueue;

/** Phones that speak through one relay and through two, and strangers who try to. */
class RelayTest {
    private static final int ALICE = 0xC0000201;
    private static final int BOB = 0xC0000202;
    private static final int RELAY = 0xC0000209;
    private static final int OTHER = 0xC000020A;
    private static final byte[] PLAIN = "text/plain".getBytes(StandardCharsets.US_ASCII);

    private final LoopStreams net = new LoopStreams(5, 16_384);
    private final TimerQueue timers = new TimerQueue();
    private final Capacity capacity = Capacity.desk();
    private final RelaySettings settings = new RelaySettings();

    /** The end of a session. */
    private static final class End implements MsrpSession.User {
        final List<String> told = new ArrayList<>();
        final ByteArrayOutputStream large = new ByteArrayOutputStream();
        MsrpSession session;

        @Override
        public void onRelays(MsrpSession s, int status, long nowMs) {
            told.add("relays " + status);
        }

        @Override
        public void onOpen(MsrpSession s, long nowMs) {
            told.add("open");
        }

        @Override
        public void onFailed(MsrpSession s, long nowMs) {
            told.add("failed");
        }

        @Override
        public int onIncoming(MsrpSession s, Incoming message, long nowMs) {
            if (message.total() > 10_000) {
                message.divertTo((position, b, offset, length) -> {
                    large.write(b, offset, length);
                    return true;
                });
            }
            return 0;
        }

        @Override
        public void onMessage(MsrpSession s, Incoming message, long nowMs) {
            told.add("message " + message.content(new Slice()));
        }

        @Override
        public void onGivenUp(MsrpSession s, Incoming message, long nowMs) {
            told.add("given up");
        }

        @Override
        public void onSent(MsrpSession s, long messageId, long id, int status, long nowMs) {
            told.add("sent " + id + " " + status);
        }

        @Override
        public void onReport(MsrpSession s, long messageId, int status, ByteRange range, long nowMs) {
            told.add("report " + status);
        }

        String take() {
            String all = String.join(", ", told.stream().sorted().toList());
            told.clear();
            return all;
        }
    }

    private Endpoint endpoint(LoopStreams.Host host) {
        Endpoint e = new Endpoint(host, timers, new SeededRandom(host.hashCode()), new DigestFunction(new JdkHash()), capacity);
        host.user = e;
        return e;
    }

    private Relay relay(LoopStreams.Host host, String name) {
        settings.host = name;
        settings.realm = name;
        Locator locator = new Locator(null, new SeededRandom(1), capacity, new Domains(4));
        locator.support(Flow.TLS, true);
        Relay r = new Relay(settings, host, timers, new SeededRandom(name.hashCode()), new DigestFunction(new JdkHash()), new DigestServer.Users() {
            @Override
            public boolean password(Slice username, FixedText password) {
                return password.set("secret-" + username);
            }

            @Override
            public boolean unhash(int algorithm, Slice userHash, FixedText username) {
                return false;
            }
        }, locator);
        host.user = r;
        return r;
    }

    private final LoopStreams.Host aliceHost = net.host(ALICE, 2855);
    private final LoopStreams.Host bobHost = net.host(BOB, 2855);
    private final LoopStreams.Host relayHost = net.host(RELAY, 2855);
    private final End alice = new End();
    private final End bob = new End();

    private static Slice text(String s) {
        return new Slice().wrap(s.getBytes(StandardCharsets.UTF_8));
    }

    private void authorize(Endpoint endpoint, End end, String user, String relays, int first) {
        authorize(endpoint, end, user, "secret-" + user, relays, first, 0);
    }

    private void authorize(Endpoint endpoint, End end, String user, String password, String relays, int first, long expires) {
        Flow flow = new Flow().setIpv4(Flow.TCP, first, 2855);
        end.session = endpoint.open(end);
        assertTrue(end.session.assign(flow));
        Credentials who = new Credentials();
        who.username.set(user);
        who.password.set(password);
        assertTrue(end.session.authorize(text(relays), flow, who, expires, net.nowMs));
        net.run();
    }

    private static Slice pathOf(MsrpSession s) {
        ByteSink sink = new ByteSink().wrap(new byte[600]);
        s.putPath(sink);
        return sink.slice(new Slice());
    }

    private void join() {
        assertTrue(bob.session.setRemotePath(pathOf(alice.session)));
        assertTrue(alice.session.setRemotePath(pathOf(bob.session)));
        bob.session.listen();
        MsrpUri next = new MsrpUri();
        alice.session.nextHop(next);
        Flow flow = new Flow();
        assertTrue(next.numeric(flow));
        assertTrue(alice.session.connect(flow, net.nowMs));
        net.run();
    }

    private void runTo(long ms) {
        while (timers.nextDeadlineMs() <= ms) {
            net.nowMs = Math.max(net.nowMs, timers.nextDeadlineMs());
            timers.poll(net.nowMs, 100);
            net.run();
        }
        net.nowMs = ms;
    }

    private Relay relay;

    private void twoThroughOneRelay() {
        settings.insecure = true;
        relay = relay(relayHost, "192.0.2.9");
        authorize(endpoint(aliceHost), alice, "alice", "msrp://192.0.2.9:2855;tcp", RELAY);
        authorize(endpoint(bobHost), bob, "bob", "msrp://192.0.2.9:2855;tcp", RELAY);
        assertEquals("relays 200", alice.take());
        assertEquals("relays 200", bob.take());
        join();
        assertEquals("open", alice.take());
        assertEquals("open", bob.take());
    }

    @Test
    @Shows({"4976-5.1-1", "4976-5.1-4", "4976-5.2-2", "4976-6.3-5", "4976-6.4.1-1", "4976-6.4.1-2", "4976-9.1-1", "4975-8.3-1",
        "4975-8.3-2"})
    void bothPhonesBehindTheSameRelay() {
        twoThroughOneRelay();
        assertTrue(pathOf(alice.session).toString().matches("msrp://192.0.2.9:2855/[0-9a-f]{24};tcp msrp://192.0.2.1:2855/[0-9a-f]{20};tcp"), pathOf(alice.session).toString());
        assertNotEquals(0, alice.session.send(PLAIN, text("hello"), true, 1, 0));
        assertNotEquals(0, bob.session.send(PLAIN, text("hi"), true, 2, 0));
        net.run();
        assertEquals("message hi, report 200, sent 1 200", alice.take());
        assertEquals("message hello, report 200, sent 2 200", bob.take());
        assertEquals(2, relay.connectionsInUse());
    }

    @Test
    void onlyOneOfTheTwoHasARelay() {
        settings.insecure = true;
        relay = relay(relayHost, "192.0.2.9");
        authorize(endpoint(aliceHost), alice, "alice", "msrp://192.0.2.9:2855;tcp", RELAY);
        Endpoint plain = endpoint(bobHost);
        bob.session = plain.open(bob);
        assertTrue(bob.session.assign(new Flow().setIpv4(Flow.TCP, RELAY, 0)));
        join();
        alice.session.send(PLAIN, text("out"), true, 1, 0);
        net.run();
        assertEquals("open, relays 200, report 200, sent 1 200", alice.take());
        assertEquals("message out, open", bob.take());
        bob.session.send(PLAIN, text("in"), false, 2, 0);
        net.run();
        assertEquals("message in", alice.take());
    }

    @Test
    @Shows({"4976-5.1-2", "4976-5.1-6", "4976-6.4.3-4"})
    void throughARelayOfEachSideAndAChainOfTwo() {
        settings.insecure = true;
        Relay first = relay(relayHost, "192.0.2.9");
        Relay second = relay(net.host(OTHER, 2855), "192.0.2.10");
        authorize(endpoint(aliceHost), alice, "alice", "msrp://192.0.2.9:2855;tcp msrp://192.0.2.10:2855;tcp", RELAY);
        assertEquals("relays 200", alice.take());
        assertEquals(1, first.authorized());
        assertEquals(1, second.authorized());
        assertTrue(pathOf(alice.session).toString().matches("msrp://192.0.2.10:2855/\\S+ msrp://192.0.2.9:2855/\\S+ msrp://192.0.2.1:2855/\\S+"), pathOf(alice.session).toString());
        authorize(endpoint(bobHost), bob, "bob", "msrp://192.0.2.10:2855;tcp", OTHER);
        join();
        alice.session.send(PLAIN, text("far"), true, 1, 0);
        bob.session.send(PLAIN, text("back"), true, 2, 0);
        net.run();
        assertEquals("message back, open, report 200, sent 1 200", alice.take());
        assertEquals("message far, open, relays 200, report 200, sent 2 200", bob.take());
    }

    @Test
    void tenMegabytesPassThroughAFixedBuffer() {
        twoThroughOneRelay();
        byte[] file = new byte[10_000_000];
        new Random(8).nextBytes(file);
        alice.session.send(PLAIN, text(""), (position, out, offset, length) -> {
            System.arraycopy(file, (int) position, out, offset, length);
            return length;
        }, file.length, true, 1, 0);
        bob.session.send(PLAIN, text("meanwhile"), false, 2, 0);
        net.run();
        assertArrayEquals(file, bob.large.toByteArray());
        assertEquals("message meanwhile, report 200, sent 1 200", alice.take());
    }

    @Test
    @Shows({"4976-6.4.1-8"})
    void severalSendersShareOneWayOut() {
        twoThroughOneRelay();
        Endpoint third = endpoint(net.host(0xC0000203, 2855));
        End carol = new End();
        authorize(third, carol, "carol", "msrp://192.0.2.9:2855;tcp", RELAY);
        End bob2 = new End();
        MsrpSession first = bob.session;
        authorize((Endpoint) bobHost.user, bob2, "bob", "msrp://192.0.2.9:2855;tcp", RELAY);
        assertTrue(bob2.session.setRemotePath(pathOf(carol.session)) && carol.session.setRemotePath(pathOf(bob2.session)));
        bob2.session.listen();
        carol.session.connect(new Flow().setIpv4(Flow.TCP, RELAY, 2855), 0);
        net.run();
        byte[] a = new byte[500_000];
        byte[] c = new byte[500_000];
        new Random(1).nextBytes(a);
        new Random(2).nextBytes(c);
        alice.session.send(PLAIN, text(""), (p, out, offset, length) -> copy(a, p, out, offset, length), a.length, false, 1, 0);
        carol.session.send(PLAIN, text(""), (p, out, offset, length) -> copy(c, p, out, offset, length), c.length, false, 1, 0);
        net.run();
        assertArrayEquals(a, bob.large.toByteArray());
        assertArrayEquals(c, bob2.large.toByteArray());
        assertTrue(first.isOpen());
    }

    private static int copy(byte[] from, long position, byte[] out, int offset, int length) {
        System.arraycopy(from, (int) position, out, offset, length);
        return length;
    }

    @Test
    void wrongSecretsAndTimesOutOfBoundsAreRefused() {
        settings.insecure = true;
        relay = relay(relayHost, "192.0.2.9");
        Endpoint e = endpoint(aliceHost);
        authorize(e, alice, "alice", "guess", "msrp://192.0.2.9:2855;tcp", RELAY, 0);
        assertEquals("relays 401", alice.take());
        alice.session.close(0);
        authorize(e, alice, "alice", "secret-alice", "msrp://192.0.2.9:2855;tcp", RELAY, 10);
        assertEquals("relays 200", alice.take(), "423 says the least, and that is asked for");
        alice.session.close(0);
        authorize(e, alice, "alice", "secret-alice", "msrp://192.0.2.9:2855;tcp", RELAY, 1_000_000);
        assertEquals("relays 200", alice.take());
        assertEquals(2, relay.authorized());
    }

    @Test
    @Shows("4976-6.3-4")
    void theUrisAreAskedForAgainBeforeTheyExpire() {
        settings.insecure = true;
        relay = relay(relayHost, "192.0.2.9");
        authorize(endpoint(aliceHost), alice, "alice", "secret-alice", "msrp://192.0.2.9:2855;tcp", RELAY, 100);
        String before = pathOf(alice.session).toString();
        alice.take();
        runTo(79_999);
        assertEquals("", alice.take());
        runTo(80_000);
        assertEquals("relays 200", alice.take());
        assertNotEquals(before, pathOf(alice.session).toString());
        runTo(100_001);
        LoopPeer stranger = new LoopPeer(net, net.host(0xC0000203, 2855)).connect(RELAY);
        stranger.write("MSRP abcd1 SEND\nTo-Path: " + before + "\nFrom-Path: msrp://192.0.2.3:2855/s;tcp\nMessage-ID: 12345\n-------abcd1$\n");
        assertEquals("481", LoopPeer.status(stranger.take()), "the old one is good no more");
    }

    @Test
    @Shows({"4976-5.1-4", "4976-9.1-2", "4976-9.1-3", "4976-9.1-4", "4976-9.1-7"})
    void theChallengeIsDigestWithQopAuthAlone() {
        settings.insecure = true;
        relay = relay(relayHost, "192.0.2.9");
        LoopPeer client = new LoopPeer(net, net.host(0xC0000203, 2855)).connect(RELAY);
        client.write("MSRP abcd1 AUTH\nTo-Path: msrp://alice@192.0.2.9:2855;tcp\nFrom-Path: msrp://192.0.2.3:2855/s;tcp\n-------abcd1$\n");
        String challenge = client.take();
        assertEquals("401", LoopPeer.status(challenge));
        List<String> lines = challenge.lines().filter(l -> l.startsWith("WWW-Authenticate")).toList();
        assertEquals(2, lines.size(), challenge);
        for (String line : lines) {
            assertTrue(line.matches("WWW-Authenticate: Digest realm=\"192.0.2.9\", nonce=\"[0-9a-f]+\", algorithm=(SHA-256|MD5), qop=\"auth\""), line);
        }
        assertEquals("MSRP abcd1 401 Unauthorized\nTo-Path: msrp://192.0.2.3:2855/s;tcp\nFrom-Path: msrp://alice@192.0.2.9:2855;tcp", challenge.lines().limit(3).collect(java.util.stream.Collectors.joining("\n")));
    }

    private static String md5(String text) {
        return new java.math.BigInteger(1, md5().digest(text.getBytes(StandardCharsets.UTF_8))).setBit(128).toString(16).substring(1);
    }

    private static java.security.MessageDigest md5() {
        try {
            return java.security.MessageDigest.getInstance("MD5");
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Shows({"4976-9.1-9", "4976-9.1-10", "4976-4.2-1"})
    void theRelayProvesThatItKnowsTheSecret() {
        settings.insecure = true;
        settings.algorithms = new int[] {org.sidetone.port.Hash.MD5};
        relay = relay(relayHost, "relay.example.test");
        LoopPeer client = new LoopPeer(net, net.host(0xC0000203, 2855)).connect(RELAY);
        String uri = "msrp://relay.example.test:2855;tcp";
        client.write("MSRP abcd1 AUTH\nTo-Path: " + uri + "\nFrom-Path: msrp://192.0.2.3:2855/s;tcp\n-------abcd1$\n");
        String nonce = client.take().replaceAll("(?s).*nonce=\"([0-9a-f]+)\".*", "$1");
        String a1 = md5("alice:relay.example.test:secret-alice");
        String middle = ":" + nonce + ":00000001:cn:auth:";
        client.write("MSRP abcd2 AUTH\nTo-Path: " + uri + "\nFrom-Path: msrp://192.0.2.3:2855/s;tcp\nAuthorization: Digest username=\"alice\", realm=\"relay.example.test\", nonce=\""
                + nonce + "\", uri=\"" + uri + "\", qop=auth, nc=00000001, cnonce=\"cn\", algorithm=MD5, response=\"" + md5(a1 + middle + md5("AUTH:" + uri)) + "\"\n-------abcd2$\n");
        String granted = client.take();
        assertEquals("200", LoopPeer.status(granted));
        assertTrue(granted.contains("\nAuthentication-Info: rspauth=\"" + md5(a1 + middle + md5(":" + uri)) + "\", cnonce=\"cn\", nc=00000001, qop=auth\n"), granted);
        assertTrue(granted.matches("(?s).*\nUse-Path: msrp://relay\\.example\\.test:2855/[0-9a-f]{24};tcp\n.*"), granted);
    }

    @Test
    @Shows("4976-6.4.3-2")
    void aResponseThatCannotBeReadOrIsNobodysGoesNowhere() {
        twoThroughOneRelay();
        LoopPeer stranger = new LoopPeer(net, net.host(0xC0000203, 2855)).connect(RELAY);
        String path = pathOf(bob.session).toString();
        stranger.write("MSRP abcd1 200 OK\nTo-Path: " + path + "\nFrom-Path: msrp://192.0.2.3:2855/s;tcp\n-------abcd1$\n");
        stranger.write("MSRP abcd2 200 OK\nTo-Path: " + path + "\n-------abcd2$\n");
        stranger.write("MSRP abcd3 200 OK\nTo-Path: nonsense\nFrom-Path: msrp://192.0.2.3:2855/s;tcp\n-------abcd3$\n");
        assertTrue(List.of("", "closed").contains(stranger.take()), "no answer to an answer");
        assertEquals("", alice.take() + bob.take());
        assertNotEquals(0, alice.session.send(PLAIN, text("still here"), false, 1, 0));
        net.run();
        assertEquals("message still here", bob.take());
    }

    @Test
    @Shows({"4976-8-3", "4976-9.2-6", "4976-9.4-1"})
    void withoutTlsThereIsNoAuth() {
        relay = relay(relayHost, "192.0.2.9");
        authorize(endpoint(aliceHost), alice, "alice", "msrp://192.0.2.9:2855;tcp", RELAY);
        assertEquals("relays 403", alice.take());
        assertEquals(0, relay.authorized());
    }

    // ------------------------------------------------------------ relays that know each other by certificates

    private final LoopStreams.Host otherHost = net.host(OTHER, 2855);

    /** A relay whose way to others goes over TLS. */
    private Relay secureRelay(LoopStreams.Host host, String name) {
        host.name = name;
        return relay(host, name);
    }

    private void authorizeOverTls(Endpoint endpoint, End end, String user, String relays, int first) {
        Flow flow = new Flow().setIpv4(Flow.TLS, first, 2855);
        end.session = endpoint.open(end);
        assertTrue(end.session.assign(flow));
        Credentials who = new Credentials();
        who.username.set(user);
        who.password.set("secret-" + user);
        assertTrue(end.session.authorize(text(relays), flow, who, 0, net.nowMs));
        net.run();
    }

    /** The URI that the far relay gave out is good on every connection between the two (section 6.3), also on one that is made later. */
    @Test
    @Shows({"4976-6.3-1", "4976-9.2-5"})
    void aUriForARelayIsGoodOnAllItsConnections() {
        Relay first = secureRelay(relayHost, "192.0.2.9");
        Relay second = secureRelay(otherHost, "192.0.2.10");
        authorizeOverTls(endpoint(aliceHost), alice, "alice", "msrps://192.0.2.9:2855;tcp msrps://192.0.2.10:2855;tcp", RELAY);
        assertEquals("relays 200", alice.take());
        assertEquals(1, first.authorized() + second.authorized() - 1);
        otherHost.breakAll();
        assertEquals(1, relayHost.connections(), "alice's alone");
        authorizeOverTls(endpoint(bobHost), bob, "bob", "msrps://192.0.2.10:2855;tcp", OTHER);
        assertEquals("relays 200", bob.take());
        assertTrue(bob.session.setRemotePath(pathOf(alice.session)) && alice.session.setRemotePath(pathOf(bob.session)));
        alice.session.listen();
        assertTrue(bob.session.connect(new Flow().setIpv4(Flow.TLS, OTHER, 2855), net.nowMs));
        net.run();
        bob.session.send(PLAIN, text("far"), true, 1, 0);
        net.run();
        assertEquals("message far, open", alice.take());
        assertEquals("open, report 200, sent 1 200", bob.take());
        alice.session.send(PLAIN, text("back"), true, 2, 0);
        net.run();
        assertEquals("message back", bob.take());
    }

    @Test
    @Shows("4976-9.2-5")
    void whoPassesAuthOnHasToBeTheRelayThatHeSaysHeIs() {
        Relay first = secureRelay(relayHost, "relay.example.test");
        relayHost.name = "somebody.example.test";
        Relay second = secureRelay(otherHost, "192.0.2.10");
        authorizeOverTls(endpoint(aliceHost), alice, "alice", "msrps://192.0.2.9:2855;tcp msrps://192.0.2.10:2855;tcp", RELAY);
        assertEquals("relays 403", alice.take());
        assertEquals(1, first.authorized());
        assertEquals(0, second.authorized());
        assertEquals(1, second.refused());
    }

    @Test
    @Shows("4976-9.2-5")
    void aRelayPassesNoAuthOnInTheOpen() {
        Relay first = secureRelay(relayHost, "192.0.2.9");
        Relay second = secureRelay(otherHost, "192.0.2.10");
        authorizeOverTls(endpoint(aliceHost), alice, "alice", "msrps://192.0.2.9:2855;tcp msrp://192.0.2.10:2855;tcp", RELAY);
        assertEquals("relays 403", alice.take());
        assertEquals(1, first.authorized());
        assertEquals(0, second.authorized() + otherHost.connections());
    }

    // ------------------------------------------------------------ by hand

    @Test
    @Shows({"4976-6.3-6", "4976-6.4-1", "4976-6.4.1-11"})
    void strangersGetNothingForwarded() {
        twoThroughOneRelay();
        String bobPath = pathOf(bob.session).toString();
        LoopPeer stranger = new LoopPeer(net, net.host(0xC0000203, 2855)).connect(RELAY);
        stranger.write("MSRP abcd1 SEND\nTo-Path: msrp://192.0.2.9:2855/000000000000000000000000;tcp msrp://192.0.2.2:2855/x;tcp\nFrom-Path: msrp://192.0.2.3:2855/s;tcp\n"
                + "Message-ID: 12345\n-------abcd1$\n");
        assertEquals("481", LoopPeer.status(stranger.take()), "a URI that nobody was given");
        stranger.write("MSRP abcd2 SEND\nTo-Path: msrp://192.0.2.9:2855;tcp msrp://192.0.2.2:2855/x;tcp\nFrom-Path: msrp://192.0.2.3:2855/s;tcp\nMessage-ID: 12345\n-------abcd2$\n");
        assertEquals("403", LoopPeer.status(stranger.take()), "the relay's own name is no way to others");
        stranger.write("MSRP abcd3 SEND\nTo-Path: " + bobPath + "\nFrom-Path: msrp://192.0.2.3:2855/s;tcp\nMessage-ID: 12345\nContent-Type: text/plain\n\nto bob\n-------abcd3$\n");
        assertEquals("200", LoopPeer.status(stranger.take()), "whoever has bob's path may write to him");
        assertEquals("message to bob", bob.take());
        String aliceUri = pathOf(alice.session).toString().split(" ")[0];
        stranger.write("MSRP abcd4 SEND\nTo-Path: " + aliceUri + " msrp://192.0.2.66:1/victim;tcp\nFrom-Path: msrp://192.0.2.3:2855/s;tcp\nMessage-ID: 12345\n-------abcd4$\n");
        assertEquals("200", LoopPeer.status(stranger.take()));
        assertEquals("", alice.take(), "by alice's URI the way leads to alice alone, who does not know the rest");
        stranger.write("MSRP abcd5 SEND\nTo-Path: msrp://192.0.2.66:1/x;tcp\nFrom-Path: msrp://192.0.2.3:2855/s;tcp\nMessage-ID: 12345\n-------abcd5$\n");
        assertTrue(stranger.take().endsWith("closed"), "not addressed to the relay");
    }

    @Test
    @Shows({"4976-6.4.1-3", "4976-6.4.1-4", "4976-6.4.1-5", "4976-6.4.3-3"})
    void failuresFurtherOnAreReported() {
        settings.insecure = true;
        relay = relay(relayHost, "192.0.2.9");
        authorize(endpoint(aliceHost), alice, "alice", "msrp://192.0.2.9:2855;tcp", RELAY);
        LoopPeer far = new LoopPeer(net, bobHost);
        assertTrue(alice.session.setRemotePath(text("msrp://192.0.2.2:2855/far;tcp")));
        assertTrue(alice.session.connect(new Flow().setIpv4(Flow.TCP, RELAY, 2855), 0));
        net.run();
        alice.session.send(PLAIN, text("refused"), false, 1, 0);
        net.run();
        assertEquals("open, relays 200, sent 1 200", alice.take(), "the relay has it");
        String at = far.take();
        String id = at.substring(at.lastIndexOf("MSRP ") + 5).split(" ")[0];
        assertTrue(at.contains("To-Path: msrp://192.0.2.2:2855/far;tcp\nFrom-Path: msrp://192.0.2.9:2855/"), at);
        far.write("MSRP " + id + " 413 No\nTo-Path: msrp://192.0.2.9:2855/x;tcp\nFrom-Path: msrp://192.0.2.2:2855/far;tcp\n-------" + id + "$\n");
        assertEquals("report 413", alice.take());
        alice.session.send(PLAIN, text("silence"), false, 2, 0);
        net.run();
        assertEquals("sent 2 200", alice.take());
        runTo(29_999);
        assertEquals("", alice.take());
        runTo(30_000);
        assertEquals("failed, report 408", alice.take(), "octets did not arrive: the session is of no use any more");
    }

    @Test
    void whoConnectsAndSaysNothingIsSentAway() {
        relay = relay(relayHost, "192.0.2.9");
        LoopPeer stranger = new LoopPeer(net, net.host(0xC0000203, 2855)).connect(RELAY);
        runTo(29_999);
        assertEquals("", stranger.take());
        runTo(30_000);
        assertEquals("closed", stranger.take());
        LoopPeer noisy = new LoopPeer(net, net.host(0xC0000204, 2855)).connect(RELAY);
        for (int i = 0; i < 5; i++) {
            noisy.write("MSRP abcd" + i + " AUTH\nTo-Path: msrp://192.0.2.9:2855/x" + i + ";tcp msrp://192.0.2.7:1;tcp\nFrom-Path: msrp://192.0.2.4:2855/s;tcp\n-------abcd" + i + "$\n");
        }
        assertTrue(noisy.take().endsWith("closed"), "five failures are enough");
        LoopPeer http = new LoopPeer(net, net.host(0xC0000205, 2855)).connect(RELAY);
        http.write("GET / HTTP/1.1\n\n");
        assertEquals("closed", http.take());
    }

    @Test
    @Shows({"4976-6.3-2", "4976-6.3-3"})
    void aUriDiesWithItsConnection() {
        twoThroughOneRelay();
        String bobPath = pathOf(bob.session).toString();
        bobHost.breakAll();
        net.run();
        LoopPeer stranger = new LoopPeer(net, net.host(0xC0000203, 2855)).connect(RELAY);
        stranger.write("MSRP abcd3 SEND\nTo-Path: " + bobPath + "\nFrom-Path: msrp://192.0.2.3:2855/s;tcp\nMessage-ID: 12345\n-------abcd3$\n");
        assertEquals("481", LoopPeer.status(stranger.take()));
        alice.session.send(PLAIN, text("anybody?"), false, 1, 0);
        net.run();
        assertEquals("failed", alice.take().replaceAll(", .*|sent 1 \\d+, ", "").trim());
    }
}
