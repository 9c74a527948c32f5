package org.sidetone.doc.lists;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;

/** The book in a document of lists (RFC 4826 section 3), and the service that stands for it (section 4); what is written is checked by the schemas of the RFC. */
class BookListTest implements People {
    private static final String NS = " xmlns=\"urn:ietf:params:xml:ns:resource-lists\"";

    private final BookList list = new BookList();
    private final ByteSink sink = new ByteSink().wrap(new byte[2000]);

    private static Slice slice(String text) {
        return new Slice().wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private String read(String document) {
        List<String> entries = new ArrayList<>();
        int verdict = list.read(slice(document), (uri, name) -> entries.add(uri + "=" + name));
        return verdict + " " + String.join(",", entries);
    }

    @Override
    public int count() {
        return 2;
    }

    @Override
    public Slice address(int index, Slice out) {
        return out.set(slice(index == 0 ? "sip:bob&co@e.test" : "sip:carol@e.test"));
    }

    @Override
    public Slice name(int index, Slice out) {
        return out.set(slice(index == 0 ? "Bob & <Co>" : ""));
    }

    private static void validate(String document) throws Exception {
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(Path.of("src/test/resources/schemas/lists-bundle.xsd").toFile()).newValidator()
                .validate(new StreamSource(new StringReader(document)));
    }

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        list.write(this, sink);
        String document = sink.slice(new Slice()).toString();
        validate(document);
        assertEquals("0 sip:bob&co@e.test=Bob & <Co>,sip:carol@e.test=", read(document));
    }

    @Test
    void partsFitIntoDocumentsOfOthers() throws Exception {
        list.writeList(this, sink);
        String part = sink.slice(new Slice()).toString();
        String document = "<l:resource-lists xmlns:l='urn:ietf:params:xml:ns:resource-lists'><l:list name='x'><l:entry uri='sip:no@e.test'/></l:list>" + part + "</l:resource-lists>";
        validate(document);
        assertEquals("0 sip:bob&co@e.test=Bob & <Co>,sip:carol@e.test=", read(document));
        sink.truncate(sink.start());
        list.writeEntry(this, 0, sink);
        assertEquals("<entry" + NS + " uri=\"sip:bob&amp;co@e.test\"><display-name>Bob &amp; &lt;Co&gt;</display-name></entry>", sink.slice(new Slice()).toString());
        sink.truncate(sink.start());
        list.writeName(this, 0, sink);
        assertEquals("<display-name" + NS + ">Bob &amp; &lt;Co&gt;</display-name>", sink.slice(new Slice()).toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
        "<resource-lists%/>|1 ", "<resource-lists%><list/><list name='other'><entry uri='sip:a'/></list></resource-lists>|1 ", "<resource-lists%><list name='book'/></resource-lists>|0 ",
        "<resource-lists%><list name='book'><display-name>All</display-name><entry uri='sip:a'><display-name xml:lang='en'> A </display-name><x xmlns='urn:x'><display-name>no</display-name></x></entry>"
            + "<list name='in'><entry uri='sip:no'/></list><entry-ref ref='r'/><external anchor='http://x'/><entry uri='sip:b'/></list></resource-lists>|0 sip:a=A,sip:b=",
        "<resource-lists%><list name='book'><entry/><entry uri='sip:b'><x xmlns='urn:x'/><display-name>B</display-name></entry></list></resource-lists>|0 sip:b=B",
        "<list% name='book'><entry uri='sip:a'/></list>|0 sip:a=", "<list% name='other'><entry uri='sip:a'/></list>|2 ", "<list% name='book'><entry uri='sip:a'/>|2 sip:a=",
        "<resource-lists/>|2 ", "<other%/>|2 ", "^^|2 ", "<resource-lists%><list name='book'><entry uri='sip:a'/></list>|2 sip:a="})
    void onlyItsOwnEntriesAreTheBooks(String document, String expected) {
        assertEquals(expected.strip(), read(document.replace("%", " xmlns='urn:ietf:params:xml:ns:resource-lists'")).strip());
    }

    @Test
    void aNameThatIsTooLongIsLeftOutAndAnAddressTooLongWithItsEntry() {
        assertEquals("0 sip:a=", read("<resource-lists" + NS + "><list name='book'><entry uri='sip:a'><display-name>" + "x".repeat(257) + "</display-name></entry><entry uri='sip:"
                + "y".repeat(257) + "'/></list></resource-lists>"));
    }

    @Test
    void theServiceStandsForTheBookAndLeavesOthersAsTheyAre() throws Exception {
        FixedText uri = new FixedText(100);
        FixedText book = new FixedText(200);
        uri.set("sip:alice-book@e.test");
        book.set("http://x/resource-lists/users/sip:alice@e.test/index/~~/resource-lists/list%5b@name=%22book%22%5d");
        String before = "<s:rls-services xmlns:s='urn:ietf:params:xml:ns:rls-services'><s:service uri='sip:alice-book@e.test'><s:resource-list>http://old</s:resource-list></s:service>"
                + "<s:service uri='sip:x@e.test'><s:resource-list>http://x/</s:resource-list><s:packages><s:package>presence</s:package></s:packages></s:service></s:rls-services>";
        assertEquals(true, new BookService().write(uri, book, "presence", slice(before), sink));
        String document = sink.slice(new Slice()).toString();
        validate(document);
        assertEquals("<service uri=\"sip:alice-book@e.test\"><resource-list>" + book + "</resource-list><packages><package>presence</package></packages></service>"
                + "<s:service xmlns:s=\"urn:ietf:params:xml:ns:rls-services\" uri='sip:x@e.test'><s:resource-list>http://x/</s:resource-list><s:packages><s:package>presence</s:package></s:packages>"
                + "</s:service></rls-services>", document.substring(document.indexOf("<service")));
        assertEquals(false, new BookService().write(uri, book, "presence", slice("<s:rls-services"), new ByteSink().wrap(new byte[2000])));
    }
}
