package org.sidetone.doc.composing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sidetone.SchemaValidation;
import org.sidetone.Vectors;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;

class IsComposingTest {
    private final IsComposing composing = new IsComposing();

    @Test
    @Shows("3994-6-1")
    void everyVectorIsReadOrRefused() throws IOException {
        int seen = 0;
        for (Map<String, String> row : Vectors.table("xml/cases.tsv")) {
            if (row.get("document_type").equals("im-iscomposing")) {
                seen++;
                assertEquals(row.get("expected").startsWith("valid"), composing.read(new Slice().wrap(Vectors.bytes("xml/im-iscomposing/" + row.get("file")))), row.get("file"));
            }
        }
        assertEquals(8, seen);
    }

    @Test
    void theExamplesOfTheRfc() throws IOException {
        assertTrue(composing.read(new Slice().wrap(Vectors.bytes("xml/im-iscomposing/valid/rfc3994-5-1.xml"))));
        assertTrue(composing.isActive());
        assertEquals(90, composing.refreshSec());
        assertTrue(composing.read(new Slice().wrap(Vectors.bytes("xml/im-iscomposing/valid/rfc3994-5-2.xml"))));
        assertFalse(composing.isActive());
    }

    @Test
    @Shows({"3994-3.5-1", "3994-3.5-2"})
    void anUnknownStateIsIdleAndUnknownElementsArePassedOver() {
        String start = "<isComposing xmlns=\"urn:ietf:params:xml:ns:im-iscomposing\" xmlns:x=\"urn:x\">";
        assertTrue(composing.read(new Slice().wrap((start + "<state>dreaming</state></isComposing>").getBytes(StandardCharsets.UTF_8))));
        assertFalse(composing.isActive());
        assertTrue(composing.read(new Slice().wrap((start + "<state> active </state><x:mood><x:y/></x:mood></isComposing>").getBytes(StandardCharsets.UTF_8))));
        assertTrue(composing.isActive());
        assertEquals(IsComposing.DEFAULT_REFRESH_SEC, composing.refreshSec());
    }

    @Test
    void whatIsWrittenIsValidAndReadBack() throws Exception {
        for (boolean active : new boolean[] {true, false}) {
            ByteSink sink = new ByteSink().wrap(new byte[400]);
            composing.write(active, 75, sink);
            byte[] document = sink.slice(new Slice()).toString().getBytes(StandardCharsets.UTF_8);
            SchemaValidation.validate("im-iscomposing", document);
            assertTrue(composing.read(new Slice().wrap(document)));
            assertEquals(active, composing.isActive());
            assertEquals(active ? 75 : IsComposing.DEFAULT_REFRESH_SEC, composing.refreshSec());
        }
    }
}
