package org.sidetone.im;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sidetone.Vectors;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;

/** What of a body a person reads. */
class MessageBodyTest {
    private final MessageBody body = new MessageBody(256);
    private final List<String> notes = new ArrayList<>();

    private int read(String type, String content) {
        return body.read(slice(type), slice(content), n -> notes.add(n.messageId(new Slice()) + " " + n.status()));
    }

    private static Slice slice(String s) {
        return new Slice().wrap(s.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void textIsReadPlainInUtf8() {
        assertEquals(MessageBody.TEXT, read("text/plain", "h\u00e9llo"));
        assertEquals("h\u00e9llo", body.text().toString());
        assertEquals(MessageBody.TEXT, read("", "x"));
        assertEquals(MessageBody.TEXT, read("Text/Plain; charset=\"utf-8\"", "x"));
        assertEquals(MessageBody.UNKNOWN, read("text/plain;charset=iso-8859-1", "x"));
        assertEquals(MessageBody.UNKNOWN, body.read(slice("text/plain"), new Slice().wrap(new byte[] {(byte) 0xE9}), null));
        assertEquals(MessageBody.UNKNOWN, read("image/png", "x"));
        assertEquals(MessageBody.BAD, read("nonsense", "x"));
    }

    /** As Kamailio's store delivers it. */
    @Test
    void whatLostItsTypeInAStoreIsKnownByItsForm() {
        String cpim = "From: <sip:alice@example.test>\r\nTo: <sip:bob@example.test>\r\nNS: imdn <urn:ietf:params:imdn>\r\nimdn.Message-ID: 20d3\r\n\r\n"
                + "Content-Type: text/plain\r\n\r\nare you there?";
        assertEquals(MessageBody.TEXT, read("text/plain", cpim));
        assertEquals("are you there?", body.text().toString());
        assertTrue(body.messageId(new Slice()));
        assertEquals(MessageBody.COMPOSING, read("text/plain", "<?xml version=\"1.0\"?><isComposing xmlns=\"urn:ietf:params:xml:ns:im-iscomposing\"><state>active</state></isComposing>"));
        for (String typed : new String[] {"From: <sip:alice@example.test>\r\nTo: all", "From: <x> with love", "<?xml is hard", "<?xml version=\"1.0\"?><a/>"}) {
            assertEquals(MessageBody.TEXT, read("text/plain", typed));
            assertEquals(typed, body.text().toString());
        }
    }

    @Test
    @Shows("5438-7.2.1-10")
    void aRecordedRouteInANotificationIsPassedOver() {
        String cpim = "From: <sip:bob@example.test>\r\nTo: <sip:alice@example.test>\r\nNS: imdn <urn:ietf:params:imdn>\r\nimdn.Message-ID: d834\r\nimdn.IMDN-Record-Route: <sip:relay.example.test>\r\n\r\n"
                + "Content-Type: message/imdn+xml\r\nContent-Disposition: notification\r\n\r\n<imdn xmlns=\"urn:ietf:params:xml:ns:imdn\"><message-id>34jk324j</message-id>"
                + "<datetime>2008-04-04T12:16:49-05:00</datetime><display-notification><status><displayed/></status></display-notification></imdn>";
        java.util.List<String> heard = new java.util.ArrayList<>();
        assertEquals(MessageBody.NOTIFICATION, body.read(slice("message/cpim"), slice(cpim), imdn -> heard.add(imdn.messageId(new Slice()).toString())));
        assertEquals(java.util.List.of("34jk324j"), heard);
    }

    @Test
    void htmlIsShownAsText() {
        assertEquals(MessageBody.TEXT, read("text/html", "<html><head><title>t</title><style>p {}</style></head><body><p>Hello <b>Bob</b> &amp; co,</p>\r\n<p>see   you&#x2026; 1 &lt; 2<br/>bye &unknown; & so"));
        assertEquals("Hello Bob & co,\nsee you\u2026 1 < 2\nbye &unknown; & so", body.text().toString());
    }

    @Test
    @Shows({"4975-13-5", "4975-13-7", "4975-13-9"})
    void cpimIsUnwrapped() throws IOException {
        assertEquals(MessageBody.TEXT, body.read(slice("message/cpim"), new Slice().wrap(Vectors.bytes("cpim/rfc5438-7.1.1.3-1.cpim")), null));
        assertEquals("Hello World", body.text().toString());
        Slice id = new Slice();
        assertTrue(body.messageId(id));
        assertEquals("34jk324j", id.toString());
        assertTrue(body.wantsDelivery() && body.wantsFailure());
        assertFalse(body.wantsDisplay());
        assertEquals(1144171009, body.dateSec());
        assertEquals(MessageBody.UNKNOWN, body.read(slice("message/cpim"), new Slice().wrap(Vectors.bytes("cpim/rfc3862-5.1.cpim")), null), "it requires what nobody knows");
        assertEquals(MessageBody.BAD, read("message/cpim", "From: x"));
    }

    @Test
    @Shows({"5438-7.1.4-1", "5438-7.1.2-1"})
    void notificationsComeAloneOrSeveralTogether() throws IOException {
        assertEquals(MessageBody.NOTIFICATION, body.read(slice("message/cpim"), new Slice().wrap(Vectors.bytes("cpim/rfc5438-7.2.1.1-2.cpim")),
                n -> notes.add(n.messageId(new Slice()) + " " + n.status())));
        assertEquals(List.of("34jk324j 0"), notes);
        notes.clear();
        assertEquals(MessageBody.NOTIFICATION, body.read(slice("message/cpim"), new Slice().wrap(Vectors.bytes("cpim/rfc5438-8.3-5.cpim")),
                n -> notes.add(n.messageId(new Slice()) + " " + n.status())));
        assertEquals(2, notes.size(), notes.toString());
    }

    @Test
    void ofAlternativesThoseInTheReadersLanguageAreRead() {
        String parts = "--b\r\nContent-Language: en\r\n\r\nhello\r\n--b\r\nContent-Type: text/html\r\nContent-Language: de-AT\r\n\r\n<b>servus</b>\r\n"
                + "--b\r\nContent-Language: fr\r\n\r\nsalut\r\n--b--";
        String cpim = "From: <im:a@b>\r\nTo: <im:c@d>\r\nSubject: any\\u00e9\r\nSubject:;lang=fr un\r\nSubject:;x=y;lang=de;z=1 eins\\\\\r\n\r\nContent-Type: text/plain\r\n\r\nx";
        assertEquals(MessageBody.TEXT, read("multipart/alternative;boundary=b", parts));
        assertEquals("hello", body.text().toString(), "none is said");
        assertEquals(MessageBody.TEXT, read("message/cpim", cpim));
        assertEquals("any\u00e9", subject());
        Language language = new Language();
        body.setLanguage(language);
        assertTrue(language.set("de"));
        assertEquals(MessageBody.TEXT, read("multipart/alternative;boundary=b", parts));
        assertEquals("servus", body.text().toString());
        assertEquals(MessageBody.TEXT, read("multipart/mixed;boundary=b", parts));
        assertEquals("hello", body.text().toString(), "they are no alternatives");
        assertEquals(MessageBody.TEXT, read("message/cpim", cpim));
        assertEquals("eins\\", subject());
        assertTrue(language.set("fr"));
        assertEquals(MessageBody.TEXT, read("multipart/alternative;boundary=b", parts));
        assertEquals("salut", body.text().toString());
        assertEquals(MessageBody.TEXT, read("message/cpim", cpim.replace("Subject", "subject")));
        assertEquals("", subject());
    }

    private String subject() {
        byte[] room = new byte[100];
        org.sidetone.bytes.ByteSink sink = new org.sidetone.bytes.ByteSink().wrap(room);
        body.putSubject(sink);
        return sink.slice(new Slice()).toString();
    }

    @Test
    @Shows({"4975-7.3.1-8", "4975-14.3-1"})
    void partsAreReadByKindOfMultipart() {
        String parts = "preamble\r\n--x y\r\nContent-Type: text/html\r\n\r\n<b>rich</b>\r\n--x y\r\n\r\nplain\r\n--x y--\r\nepilogue";
        assertEquals(MessageBody.TEXT, read("multipart/alternative; boundary=\"x y\"", parts));
        assertEquals("plain", body.text().toString());
        assertEquals(MessageBody.TEXT, read("multipart/mixed; boundary=\"x y\"", parts));
        assertEquals("rich", body.text().toString());
        assertEquals(MessageBody.TEXT, read("multipart/signed; boundary=b1", "--b1\r\nContent-Type: text/plain\r\n\r\nsigned\r\n--b1\r\nContent-Type: application/pkcs7-signature\r\n\r\n???\r\n--b1--"));
        assertEquals("signed", body.text().toString());
        assertEquals(MessageBody.UNKNOWN, read("multipart/mixed; boundary=b", "--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--"));
        assertEquals(MessageBody.BAD, read("multipart/mixed", parts));
        assertEquals(MessageBody.UNKNOWN, read("multipart/mixed; boundary=\"x y\"", "--x y\r\n\r\nnever ends"));
        String deep = "text";
        String type = "text/plain";
        for (int i = 0; i < 6; i++) {
            deep = "--b" + i + "\r\nContent-Type: " + type + "\r\n\r\n" + deep + "\r\n--b" + i + "--";
            type = "multipart/mixed;boundary=b" + i;
        }
        assertEquals(MessageBody.UNKNOWN, read(type, deep), "too deep");
        for (int i = 0; i < parts.length(); i++) {
            read("multipart/alternative; boundary=\"x y\"", parts.substring(0, i));
            read("multipart/alternative; boundary=\"x y\"", parts.substring(i));
        }
    }

    @Test
    void composingIsASign() {
        assertEquals(MessageBody.COMPOSING, read("application/im-iscomposing+xml",
                "<isComposing xmlns=\"urn:ietf:params:xml:ns:im-iscomposing\"><state>active</state></isComposing>"));
        assertTrue(body.composing().isActive());
        assertEquals(MessageBody.BAD, read("application/im-iscomposing+xml", "<isComposing/>"));
    }
}
