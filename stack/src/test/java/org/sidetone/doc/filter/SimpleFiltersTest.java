package org.sidetone.doc.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sidetone.Vectors;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.tree.XmlTree;

class SimpleFiltersTest {
    private static final String TUPLES = "<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" xmlns:rpid=\"urn:ietf:params:xml:ns:pidf:rpid\" entity=\"sip:p@e\">"
            + "<tuple id=\"a\"><status><basic>open</basic></status><rpid:class>IM</rpid:class><contact priority=\"0.5\">im:p@e</contact></tuple>"
            + "<tuple id=\"b\"><status><basic>closed</basic></status><rpid:class>voice</rpid:class><contact>tel:1</contact><note>home</note></tuple>"
            + "<note>all</note></presence>";
    private static final String NAMES = "<ns-bindings><ns-binding prefix=\"pidf\" urn=\"urn:ietf:params:xml:ns:pidf\"/>"
            + "<ns-binding prefix=\"rpid\" urn=\"urn:ietf:params:xml:ns:pidf:rpid\"/></ns-bindings>";

    private final SimpleFilters filters = new SimpleFilters(100, 200);

    /** What a presence document must have. */
    private static final SimpleFilters.Mandatory RULES = new SimpleFilters.Mandatory() {
        @Override
        public boolean element(XmlTree document, int element) {
            return document.localName(element, new Slice()).toString().equals("status");
        }

        @Override
        public boolean attribute(XmlTree document, int attribute) {
            String name = document.localName(attribute, new Slice()).toString();
            return name.equals("id") || name.equals("entity");
        }
    };

    private static Slice slice(String text) {
        return new Slice().wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Stream<Path> documents(String kind) throws IOException {
        return Files.list(Vectors.folder("xml/simple-filter/" + kind)).sorted();
    }

    static Stream<Path> valid() throws IOException {
        return documents("valid");
    }

    static Stream<Path> invalid() throws IOException {
        return documents("invalid");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void everyValidDocumentIsRead(Path file) throws IOException {
        String text = Files.readString(file);
        // the prefix of the fourth example of RFC 4661 section 6 is bound nowhere in it
        int expected = text.contains("pidf:") && !text.contains("prefix=\"pidf\"") ? SimpleFilters.INVALID : SimpleFilters.GOOD;
        assertEquals(expected, filters.read(slice(text)), file.toString());
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void everyInvalidDocumentIsRefused(Path file) throws IOException {
        assertEquals(SimpleFilters.INVALID, filters.read(slice(Files.readString(file))));
    }

    private void read(String inFilter) {
        assertEquals(SimpleFilters.GOOD, filters.read(slice("<filter-set xmlns=\"urn:ietf:params:xml:ns:simple-filter\">" + NAMES + "<filter id=\"1\">" + inFilter
                + "</filter></filter-set>")), inFilter);
    }

    private String filtered(String what) {
        read("<what>" + what + "</what>");
        byte[] b = new byte[4096];
        ByteSink sink = new ByteSink().wrap(b);
        return filters.apply(filters.next(XmlTree.NONE), slice(TUPLES), RULES, sink) ? new String(b, 0, sink.length(), StandardCharsets.UTF_8)
                .replaceFirst("<presence[^>]*>", "<P>").replace("</presence>", "</P>") : null;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', value = {
        "/pidf:presence/pidf:tuple/pidf:contact ¦ <P><tuple id=\"a\"><status><basic>open</basic></status><contact priority=\"0.5\">im:p@e</contact></tuple><tuple id=\"b\"><status><basic>closed</basic></status><contact>tel:1</contact></tuple></P>",
        "//pidf:note ¦ <P><tuple id=\"b\"><status><basic>closed</basic></status><note>home</note></tuple><note>all</note></P>",
        "/*/pidf:note ¦ <P><note>all</note></P>",
        "//pidf:tuple[rpid:class=\"IM\"]/rpid:class ¦ <P><tuple id=\"a\"><status><basic>open</basic></status><rpid:class>IM</rpid:class></tuple></P>",
        "//pidf:tuple[pidf:status/pidf:basic=\"closed\" and rpid:class=\"voice\"]/pidf:note ¦ <P><tuple id=\"b\"><status><basic>closed</basic></status><note>home</note></tuple></P>",
        "//pidf:tuple[rpid:class=\"x\" or */pidf:basic='open'] ¦ <P><tuple id=\"a\"><status><basic>open</basic></status><rpid:class>IM</rpid:class><contact priority=\"0.5\">im:p@e</contact></tuple></P>",
        "//pidf:contact[@priority&gt;0.4] ¦ <P><tuple id=\"a\"><status><basic>open</basic></status><contact priority=\"0.5\">im:p@e</contact></tuple></P>",
        "//pidf:contact[@priority&lt;0.4] ¦ ",
        "//pidf:basic[.=\"open\"] ¦ <P><tuple id=\"a\"><status><basic>open</basic></status></tuple></P>",
        "//pidf:contact/@priority ¦ <P><tuple id=\"a\"><status><basic>open</basic></status><contact priority=\"0.5\"/></tuple></P>",
        "//note ¦ ",
        "//pidf:person ¦ "})
    void whatIsIncludedIsThereWithWhatHasToBe(String expression, String expected) {
        assertEquals(expected, filtered("<include>" + expression + "</include>"));
    }

    @Test
    void namespacesExclusionsAndSeveralOfThem() {
        String noRpid = "<P><tuple id=\"a\"><status><basic>open</basic></status><contact priority=\"0.5\">im:p@e</contact></tuple>"
                + "<tuple id=\"b\"><status><basic>closed</basic></status><contact>tel:1</contact><note>home</note></tuple><note>all</note></P>";
        assertEquals(noRpid, filtered("<include type=\"namespace\">urn:ietf:params:xml:ns:pidf</include>"));
        assertEquals(noRpid, filtered("<exclude type=\"namespace\">urn:ietf:params:xml:ns:pidf:rpid</exclude>"));
        assertEquals(noRpid.replace("<note>home</note>", ""), filtered("<include type=\"namespace\">urn:ietf:params:xml:ns:pidf</include><exclude>/*/pidf:tuple/pidf:note</exclude>"));
        assertEquals("<P><tuple id=\"b\"><status><basic>closed</basic></status><note>home</note></tuple><note>all</note></P>",
                filtered("<include>//pidf:tuple/pidf:note</include><include>/*/pidf:note</include>"));
        assertEquals(noRpid.replace(" priority=\"0.5\"", "").replace("<note>home</note>", "").replace("<note>all</note>", ""),
                filtered("<include type=\"namespace\">urn:ietf:params:xml:ns:pidf</include><exclude>//pidf:note</exclude><exclude>//pidf:contact/@priority</exclude>"));
    }

    @Test
    void whatMustBeThereCannotBeExcluded() {
        String all = TUPLES.replaceFirst("<presence[^>]*>", "<P>").replace("</presence>", "</P>");
        assertEquals(all, filtered("<exclude>//pidf:status</exclude><exclude>//pidf:tuple/@id</exclude><exclude>/pidf:presence</exclude>"));
        assertEquals(all, filtered("<exclude type=\"namespace\">urn:nothing</exclude>"));
    }

    private boolean triggered(String trigger, String before, String now) {
        read(trigger);
        return filters.isTriggered(filters.next(XmlTree.NONE), slice(before), slice(now));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', value = {
        "<changed>//pidf:basic</changed> ¦ open ¦ closed ¦ true",
        "<changed>//pidf:basic</changed> ¦ home ¦ work ¦ false",
        "<changed>/pidf:presence/pidf:tuple/pidf:status/pidf:basic</changed> ¦ open ¦ open ¦ false",
        "<changed from=\"open\">//pidf:basic</changed> ¦ open ¦ closed ¦ true",
        "<changed from=\"closed\">//pidf:basic</changed> ¦ open ¦ closed ¦ false",
        "<changed to=\"closed\">//pidf:basic</changed> ¦ open ¦ closed ¦ true",
        "<changed to=\"open\">//pidf:basic</changed> ¦ open ¦ closed ¦ false",
        "<changed from=\"open\" to=\"closed\">//pidf:basic</changed> ¦ open ¦ closed ¦ true",
        "<changed by=\"0.2\">//pidf:contact/@priority</changed> ¦ 0.5 ¦ 0.7 ¦ true",
        "<changed by=\"0.2\">//pidf:contact/@priority</changed> ¦ 0.5 ¦ 0.3 ¦ true",
        "<changed by=\"0.3\">//pidf:contact/@priority</changed> ¦ 0.5 ¦ 0.7 ¦ false",
        "<changed>//pidf:contact/@priority</changed> ¦ 0.5 ¦ 0.6 ¦ true",
        "<added>//pidf:tuple</added> ¦ id=\"b\" ¦ id=\"c\" ¦ true",
        "<removed>//pidf:tuple</removed> ¦ id=\"b\" ¦ id=\"c\" ¦ true",
        "<removed>//pidf:contact</removed> ¦ id=\"b\" ¦ id=\"b\" ¦ false",
        "<added>//pidf:note</added> ¦ <note>all</note> ¦ <note>all</note><note>more</note> ¦ true",
        "<removed>//pidf:note</removed> ¦ <note>all</note> ¦ <!-- --> ¦ true",
        "<changed>//pidf:basic</changed><added>//pidf:note</added> ¦ open ¦ closed ¦ false"})
    void changesTrigger(String conditions, String from, String to, boolean expected) {
        assertEquals(expected, triggered("<trigger>" + conditions + "</trigger>", TUPLES, TUPLES.replaceFirst(java.util.regex.Pattern.quote(from), to)));
    }

    @Test
    void oneOfSeveralTriggersIsEnough() {
        String two = "<trigger><changed>//pidf:basic</changed></trigger><trigger><changed>//pidf:note</changed></trigger>";
        assertTrue(triggered(two, TUPLES, TUPLES.replace("home", "work")));
        assertFalse(triggered(two, TUPLES, TUPLES.replace("voice", "video")));
        read("<what><include>//pidf:note</include></what><trigger></trigger>");
        assertFalse(filters.hasTriggers(filters.next(XmlTree.NONE)), "an empty one is none");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', value = {"pidf:presence", "/pidf:presence/", "///pidf:note", "/x:note", "//pidf:tuple[", "//pidf:tuple[pidf:status]", "//pidf:tuple[pidf:a='b' xor pidf:c='d']",
        "//pidf:tuple[pidf:a='b]", "/pidf:a/@b/pidf:c", "//@", "/1a", "//pidf:tuple[@a&gt;]"})
    void anExpressionThatIsNoneIsRefused(String expression) {
        assertEquals(SimpleFilters.INVALID, filters.read(slice("<filter-set xmlns=\"urn:ietf:params:xml:ns:simple-filter\">" + NAMES + "<filter id=\"1\"><what><include>" + expression
                + "</include></what></filter></filter-set>")));
    }

    @Test
    void twoForOneResourceAreAmbiguousAndWithOneIdInvalid() {
        String set = "<filter-set xmlns=\"urn:ietf:params:xml:ns:simple-filter\">%s</filter-set>";
        String one = "<filter id=\"%s\"%s><what><exclude>/a</exclude></what></filter>";
        assertEquals(SimpleFilters.AMBIGUOUS, filters.read(slice(String.format(set, String.format(one, "1", "") + String.format(one, "2", "")))));
        assertEquals(SimpleFilters.INVALID, filters.read(slice(String.format(set, String.format(one, "1", "") + String.format(one, "1", " uri=\"sip:a@b\"")))));
        assertEquals(SimpleFilters.GOOD, filters.read(slice(String.format(set, String.format(one, "1", "") + String.format(one, "2", " domain=\"b\"")))));
        assertEquals(SimpleFilters.INVALID, filters.read(slice(String.format(set, String.format(one, "1", " uri=\"sip:a@b\" domain=\"b\"")))));
        assertNull(filtered("<include>//pidf:nothing</include>"));
    }
}
