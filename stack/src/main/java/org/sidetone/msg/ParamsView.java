package org.sidetone.msg;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;

/**
 * View of the parameters of a header field, {@code *(SEMI generic-param)} with
 * {@code generic-param = token [EQUAL (token / host / quoted-string)]} (RFC 3261 section 25.1), or of a URI, whose parameters have more
 * characters and no white space. Names ignore case; a name that occurs twice is found first. Valid until the wrapped array is reused.
 */
public final class ParamsView {
    /** Parameters whose places are remembered; those after them are read again when they are asked for. A URI has no more than these. */
    public static final int REMEMBERED = 12;
    private static final int WORDS = 4;

    private byte[] buffer;
    private int offset;
    private int limit;
    private boolean ofUri;
    private final int[] places = new int[WORDS * REMEMBERED];
    private int count;
    private int moreAt;
    private int nextIndex;
    private int nextAt;
    private int nameAt;
    private int nameEnd;
    private int valueAt;
    private int valueEnd;
    private final Slice scanned = new Slice();
    private final Slice scannedName = new Slice();

    /** @return false when the text from {@code offset} to {@code limit} is not a list of parameters; the view then says nothing */
    public boolean wrap(byte[] newBuffer, int newOffset, int newLimit) {
        if (scan(newBuffer, newOffset, newLimit) == newLimit) {
            return true;
        }
        clear();
        return false;
    }

    /**
     * Reads parameters as far as there are some.
     * @return index of what follows them and the white space behind, at most {@code scanLimit}; {@link Grammar#NO_MATCH} when malformed
     */
    public int scan(byte[] b, int at, int scanLimit) {
        return scan(b, at, scanLimit, false);
    }

    /** The same for the parameters of a URI. */
    public int scanUri(byte[] b, int at, int scanLimit) {
        return scan(b, at, scanLimit, true);
    }

    private int scan(byte[] b, int start, int scanLimit, boolean uri) {
        buffer = b;
        offset = start;
        ofUri = uri;
        count = 0;
        nextIndex = 0;
        int at = start;
        int p = start;
        while (true) {
            p = uri ? at : Ascii.skipLws(b, at, scanLimit);
            if (p == scanLimit || b[p] != ';') {
                break;
            }
            p = uri ? stepUri(b, p, scanLimit) : step(b, p, scanLimit);
            if (p < 0 || uri && (count == REMEMBERED || hasBefore(b))) {
                clear();
                return Grammar.NO_MATCH;
            }
            if (count < REMEMBERED) {
                int i = WORDS * count;
                places[i] = nameAt;
                places[i + 1] = nameEnd;
                places[i + 2] = valueAt;
                places[i + 3] = valueEnd;
                moreAt = p;
            }
            count++;
            at = p;
        }
        limit = at;
        nextAt = start;
        return p;
    }

    /** Whether the name just read occurred before: of a URI it must not (RFC 3261 section 19.1.1). */
    private boolean hasBefore(byte[] b) {
        for (int i = 0; i < WORDS * Math.min(count, REMEMBERED); i += WORDS) {
            if (Ascii.equalsIgnoreCase(b, places[i], places[i + 1] - places[i], b, nameAt, nameEnd - nameAt)) {
                return true;
            }
        }
        return false;
    }

    /** One parameter from its semicolon on. @return index past it, or {@link Grammar#NO_MATCH} */
    private int step(byte[] b, int semicolon, int scanLimit) {
        int p = Ascii.skipLws(b, semicolon + 1, scanLimit);
        nameAt = p;
        p = Ascii.endOfToken(b, p, scanLimit);
        nameEnd = p;
        valueAt = p;
        valueEnd = p;
        if (p == nameAt) {
            return Grammar.NO_MATCH;
        }
        int equal = p;
        if (equal < scanLimit && b[equal] != '=') {
            equal = Ascii.skipLws(b, equal, scanLimit);
        }
        if (equal == scanLimit || b[equal] != '=') {
            return p;
        }
        valueAt = Ascii.skipLws(b, equal + 1, scanLimit);
        if (valueAt < scanLimit && b[valueAt] == '"') {
            valueEnd = Grammar.endOfQuotedString(b, valueAt, scanLimit);
        } else {
            valueEnd = Ascii.endOfValue(b, valueAt, scanLimit);
        }
        return valueEnd <= valueAt ? Grammar.NO_MATCH : valueEnd;
    }

    /** {@code ";" pname ["=" pvalue]} of RFC 3261 section 25.1; escapes were checked by whoever scans the URI. */
    private int stepUri(byte[] b, int semicolon, int scanLimit) {
        int p = semicolon + 1;
        nameAt = p;
        p = Ascii.endOfUriParameter(b, p, scanLimit);
        nameEnd = p;
        valueAt = p;
        valueEnd = p;
        if (p == nameAt) {
            return Grammar.NO_MATCH;
        }
        if (p < scanLimit && b[p] == '=') {
            valueAt = p + 1;
            valueEnd = Ascii.endOfUriParameter(b, valueAt, scanLimit);
            return valueEnd == valueAt ? Grammar.NO_MATCH : valueEnd;
        }
        return p;
    }

    public void clear() {
        offset = 0;
        limit = 0;
        count = 0;
        nextIndex = 0;
        nextAt = 0;
    }

    /** Becomes a view of the same parameters as another. */
    public void set(ParamsView other) {
        buffer = other.buffer;
        offset = other.offset;
        limit = other.limit;
        ofUri = other.ofUri;
        count = other.count;
        moreAt = other.moreAt;
        int n = WORDS * Math.min(count, REMEMBERED);
        for (int i = 0; i < n; i++) {
            places[i] = other.places[i];
        }
        rewind();
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** @param value receives the value as it stands, quotes included; empty for a name without value. @return false when absent */
    public boolean find(byte[] name, Slice value) {
        int n = Math.min(count, REMEMBERED);
        for (int i = 0; i < WORDS * n; i += WORDS) {
            int start = places[i];
            if (places[i + 1] - start == name.length && Ascii.equalsIgnoreCase(buffer, start, name.length, name, 0, name.length)) {
                value.wrap(buffer, places[i + 2], places[i + 3] - places[i + 2]);
                return true;
            }
        }
        return count > REMEMBERED ? findMore(name, value) : value.clear() == null;
    }

    private boolean findMore(byte[] name, Slice value) {
        nextIndex = REMEMBERED;
        nextAt = moreAt;
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
        nextIndex = 0;
        nextAt = offset;
    }

    /** Steps to the next parameter. @return false at the end */
    public boolean next(Slice name, Slice value) {
        if (nextIndex >= count) {
            return false;
        }
        if (nextIndex < REMEMBERED) {
            int i = WORDS * nextIndex;
            nameAt = places[i];
            nameEnd = places[i + 1];
            valueAt = places[i + 2];
            valueEnd = places[i + 3];
            nextAt = moreAt;
        } else {
            nextAt = ofUri ? stepUri(buffer, nextAt, limit) : step(buffer, Ascii.skipLws(buffer, nextAt, limit), limit);
        }
        nextIndex++;
        name.wrap(buffer, nameAt, nameEnd - nameAt);
        value.wrap(buffer, valueAt, valueEnd - valueAt);
        return true;
    }

    /** The parameters as they stand, from the first semicolon on. */
    public Slice all(Slice out) {
        return buffer == null ? out.clear() : out.wrap(buffer, offset, limit - offset);
    }
}
