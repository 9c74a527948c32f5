package org.sidetone.bench.parse;

import org.sidetone.bytes.Slice;
import org.sidetone.msg.MediaTypeView;
import org.sidetone.port.Capacity;
import org.sidetone.sip.CSeqView;
import org.sidetone.sip.EventView;
import org.sidetone.sip.Header;
import org.sidetone.sip.NameAddrView;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipParser;
import org.sidetone.sip.SubscriptionStateView;
import org.sidetone.sip.ViaView;
import org.sidetone.uri.UriView;

/** Ours, with the validation that is always on. */
final class SidetoneContender implements Contender {
    private final Capacity capacity = Capacity.desk();
    private final SipParser parser = new SipParser(capacity.headBytes, capacity.uriBytes);
    private final SipMessage message = new SipMessage(capacity.headers);
    private final Slice slice = new Slice();
    private final UriView uri = new UriView();
    private final ViaView via = new ViaView();
    private final NameAddrView address = new NameAddrView();
    private final CSeqView cseq = new CSeqView();
    private final EventView event = new EventView();
    private final SubscriptionStateView state = new SubscriptionStateView();
    private final MediaTypeView type = new MediaTypeView();

    @Override
    public void read(byte[] bytes, Fields out) {
        int result = parser.parseDatagram(message, bytes, 0, bytes.length);
        if (result < 0) {
            throw new IllegalArgumentException("refused: " + result);
        }
        if (message.isRequest()) {
            out.put(message.methodName(slice));
            uri.wrap(message.requestUri(slice));
            putUri(out);
        } else {
            out.put(message.status());
        }
        message.via(0, via);
        out.put(via.host());
        out.put(via.port());
        putOr(via.branch(slice), out);
        message.address(Header.FROM, 0, address);
        putOr(address.tag(slice), out);
        message.address(Header.TO, 0, address);
        putOr(address.tag(slice), out);
        message.value(Header.CALL_ID, slice);
        out.put(slice);
        message.cseq(cseq);
        out.put(cseq.number());
        out.put(cseq.methodName());
        if (message.address(Header.CONTACT, 0, address)) {
            uri.wrap(address.uri());
            putUri(out);
        }
        out.put(message.decimal(Header.EXPIRES, Integer.MAX_VALUE));
        if (message.event(event)) {
            out.put(event.type());
        } else {
            out.none();
        }
        if (message.subscriptionState(state)) {
            byte[] name = SubscriptionStateView.stateName(state.state());
            out.put(name, 0, name.length);
        } else {
            out.none();
        }
        if (message.value(Header.CONTENT_TYPE, slice) && type.wrap(slice)) {
            out.put(type.type());
            out.put(type.subtype());
        }
        out.put(message.contentLength());
        out.put(message.body(slice));
    }

    private void putUri(Fields out) {
        out.put(uri.user());
        out.put(uri.host());
        out.put(uri.port());
    }

    private void putOr(boolean there, Fields out) {
        if (there) {
            out.put(slice);
        } else {
            out.none();
        }
    }
}
