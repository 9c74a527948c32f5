package org.sidetone.sip;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;
import org.sidetone.msg.Grammar;
import org.sidetone.msg.ParamsView;
import org.sidetone.uri.UriView;

/**
 * View of {@code (name-addr / addr-spec) *(SEMI generic-param)}: From, To, Contact, Route, Record-Route (RFC 3261 section 20.10).
 * Without angle brackets what follows a semicolon belongs to the header, not to the URI.
 */
public final class NameAddrView {
    private static final byte[] TAG = Ascii.bytes("tag");
    private static final byte[] EXPIRES = Ascii.bytes("expires");
    private static final byte[] Q = Ascii.bytes("q");
    private static final byte[] INSTANCE = Ascii.bytes("+sip.instance");
    private static final byte[] REG_ID = Ascii.bytes("reg-id");
    private static final byte[] PUB_GRUU = Ascii.bytes("pub-gruu");

    private final Slice scratch = new Slice();
    private final Slice found = new Slice();
    private final Slice display = new Slice();
    private final Slice uri = new Slice();
    private final UriView parsed = new UriView();
    private final ParamsView params = new ParamsView();
    private boolean bracketed;

    /** @return false when malformed, the URI included; the view then says nothing */
    public boolean wrap(Slice element) {
        if (scan(element.buffer(), element.offset(), element.limit()) == element.limit()) {
            return true;
        }
        clear();
        return false;
    }

    /** The first of a list. @return false when malformed */
    public boolean firstOf(Slice list) {
        if (scan(list.buffer(), list.offset(), list.limit()) >= 0) {
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
        display.clear();
        bracketed = false;
        int at = Ascii.skipLws(b, offset, limit);
        int open = at;
        if (open < limit && b[open] == '"') {
            int end = Grammar.endOfQuotedString(b, at, limit);
            if (end < 0) {
                return Grammar.NO_MATCH;
            }
            open = Ascii.skipLws(b, end, limit);
            display.wrap(b, at, end - at);
        } else if (open == limit || b[open] != '<') {
            for (int word = -1; word != open;) {
                word = open;
                open = Ascii.skipLws(b, Ascii.endOfToken(b, open, limit), limit);
            }
            if (open == limit || b[open] != '<') {
                return scanAddrSpec(b, at, limit);
            }
            display.wrap(b, at, Ascii.trimEnd(b, at, open) - at);
        }
        if (open == limit || b[open] != '<') {
            return Grammar.NO_MATCH;
        }
        int close = parsed.scan(b, open + 1, limit);
        if (close < 0 || close == limit || b[close] != '>') {
            return Grammar.NO_MATCH;
        }
        uri.set(parsed.whole());
        bracketed = true;
        return ended(b, params.scan(b, close + 1, limit), limit);
    }

    private static int ended(byte[] b, int at, int limit) {
        return at == limit || at >= 0 && (b[at] == ',' || b[at] == '\r') ? at : Grammar.NO_MATCH;
    }

    private int scanAddrSpec(byte[] b, int at, int limit) {
        if (at < limit && b[at] == '*') {
            params.clear();
            uri.wrap(b, at, 1);
            return ended(b, Ascii.skipLws(b, at + 1, limit), limit);
        }
        int end = at;
        while (end < limit && b[end] != ';' && b[end] != ',' && !Ascii.isWhite(b[end])) {
            if (b[end] == '?') {                          // section 20: such a URI must stand in brackets
                return Grammar.NO_MATCH;
            }
            end++;
        }
        if (!parsed.wrap(b, at, end - at)) {
            return Grammar.NO_MATCH;
        }
        uri.wrap(b, at, end - at);
        return ended(b, params.scan(b, end, limit), limit);
    }

    void clear() {
        display.clear();
        uri.clear();
        params.clear();
        bracketed = false;
    }

    /** Becomes a view of the same address as another. */
    public void set(NameAddrView other) {
        display.set(other.display);
        uri.set(other.uri);
        parsed.set(other.parsed);
        params.set(other.params);
        bracketed = other.bracketed;
    }

    Slice scratch() {
        return scratch;
    }

    /** As it stands, with its quotes; empty when there is none. */
    public Slice display() {
        return display;
    }

    /** The URI alone. */
    public Slice uri() {
        return uri;
    }

    /** The URI in its parts; says nothing of {@link #isStar}. */
    public UriView parsed() {
        return parsed;
    }

    public boolean isBracketed() {
        return bracketed;
    }

    public ParamsView params() {
        return params;
    }

    /** @return false when there is none */
    public boolean tag(Slice out) {
        return params.find(TAG, out) && !out.isEmpty();
    }

    /** The expires parameter of a Contact in seconds, or -1: absent or not a number. */
    public long expires() {
        return params.decimal(EXPIRES, 0xFFFFFFFFL);
    }

    /** The q of a Contact in thousandths, {@code 0} to {@code 1000}; -1: absent; -2: not a qvalue (RFC 3261 section 25.1). */
    public int q() {
        if (!params.find(Q, found)) {
            return -1;
        }
        byte[] b = found.buffer();
        int at = found.offset();
        int n = found.length();
        if (n == 0 || n > 5 || b[at] != '0' && b[at] != '1' || n > 1 && b[at + 1] != '.') {
            return -2;
        }
        int thousandths = (b[at] - '0') * 1000;
        int weight = 100;
        for (int i = at + 2; i < at + n; i++) {
            if (!Ascii.isDigit(b[i])) {
                return -2;
            }
            thousandths += (b[i] - '0') * weight;
            weight /= 10;
        }
        return thousandths > 1000 ? -2 : thousandths;
    }

    /** {@code +sip.instance} without its quotes (RFC 5626 section 4.1). @return false when absent */
    public boolean instance(Slice out) {
        if (!params.find(INSTANCE, out) || out.length() < 2 || out.byteAt(0) != '"') {
            out.clear();
            return false;
        }
        out.wrap(out.buffer(), out.offset() + 1, out.length() - 2);
        return true;
    }

    /** {@code reg-id}, 1 to 2^31-1 (RFC 5626 section 4.1); 0: absent, -1: not one. */
    public long regId() {
        if (!params.has(REG_ID)) {
            return 0;
        }
        long n = params.decimal(REG_ID, Integer.MAX_VALUE);
        return n < 1 ? -1 : n;
    }

    /** {@code pub-gruu} without its quotes (RFC 5627 section 4.2). @return false when absent */
    public boolean publicGruu(Slice out) {
        if (!params.find(PUB_GRUU, out) || out.length() < 2 || out.byteAt(0) != '"') {
            out.clear();
            return false;
        }
        out.wrap(out.buffer(), out.offset() + 1, out.length() - 2);
        return true;
    }

    /** {@code Contact: *}. */
    public boolean isStar() {
        return uri.length() == 1 && uri.byteAt(0) == '*';
    }
}
