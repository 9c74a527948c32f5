package org.sidetone.switchboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.imdn.Imdn;
import org.sidetone.im.MessageBody;
import org.sidetone.port.Capacity;
import org.sidetone.sip.Header;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipParser;

/** What the exchange tells the sender of a message that it keeps (RFC 5438 sections 6.2, 7.2.2). */
class StoreNoticeTest {
    private static final String CPIM = "From: <im:alice@e.test>\r\nTo: <im:bob@e.test>\r\nNS: imdn <urn:ietf:params:imdn>\r\nimdn.Message-ID: abc\r\n"
            + "DateTime: 2026-11-25T12:00:00Z\r\nimdn.Disposition-Notification: processing, negative-delivery\r\n\r\nContent-Type: text/plain\r\n\r\nhello";
    private final StoreNotice notice = new StoreNotice(() -> 5);
    private final Capacity capacity = Capacity.exchange();
    private final SipParser parser = new SipParser(capacity.headBytes, capacity.uriBytes);
    private final SipMessage head = new SipMessage(capacity.headers);

    private byte[] of(String cpim, boolean stored) {
        byte[] message = ("MESSAGE sip:bob@e.test SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKx\r\nMax-Forwards: 70\r\nFrom: <sip:alice@E.test>;tag=a\r\nTo: <sip:bob@e.test>\r\nCall-ID: 1\r\n"
                + "CSeq: 1 MESSAGE\r\nContent-Type: message/cpim\r\nContent-Length: " + cpim.length() + "\r\n\r\n" + cpim).getBytes(StandardCharsets.UTF_8);
        assertEquals(message.length, parser.parseDatagram(head, message, 0, message.length));
        return notice.of(head, stored, 1_800_000_000);
    }

    /** What a phone reads in it. */
    private String read(byte[] told) {
        assertEquals(told.length, parser.parseDatagram(head, told, 0, told.length));
        Slice type = new Slice();
        head.value(Header.CONTENT_TYPE, type);
        StringBuilder out = new StringBuilder(head.requestUri(new Slice()).toString());
        int kind = new MessageBody(1000).read(type, head.body(new Slice()), n -> out.append(' ').append(n.messageId(new Slice())).append(' ').append(n.kind()).append(' ').append(n.status()));
        assertEquals(MessageBody.NOTIFICATION, kind);
        return out.toString();
    }

    @Test
    void whoAskedHearsThatItIsKeptAndThatItWillNotArrive() {
        assertEquals("im:alice@e.test abc " + Imdn.PROCESSING + " " + Imdn.STORED, read(of(CPIM, true)));
        assertEquals("im:alice@e.test abc " + Imdn.DELIVERY + " " + Imdn.FAILED, read(of(CPIM, false)));
        assertTrue(new String(of(CPIM, true), StandardCharsets.UTF_8).contains("Date: Fri, 15 Jan 2027 08:00:00 GMT\r\n"));
    }

    @Test
    void whoDidNotAskHearsNothing() {
        assertNull(of(CPIM.replace("processing, ", ""), true));
        assertNull(of(CPIM.replace(", negative-delivery", ""), false));
        assertNull(of(CPIM.replace("imdn.Message-ID: abc\r\n", ""), true), "he did not say which");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<im:victim@e.test>", "<im:alice@f.test>", "<im:alice e.test>", "alice", "<tel:123>"})
    void nobodyIsToldInAnothersName(String from) {
        assertNull(of(CPIM.replace("<im:alice@e.test>", from), true));
        assertNull(of(CPIM.replace("<im:alice@e.test>", from), false));
    }
}
