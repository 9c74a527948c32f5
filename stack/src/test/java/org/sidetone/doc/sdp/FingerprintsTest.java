package org.sidetone.doc.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;

/** RFC 8122 section 5. */
class FingerprintsTest {
    private static final String HEAD = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n";
    private static final String MEDIA = "m=message 7654 TCP/TLS/MSRP *\r\na=accept-types:text/plain\r\na=path:msrps://192.0.2.1:7654/jshA7weso3ks;tcp\r\n";
    private static final String HASH = "12:DF:3E:5D:49:6B:19:E5:7C:AB:4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB:4A:AD";

    private final Fingerprints read = new Fingerprints();

    private boolean reads(String sdp) {
        SessionDescription d = new SessionDescription();
        assertTrue(d.wrap(new Slice().wrap(sdp.getBytes(StandardCharsets.UTF_8))));
        return read.read(d, 0);
    }

    private String hash(int index) {
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(read.bytes(), Fingerprints.BYTES * index, Fingerprints.BYTES * (index + 1));
    }

    @Test
    void oneOfAMediumIsReadAndWrittenAgain() {
        assertTrue(reads(HEAD + MEDIA + "a=fingerprint:sha-256 " + HASH + "\r\n"));
        assertEquals(1, read.count());
        assertEquals(HASH, hash(0));
        byte[] room = new byte[200];
        ByteSink sink = new ByteSink().wrap(room);
        SdpWriter out = new SdpWriter();
        out.begin(sink, 1, 1, new org.sidetone.port.Flow().setIpv4(org.sidetone.port.Flow.TLS, 0xC0000201, 1));
        int from = sink.position();
        Fingerprints.write(out, read.bytes());
        assertEquals("a=fingerprint:sha-256 " + HASH + "\r\n", new String(room, from, sink.position() - from, StandardCharsets.US_ASCII));
    }

    @Test
    void thoseOfTheSessionCountWhereTheMediumHasNone() {
        String other = HASH.replace('1', '2');
        assertTrue(reads(HEAD + "a=fingerprint:sha-256 " + HASH + "\r\n" + MEDIA));
        assertEquals(HASH, hash(0));
        assertTrue(reads(HEAD + "a=fingerprint:sha-256 " + HASH + "\r\n" + MEDIA + "a=fingerprint:SHA-256 " + other.toLowerCase() + "\r\n"));
        assertEquals(1, read.count());
        assertEquals(other, hash(0));
    }

    @Test
    void otherHashFunctionsArePassedOverAndMalformedOnesRefused() {
        String sha1 = "a=fingerprint:SHA-1 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB\r\n";
        assertFalse(reads(HEAD + MEDIA));
        assertFalse(reads(HEAD + MEDIA + sha1));
        assertTrue(reads(HEAD + MEDIA + sha1 + "a=fingerprint:sha-256 " + HASH + "\r\n"));
        for (String bad : new String[] {HASH.substring(3), HASH + ":00", HASH.replace(':', '-'), HASH.replace("DF", "DG"), ""}) {
            assertFalse(reads(HEAD + MEDIA + "a=fingerprint:sha-256 " + bad + "\r\n"), bad);
        }
        assertTrue(reads(HEAD + MEDIA + ("a=fingerprint:sha-256 " + HASH + "\r\n").repeat(9)));
        assertEquals(Fingerprints.MAXIMUM, read.count());
    }
}
