package org.sidetone.sip;

import org.sidetone.bytes.Slice;
import org.sidetone.msg.Grammar;
import org.sidetone.bytes.Ascii;
import org.sidetone.uri.UriView;

/**
 * One SIP message as int tables over the bytes it was read from; made once and filled again and again by {@link SipParser}.
 * Everything it hands out is valid until the next parse or until the array is reused.
 */
public final class SipMessage {
    /** No such header. */
    public static final int NONE = -1;

    /** Of each line: header code, name's offset and length, value's offset and length. */
    private final int[] table;
    private static final int CODE = 0;
    private static final int NAME_OFFSET = 1;
    private static final int NAME_LENGTH = 2;
    private static final int VALUE_OFFSET = 3;
    private static final int VALUE_LENGTH = 4;
    private static final int WORDS = 5;
    private final int maxHeaders;
    final int[] first = new int[Header.COUNT];
    /** Bits of {@link Header#bit} of the headers that stand there, and of those that stand there more than once. */
    long seen;
    long repeated;

    /** What the parser read of the headers that everybody asks for; each is good when its header is there and validation passed. */
    final UriView uri = new UriView();
    final ViaView topVia = new ViaView();
    final NameAddrView from = new NameAddrView();
    final NameAddrView to = new NameAddrView();
    final NameAddrView contact = new NameAddrView();
    final CSeqView cseq = new CSeqView();
    final EventView event = new EventView();
    boolean valid;
    int contacts;
    boolean star;
    int bad;

    byte[] buffer;
    int start;
    int headLength;
    int count;
    boolean request;
    int method;
    int methodOffset;
    int methodLength;
    int uriOffset;
    int uriLength;
    int status;
    int reasonOffset;
    int reasonLength;
    int contentLength;
    private byte[] bodyBuffer;
    private int bodyOffset;
    private int bodyLength;

    /** @param maxHeaders header lines a message may have */
    public SipMessage(int maxHeaders) {
        this.maxHeaders = maxHeaders;
        table = new int[WORDS * maxHeaders];
        clear();
    }

    void clear() {
        count = 0;
        seen = 0;
        repeated = 0;
        valid = false;
        contacts = 0;
        star = false;
        bad = Reject.NONE;
        request = false;
        method = Method.OTHER;
        methodLength = 0;
        status = 0;
        contentLength = NONE;
        bodyLength = 0;
        for (int i = 0; i < first.length; i++) {
            first[i] = NONE;
        }
    }

    /** @return false when the table is full */
    boolean add(int headerCode, int nameAt, int nameLen, int valueAt, int valueLen) {
        if (count == maxHeaders) {
            return false;
        }
        int line = count++;
        int at = WORDS * line;
        table[at] = headerCode;
        table[at + NAME_OFFSET] = nameAt;
        table[at + NAME_LENGTH] = nameLen;
        table[at + VALUE_OFFSET] = valueAt;
        table[at + VALUE_LENGTH] = valueLen;
        int known = first[headerCode];
        first[headerCode] = known == NONE ? line : known;
        long bit = Header.bit(headerCode);
        repeated |= seen & bit;
        seen |= bit;
        return true;
    }

    boolean isFull() {
        return count == maxHeaders;
    }

    private int valueOffset(int line) {
        return table[WORDS * line + VALUE_OFFSET];
    }

    private int valueLength(int line) {
        return table[WORDS * line + VALUE_LENGTH];
    }

    public boolean isRequest() {
        return request;
    }

    /** Method of a request; of a response the method of its CSeq. */
    public int method() {
        return method;
    }

    public Slice methodName(Slice out) {
        return out.wrap(buffer, methodOffset, methodLength);
    }

    public Slice requestUri(Slice out) {
        return out.wrap(buffer, uriOffset, uriLength);
    }

    /** The Request-URI in its parts. @return false when it cannot be read */
    public boolean requestUri(UriView out) {
        if (valid && request) {
            out.set(uri);
            return true;
        }
        return request && out.wrap(buffer, uriOffset, uriLength);
    }

    /** 100 to 699 of a response, 0 of a request. */
    public int status() {
        return status;
    }

    public Slice reason(Slice out) {
        return out.wrap(buffer, reasonOffset, reasonLength);
    }

    /** Octets of start line and header fields, the blank line included. */
    public int headLength() {
        return headLength;
    }

    /** What Content-Length says, or {@link #NONE}. */
    public int contentLength() {
        return contentLength;
    }

    /** Set by whoever has the body: it may lie in another array than the head. */
    public void setBody(byte[] newBuffer, int offset, int length) {
        bodyBuffer = newBuffer;
        bodyOffset = offset;
        bodyLength = length;
    }

    public Slice body(Slice out) {
        return bodyLength == 0 ? out.clear() : out.wrap(bodyBuffer, bodyOffset, bodyLength);
    }

    public int bodyLength() {
        return bodyLength;
    }

    public boolean has(int headerCode) {
        return first[headerCode] != NONE;
    }

    /** First line of a header, or {@link #NONE}. */
    public int firstLine(int headerCode) {
        return first[headerCode];
    }

    /** The following line of the same header, or {@link #NONE}. */
    public int nextLine(int line) {
        int code = lineCode(line);
        for (int next = line + 1; next < count; next++) {
            if (lineCode(next) == code) {
                return next;
            }
        }
        return NONE;
    }

    /** Number of header lines. */
    public int lines() {
        return count;
    }

    public int lineCode(int line) {
        return table[WORDS * line + CODE];
    }

    public Slice lineName(int line, Slice out) {
        return out.wrap(buffer, table[WORDS * line + NAME_OFFSET], table[WORDS * line + NAME_LENGTH]);
    }

    /** Value as it stands, white space around it removed, folds within it kept. */
    public Slice lineValue(int line, Slice out) {
        return out.wrap(buffer, valueOffset(line), valueLength(line));
    }

    /** Value of the first line of a header. @return false when absent */
    public boolean value(int headerCode, Slice out) {
        int line = first[headerCode];
        if (line == NONE) {
            out.clear();
            return false;
        }
        lineValue(line, out);
        return true;
    }

    /** A header that is one decimal number, or -1: absent or not a number up to {@code maximum}. */
    public long decimal(int headerCode, long maximum) {
        int line = first[headerCode];
        return line == NONE ? -1
                : Ascii.decimal(buffer, valueOffset(line), valueOffset(line) + valueLength(line), maximum);
    }

    /** The element at {@code index} of a comma-separated header, counted over all its lines. @return false when there are fewer */
    public boolean element(int headerCode, int index, Slice out) {
        int left = index;
        for (int line = first[headerCode]; line != NONE; line = nextLine(line)) {
            int limit = valueOffset(line) + valueLength(line);
            int at = valueOffset(line);
            while (at < limit) {
                int end = Grammar.endOfElement(buffer, at, limit);
                int from = Ascii.skipLws(buffer, at, end);
                if (from < end && left-- == 0) {
                    out.wrap(buffer, from, Ascii.trimEnd(buffer, from, end) - from);
                    return true;
                }
                at = end + 1;
            }
        }
        out.clear();
        return false;
    }

    /** Whether a comma-separated list of tokens names one, whatever its case. */
    public boolean lists(int headerCode, byte[] token, Slice scratch) {
        for (int i = 0; element(headerCode, i, scratch); i++) {
            if (scratch.equalsIgnoreCase(token)) {
                return true;
            }
        }
        return false;
    }

    /** The topmost Via of a message that was read without a refusal; valid until the next is read. */
    public ViaView topVia() {
        return topVia;
    }

    /** From of a message that was read without a refusal. */
    public NameAddrView from() {
        return from;
    }

    /** To of a message that was read without a refusal. */
    public NameAddrView to() {
        return to;
    }

    /** CSeq of a message that was read without a refusal. */
    public CSeqView cseq() {
        return cseq;
    }

    /** The first Contact, null when there is none. */
    public NameAddrView contact() {
        return has(Header.CONTACT) ? contact : null;
    }

    /** Event, null when there is none. */
    public EventView event() {
        return has(Header.EVENT) ? event : null;
    }

    /** Request-URI of a request that was read without a refusal. */
    public UriView uri() {
        return uri;
    }

    /** @return false when there is no such Via or it is not one */
    public boolean via(int index, ViaView out) {
        if (valid && index == 0) {
            out.set(topVia);
            return true;
        }
        return element(Header.VIA, index, out.scratch()) && out.wrap(out.scratch());
    }

    /** A header of name-addr form: From, To, Contact, Route, Record-Route. @return false when absent or malformed */
    public boolean address(int headerCode, int index, NameAddrView out) {
        if (valid && index == 0) {
            NameAddrView known = headerCode == Header.FROM ? from : headerCode == Header.TO ? to
                    : headerCode == Header.CONTACT && has(Header.CONTACT) ? contact : null;
            if (known != null) {
                out.set(known);
                return true;
            }
        }
        return element(headerCode, index, out.scratch()) && out.wrap(out.scratch());
    }

    public boolean cseq(CSeqView out) {
        if (valid) {
            out.set(cseq);
            return true;
        }
        return value(Header.CSEQ, out.scratch()) && out.wrap(out.scratch());
    }

    public boolean event(EventView out) {
        if (valid && has(Header.EVENT)) {
            out.set(event);
            return true;
        }
        return value(Header.EVENT, out.scratch()) && out.wrap(out.scratch());
    }

    public boolean subscriptionState(SubscriptionStateView out) {
        return value(Header.SUBSCRIPTION_STATE, out.scratch()) && out.wrap(out.scratch());
    }

    /** The whole head as it was received. */
    public Slice head(Slice out) {
        return out.wrap(buffer, start, headLength);
    }
}
