package org.sidetone.sip;

import org.sidetone.bytes.Slice;
import org.sidetone.msg.Grammar;
import org.sidetone.bytes.Ascii;

/**
 * One SIP message as int tables over the bytes it was read from; made once and filled again and again by {@link SipParser}.
 * Everything it hands out is valid until the next parse or until the array is reused.
 */
public final class SipMessage {
    /** No such header. */
    public static final int NONE = -1;

    final int[] code;
    final int[] nameOffset;
    final int[] nameLength;
    final int[] valueOffset;
    final int[] valueLength;
    final int[] next;
    final int[] first = new int[Header.COUNT];
    final int[] last = new int[Header.COUNT];

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
        code = new int[maxHeaders];
        nameOffset = new int[maxHeaders];
        nameLength = new int[maxHeaders];
        valueOffset = new int[maxHeaders];
        valueLength = new int[maxHeaders];
        next = new int[maxHeaders];
        clear();
    }

    void clear() {
        count = 0;
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
        if (count == code.length) {
            return false;
        }
        int line = count++;
        code[line] = headerCode;
        nameOffset[line] = nameAt;
        nameLength[line] = nameLen;
        valueOffset[line] = valueAt;
        valueLength[line] = valueLen;
        next[line] = NONE;
        if (first[headerCode] == NONE) {
            first[headerCode] = line;
        } else {
            next[last[headerCode]] = line;
        }
        last[headerCode] = line;
        return true;
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
        return next[line];
    }

    /** Number of header lines. */
    public int lines() {
        return count;
    }

    public int lineCode(int line) {
        return code[line];
    }

    public Slice lineName(int line, Slice out) {
        return out.wrap(buffer, nameOffset[line], nameLength[line]);
    }

    /** Value as it stands, white space around it removed, folds within it kept. */
    public Slice lineValue(int line, Slice out) {
        return out.wrap(buffer, valueOffset[line], valueLength[line]);
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
                : Ascii.decimal(buffer, valueOffset[line], valueOffset[line] + valueLength[line], maximum);
    }

    /** The element at {@code index} of a comma-separated header, counted over all its lines. @return false when there are fewer */
    public boolean element(int headerCode, int index, Slice out) {
        int left = index;
        for (int line = first[headerCode]; line != NONE; line = next[line]) {
            int limit = valueOffset[line] + valueLength[line];
            int at = valueOffset[line];
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

    /** @return false when there is no such Via or it is not one */
    public boolean via(int index, ViaView out) {
        return element(Header.VIA, index, out.scratch()) && out.wrap(out.scratch());
    }

    /** A header of name-addr form: From, To, Contact, Route, Record-Route. @return false when absent or malformed */
    public boolean address(int headerCode, int index, NameAddrView out) {
        return element(headerCode, index, out.scratch()) && out.wrap(out.scratch());
    }

    public boolean cseq(CSeqView out) {
        return value(Header.CSEQ, out.scratch()) && out.wrap(out.scratch());
    }

    public boolean event(EventView out) {
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
