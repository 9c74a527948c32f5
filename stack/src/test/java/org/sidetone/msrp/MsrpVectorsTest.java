package org.sidetone.msrp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sidetone.Vectors;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;

/** Every message of RFC 4975, 4976, 5547, 7701 and 7977, framed whole, in pieces, and broken. */
class MsrpVectorsTest {
    /** What a framer told, as lines. */
    private static final class Told implements FramerUser {
        final List<String> lines = new ArrayList<>();
        final ByteArrayOutputStream body = new ByteArrayOutputStream();
        int takes = Integer.MAX_VALUE;

        @Override
        public void onHead(MsrpHead head, boolean hasBody, long nowMs) {
            lines.add((head.isRequest() ? head.methodName().toString() : head.status() + (head.comment().isEmpty() ? "" : " " + head.comment()))
                    + " " + head.transactionId() + " " + (head.verdict() == 0 ? "good" : "bad") + (hasBody ? " body" : ""));
        }

        @Override
        public int onBody(byte[] buffer, int offset, int length, long nowMs) {
            int n = Math.min(takes, length);
            body.write(buffer, offset, n);
            return n;
        }

        @Override
        public void onEnd(int flag, long nowMs) {
            lines.add("" + (char) flag);
        }
    }

    private static int receive(Framer framer, byte[] b) {
        return framer.receive(b, 0, b.length, 0);
    }

    @Test
    @Shows({"4975-7.1-5", "4975-7.1-9", "4975-7.1-10"})
    void everyVectorIsFramedWholeAndByteByByte() throws IOException {
        for (Map<String, String> row : Vectors.table("msrp/cases.tsv")) {
            byte[] message = Vectors.bytes("msrp/" + row.get("file"));
            for (int step : new int[] {message.length, 1, 7}) {
                Told told = new Told();
                Framer framer = new Framer(told, 2048, 0);
                for (int at = 0; at < message.length; at += step) {
                    assertEquals(Framer.TAKEN, framer.receive(message, at, Math.min(step, message.length - at), 0), row.get("file"));
                }
                // section 5.1 prints its chunks without paths
                String verdict = row.get("section").equals("5.1") && row.get("rfc").equals("4975") ? " bad" : " good";
                boolean hasBody = !row.get("body_bytes").equals("-");
                assertEquals(List.of(row.get("method_or_status") + " " + row.get("transaction_id") + verdict + (hasBody ? " body" : ""),
                        row.get("continuation_flag")), told.lines, row.get("file") + " in steps of " + step);
                if (hasBody) {
                    assertEquals(Integer.parseInt(row.get("body_bytes")), told.body.size(), row.get("file"));
                    String text = new String(message, StandardCharsets.UTF_8);
                    assertEquals(text.substring(text.indexOf("\r\n\r\n") + 4, text.lastIndexOf("\r\n-------")), told.body.toString(StandardCharsets.UTF_8));
                }
            }
        }
    }

    @Test
    void whateverIsCutOrFlippedNeverThrowsAndNeverInvents() throws IOException {
        for (Map<String, String> row : Vectors.table("msrp/cases.tsv")) {
            byte[] message = Vectors.bytes("msrp/" + row.get("file"));
            for (int length = 0; length < message.length; length++) {
                Told told = new Told();
                receive(new Framer(told, 2048, 0), Arrays.copyOf(message, length));
                assertFalse(told.lines.contains("$") || told.lines.contains("+"), row.get("file") + " cut at " + length);
            }
            for (int i = 0; i < message.length; i++) {
                byte[] flipped = message.clone();
                flipped[i] ^= (byte) (1 << i % 8);
                byte[] placed = new byte[flipped.length + 3];
                System.arraycopy(flipped, 0, placed, 3, flipped.length);
                new Framer(new Told(), 2048, 0).receive(placed, 3, flipped.length, 0);
            }
        }
    }

    @Test
    @Shows("4975-7.1.1-23")
    void bodiesMayHoldHyphensAndOtherEndLinesOfAnyKind() {
        Random random = new Random(4975);
        String[] parts = {"-", "--", "-------", "\r\n", "\r\n-------abcd1234", "$\r\n", "-------abcd1234$", "\r\n--------abcd1234$\r\n", "\r", "\n",
            "x", "\r\n-------abcd1235$\r\n", "\r\n-------abcd123$\r\n", "\r\n-------abcd1234!\r\n", "\r\n-------abcd12345$\r\n"};
        for (int round = 0; round < 3_000; round++) {
            StringBuilder body = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                body.append(parts[random.nextInt(parts.length)]);
            }
            // a naive reading of the grammar: the first place where the end-line stands is the end
            String whole = body + "\r\n-------abcd1234+\r\n";
            int end = Integer.MAX_VALUE;
            for (String flag : new String[] {"$", "+", "#"}) {
                int at = ("\r\n" + whole).indexOf("\r\n-------abcd1234" + flag + "\r\n");
                end = at >= 0 ? Math.min(end, at) : end;
            }
            byte[] message = ("MSRP abcd1234 SEND\r\nTo-Path: msrp://a:1/b;tcp\r\nFrom-Path: msrp://c:2/d;tcp\r\nMessage-ID: 12345\r\n"
                    + "Content-Type: text/plain\r\n\r\n" + whole).getBytes(StandardCharsets.US_ASCII);
            Told told = new Told();
            Framer framer = new Framer(told, 256, 0);
            for (int at = 0; at < message.length && told.lines.size() < 2; ) {
                int n = Math.min(message.length - at, 1 + random.nextInt(40));
                framer.receive(message, at, n, 0);
                at += n;
            }
            assertEquals(2, told.lines.size(), body.toString());
            assertArrayEquals(whole.substring(0, Math.max(0, end - 2)).getBytes(StandardCharsets.US_ASCII), told.body.toByteArray(), whole);
        }
    }

    @Test
    void aUserThatTakesNoMoreStopsTheFramerAndNothingIsLost() {
        byte[] body = new byte[20_000];
        new Random(1).nextBytes(body);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(("MSRP abcd1234 SEND\r\nTo-Path: msrp://a:1/b;tcp\r\nFrom-Path: msrp://c:2/d;tcp\r\nMessage-ID: 12345\r\n"
                + "Content-Type: text/plain\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(body);
        all.writeBytes("\r\n-------abcd1234$\r\n".getBytes(StandardCharsets.US_ASCII));
        Told told = new Told();
        told.takes = 1000;
        Framer framer = new Framer(told, 2048, 32_768);
        assertEquals(Framer.STOPPED, receive(framer, all.toByteArray()));
        for (int i = 0; i < 100 && told.lines.size() < 2; i++) {
            framer.resume(0);
        }
        assertEquals("$", told.lines.get(1));
        assertArrayEquals(body, told.body.toByteArray());
    }

    @Test
    void whatIsNoMsrpBreaksTheConnection() {
        for (String bad : new String[] {"GET / HTTP/1.1\r\n", "MSRP a SEND\r\n", "MSRP abcd\n", "\r\n\r\n", "MSRQ", "MSRP " + "a".repeat(40) + " SEND\r\n"}) {
            assertEquals(Framer.BROKEN, receive(new Framer(new Told(), 2048, 0), bad.getBytes(StandardCharsets.US_ASCII)), bad);
        }
        assertEquals(Framer.BROKEN, receive(new Framer(new Told(), 256, 0), ("MSRP abcd1234 SEND\r\nTo-Path: " + "x".repeat(300)).getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void headsThatTheGrammarForbidsAreBadAndStillFramed() {
        String to = "To-Path: msrp://a:1/b;tcp\r\n";
        String from = "From-Path: msrp://c:2/d;tcp\r\n";
        String id = "Message-ID: 12345\r\n";
        for (String fields : new String[] {from + id, to + id, to + from, to + to + from + id, to + from + "Message-ID: a b\r\n",
            to + from + id + "Byte-Range: 0-1/2\r\n", to + from + id + "Byte-Range: 1-x/2\r\n", to + from + id + "Byte-Range: 5-3/9\r\n",
            to + from + id + "Success-Report: perhaps\r\n", to + from + id + "Failure-Report: sometimes\r\n", "To-Path: sip:a@b\r\n" + from + id,
            "To-Path: msrp://a:1/b\r\n" + from + id, "To-Path: msrp://a:99999/b;tcp\r\n" + from + id, to + from + id + "no colon\r\n"}) {
            Told told = new Told();
            receive(new Framer(told, 2048, 0), ("MSRP abcd1234 SEND\r\n" + fields + "-------abcd1234$\r\n").getBytes(StandardCharsets.US_ASCII));
            assertEquals(List.of("SEND abcd1234 bad", "$"), told.lines, fields);
        }
    }

    @Test
    @Shows("4976-8-2")
    void aSecureUriOfAnAddressNamesItsPort() {
        MsrpUri uri = new MsrpUri();
        for (String good : new String[] {"msrps://192.0.2.1:2855/a;tcp", "msrps://[2001:db8::1]:2855/a;tcp", "msrps://relay.example.com/a;tcp"}) {
            assertTrue(uri.wrap(new Slice().wrap(good.getBytes(StandardCharsets.US_ASCII))), good);
        }
        for (String bad : new String[] {"msrps://192.0.2.1/a;tcp", "msrps://[2001:db8::1]/a;tcp"}) {
            assertFalse(uri.wrap(new Slice().wrap(bad.getBytes(StandardCharsets.US_ASCII))), bad);
        }
    }

    @Test
    @Shows({"4975-6.1-1", "4975-6.1-2", "4975-6.1-3"})
    void urisAreComparedByTheRulesOfSection61() {
        assertTrue(same("msrp://host.example.com:8493/asfd34;tcp", "MSRP://HOST.example.com:8493/asfd34;TCP"));
        assertFalse(same("msrp://host.example.com:8493/asfd34;tcp", "msrps://host.example.com:8493/asfd34;tcp"));
        assertFalse(same("msrp://host.example.com:8493/asfd34;tcp", "msrp://host.example.com:8493/ASFD34;tcp"));
        assertFalse(same("msrp://host.example.com:8493/asfd34;tcp", "msrp://host.example.com/asfd34;tcp"));
        assertFalse(same("msrp://host.example.com:8493/asfd34;tcp", "msrp://host.example.com:8493;tcp"));
        assertFalse(same("msrp://host.example.com:8493/asfd34;tcp", "msrp://host.example.com:8493/asfd34;sctp"));
        assertTrue(same("msrp://alice@host.example.com:8493/a;tcp", "msrp://bob@host.example.com:8493/a;tcp"));
        assertTrue(same("msrp://h%6Fst.example.com:8493/a;tcp", "msrp://host.example.com:8493/a;tcp"));
        assertTrue(same("msrp://[2001:db8::1]:8493/a;tcp", "msrp://[2001:0db8:0::1]:8493/a;tcp"));
        assertFalse(same("msrp://192.0.2.1:8493/a;tcp", "msrp://192.0.2.2:8493/a;tcp"));
        assertTrue(same("msrp://host.example.com:8493/a;tcp;x=1", "msrp://host.example.com:8493/a;tcp"));
    }

    private static boolean same(String a, String b) {
        MsrpUri one = new MsrpUri();
        MsrpUri two = new MsrpUri();
        assertTrue(one.wrap(new Slice().wrap(a.getBytes(StandardCharsets.US_ASCII))), a);
        assertTrue(two.wrap(new Slice().wrap(b.getBytes(StandardCharsets.US_ASCII))), b);
        return one.isSame(two) && two.isSame(one);
    }
}
