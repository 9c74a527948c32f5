package org.sidetone.bench.parse;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.CSeq;
import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.ContentType;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.StringMsgParser;
import javax.sip.address.URI;
import javax.sip.header.EventHeader;
import javax.sip.header.ExpiresHeader;
import javax.sip.header.SubscriptionStateHeader;

/** The reference implementation of JAIN-SIP. It parses every header into an object as it goes. */
final class JainContender implements Contender {
    private final StringMsgParser parser = new StringMsgParser();

    @Override
    public void read(byte[] bytes, Fields out) throws Exception {
        SIPMessage m = parser.parseSIPMessage(bytes, true, false, null);
        if (m instanceof SIPRequest) {
            out.put(((SIPRequest) m).getMethod());
            putUri(((SIPRequest) m).getRequestURI(), out);
        } else {
            out.put(((SIPResponse) m).getStatusCode());
        }
        Via via = m.getTopmostVia();
        out.put(via.getHost());
        out.put(Math.max(0, via.getPort()));
        out.put(via.getBranch());
        out.put(m.getFromTag());
        out.put(m.getToTag());
        out.put(m.getCallId().getCallId());
        CSeq cseq = (CSeq) m.getCSeq();
        out.put(cseq.getSeqNumber());
        out.put(cseq.getMethod());
        Contact contact = m.getContactHeader();
        if (contact != null) {
            putUri(contact.getAddress().getURI(), out);
        }
        ExpiresHeader expires = m.getExpires();
        out.put(expires == null ? -1 : expires.getExpires());
        EventHeader event = (EventHeader) m.getHeader("Event");
        out.put(event == null ? null : event.getEventType());
        SubscriptionStateHeader state = (SubscriptionStateHeader) m.getHeader("Subscription-State");
        out.put(state == null ? null : state.getState());
        ContentType type = m.getContentTypeHeader();
        if (type != null) {
            out.put(type.getContentType());
            out.put(type.getContentSubType());
        }
        out.put(m.getContentLength() == null ? -1 : m.getContentLength().getContentLength());
        byte[] body = m.getRawContent();
        if (body == null) {
            out.none();
        } else {
            out.put(body, 0, body.length);
        }
    }

    private static void putUri(URI uri, Fields out) {
        SipUri sip = (SipUri) uri;
        out.put(sip.getUser());
        out.put(sip.getHost());
        out.put(Math.max(0, sip.getPort()));
    }
}
