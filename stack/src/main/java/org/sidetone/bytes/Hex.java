package org.sidetone.bytes;

/** Hexadecimal digits. */
public final class Hex {
    private Hex() {
    }

    /** Lower-case digit of the low four bits. */
    public static int digit(int nibble) {
        nibble &= 0xF;
        return nibble < 10 ? '0' + nibble : 'a' + nibble - 10;
    }

    /** Value of a digit of either case, or -1. */
    public static int value(int digit) {
        if (digit >= '0' && digit <= '9') {
            return digit - '0';
        }
        digit |= 0x20;
        return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
    }
}
