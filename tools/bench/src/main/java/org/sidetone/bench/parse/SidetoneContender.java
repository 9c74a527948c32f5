package org.sidetone.bench.parse;

import org.sidetone.bytes.Slice;
import org.sidetone.msg.MediaTypeView;
import org.sidetone.port.Capacity;
import org.sidetone.sip.Header;
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
            putUri(message.uri(), out);
        } else {
            out.put(message.status());
        }
        ViaView via = message.topVia();
        out.put(via.host());
        out.put(via.port());
        putOr(via.branch(slice), out);
        putOr(message.from().tag(slice), out);
        putOr(message.to().tag(slice), out);
        message.value(Header.CALL_ID, slice);
        out.put(slice);
        out.put(message.cseq().number());
        out.put(message.cseq().methodName());
        if (message.contact() != null) {
            putUri(message.contact().parsed(), out);
        }
        out.put(message.decimal(Header.EXPIRES, Integer.MAX_VALUE));
        if (message.event() != null) {
            out.put(message.event().type());
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

    private static void putUri(UriView of, Fields out) {
        out.put(of.user());
        out.put(of.host());
        out.put(of.port());
    }

    private void putOr(boolean there, Fields out) {
        if (there) {
            out.put(slice);
        } else {
            out.none();
        }
    }
}
