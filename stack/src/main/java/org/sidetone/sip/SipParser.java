package org.sidetone.sip;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;
import org.sidetone.uri.UriView;

/**
 * Reads one SIP message in one pass over its head: finds the lines, folded ones too, fills the tables of a
 * {@link SipMessage}, and checks what design and RFC want checked before anybody looks: start line, line structure, Via, To,
 * From, Call-ID, CSeq, Max-Forwards, Content-Length, Contact, Route, Record-Route, Event, Expires. Makes no objects.
 */
public final class SipParser {
    /** {@code 255} hops at most, RFC 3261 section 20.22. */
    private static final int MAX_FORWARDS = 255;
    private static final byte[] VERSION = Ascii.bytes("SIP/2.0");
    private static final byte[] SIP_SLASH = Ascii.bytes("SIP/");
    private static final int[] SINGLE = {Header.TO, Header.FROM, Header.CALL_ID, Header.CSEQ, Header.MAX_FORWARDS,
        Header.CONTENT_LENGTH, Header.CONTENT_TYPE, Header.EVENT, Header.EXPIRES};
    private static final int[] MANDATORY = {Header.TO, Header.FROM, Header.CALL_ID, Header.CSEQ, Header.VIA};

    private final int maxHead;
    private final int maxUri;
    private final Slice value = new Slice();
    private final ViaView via = new ViaView();
    private final NameAddrView address = new NameAddrView();
    private final CSeqView cseq = new CSeqView();
    private final EventView event = new EventView();
    private final UriView uri = new UriView();

    /** @param maxHead octets a head may have. @param maxUri octets a Request-URI may have */
    public SipParser(int maxHead, int maxUri) {
        this.maxHead = maxHead;
        this.maxUri = maxUri;
    }

    /**
     * Reads a whole datagram, body included (RFC 3261 section 18.3: octets after Content-Length are dropped; without it the
     * body is what follows).
     * @return octets of the message, or a {@link Reject}; after one, {@link SipMessage} has the lines found so far, for the response
     */
    public int parseDatagram(SipMessage m, byte[] b, int offset, int length) {
        int head = parse(m, b, offset, length);
        if (head < 0) {
            return head == Reject.INCOMPLETE ? m.request ? Reject.BAD_LINE : Reject.SILENCE : head;
        }
        int left = length - head;
        int body = m.contentLength == SipMessage.NONE ? left : m.contentLength;
        if (body > left) {
            return m.request ? Reject.BODY_CUT : Reject.SILENCE;
        }
        m.setBody(b, offset + head, body);
        return head + body;
    }

    /**
     * Reads a head. @return its octets, blank line and any line ends before the start line included, or a {@link Reject}.
     */
    public int parse(SipMessage m, byte[] b, int offset, int length) {
        m.clear();
        m.buffer = b;
        int limit = offset + length;
        int at = offset;
        while (at + 1 < limit && b[at] == '\r' && b[at + 1] == '\n') {      // section 7.5
            at += 2;
        }
        m.start = at;
        int lineEnd = endOfLine(b, at, limit);
        if (lineEnd < 0) {
            return lineEnd == Reject.INCOMPLETE && limit - at > maxHead ? Reject.SILENCE : lineEnd == Reject.INCOMPLETE ? lineEnd : Reject.SILENCE;
        }
        int verdict = startLine(m, b, at, lineEnd);
        if (verdict == Reject.SILENCE) {
            return verdict;
        }
        at = lineEnd + 2;
        int lines = headerLines(m, b, at, limit);
        if (lines == Reject.INCOMPLETE) {
            return limit - m.start > maxHead ? Reject.HEAD_TOO_LARGE : lines;
        }
        if (verdict == Reject.NONE && lines >= 0) {
            m.headLength = lines - m.start;
            verdict = m.headLength > maxHead ? Reject.HEAD_TOO_LARGE : validate(m);
        }
        if (verdict == Reject.NONE && lines < 0) {
            verdict = lines;
        }
        if (verdict != Reject.NONE) {
            return m.request ? verdict : Reject.SILENCE;
        }
        return lines - offset;
    }

    /** Index of the CR of the line's CRLF; {@link Reject#INCOMPLETE}, or {@link Reject#BAD_LINE} for a CR or LF alone. */
    private static int endOfLine(byte[] b, int at, int limit) {
        for (int i = at; i < limit; i++) {
            byte c = b[i];
            if (c == '\r') {
                return i + 1 == limit ? Reject.INCOMPLETE : b[i + 1] == '\n' ? i : Reject.BAD_LINE;
            }
            if (c == '\n') {
                return Reject.BAD_LINE;
            }
        }
        return Reject.INCOMPLETE;
    }

    private int startLine(SipMessage m, byte[] b, int at, int end) {
        if (Ascii.startsWithIgnoreCase(b, at, end, SIP_SLASH)) {
            return statusLine(m, b, at, end);
        }
        int methodEnd = Ascii.endOfToken(b, at, end);
        if (methodEnd == at || methodEnd == end || b[methodEnd] != ' ') {
            return Reject.SILENCE;
        }
        int versionStart = end;
        while (versionStart > methodEnd && b[versionStart - 1] != ' ') {
            versionStart--;
        }
        if (!Ascii.startsWithIgnoreCase(b, versionStart, end, SIP_SLASH)) {
            // white space after the version, or none of ours at all; the former deserves an answer
            int trimmed = Ascii.trimEnd(b, methodEnd, end);
            versionStart = trimmed;
            while (versionStart > methodEnd && b[versionStart - 1] != ' ') {
                versionStart--;
            }
            if (trimmed == end || !Ascii.startsWithIgnoreCase(b, versionStart, trimmed, SIP_SLASH)) {
                return Reject.SILENCE;
            }
            m.request = true;
            return Reject.BAD_START_LINE;
        }
        m.request = true;
        m.methodOffset = at;
        m.methodLength = methodEnd - at;
        m.method = Method.of(b, at, methodEnd - at);
        m.uriOffset = methodEnd + 1;
        m.uriLength = versionStart - 1 - m.uriOffset;
        if (end - versionStart != VERSION.length || !Ascii.startsWithIgnoreCase(b, versionStart, end, VERSION)) {
            return Reject.BAD_VERSION;
        }
        if (m.uriLength > maxUri) {
            return Reject.URI_TOO_LONG;
        }
        if (m.uriLength <= 0 || !uri.wrap(b, m.uriOffset, m.uriLength)) {
            return Reject.BAD_REQUEST_URI;
        }
        return Reject.NONE;
    }

    private static int statusLine(SipMessage m, byte[] b, int at, int end) {
        if (!Ascii.startsWithIgnoreCase(b, at, end, VERSION) || end - at < VERSION.length + 4 || b[at + VERSION.length] != ' ') {
            return Reject.SILENCE;
        }
        int digits = at + VERSION.length + 1;
        int digitsEnd = digits + 3;
        long code = Ascii.decimal(b, digits, digitsEnd, 699);
        if (code < 100 || digitsEnd < end && b[digitsEnd] != ' ') {
            return Reject.SILENCE;
        }
        m.status = (int) code;
        m.reasonOffset = Math.min(digitsEnd + 1, end);
        m.reasonLength = end - m.reasonOffset;
        return Reject.NONE;
    }

    /** @return index past the blank line, or a {@link Reject}; a bad line does not hide the lines after it */
    private static int headerLines(SipMessage m, byte[] b, int start, int limit) {
        int at = start;
        int verdict = Reject.NONE;
        while (true) {
            if (at + 1 >= limit) {
                return verdict == Reject.NONE ? Reject.INCOMPLETE : verdict;
            }
            if (b[at] == '\r' && b[at + 1] == '\n') {
                return verdict == Reject.NONE ? at + 2 : verdict;
            }
            int end = endOfLine(b, at, limit);
            while (end >= 0 && end + 2 < limit && (b[end + 2] == ' ' || b[end + 2] == '\t')) {
                end = endOfLine(b, end + 2, limit);                          // folded: section 7.3.1
            }
            if (end < 0 || end + 2 >= limit) {
                return end == Reject.BAD_LINE ? Reject.BAD_LINE : verdict == Reject.NONE ? Reject.INCOMPLETE : verdict;
            }
            if (!headerLine(m, b, at, end)) {
                verdict = m.count == m.code.length ? Reject.TOO_MANY_HEADERS : Reject.BAD_LINE;
                if (verdict == Reject.TOO_MANY_HEADERS) {
                    return verdict;
                }
            }
            at = end + 2;
        }
    }

    /** {@code name HCOLON value}. */
    private static boolean headerLine(SipMessage m, byte[] b, int at, int end) {
        int nameEnd = Ascii.endOfToken(b, at, end);
        int colon = nameEnd;
        while (colon < end && (b[colon] == ' ' || b[colon] == '\t')) {
            colon++;
        }
        if (nameEnd == at || colon == end || b[colon] != ':') {
            return false;
        }
        int from = Ascii.skipLws(b, colon + 1, end);
        return m.add(Header.of(b, at, nameEnd - at), at, nameEnd - at, from, Ascii.trimEnd(b, from, end) - from);
    }

    private int validate(SipMessage m) {
        for (int i = 0; i < MANDATORY.length; i++) {
            if (m.first[MANDATORY[i]] == SipMessage.NONE) {
                return Reject.MISSING_HEADER;
            }
        }
        for (int i = 0; i < SINGLE.length; i++) {
            int line = m.first[SINGLE[i]];
            if (line != SipMessage.NONE && m.next[line] != SipMessage.NONE) {
                return Reject.REPEATED_HEADER;
            }
        }
        int verdict = vias(m);
        if (verdict == Reject.NONE) {
            verdict = identity(m);
        }
        return verdict == Reject.NONE ? optional(m) : verdict;
    }

    private int vias(SipMessage m) {
        for (int i = 0; m.element(Header.VIA, i, value); i++) {
            if (!via.wrap(value)) {
                return Reject.BAD_VIA;
            }
        }
        return m.element(Header.VIA, 0, value) ? Reject.NONE : Reject.BAD_VIA;
    }

    private int identity(SipMessage m) {
        if (!wholeAddress(m, Header.TO)) {
            return Reject.BAD_TO;
        }
        if (!wholeAddress(m, Header.FROM)) {
            return Reject.BAD_FROM;
        }
        m.value(Header.CALL_ID, value);
        if (value.isEmpty() || !isCallId(value)) {
            return Reject.BAD_CALL_ID;
        }
        if (!m.cseq(cseq)) {
            return Reject.BAD_CSEQ;
        }
        if (m.request) {
            Slice name = cseq.methodName();
            if (!Ascii.equals(name.buffer(), name.offset(), name.length(), m.buffer, m.methodOffset, m.methodLength)) {
                return Reject.CSEQ_METHOD;
            }
        } else {
            m.method = cseq.method();
        }
        return Reject.NONE;
    }

    private static boolean isCallId(Slice callId) {
        for (int i = 0; i < callId.length(); i++) {
            if (callId.byteAt(i) <= ' ' || callId.byteAt(i) == ',') {
                return false;
            }
        }
        return true;
    }

    /** From and To are one address, not a list. */
    private boolean wholeAddress(SipMessage m, int header) {
        m.value(header, value);
        return address.wrap(value) && uri.wrap(address.uri());
    }

    private int optional(SipMessage m) {
        if (m.has(Header.MAX_FORWARDS) && m.decimal(Header.MAX_FORWARDS, MAX_FORWARDS) < 0) {
            return Reject.BAD_MAX_FORWARDS;
        }
        if (m.has(Header.CONTENT_LENGTH)) {
            long n = m.decimal(Header.CONTENT_LENGTH, Integer.MAX_VALUE);
            if (n < 0) {
                return Reject.BAD_CONTENT_LENGTH;
            }
            m.contentLength = (int) n;
        }
        if (m.has(Header.EXPIRES) && m.decimal(Header.EXPIRES, Integer.MAX_VALUE) < 0 && !isLargeNumber(m)) {
            return Reject.BAD_EXPIRES;
        }
        if (m.has(Header.EVENT) && !m.event(event)) {
            return Reject.BAD_EVENT;
        }
        if (!addresses(m, Header.CONTACT, true)) {
            return Reject.BAD_CONTACT;
        }
        return addresses(m, Header.ROUTE, false) && addresses(m, Header.RECORD_ROUTE, false) ? Reject.NONE : Reject.BAD_ROUTE;
    }

    /** Digits alone: more than we count to, which a user of the value treats as the largest (section 20.19). */
    private boolean isLargeNumber(SipMessage m) {
        m.value(Header.EXPIRES, value);
        return !value.isEmpty() && Ascii.endOfDigits(value.buffer(), value.offset(), value.limit()) == value.limit();
    }

    private boolean addresses(SipMessage m, int header, boolean starAllowed) {
        for (int i = 0; m.element(header, i, value); i++) {
            if (!address.wrap(value) || !(starAllowed && address.isStar() && !m.element(header, 1, address.scratch()))
                    && !uri.wrap(address.uri()) || header != Header.CONTACT && !address.isBracketed()) {
                return false;
            }
        }
        return true;
    }
}
