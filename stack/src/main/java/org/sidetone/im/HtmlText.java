package org.sidetone.im;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;

/** What a person would read of a text/html message on a display without markup: tags left out, entities resolved, line breaks kept. */
final class HtmlText {
    private static final String[] NAMES = {"amp", "lt", "gt", "quot", "apos", "nbsp"};
    private static final int[] CHARS = {'&', '<', '>', '"', '\'', ' '};
    private static final byte[][] ENTITIES = new byte[NAMES.length][];
    private static final byte[][] HIDDEN = {Ascii.bytes("style"), Ascii.bytes("script"), Ascii.bytes("head"), Ascii.bytes("title")};
    private static final byte[][] BREAKS = {Ascii.bytes("br"), Ascii.bytes("p"), Ascii.bytes("div"), Ascii.bytes("li"), Ascii.bytes("tr")};

    static {
        for (int i = 0; i < NAMES.length; i++) {
            ENTITIES[i] = Ascii.bytes(NAMES[i]);
        }
    }

    private HtmlText() {
    }

    static void write(Slice html, ByteSink out) {
        byte[] b = html.buffer();
        int limit = html.limit();
        int start = out.position();
        boolean space = false;
        int at = html.offset();
        while (at < limit) {
            if (b[at] == '<') {
                int end = Ascii.indexOf(b, at, limit, '>');
                boolean closing = at + 1 < limit && b[at + 1] == '/';
                int nameAt = closing ? at + 2 : at + 1;
                int nameEnd = nameAt;
                while (nameEnd < end && (Ascii.isAlpha(b[nameEnd]) || Ascii.isDigit(b[nameEnd]))) {
                    nameEnd++;
                }
                if (!closing && isOne(HIDDEN, b, nameAt, nameEnd)) {
                    end = endOfHidden(b, end, limit, b, nameAt, nameEnd);
                } else if (isOne(BREAKS, b, nameAt, nameEnd) && out.position() > start && !closing) {
                    out.put('\n');
                    space = false;
                }
                at = Math.min(limit, end + 1);
            } else if (b[at] == ' ' || b[at] == '\t' || b[at] == '\r' || b[at] == '\n') {
                space = out.position() > start && out.buffer()[out.position() - 1] != '\n';
                at++;
            } else {
                if (space) {
                    out.put(' ');
                    space = false;
                }
                at = b[at] == '&' ? entity(b, at, limit, out) : octet(b, at, out);
            }
        }
    }

    private static int octet(byte[] b, int at, ByteSink out) {
        out.put(b[at]);
        return at + 1;
    }

    private static boolean isOne(byte[][] names, byte[] b, int from, int to) {
        for (int i = 0; i < names.length; i++) {
            if (Ascii.equalsIgnoreCase(b, from, to - from, names[i], 0, names[i].length)) {
                return true;
            }
        }
        return false;
    }

    /** Index of the bracket that closes the end tag. */
    private static int endOfHidden(byte[] b, int from, int limit, byte[] name, int nameAt, int nameEnd) {
        for (int i = from; i + 2 < limit; i++) {
            if (b[i] == '<' && b[i + 1] == '/' && i + 2 + nameEnd - nameAt <= limit
                    && Ascii.equalsIgnoreCase(b, i + 2, nameEnd - nameAt, name, nameAt, nameEnd - nameAt)) {
                return Ascii.indexOf(b, i, limit, '>');
            }
        }
        return limit;
    }

    private static int entity(byte[] b, int at, int limit, ByteSink out) {
        int end = Ascii.indexOf(b, at, Math.min(limit, at + 12), ';');
        if (end >= limit || b[end] != ';') {
            return octet(b, at, out);
        }
        int from = at + 1;
        if (from < end && b[from] == '#') {
            boolean hex = from + 1 < end && (b[from + 1] | 0x20) == 'x';
            long code = hex ? hex(b, from + 2, end) : Ascii.decimal(b, from + 1, end, 0x10FFFF);
            if (code <= 0 || code > 0x10FFFF || code >= 0xD800 && code < 0xE000) {
                return octet(b, at, out);
            }
            out.putCodePoint((int) code);
            return end + 1;
        }
        for (int i = 0; i < ENTITIES.length; i++) {
            if (Ascii.equals(b, from, end - from, ENTITIES[i], 0, ENTITIES[i].length)) {
                out.put(CHARS[i]);
                return end + 1;
            }
        }
        return octet(b, at, out);
    }

    private static long hex(byte[] b, int from, int to) {
        long n = 0;
        for (int i = from; i < to; i++) {
            int digit = org.sidetone.bytes.Hex.value(b[i]);
            if (digit < 0 || to - from > 6) {
                return -1;
            }
            n = n << 4 | digit;
        }
        return n;
    }
}
