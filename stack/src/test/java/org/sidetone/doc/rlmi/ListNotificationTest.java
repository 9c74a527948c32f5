package org.sidetone.doc.rlmi;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.sidetone.Vectors;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;
import org.sidetone.msg.MediaTypeView;

class ListNotificationTest implements ListNotification.User {
    private static final String TYPE = "multipart/related;type=\"application/rlmi+xml\";start=\"<r>\";boundary=\"b\"";

    private final ListNotification reader = new ListNotification();
    private final List<String> told = new ArrayList<>();

    private static Slice slice(String text) {
        return new Slice().wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String part(String id, String type, String content) {
        return "--b\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <" + id + ">\r\nContent-Type: " + type + "\r\n\r\n" + content + "\r\n";
    }

    private int begin(String rlmi, String... more) {
        return reader.begin(slice(TYPE), slice(part("r", "application/rlmi+xml;charset=\"UTF-8\"", rlmi) + String.join("", more) + "--b--"));
    }

    @Override
    public void onResource(Slice uri) {
        told.add(uri.toString());
    }

    @Override
    public void onInstance(int state, Slice reason, MediaTypeView type, Slice content) {
        told.add(Rlmi.stateName(state) + " " + reason + " " + (type == null ? "-" : type.type() + "/" + type.subtype()) + " " + content);
    }

    static Stream<Path> valid() throws IOException {
        return Files.list(Vectors.folder("xml/rlmi/valid")).sorted();
    }

    static Stream<Path> invalid() throws IOException {
        return Files.list(Vectors.folder("xml/rlmi/invalid")).sorted();
    }

    @ParameterizedTest
    @MethodSource("valid")
    void everyValidDocumentIsRead(Path file) throws IOException {
        String text = Files.readString(file);
        assertEquals(ListNotification.GOOD, begin(text), file.toString());
        assertEquals(text.contains("fullState=\"true\""), reader.isFull());
        reader.tell(this);
        assertEquals(text.split("<resource ").length - 1 + text.split("<instance ").length - 1, told.size(), file + " " + told);
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void everyInvalidDocumentIsRefused(Path file) throws IOException {
        assertNotEquals(ListNotification.GOOD, begin(Files.readString(file)), file.toString());
    }

    @Test
    @Shows("4662-4.3-1")
    void eachInstanceIsToldWithItsPart() {
        String rlmi = "<list xmlns='urn:ietf:params:xml:ns:rlmi' uri='sip:l@e.test' version='7' fullState='1'><resource uri='sip:a&amp;b@e.test'><name>A</name>"
                + "<instance id='1' state='active' cid='x@y'/></resource><resource uri='sip:c@e.test'><instance id='1' state='terminated' reason='rejected'/></resource>"
                + "<resource uri='sip:d@e.test'/><resource uri='sip:e@e.test'><instance id='1' state='active' cid='lost'/></resource></list>";
        assertEquals(ListNotification.GOOD, begin(rlmi, part("z", "text/plain", "no"), part("x@y", "application/pidf+xml", "<p/>")));
        assertEquals(7, reader.version());
        reader.tell(this);
        assertEquals(List.of("sip:a&b@e.test", "active  application/pidf+xml/pidf+xml <p/>".replace("application/pidf+xml/", "application/"), "sip:c@e.test", "terminated rejected - ",
                "sip:d@e.test", "sip:e@e.test", "active  - "), told.stream().map(t -> t.replace("application/pidf+xml/pidf+xml", "application/pidf+xml")).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "multipart/related", "multipart/mixed;boundary=\"b\"", "multipart/related;boundary=\"c\""})
    void whatIsNoListIsRefused(String type) {
        String rlmi = "<list xmlns='urn:ietf:params:xml:ns:rlmi' uri='sip:l@e.test' version='7' fullState='1'/>";
        assertEquals(ListNotification.GOOD, begin(rlmi));
        assertEquals(ListNotification.NO_LIST, reader.begin(slice(type), slice(part("r", "application/rlmi+xml", rlmi) + "--b--")));
        assertEquals(ListNotification.NO_LIST, reader.begin(slice(TYPE), slice(part("r", "text/xml", rlmi) + "--b--")));
        assertTrue(reader.begin(slice(TYPE), slice(part("r", "application/rlmi+xml", "<list") + "--b--")) < 0);
    }

    @Test
    void aBodyThatBreaksOffTellsNothingThatWasNotThere() {
        String whole = part("r", "application/rlmi+xml", "<list xmlns='urn:ietf:params:xml:ns:rlmi' uri='sip:l@e.test' version='7' fullState='1'><resource uri='sip:a@e.test'>"
                + "<instance id='1' state='active' cid='x'/></resource></list>") + part("x", "application/pidf+xml", "<p/>") + "--b--";
        for (int length = 0; length < whole.length(); length++) {
            if (reader.begin(slice(TYPE), slice(whole.substring(0, length))) == ListNotification.GOOD) {
                told.clear();
                reader.tell(this);
                assertTrue(told.get(1).startsWith("active"), told.toString());
            }
        }
    }
}
