package org.sidetone.doc.pidf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sidetone.SchemaValidation;
import org.sidetone.Vectors;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;

class PartialPidfTest {
    private final PartialPidf partial = new PartialPidf(400, 8192);
    private final PidfReader reader = new PidfReader(16, 4096);

    private interface Writing {
        boolean write(ByteSink out);
    }

    private static String written(Writing of) {
        byte[] b = new byte[8192];
        ByteSink sink = new ByteSink().wrap(b);
        return of.write(sink) ? new String(b, 0, sink.length(), StandardCharsets.UTF_8) : null;
    }

    private static Slice slice(String text) {
        return new Slice().wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String vector(String name) throws IOException {
        return new String(Vectors.bytes("xml/pidf-diff/" + name + ".xml"), StandardCharsets.UTF_8);
    }

    private static org.w3c.dom.Document dom(String text) throws Exception {
        DocumentBuilderFactory f = DocumentBuilderFactory.newInstance();
        f.setNamespaceAware(true);
        return f.newDocumentBuilder().parse(new ByteArrayInputStream(text.replaceAll(">\\s+<", "><").replaceAll("\\s+", " ").getBytes(StandardCharsets.UTF_8)));
    }

    private static void assertSame(String expected, String actual) throws Exception {
        assertTrue(dom(expected).isEqualNode(dom(actual)), "expected:\n" + expected + "\nbut was:\n" + actual);
    }

    private String presence(String full) {
        assertEquals(PartialPidf.FULL, partial.read(slice(full)), full);
        return written(partial::putPresence);
    }

    private String patched(String presence, String diff) {
        assertEquals(PartialPidf.DIFF, partial.read(slice(diff)), diff);
        return written(out -> partial.apply(slice(presence), out) == 0);
    }

    @Test
    void theExampleOfTheRfcIsPatchedAsItSays() throws Exception {
        String first = presence(vector("valid/rfc5262-6-1"));
        assertEquals(567, partial.version());
        assertEquals(PidfReader.GOOD, reader.read(slice(first)), first);
        String second = patched(first, vector("valid/rfc5262-6-2"));
        assertEquals(568, partial.version());
        // the printed result has another word in the new note than the patch
        assertSame(presence(vector("valid/rfc5262-6-3")).replace("last tuple and note element", "last tuple and person element"), second);
    }

    @ParameterizedTest
    @CsvSource({"rfc5263-5-1-fixed,rfc5263-5-2", "rfc5264-6-1-fixed,rfc5264-6-2"})
    void thoseOfNotificationAndPublicationToo(String full, String diff) throws Exception {
        String second = patched(presence(vector("valid/" + full)), vector("valid/" + diff));
        assertEquals(PidfReader.GOOD, reader.read(slice(second)), second);
        assertTrue(second.contains("ert4773") && second.contains(">0.7<") || second.contains("priority=\"0.7\""), second);
        assertFalse(second.contains("busy/>"), second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"add-no-sel", "bad-pos", "bad-sel", "bad-version"})
    void whatIsNoPatchIsRefused(String name) throws Exception {
        String first = presence(vector("valid/rfc5262-6-1"));
        String diff = vector("invalid/" + name);
        int kind = partial.read(slice(diff));
        assertTrue(kind == PartialPidf.NONE || written(out -> partial.apply(slice(first), out) == 0) == null);
    }

    @Test
    void aPrefixedRootStaysOne() {
        String full = "<x:pidf-full xmlns:x='urn:ietf:params:xml:ns:pidf-diff' xmlns:q='urn:ietf:params:xml:ns:pidf' entity='sip:a@b' version='1'>"
                + "<q:tuple id='t'><q:status/></q:tuple></x:pidf-full>";
        assertEquals(PidfReader.GOOD, reader.read(slice(presence(full))));
        assertEquals(PartialPidf.FULL, partial.read(slice("<x:pidf-full xmlns:x='urn:ietf:params:xml:ns:pidf-diff' entity='a:b'/>")));
        assertEquals(null, written(partial::putPresence), "nothing in it stands for PIDF");
        assertEquals(PartialPidf.NONE, partial.read(slice("<presence xmlns='urn:ietf:params:xml:ns:pidf' entity='a:b'/>")));
    }

    private Random random = new Random(5262);

    private String oneOf(String... words) {
        return words[random.nextInt(words.length)];
    }

    /** A document of parts; each seed decides what its part is, or that it is left out. */
    private String document(int[] seeds) {
        List<String> tuples = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            random = new Random(seeds[i]);
            if (random.nextInt(4) > 0) {
                tuples.add("<tuple id=\"t" + i + "\"><status><basic>" + oneOf("open", "closed") + "</basic></status>" + oneOf("", "<r:class>" + oneOf("a", "b&amp;") + "</r:class>")
                        + "<contact priority=\"" + oneOf("0.1", "0.2") + "\">sip:" + i + "@b</contact>" + oneOf("", "<note xml:lang=\"en\">" + oneOf("x", "y") + "</note>")
                        + oneOf("", "<timestamp>2026-01-0" + (1 + random.nextInt(9)) + "T00:00:00Z</timestamp>") + "</tuple>");
            }
        }
        random = new Random(seeds[6]);
        if (random.nextInt(8) == 0) {
            Collections.shuffle(tuples, random);
        }
        random = new Random(seeds[7]);
        String person = oneOf("", "<dm:person id=\"p\"><r:activities>" + oneOf("<r:busy/>", "<r:away/>", "<r:busy/><r:away/>", "<r:note>" + oneOf("1", "2") + "</r:note><r:meal/>")
                + "</r:activities>" + oneOf("", "<r:mood><r:" + oneOf("happy", "sad") + "/></r:mood>") + "</dm:person>");
        return "<?xml version=\"1.0\"?><presence xmlns=\"urn:ietf:params:xml:ns:pidf\" xmlns:dm=\"urn:ietf:params:xml:ns:pidf:data-model\""
                + " xmlns:r=\"urn:ietf:params:xml:ns:pidf:rpid\" entity=\"" + (seeds[8] % 9 == 0 ? "sip:c@d" : "sip:a@b") + "\">" + String.join(seeds[8] % 2 == 0 ? "" : "\n", tuples)
                + (seeds[8] % 3 == 0 ? "<note>all</note>" : "") + person + "</presence>";
    }

    @Test
    void whatIsToldOfAChangeMakesTheNewDocumentOutOfTheOld() throws Exception {
        int told = 0;
        int whole = 0;
        Random choice = new Random(5262);
        int[] seeds = choice.ints(9, 0, 1000).toArray();
        for (int i = 0; i < 3000; i++) {
            String before = document(seeds);
            for (int n = 1 + choice.nextInt(2); n > 0; n--) {
                seeds[choice.nextInt(seeds.length)] = choice.nextInt(1000);
            }
            String after = document(seeds);
            int version = i;
            String diff = written(out -> partial.writeDiff(slice(before), slice(after), version, out));
            if (diff == null) {
                whole++;
                continue;
            }
            told++;
            assertTrue(diff.length() < after.length());
            if (told < 50) {
                SchemaValidation.presence(diff.getBytes(StandardCharsets.UTF_8));
            }
            assertSame(after, patched(before, diff));
            assertEquals(i, partial.version());
        }
        assertTrue(told > 2000 && whole > 50, told + " told as changes, " + whole + " whole");
    }

    @Test
    void anUnchangedDocumentIsAnEmptyPatchAndAFullOneReadsAsItself() throws Exception {
        String d = document(new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
        String diff = written(out -> partial.writeDiff(slice(d), slice(d), 3, out));
        assertFalse(diff.contains("sel="), diff);
        String full = written(out -> partial.writeFull(slice(d), 3, out));
        SchemaValidation.presence(full.getBytes(StandardCharsets.UTF_8));
        assertSame(d, presence(full).replace(" xmlns:p=\"urn:ietf:params:xml:ns:pidf-diff\"", ""));
    }

    @Test
    void oneWordThatChangesIsOneSmallOperation() {
        String before = "<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"sip:a@b\"><tuple id=\"t\"><status><basic>open</basic></status>"
                + "<contact>sip:a@b</contact></tuple><tuple id=\"u\"><status><basic>open</basic></status><contact>sip:aaaaaaaaaaaaaaaaaaa@bbbbbbbbbbbb</contact></tuple></presence>";
        String diff = written(out -> partial.writeDiff(slice(before), slice(before.replaceFirst("open", "closed")), 2, out));
        assertTrue(diff.contains("<p:replace sel=\"*/*[1]/*[1]/*[1]/text()\">closed</p:replace>"), diff);
    }
}
