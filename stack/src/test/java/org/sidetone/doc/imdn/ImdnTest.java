package org.sidetone.doc.imdn;

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

class ImdnTest {
    private final Imdn imdn = new Imdn();
    private final Slice value = new Slice();

    @Test
    void everyVectorIsReadOrRefused() throws IOException {
        int seen = 0;
        for (Map<String, String> row : Vectors.table("xml/cases.tsv")) {
            if (row.get("document_type").equals("imdn")) {
                seen++;
                assertEquals(row.get("expected").startsWith("valid"), imdn.read(new Slice().wrap(Vectors.bytes("xml/imdn/" + row.get("file")))), row.get("file"));
            }
        }
        assertEquals(8, seen);
    }

    @Test
    void theExamplesSayWhatBecameOfTheMessage() throws IOException {
        assertTrue(imdn.read(new Slice().wrap(Vectors.bytes("xml/imdn/valid/rfc5438-7.2.1.1-1.xml"))));
        assertEquals("34jk324j", imdn.messageId(value).toString());
        assertEquals("im:bob@example.com", imdn.recipient(value).toString());
        assertEquals(Imdn.DELIVERY, imdn.kind());
        assertEquals(Imdn.DELIVERED, imdn.status());
        assertTrue(imdn.read(new Slice().wrap(Vectors.bytes("xml/imdn/valid/rfc5438-7.2.1.2-1.xml"))));
        assertEquals(Imdn.DISPLAYED, imdn.status());
        assertTrue(imdn.read(new Slice().wrap(Vectors.bytes("xml/imdn/valid/derived-1.xml"))));
        assertEquals(Imdn.STORED, imdn.status());
    }

    @Test
    void whatWeDoNotKnowIsPassedOver() {
        String document = "<imdn xmlns=\"urn:ietf:params:xml:ns:imdn\" xmlns:x=\"urn:x\"><message-id>1234</message-id><datetime>2008-04-04T12:16:49Z</datetime>"
                + "<delivery-notification><status><x:eaten/></status></delivery-notification><x:more><x:y/></x:more></imdn>";
        assertTrue(imdn.read(new Slice().wrap(document.getBytes(StandardCharsets.UTF_8))));
        assertEquals(Imdn.OTHER, imdn.status());
        for (int i = 0; i < document.length(); i++) {
            assertFalse(imdn.read(new Slice().wrap(document.substring(0, i).getBytes(StandardCharsets.UTF_8))), "cut at " + i);
        }
    }

    @Test
    @Shows({"5438-11.1-1", "5438-11.1-2", "5438-11.1.4-1"})
    void whatIsWrittenIsValidAndReadBack() throws Exception {
        for (int[] pair : new int[][] {{Imdn.DELIVERY, Imdn.DELIVERED}, {Imdn.DELIVERY, Imdn.FAILED}, {Imdn.DISPLAY, Imdn.DISPLAYED}, {Imdn.PROCESSING, Imdn.STORED}}) {
            ByteSink sink = new ByteSink().wrap(new byte[1000]);
            imdn.write(new Slice().wrap("a.b-1".getBytes()), 1_200_000_000, new Slice().wrap("sip:b&b@x".getBytes()),
                    new Slice().wrap("sip:list@x".getBytes()), pair[0], pair[1], sink);
            byte[] document = sink.slice(value).toString().getBytes(StandardCharsets.UTF_8);
            SchemaValidation.validate("imdn", document);
            assertTrue(new String(document, StandardCharsets.UTF_8).contains("<original-recipient-uri>sip:list@x<"));
            assertTrue(imdn.read(new Slice().wrap(document)));
            assertEquals("a.b-1", imdn.messageId(value).toString());
            assertEquals("sip:b&b@x", imdn.recipient(value).toString());
            assertEquals(pair[0], imdn.kind());
            assertEquals(pair[1], imdn.status());
        }
    }
}
