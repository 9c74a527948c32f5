package org.sidetone.sip;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Octets;
import org.sidetone.bytes.Slice;
import org.sidetone.msg.Grammar;

/**
 * Reads one SIP message in one pass over its head: finds the lines, folded ones too, fills the tables of a
 * {@link SipMessage}, and checks what design and RFC want checked before anybody looks: start line, line structure, Via, To,
 * From, Call-ID, CSeq, Max-Forwards, Content-Length, Contact, Route, Record-Route, Event, Expires. Makes no objects.
 */
public final class SipParser {
    /** {@code 255} hops at most, RFC 3261 section 20.22. */
    private static final int MAX_FORWARDS = 255;
    private static final byte[] VERSION = Ascii.bytes("SIP/2.0");
    private static final long VERSION_AND_CR = Octets.at(Ascii.bytes("SIP/2.0\r"), 0);
    private static final byte[] SIP_SLASH = Ascii.bytes("SIP/");

    private final int maxHead;
    private final int maxUri;
    private final ViaView via = new ViaView();
    private final NameAddrView address = new NameAddrView();
    private long lastNumber;

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
        int lineEnd = plainRequestLine(m, b, at, limit);
        int verdict = Reject.NONE;
        if (lineEnd < 0) {
            lineEnd = endOfLine(b, at, limit);
            if (lineEnd < 0) {
                return lineEnd == Reject.INCOMPLETE && limit - at > maxHead ? Reject.SILENCE : lineEnd == Reject.INCOMPLETE ? lineEnd : Reject.SILENCE;
            }
            verdict = startLine(m, b, at, lineEnd);
            if (verdict == Reject.SILENCE) {
                return verdict;
            }
        }
        at = lineEnd + 2;
        int lines = headerLines(m, b, at, limit);
        if (lines == Reject.INCOMPLETE) {
            return limit - m.start > maxHead ? Reject.HEAD_TOO_LARGE : lines;
        }
        if (verdict == Reject.NONE && lines >= 0) {
            m.headLength = lines - m.start;
            verdict = m.headLength > maxHead ? Reject.HEAD_TOO_LARGE : validate(m);
            m.valid = verdict == Reject.NONE;
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
        int i = Ascii.endOfText(b, at, limit);
        return i + 1 >= limit ? i < limit && b[i] == '\n' ? Reject.BAD_LINE : Reject.INCOMPLETE
                : b[i] == '\r' && b[i + 1] == '\n' ? i : Reject.BAD_LINE;
    }

    /** A request line without any fault, which is found by reading on. @return index of its CR; {@link Grammar#NO_MATCH}: something is strange, or it is a status line */
    private int plainRequestLine(SipMessage m, byte[] b, int at, int limit) {
        int methodEnd = Ascii.endOfToken(b, at, limit);
        if (methodEnd == at || methodEnd == limit || b[methodEnd] != ' ') {
            return Grammar.NO_MATCH;
        }
        int uriEnd = m.uri.scan(b, methodEnd + 1, limit);
        int lineEnd = uriEnd + 1 + VERSION.length;
        if (uriEnd < 0 || lineEnd + 1 >= limit || b[uriEnd] != ' ' || uriEnd - methodEnd - 1 > maxUri || Octets.at(b, uriEnd + 1) != VERSION_AND_CR || b[lineEnd + 1] != '\n') {
            return Grammar.NO_MATCH;
        }
        m.request = true;
        takeMethodAndUri(m, b, at, methodEnd, uriEnd);
        return lineEnd;
    }

    private static void takeMethodAndUri(SipMessage m, byte[] b, int at, int methodEnd, int uriEnd) {
        m.methodOffset = at;
        m.methodLength = methodEnd - at;
        m.method = Method.of(b, at, methodEnd - at);
        m.uriOffset = methodEnd + 1;
        m.uriLength = uriEnd - m.uriOffset;
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
        takeMethodAndUri(m, b, at, methodEnd, versionStart - 1);
        if (end - versionStart != VERSION.length || !Ascii.startsWithIgnoreCase(b, versionStart, end, VERSION)) {
            return Reject.BAD_VERSION;
        }
        if (m.uriLength > maxUri) {
            return Reject.URI_TOO_LONG;
        }
        if (m.uriLength <= 0 || !m.uri.wrap(b, m.uriOffset, m.uriLength)) {
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
    private int headerLines(SipMessage m, byte[] b, int start, int limit) {
        int at = start;
        int verdict = Reject.NONE;
        while (true) {
            if (at + 1 >= limit) {
                return verdict == Reject.NONE ? Reject.INCOMPLETE : verdict;
            }
            if (b[at] == '\r' && b[at + 1] == '\n') {
                return verdict == Reject.NONE ? at + 2 : verdict;
            }
            int known = HeaderNames.at(b, at, limit);
            int code = HeaderNames.code(known);
            int nameLength = HeaderNames.length(known);
            int colon = at + nameLength;
            if (nameLength == 0) {                                           // not known, or written in another way
                nameLength = Ascii.endOfToken(b, at, limit) - at;
                colon = at + nameLength;
                if (colon < limit && b[colon] != ':') {
                    colon = endOfSpaces(b, colon, limit);
                }
                if (nameLength > 0 && colon < limit && b[colon] == ':') {
                    code = Header.of(b, at, nameLength);
                } else {
                    nameLength = 0;
                }
            }
            if (nameLength > 0) {
                int from = Ascii.skipLws(b, colon + 1, limit);
                int valueEnd = value(m, code, b, from, limit);
                if (valueEnd >= 0 && valueEnd + 2 < limit && b[valueEnd] == '\r' && b[valueEnd + 1] == '\n') {
                    if (!m.add(code, at, nameLength, from, Ascii.trimEnd(b, from, valueEnd) - from)) {
                        return Reject.TOO_MANY_HEADERS;
                    }
                    at = valueEnd + 2;
                    continue;
                }
            }
            int end = endOfLine(b, at, limit);
            while (end >= 0 && end + 2 < limit && (b[end + 2] == ' ' || b[end + 2] == '\t')) {
                end = endOfLine(b, end + 2, limit);                          // folded: section 7.3.1
            }
            if (end < 0 || end + 2 >= limit) {
                return end == Reject.BAD_LINE ? Reject.BAD_LINE : verdict == Reject.NONE ? Reject.INCOMPLETE : verdict;
            }
            m.bad = m.bad == Reject.NONE ? badValue(code) : m.bad;           // its value does not end where its line does
            if (!headerLine(m, b, at, end)) {
                verdict = m.isFull() ? Reject.TOO_MANY_HEADERS : Reject.BAD_LINE;
                if (verdict == Reject.TOO_MANY_HEADERS) {
                    return verdict;
                }
            }
            at = end + 2;
        }
    }

    /**
     * Reads the value of a header by its own grammar, which finds the end of the line on the way.
     * @return index of the line end, or {@link Grammar#NO_MATCH}: the value is malformed, or of a header that is not checked here
     */
    private int value(SipMessage m, int code, byte[] b, int from, int limit) {
        switch (code) {
            case Header.VIA:
                return vias(m, b, from, limit);
            case Header.FROM:
                return addressEnd(b, m.from.scan(b, from, limit), m.from, limit);
            case Header.TO:
                return addressEnd(b, m.to.scan(b, from, limit), m.to, limit);
            case Header.CONTACT: case Header.ROUTE: case Header.RECORD_ROUTE:
                return addresses(m, code, b, from, limit);
            case Header.CALL_ID:
                return Ascii.skipLws(b, endOfCallId(b, from, limit), limit);
            case Header.CSEQ:
                return lineEnd(b, m.cseq.scan(b, from, limit), limit);
            case Header.EVENT:
                return lineEnd(b, m.event.scan(b, from, limit), limit);
            case Header.MAX_FORWARDS:
                return number(b, from, limit, MAX_FORWARDS);
            case Header.EXPIRES:
                return number(b, from, limit, Long.MAX_VALUE);
            case Header.CONTENT_LENGTH:
                int end = number(b, from, limit, Integer.MAX_VALUE);
                m.contentLength = end < 0 ? m.contentLength : (int) lastNumber;
                return end;
            default:
                return unchecked(b, from, limit);
        }
    }

    /** What a malformed value of a header means; {@link Reject#NONE} for a header that is not checked here. */
    private static int badValue(int code) {
        switch (code) {
            case Header.VIA:
                return Reject.BAD_VIA;
            case Header.FROM:
                return Reject.BAD_FROM;
            case Header.TO:
                return Reject.BAD_TO;
            case Header.CONTACT:
                return Reject.BAD_CONTACT;
            case Header.CALL_ID:
                return Reject.BAD_CALL_ID;
            case Header.CSEQ:
                return Reject.BAD_CSEQ;
            case Header.EVENT:
                return Reject.BAD_EVENT;
            case Header.MAX_FORWARDS:
                return Reject.BAD_MAX_FORWARDS;
            case Header.EXPIRES:
                return Reject.BAD_EXPIRES;
            case Header.CONTENT_LENGTH:
                return Reject.BAD_CONTENT_LENGTH;
            case Header.ROUTE: case Header.RECORD_ROUTE:
                return Reject.BAD_ROUTE;
            default:
                return Reject.NONE;
        }
    }

    /** Any other value: up to the end of its last line. */
    private static int unchecked(byte[] b, int from, int limit) {
        int at = Ascii.endOfText(b, from, limit);
        while (Ascii.isFold(b, at, limit)) {
            at = Ascii.endOfText(b, at + 3, limit);
        }
        return at;
    }

    private static int lineEnd(byte[] b, int at, int limit) {
        return at < 0 ? at : Ascii.skipLws(b, at, limit);
    }

    /** Digits alone; {@link #lastNumber} is what they say. More than fits in 63 bits counts as the largest. */
    private int number(byte[] b, int from, int limit, long maximum) {
        int at = from;
        long n = 0;
        while (at < limit && Ascii.isDigit(b[at])) {
            n = n > Integer.MAX_VALUE ? n : 10 * n + b[at] - '0';
            at++;
        }
        lastNumber = n;
        return at == from || n > maximum ? Grammar.NO_MATCH : Ascii.skipLws(b, at, limit);
    }

    private static int endOfSpaces(byte[] b, int offset, int limit) {
        int at = offset;
        while (at < limit && (b[at] == ' ' || b[at] == '\t')) {
            at++;
        }
        return at;
    }

    /** {@code name HCOLON value}. */
    private static boolean headerLine(SipMessage m, byte[] b, int at, int end) {
        int nameEnd = Ascii.endOfToken(b, at, end);
        int colon = endOfSpaces(b, nameEnd, end);
        if (nameEnd == at || colon == end || b[colon] != ':') {
            return false;
        }
        int from = Ascii.skipLws(b, colon + 1, end);
        return m.add(Header.of(b, at, nameEnd - at), at, nameEnd - at, from, Ascii.trimEnd(b, from, end) - from);
    }

    private static int validate(SipMessage m) {
        if ((m.seen & Header.MANDATORY) != Header.MANDATORY) {
            return Reject.MISSING_HEADER;
        }
        if ((m.repeated & Header.SINGLE) != 0) {
            return Reject.REPEATED_HEADER;
        }
        if (m.bad != Reject.NONE) {
            return m.bad;
        }
        if (m.star && m.contacts > 1) {
            return Reject.BAD_CONTACT;
        }
        if (!m.request) {
            m.method = m.cseq.method();
            return Reject.NONE;
        }
        Slice name = m.cseq.methodName();
        return Ascii.equals(name.buffer(), name.offset(), name.length(), m.buffer, m.methodOffset, m.methodLength)
                ? Reject.NONE : Reject.CSEQ_METHOD;
    }

    private int vias(SipMessage m, byte[] b, int from, int limit) {
        int at = startOfElement(b, from, limit);
        boolean first = m.first[Header.VIA] == SipMessage.NONE;
        int n = 0;
        while (at < limit && b[at] != '\r') {
            ViaView one = first && n == 0 ? m.topVia : via;
            at = one.scan(b, at, limit);
            if (at < 0 || !one.isCurrentVersion()) {
                return Grammar.NO_MATCH;
            }
            n++;
            at = startOfElement(b, at, limit);
        }
        return n == 0 ? Grammar.NO_MATCH : at;
    }

    /** Steps over commas, empty elements and white space. */
    private static int startOfElement(byte[] b, int offset, int limit) {
        int at = Ascii.skipLws(b, offset, limit);
        while (at < limit && b[at] == ',') {
            at = Ascii.skipLws(b, at + 1, limit);
        }
        return at;
    }

    /** From and To are one address, not a list. */
    private static int addressEnd(byte[] b, int at, NameAddrView read, int limit) {
        return at < 0 || at < limit && b[at] == ',' || read.isStar() ? Grammar.NO_MATCH : at;
    }

    private static int endOfCallId(byte[] b, int from, int limit) {
        int at = Ascii.endOfWord(b, from, limit);
        return at == from ? limit : at;
    }

    private int addresses(SipMessage m, int header, byte[] b, int from, int limit) {
        boolean isContact = header == Header.CONTACT;
        int at = startOfElement(b, from, limit);
        int n = 0;
        while (at < limit && b[at] != '\r') {
            NameAddrView one = isContact && m.contacts == 0 ? m.contact : address;
            at = one.scan(b, at, limit);
            if (at < 0 || !isContact && !one.isBracketed()) {
                return Grammar.NO_MATCH;
            }
            n++;
            if (isContact) {
                m.contacts++;
                m.star |= one.isStar();
            }
            at = startOfElement(b, at, limit);
        }
        return n == 0 ? Grammar.NO_MATCH : at;
    }
}
