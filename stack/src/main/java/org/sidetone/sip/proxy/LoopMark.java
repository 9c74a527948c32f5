package org.sidetone.sip.proxy;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.sip.Header;
import org.sidetone.sip.NameAddrView;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.ViaView;

/**
 * The part of our branches that tells a loop from a spiral (RFC 3261 section 16.6 step 8, RFC 5393 section 4.2): a keyed hash of what
 * decides where a request goes. A request that comes with a Via of ours with the same hash has nothing new to be decided.
 */
final class LoopMark {
    private static final int DIGITS = 8;
    private static final int[] DECISIVE = {Header.CALL_ID, Header.CSEQ, Header.ROUTE, Header.PROXY_REQUIRE, Header.PROXY_AUTHORIZATION};

    private final long key;
    private final Slice slice = new Slice();
    private final NameAddrView address = new NameAddrView();
    private final ViaView via = new ViaView();
    private final byte[] digits = new byte[DIGITS];
    private final ByteSink sink = new ByteSink();

    LoopMark(long key) {
        this.key = key;
    }

    /** Appends the mark of a request to a branch. */
    void append(SipMessage request, FixedText branch) {
        write(request);
        int n = branch.length();
        branch.sink(sink).truncate(n);
        branch.take(sink.put('.').put(digits));
    }

    boolean isLoop(SipMessage request) {
        boolean made = false;
        for (int i = 0; request.via(i, via); i++) {
            if (via.branch(slice) && slice.length() > DIGITS && slice.byteAt(slice.length() - DIGITS - 1) == '.') {
                if (!made) {
                    write(request);
                    made = true;
                    via.branch(slice);
                }
                if (slice.wrap(slice.buffer(), slice.limit() - DIGITS, DIGITS).equals(digits)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void write(SipMessage request) {
        long h = mix(key, request.requestUri(slice));
        if (request.address(Header.FROM, 0, address) && address.tag(slice)) {
            h = mix(h, slice);
        }
        if (request.address(Header.TO, 0, address) && address.tag(slice)) {
            h = mix(h, slice);
        }
        for (int i = 0; i < DECISIVE.length; i++) {
            for (int line = request.firstLine(DECISIVE[i]); line != SipMessage.NONE; line = request.nextLine(line)) {
                h = mix(h, request.lineValue(line, slice));
            }
        }
        h ^= h >>> 29;
        sink.wrap(digits).putHex(h & 0xFFFFFFFFL, DIGITS);
    }

    private static long mix(long start, Slice text) {
        long h = start * 0x9E3779B97F4A7C15L + text.length();
        for (int i = 0; i < text.length(); i++) {
            h = (h ^ text.byteAt(i)) * 0x100000001B3L;
        }
        return h;
    }
}
