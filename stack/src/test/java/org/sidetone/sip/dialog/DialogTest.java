package org.sidetone.sip.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.sidetone.conformance.Shows;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipParser;

/** The state of a dialog as RFC 3261 section 12 has it made and changed. */
class DialogTest {
    private final SipParser parser = new SipParser(8192, 256);
    private final Dialog dialog = new Dialog(new Dialog.Views());

    private SipMessage read(String text) {
        SipMessage m = new SipMessage(64);
        byte[] b = text.getBytes(StandardCharsets.US_ASCII);
        assertTrue(parser.parseDatagram(m, b, 0, b.length) > 0, text);
        return m;
    }

    private SipMessage request(int cseq, String more) {
        return read("SUBSCRIBE sip:alice@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.2;branch=z9hG4bK1\r\nFrom: <sip:bob@example.test>;tag=b\r\n"
                + "To: <sip:alice@example.test>\r\nCall-ID: d1\r\nCSeq: " + cseq + " SUBSCRIBE\r\n" + more + "\r\n");
    }

    private SipMessage response(String more) {
        return read("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\nFrom: <sip:alice@example.test>;tag=a\r\n"
                + "To: <sip:bob@example.test>;tag=b\r\nCall-ID: d1\r\nCSeq: 5 SUBSCRIBE\r\n" + more + "\r\n");
    }

    @Test
    @Shows({"3261-12.1.1-7", "3261-12.1.1-9", "3261-12.1.1-10", "3261-12.1.1-12", "3261-12.1.1-15", "3261-12.2.2-3"})
    void atTheServerItIsMadeOfTheRequest() {
        assertTrue(dialog.establishFromRequest(request(7, "Contact: <sip:bob@192.0.2.2;x=y>\r\nRecord-Route: <sip:p1.example.test;lr;a=b>\r\n"
                + "Record-Route: <sip:p2.example.test;lr>,<sip:p3.example.test;lr>\r\n")));
        assertEquals("<sip:p1.example.test;lr;a=b>, <sip:p2.example.test;lr>, <sip:p3.example.test;lr>", dialog.routeSet.toString());
        assertEquals("sip:bob@192.0.2.2;x=y", dialog.remoteTarget.toString());
        assertEquals(7, dialog.remoteSequence());
        assertEquals("d1", dialog.callId.toString());
        assertEquals("b", dialog.remoteTag.toString());
        assertEquals("sip:bob@example.test", dialog.remoteUri.toString());
        assertEquals("sip:alice@example.test", dialog.localUri.toString());
    }

    @Test
    @Shows("3261-12.1.1-8")
    void withoutRecordRouteTheRouteSetIsEmpty() {
        dialog.routeSet.set("<sip:old;lr>");
        assertTrue(dialog.establishFromRequest(request(7, "Contact: <sip:bob@192.0.2.2>\r\n")));
        assertTrue(dialog.routeSet.isEmpty());
    }

    @Test
    @Shows({"3261-12.1.2-4", "3261-12.1.2-6", "3261-12.1.2-8", "3261-12.1.2-10"})
    void atTheClientItIsMadeOfTheResponseWithTheRoutesReversed() {
        assertTrue(dialog.establishFromResponse(response("Contact: <sip:bob@192.0.2.9>\r\nRecord-Route: <sip:p1;lr>, <sip:p2;lr;a=b>\r\n")));
        assertEquals("<sip:p2;lr;a=b>, <sip:p1;lr>", dialog.routeSet.toString());
        assertEquals("sip:bob@192.0.2.9", dialog.remoteTarget.toString());
        assertEquals("b", dialog.remoteTag.toString());
        assertEquals(-1, dialog.remoteSequence());
    }

    @Test
    @Shows("3261-12.1.2-5")
    void atTheClientToo() {
        dialog.routeSet.set("<sip:old;lr>");
        assertTrue(dialog.establishFromResponse(response("Contact: <sip:bob@192.0.2.9>\r\n")));
        assertTrue(dialog.routeSet.isEmpty());
    }

    @Test
    @Shows({"3261-12.2.2-4", "3261-12.2.2-6"})
    void numbersOnlyGrow() {
        dialog.establishFromRequest(request(7, "Contact: <sip:bob@192.0.2.2>\r\n"));
        assertEquals(Dialog.OUT_OF_ORDER, dialog.accept(request(7, "")));
        assertEquals(Dialog.OUT_OF_ORDER, dialog.accept(request(6, "")));
        assertEquals(7, dialog.remoteSequence());
        assertEquals(Dialog.IN_ORDER, dialog.accept(request(20, "")), "gaps are no mistake");
        assertEquals(20, dialog.remoteSequence());
    }

    @Test
    @Shows({"3261-12.2.2-7", "3261-12.2.1.2-1"})
    void aTargetIsRefreshedWhereThereIsAContact() {
        dialog.establishFromRequest(request(7, "Contact: <sip:bob@192.0.2.2>\r\n"));
        assertTrue(dialog.refreshTarget(request(8, "")));
        assertEquals("sip:bob@192.0.2.2", dialog.remoteTarget.toString());
        assertTrue(dialog.refreshTarget(response("Contact: <sip:bob@192.0.2.99>\r\n")));
        assertEquals("sip:bob@192.0.2.99", dialog.remoteTarget.toString());
    }

    @Test
    void whatDoesNotFitIsRefusedWhole() {
        assertFalse(dialog.establishFromRequest(request(7, "Contact: <sip:" + "b".repeat(300) + "@192.0.2.2>\r\n")));
        assertFalse(dialog.establishFromRequest(request(7, "Contact: <sip:b@192.0.2.2>\r\n" + "Record-Route: <sip:proxy.example.test;lr>\r\n".repeat(20))));
    }
}
