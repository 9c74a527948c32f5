package org.sidetone.sip;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;
import org.sidetone.msg.Grammar;
import org.sidetone.msg.ParamsView;
import org.sidetone.port.Flow;

/** View of one Via, {@code SIP / 2.0 / transport LWS sent-by *(SEMI via-params)} (RFC 3261 sections 20.42, 25.1; RFC 3581). */
public final class ViaView {
    /** A branch that was made by RFC 3261's rules starts with this. */
    public static final byte[] MAGIC_COOKIE = Ascii.bytes("z9hG4bK");

    private static final byte[] SIP = Ascii.bytes("SIP");
    private static final byte[] VERSION = Ascii.bytes("2.0");
    private static final byte[] BRANCH = Ascii.bytes("branch");
    private static final byte[] RECEIVED = Ascii.bytes("received");
    private static final byte[] RPORT = Ascii.bytes("rport");
    private static final byte[] MADDR = Ascii.bytes("maddr");
    private static final byte[][] TRANSPORTS = {Ascii.bytes(""), Ascii.bytes("UDP"), Ascii.bytes("TCP"), Ascii.bytes("TLS")};

    private final Slice scratch = new Slice();
    private final Slice whole = new Slice();
    private final Slice transportName = new Slice();
    private final Slice host = new Slice();
    private final Slice value = new Slice();
    private final ParamsView params = new ParamsView();
    private int transport;
    private int port;

    /** @return false when it is not a Via of SIP/2.0 */
    public boolean wrap(Slice element) {
        byte[] b = element.buffer();
        int limit = element.limit();
        int at = word(b, Ascii.skipLws(b, element.offset(), limit), limit, SIP, true);
        at = at < 0 ? at : word(b, at, limit, VERSION, true);
        if (at < 0) {
            return false;
        }
        int nameEnd = Ascii.endOfToken(b, at, limit);
        int hostStart = Ascii.skipLws(b, nameEnd, limit);
        if (nameEnd == at || hostStart == nameEnd) {
            return false;
        }
        int hostEnd = Grammar.endOfHost(b, hostStart, limit);
        if (hostEnd < 0) {
            return false;
        }
        int end = Ascii.skipLws(b, hostEnd, limit);
        long portNumber = 0;
        if (end < limit && b[end] == ':') {
            int digits = Ascii.skipLws(b, end + 1, limit);
            int digitsEnd = Ascii.endOfDigits(b, digits, limit);
            portNumber = Ascii.decimal(b, digits, digitsEnd, 65535);
            if (portNumber <= 0) {
                return false;
            }
            end = Ascii.skipLws(b, digitsEnd, limit);
        }
        if (!params.wrap(b, end, limit)) {
            return false;
        }
        transportName.wrap(b, at, nameEnd - at);
        transport = Flow.NONE;
        for (int i = 1; i < TRANSPORTS.length; i++) {
            if (transportName.equalsIgnoreCase(TRANSPORTS[i])) {
                transport = i;
            }
        }
        host.wrap(b, hostStart, hostEnd - hostStart);
        port = (int) portNumber;
        whole.set(element);
        return true;
    }

    /** {@code word SLASH}. @return the index after it, or -1 */
    private static int word(byte[] b, int at, int limit, byte[] word, boolean slash) {
        if (!Ascii.startsWithIgnoreCase(b, at, limit, word)) {
            return -1;
        }
        int end = Ascii.skipLws(b, at + word.length, limit);
        return end < limit && b[end] == '/' ? Ascii.skipLws(b, end + 1, limit) : -1;
    }

    Slice scratch() {
        return scratch;
    }

    public Slice whole() {
        return whole;
    }

    /** A code of {@link Flow}, {@code NONE} for a transport we do not have. */
    public int transport() {
        return transport;
    }

    public Slice transportName() {
        return transportName;
    }

    public Slice host() {
        return host;
    }

    /** 1 to 65535, or 0 when none is given. */
    public int port() {
        return port;
    }

    public ParamsView params() {
        return params;
    }

    /** @return false when there is none */
    public boolean branch(Slice out) {
        return params.find(BRANCH, out) && !out.isEmpty();
    }

    public boolean received(Slice out) {
        return params.find(RECEIVED, out);
    }

    public boolean maddr(Slice out) {
        return params.find(MADDR, out);
    }

    /** Whether rport stands there, with or without a value. */
    public boolean hasRport() {
        return params.has(RPORT);
    }

    /** Value of rport, or 0. */
    public int rport() {
        long n = params.decimal(RPORT, 65535);
        return n < 0 ? 0 : (int) n;
    }

    /** Where the value-less {@code rport} ends, as an index into the array, or -1: where a server writes its {@code =port}. */
    public int endOfEmptyRport() {
        return params.find(RPORT, value) && value.isEmpty() ? endOfName() : -1;
    }

    private int endOfName() {
        params.rewind();
        Slice name = scratch;
        while (params.next(name, value)) {
            if (name.equalsIgnoreCase(RPORT)) {
                return name.limit();
            }
        }
        return -1;
    }
}
