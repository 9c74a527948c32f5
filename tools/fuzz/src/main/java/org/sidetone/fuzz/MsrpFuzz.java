package org.sidetone.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.sidetone.bytes.Slice;
import org.sidetone.msrp.ByteRange;
import org.sidetone.msrp.Framer;
import org.sidetone.msrp.FramerUser;
import org.sidetone.msrp.MsrpHead;
import org.sidetone.msrp.MsrpUri;
import org.sidetone.msrp.PathView;

/** Any stream is framed the same in one piece and in many, stopped in between or not; its heads and paths can be asked for everything. */
public final class MsrpFuzz {
    private MsrpFuzz() {
    }

    /** What one reading came to. */
    private static final class Reading implements FramerUser {
        final List<String> events = new ArrayList<>();
        final StringBuilder body = new StringBuilder();
        private final PathView path = new PathView();
        private final MsrpUri uri = new MsrpUri();
        private final Slice slice = new Slice();
        private final int takes;

        Reading(int takes) {
            this.takes = takes;
        }

        @Override
        public void onHead(MsrpHead head, boolean hasBody, long nowMs) {
            ByteRange range = head.range();
            StringBuilder said = new StringBuilder("head " + head.verdict() + head.method() + head.status() + hasBody + range.start() + "-" + range.end());
            MessageFuzz.check(range.start() >= 1 && range.end() >= -1 && range.total() >= -1, "a range out of range");
            for (int i = 0; i < head.fields(); i++) {
                said.append(head.name(i, slice)).append('=').append(head.fieldValue(i, slice)).append(';');
            }
            if (head.toPath(path)) {
                for (int i = 0; i < path.count(); i++) {
                    path.uri(i, uri);
                    MessageFuzz.check(uri.isSame(uri) && !uri.host().isEmpty(), "a URI that is not itself");
                }
            }
            events.add(said.append(head.reportedStatus()).append(head.wantsFailure()).toString());
        }

        @Override
        public int onBody(byte[] buffer, int offset, int length, long nowMs) {
            int n = Math.min(takes, length);
            body.append(new String(buffer, offset, n, java.nio.charset.StandardCharsets.ISO_8859_1));
            return n;
        }

        @Override
        public void onEnd(int flag, long nowMs) {
            events.add("body " + body);
            body.setLength(0);
            events.add("end " + (char) flag);
        }
    }

    private static List<String> read(byte[] data, int piece, int takes) {
        Reading reading = new Reading(takes);
        Framer framer = new Framer(reading, 1024, 8192);
        for (int at = 0; at < data.length; at += piece) {
            int result = framer.receive(data, at, Math.min(piece, data.length - at), 0);
            while (result == Framer.STOPPED) {
                result = framer.resume(0);
            }
            if (result == Framer.BROKEN) {
                reading.events.add("broken");
                break;
            }
        }
        return reading.events;
    }

    /** Jazzer's entry. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length < 2) {
            return;
        }
        List<String> whole = read(data, data.length, Integer.MAX_VALUE);
        List<String> pieces = read(data, 1 + (data[0] & 0x3F), 1 + (data[1] & 0xF));
        MessageFuzz.check(whole.equals(pieces), "pieces read differently:\n" + whole + "\n" + pieces);
    }
}
