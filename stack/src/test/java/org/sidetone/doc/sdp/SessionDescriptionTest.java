package org.sidetone.doc.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sidetone.Vectors;
import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;
import org.sidetone.port.Flow;

/** Session descriptions as RFCs print them, broken ones, and our own read back. */
class SessionDescriptionTest {
    private final SessionDescription sdp = new SessionDescription();
    private final MsrpMedia msrp = new MsrpMedia();
    private final Slice value = new Slice();

    private static Slice text(String s) {
        return new Slice().wrap(s.getBytes(StandardCharsets.UTF_8));
    }

    /** RFC 4975 section 8.7, with a second medium before it. */
    private static final String OFFER = "v=0\r\no=usera 2890844526 2890844527 IN IP4 alice.example.com\r\ns= -\r\nc=IN IP4 alice.example.com\r\nt=0 0\r\n"
            + "a=setup:active\r\nm=audio 4000/2 RTP/AVP 0 8\r\na=sendonly\r\n"
            + "m=message 7394 TCP/MSRP *\r\nc=IN IP4 192.0.2.1\r\na=accept-types:message/cpim text/plain;charset=utf-8 image/*\r\n"
            + "a=accept-wrapped-types:text/html\r\na=max-size:1000\r\na=path:msrp://alice.example.com:7394/2s93i93idj;tcp\r\n";

    @Test
    @Shows("3261-13.2.1-17")
    void readsAnOfferWithItsMedia() {
        assertTrue(sdp.wrap(text(OFFER)));
        assertEquals("usera 2890844526 2890844527 IN IP4 alice.example.com", sdp.origin().toString());
        assertEquals(2, sdp.media());
        assertEquals("audio", sdp.type(0, value).toString());
        assertEquals(4000, sdp.port(0));
        assertEquals("RTP/AVP", sdp.protocol(0, value).toString());
        assertEquals("0 8", sdp.formats(0, value).toString());
        assertEquals(SessionDescription.SENDONLY, sdp.direction(0));
        assertEquals("IN IP4 alice.example.com", sdp.connection(0, value).toString());
        assertEquals(1, msrp.find(sdp));
        assertEquals(SessionDescription.SENDRECV, sdp.direction(1));
        assertEquals("IN IP4 192.0.2.1", sdp.connection(1, value).toString());
        assertEquals(MsrpMedia.ACTIVE, msrp.setup(sdp, 1));
        assertEquals(1000, msrp.maxSize(sdp, 1));
        assertFalse(sdp.attribute(0, MsrpMedia.PATH, value));
        assertTrue(sdp.attribute(1, MsrpMedia.PATH, value));
        assertEquals("msrp://alice.example.com:7394/2s93i93idj;tcp", value.toString());
    }

    @Test
    void typesAreAcceptedByNameByStarAndWrapped() {
        sdp.wrap(text(OFFER));
        assertTrue(msrp.accepts(sdp, 1, Ascii.bytes("text/plain")));
        assertTrue(msrp.accepts(sdp, 1, Ascii.bytes("image/png")));
        assertFalse(msrp.accepts(sdp, 1, Ascii.bytes("text/html")));
        assertTrue(msrp.acceptsWrapped(sdp, 1, Ascii.bytes("text/html")));
        assertTrue(msrp.prefers(sdp, 1, Ascii.bytes("message/cpim")));
        assertFalse(msrp.prefers(sdp, 1, Ascii.bytes("text/plain")));
        sdp.wrap(text(OFFER.replace("message/cpim text/plain;charset=utf-8", "*")));
        assertTrue(msrp.accepts(sdp, 1, Ascii.bytes("application/octet-stream")));
        assertFalse(msrp.prefers(sdp, 1, Ascii.bytes("message/cpim")));
    }

    @Test
    void whatIsNoSessionDescriptionIsRefused() {
        for (String bad : new String[] {"", "v=1\r\n" + OFFER.substring(5), OFFER.replace("v=0\r\n", ""), OFFER.replace("t=0 0\r\n", ""),
            OFFER.replace("o=usera 2890844526 ", "o="), OFFER.replace("7394 TCP/MSRP *", "70000 TCP/MSRP *"), OFFER.replace(" TCP/MSRP *", ""),
            OFFER.replace("a=sendonly", "sendonly"), OFFER.replace("a=sendonly", "\r\n"), OFFER + "m=message 1 TCP/MSRP *\r\n".repeat(SessionDescription.MEDIA)}) {
            assertFalse(sdp.wrap(text(bad)), bad);
            assertEquals(0, sdp.media());
        }
    }

    @Test
    void cutAnywhereOrFlippedItNeverThrows() {
        byte[] whole = OFFER.getBytes(StandardCharsets.UTF_8);
        for (int n = 0; n <= whole.length; n++) {
            byte[] placed = new byte[n];
            System.arraycopy(whole, 0, placed, 0, n);
            look(new Slice().wrap(placed));
        }
        for (int i = 0; i < whole.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = whole.clone();
                flipped[i] ^= (byte) (1 << bit);
                look(new Slice().wrap(flipped));
            }
        }
    }

    private void look(Slice body) {
        if (sdp.wrap(body)) {
            msrp.find(sdp);
            for (int m = 0; m < sdp.media(); m++) {
                sdp.direction(m);
                sdp.formats(m, value);
                sdp.connection(m, value);
                msrp.setup(sdp, m);
                msrp.accepts(sdp, m, Ascii.bytes("text/plain"));
            }
        }
    }

    @Test
    void everyOfferAndAnswerOfTheExamplesIsRead() throws IOException {
        int read = 0;
        try (Stream<Path> files = Files.list(Vectors.folder("sip/examples"))) {
            for (Path file : files.sorted().toList()) {
                String message = Files.readString(file, StandardCharsets.UTF_8);
                int at = message.indexOf("\r\n\r\n");
                if (at > 0 && message.substring(0, at).contains("Content-Type: application/sdp") && message.length() > at + 4) {
                    assertTrue(sdp.wrap(text(message.substring(at + 4))), file + ": " + message.substring(at + 4));
                    assertTrue(sdp.media() > 0, file.toString());
                    read++;
                }
            }
        }
        assertTrue(read >= 2, "only " + read);
    }

    @Test
    void whatIsWrittenIsReadBack() {
        byte[] room = new byte[600];
        ByteSink sink = new ByteSink().wrap(room);
        Flow six = new Flow().set(Flow.TCP, 0x20010db800000000L, 1, 2855, 0);
        SdpWriter w = new SdpWriter().begin(sink, 5, 7, six);
        w.media(MsrpMedia.MESSAGE, 2855, MsrpMedia.TCP, MsrpMedia.ANY_FORMAT).attribute(MsrpMedia.ACCEPT_TYPES, "text/plain");
        w.attribute(MsrpMedia.PATH, "msrp://[2001:db8::1]:2855/x;tcp").direction(SessionDescription.RECVONLY);
        assertEquals("v=0\r\no=- 5 7 IN IP6 2001:db8::1\r\ns=-\r\nc=IN IP6 2001:db8::1\r\nt=0 0\r\nm=message 2855 TCP/MSRP *\r\na=accept-types:text/plain\r\n"
                + "a=path:msrp://[2001:db8::1]:2855/x;tcp\r\na=recvonly\r\n", sink.slice(value).toString());
        assertTrue(sdp.wrap(sink.slice(new Slice())));
        assertEquals(0, msrp.find(sdp));
        assertEquals(SessionDescription.RECVONLY, sdp.direction(0));
        SessionDescription offer = new SessionDescription();
        assertTrue(offer.wrap(text(OFFER)));
        sink.wrap(room);
        w.begin(sink, 5, 7, new Flow().setIpv4(Flow.TCP, 0xC0000201, 1)).refuse(offer, 0);
        assertTrue(sink.slice(value).toString().endsWith("c=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 0 RTP/AVP 0 8\r\n"), value.toString());
    }
}
