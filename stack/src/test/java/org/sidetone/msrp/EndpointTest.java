package org.sidetone.msrp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;
import org.sidetone.digest.DigestFunction;
import org.sidetone.port.Capacity;
import org.sidetone.port.Flow;
import org.sidetone.time.TimerQueue;

/** Sessions between two endpoints, and between one and a peer whose every octet the test writes. */
class EndpointTest {
    private static final int ALICE = 0xC0000201;
    private static final int BOB = 0xC0000202;
    private static final byte[] PLAIN = "text/plain".getBytes(StandardCharsets.US_ASCII);

    private final LoopStreams net = new LoopStreams(1, 16_384);
    private final TimerQueue timers = new TimerQueue();
    private final Capacity capacity = Capacity.desk();
    private final LoopStreams.Host aliceHost = net.host(ALICE, 2855);
    private final LoopStreams.Host bobHost = net.host(BOB, 2855);

    /** Writes down what it is told. */
    static final class Log implements MsrpSession.User {
        final List<String> lines = new ArrayList<>();
        final java.io.ByteArrayOutputStream large = new java.io.ByteArrayOutputStream();
        int answer;
        boolean diverts;

        @Override
        public void onOpen(MsrpSession session, long nowMs) {
            lines.add("open");
        }

        @Override
        public void onFailed(MsrpSession session, long nowMs) {
            lines.add("failed");
        }

        @Override
        public void onRelays(MsrpSession session, int status, long nowMs) {
            lines.add("relays " + status);
        }

        @Override
        public int onIncoming(MsrpSession session, Incoming message, long nowMs) {
            if (diverts && message.total() > 10_000) {
                message.divertTo((position, b, offset, length) -> {
                    assertEquals(large.size(), position, "in order here");
                    large.write(b, offset, length);
                    return true;
                });
            }
            return answer;
        }

        @Override
        public void onMessage(MsrpSession session, Incoming message, long nowMs) {
            lines.add("message " + message.contentType(new Slice()) + " " + message.content(new Slice()));
        }

        @Override
        public void onGivenUp(MsrpSession session, Incoming message, long nowMs) {
            lines.add("given up");
        }

        @Override
        public void onSent(MsrpSession session, long messageId, long id, int status, long nowMs) {
            lines.add("sent " + id + " " + status);
        }

        @Override
        public void onReport(MsrpSession session, long messageId, int status, ByteRange range, long nowMs) {
            lines.add("report " + status + " " + range.start() + "-" + range.end() + "/" + range.total());
        }

        String take() {
            String all = String.join(", ", lines);
            lines.clear();
            return all;
        }
    }

    private Endpoint endpoint(LoopStreams.Host host) {
        Endpoint e = new Endpoint(host, timers, new SeededRandom(host.hashCode()), new DigestFunction(new JdkHash()), capacity);
        host.user = e;
        return e;
    }

    private final Log a = new Log();
    private final Log b = new Log();
    private MsrpSession alice;
    private MsrpSession bob;

    /** Both ends of a session, as an offer and an answer make them. */
    private void connect(Endpoint from, Endpoint to) {
        alice = from.open(a);
        bob = to.open(b);
        assertTrue(alice.assign(new Flow().setIpv4(Flow.TCP, BOB, 0)));
        assertTrue(bob.assign(new Flow().setIpv4(Flow.TCP, ALICE, 0)));
        assertTrue(bob.setRemotePath(pathOf(alice)));
        bob.listen();
        assertTrue(alice.setRemotePath(pathOf(bob)));
        MsrpUri next = new MsrpUri();
        assertTrue(alice.nextHop(next));
        Flow flow = new Flow();
        assertTrue(next.numeric(flow));
        assertTrue(alice.connect(flow, net.nowMs));
    }

    static Slice pathOf(MsrpSession s) {
        ByteSink sink = new ByteSink().wrap(new byte[600]);
        s.putPath(sink);
        return sink.slice(new Slice());
    }

    private static Slice text(String s) {
        return new Slice().wrap(s.getBytes(StandardCharsets.UTF_8));
    }

    private void runTo(long ms) {
        while (timers.nextDeadlineMs() <= ms) {
            net.nowMs = Math.max(net.nowMs, timers.nextDeadlineMs());
            timers.poll(net.nowMs, 100);
            net.run();
        }
        net.nowMs = ms;
    }

    @Test
    @Shows({"4975-5.4-2", "4975-5.4-4", "4975-5.4-11", "4975-7.1.2-4", "4975-7.1.3-1", "4975-7.2-1", "4975-7.2-3", "4975-7.2-4"})
    void aSessionCarriesMessagesBothWays() {
        Endpoint one = endpoint(aliceHost);
        Endpoint two = endpoint(bobHost);
        connect(one, two);
        net.run();
        assertEquals("open", a.take());
        assertEquals("open", b.take(), "the active side's first request tells the other");
        assertNotEquals(0, alice.send(PLAIN, text("Hi, I'm Alice!"), false, 7, 0));
        assertNotEquals(0, bob.send(PLAIN, text("Hi, Alice! I'm Bob!"), true, 8, 0));
        net.run();
        assertEquals("message text/plain Hi, Alice! I'm Bob!, sent 7 200", sorted(a.take()));
        assertEquals("message text/plain Hi, I'm Alice!, report 200 1-19/19, sent 8 200", sorted(b.take()));
        alice.close(0);
        net.run();
        assertEquals("", b.take(), "the signalling comes first");
        runTo(9_999);
        assertEquals("", b.take());
        runTo(10_000);
        assertEquals("failed", b.take());
        bob.close(10_000);
        runTo(30_000);
        assertEquals(0, one.sessionsInUse() + two.sessionsInUse() + one.connectionsInUse() + two.connectionsInUse());
        assertEquals(0, aliceHost.connections() + bobHost.connections());
    }

    private static String sorted(String all) {
        List<String> parts = new ArrayList<>(List.of(all.split(", (?=[a-z]+ )")));
        parts.sort(null);
        return String.join(", ", parts);
    }

    @Test
    void sessionsBetweenTheSameHostsShareAConnectionUntilTheLastIsGone() {
        Endpoint one = endpoint(aliceHost);
        Endpoint two = endpoint(bobHost);
        connect(one, two);
        MsrpSession first = alice;
        MsrpSession firstBob = bob;
        net.run();
        connect(one, two);
        net.run();
        assertEquals(1, one.connectionsInUse());
        assertEquals(1, two.connectionsInUse());
        first.close(0);
        firstBob.close(0);
        net.run();
        assertEquals(1, one.connectionsInUse(), "a connection is not closed while sessions are on it");
        alice.send(PLAIN, text("still here"), false, 1, 0);
        net.run();
        assertTrue(b.take().contains("message text/plain still here"));
    }

    @Test
    @Shows({"4975-7.1-11", "4975-7.1.1-13", "4975-7.1.1-18", "4975-14.3-2"})
    void aLargeMessageGoesInChunksThroughASmallBuffer() {
        capacity.msrpPieceBytes = 2048;
        Endpoint one = endpoint(aliceHost);
        Endpoint two = endpoint(bobHost);
        connect(one, two);
        net.run();
        byte[] file = new byte[1_000_000];
        new Random(2).nextBytes(file);
        b.diverts = true;
        alice.send(PLAIN, text(""), (position, out, offset, length) -> {
            System.arraycopy(file, (int) position, out, offset, length);
            return length;
        }, file.length, true, 3, 0);
        net.run();
        assertArrayEquals(file, b.large.toByteArray());
        assertTrue(a.take().contains("sent 3 200"), "confirmed");
        assertTrue(net.refused > 0, "the stream was full at times, or this test shows little");
    }

    @Test
    @Shows({"4975-5.1-1", "4975-7.1-13", "4975-7.1.1-20"})
    void aLargeMessageLeavesRoomForOtherSessionsAndResponses() {
        Endpoint one = endpoint(aliceHost);
        Endpoint two = endpoint(bobHost);
        connect(one, two);
        MsrpSession large = alice;
        net.run();
        connect(one, two);
        net.run();
        b.take();
        byte[] file = new byte[400_000];
        b.diverts = true;
        large.send(PLAIN, text(""), (position, out, offset, length) -> length, file.length, false, 3, 0);
        alice.send(PLAIN, text("quick"), false, 4, 0);
        List<String> order = a.lines;
        net.run();
        assertTrue(order.indexOf("sent 4 200") < order.indexOf("sent 3 200"), "the short one is not kept waiting: " + order);
    }

    @Test
    @Shows({"4975-5.4-15"})
    void aLostConnectionFailsItsSessionsAndSaysWhatWasNotConfirmed() {
        Endpoint one = endpoint(aliceHost);
        Endpoint two = endpoint(bobHost);
        connect(one, two);
        net.run();
        a.take();
        b.take();
        alice.send(PLAIN, text("lost"), false, 9, 0);
        aliceHost.breakAll();
        assertEquals("sent 9 0, failed", a.take());
        assertEquals("failed", b.take());
        assertEquals(0, alice.send(PLAIN, text("too late"), false, 10, 0));
    }

    @Test
    void aFullPoolRefusesAndEverythingComesBack() {
        for (int size = 1; size < 5; size++) {
            capacity.sessionOutgoing = size;
            capacity.msrpTransactions = 1;
            Endpoint one = endpoint(aliceHost);
            Endpoint two = endpoint(bobHost);
            connect(one, two);
            net.run();
            int taken = 0;
            while (alice.send(PLAIN, text("m" + taken), false, taken, 0) != 0) {
                taken++;
            }
            assertEquals(size, taken);
            net.run();
            for (int i = 0; i < taken; i++) {
                assertTrue(a.lines.contains("sent " + i + " 200"), a.lines.toString());
            }
            assertNotEquals(0, alice.send(PLAIN, text("again"), false, 77, 0));
            net.run();
            alice.close(0);
            bob.close(0);
            net.run();
        }
        MsrpSession last = null;
        Endpoint one = endpoint(aliceHost);
        for (int i = 0; i < capacity.sessions(); i++) {
            last = one.open(a);
            assertNotNull(last);
        }
        assertNull(one.open(a));
        last.close(0);
        assertNotNull(one.open(a));
    }

    // ------------------------------------------------------------ a peer by hand

    private LoopPeer peer;
    private Endpoint device;

    /** Bob waits; the test is Alice. */
    private void listening() {
        device = endpoint(bobHost);
        bob = device.open(b);
        bob.assign(new Flow().setIpv4(Flow.TCP, ALICE, 0));
        bob.setRemotePath(text("msrp://192.0.2.1:9/peer;tcp"));
        bob.listen();
        peer = new LoopPeer(net, aliceHost);
        peer.connect(BOB);
    }

    private String send(String id, String flag, String fields, String body) {
        return "MSRP " + id + " SEND\nTo-Path: " + bob.localUri(new Slice()) + "\nFrom-Path: msrp://192.0.2.1:9/peer;tcp\nMessage-ID: m123\n" + fields
                + (body == null ? "" : "Content-Type: text/plain\n\n" + body + "\n") + "-------" + id + flag + "\n";
    }

    @Test
    @Shows({"4975-5.4-10", "4975-5.4-12", "4975-5.4-13", "4975-5.4-14", "4975-7.3-1", "4975-7.3-2", "4975-7.3-3", "4975-5.3-1"})
    void aRequestFindsItsSessionOrIsRefused() {
        listening();
        peer.write("MSRP abcd1 SEND\nTo-Path: msrp://192.0.2.2:2855/nobody;tcp\nFrom-Path: msrp://192.0.2.1:9/peer;tcp\nMessage-ID: m123\n-------abcd1$\n");
        assertEquals("MSRP abcd1 481 Session Does Not Exist\nTo-Path: msrp://192.0.2.1:9/peer;tcp\nFrom-Path: msrp://192.0.2.2:2855/nobody;tcp\n"
                + "-------abcd1$\n", peer.take());
        peer.write(send("abcd2", "$", "", null));
        assertEquals("MSRP abcd2 200 OK\nTo-Path: msrp://192.0.2.1:9/peer;tcp\nFrom-Path: " + bob.localUri(new Slice()) + "\n-------abcd2$\n", peer.take());
        assertEquals("open", b.take());
        LoopPeer thief = new LoopPeer(net, net.host(0xC0000203, 2855));
        thief.connect(BOB);
        thief.write(send("abcd3", "$", "", "stolen"));
        assertEquals("506", LoopPeer.status(thief.take()));
        assertEquals("", b.take());
        peer.write("MSRP abcd4 SEND\nTo-Path: " + bob.localUri(new Slice()) + " msrp://192.0.2.9:9/x;tcp\nFrom-Path: msrp://192.0.2.1:9/peer;tcp\nMessage-ID: m123\n-------abcd4$\n");
        assertEquals("481", LoopPeer.status(peer.take()), "we are no relay");
    }

    @Test
    @Shows({"4975-7.3.1-3", "4975-7.1.1-27", "4975-7.1.2-1", "4975-7.1.2-2", "4975-7.1.2-7", "4975-12-2"})
    void chunksComeInAnyOrderTwiceAndOverlapping() {
        listening();
        peer.write(send("abcd1", "+", "Byte-Range: 1-*/10\n", "abcd"));
        peer.write(send("abcd2", "$", "Byte-Range: 8-10/10\n", "hij"));
        assertFalse(b.take().contains("message"), "three octets are missing");
        peer.write(send("abcd3", "+", "Byte-Range: 3-*/10\nX-Unknown: y\n", "CD"));
        peer.write(send("abcd4", "+", "Byte-Range: 5-7/10\n", "efg"));
        assertEquals("message text/plain abCDefghij", b.take());
        peer.take();
        peer.write(send("abcd5", "$", "Byte-Range: 1-10/10\nSuccess-Report: yes\n", "abCDefghij"));
        assertEquals("", b.take(), "the same message is not shown twice");
        String answers = peer.take();
        assertTrue(answers.startsWith("MSRP abcd5 200 OK"), answers);
        assertTrue(answers.contains(" REPORT\nTo-Path: msrp://192.0.2.1:9/peer;tcp\nFrom-Path: " + bob.localUri(new Slice()) + "\nMessage-ID: m123\nByte-Range: 1-10/10\n"
                + "Status: 000 200 OK\n"), answers);
    }

    @Test
    @Shows({"4975-7.1.1-9", "4975-7.1.1-10", "4975-7.1.3-5", "4975-7.1.4-3", "4975-7.1.4-4", "4975-7.1.4-5", "4975-7.3.1-7"})
    void failureReportSaysWhichAnswersAreWanted() {
        listening();
        peer.write(send("abcd0", "$", "", null));
        peer.take();
        peer.write(send("abcd1", "$", "Failure-Report: no\n", "a").replace("m123", "m124"));
        peer.write(send("abcd2", "$", "Failure-Report: partial\n", "b").replace("m123", "m125"));
        assertEquals("", peer.take());
        assertEquals("open, message text/plain a, message text/plain b", b.take());
        b.answer = MsrpStatus.UNKNOWN_TYPE;
        peer.write(send("abcd3", "$", "Failure-Report: no\n", "c").replace("m123", "m126"));
        assertEquals("", peer.take());
        peer.write(send("abcd4", "$", "Failure-Report: partial\n", "d").replace("m123", "m127"));
        assertEquals("415", LoopPeer.status(peer.take()));
        peer.write(send("abcd5", "$", "Failure-Report: yes\n", "e").replace("m123", "m128"));
        assertEquals("415", LoopPeer.status(peer.take()));
    }

    @Test
    @Shows({"4975-7.1.2-9", "4975-12-3", "4975-7.1.2-8", "4975-7.3.2-6"})
    void badRequestsAndUnknownMethodsAreAnswered() {
        listening();
        peer.write(send("abcd0", "$", "", null));
        peer.take();
        peer.write(send("abcd1", "$", "Byte-Range: x\n", "a"));
        assertEquals("400", LoopPeer.status(peer.take()));
        peer.write(send("abcd2", "$", "", null).replace("SEND", "DANCE"));
        assertEquals("501", LoopPeer.status(peer.take()));
        peer.write("MSRP abcd3 REPORT\nTo-Path: " + bob.localUri(new Slice()) + "\nFrom-Path: msrp://192.0.2.1:9/peer;tcp\nMessage-ID: 0123456789abcdef\n"
                + "Status: 000 200 OK\n-------abcd3$\n");
        assertEquals("", peer.take(), "a report gets no response");
        peer.write("nonsense\n");
        assertEquals("closed", peer.take());
        assertEquals("open, failed", String.join(", ", b.lines.get(0), b.lines.get(b.lines.size() - 1)));
    }

    @Test
    void aMessageThatIsTooLargeIsStoppedBeforeItsEnd() {
        listening();
        peer.write(send("abcd0", "$", "", null));
        peer.take();
        String start = send("abcd1", "+", "Byte-Range: 1-*/*\n", "x".repeat(capacity.sessionBytes + 100));
        peer.write(start.substring(0, start.length() - 20));
        assertEquals("413", LoopPeer.status(peer.take()), "at once, in the middle of the chunk");
        peer.write(start.substring(start.length() - 20));
        assertEquals("", peer.take(), "one answer for one request");
        peer.write(send("abcd2", "+", "Byte-Range: 1-*/*\n", "again"));
        assertEquals("413", LoopPeer.status(peer.take()));
        peer.write(send("abcd3", "$", "Byte-Range: 1-*/*\n", "again"));
        peer.take();
        assertEquals("open, given up", b.take());
    }

    @Test
    void anAbortedMessageIsGivenUp() {
        listening();
        peer.write(send("abcd1", "+", "Byte-Range: 1-*/10\n", "abcd"));
        peer.write(send("abcd2", "#", "Byte-Range: 5-*/10\n", "ef"));
        assertEquals("open, given up", b.take());
    }

    @Test
    @Shows({"4975-7.3.2-2", "4975-7.3.2-4", "4975-10.4-1"})
    void aReportOfOctetsThatNeverArrivedEndsTheSession() {
        connecting();
        respond(peer.take(), 200);
        bob.send(PLAIN, text("hello"), false, 5, 0);
        net.run();
        String request = peer.take();
        String id = request.split("Message-ID: ")[1].split("\n")[0];
        peer.write("MSRP rep1 REPORT\nTo-Path: " + bob.localUri(new Slice()) + "\nFrom-Path: msrp://192.0.2.1:2855/peer;tcp\nMessage-ID: " + id
                + "\nByte-Range: 1-5/5\nStatus: 000 408 Timeout\n-------rep1$\n");
        assertEquals("open, sent 5 408, report 408 1-5/5, failed", b.take());
    }

    @Test
    void whoAsksForNothingOfOursIsSentAwayAfterHalfAMinute() {
        listening();
        runTo(29_999);
        assertEquals("", peer.take());
        runTo(30_000);
        assertEquals("closed", peer.take());
    }

    /** The device connects; the test is the other end. */
    private void connecting() {
        device = endpoint(bobHost);
        peer = new LoopPeer(net, aliceHost);
        bob = device.open(b);
        bob.assign(new Flow().setIpv4(Flow.TCP, ALICE, 0));
        bob.setRemotePath(text("msrp://192.0.2.1:2855/peer;tcp"));
        bob.connect(new Flow().setIpv4(Flow.TCP, ALICE, 2855), 0);
        net.run();
    }

    private static String transaction(String request) {
        return request.split(" ", 3)[1];
    }

    private void respond(String request, int status) {
        peer.write("MSRP " + transaction(request) + " " + status + " x\nTo-Path: " + bob.localUri(new Slice()) + "\nFrom-Path: msrp://192.0.2.1:2855/peer;tcp\n-------"
                + transaction(request) + "$\n");
    }

    @Test
    @Shows({"4975-6-1", "4975-6-2", "4975-7.1-2", "4975-7.1-8", "4975-7.1.1-1", "4975-7.1.1-2", "4975-7.1.1-7", "4975-14.1-1",
        "4975-6-6", "4975-7.1-3", "4975-7.1-4", "4975-7.1-7"})
    void noResponseIsAFailureAfterThirtySeconds() {
        connecting();
        String first = peer.take();
        assertTrue(first.matches("(?s)MSRP [0-9a-f]{16} SEND\nTo-Path: msrp://192.0.2.1:2855/peer;tcp\nFrom-Path: msrp://192.0.2.2:2855/[0-9a-f]{20};tcp\n"
                + "Message-ID: [0-9a-f]{16}\n-------[0-9a-f]{16}\\$\n"), first);
        respond(first, 200);
        bob.send(PLAIN, text("hello"), false, 5, 0);
        net.run();
        String request = peer.take();
        assertTrue(request.contains("Byte-Range: 1-5/5\nContent-Type: text/plain\n\nhello\n-------"), request);
        runTo(29_999);
        assertEquals("open", b.take());
        runTo(30_000);
        assertEquals("sent 5 408", b.take());
        respond(request, 200);
        assertEquals("", b.take(), "too late");
    }

    @Test
    @Shows({"4975-7.1-12", "4975-10.5-1", "4975-10.5-2", "4975-7.1.1-15"})
    void aRefusalInTheMiddleAbortsTheMessage() {
        connecting();
        respond(peer.take(), 200);
        // the peer reads nothing, so the chunk stays open
        byte[] file = new byte[300_000];
        aliceHost.pause(peer.connection());
        bob.send(PLAIN, text(""), (position, out, offset, length) -> length, file.length, false, 5, 0);
        net.run();
        aliceHost.resume(peer.connection());
        bob.contentReady(0);
        String begun = peer.take();
        net.run();
        begun += peer.take();
        respond(begun, 413);
        net.run();
        begun += peer.take();
        assertEquals("open, sent 5 413", b.take());
        assertTrue(begun.contains("Byte-Range: 1-*/300000\n"), begun.substring(0, 300));
        assertTrue(begun.length() < file.length + 20_000);
    }

    @Test
    void aSessionThatTheOtherEndDoesNotKnowHasFailed() {
        connecting();
        respond(peer.take(), 481);
        assertEquals("open, failed", b.take());
        runTo(10_000);
        assertEquals("closed", peer.take());
    }

    @Test
    @Shows({"4975-7.1-14"})
    void aBodyWithItsOwnEndLineGoesUnderAnotherIdentifier() {
        // the identifier cannot be foretold, so the search is shown by itself
        EndLine line = new EndLine();
        byte[] id = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        line.set(id, 0, id.length);
        for (String body : new String[] {"-------0123456789abcdef", "x\r\n-------0123456789abcdef$\r\ny", "---------0123456789abcdef", "a-------0123456789abcdefb"}) {
            byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
            assertTrue(line.occurs(bytes, 0, bytes.length), body);
        }
        for (String body : new String[] {"------0123456789abcdef", "-------0123456789abcdee", "-------", "0123456789abcdef"}) {
            byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
            assertFalse(line.occurs(bytes, 0, bytes.length), body);
        }
    }
}
