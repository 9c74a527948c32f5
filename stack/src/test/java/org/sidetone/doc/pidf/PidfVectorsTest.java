package org.sidetone.doc.pidf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sidetone.Vectors;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.XmlReader;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

class PidfVectorsTest {
    private final PidfReader reader = new PidfReader();
    private final Presence presence = new Presence();

    static Stream<Path> documents() throws IOException {
        List<Path> out = new ArrayList<>();
        for (Map<String, String> row : Vectors.table("xml/cases.tsv")) {
            Path file = Vectors.folder("xml/cases.tsv").resolveSibling(row.get("document_type")).resolve(row.get("file"));
            if (Files.exists(file)) {
                out.add(file);
            }
        }
        return out.stream();
    }

    private static boolean wellFormed(byte[] b) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new ErrorHandler() {
                @Override
                public void warning(SAXParseException e) {
                    // a warning is none
                }

                @Override
                public void error(SAXParseException e) {
                    // nor is what a schema says
                }

                @Override
                public void fatalError(SAXParseException e) throws SAXException {
                    throw e;
                }
            });
            builder.parse(new ByteArrayInputStream(b));
            return true;
        } catch (SAXException e) {
            return false;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static int readAll(byte[] b) {
        XmlReader xml = new XmlReader(new byte[0][], 64).wrap(b, 0, b.length);
        byte[] room = new byte[100_000];
        int e = xml.next();
        while (e > 0 && e != XmlReader.DONE) {
            if (e == XmlReader.TEXT) {
                xml.text(new ByteSink().wrap(room));
            }
            e = xml.next();
        }
        return e;
    }

    /** Well-formed or not: our reader and the JDK's say the same of every document. */
    @ParameterizedTest
    @MethodSource("documents")
    void agreesWithTheJdkOnWellFormedness(Path file) throws IOException {
        byte[] b = Files.readAllBytes(file);
        assertEquals(wellFormed(b), readAll(b) == XmlReader.DONE, file.toString());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void cutOrFlippedItIsNeverReadAsWholeByAccident(Path file) throws IOException {
        byte[] b = Files.readAllBytes(file);
        for (int n = 0; n < b.length - 1; n += 1 + b.length / 400) {
            byte[] cut = java.util.Arrays.copyOf(b, n);
            if (readAll(cut) == XmlReader.DONE) {
                assertTrue(wellFormed(cut));
            }
            reader.read(new Slice().wrap(cut), presence);
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void presenceDocumentsAreRead(Path file) throws IOException {
        byte[] b = Files.readAllBytes(file);
        boolean presenceDocument = file.getParent().getFileName().toString().equals("valid")
                && new String(b, StandardCharsets.UTF_8).contains("urn:ietf:params:xml:ns:pidf\"")
                && new String(b, StandardCharsets.UTF_8).contains("presence");
        int result = reader.read(new Slice().wrap(b), presence);
        if (presenceDocument && !new String(b, StandardCharsets.UTF_8).contains("pidf-diff")) {
            assertEquals(PidfReader.GOOD, result, file.toString());
            assertFalse(presence.entity.isEmpty());
        }
    }

    private Presence read(String file) throws IOException {
        assertEquals(PidfReader.GOOD, reader.read(new Slice().wrap(Files.readAllBytes(Vectors.folder("xml/" + file))), presence));
        return presence;
    }

    /** RFC 4480 section 4. */
    @Test
    void readsTheRfcsExample() throws IOException {
        String file = Files.list(Vectors.folder("xml/rpid/valid")).map(p -> p.getFileName().toString()).filter(n -> n.contains("4480"))
                .sorted().findFirst().orElseThrow();
        Presence p = read("rpid/valid/" + file);
        assertEquals("pres:someone@example.com", p.entity.toString());
        assertEquals(Presence.OPEN, p.basic());
        assertTrue(p.isDoing(Activity.AWAY));
        assertEquals("Far away", p.note.toString());
    }

    @Test
    void whatIsWrittenIsReadAndValid() {
        Presence out = new Presence();
        out.entity.set("sip:bob&co@example.test");
        out.addBasic(Presence.OPEN);
        out.addActivities(Activity.BUSY | Activity.MEETING);
        out.note.set("a < b & \"c\"");
        out.setIdle(true);
        byte[] room = new byte[2000];
        ByteSink sink = new ByteSink().wrap(room);
        FixedText id = new FixedText(8);
        id.set("d");
        FixedText contact = new FixedText(40);
        contact.set("sip:bob@192.0.2.1");
        new PidfWriter().write(out, id, contact, 1_795_000_000L, sink);
        assertEquals(PidfReader.GOOD, reader.read(new Slice().wrap(room, 0, sink.length()), presence));
        assertEquals("sip:bob&co@example.test", presence.entity.toString());
        assertEquals("a < b & \"c\"", presence.note.toString());
        assertEquals(out.activities(), presence.activities());
        assertTrue(presence.isIdle());
        assertTrue(new String(room, 0, sink.length(), StandardCharsets.UTF_8).contains("2026-11-18T"));
    }

    private int refusal(String document) {
        presence.clear();
        presence.note.set("untouched");
        int result = reader.read(new Slice().wrap(document.getBytes(StandardCharsets.ISO_8859_1)), presence);
        assertEquals("untouched", presence.note.toString(), "a refused document changes nothing");
        return result;
    }

    @Test
    void badInputIsRefusedByName() {
        String start = "<presence xmlns='urn:ietf:params:xml:ns:pidf' entity='sip:a@b'>";
        assertEquals(XmlReader.DOCTYPE, refusal("<!DOCTYPE presence [<!ENTITY a 'b'>]>" + start + "</presence>"));
        assertEquals(XmlReader.TOO_DEEP, refusal(start + "<a>".repeat(10_000) + "</a>".repeat(10_000) + "</presence>"));
        assertEquals(XmlReader.BAD_ENCODING, refusal(start + "<note>\u00c3\u0028</note></presence>"));
        assertEquals(XmlReader.BAD_ENCODING, refusal("<?xml version='1.0' encoding='UTF-16'?>" + start + "</presence>"));
        assertEquals(XmlReader.MALFORMED, refusal(start + "<note>&undefined;</note></presence>"));
        assertEquals(XmlReader.MALFORMED, refusal(start + "<note>&#0;</note></presence>"));
        assertEquals(XmlReader.MALFORMED, refusal(start + "<note></presence>"));
        assertEquals(XmlReader.MALFORMED, refusal(start + "<x:note/></presence>"));
        assertEquals(XmlReader.MALFORMED, refusal(start + "<note a='1' a='2'/></presence>"));
        assertEquals(XmlReader.MALFORMED, refusal(start + "</presence><more/>"));
        assertEquals(XmlReader.MALFORMED, refusal(""));
        assertEquals(PidfReader.NOT_PIDF, refusal("<presence entity='sip:a@b'/>"));
        assertEquals(PidfReader.NOT_PIDF, refusal("<presence xmlns='urn:ietf:params:xml:ns:pidf'/>"));
    }
}
