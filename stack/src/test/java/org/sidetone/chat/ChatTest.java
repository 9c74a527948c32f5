package org.sidetone.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.sidetone.JdkHash;
import org.sidetone.LoopStreams;
import org.sidetone.SeededRandom;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;
import org.sidetone.digest.DigestFunction;
import org.sidetone.digest.DigestServer;
import org.sidetone.msrp.Endpoint;
import org.sidetone.msrp.relay.Relay;
import org.sidetone.msrp.relay.RelaySettings;
import org.sidetone.port.Capacity;
import org.sidetone.port.Domains;
import org.sidetone.port.Flow;
import org.sidetone.port.StreamsUser;
import org.sidetone.port.Wire;
import org.sidetone.sip.locate.Locator;
import org.sidetone.sip.transaction.TransactionLayer;
import org.sidetone.sip.transport.SipTransport;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.UserAgent;
import org.sidetone.time.TimerQueue;

/** Two phones without a server that chat: INVITE, descriptions and MSRP together, on a virtual clock. */
class ChatTest extends TwoPhones {
    private void open() {
        alice.chat = alice.chats.open(alice.account, text("sip:bob@192.0.2.2"), net.nowMs);
        assertNotNull(alice.chat);
        run();
        assertEquals("ringing, open", alice.take());
        assertEquals("offered by sip:alice@example.test, open", bob.take());
    }

    @Test
    @Shows({"4975-8.1-1", "4975-8.1-2", "4975-8.1-3", "4975-8.1-4", "4975-8.1-5", "4975-8.2-1", "4975-8.2-2", "4975-8.2-3",
        "4975-8.6-1", "4975-8.6-3", "4975-8.6-4", "4975-3-2", "6135-4.2.1-1", "6135-4.2.2-1", "6135-4.2.2-2", "6135-4.4-1",
        "4975-6.2-1", "6135-4.2.1-3", "6135-4.2.2-4"})
    void twoPhonesChatBothWaysAndHangUp() {
        open();
        String sdp = offer().substring(offer().indexOf("\r\n\r\n") + 4);
        assertTrue(sdp.matches("(?s)v=0\r\no=- \\d+ 0 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=message 2855 TCP/MSRP \\*\r\n"
                + "a=accept-types:message/cpim text/plain [^\r]*\r\na=max-size:2048\r\na=chatroom:nickname private-messages\r\na=setup:actpass\r\na=path:msrp://192.0.2.1:2855/[0-9a-f]{20};tcp\r\na=msrp-cema\r\n"), sdp);
        assertTrue(answer().contains("a=setup:passive\r\n"));
        assertNotEquals(0, alice.chat.send(text("Hi Bob"), 0));
        assertNotEquals(0, bob.chat.send(text("Hi Alice \u263A"), 0));
        run();
        assertEquals(List.of("delivered", "sent 200", "text Hi Alice \u263A"), alice.told.stream().sorted().toList());
        assertEquals(List.of("delivered", "sent 200", "text Hi Bob"), bob.told.stream().sorted().toList());
        alice.take();
        bob.take();
        alice.chat.end(0);
        run();
        assertEquals("ended 200", bob.take());
        assertEquals("", alice.take());
        runTo(40_000);
        assertEquals(0, alice.chats.inUse() + bob.chats.inUse() + alice.chats.sessions().inUse() + bob.chats.sessions().inUse());
        assertEquals(0, alice.host.connections() + bob.host.connections());
    }

    /** @param password of alice at it */
    private Relay relay(int address, String name, String password) {
        LoopStreams.Host host = net.host(address, 2855);
        RelaySettings settings = new RelaySettings();
        settings.host = name;
        settings.realm = name;
        settings.insecure = true;
        Relay relay = new Relay(settings, host, timers, new SeededRandom(address), new DigestFunction(new JdkHash()), new DigestServer.Users() {
            @Override
            public boolean password(Slice username, FixedText out) {
                return out.set(password);
            }

            @Override
            public boolean unhash(int algorithm, Slice userHash, FixedText username) {
                return false;
            }
        }, new Locator(null, new SeededRandom(1), Capacity.desk(), new Domains(4)));
        host.user = relay;
        alice.account.credentials.username.set("alice");
        alice.account.credentials.password.set("secret");
        return relay;
    }

    private void talk(String pathOfAlice) {
        open();
        assertTrue(offer().matches("(?s).*\r\na=path:" + pathOfAlice + "\r\n.*"), offer());
        alice.chat.send(text("out"), 0);
        bob.chat.send(text("in"), 0);
        run();
        assertEquals(List.of("delivered", "sent 200", "text in"), alice.told.stream().sorted().toList());
        assertEquals(List.of("delivered", "sent 200", "text out"), bob.told.stream().sorted().toList());
    }

    @Test
    @Shows("6135-4.5-1")
    void throughARelayWhoeverConnectsOtherwise() {
        Relay relay = relay(RELAY, "192.0.2.9", "secret");
        assertTrue(alice.chats.setRelays(alice.account, text("msrp://192.0.2.9:2855;tcp")));
        rewrite = m -> m.replace("a=setup:actpass", "a=setup:passive");
        talk("msrp://192.0.2.9:2855/[0-9a-f]+;tcp msrp://192.0.2.1:2855/[0-9a-f]+;tcp");
        assertEquals(2, relay.connectionsInUse(), "one from each, and none between the phones");
        assertEquals(1, alice.host.connections());
    }

    @Test
    void theNextWayIsTakenWhereARelayCannotBeHad() {
        relay(RELAY, "192.0.2.9", "secret");
        relay(OTHER, "192.0.2.10", "another secret");
        // one that is not there, one that knows another password, one that serves
        assertTrue(alice.chats.setRelays(alice.account, text("msrp://192.0.2.8:2855;tcp, msrp://192.0.2.10:2855;tcp,msrp://192.0.2.9:2855;tcp")));
        talk("msrp://192.0.2.9:2855/[0-9a-f]+;tcp msrp://192.0.2.1:2855/[0-9a-f]+;tcp");
    }

    @Test
    void withNoRelayToBeHadThePhonesSpeakDirectly() {
        assertTrue(alice.chats.setRelays(alice.account, text("msrp://192.0.2.8:2855;tcp, msrp://192.0.2.7:2855;tcp msrp://192.0.2.6:2855;tcp")));
        talk("msrp://192.0.2.1:2855/[0-9a-f]+;tcp");
    }

    @Test
    void waysThatAreNoPathsAreRefused() {
        for (String bad : new String[] {"relay.example.test", "msrp://192.0.2.9:2855;tcp,", "msrp://192.0.2.9:2855;tcp, ,msrp://192.0.2.9:2855;tcp", "msrp://192.0.2.9:2855;tcp, http://x"}) {
            assertFalse(alice.chats.setRelays(alice.account, text(bad)), bad);
        }
        assertTrue(alice.chats.setRelays(alice.account, text("")));
        talk("msrp://192.0.2.1:2855/[0-9a-f]+;tcp");
    }

    @Test
    void refusedAndGivenUpChatsAreTold() {
        bob.takes = false;
        alice.chat = alice.chats.open(alice.account, text("sip:bob@192.0.2.2"), 0);
        run();
        bob.take();
        bob.chat.refuse(603, 0);
        run();
        assertEquals("ringing, ended 603", alice.take());
        alice.chat = alice.chats.open(alice.account, text("sip:bob@192.0.2.2"), 0);
        run();
        bob.take();
        alice.chat.end(0);
        run();
        assertEquals("ended 487", bob.take());
        runTo(40_000);
        assertEquals(0, alice.chats.inUse() + bob.chats.inUse() + bob.chats.sessions().inUse());
    }

    @Test
    @Shows("3994-3.3-1")
    void theOtherSideSeesWhoWrites() {
        open();
        bob.chat.onKey(net.nowMs);
        run();
        assertEquals("writes", alice.take());
        for (int i = 0; i < 10; i++) {
            runTo(net.nowMs + 14_000);
            bob.chat.onKey(net.nowMs);
            run();
        }
        assertEquals("", alice.take(), "said again in time, and still the same");
        runTo(net.nowMs + 14_999);
        assertEquals("", alice.take());
        runTo(net.nowMs + 2);
        assertEquals("pauses", alice.take());
        bob.chat.onKey(net.nowMs);
        run();
        bob.chat.send(text("done"), net.nowMs);
        run();
        assertEquals("writes, pauses, text done", alice.take());
        runTo(net.nowMs + 20_000);
        assertEquals("", alice.take(), "nothing more is said after the text");
        bob.take();
    }

    @Test
    @Shows({"4975-8.6-9", "4975-8.6-10", "4975-13-10"})
    void whatTheOtherSideTakesDecidesHowTextsGo() {
        rewrite = m -> withSdp(m, s -> s.replaceAll("accept-types:[^\r]*", "accept-types:message/cpim\r\na=accept-wrapped-types:text/plain").replace("max-size:2048", "max-size:300"));
        open();
        List<String> wire = new ArrayList<>();
        assertNotEquals(0, bob.chat.send(text("wrapped"), 0));
        run();
        assertEquals("text wrapped", alice.take());
        assertEquals(0, bob.chat.send(text("x".repeat(300)), 0), "larger than they want");
        bob.chat.onKey(0);
        run();
        assertEquals("", alice.take(), "no signs for who takes none");
        assertTrue(wire.isEmpty());
    }

    /** What Alice's phone gets, beside her. */
    private StringBuilder listenToAlice() {
        StringBuilder heard = new StringBuilder();
        StreamsUser her = alice.host.user;
        alice.host.user = new StreamsUser() {
            @Override
            public boolean onAccepted(int connection, Flow from, long nowMs) {
                return her.onAccepted(connection, from, nowMs);
            }

            @Override
            public void onConnected(int connection, long nowMs) {
                her.onConnected(connection, nowMs);
            }

            @Override
            public void onData(int connection, byte[] buffer, int offset, int length, long nowMs) {
                heard.append(new String(buffer, offset, length, StandardCharsets.UTF_8));
                her.onData(connection, buffer, offset, length, nowMs);
            }

            @Override
            public void onWritable(int connection, long nowMs) {
                her.onWritable(connection, nowMs);
            }

            @Override
            public void onClosed(int connection, long nowMs) {
                her.onClosed(connection, nowMs);
            }
        };
        return heard;
    }

    /** RFC 4975 section 13: what is cut is the envelope with what is in it. */
    @Test
    @Shows("4975-13-6")
    void aTextIsWrappedBeforeItIsCut() {
        desks(60_000);
        StringBuilder heard = listenToAlice();
        rewrite = m -> withSdp(m, s -> s.replaceAll("accept-types:[^\r]*", "accept-types:message/cpim\r\na=accept-wrapped-types:text/plain"));
        open();
        Chat first = bob.chat;
        open();
        String words = "words ".repeat(5000).trim();
        assertNotEquals(0, first.send(text(words), 0));
        assertNotEquals(0, bob.chat.send(text("and " + words), 0), "in another chat on the same connection, that the first makes room for");
        run();
        assertEquals(List.of("text and " + words, "text " + words), alice.told.stream().sorted().toList());
        List<String> chunks = Arrays.stream(heard.toString().split("(?=MSRP \\S+ SEND\r\n)")).filter(c -> c.contains("Content-Type: message/cpim")).toList();
        assertTrue(chunks.size() > 2, heard.toString());
        for (String chunk : chunks) {
            assertEquals(chunk.contains("Byte-Range: 1-"), chunk.contains("\r\n\r\nFrom: <sip:bob@example.test>"), chunk);
        }
    }

    @Test
    @Shows("4975-6-3")
    void anOfferWithoutTextIsAMissedCall() {
        for (UnaryOperator<String> other : Arrays.<UnaryOperator<String>>asList(s -> s.replace("m=message 2855 TCP/MSRP *", "m=audio 4000 RTP/AVP 0"),
                s -> s.replaceAll("accept-types:[^\r]*", "accept-types:image/png"), s -> s.replaceAll("a=path:[^\r]*\r\n", ""),
                s -> s.replaceAll("a=path:msrp:", "a=path:msrps:"))) {
            rewrite = m -> withSdp(m, other);
            alice.chat = alice.chats.open(alice.account, text("sip:bob@192.0.2.2"), net.nowMs);
            run();
            assertEquals("ended 488", alice.take());
            assertEquals("missed sip:alice@example.test", bob.take());
            assertEquals(0, bob.chats.inUse());
        }
    }

    @Test
    void aTextMediumBesideAudioIsTakenAndTheAudioRefused() {
        rewrite = m -> withSdp(m, s -> s.replace("m=message", "m=audio 4000 RTP/AVP 0 8\r\nm=message"));
        open();
        assertTrue(answer().contains("m=audio 0 RTP/AVP 0 8\r\nm=message 2855"), answer());
    }

    @Test
    @Shows({"6135-4.2.1-2", "6135-4.2.1-4", "6135-4.4-2"})
    void whoConnectsIsNegotiated() {
        rewrite = m -> withSdp(m, s -> s.replace("a=setup:actpass", "a=setup:passive\r\na=connection:existing"));
        alice.chat = alice.chats.open(alice.account, text("sip:bob@192.0.2.2"), 0);
        run();
        assertTrue(answer().contains("a=setup:active\r\n"));
        assertEquals("offered by sip:alice@example.test, open", bob.take());
        assertEquals("ringing, open", alice.take());
        bob.chat.send(text("I called back"), 0);
        run();
        assertEquals("text I called back", alice.take());
        carried.clear();
        rewrite = m -> withSdp(m, s -> s.replace("a=setup:actpass", "a=setup:holdconn"));
        alice.chat.end(0);
        run();
        bob.take();
        open();
        assertTrue(answer().contains("a=setup:passive\r\n"), "holdconn counts as nothing: the offerer connects");
    }

    @Test
    @Shows({"4975-5.4-17", "4975-5.4-24", "4975-7.3.2-5", "4975-8.2-4", "4975-8.4-1", "4975-8.4-2"})
    void aLostConnectionIsMadeAgainWithANewUri() {
        open();
        String first = offer();
        runTo(60_000);
        carried.clear();
        alice.host.breakAll();
        run();
        runTo(62_000);
        assertEquals("open", alice.take());
        assertEquals("open", bob.take());
        String again = offer();
        assertTrue(again.contains(";tag="), "within the dialog");
        assertTrue(again.contains(" 1 IN IP4"), "the version of the description grew");
        assertNotEquals(first.split("a=path:")[1], again.split("a=path:")[1]);
        alice.chat.send(text("back again"), net.nowMs);
        run();
        assertEquals("text back again", bob.take());
        alice.take();
        alice.host.breakAll();
        run();
        runTo(65_000);
        assertEquals("ended 503", alice.take(), "twice in a row is enough");
        assertEquals("ended 503", bob.take());
    }

    private static String origin(String message) {
        return message.split("\r\no=")[1].split("\r\n")[0];
    }

    @Test
    @Shows("4975-8.4-3")
    void aRefreshSaysWhatWasSaidBefore() {
        rewrite = m -> m.replace(", UPDATE", "").replace("Session-Expires: 1800\r\n", "Session-Expires: 1800;refresher=uas\r\n");
        open();
        String answered = origin(answer());
        carried.clear();
        runTo(1_000_000);
        String refresh = carried.stream().filter(m -> m.startsWith("INVITE ")).findFirst().orElseThrow();
        assertEquals(answered, origin(refresh), "nothing changed");
        assertTrue(refresh.contains("a=path:"), refresh);
        alice.take();
        alice.chat.send(text("still there"), net.nowMs);
        run();
        assertEquals("text still there", bob.take().replace("open, ", ""));
    }

    @Test
    void aConnectionThatCannotBeMadeEndsTheChat() {
        rewrite = m -> withSdp(m, s -> s.replace("a=setup:actpass", "a=setup:passive").replace("msrp://192.0.2.1:2855", "msrp://192.0.2.1:9").replace("m=message 2855", "m=message 9"));
        alice.chat = alice.chats.open(alice.account, text("sip:bob@192.0.2.2"), 0);
        run();
        assertEquals("offered by sip:alice@example.test, ended 503", bob.take());
        assertEquals("ringing, ended 200", alice.take());
        runTo(40_000);
        assertEquals(0, alice.chats.inUse() + bob.chats.inUse() + bob.chats.sessions().inUse());
    }

    @Test
    void whoNeverComesIsNotWaitedForForEver() {
        rewrite = m -> withSdp(m, s -> s.replace("a=setup:actpass", "a=setup:active"));
        alice.chat = alice.chats.open(alice.account, text("sip:bob@192.0.2.2"), 0);
        alice.host.user = null;
        for (int i = 0; i < 20 && !datagrams.isEmpty(); i++) {
            datagrams.poll().run();
        }
        alice.take();
        bob.take();
        runToWithoutStreams(40_000);
        assertEquals("ended 503", bob.take());
    }

    private void runToWithoutStreams(long ms) {
        while (timers.nextDeadlineMs() <= ms) {
            net.nowMs = Math.max(net.nowMs, timers.nextDeadlineMs());
            timers.poll(net.nowMs, 100);
            while (!datagrams.isEmpty()) {
                datagrams.poll().run();
            }
        }
    }

    /** A middlebox that carries octets between whoever connects to it and another host, and reads none of them (RFC 6714 section 6). */
    private final class Middlebox implements StreamsUser {
        private final LoopStreams.Host host;
        private final Flow to;
        private final Map<Integer, Integer> pairs = new HashMap<>();
        private int connections;

        Middlebox(int port, int address) {
            host = net.host(OTHER, port);
            host.user = this;
            to = new Flow().setIpv4(Flow.TCP, address, 2855);
        }

        @Override
        public boolean onAccepted(int connection, Flow from, long nowMs) {
            connections++;
            int on = host.connect(to);
            pairs.put(connection, on);
            pairs.put(on, connection);
            return true;
        }

        @Override
        public void onConnected(int connection, long nowMs) {
            // what came meanwhile was written already
        }

        @Override
        public void onData(int connection, byte[] buffer, int offset, int length, long nowMs) {
            host.write(pairs.get(connection), buffer, offset, length);
        }

        @Override
        public void onWritable(int connection, long nowMs) {
            throw new IllegalStateException("lines of a chat are short");
        }

        @Override
        public void onClosed(int connection, long nowMs) {
            host.close(pairs.get(connection));
        }
    }

    /** Leads the c- and m-line of a description elsewhere. */
    private static String anchor(String message, int port) {
        return withSdp(message, s -> s.replaceAll("c=IN IP4 [0-9.]+", "c=IN IP4 192.0.2.10").replaceFirst("m=message \\d+", "m=message " + port));
    }

    private void talk() {
        assertNotEquals(0, alice.chat.send(text("Hi Bob"), 0));
        assertNotEquals(0, bob.chat.send(text("Hi Alice"), 0));
        run();
        assertTrue(alice.told.contains("text Hi Alice") && bob.told.contains("text Hi Bob"), alice.told + " " + bob.told);
    }

    /** RFC 6714: the path stays, the connection goes where the c- and m-line lead. */
    @Test
    void aChatPassesAMiddlebox() {
        Middlebox toBob = new Middlebox(9000, BOB);
        Middlebox toAlice = new Middlebox(9001, ALICE);
        rewrite = m -> anchor(m, 9001);
        rewriteBob = m -> anchor(m, 9000);
        open();
        assertTrue(offer().contains("a=msrp-cema\r\n") && answer().contains("a=msrp-cema\r\n"));
        talk();
        assertEquals(1, toBob.connections + toAlice.connections);
        assertEquals(1, carried.stream().filter(m -> m.startsWith("INVITE")).count());
    }

    /** Section 4.3: somebody changed the address who does nothing for us. */
    @Test
    void anOfferWhoseAddressIsNotItsPathsIsRefused() {
        rewrite = m -> withSdp(anchor(m, 9001), s -> s.replace("a=msrp-cema\r\n", ""));
        alice.chat = alice.chats.open(alice.account, text("sip:bob@192.0.2.2"), net.nowMs);
        run();
        assertTrue(alice.take().endsWith("ended 488"), carried.toString());
    }

    /** Section 4.2, criterion 1: the answer knows nothing of it, its address is another's, and they connect to us. */
    @Test
    void anAnswerThatKnowsNothingOfItIsFollowedByAnOfferWithoutIt() {
        rewriteBob = m -> !m.contains("a=msrp-cema\r\n") ? m
                : withSdp(anchor(m, 9000), s -> s.replace("a=msrp-cema\r\n", "").replace("a=setup:passive", "a=setup:active"));
        alice.chat = alice.chats.open(alice.account, text("sip:bob@192.0.2.2"), net.nowMs);
        run();
        List<String> offers = carried.stream().filter(m -> m.startsWith("INVITE")).toList();
        assertEquals(2, offers.size(), carried.toString());
        assertTrue(offers.get(0).contains("a=msrp-cema") && !offers.get(1).contains("a=msrp-cema"), offers.get(1));
        assertTrue(alice.told.contains("open"), alice.told + " " + bob.told);
        talk();
    }

    // ---------------------------------------------------------------- TLS from phone to phone

    private void signalOverTls() {
        signalling = Flow.TLS;
        desks(Capacity.desk().sessionBytes);
    }

    private void invite() {
        alice.chat = alice.chats.open(alice.account, text("sip:bob@192.0.2.2;transport=tls"), net.nowMs);
        assertNotNull(alice.chat);
        run();
    }

    private static String fingerprint(int first) {
        return String.format("a=fingerprint:sha-256 %02X", first) + ":00".repeat(31) + "\r\n";
    }

    @Test
    @Shows({"4975-5.4-9", "4975-14.4-4"})
    void overTlsEachSideIsKnownByTheFingerprintOfItsCertificate() {
        signalOverTls();
        invite();
        assertTrue(offer().contains(" TCP/TLS/MSRP *\r\n") && offer().contains("a=path:msrps://192.0.2.1:") && offer().contains(fingerprint(1)), offer());
        assertTrue(answer().contains(" TCP/TLS/MSRP *\r\n") && answer().contains("a=path:msrps://192.0.2.2:") && answer().contains(fingerprint(2)), answer());
        talk();
    }

    /** The one who connects shows another certificate than the one he named. */
    @Test
    @Shows("4975-14.4-5")
    void aChatEndsAtOnceWhereTheOneWhoConnectsIsSomebodyElse() {
        signalOverTls();
        rewrite = m -> m.replace(fingerprint(1), fingerprint(7));
        invite();
        runTo(1_000);
        assertTrue(bob.take().endsWith("ended 503"), "he was connected to");
        assertEquals("ringing, open, ended 200", alice.take());
        assertEquals(0, alice.host.connections() + bob.host.connections());
    }

    @Test
    @Shows("4975-14.4-5")
    void aChatEndsAtOnceWhereTheOneConnectedToIsSomebodyElse() {
        signalOverTls();
        rewriteBob = m -> m.replace(fingerprint(2), fingerprint(7));
        invite();
        runTo(1_000);
        assertEquals("ringing, ended 503", alice.take());
        assertTrue(bob.take().endsWith("ended 200"));
        assertEquals(0, alice.host.connections() + bob.host.connections());
    }

    /** Section 5.1 of RFC 8122: any of several will do; those of other hash functions are passed over. */
    @Test
    void oneOfSeveralFingerprintsIsEnough() {
        signalOverTls();
        String sha1 = "a=fingerprint:SHA-1 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB\r\n";
        rewrite = m -> withSdp(m, s -> s.replace(fingerprint(1), sha1 + fingerprint(7) + fingerprint(1)));
        invite();
        talk();
    }

    @Test
    void whereTheOtherSideHasNoTlsItIsTriedWithoutIt() {
        signalOverTls();
        bob.host.certificate = 0;
        rewriteBob = m -> m;
        rewrite = m -> m;
        invite();
        List<String> offers = carried.stream().filter(m -> m.startsWith("INVITE")).toList();
        assertEquals(2, offers.size(), carried.toString());
        assertTrue(offers.get(1).contains(" TCP/MSRP *\r\n") && !offers.get(1).contains("fingerprint"), offers.get(1));
        talk();
    }

    /** RFC 8122 section 6.1: over UDP anybody on the way could have changed it. */
    @Test
    void aFingerprintThatCameInTheOpenIsNotBelieved() {
        signalOverTls();
        signalling = Flow.UDP;
        rewrite = m -> withSdp(m, s -> s.replace(" TCP/MSRP", " TCP/TLS/MSRP").replace("path:msrp:", "path:msrps:") + fingerprint(1));
        alice.chat = alice.chats.open(alice.account, text("sip:bob@192.0.2.2"), net.nowMs);
        run();
        assertEquals("ended 488", alice.take());
    }
}
