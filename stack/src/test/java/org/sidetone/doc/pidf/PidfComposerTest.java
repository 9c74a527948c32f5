package org.sidetone.doc.pidf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sidetone.SchemaValidation;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;

class PidfComposerTest {
    private static String document(String inner) {
        return "<?xml version='1.0'?><presence xmlns='urn:ietf:params:xml:ns:pidf' xmlns:dm='urn:ietf:params:xml:ns:pidf:data-model'"
                + " xmlns:r='urn:ietf:params:xml:ns:pidf:rpid' entity='sip:a@b'>" + inner + "</presence>";
    }

    private static String tuple(String id, String basic, String more) {
        return "<tuple id='" + id + "'><status><basic>" + basic + "</basic></status>" + more + "</tuple>";
    }

    private static String person(String id, String activity) {
        return "<dm:person id='" + id + "'><r:activities><r:" + activity + "/></r:activities></dm:person>";
    }

    /** Newest first. */
    private static String compose(String... documents) throws Exception {
        List<byte[]> bytes = java.util.Arrays.stream(documents).map(d -> d.getBytes(StandardCharsets.UTF_8)).toList();
        byte[] room = new byte[20_000];
        ByteSink out = new ByteSink().wrap(room);
        new PidfComposer().compose(new PidfComposer.Source() {
            @Override
            public int count() {
                return bytes.size();
            }

            @Override
            public Slice document(int index, Slice into) {
                return into.wrap(bytes.get(index));
            }
        }, new Slice().wrap("sip:a@b".getBytes(StandardCharsets.UTF_8)), out);
        byte[] whole = java.util.Arrays.copyOf(room, out.length());
        SchemaValidation.presence(whole);
        return new String(whole, StandardCharsets.UTF_8);
    }

    private static PresenceDocument read(String document) {
        PidfReader reader = new PidfReader(16, 4096);
        assertEquals(PidfReader.GOOD, reader.read(new Slice().wrap(document.getBytes(StandardCharsets.UTF_8))));
        return reader.document();
    }

    private static int count(PresenceDocument d, int kind) {
        int n = 0;
        for (int i = 0; i < d.count(); i++) {
            n += d.component(i).kind == kind ? 1 : 0;
        }
        return n;
    }

    @Test
    @Shows("3856-6.9-1")
    void servicesOfAllDevicesAndThePersonOfTheNewest() throws Exception {
        String whole = compose(document(tuple("desk", "open", "") + person("p", "meeting")),
                document(tuple("mobile", "closed", "") + person("q", "travel")));
        PresenceDocument d = read(whole);
        assertEquals(2, count(d, Component.SERVICE));
        assertEquals(1, count(d, Component.PERSON));
        Presence p = new Presence();
        p.take(d, -1);
        assertEquals(Presence.OPEN, p.basic());
        assertTrue(p.isDoing(Activity.MEETING));
        assertFalse(p.isDoing(Activity.TRAVEL));
    }

    @Test
    void ofADeviceThatPublishedAnewTheOldWordIsGone() throws Exception {
        PresenceDocument d = read(compose(document(tuple("desk", "closed", "")), document(tuple("desk", "open", ""))));
        assertEquals(1, d.count());
        assertEquals(Presence.CLOSED, d.component(0).basic);
    }

    @Test
    void theDocumentWithoutAPersonLeavesTheOtherPersonThere() throws Exception {
        PresenceDocument d = read(compose(document(tuple("desk", "open", "")), document(tuple("mobile", "open", "") + person("p", "busy"))));
        assertEquals(1, count(d, Component.PERSON));
    }

    @Test
    void whatWeDoNotKnowSurvivesWithItsNamespaces() throws Exception {
        String strange = "<presence xmlns='urn:ietf:params:xml:ns:pidf' xmlns:x='urn:strange&amp;new' entity='sip:a@b'>"
                + "<tuple id='s'><status><basic>open</basic><x:y z='1'>text &lt;</x:y></status></tuple><x:more/></presence>";
        String whole = compose(document(tuple("desk", "open", "")), strange);
        assertTrue(whole.contains("<x:y z='1'>text &lt;</x:y>"));
        assertTrue(whole.contains("<x:more xmlns:x=\"urn:strange&amp;new\""), whole);
    }

    @Test
    void aDocumentWithAnotherPrefixForPidfIsComposedToo() throws Exception {
        String prefixed = "<p:presence xmlns:p='urn:ietf:params:xml:ns:pidf' entity='sip:a@b'><p:tuple id='m'><p:status><p:basic>open</p:basic>"
                + "</p:status></p:tuple></p:presence>";
        assertEquals(2, read(compose(document(tuple("desk", "closed", "")), prefixed)).count());
    }

    @Test
    void idsWithinThatMeetAreGivenUpNotTheElements() throws Exception {
        String mood = "<r:user-input id='u1' idle-threshold='60'>idle</r:user-input>";
        PresenceDocument d = read(compose(document(tuple("desk", "open", mood)), document(tuple("mobile", "open", mood))));
        assertEquals(2, d.count());
        assertEquals(Rpid.IDLE, d.component(1).rpid.userInput);
    }

    @Test
    void notesOfTheNewestThatHasSome() throws Exception {
        PresenceDocument d = read(compose(document(tuple("a", "open", "")), document("<note>second</note><note>more</note>"), document("<note>third</note>")));
        assertEquals(2, d.notes.count());
        assertEquals("second", d.notes.text(0).toString());
    }

    @Test
    void ofNothingItIsADocumentWithNobodyInIt() throws Exception {
        assertEquals(0, read(compose()).count());
    }
}
