package org.sidetone.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sidetone.Vectors;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;
import org.sidetone.port.Capacity;
import org.sidetone.port.Flow;
import org.sidetone.port.Wire;
import org.sidetone.sip.transport.MessageHandler;
import org.sidetone.sip.transport.SipTransport;

/** Every SIP message of the RFCs' archives and examples, each also cut, flipped, at the end of its array, and byte by byte in a stream. */
class SipVectorsTest {
    private final SipParser parser = new SipParser(16_384, 1024);
    private final SipMessage message = new SipMessage(128);

    /** Messages that the RFCs print against their own grammar, and why they are refused. */
    private static final Map<String, String> MISPRINTED = Map.ofEntries(
            Map.entry("ipv6-correct-abnf-2-colons.dat", "no empty line ends the head"),
            Map.entry("rfc3428-10-03-200.sip", "empty parameter at the end of Via"),
            Map.entry("rfc3428-10-04-200.sip", "empty parameter at the end of Via"),
            Map.entry("rfc3608-6.4.1-01-REGISTER.sip", "dots for what is left out"),
            Map.entry("rfc3608-6.4.1-02-REGISTER.sip", "dots for what is left out"),
            Map.entry("rfc3608-6.4.1-03-REGISTER.sip", "dots for what is left out"),
            Map.entry("rfc3608-6.4.2-07-INVITE.sip", "dots for what is left out"),
            Map.entry("rfc3608-6.4.2-08-INVITE.sip", "dots for what is left out"),
            Map.entry("rfc3608-6.4.2-09-INVITE.sip", "dots for what is left out"),
            Map.entry("rfc3608-6.4.2-10-INVITE.sip", "dots for what is left out"),
            Map.entry("rfc4028-13-05-200.sip", "Record-Route without brackets"),
            Map.entry("rfc4028-13-06-UPDATE.sip", "Route without brackets"),
            Map.entry("rfc4660-7.1.1-01-NOTIFY.sip", "tag with a colon"),
            Map.entry("rfc4660-7.1.2-02-SUBSCRIBE.sip", "tag with a colon"),
            Map.entry("rfc4660-7.1.2-03-NOTIFY.sip", "tag with a colon"),
            Map.entry("rfc4660-7.1.3-04-NOTIFY.sip", "tag with a colon"),
            Map.entry("rfc4660-7.2.1-05-NOTIFY.sip", "tag with a colon"),
            Map.entry("rfc4660-7.2.2-06-NOTIFY.sip", "tag with a colon"),
            Map.entry("rfc4660-7.2.3-07-NOTIFY.sip", "tag with a colon"),
            Map.entry("rfc5626-3.2-01-REGISTER.sip", "empty parameter in Contact"),
            Map.entry("rfc5626-9.1-02-NOTIFY.sip", "To without a scheme"),
            Map.entry("rfc8599-1-01-REGISTER.sip", "a URI broken over lines"),
            Map.entry("rfc8599-4.1.4-02-REGISTER.sip", "a URI broken over lines"),
            Map.entry("rfc8599-4.1.4-03-200.sip", "a URI broken over lines"));

    /** One message with what is expected of it. */
    record Case(String file, byte[] bytes, String syntax, String expected) {
        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (Map<String, String> row : Vectors.table("sip/torture-4475/cases.tsv")) {
            if (!row.get("file").equals("test.dat")) {
                cases.add(new Case(row.get("file"), Vectors.bytes("sip/torture-4475/" + row.get("file")), row.get("syntax"), row.get("expected_code")));
            }
        }
        for (Map<String, String> row : Vectors.table("sip/ipv6-5118/cases.tsv")) {
            cases.add(new Case(row.get("file"), Vectors.bytes("sip/ipv6-5118/crlf/" + row.get("file")), row.get("syntax"), row.get("expected_code")));
        }
        for (Map<String, String> row : Vectors.table("sip/examples/cases.tsv")) {
            cases.add(new Case(row.get("file"), Vectors.bytes("sip/examples/" + row.get("file")), "valid", ""));
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void getsTheTreatmentItsTableSays(Case c) {
        int result = parser.parseDatagram(message, c.bytes, 0, c.bytes.length);
        String expected = c.expected;
        if (MISPRINTED.containsKey(c.file)) {
            assertTrue(result < 0, "accepted in spite of: " + MISPRINTED.get(c.file));
        } else if (c.syntax.startsWith("invalid") && expected.startsWith("discard")) {
            assertTrue(result < 0 && Reject.status(result) == 0, "silence, not " + result);
        } else if (c.syntax.startsWith("invalid") && expected.startsWith("error")) {
            assertTrue(result < 0 && Reject.status(result) / 100 == 4, "some 4xx, not " + result);
        } else if (expected.contains("or accept") || c.syntax.contains("accept") || c.syntax.contains("tolerate")) {
            assertTrue(result >= 0 || Reject.status(result) == 400, "400 or accepted, not " + result);
        } else if (c.syntax.startsWith("invalid") && c.file.equals("mismatch02.dat")) {
            assertEquals(400, Reject.status(result));
        } else if (c.syntax.startsWith("invalid") && c.file.equals("sdp01.dat")) {
            assertTrue(result > 0);
        } else if (c.syntax.startsWith("invalid")) {
            assertTrue(result < 0, "accepted");
            assertEquals(expected.substring(0, 3), String.valueOf(Reject.status(result)));
        } else {
            assertTrue(result > 0, () -> result + " " + (result < 0 ? Reject.reason(result) : ""));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void cutAnywhereItIsRefusedOrWhole(Case c) {
        int whole = parser.parseDatagram(message, c.bytes, 0, c.bytes.length);
        for (int n = 0; n < c.bytes.length; n++) {
            byte[] cut = Arrays.copyOf(c.bytes, n);
            int result = parser.parseDatagram(message, cut, 0, n);
            if (result > 0) {
                assertTrue(result <= n);
                assertTrue(message.contentLength() < 0 || result == whole, "a cut body was accepted at " + n);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void atTheEndOfItsArrayItIsReadTheSame(Case c) {
        int result = parser.parseDatagram(message, c.bytes, 0, c.bytes.length);
        byte[] shifted = new byte[c.bytes.length + 13];
        System.arraycopy(c.bytes, 0, shifted, 13, c.bytes.length);
        assertEquals(result, parser.parseDatagram(message, shifted, 13, c.bytes.length));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void withAnyByteFlippedNothingBreaks(Case c) {
        Random random = new Random(c.file.hashCode());
        Slice slice = new Slice();
        ViaView via = new ViaView();
        NameAddrView address = new NameAddrView();
        byte[] flipped = c.bytes.clone();
        for (int i = 0; i < flipped.length; i++) {
            byte before = flipped[i];
            flipped[i] = (byte) (before ^ 1 << random.nextInt(8));
            if (parser.parseDatagram(message, flipped, 0, flipped.length) > 0) {
                assertTrue(message.via(0, via));
                assertTrue(message.address(Header.FROM, 0, address));
                for (int line = 0; line < message.lines(); line++) {
                    message.lineName(line, slice);
                    assertTrue(slice.length() > 0);
                    message.lineValue(line, slice);
                    assertTrue(slice.limit() <= flipped.length);
                }
            }
            flipped[i] = before;
        }
    }

    /** Everything that a datagram gives, a stream fed byte by byte gives too, where there is a Content-Length. */
    @ParameterizedTest
    @MethodSource("cases")
    @Shows("3261-18.3-4")
    void inAStreamByteByByteItIsReadTheSame(Case c) {
        int result = parser.parseDatagram(message, c.bytes, 0, c.bytes.length);
        if (result < 0 || message.contentLength() < 0) {
            return;
        }
        byte[] body = new byte[message.bodyLength()];
        Slice slice = message.body(new Slice());
        System.arraycopy(slice.buffer(), slice.offset(), body, 0, body.length);
        int lines = message.lines();
        List<String> seen = new ArrayList<>();
        Capacity capacity = Capacity.desk();
        capacity.uriBytes = 1024;
        capacity.headBytes = 16_384;
        capacity.headers = 128;
        SipTransport transport = new SipTransport(new Wire() {
            @Override
            public int send(Flow flow, byte[] buffer, int offset, int length) {
                return SENT;
            }

            @Override
            public void localAddress(Flow flow, Flow out) {
                out.setIpv4(Flow.TCP, 0x7F000001, 5060);
            }

            @Override
            public boolean isOpen(int connection) {
                return true;
            }

            @Override
            public void close(int connection) {
                seen.add("closed");
            }
        }, capacity, 1);
        MessageHandler handler = new MessageHandler() {
            @Override
            public void onRequest(SipMessage request, Flow source, long nowMs) {
                check(request);
            }

            @Override
            public void onResponse(SipMessage response, Flow source, long nowMs) {
                check(response);
            }

            private void check(SipMessage m) {
                Slice b = m.body(new Slice());
                assertEquals(lines, m.lines());
                assertTrue(Arrays.equals(body, Arrays.copyOfRange(b.buffer(), b.offset(), b.limit())));
                seen.add("message");
            }
        };
        transport.setHandler(handler);
        assertTrue(transport.onStreamOpened(7, new Flow().setIpv4(Flow.TCP, 0x7F000001, 4000)));
        for (int twice = 0; twice < 2; twice++) {
            for (int i = 0; i < result; i++) {
                transport.onStreamData(7, c.bytes, i, 1, 0);
            }
        }
        assertEquals(List.of("message", "message"), seen);
    }
}
