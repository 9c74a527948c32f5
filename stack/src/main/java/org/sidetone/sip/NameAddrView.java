package org.sidetone.sip;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;
import org.sidetone.msg.Grammar;
import org.sidetone.msg.ParamsView;

/**
 * View of {@code (name-addr / addr-spec) *(SEMI generic-param)}: From, To, Contact, Route, Record-Route (RFC 3261 section 20.10).
 * Without angle brackets what follows a semicolon belongs to the header, not to the URI.
 */
public final class NameAddrView {
    private static final byte[] TAG = Ascii.bytes("tag");
    private static final byte[] EXPIRES = Ascii.bytes("expires");

    private final Slice scratch = new Slice();
    private final Slice display = new Slice();
    private final Slice uri = new Slice();
    private final ParamsView params = new ParamsView();
    private boolean bracketed;

    /** @return false when malformed; the view then says nothing */
    public boolean wrap(Slice element) {
        byte[] b = element.buffer();
        int limit = element.limit();
        display.clear();
        uri.clear();
        params.clear();
        bracketed = false;
        int at = Ascii.skipLws(b, element.offset(), limit);
        int open = at;
        if (at < limit && b[at] == '"') {
            int end = Grammar.endOfQuotedString(b, at, limit);
            if (end < 0) {
                return false;
            }
            open = Ascii.skipLws(b, end, limit);
            if (open == limit || b[open] != '<') {
                return false;
            }
            display.wrap(b, at, end - at);
        } else {
            open = Ascii.indexOf(b, at, limit, '<');
            if (open == limit) {
                return wrapAddrSpec(b, at, limit);
            }
            int end = Ascii.trimEnd(b, at, open);
            for (int i = at; i < end; i++) {
                if (!Ascii.isToken(b[i]) && b[i] != ' ' && b[i] != '\t' && b[i] != '\r' && b[i] != '\n') {
                    return display.clear() == null;
                }
            }
            display.wrap(b, at, end - at);
        }
        int close = Ascii.indexOf(b, open, limit, '>');
        if (close == limit || close == open + 1 || !params.wrap(b, close + 1, limit)) {
            return false;
        }
        uri.wrap(b, open + 1, close - open - 1);
        bracketed = true;
        return true;
    }

    private boolean wrapAddrSpec(byte[] b, int at, int limit) {
        int end = at;
        while (end < limit && b[end] != ';' && b[end] != ' ' && b[end] != '\t' && b[end] != '\r' && b[end] != '\n') {
            if (b[end] == ',' || b[end] == '?') {       // section 20: such a URI must stand in brackets
                return false;
            }
            end++;
        }
        if (end == at || !params.wrap(b, end, limit)) {
            return false;
        }
        uri.wrap(b, at, end - at);
        return true;
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

    /** {@code Contact: *}. */
    public boolean isStar() {
        return uri.length() == 1 && uri.byteAt(0) == '*';
    }
}
