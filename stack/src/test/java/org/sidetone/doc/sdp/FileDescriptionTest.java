package org.sidetone.doc.sdp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Flow;

/** RFC 5547 section 6. */
class FileDescriptionTest {
    /** Figure 2, its folded line in one. */
    private static final String FIGURE_2 = "v=0\r\no=alice 2890844526 2890844526 IN IP4 host.atlanta.example.com\r\ns=\r\nc=IN IP4 host.atlanta.example.com\r\nt=0 0\r\n"
            + "m=message 7654 TCP/MSRP *\r\ni=This is my latest picture\r\na=sendonly\r\na=accept-types:message/cpim\r\na=accept-wrapped-types:*\r\n"
            + "a=path:msrp://atlanta.example.com:7654/jshA7we;tcp\r\n"
            + "a=file-selector:name:\"My cool picture.jpg\" type:image/jpeg size:32349 hash:sha-1:72:24:5F:E8:65:3D:DA:F3:71:36:2F:86:D4:71:91:3E:E4:A2:CE:2E\r\n"
            + "a=file-transfer-id:vBnG916bdberum2fFEABR1FR3ExZMUrd\r\na=file-disposition:attachment\r\na=file-date:creation:\"Mon, 15 May 2006 15:01:31 +0300\"\r\n"
            + "a=file-icon:cid:id2@alicepc.example.com\r\na=file-range:1-32349\r\n";
    private static final String SELECTOR = "name:\"My cool picture.jpg\" type:image/jpeg size:32349 hash:sha-1:72:24:5F:E8:65:3D:DA:F3:71:36:2F:86:D4:71:91:3E:E4:A2:CE:2E";

    private final FileDescription file = new FileDescription();

    private boolean reads(FileDescription into, String sdp) {
        SessionDescription d = new SessionDescription();
        assertTrue(d.wrap(new Slice().wrap(sdp.getBytes(StandardCharsets.UTF_8))));
        return into.read(d, 0);
    }

    private boolean selects(String selector) {
        return reads(file, FIGURE_2.replace(SELECTOR, selector));
    }

    private static String written(FileDescription of, boolean hashes, boolean disposition) {
        byte[] room = new byte[800];
        ByteSink sink = new ByteSink().wrap(room);
        SdpWriter out = new SdpWriter();
        out.begin(sink, 1, 1, new Flow().setIpv4(Flow.TCP, 0xC0000201, 1));
        int from = sink.position();
        of.write(out, hashes, disposition);
        assertFalse(sink.overflowed());
        return new String(room, from, sink.position() - from, StandardCharsets.UTF_8);
    }

    @Test
    void theFigureIsReadAndWrittenAgain() {
        assertTrue(reads(file, FIGURE_2));
        assertEquals("My cool picture.jpg", file.name.toString());
        assertEquals("image/jpeg", file.type.toString());
        assertEquals(32_349, file.size());
        assertArrayEquals(HexFormat.of().parseHex("72245fe8653ddaf371362f86d471913ee4a2ce2e"), file.sha1);
        assertTrue(file.hasSha1() && !file.hasSha256() && file.isAttachment() && file.isRanged());
        assertEquals(1, file.first());
        assertEquals(32_349, file.last());
        assertEquals("a=file-selector:" + SELECTOR + "\r\na=file-transfer-id:vBnG916bdberum2fFEABR1FR3ExZMUrd\r\na=file-disposition:attachment\r\na=file-range:1-32349\r\n",
                written(file, true, true));
        assertEquals("a=file-selector:" + SELECTOR.replaceFirst(" hash.*", "") + "\r\na=file-transfer-id:vBnG916bdberum2fFEABR1FR3ExZMUrd\r\na=file-range:1-32349\r\n",
                written(file, false, false), "as an answer has it");
    }

    @Test
    void selectorsComeInAnyOrderAndOthersArePassedOver() {
        assertTrue(selects("hash:md5:AA:BB size:5 colour:blue hash:sha-256:" + "0a:".repeat(31) + "0A type:text/plain;charset=\"UTF 8\" name:\"a\""));
        assertEquals(5, file.size());
        assertEquals("text/plain;charset=\"UTF 8\"", file.type.toString());
        assertTrue(file.hasSha256() && !file.hasSha1());
        assertEquals(10, file.sha256[31]);
    }

    @Test
    void namesLeadNowhere() {
        assertTrue(selects("name:\"..%2F..%5Cetc/pass%22wd%0D%C3%A4%25\""));
        assertEquals(".._.._etc_pass_wd_\u00E4%", file.name.toString());
        assertEquals("a=file-selector:name:\".._.._etc_pass_wd_\u00E4%25\"", written(file, true, false).split("\r\n")[0]);
        file.name.set("a/b\"c%");
        assertEquals("a=file-selector:name:\"a%2Fb%22c%25\"", written(file, true, false).split("\r\n")[0]);
        assertTrue(selects("name:\"" + "x".repeat(200) + "\""));
        assertEquals(FileDescription.NAME_BYTES, file.name.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "size:", "size:-1", "size:x", "name:\"\"", "name:\"open", "name:\"a%2\"", "name:\"a%GG\"", "name:\"a\"size:5", "type:jpeg", "type:image/", "type:/x",
        "type:a/b;c=\"d", "hash:sha-1:72", "hash:sha-1:72:24:5F:E8:65:3D:DA:F3:71:36:2F:86:D4:71:91:3E:E4:A2:CE:2E:00", "picture", " size:5", "colour:blue", "hash:md5:AA:BB"})
    void whatIsMalformedOrSaysNothingKnownIsRefused(String selector) {
        assertFalse(selects(selector));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0-5", "5-4", "5", "-5", "a-b", "1-", "*-5", "1-5x"})
    void soIsARange(String range) {
        assertFalse(reads(file, FIGURE_2.replace("file-range:1-32349", "file-range:" + range)));
    }

    @Test
    void withoutARangeItIsTheWholeAndAnOpenOneHasNoEnd() {
        assertTrue(reads(file, FIGURE_2.replace("a=file-range:1-32349\r\n", "")));
        assertFalse(file.isRanged());
        assertEquals(1, file.first());
        assertTrue(reads(file, FIGURE_2.replace("1-32349", "77-*")));
        assertEquals(77, file.first());
        assertEquals(FileDescription.UNKNOWN, file.last());
        assertFalse(reads(file, FIGURE_2.replaceFirst("a=file-transfer-id:[^\r]*\r\n", "")));
    }

    /** Section 8.3.2: what is asked for is compared one by one. */
    @Test
    void aFileIsSelectedByAllThatIsSaid() {
        FileDescription asked = new FileDescription();
        assertTrue(reads(file, FIGURE_2));
        for (String good : new String[] {SELECTOR, "type:IMAGE/jpeg", "size:32349", SELECTOR.replaceFirst(".*(hash)", "$1"), "name:\"My cool picture.jpg\""}) {
            assertTrue(reads(asked, FIGURE_2.replace(SELECTOR, good)) && asked.selects(file), good);
        }
        for (String bad : new String[] {SELECTOR.replace("72:24", "72:25"), "type:image/png", "size:32348", "name:\"my cool picture.jpg\""}) {
            assertTrue(reads(asked, FIGURE_2.replace(SELECTOR, bad)) && !asked.selects(file), bad);
        }
    }
}
