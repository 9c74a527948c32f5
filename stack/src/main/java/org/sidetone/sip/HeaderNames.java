package org.sidetone.sip;

import org.sidetone.bytes.Marks;
import org.sidetone.bytes.Octets;

/** Names of headers with their colon right behind, as nearly all are written, known by their first and their last eight letters at once. */
final class HeaderNames {
    private static final int NOTHING = 0;
    private static final int LENGTH = 8;
    private static final int CODE = 0xFF;
    /** Longer ones take another way. */
    private static final int LONGEST = 2 * Octets.COUNT - 1;
    private static final int SLOT_BITS = 9;
    private static final int BITS = 64;
    private static final int OCTET = 8;
    /** Gives each name a slot of its own. */
    private static final long SPREAD = 0x1A2B8F1FF1FD42A3L;
    /** Of each slot the code, the length, and the letters. */
    private static final int[] KNOWN = new int[1 << SLOT_BITS];
    private static final long[] FIRST = new long[1 << SLOT_BITS];
    private static final long[] LAST = new long[1 << SLOT_BITS];

    static {
        for (int code = 1; code < Header.COUNT; code++) {
            byte[] name = Header.name(code);
            if (name.length <= LONGEST) {
                add(name, code);
            }
        }
        for (int letter = 'a'; letter <= 'z'; letter++) {
            byte[] name = {(byte) letter};
            if (Header.of(name, 0, 1) != Header.OTHER) {
                add(name, Header.of(name, 0, 1));
            }
        }
    }

    private HeaderNames() {
    }

    private static void add(byte[] name, int code) {
        byte[] padded = new byte[2 * Octets.COUNT];
        System.arraycopy(name, 0, padded, 0, name.length);
        long first = small(Octets.at(padded, 0));
        int slot = slot(first, name.length);
        if (KNOWN[slot] != NOTHING) {
            throw new RuntimeException("two names share a slot: another SPREAD is needed");
        }
        KNOWN[slot] = name.length << LENGTH | code;
        FIRST[slot] = first;
        LAST[slot] = name.length < Octets.COUNT ? 0 : small(Octets.at(padded, name.length - Octets.COUNT));
    }

    /** What stands at the start of a line. @return for {@link #code} and {@link #length}, or nothing: no known name, a long one, or white space before its colon */
    static int at(byte[] b, int at, int limit) {
        if (!Octets.areFast() || at + 2 * Octets.COUNT > limit) {
            return NOTHING;
        }
        long eight = Octets.at(b, at);
        long first = small(eight);
        long last = 0;
        long colons = Marks.of(eight, ':');
        int length;
        if (colons != 0) {
            length = Octets.first(colons);
            first &= (1L << OCTET * length) - 1;
        } else {
            colons = Marks.of(Octets.at(b, at + Octets.COUNT), ':');
            if (colons == 0) {
                return NOTHING;
            }
            length = Octets.COUNT + Octets.first(colons);
            last = small(Octets.at(b, at + length - Octets.COUNT));
        }
        int slot = slot(first, length);
        return KNOWN[slot] >> LENGTH == length && FIRST[slot] == first && LAST[slot] == last ? KNOWN[slot] : NOTHING;
    }

    /** {@link Header#OTHER} for nothing. */
    static int code(int known) {
        return known & CODE;
    }

    static int length(int known) {
        return known >> LENGTH;
    }

    private static int slot(long first, int length) {
        return (int) ((first + length) * SPREAD >>> BITS - SLOT_BITS);
    }

    /** Makes letters small; what is no letter becomes none. */
    private static long small(long eight) {
        return eight | (eight & 0x40 * Marks.ONES) >>> 1;
    }
}
