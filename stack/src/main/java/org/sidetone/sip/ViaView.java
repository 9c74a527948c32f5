package org.sidetone.sip;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Octets;
import org.sidetone.bytes.Slice;
import org.sidetone.msg.Grammar;
import org.sidetone.msg.ParamsView;
import org.sidetone.port.Flow;

/** View of one Via, {@code SIP / 2.0 / transport LWS sent-by *(SEMI via-params)} (RFC 3261 sections 20.42, 25.1; RFC 3581). */
public final class ViaView {
    /** A branch that was made by RFC 3261's rules starts with this. */
    public static final byte[] MAGIC_COOKIE = Ascii.bytes("z9hG4bK");

    private static final long PLAIN_PROTOCOL = Octets.at(Ascii.bytes("SIP/2.0/"), 0);
    private static final int PROTOCOL_LENGTH = 8;
    private static final byte[] SIP = Ascii.bytes("SIP");
    private static final byte[] VERSION = Ascii.bytes("2.0");
    private static final byte[] BRANCH = Ascii.bytes("branch");
    private static final byte[] RECEIVED = Ascii.bytes("received");
    private static final byte[] RPORT = Ascii.bytes("rport");
    private static final byte[] MADDR = Ascii.bytes("maddr");
    private static final int CASE = 0x20;
    private static final int[] WORDS = {0, word('u', 'd', 'p'), word('t', 'c', 'p'), word('t', 'l', 's')};
    /** Second letters tell the transports apart by their last four bits. */
    private static final int LETTERS = 15;
    private static final int[] BY_LETTER = new int[LETTERS + 1];

    static {
        for (int i = 0; i < WORDS.length; i++) {
            BY_LETTER[WORDS[i] >> 8 & LETTERS] = i;
        }
    }

    private final Slice scratch = new Slice();
    private final Slice whole = new Slice();
    private final Slice transportName = new Slice();
    private final Slice host = new Slice();
    private final Slice value = new Slice();
    private final ParamsView params = new ParamsView();
    private int transport;
    private boolean current;
    private int port;

    /** @return false when it is no Via of SIP; the view then says nothing */
    public boolean wrap(Slice element) {
        if (scan(element.buffer(), element.offset(), element.limit()) == element.limit()) {
            return true;
        }
        clear();
        return false;
    }

    /**
     * Reads one element of a list.
     * @return index of the comma or the line end behind it, or {@code limit}; {@link Grammar#NO_MATCH} when malformed
     */
    int scan(byte[] b, int offset, int limit) {
        int start = Ascii.skipLws(b, offset, limit);
        current = true;
        int at = isPlainProtocol(b, start, limit) ? start + PROTOCOL_LENGTH : spacedProtocol(b, start, limit);
        if (at < 0) {
            return Grammar.NO_MATCH;
        }
        int nameEnd = Ascii.endOfToken(b, at, limit);
        int hostStart = Ascii.skipLws(b, nameEnd, limit);
        if (nameEnd == at || hostStart == nameEnd) {
            return Grammar.NO_MATCH;
        }
        int hostEnd = Grammar.endOfHost(b, hostStart, limit);
        if (hostEnd < 0) {
            return Grammar.NO_MATCH;
        }
        int end = Ascii.skipLws(b, hostEnd, limit);
        int portNumber = 0;
        if (end < limit && b[end] == ':') {
            long endAndPort = Grammar.endAndPort(b, Ascii.skipLws(b, end + 1, limit), limit);
            if (endAndPort < 0) {
                return Grammar.NO_MATCH;
            }
            portNumber = (int) (endAndPort & 0xFFFF);
            end = (int) (endAndPort >> 16);
        }
        end = params.scan(b, end, limit);
        if (end < 0 || end < limit && b[end] != ',' && b[end] != '\r') {
            return Grammar.NO_MATCH;
        }
        transportName.wrap(b, at, nameEnd - at);
        transport = transportOf(b, at, nameEnd - at);
        host.wrap(b, hostStart, hostEnd - hostStart);
        port = portNumber;
        whole.wrap(b, start, Ascii.trimEnd(b, start, end) - start);
        return end;
    }

    /** {@code SIP/2.0/}, as nearly all write it. */
    private static boolean isPlainProtocol(byte[] b, int at, int limit) {
        return limit - at >= PROTOCOL_LENGTH && Octets.at(b, at) == PLAIN_PROTOCOL;
    }

    private static int word(int first, int second, int third) {
        return (first | CASE) << 16 | (second | CASE) << 8 | third | CASE;
    }

    private static int transportOf(byte[] b, int at, int length) {
        if (length != 3) {
            return Flow.NONE;
        }
        int word = word(b[at], b[at + 1], b[at + 2]);
        int code = BY_LETTER[word >> 8 & LETTERS];
        return word == WORDS[code] ? code : Flow.NONE;
    }

    /** White space around the slashes, another case, another version. */
    private int spacedProtocol(byte[] b, int start, int limit) {
        int nameEnd = Ascii.endOfToken(b, start, limit);
        int version = afterSlash(b, nameEnd, limit);
        if (version < 0 || !Ascii.equalsIgnoreCase(b, start, nameEnd - start, SIP, 0, SIP.length)) {
            return Grammar.NO_MATCH;
        }
        int versionEnd = Ascii.endOfToken(b, version, limit);
        current = Ascii.equals(b, version, versionEnd - version, VERSION, 0, VERSION.length);
        return versionEnd == version ? Grammar.NO_MATCH : afterSlash(b, versionEnd, limit);
    }

    /** {@code SLASH}. @return the index after it, or {@link Grammar#NO_MATCH} */
    private static int afterSlash(byte[] b, int at, int limit) {
        int slash = Ascii.skipLws(b, at, limit);
        return slash < limit && b[slash] == '/' ? Ascii.skipLws(b, slash + 1, limit) : Grammar.NO_MATCH;
    }

    private void clear() {
        whole.clear();
        transportName.clear();
        transport = Flow.NONE;
        host.clear();
        port = 0;
        params.clear();
    }

    /** Becomes a view of the same Via as another. */
    public void set(ViaView other) {
        whole.set(other.whole);
        transportName.set(other.transportName);
        transport = other.transport;
        host.set(other.host);
        port = other.port;
        current = other.current;
        params.set(other.params);
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

    /** Whether it says SIP/2.0; of another version there is only enough to refuse it. */
    public boolean isCurrentVersion() {
        return current;
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
