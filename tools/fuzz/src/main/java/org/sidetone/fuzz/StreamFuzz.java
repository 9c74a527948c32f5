package org.sidetone.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Capacity;
import org.sidetone.port.Flow;
import org.sidetone.port.Wire;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.transport.MessageHandler;
import org.sidetone.sip.transport.SipTransport;

/** Any stream: cut into pieces of any size it gives the same messages, refusals and end as in one piece. */
public final class StreamFuzz {
    private StreamFuzz() {
    }

    /** What one stream came to. */
    private static final class Reading implements Wire, MessageHandler {
        final List<String> events = new ArrayList<>();
        final SipTransport transport;
        private final Slice slice = new Slice();
        private boolean closed;

        Reading() {
            Capacity capacity = Capacity.tiny();
            transport = new SipTransport(this, capacity, 1);
            transport.setHandler(this);
            transport.onStreamOpened(1, new Flow().setIpv4(Flow.TCP, 0x7F000001, 4000));
        }

        void feed(byte[] data, int piece) {
            for (int at = 0; at < data.length && !closed; at += piece) {
                transport.onStreamData(1, data, at, Math.min(piece, data.length - at), 0);
            }
        }

        private void note(String kind, SipMessage m) {
            events.add(kind + " " + m.lines() + " " + m.method() + " " + m.status() + " " + m.body(slice));
        }

        @Override
        public void onRequest(SipMessage request, Flow source, long nowMs) {
            note("request", request);
        }

        @Override
        public void onResponse(SipMessage response, Flow source, long nowMs) {
            note("response", response);
        }

        @Override
        public int send(Flow flow, byte[] buffer, int offset, int length) {
            if (length == 2) {
                return SENT;                          // one answer stands for any number of keep-alives that came together
            }
            events.add("sent " + new String(buffer, offset, length, java.nio.charset.StandardCharsets.ISO_8859_1));
            return SENT;
        }

        @Override
        public void localAddress(Flow flow, Flow out) {
            out.setIpv4(Flow.TCP, 0x7F000001, 5060);
        }

        @Override
        public boolean isOpen(int connection) {
            return !closed;
        }

        @Override
        public void close(int connection) {
            closed = true;
            events.add("closed");
        }
    }

    /** Jazzer's entry. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length < 2) {
            return;
        }
        Reading whole = new Reading();
        whole.feed(data, data.length);
        Reading pieces = new Reading();
        pieces.feed(data, 1 + (data[0] & 0x3F));
        MessageFuzz.check(whole.events.equals(pieces.events), "pieces read differently:\n" + whole.events + "\n" + pieces.events);
    }
}
