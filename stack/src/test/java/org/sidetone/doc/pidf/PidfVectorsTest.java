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
import org.sidetone.SchemaValidation;
import org.sidetone.Vectors;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;
import org.sidetone.xml.XmlReader;
import org.sidetone.xml.schema.SchemaReader;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

class PidfVectorsTest {
    private final PidfReader reader = new PidfReader(16, 8192);

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
            reader.read(new Slice().wrap(cut));
        }
    }

    private static boolean isPresence(byte[] b) {
        String text = new String(b, StandardCharsets.UTF_8);
        return text.contains("urn:ietf:params:xml:ns:pidf\"") && text.contains("presence") && !text.contains("pidf-diff") && !text.contains("simple-filter");
    }

    private static Stream<Path> presence(String verdict) throws IOException {
        return documents().filter(p -> p.getParent().getFileName().toString().equals(verdict)).filter(p -> {
            try {
                return isPresence(Files.readAllBytes(p));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    static Stream<Path> goodPresence() throws IOException {
        return presence("valid");
    }

    static Stream<Path> badPresence() throws IOException {
        return presence("invalid");
    }

    private String refused(byte[] b) {
        int result = reader.read(new Slice().wrap(b));
        ByteSink words = new ByteSink().wrap(new byte[300]);
        reader.describe(result, words);
        return result == PidfReader.GOOD ? "" : new String(words.buffer(), 0, words.length(), StandardCharsets.UTF_8);
    }

    /** What is written of what was read is valid, and says the same when it is read again. */
    @ParameterizedTest
    @MethodSource("goodPresence")
    @Shows({"3863-4.1-1", "3863-4.2.3-2", "3863-4.2.3-3", "4479-5-1", "4480-3.3-1", "4480-3.4-1", "4480-5-1"})
    void readWrittenAndReadAgainItSaysTheSame(Path file) throws Exception {
        assertEquals("", refused(Files.readAllBytes(file)));
        assertFalse(reader.document().entity.isEmpty());
        assertFalse(reader.document().isTruncated());
        leaveForeignSpheresOut(reader.document());
        if (saysNothingOfAService(reader.document())) {
            return;                                      // left out: aServiceOfWhichNothingIsKnownIsNotWritten
        }
        byte[] room = new byte[16_384];
        ByteSink sink = new ByteSink().wrap(room);
        new PidfWriter().write(reader.document(), sink);
        byte[] written = java.util.Arrays.copyOf(room, sink.length());
        SchemaValidation.presence(written);
        String before = Describe.document(reader.document());
        assertEquals("", refused(written), () -> new String(written, StandardCharsets.UTF_8));
        assertEquals(before, Describe.document(reader.document()));
    }

    private static boolean saysNothingOfAService(PresenceDocument d) {
        boolean nothing = false;
        for (int i = 0; i < d.count(); i++) {
            nothing |= d.component(i).kind == Component.SERVICE && d.component(i).basic == Presence.UNKNOWN;
        }
        return nothing;
    }

    /** A sphere of another namespace is read as a name; written it would need the namespace, which the composer keeps and this does not. */
    private static void leaveForeignSpheresOut(PresenceDocument d) {
        for (int i = 0; i < d.count(); i++) {
            if (d.component(i).rpid.sphere == Rpid.OTHER) {
                d.component(i).rpid.sphere = Rpid.NOT_SAID;
                d.component(i).rpid.otherSphere.clear();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("badPresence")
    void whatIsInvalidIsRefusedWithAReason(Path file) throws IOException {
        assertFalse(refused(Files.readAllBytes(file)).isEmpty(), file.toString());
    }

    private PresenceDocument read(String file) throws IOException {
        assertEquals("", refused(Files.readAllBytes(Vectors.folder("xml/" + file))));
        return reader.document();
    }

    private static Component part(PresenceDocument d, int kind) {
        for (int i = 0; i < d.count(); i++) {
            if (d.component(i).kind == kind) {
                return d.component(i);
            }
        }
        throw new AssertionError("no such component");
    }

    /** RFC 4480 section 4. */
    @Test
    void readsTheRfcsExample() throws IOException {
        String file = Files.list(Vectors.folder("xml/rpid/valid")).map(p -> p.getFileName().toString()).filter(n -> n.contains("4480"))
                .sorted().findFirst().orElseThrow();
        PresenceDocument d = read("rpid/valid/" + file);
        Presence p = new Presence();
        p.take(d, -1);
        assertEquals("pres:someone@example.com", p.entity.toString());
        assertEquals(Presence.OPEN, p.basic());
        assertTrue(p.isDoing(Activity.AWAY));
        assertEquals("Far away", p.note.toString());
        Component person = part(d, Component.PERSON);
        assertEquals("calendar", person.rpid.rpidClass.toString());
        assertEquals("angry", Mood.WORDS.name(person.rpid.moods[0]));
        assertEquals(Rpid.OTHER, person.rpid.sphere);
        assertEquals("bowling-league", person.rpid.otherSphere.toString());
    }

    /** RFC 4482 section 4.2 and RFC 5196 section 5. */
    @Test
    void readsContactInformationAndCapabilities() throws IOException {
        Presence p = new Presence();
        p.take(read("cipid/valid/rfc4482-4-1-fixed.xml"), -1);
        assertFalse(p.displayName.isEmpty());
        Component service = part(read("caps/valid/rfc5196-5-1.xml"), Component.SERVICE);
        assertTrue(service.capabilities.isSaid);
        assertTrue(service.capabilities.has(Capabilities.AUDIO));
        assertTrue((service.capabilities.methods.supported & 1L << Capabilities.METHODS.of(new Slice().wrap("INVITE".getBytes()))) != 0);
    }

    @Test
    @Shows({"3863-4.1.1-2", "3863-4.1.1-3", "3863-4.1.1-4", "3863-4.1.2-2", "3863-4.1.2-3", "3863-4.1.5-1", "3863-4.1.7-1", "3863-4.1.7-2", "3863-4.2.3-4"})
    void whatTheFormatDemandsIsThere() {
        String tuple = "<tuple id='t'><status><basic>open</basic></status>%s</tuple>";
        String at = "<timestamp>%s</timestamp>";
        assertEquals("", refused(document(String.format(tuple, String.format(at, "2026-11-25T17:00:00Z")))));
        for (String bad : new String[] {"2026-11-25t17:00:00Z", "2026-11-25T17:00:00z", "2026-11-25 17:00:00Z", "2026-11-25", "25 Nov 2026"}) {
            assertFalse(refused(document(String.format(tuple, String.format(at, bad)))).isEmpty(), bad);
        }
        for (String good : new String[] {"0", "0.5", "0.123", "1", "1.000"}) {
            assertEquals("", refused(document(String.format(tuple, "<contact priority='" + good + "'>sip:a@b</contact>"))), good);
        }
        for (String bad : new String[] {"1.1", "2", "-0.5", "0.1234", "x", ""}) {
            assertFalse(refused(document(String.format(tuple, "<contact priority='" + bad + "'>sip:a@b</contact>"))).isEmpty(), bad);
        }
        assertFalse(refused(document("<tuple><status/></tuple>")).isEmpty(), "no id");
        assertFalse(refused(document("<tuple id='t'><status/></tuple><tuple id='t'><status/></tuple>")).isEmpty(), "an id twice");
        assertFalse(refused("<presence xmlns='urn:ietf:params:xml:ns:pidf'/>".getBytes(StandardCharsets.UTF_8)).isEmpty(), "no entity");
        assertFalse(refused("<presence entity='sip:a@b'/>".getBytes(StandardCharsets.UTF_8)).isEmpty(), "no namespace");
        assertFalse(refused("<presence xmlns='urn:other' entity='sip:a@b'/>".getBytes(StandardCharsets.UTF_8)).isEmpty(), "another namespace");
    }

    @Test
    @Shows("3863-4.1.5-2")
    void aContactWithoutAPriorityComesLast() {
        Presence p = new Presence();
        refused(document("<tuple id='t'><status><basic>open</basic></status><contact>sip:last@b</contact></tuple>"
                + "<tuple id='u'><status><basic>open</basic></status><contact priority='0'>sip:first@b</contact></tuple>"));
        p.take(reader.document(), -1);
        assertEquals("sip:first@b", p.contact.toString());
    }

    @Test
    @Shows("3863-4.2.3-1")
    void whatNobodyKnowsIsPassedOver() {
        assertEquals("", refused(document("<tuple id='t'><status><basic>closed</basic><x:y xmlns:x='urn:x'><basic>open</basic></x:y></status>"
                + "<x:z xmlns:x='urn:x'/></tuple><x:w xmlns:x='urn:x'>text</x:w>")));
        assertEquals(Presence.CLOSED, reader.document().component(0).basic);
    }

    @Test
    @Shows({"4481-3-1", "4481-3-4"})
    void aTimedStatusWithinTheStatusIsNone() {
        String timed = "<ts:timed-status xmlns:ts='urn:ietf:params:xml:ns:pidf:timed-status' %s><ts:basic>closed</ts:basic></ts:timed-status>";
        assertEquals("", refused(document("<tuple id='t'><status><basic>open</basic>" + String.format(timed, "from='2030-01-01T00:00:00Z'") + "</status></tuple>")));
        assertEquals(0, reader.document().component(0).timedCount);
        assertFalse(refused(document("<tuple id='t'><status/>" + String.format(timed, "") + "</tuple>")).isEmpty(), "from is missing");
    }

    /** baresip 1.0 writes the person before the service, which the schema does not allow. */
    @Test
    void theOrderOfWhatADocumentHasDoesNotCount() {
        String baresip = "<dm:person id='p4159'><r:activities/></dm:person><tuple id='t4109'><status><basic>open</basic></status><contact>sip:bob@example.test</contact></tuple>";
        assertEquals("", refused(document(baresip)));
        assertEquals(2, reader.document().count());
    }

    /** RFC 4481: what will be is not what is. */
    @Test
    void aTimedStatusIsNotTheStatusOfNow() throws IOException {
        String file = Files.list(Vectors.folder("xml/timed-status/valid")).map(p -> p.getFileName().toString()).filter(n -> n.startsWith("rfc4481"))
                .findFirst().orElseThrow();
        PresenceDocument d = read("timed-status/valid/" + file);
        Component service = part(d, Component.SERVICE);
        assertEquals(1, service.timedCount);
        TimedStatus t = service.timed[0];
        assertTrue(t.period.fromSec != Period.OPEN && t.period.untilSec > t.period.fromSec);
        Presence p = new Presence();
        p.take(d, t.period.fromSec - 60);
        assertEquals(service.basic, p.basic());
        assertEquals(t.period.fromSec, p.aheadFromSec(0));
        p.take(d, t.period.untilSec + 1);
        assertEquals(0, p.ahead(), "what is past is no announcement");
    }

    private static byte[] document(String inner) {
        return ("<presence xmlns='urn:ietf:params:xml:ns:pidf' xmlns:dm='urn:ietf:params:xml:ns:pidf:data-model'"
                + " xmlns:r='urn:ietf:params:xml:ns:pidf:rpid' entity='sip:a@b'>" + inner + "</presence>").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void anActivityOutsideItsPeriodDoesNotCount() {
        refused(document("<tuple id='t'><status><basic>open</basic></status></tuple><dm:person id='p'>"
                + "<r:activities from='2026-01-01T10:00:00Z' until='2026-01-01T11:00:00Z'><r:meeting/></r:activities></dm:person>"));
        Presence p = new Presence();
        long ten = 1_767_261_600L;
        p.take(reader.document(), ten - 1);
        assertFalse(p.isDoing(Activity.MEETING));
        p.take(reader.document(), ten);
        assertTrue(p.isDoing(Activity.MEETING));
        assertEquals(ten + 3600, p.untilSec());
        p.take(reader.document(), ten + 3600);
        assertFalse(p.isDoing(Activity.MEETING));
    }

    /** RFC 3863 section 4.2.4. */
    @Test
    @Shows("3863-4.3.3-1")
    void whatMustBeUnderstoodAndIsNotTakesItsTupleOut() {
        String tuple = "<tuple id='t'><status><basic>open</basic><x:y xmlns:x='urn:x' xmlns:p='urn:ietf:params:xml:ns:pidf'%s/></status></tuple>";
        Presence p = new Presence();
        refused(document(String.format(tuple, " p:mustUnderstand='1'")));
        p.take(reader.document(), -1);
        assertEquals(Presence.UNKNOWN, p.basic());
        refused(document(String.format(tuple, " p:mustUnderstand='0'")));
        p.take(reader.document(), -1);
        assertEquals(Presence.OPEN, p.basic());
    }

    @Test
    void moreThanThereIsRoomForIsLeftOutAndSaidSo() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            many.append("<tuple id='t").append(i).append("'><status><basic>open</basic></status></tuple>");
        }
        assertEquals("", refused(document(many.toString())));
        assertEquals(16, reader.document().count());
        assertTrue(reader.document().isTruncated());
    }

    /** RFC 3863 section 4.1.3: a status has a value, or the tuple says nothing. */
    @Test
    @Shows("3863-4.1.3-2")
    void aServiceOfWhichNothingIsKnownIsNotWritten() {
        refused(document("<tuple id='t'><status/></tuple><tuple id='u'><status><basic>closed</basic></status></tuple>"));
        assertEquals(2, reader.document().count());
        byte[] b = new byte[2000];
        ByteSink sink = new ByteSink().wrap(b);
        new PidfWriter().write(reader.document(), sink);
        String written = new String(b, 0, sink.length(), StandardCharsets.UTF_8);
        assertTrue(written.contains("<tuple id=\"u\"><status><basic>closed</basic></status>") && !written.contains("\"t\""), written);
        assertEquals("", refused(written.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    @Shows({"3863-4.1-2", "3863-7-1"})
    void escapesSurviveBeingWritten() {
        PresenceDocument out = new PresenceDocument(2, 500);
        out.entity.set("sip:bob&co@example.test");
        Component tuple = out.add(Component.SERVICE);
        out.keep("d", tuple.id);
        tuple.basic = Presence.OPEN;
        FixedText note = new FixedText(40);
        note.set("a < b & \"c\" \u20ac \ud83d\ude00");
        out.addNote(tuple.notes, note);
        byte[] room = new byte[2000];
        ByteSink sink = new ByteSink().wrap(room);
        new PidfWriter().write(out, sink);
        assertEquals("", refused(java.util.Arrays.copyOf(room, sink.length())));
        assertEquals("sip:bob&co@example.test", reader.document().entity.toString());
        assertEquals("a < b & \"c\" \u20ac \ud83d\ude00", reader.document().component(0).notes.text(0).toString());
    }

    private int refusal(String document) {
        return reader.read(new Slice().wrap(document.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    @Shows("3863-3.1-2")
    void badInputIsRefusedByName() {
        String start = "<presence xmlns='urn:ietf:params:xml:ns:pidf' entity='sip:a@b'>";
        assertEquals(XmlReader.DOCTYPE, refusal("<!DOCTYPE presence [<!ENTITY a 'b'>]>" + start + "</presence>"));
        assertEquals(XmlReader.TOO_DEEP, refusal(start + "<a xmlns='urn:a'>".repeat(100) + "</a>".repeat(100) + "</presence>"));
        assertEquals(XmlReader.BAD_ENCODING, refusal(start + "<note>\u00c3\u0028</note></presence>"));
        assertEquals(XmlReader.BAD_ENCODING, refusal("<?xml version='1.0' encoding='UTF-16'?>" + start + "</presence>"));
        assertEquals(XmlReader.MALFORMED, refusal(start + "<note>&undefined;</note></presence>"));
        assertEquals(XmlReader.MALFORMED, refusal(start + "<note>&#0;</note></presence>"));
        assertEquals(XmlReader.MALFORMED, refusal(start + "<note></presence>"));
        assertEquals(XmlReader.MALFORMED, refusal(start + "<x:note/></presence>"));
        assertEquals(XmlReader.MALFORMED, refusal(start + "<note a='1' a='2'/></presence>"));
        assertEquals(XmlReader.MALFORMED, refusal(start + "</presence><more/>"));
        assertEquals(XmlReader.MALFORMED, refusal(""));
        assertEquals(SchemaReader.INVALID, refusal("<presence entity='sip:a@b'/>"));
        assertEquals(SchemaReader.INVALID, refusal("<presence xmlns='urn:ietf:params:xml:ns:pidf'/>"));
    }
}
