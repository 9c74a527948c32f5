package org.sidetone.im;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;

/** The language that somebody reads and writes, as a tag of BCP 47: {@code de}, {@code pt-BR}. */
public final class Language {
    /** Octets of a tag. */
    public static final int MAX_BYTES = 35;

    private final FixedText tag = new FixedText(MAX_BYTES);

    /** @param text empty: none. @return false when it is no tag, and none is set */
    public boolean set(String text) {
        tag.clear();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '-';
            if (c == '-') {
                if (i == start && text.length() > 0 || i - start > 8) {
                    return false;
                }
                start = i + 1;
            } else if (!Ascii.isAlpha(c) && (start == 0 || !Ascii.isDigit(c))) {
                return false;
            }
        }
        return tag.set(text);
    }

    public boolean isKnown() {
        return !tag.isEmpty();
    }

    public FixedText tag() {
        return tag;
    }

    /**
     * Whether somebody who reads this language reads one of others: it is the same, or one is a kind of the other
     * (RFC 4647 section 3.4), or both are kinds of one. @param tags of Content-Language, comma separated
     */
    public boolean isAmong(Slice tags) {
        byte[] b = tags.buffer();
        int own = Ascii.indexOf(tag.bytes(), 0, tag.length(), '-');
        for (int at = tags.offset(); own > 0 && at < tags.limit(); ) {
            int comma = Ascii.indexOf(b, at, tags.limit(), ',');
            int from = Ascii.skipLws(b, at, comma);
            int end = Ascii.indexOf(b, from, Ascii.trimEnd(b, from, comma), '-');
            if (Ascii.equalsIgnoreCase(b, from, end - from, tag.bytes(), 0, own)) {
                return true;
            }
            at = comma + 1;
        }
        return false;
    }
}
