package org.sidetone.doc.conference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.sidetone.Vectors;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;

/** RFC 4575 section 7, RFC 7701 section 9.6. */
class ConferenceTest {
    private final List<String> told = new ArrayList<>();
    private final ConferenceReader reader = new ConferenceReader();

    private int read(byte[] document) {
        told.clear();
        return reader.read(new Slice().wrap(document), new ConferenceReader.User() {
            @Override
            public void onParticipants(boolean all) {
                told.add(all ? "all" : "some");
            }

            @Override
            public void onParticipant(Slice address, Slice displayed, boolean gone) {
                told.add(address + "=" + displayed + (gone ? " gone" : ""));
            }
        });
    }

    private int read(String document) {
        return read(document.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theExamplesOfTheRfcs() throws IOException {
        assertEquals(ConferenceReader.GOOD, read(Vectors.bytes("xml/conference-info/valid/rfc4575-7.1-1.xml")));
        assertEquals("all", told.get(0));
        assertEquals("sip:bob@example.com=Bob Hoskins gone", told.get(1), "his one endpoint is disconnected");
        assertEquals("sip:alice@example.com=Alice", told.get(2));
        assertEquals(1, reader.version());
        assertTrue(reader.isFull());
        assertEquals(ConferenceReader.GOOD, read(Vectors.bytes("xml/conference-info/valid/rfc4575-7.2-1.xml")));
        assertEquals(List.of("some", "sip:bob@example.com=Bob Hoskins"), told, "he is only leaving");
        assertFalse(reader.isFull());
        assertEquals(5, reader.version());
        assertEquals(ConferenceReader.GOOD, read(Vectors.bytes("xml/conference-info/valid/rfc7701-9.6-1.xml")));
        assertEquals(List.of("all", "sip:bob@example.com=Dopey Donkey", "sip:alice@atlanta.example.com=Alice the great"), told);
    }

    @Test
    void whatTheSchemaRefusesAndWhatIsDeleted() throws IOException {
        assertEquals(ConferenceReader.NOT_CONFERENCE, read(Vectors.bytes("xml/conference-info/invalid/no-entity.xml")));
        assertEquals(ConferenceReader.NOT_CONFERENCE, read("<other xmlns=\"urn:ietf:params:xml:ns:conference-info\" entity=\"sip:a@b\"/>"));
        assertEquals(ConferenceReader.NOT_CONFERENCE, read("<conference-info xmlns=\"urn:ietf:params:xml:ns:conference-info\" entity=\"sip:a@b\" version=\"x\"/>"));
        assertEquals(ConferenceReader.GOOD, read("<conference-info xmlns=\"urn:ietf:params:xml:ns:conference-info\" entity=\"sip:a@b\" state=\"deleted\" version=\"3\"/>"));
        assertEquals(List.of("all"), told, "nobody is there any more");
        assertEquals(ConferenceReader.GOOD, read("<conference-info xmlns=\"urn:ietf:params:xml:ns:conference-info\" entity=\"sip:a@b\" state=\"partial\" version=\"3\">"
                + "<users state=\"partial\"><user entity=\"sip:c@d\" state=\"deleted\"/><user><display-text>nobody</display-text></user></users></conference-info>"));
        assertEquals(List.of("some", "sip:c@d= gone"), told);
    }

    private static FixedText text(String s) {
        FixedText t = new FixedText(128);
        t.set(s);
        return t;
    }

    @Test
    void whatIsWrittenFitsTheSchemaAndIsReadAgain() throws Exception {
        ByteSink out = new ByteSink().wrap(new byte[4000]);
        ConferenceWriter writer = new ConferenceWriter();
        writer.begin(9, new Slice().wrap("sip:lunch@example.test".getBytes(StandardCharsets.US_ASCII)), text("Lunch & <more>"), 2, out);
        writer.user(text("sip:alice@example.test"), text("The \"Boss\" & co"), text("Alice"), 2);
        writer.user(text("sip:bob@example.test"), text(""), text(""), 1);
        writer.end();
        String document = out.slice(new Slice()).toString();
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(ConferenceTest.class.getResource("/schemas/conference-info.xsd")).newValidator()
                .validate(new StreamSource(new StringReader(document)));
        assertEquals(ConferenceReader.GOOD, read(document));
        assertEquals(List.of("all", "sip:alice@example.test=The \"Boss\" & co", "sip:bob@example.test="), told);
        assertEquals(9, reader.version());
    }
}
