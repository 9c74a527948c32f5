package org.sidetone.msg;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;

/**
 * View of the parameters of a header field, {@code *(SEMI generic-param)} with
 * {@code generic-param = token [EQUAL (token / host / quoted-string)]} (RFC 3261 section 25.1).
 * Names ignore case; a name that occurs twice is found first. Valid until the wrapped array is reused.
 */
public final class ParamsView {
    private byte[] buffer;
    private int offset;
    private int limit;
    private int nextAt;
    private final Slice scanned = new Slice();
    private final Slice scannedName = new Slice();

    /** @return false when the text from {@code offset} to {@code limit} is not a list of parameters */
    public boolean wrap(byte[] newBuffer, int newOffset, int newLimit) {
        int at = newOffset;
        while (true) {
            at = Ascii.skipLws(newBuffer, at, newLimit);
            if (at == newLimit) {
                break;
            }
            at = endOfParam(newBuffer, at, newLimit);
            if (at < 0) {
                return false;
            }
        }
        buffer = newBuffer;
        offset = newOffset;
        limit = newLimit;
        nextAt = newOffset;
        return true;
    }

    public void clear() {
        offset = 0;
        limit = 0;
        nextAt = 0;
    }

    /** @param value receives the value as it stands, quotes included; empty for a name without value. @return false when absent */
    public boolean find(byte[] name, Slice value) {
        rewind();
        while (next(scannedName, value)) {
            if (scannedName.equalsIgnoreCase(name)) {
                return true;
            }
        }
        value.clear();
        return false;
    }

    /** As {@link #find(byte[], Slice)}; the name may lie in another view's array. */
    public boolean find(Slice name, Slice value) {
        rewind();
        while (next(scannedName, value)) {
            if (scannedName.equalsIgnoreCase(name)) {
                return true;
            }
        }
        value.clear();
        return false;
    }

    public boolean has(byte[] name) {
        return find(name, scanned);
    }

    /** A decimal parameter, or -1: absent, not a number, above {@code maximum}. */
    public long decimal(byte[] name, long maximum) {
        return find(name, scanned) ? Ascii.decimal(scanned.buffer(), scanned.offset(), scanned.limit(), maximum) : -1;
    }

    /** Starts {@link #next} anew. */
    public void rewind() {
        nextAt = offset;
    }

    /** Steps to the next parameter. @return false at the end */
    public boolean next(Slice name, Slice value) {
        int at = Ascii.skipLws(buffer, nextAt, limit);
        if (at == limit) {
            return false;
        }
        at = Ascii.skipLws(buffer, at + 1, limit);
        int nameEnd = Ascii.endOfToken(buffer, at, limit);
        name.wrap(buffer, at, nameEnd - at);
        value.clear();
        int equal = Ascii.skipLws(buffer, nameEnd, limit);
        nextAt = nameEnd;
        if (equal < limit && buffer[equal] == '=') {
            int start = Ascii.skipLws(buffer, equal + 1, limit);
            nextAt = endOfValue(buffer, start, limit);
            value.wrap(buffer, start, nextAt - start);
        }
        return true;
    }

    /** The parameters as they stand, from the first semicolon on. */
    public Slice all(Slice out) {
        return buffer == null ? out.clear() : out.wrap(buffer, offset, limit - offset);
    }

    private static int endOfParam(byte[] b, int at, int limit) {
        if (b[at] != ';') {
            return Grammar.NO_MATCH;
        }
        int name = Ascii.skipLws(b, at + 1, limit);
        int nameEnd = Ascii.endOfToken(b, name, limit);
        if (nameEnd == name) {
            return Grammar.NO_MATCH;
        }
        int equal = Ascii.skipLws(b, nameEnd, limit);
        if (equal == limit || b[equal] != '=') {
            return nameEnd;
        }
        int value = Ascii.skipLws(b, equal + 1, limit);
        int end = endOfValue(b, value, limit);
        return end == value ? Grammar.NO_MATCH : end;
    }

    private static int endOfValue(byte[] b, int at, int limit) {
        if (at < limit && b[at] == '"') {
            return Grammar.endOfQuotedString(b, at, limit);
        }
        int end = at;
        while (end < limit && (Ascii.isToken(b[end]) || b[end] == '[' || b[end] == ']' || b[end] == ':')) {
            end++;
        }
        return end;
    }
}
