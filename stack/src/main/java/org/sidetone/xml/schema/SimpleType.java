package org.sidetone.xml.schema;

import org.sidetone.bytes.Ascii;
import org.sidetone.date.Dates;

/** The simple types of XML Schema that our documents use, by code. Values are checked with the white space around them removed. */
final class SimpleType {
    /** An element with elements in it. */
    static final int COMPLEX = -1;
    /** Whatever it is: nothing in it is checked. */
    static final int ANY = -2;

    static final int STRING = 0;
    static final int BOOLEAN = 1;
    static final int INTEGER = 2;
    static final int POSITIVE = 3;
    static final int DATE_TIME = 4;
    static final int QVALUE = 5;
    static final int ID = 6;
    static final int URI = 7;
    static final int UNSIGNED = 8;
    /** Codes from here on are enumerations of a {@link Schema}. */
    static final int ENUMERATION = 16;

    private static final String[] NAMES = {"string", "boolean", "integer", "positive", "dateTime", "qvalue", "id", "uri", "unsigned"};
    /** Octets before the T of a dateTime. */
    private static final int DATE_LENGTH = 10;
    private static final byte[] TRUE = Ascii.bytes("true");
    private static final byte[] FALSE = Ascii.bytes("false");

    private SimpleType() {
    }

    /** The code of a name of the notation, or -1. */
    static int named(String name) {
        for (int i = 0; i < NAMES.length; i++) {
            if (NAMES[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    static boolean isGood(int type, byte[] b, int offset, int length) {
        switch (type) {
            case BOOLEAN:
                return length == 1 && (b[offset] == '0' || b[offset] == '1')
                        || Ascii.equals(b, offset, length, TRUE, 0, TRUE.length) || Ascii.equals(b, offset, length, FALSE, 0, FALSE.length);
            case INTEGER:
                return length > 0 && isInteger(b, b[offset] == '-' || b[offset] == '+' ? offset + 1 : offset, offset + length);
            case UNSIGNED:
                return isInteger(b, offset, offset + length);
            case POSITIVE:
                return isInteger(b, offset, offset + length) && !isZero(b, offset, offset + length);
            case DATE_TIME:
                return Dates.rfc3339(b, offset, length) != Dates.INVALID && b[offset + DATE_LENGTH] == 'T' && b[offset + length - 1] != 'z';
            case QVALUE:
                return isQvalue(b, offset, length);
            case ID:
                return isNcName(b, offset, length);
            case URI:
                return length > 0 && Ascii.indexOf(b, offset, offset + length, ' ') == offset + length;
            default:
                return true;
        }
    }

    private static boolean isInteger(byte[] b, int from, int limit) {
        return from < limit && Ascii.endOfDigits(b, from, limit) == limit;
    }

    private static boolean isZero(byte[] b, int from, int limit) {
        int at = from;
        while (at < limit && b[at] == '0') {
            at++;
        }
        return at == limit;
    }

    /** {@code 0(.[0-9]{0,3})?} or {@code 1(.0{0,3})?}, RFC 3863 section 4.4. */
    private static boolean isQvalue(byte[] b, int offset, int length) {
        if (length < 1 || length > 5 || b[offset] != '0' && b[offset] != '1' || length > 1 && b[offset + 1] != '.') {
            return false;
        }
        for (int i = 2; i < length; i++) {
            if (!Ascii.isDigit(b[offset + i]) || b[offset] == '1' && b[offset + i] != '0') {
                return false;
            }
        }
        return true;
    }

    private static boolean isNcName(byte[] b, int offset, int length) {
        for (int i = 0; i < length; i++) {
            byte c = b[offset + i];
            boolean letter = Ascii.isAlpha(c) || c == '_' || c < 0;
            if (!letter && (i == 0 || !Ascii.isDigit(c) && c != '-' && c != '.')) {
                return false;
            }
        }
        return length > 0;
    }
}
