package org.sidetone.sip;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Flow;
import org.sidetone.uri.IpText;

/**
 * Writes one SIP message forward into the caller's buffer. The Content-Length is patched at the end into room kept for it,
 * right-aligned behind white space, which the grammar allows. What does not fit shows in {@link #overflowed()}.
 */
public final class SipWriter {
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] VERSION_SP = Ascii.bytes("SIP/2.0 ");
    private static final byte[] SP_VERSION_CRLF = Ascii.bytes(" SIP/2.0\r\n");
    private static final byte[] VIA_START = Ascii.bytes("Via: SIP/2.0/");
    private static final byte[] RECEIVED = Ascii.bytes(";received=");
    private static final byte[] RPORT = Ascii.bytes(";rport");
    private static final byte[] BRANCH = Ascii.bytes(";branch=");
    private static final byte[] TAG = Ascii.bytes(";tag=");
    private static final byte[] CONTENT_LENGTH = Ascii.bytes("Content-Length: ");
    private static final byte[] LENGTH_ROOM = Ascii.bytes("      0\r\n\r\n");
    private static final int LENGTH_DIGITS = 7;
    private static final byte[][] TRANSPORTS = {Ascii.bytes("UDP"), Ascii.bytes("UDP"), Ascii.bytes("TCP"), Ascii.bytes("TLS")};

    private final ByteSink sink = new ByteSink();
    private final Slice value = new Slice();
    private final ViaView via = new ViaView();
    private final NameAddrView address = new NameAddrView();
    private final Flow host = new Flow();
    private int lengthAt;
    private int bodyAt;

    /** Starts a message in an array. */
    public SipWriter wrap(byte[] buffer, int offset, int length) {
        sink.wrap(buffer, offset, length);
        lengthAt = -1;
        return this;
    }

    /** The sink itself, for values in pieces between {@link #name} and {@link #end}. */
    public ByteSink sink() {
        return sink;
    }

    public SipWriter requestLine(int method, Slice uri) {
        sink.put(Method.name(method)).put(' ').put(uri).put(SP_VERSION_CRLF);
        return this;
    }

    public SipWriter requestLine(Slice method, Slice uri) {
        sink.put(method).put(' ').put(uri).put(SP_VERSION_CRLF);
        return this;
    }

    public SipWriter statusLine(int status, String reason) {
        sink.put(VERSION_SP).putPadded(status, 3).put(' ').put(reason).put(CRLF);
        return this;
    }

    /** {@code Name: }; the value follows through {@link #sink}, then {@link #end}. */
    public SipWriter name(int header) {
        sink.put(Header.name(header)).put(':').put(' ');
        return this;
    }

    public SipWriter end() {
        sink.put(CRLF);
        return this;
    }

    public SipWriter header(int code, byte[] text) {
        name(code).sink.put(text).put(CRLF);
        return this;
    }

    public SipWriter header(int code, Slice text) {
        name(code);
        putUnfolded(text);
        sink.put(CRLF);
        return this;
    }

    public SipWriter header(int code, FixedText text) {
        return header(code, text.slice(value));
    }

    public SipWriter header(int code, String text) {
        name(code).sink.put(text).put(CRLF);
        return this;
    }

    public SipWriter decimal(int code, long number) {
        name(code).sink.putDecimal(number).put(CRLF);
        return this;
    }

    /** A Via of our own, asking for rport (RFC 3581). @param local our address; its port is the one we listen on */
    public SipWriter via(int transport, Flow local, FixedText branch) {
        sink.put(VIA_START).put(TRANSPORTS[transport]).put(' ');
        IpText.put(local, sink);
        sink.put(':').putDecimal(local.port()).put(BRANCH).put(branch).put(RPORT).put(CRLF);
        return this;
    }

    /** One line of a message as it stands there, folds turned into spaces. */
    public SipWriter copyLine(SipMessage from, int line) {
        if (from.lineCode(line) == Header.OTHER) {
            sink.put(from.lineName(line, value));
        } else {
            sink.put(Header.name(from.lineCode(line)));
        }
        sink.put(':').put(' ');
        putUnfolded(from.lineValue(line, value));
        sink.put(CRLF);
        return this;
    }

    /** Every line of a header. */
    public SipWriter copy(SipMessage from, int header) {
        for (int line = from.firstLine(header); line != SipMessage.NONE; line = from.nextLine(line)) {
            copyLine(from, line);
        }
        return this;
    }

    /**
     * What a response takes from its request (RFC 3261 section 8.2.6.2): Via, with received and rport of the source written
     * into the topmost (18.2.1, RFC 3581 section 4), From, To, Call-ID, CSeq, and Timestamp of a 100.
     * @param toTag written where To has no tag yet; null or empty: none
     */
    public SipWriter responseHead(SipMessage request, int status, String reason, FixedText toTag, Flow source) {
        statusLine(status, reason);
        copyVias(request, source);
        copy(request, Header.FROM);
        if (request.value(Header.TO, value)) {
            name(Header.TO);
            putUnfolded(value);
            if (toTag != null && toTag.length() > 0 && !(address.wrap(value) && address.tag(value))) {
                sink.put(TAG).put(toTag);
            }
            sink.put(CRLF);
        }
        copy(request, Header.CALL_ID);
        copy(request, Header.CSEQ);
        if (status == 100) {
            copy(request, Header.TIMESTAMP);
        }
        return this;
    }

    /** Every Via of a request, the topmost marked with where it came from. */
    public SipWriter copyVias(SipMessage request, Flow source) {
        for (int i = 0; request.element(Header.VIA, i, value); i++) {
            name(Header.VIA);
            if (i == 0 && source != null && source.isSet() && via.wrap(value)) {
                putMarkedVia(source);
            } else {
                putUnfolded(value);
            }
            sink.put(CRLF);
        }
        return this;
    }

    private void putMarkedVia(Flow source) {
        int mark = via.endOfEmptyRport();
        Slice whole = via.whole();
        boolean received = via.received(value);
        if (mark >= 0) {
            putUnfolded(value.wrap(whole.buffer(), whole.offset(), mark - whole.offset()));
            sink.put('=').putDecimal(source.port());
            putUnfolded(value.wrap(whole.buffer(), mark, whole.limit() - mark));
        } else {
            putUnfolded(whole);
        }
        Slice sentBy = via.host();
        boolean same = IpText.parse(sentBy.buffer(), sentBy.offset(), sentBy.length(), host, Flow.UDP, 0) && host.sameAddress(source);
        if (!received && (mark >= 0 || !same)) {
            sink.put(RECEIVED);
            putAddressWithoutBrackets(source);
        }
    }

    /** RFC 5118 section 4.5: received takes an IPv6 address with or without brackets; the grammar of 3261 has none. */
    private void putAddressWithoutBrackets(Flow source) {
        int at = sink.position();
        IpText.put(source, sink);
        if (!source.isIpv4() && !sink.overflowed()) {
            System.arraycopy(sink.buffer(), at + 1, sink.buffer(), at, sink.position() - at - 2);
            sink.truncate(sink.position() - 2);
        }
    }

    private void putUnfolded(Slice text) {
        byte[] b = text.buffer();
        int limit = text.limit();
        int from = text.offset();
        for (int i = from; i < limit; i++) {
            if (b[i] == '\r') {
                sink.put(b, from, i - from).put(' ');
                i = Ascii.skipLws(b, i, limit);
                from = i;
            }
        }
        sink.put(b, from, limit - from);
    }

    /** Ends the header fields with a Content-Length; what is put into {@link #sink} from here on is the body. */
    public SipWriter body() {
        sink.put(CONTENT_LENGTH);
        lengthAt = sink.position();
        sink.put(LENGTH_ROOM);
        bodyAt = sink.position();
        return this;
    }

    /** Takes back what was written from a position on, a body too. */
    public SipWriter withoutBody(int position) {
        sink.truncate(position);
        lengthAt = -1;
        return this;
    }

    /** Whether {@link #body()} was called. */
    public boolean hasBody() {
        return lengthAt >= 0;
    }

    /** The body as far as it is written; empty without one. */
    public Slice writtenBody(Slice out) {
        return hasBody() && !overflowed() ? out.wrap(sink.buffer(), bodyAt, sink.position() - bodyAt) : out.clear();
    }

    /** Ends a message without a body. @return its octets, or -1 when it did not fit */
    public int finishWithoutBody() {
        sink.put(CONTENT_LENGTH).put('0').put(CRLF).put(CRLF);
        return overflowed() ? -1 : sink.length();
    }

    /** Ends a message with a body. @return its octets, or -1 when it did not fit */
    public int finish() {
        if (overflowed() || lengthAt < 0) {
            return -1;
        }
        int n = sink.position() - bodyAt;
        for (int i = LENGTH_DIGITS - 1; i >= 0; i--) {
            sink.buffer()[lengthAt + i] = (byte) (n > 0 || i == LENGTH_DIGITS - 1 ? '0' + n % 10 : ' ');
            n /= 10;
        }
        return sink.length();
    }

    public boolean overflowed() {
        return sink.overflowed();
    }
}
