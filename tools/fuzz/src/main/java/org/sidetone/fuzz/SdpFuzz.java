package org.sidetone.fuzz;

import java.nio.charset.StandardCharsets;
import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.sdp.FileDescription;
import org.sidetone.doc.sdp.Fingerprints;
import org.sidetone.doc.sdp.MsrpMedia;
import org.sidetone.doc.sdp.SdpWriter;
import org.sidetone.doc.sdp.SessionDescription;
import org.sidetone.port.Flow;

/** Any session description is read or refused; what refuses its media, one by one, is a session description again, with as many. */
public final class SdpFuzz {
    private static final Fingerprints FINGERPRINTS = new Fingerprints();
    private static final FileDescription FILE = new FileDescription();
    private static final FileDescription AGAIN = new FileDescription();
    private static final byte[] ROOM = new byte[2048];
    private static final ByteSink SINK = new ByteSink();

    private SdpFuzz() {
    }

    /** Jazzer's entry. */
    public static void fuzzerTestOneInput(byte[] data) {
        SessionDescription sdp = new SessionDescription();
        if (!sdp.wrap(new Slice().wrap(data))) {
            MessageFuzz.check(sdp.media() == 0, "refused, and yet it has media");
            return;
        }
        MsrpMedia msrp = new MsrpMedia();
        Slice value = new Slice();
        byte[] plain = "text/plain".getBytes(StandardCharsets.US_ASCII);
        byte[] room = new byte[data.length + 512];
        ByteSink sink = new ByteSink().wrap(room);
        SdpWriter writer = new SdpWriter().begin(sink, 1, 1, new Flow().setIpv4(Flow.TCP, 0x7F000001, 9));
        for (int i = 0; i < sdp.media(); i++) {
            MessageFuzz.check(sdp.port(i) >= 0 && sdp.port(i) < 65_536, "a port out of range");
            sdp.connection(i, value);
            sdp.direction(i);
            msrp.setup(sdp, i);
            msrp.maxSize(sdp, i);
            FINGERPRINTS.read(sdp, i);
            if (FILE.read(sdp, i)) {
                MessageFuzz.check(Ascii.indexOf(FILE.name.bytes(), 0, FILE.name.length(), '/') == FILE.name.length(), "a name that leads somewhere");
                SINK.wrap(ROOM);
                SdpWriter again = new SdpWriter().begin(SINK, 1, 1, new Flow().setIpv4(Flow.TCP, 0x7F000001, 9)).media(MsrpMedia.MESSAGE, 9, MsrpMedia.TCP, MsrpMedia.ANY_FORMAT);
                FILE.write(again, true, true);
                SessionDescription written = new SessionDescription();
                MessageFuzz.check(SINK.overflowed() || written.wrap(SINK.slice(value)) && AGAIN.read(written, 0) && AGAIN.selects(FILE), "a file that was written is another");
            }
            MessageFuzz.check(!msrp.accepts(sdp, i, plain) || msrp.acceptsWrapped(sdp, i, plain), "accepted, but not wrapped");
            writer.refuse(sdp, i);
        }
        int found = msrp.find(sdp);
        MessageFuzz.check(found < 0 || sdp.attribute(found, MsrpMedia.PATH, value), "found without a path");
        SessionDescription answer = new SessionDescription();
        MessageFuzz.check(answer.wrap(sink.slice(value)) && answer.media() == sdp.media(), "the answer does not fit the offer:\n" + value);
        for (int i = 0; i < answer.media(); i++) {
            MessageFuzz.check(answer.port(i) == 0, "refused with a port");
        }
    }
}
