package org.sidetone.doc.xcapdiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sidetone.Vectors;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;

class XcapDiffReaderTest {
    private final XcapDiffReader reader = new XcapDiffReader(100, 1000);
    private final List<String> told = new ArrayList<>();

    static Stream<Path> valid() throws IOException {
        return Files.list(Vectors.folder("xml/xcap-diff/valid")).sorted();
    }

    static Stream<Path> invalid() throws IOException {
        return Files.list(Vectors.folder("xml/xcap-diff/invalid")).sorted();
    }

    private int read(String text) {
        return reader.read(new Slice().wrap(text.getBytes(StandardCharsets.UTF_8)), (selector, previous, tag, patched) -> told.add(selector + " " + previous + " " + tag + " " + patched));
    }

    @ParameterizedTest
    @MethodSource("valid")
    void everyValidDocumentIsRead(Path file) throws IOException {
        String text = Files.readString(file);
        assertEquals(XcapDiffReader.GOOD, read(text), file.toString());
        assertEquals(text.split("<(\\w+:)?document\\s").length - 1, told.size(), file.toString());
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void everyInvalidDocumentIsRefused(Path file) throws IOException {
        assertNotEquals(XcapDiffReader.GOOD, read(Files.readString(file)), file.toString());
    }

    @Test
    void aDocumentThatIsGoneHasNoNewTag() {
        read("<xcap-diff xmlns='urn:ietf:params:xml:ns:xcap-diff' xcap-root='http://x/'><document sel='a/b' previous-etag='1'/><document sel='c&amp;d' previous-etag='1' new-etag='2'>"
                + "<add sel='*'><e/></add></document></xcap-diff>");
        assertEquals(List.of("a/b 1  false", "c&d 1 2 true"), told);
    }

    private String patched(String operations, String before) {
        byte[] room = new byte[1000];
        String[] made = {null};
        ByteSink sink = new ByteSink().wrap(room);
        String text = "<d:xcap-diff xmlns:d='urn:ietf:params:xml:ns:xcap-diff' xmlns='urn:x' xcap-root='http://x/'><d:document sel='a' previous-etag='1' new-etag='2'>" + operations
                + "</d:document></d:xcap-diff>";
        assertEquals(XcapDiffReader.GOOD, reader.read(new Slice().wrap(text.getBytes(StandardCharsets.UTF_8)), (selector, previous, tag, patched) -> made[0] = !patched ? "not patched"
                : reader.patch(new Slice().wrap(before.getBytes(StandardCharsets.UTF_8)), sink) ? sink.slice(new Slice()).toString() : "failed"));
        return made[0];
    }

    @Test
    void theNewDocumentIsMadeOfTheOldOne() {
        String before = "<l xmlns='urn:x'><e a='1'/><f/></l>";
        assertEquals("<l xmlns='urn:x'><e a=\"2\"/><f/><g/></l>", patched("<d:replace sel='*/e/@a'>2</d:replace><d:add sel='*'><g/></d:add>", before));
        assertEquals(before, patched("<d:body-not-changed/>", before));
        assertEquals("not patched", patched(" ", before));
        assertEquals("failed", patched("<d:remove sel='*/z'/>", before));
        assertEquals("failed", patched("<d:body-not-changed/><d:remove sel='*/f'/>", before));
        assertEquals("failed", patched("<d:remove sel='*/f'/>", "<l"));
    }

    /** What the other side writes is read. */
    @Test
    void whatIsWrittenIsRead() {
        String before = "<r:l xmlns:r='urn:x' xmlns='urn:y'><r:e a='1'><k>t</k></r:e> <r:f/></r:l>";
        for (String after : List.of("<r:l xmlns:r='urn:x' xmlns='urn:y'><r:e a='1'><k>u</k></r:e><r:f/><r:f/></r:l>", "<r:l xmlns:r='urn:x' xmlns='urn:y'><r:f/></r:l>",
                "<r:l xmlns:r='urn:x' xmlns='urn:y'><r:e a='1'><k>t</k></r:e><r:f/></r:l>")) {
            byte[] room = new byte[1000];
            ByteSink sink = new ByteSink().wrap(room);
            sink.put("<xcap-diff xmlns='urn:ietf:params:xml:ns:xcap-diff' xcap-root='http://x/'>");
            assertTrue(new XcapDiffWriter(50).write(slice("sel='a' previous-etag='1' new-etag='2'"), slice(before), slice(after), new byte[500], sink));
            sink.put("</xcap-diff>");
            byte[] made = new byte[1000];
            ByteSink out = new ByteSink().wrap(made);
            assertEquals(XcapDiffReader.GOOD, reader.read(sink.slice(new Slice()), (selector, previous, tag, patched) -> assertTrue(patched && reader.patch(slice(before), out))), sink.toString());
            assertEquals(after, out.slice(new Slice()).toString().replace("> <", "><"));
        }
        ByteSink none = new ByteSink().wrap(new byte[1000]);
        assertFalse(new XcapDiffWriter(50).write(slice("sel='a'"), slice(before), slice("<m/>"), new byte[500], none), "another root");
        assertFalse(new XcapDiffWriter(50).write(slice("sel='a'"), slice(before), slice(before.replace("f/", "g/")), new byte[60], none), "no room");
        assertFalse(new XcapDiffWriter(50).write(slice("sel='a'"), slice("<l"), slice(before), new byte[500], none));
        assertFalse(new XcapDiffWriter(50).write(slice("sel='a'"), slice(before), slice(before.replace("xmlns=", "xmlns:d='1' xmlns:xd='2' xmlns:xcapdiff='3' xmlns=")), new byte[500], none));
        assertEquals(0, none.length());
    }

    @Test
    void whatHasMoreNodesThanThereIsRoomForSaysSo() {
        assertEquals(XcapDiffReader.TOO_LARGE, read("<xcap-diff xmlns='urn:ietf:params:xml:ns:xcap-diff' xcap-root='http://x/'>" + "<document sel='a'/>".repeat(60) + "</xcap-diff>"));
    }

    private static Slice slice(String text) {
        return new Slice().wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
