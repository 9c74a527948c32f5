package org.sidetone.doc.dialoginfo;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.sidetone.bytes.Slice;
import org.sidetone.xml.schema.SchemaReader;

class DialogInfoTest implements DialogInfoReader.User {
    private final DialogInfoReader reader = new DialogInfoReader();
    private final List<String> told = new ArrayList<>();

    @Override
    public boolean onDocument(long version, boolean full) {
        told.add(version + (full ? " full" : " partial"));
        return true;
    }

    @Override
    public void onDialog(DialogInfo d) {
        told.add(d.id + " " + new String(DialogInfo.stateName(d.state), StandardCharsets.US_ASCII) + " " + d.peer + " " + d.direction
                + (d.held ? " held" : ""));
    }

    private int read(byte[] document) {
        told.clear();
        return reader.read(new Slice().wrap(document), this);
    }

    private static Stream<Path> documents(String kind) throws IOException {
        return Files.list(Vectors.folder("xml/dialog-info/" + kind)).sorted();
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
        byte[] document = Files.readAllBytes(file);
        assertEquals(DialogInfoReader.GOOD, read(document));
        String text = new String(document, StandardCharsets.UTF_8);
        assertEquals(text.split("<(\\w+:)?dialog[ >]", -1).length - 1, told.size() - 1, told.toString());
        for (String line : told.subList(1, told.size())) {
            String[] words = line.split(" ");
            assertTrue(text.contains("id=\"" + words[0] + "\"") && text.contains(">" + words[1] + "<"), line);
        }
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void everyInvalidDocumentIsRefused(Path file) throws IOException {
        assertEquals(SchemaReader.INVALID, read(Files.readAllBytes(file)), told.toString());
    }

    /** Kamailio 5.6 writes the remote end first, RFC 7463 its elements before the state. */
    @Test
    void theOrderOfThePartsDoesNotCount() throws IOException {
        assertEquals(DialogInfoReader.GOOD, read(("<?xml version=\"1.0\"?>\n<dialog-info xmlns=\"urn:ietf:params:xml:ns:dialog-info\" version=\"2\" state=\"full\" entity=\"sip:bob@example.test\">\n"
                + "  <dialog id=\"padi-1\" call-id=\"1\" local-tag=\"2\" remote-tag=\"3\" direction=\"recipient\">\n    <state>early</state>\n    <remote>\n"
                + "      <identity>sip:carol@example.test</identity>\n      <target uri=\"sip:carol@127.0.0.1:27845;transport=UDP\"/>\n    </remote>\n    <local>\n"
                + "      <identity>sip:bob@example.test</identity>\n    </local>\n  </dialog>\n</dialog-info>\n").getBytes(StandardCharsets.UTF_8)));
        assertEquals(List.of("2 full", "padi-1 early sip:carol@example.test 2"), told);
        assertEquals(DialogInfoReader.GOOD, read(Vectors.bytes("xml/dialog-info/nonconforming/rfc7463-11.2-1.xml")));
        assertEquals(2, told.size(), told.toString());
    }

    @Test
    void theExampleSaysWhoAndThatACallIsHeld() throws IOException {
        read(Vectors.bytes("xml/dialog-info/valid/rfc4235-4.2-1-fixed.xml"));
        assertEquals(List.of("1 full", "123456 confirmed Bob 0"), told);
        String held = "<dialog-info xmlns='urn:ietf:params:xml:ns:dialog-info' version='4' state='partial' entity='sip:a@b'><dialog id='x'"
                + " direction='recipient'><state>confirmed</state><local><target uri='sip:a@c'><param pname='+sip.rendering' pval='%s'/>"
                + "</target></local><remote><identity>sip:c@d</identity></remote></dialog></dialog-info>";
        read(String.format(held, "no").getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of("4 partial", "x confirmed sip:c@d 2 held"), told);
        read(String.format(held, "yes").getBytes(StandardCharsets.UTF_8));
        assertEquals("x confirmed sip:c@d 2", told.get(1));
    }
}
