package org.sidetone.msrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.sidetone.JdkHash;
import org.sidetone.LoopPeer;
import org.sidetone.LoopStreams;
import org.sidetone.SeededRandom;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;
import org.sidetone.digest.DigestFunction;
import org.sidetone.port.Capacity;
import org.sidetone.port.Flow;
import org.sidetone.time.TimerQueue;

/** What the requests of an endpoint look like on the wire, read by the test. */
class SendingTest {
    private static final int PEER = 0xC0000201;
    private static final int DEVICE = 0xC0000202;
    private static final byte[] PLAIN = "text/plain".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern REQUEST = Pattern.compile("MSRP (\\S+) SEND\n(.*?)\n-------\\1([$+#])\n", Pattern.DOTALL);

    private LoopStreams net;
    private LoopPeer peer;
    private MsrpSession session;

    /** The device connects and its first request is answered. @param random where its identifiers come from */
    private void connect(long random, int chunkBytes) {
        connect(random, chunkBytes, 1_000_000);
    }

    /** @param streamBytes that a connection holds */
    private void connect(long random, int chunkBytes, int streamBytes) {
        net = new LoopStreams(1, streamBytes);
        peer = new LoopPeer(net, net.host(PEER, 2855));
        LoopStreams.Host host = net.host(DEVICE, 2855);
        Capacity capacity = Capacity.desk();
        capacity.msrpChunkBytes = chunkBytes;
        capacity.msrpPieceBytes = 2048;
        Endpoint device = new Endpoint(host, new TimerQueue(), new SeededRandom(random), new DigestFunction(new JdkHash()), capacity);
        host.user = device;
        session = device.open(new EndpointTest.Log());
        session.assign(new Flow().setIpv4(Flow.TCP, PEER, 0));
        session.setRemotePath(text("msrp://192.0.2.1:2855/peer;tcp"));
        session.connect(new Flow().setIpv4(Flow.TCP, PEER, 2855), 0);
        net.run();
        List<String[]> first = requests();
        assertEquals(1, first.size());
        answer(first.get(0)[0]);
    }

    private static Slice text(String s) {
        return new Slice().wrap(s.getBytes(StandardCharsets.UTF_8));
    }

    /** Identifier, head with body, and flag of what was heard. */
    private List<String[]> requests() {
        List<String[]> all = new ArrayList<>();
        Matcher m = REQUEST.matcher(peer.take());
        while (m.find()) {
            all.add(new String[] {m.group(1), m.group(2), m.group(3)});
        }
        return all;
    }

    private void answer(String id) {
        peer.write("MSRP " + id + " 200 OK\nTo-Path: " + session.localUri(new Slice()) + "\nFrom-Path: msrp://192.0.2.1:2855/peer;tcp\n-------" + id + "$\n");
    }

    private void sendLarge(int bytes, boolean wantsReport) {
        assertNotEquals(0, session.send(PLAIN, new Slice(), (position, out, offset, length) -> {
            for (int i = 0; i < length; i++) {
                out[offset + i] = (byte) ('a' + (position + i) % 26);
            }
            return length;
        }, bytes, wantsReport, 1, 0));
        net.run();
    }

    @Test
    @Shows({"4975-7.1.1-4", "4975-7.1.1-12", "4975-7.1.1-3", "4975-7.1.1-30", "4975-8.3-2"})
    void everyChunkSaysWhereItBelongsAndAsksForTheSame() {
        for (boolean wantsReport : new boolean[] {true, false}) {
            connect(1, 10_000);
            sendLarge(95_000, wantsReport);
            StringBuilder content = new StringBuilder();
            Set<String> ids = new HashSet<>();
            Set<String> messages = new HashSet<>();
            List<String[]> chunks = requests();
            assertEquals(10, chunks.size());
            for (String[] chunk : chunks) {
                ids.add(chunk[0]);
                String head = chunk[1].substring(0, chunk[1].indexOf("\n\n"));
                messages.add(head.replaceAll("(?s).*Message-ID: (\\S+).*", "$1"));
                assertTrue(head.contains("\nByte-Range: " + (content.length() + 1) + "-*/95000\n"), head);
                assertEquals(wantsReport, head.contains("\nSuccess-Report: yes\n"), head);
                assertFalse(head.contains("Failure-Report"), "the default goes without saying");
                assertFalse(head.toLowerCase(java.util.Locale.ROOT).contains("transfer-encoding"), head);
                assertTrue(head.endsWith("\nContent-Type: text/plain"), "the last field: " + head);
                content.append(chunk[1].substring(chunk[1].indexOf("\n\n") + 2));
                assertEquals(content.length() == 95_000 ? "$" : "+", chunk[2]);
            }
            assertEquals(95_000, content.length());
            assertEquals(10, ids.size());
            assertEquals(1, messages.size());
        }
    }

    @Test
    @Shows("4975-7.1-1")
    void identifiersOfTransactionsAreNeverTheSame() {
        connect(2, 65_536);
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 3000; i++) {
            assertNotEquals(0, session.send(PLAIN, text("n" + i), false, i, 0));
            net.run();
            for (String[] request : requests()) {
                assertTrue(ids.add(request[0]), "again: " + request[0]);
                answer(request[0]);
            }
        }
        assertEquals(3000, ids.size());
    }

    @Test
    @Shows("4975-7.1-15")
    void whereTheContentHoldsTheEndLineAnotherIdentifierIsTaken() {
        connect(3, 65_536);
        session.send(PLAIN, text("harmless"), false, 1, 0);
        net.run();
        String foretold = requests().get(0)[0];
        connect(3, 65_536);
        String body = "before\r\n-------" + foretold + "$\r\nafter";
        session.send(PLAIN, text(body), false, 1, 0);
        net.run();
        List<String[]> requests = requests();
        assertEquals(1, requests.size());
        assertNotEquals(foretold, requests.get(0)[0]);
        assertTrue(requests.get(0)[1].endsWith("\n\n" + body.replace("\r\n", "\n")), requests.get(0)[1]);
    }

    @Test
    @Shows("4975-7.1.1-25")
    void aLargeChunkIsCutForAResponse() {
        connect(4, 1_000_000, 8_000);
        session.send(PLAIN, new Slice(), (position, out, offset, length) -> length, 500_000, false, 1, 0);
        peer.write("MSRP abcdef SEND\nTo-Path: " + session.localUri(new Slice()) + "\nFrom-Path: msrp://192.0.2.1:2855/peer;tcp\nMessage-ID: m1234\n-------abcdef$\n");
        net.run();
        String all = peer.take();
        int answered = all.indexOf("MSRP abcdef 200 ");
        assertTrue(answered > 0, "answered");
        assertTrue(answered < 200_000, "long before the end: after " + answered);
        assertTrue(all.substring(0, answered).matches("(?s).*\n-------[0-9a-f]{16}\\+\n"), "behind the end of a chunk that goes on later");
        assertTrue(all.substring(answered).contains(" SEND\n"), "and it goes on");
    }

    @Test
    @Shows("4975-7.1.1-19")
    void emptyContentBeginsAtOne() {
        connect(5, 65_536);
        session.send(PLAIN, text(""), false, 1, 0);
        net.run();
        String head = requests().get(0)[1];
        assertTrue(head.contains("\nByte-Range: 1-0/0\n"), head);
    }
}
