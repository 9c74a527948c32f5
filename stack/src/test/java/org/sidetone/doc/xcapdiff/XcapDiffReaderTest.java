package org.sidetone.doc.xcapdiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

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
import org.sidetone.bytes.Slice;

class XcapDiffReaderTest {
    private final XcapDiffReader reader = new XcapDiffReader();
    private final List<String> told = new ArrayList<>();

    static Stream<Path> valid() throws IOException {
        return Files.list(Vectors.folder("xml/xcap-diff/valid")).sorted();
    }

    static Stream<Path> invalid() throws IOException {
        return Files.list(Vectors.folder("xml/xcap-diff/invalid")).sorted();
    }

    private int read(String text) {
        return reader.read(new Slice().wrap(text.getBytes(StandardCharsets.UTF_8)), (selector, tag) -> told.add(selector + " " + tag));
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
        assertEquals(List.of("a/b ", "c&d 2"), told);
    }
}
