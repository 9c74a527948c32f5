package org.sidetone.doc.vcard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;

/** RFC 6350, by its example in section 8 and by what the versions before it do otherwise. */
class VCardTest {
    private static final String EXAMPLE = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Simon Perreault\r\nN:Perreault;Simon;;;ing. jr,M.Sc.\r\nBDAY:--0203\r\nANNIVERSARY:20090808T1430-0500\r\n"
            + "GENDER:M\r\nLANG;PREF=1:fr\r\nLANG;PREF=2:en\r\nORG;TYPE=work:Viagenie\r\nADR;TYPE=work:;Suite D2-630;2875 Laurier;\r\n Quebec;QC;G1V 2M2;Canada\r\n"
            + "TEL;VALUE=uri;TYPE=\"work,voice\";PREF=1:tel:+1-418-656-9254;ext=102\r\nTEL;VALUE=uri;TYPE=\"work,cell,voice,video,text\":tel:+1-418-262-6501\r\n"
            + "EMAIL;TYPE=work:simon.perreault@viagenie.ca\r\nGEO;TYPE=work:geo:46.772673,-71.282945\r\nTZ:-0500\r\nURL;TYPE=home:http://nomis80.org\r\nEND:VCARD\r\n";

    private final VCard card = new VCard();

    private String value(byte[] property, int index) {
        ByteSink out = new ByteSink().wrap(new byte[300]);
        return card.put(property, index, out) ? out.slice(new Slice()).toString() : null;
    }

    private boolean reads(String text) {
        return card.wrap(new Slice().wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theExampleIsRead() {
        assertTrue(reads(EXAMPLE));
        assertEquals("Simon Perreault", value(VCard.NAME, 0));
        assertNull(value(VCard.NAME, 1));
        assertEquals("tel:+1-418-656-9254 ext=102", value(VCard.TELEPHONE, 0));
        assertEquals("tel:+1-418-262-6501", value(VCard.TELEPHONE, 1));
        assertEquals("simon.perreault@viagenie.ca", value(VCard.EMAIL, 0));
        assertEquals("Viagenie", value(VCard.ORGANIZATION, 0));
        assertNull(value(VCard.MESSAGING, 0));
    }

    @Test
    void foldsEscapesGroupsAndCase() {
        assertTrue(reads("begin:vcard\nversion:2.1\nitem1.impp;X=\"a:b\":sip:al\n ice@example.test\nFn:Smith\\, Jo\\nhn\nnote:one\r\n\t two\r\nEND:VCARD"));
        assertEquals("sip:alice@example.test", value(VCard.MESSAGING, 0));
        assertEquals("Smith, Jo hn", value(VCard.NAME, 0));
        assertEquals("one two", value(VCard.NOTE, 0));
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        ByteSink out = new ByteSink().wrap(new byte[300]);
        VCard.write(new Slice().wrap("Smith, J; \\ \u00E4\n".getBytes(StandardCharsets.UTF_8)), new Slice().wrap("sip:smith@example.test".getBytes(StandardCharsets.UTF_8)), out);
        String text = out.slice(new Slice()).toString();
        assertTrue(text.startsWith("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Smith\\, J\\; \\\\ ") && text.endsWith("\r\nEND:VCARD\r\n"), text);
        assertTrue(reads(text));
        assertEquals("Smith, J; \\ \u00E4 ", value(VCard.NAME, 0));
        assertEquals("sip:smith@example.test", value(VCard.MESSAGING, 0));
    }

    @Test
    void brokenCardsSayLittleAndBreakNothing() {
        assertFalse(reads("FN:Alice\r\n"));
        assertNull(value(VCard.NAME, 0));
        for (int n = 11; n <= EXAMPLE.length(); n++) {
            assertTrue(reads(EXAMPLE.substring(0, n)));
            value(VCard.NAME, 0);
            value(VCard.EMAIL, 3);
        }
        assertTrue(reads("BEGIN:VCARD\r\nno colon\r\n:\r\nFN\r\nFN:\\"));
        assertEquals("\\", value(VCard.NAME, 0));
    }
}
