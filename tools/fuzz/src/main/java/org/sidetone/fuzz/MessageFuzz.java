package org.sidetone.fuzz;

import java.util.Arrays;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Flow;
import org.sidetone.sip.Header;
import org.sidetone.sip.NameAddrView;
import org.sidetone.sip.Reject;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipParser;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.SubscriptionStateView;
import org.sidetone.sip.ViaView;

/**
 * Any datagram: it is refused for a reason there is, or everything in it lies within it; it is read the same wherever it lies; and the
 * response to a request that was taken is a message that is taken.
 */
public final class MessageFuzz {
    private static final SipParser PARSER = new SipParser(8192, 256);
    private static final SipMessage MESSAGE = new SipMessage(96);
    private static final SipMessage AGAIN = new SipMessage(96);
    private static final SipWriter WRITER = new SipWriter();
    private static final Flow SOURCE = new Flow().setIpv4(Flow.UDP, 0xC0000202, 5060);

    private MessageFuzz() {
    }

    /** Jazzer's entry. */
    public static void fuzzerTestOneInput(byte[] data) {
        int result = PARSER.parseDatagram(MESSAGE, data, 0, data.length);
        byte[] shifted = new byte[data.length + 7];
        Arrays.fill(shifted, (byte) '\n');
        System.arraycopy(data, 0, shifted, 7, data.length);
        check(PARSER.parseDatagram(AGAIN, shifted, 7, data.length) == result, "read differently elsewhere");
        if (result < 0) {
            check(Reject.status(result) == 0 || Reject.reason(result).length() > 0, "no reason");
            return;
        }
        check(result <= data.length, "longer than it is");
        check(MESSAGE.lines() == AGAIN.lines(), "other lines elsewhere");
        walk(data.length);
        if (MESSAGE.isRequest()) {
            answer();
        }
    }

    private static void walk(int length) {
        Slice slice = new Slice();
        NameAddrView address = new NameAddrView();
        ViaView via = new ViaView();
        for (int line = 0; line < MESSAGE.lines(); line++) {
            check(MESSAGE.lineName(line, slice).length() > 0 && slice.limit() <= length, "a name outside");
            check(MESSAGE.lineValue(line, slice).limit() <= length, "a value outside");
        }
        check(MESSAGE.via(0, via), "no Via");
        for (int header : new int[] {Header.FROM, Header.TO, Header.CONTACT, Header.ROUTE, Header.RECORD_ROUTE}) {
            for (int i = 0; MESSAGE.address(header, i, address); i++) {
                check(address.uri().length() > 0 && address.uri().limit() <= length, "a URI outside");
                address.tag(slice);
                address.q();
                address.instance(slice);
                address.regId();
                address.publicGruu(slice);
            }
        }
        SubscriptionStateView state = new SubscriptionStateView();
        if (MESSAGE.subscriptionState(state)) {
            state.reason();
            state.expiresSec();
        }
        MESSAGE.body(slice);
        check(slice.limit() <= length || slice.isEmpty(), "a body outside");
    }

    private static void answer() {
        byte[] out = new byte[16_384];
        FixedText tag = new FixedText(8);
        tag.set("t");
        WRITER.wrap(out, 0, out.length).responseHead(MESSAGE, 200, "OK", tag, SOURCE);
        int n = WRITER.finishWithoutBody();
        if (n > 0 && n <= 8192) {
            int taken = PARSER.parseDatagram(AGAIN, out, 0, n);
            check(taken == n, "our own answer is refused: " + taken + "\n" + new String(out, 0, n, java.nio.charset.StandardCharsets.ISO_8859_1));
        }
    }

    static void check(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }
}
