package org.sidetone.bench.parse;

import io.pkts.buffer.Buffer;
import io.pkts.packet.sip.SipMessage;
import io.pkts.packet.sip.address.SipURI;
import io.pkts.packet.sip.address.URI;
import io.pkts.packet.sip.header.ContactHeader;
import io.pkts.packet.sip.header.ContentTypeHeader;
import io.pkts.packet.sip.header.ExpiresHeader;
import io.pkts.packet.sip.header.SipHeader;
import io.pkts.packet.sip.header.ViaHeader;
import java.util.Optional;

/** pkts.io. It frames the headers first and parses one when it is asked for; Event and Subscription-State it knows as text alone. */
final class PktsContender implements Contender {
    @Override
    public void read(byte[] bytes, Fields out) throws Exception {
        SipMessage m = SipMessage.frame(bytes);
        if (m.isRequest()) {
            put(m.getMethod(), out);
            putUri(m.toRequest().getRequestUri(), out);
        } else {
            out.put(m.toResponse().getStatus());
        }
        ViaHeader via = m.getViaHeader();
        put(via.getHost(), out);
        out.put(Math.max(0, via.getPort()));
        put(via.getBranch(), out);
        put(m.getFromHeader().getTag(), out);
        put(m.getToHeader().getTag(), out);
        put(m.getCallIDHeader().getCallId(), out);
        out.put(m.getCSeqHeader().getSeqNumber());
        put(m.getCSeqHeader().getMethod(), out);
        ContactHeader contact = m.getContactHeader();
        if (contact != null) {
            putUri(contact.getAddress().getURI(), out);
        }
        ExpiresHeader expires = m.getExpiresHeader();
        out.put(expires == null ? -1 : expires.getExpires());
        putToken(m.getHeader("Event"), out);
        putToken(m.getHeader("Subscription-State"), out);
        ContentTypeHeader type = m.getContentTypeHeader();
        if (type == null) {                              // it does not know the compact name
            Optional<SipHeader> compact = m.getHeader("c");
            type = compact.isPresent() ? ContentTypeHeader.frame(compact.get().getValue()) : null;
        }
        if (type != null) {
            put(type.getContentType(), out);
            put(type.getContentSubType(), out);
        }
        out.put(m.getContentLength());
        put(m.getContent(), out);
    }

    private static void put(Buffer b, Fields out) {
        if (b == null) {
            out.none();
        } else {
            int from = b.getLowerBoundary() + b.getReaderIndex();
            byte[] raw = b.getRawArray();
            out.put(raw, from, b.getReadableBytes());
        }
    }

    private static void putToken(Optional<SipHeader> header, Fields out) throws Exception {
        if (header.isEmpty()) {
            out.none();
            return;
        }
        Buffer value = header.get().getValue();
        int n = 0;
        while (n < value.capacity() && value.getByte(n) != ';' && value.getByte(n) != ' ') {
            n++;
        }
        put(value.slice(0, n), out);
    }

    private static void putUri(URI uri, Fields out) {
        SipURI sip = uri.toSipURI();
        Optional<Buffer> user = sip.getUser();
        put(user.orElse(null), out);
        put(sip.getHost(), out);
        out.put(Math.max(0, sip.getPort()));
    }
}
