package org.sidetone.bytes;

/** ASCII text where it lies: comparison, numbers, the character classes of the RFCs' grammars. */
public final class Ascii {
    /** Bits of {@link #CLASS}. */
    private static final int TOKEN = 0;
    /** What may stand in a URI and means nothing there by itself. */
    private static final int URI_PLAIN = 1;
    private static final int HOST = 2;
    /** What a parameter's value may have: a token, or an IPv6 reference. */
    private static final int VALUE = 3;
    /** What stands for itself in a quoted string. */
    private static final int QUOTED = 4;
    /** {@code paramchar} of a URI without its escapes. */
    private static final int PARAMETER = 5;
    /** White space, the octets of a fold included. */
    private static final int WHITE = 6;
    /** What may stand between the brackets of an IPv6 reference. */
    private static final int IPV6 = 7;
    /** What a Call-ID may have. */
    private static final int WORD = 8;
    private static final int URI = 9;
    private static final char[] CLASS = new char[256];

    static {
        String marks = "-.!%*_+`'~";
        for (int c = 0; c < 256; c++) {
            boolean alphanumeric = isAlpha(c) || isDigit(c);
            boolean token = alphanumeric || c < 128 && marks.indexOf(c) >= 0;
            boolean uri = c > ' ' && c != '<' && c != '>' && c != '"' && c != 127;
            boolean endOfLine = c == '\r' || c == '\n';
            // an underscore is not in the grammar of a host, but in the names of real ones
            int bits = bit(token, TOKEN) | bit(uri && c != '@' && c != ':' && c != '%', URI_PLAIN)
                    | bit(alphanumeric || c == '-' || c == '.' || c == '_', HOST) | bit(token || c == '[' || c == ']' || c == ':', VALUE)
                    | bit(!endOfLine && c != '"' && c != '\\', QUOTED)
                    | bit(uri && c != ';' && c != '?' && c != '=' && c != '@' && c != ',' && c != '%', PARAMETER)
                    | bit(endOfLine || c == ' ' || c == '\t', WHITE)
                    | bit(isDigit(c) || (c | 32) >= 'a' && (c | 32) <= 'f' || c == ':' || c == '.', IPV6)
                    | bit(c > ' ' && c < 128 && c != ',', WORD) | bit(uri, URI);
            CLASS[c] = (char) bits;
        }
    }

    private static int bit(boolean is, int place) {
        return is ? 1 << place : 0;
    }

    private Ascii() {
    }

    /** The octets of an ASCII constant: at start-up only. */
    public static byte[] bytes(String text) {
        byte[] b = new byte[text.length()];
        for (int i = 0; i < b.length; i++) {
            b[i] = (byte) text.charAt(i);
        }
        return b;
    }

    /** {@code token} of RFC 3261 section 25.1. */
    public static boolean isToken(int octet) {
        return (CLASS[octet & 0xFF] >> TOKEN & 1) != 0;
    }

    /** Space, tab, CR, LF. */
    public static boolean isWhite(int octet) {
        return (CLASS[octet & 0xFF] >> WHITE & 1) != 0;
    }

    public static boolean isDigit(int octet) {
        return octet >= '0' && octet <= '9';
    }

    public static boolean isAlpha(int octet) {
        return (octet | 32) >= 'a' && (octet | 32) <= 'z';
    }

    public static boolean isHost(int octet) {
        return (CLASS[octet & 0xFF] >> HOST & 1) != 0;
    }

    /** Whether an octet may stand in a URI; white space, controls, angle brackets and quotes may not. */
    public static boolean isUri(int octet) {
        return (CLASS[octet & 0xFF] >> URI & 1) != 0;
    }

    public static int lower(int octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + 32 : octet;
    }

    public static boolean equals(byte[] a, int aOffset, int aLength, byte[] b, int bOffset, int bLength) {
        if (aLength != bLength) {
            return false;
        }
        for (int i = 0; i < aLength; i++) {
            if (a[aOffset + i] != b[bOffset + i]) {
                return false;
            }
        }
        return true;
    }

    public static boolean equalsIgnoreCase(byte[] a, int aOffset, int aLength, byte[] b, int bOffset, int bLength) {
        if (aLength != bLength) {
            return false;
        }
        for (int i = 0; i < aLength; i++) {
            byte x = a[aOffset + i];
            byte y = b[bOffset + i];
            if (x != y && lower(x) != lower(y)) {
                return false;
            }
        }
        return true;
    }

    public static boolean startsWith(byte[] b, int offset, int limit, byte[] prefix) {
        return limit - offset >= prefix.length && equals(b, offset, prefix.length, prefix, 0, prefix.length);
    }

    public static boolean startsWithIgnoreCase(byte[] b, int offset, int limit, byte[] prefix) {
        return limit - offset >= prefix.length && equalsIgnoreCase(b, offset, prefix.length, prefix, 0, prefix.length);
    }

    /** Index of an octet, or {@code limit}. */
    public static int indexOf(byte[] b, int offset, int limit, int octet) {
        int at = offset;
        while (at < limit && b[at] != octet) {
            at++;
        }
        return at;
    }

    public static int endOfToken(byte[] b, int offset, int limit) {
        return endOfRun(b, offset, limit, TOKEN);
    }

    /** {@code token / host}: an unquoted value of a parameter. */
    public static int endOfValue(byte[] b, int offset, int limit) {
        return endOfRun(b, offset, limit, VALUE);
    }

    public static int endOfHost(byte[] b, int offset, int limit) {
        return endOfRun(b, offset, limit, HOST);
    }

    /** Octets of a Call-ID. */
    public static int endOfWord(byte[] b, int offset, int limit) {
        return endOfRun(b, offset, limit, WORD);
    }

    /** Hexadecimal digits, colons and dots. */
    public static int endOfIpv6(byte[] b, int offset, int limit) {
        return endOfClass(b, offset, limit, IPV6);
    }

    /** Octets of a URI other than at-sign, colon and percent sign; white space, controls, angle brackets and quotes end it too. */
    public static int endOfUriPlain(byte[] b, int offset, int limit) {
        return endOfRun(b, offset, limit, URI_PLAIN);
    }

    /** Up to the end of the line. */
    public static int endOfText(byte[] b, int offset, int limit) {
        int at = offset;
        while (Octets.areFast() && at + Octets.COUNT <= limit) {
            long controls = Marks.below(Octets.at(b, at), '\r' + 1);
            if (controls == 0) {
                at += Octets.COUNT;
                continue;
            }
            at += Octets.first(controls);
            if (b[at] == '\r' || b[at] == '\n') {
                return at;
            }
            at++;
        }
        while (at < limit && (b[at] > '\r' || b[at] != '\r' && b[at] != '\n')) {
            at++;
        }
        return at;
    }

    /** Up to a quote, a backslash or the end of the line. */
    public static int endOfQuoted(byte[] b, int offset, int limit) {
        int at = offset;
        while (Octets.areFast() && at + Octets.COUNT <= limit) {
            long eight = Octets.at(b, at);
            long others = Marks.of(eight, '"') | Marks.of(eight, '\\') | Marks.of(eight, '\r') | Marks.of(eight, '\n');
            if (others != 0) {
                return at + Octets.first(others);
            }
            at += Octets.COUNT;
        }
        return endOfClass(b, at, limit, QUOTED);
    }

    /** The end of a run of a class that has letters, digits, hyphen and dot, as nearly all have: {@link Marks#others} are looked at, whether they are of it too. */
    private static int endOfRun(byte[] b, int offset, int limit, int place) {
        int at = offset;
        while (Octets.areFast() && at + Octets.COUNT <= limit) {
            long others = Marks.others(Octets.at(b, at));
            if (others == 0) {
                at += Octets.COUNT;
                continue;
            }
            at += Octets.first(others);
            if ((CLASS[b[at] & 0xFF] >> place & 1) == 0) {
                return at;
            }
            at++;
        }
        return endOfClass(b, at, limit, place);
    }

    private static int endOfClass(byte[] b, int offset, int limit, int place) {
        int at = offset;
        while (at < limit && (CLASS[b[at] & 0xFF] >> place & 1) != 0) {
            at++;
        }
        return at;
    }

    /** Name or value of a URI's parameter; a percent sign that is no escape ends it. */
    public static int endOfUriParameter(byte[] b, int offset, int limit) {
        int at = endOfRun(b, offset, limit, PARAMETER);
        while (at + 2 < limit && b[at] == '%' && Hex.value(b[at + 1]) >= 0 && Hex.value(b[at + 2]) >= 0) {
            at = endOfRun(b, at + 3, limit, PARAMETER);
        }
        return at;
    }

    public static int endOfDigits(byte[] b, int offset, int limit) {
        int at = offset;
        while (at < limit && isDigit(b[at])) {
            at++;
        }
        return at;
    }

    /** The number that all octets of the range spell, or -1: no digits, something else among them, or above {@code maximum}. */
    public static long decimal(byte[] b, int offset, int limit, long maximum) {
        if (offset >= limit) {
            return -1;
        }
        long n = 0;
        for (int at = offset; at < limit; at++) {
            if (!isDigit(b[at])) {
                return -1;
            }
            int digit = b[at] - '0';
            if (n > (maximum - digit) / 10) {
                return -1;
            }
            n = 10 * n + digit;
        }
        return n;
    }

    /** Steps over spaces, tabs and folds (RFC 3261 section 25.1: LWS); the end of a line that is not folded stops it. */
    public static int skipLws(byte[] b, int offset, int limit) {
        if (offset >= limit || (b[offset] & 0xFF) > ' ') {
            return offset;
        }
        if (offset + 2 < limit) {                                // as nearly all have it: one space, or the end of the line
            if (b[offset] == ' ' && (b[offset + 1] & 0xFF) > ' ') {
                return offset + 1;
            }
            if (b[offset] == '\r' && (b[offset + 2] & 0xFF) > ' ') {
                return offset;
            }
        }
        return endOfLws(b, offset, limit);
    }

    private static int endOfLws(byte[] b, int offset, int limit) {
        int at = offset;
        while (at < limit) {
            if (b[at] == ' ' || b[at] == '\t') {
                at++;
            } else if (isFold(b, at, limit)) {
                at += 3;
            } else {
                break;
            }
        }
        return at;
    }

    /** Whether a line goes on behind its CRLF, with white space (RFC 3261 section 7.3.1). */
    public static boolean isFold(byte[] b, int at, int limit) {
        return at + 2 < limit && b[at] == '\r' && b[at + 1] == '\n' && (b[at + 2] == ' ' || b[at + 2] == '\t');
    }

    /** Steps back over white space before {@code limit}. */
    public static int trimEnd(byte[] b, int offset, int limit) {
        int at = limit;
        while (at > offset && (b[at - 1] & 0xFF) <= ' ' && isWhite(b[at - 1])) {
            at--;
        }
        return at;
    }

    /** A hash that ignores case, to find a candidate; the octets confirm it. */
    public static int hashIgnoreCase(byte[] b, int offset, int length) {
        int h = 0;
        for (int i = 0; i < length; i++) {
            h = 31 * h + lower(b[offset + i]);
        }
        return h;
    }

    public static int hash(byte[] b, int offset, int length) {
        int h = 0;
        for (int i = 0; i < length; i++) {
            h = 31 * h + b[offset + i];
        }
        return h;
    }
}
