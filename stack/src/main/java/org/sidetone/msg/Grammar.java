package org.sidetone.msg;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;

/** Scanners for the rules that many header fields share (RFC 3261 section 25.1). */
public final class Grammar {
    /** The rule does not match here. */
    public static final int NO_MATCH = -1;

    private static final int MAX_PORT = 0xFFFF;

    private Grammar() {
    }

    /** {@code quoted-string = SWS DQUOTE *(qdtext / quoted-pair) DQUOTE}. @return index past the closing quote, or {@link #NO_MATCH} */
    public static int endOfQuotedString(byte[] b, int at, int limit) {
        if (at >= limit || b[at] != '"') {
            return NO_MATCH;
        }
        int i = at + 1;
        while (true) {
            i = Ascii.endOfQuoted(b, i, limit);
            if (i >= limit) {
                return NO_MATCH;
            }
            if (b[i] == '"') {
                return i + 1;
            }
            if (b[i] == '\\' && i + 1 < limit && b[i + 1] != '\r' && b[i + 1] != '\n') {
                i += 2;
            } else if (Ascii.isFold(b, i, limit)) {
                i += 3;
            } else {
                return NO_MATCH;
            }
        }
    }

    /** Appends what a quoted string says: quotes removed, escapes resolved. Anything else is appended as it stands. */
    public static void unquote(byte[] b, int offset, int length, ByteSink out) {
        int limit = offset + length;
        if (length < 2 || b[offset] != '"') {
            out.put(b, offset, length);
            return;
        }
        for (int i = offset + 1; i < limit - 1; i++) {
            if (b[i] == '\\' && i + 1 < limit - 1) {
                i++;
            }
            out.put(b[i]);
        }
    }

    /** Appends a quoted string. */
    public static void quote(byte[] b, int offset, int length, ByteSink out) {
        out.put('"');
        escape(b, offset, length, out);
        out.put('"');
    }

    /** Appends what stands between the quotes of a quoted string. */
    public static void escape(byte[] b, int offset, int length, ByteSink out) {
        for (int i = offset; i < offset + length; i++) {
            if (b[i] == '"' || b[i] == '\\') {
                out.put('\\');
            }
            out.put(b[i]);
        }
    }

    /** Index of the comma that ends a list element, or {@code limit}; commas in quotes and angle brackets do not count. */
    public static int endOfElement(byte[] b, int at, int limit) {
        boolean inBrackets = false;
        for (int i = at; i < limit; i++) {
            int c = b[i];
            if (c == '"') {
                int end = endOfQuotedString(b, i, limit);
                if (end == NO_MATCH) {
                    return limit;
                }
                i = end - 1;
            } else if (c == '<') {
                inBrackets = true;
            } else if (c == '>') {
                inBrackets = false;
            } else if (c == ',' && !inBrackets) {
                return i;
            }
        }
        return limit;
    }

    /** {@code port}, 1 to 65535. @return its end and what it says, {@code end << 16 | port}; {@link #NO_MATCH} when there is none */
    public static long endAndPort(byte[] b, int at, int limit) {
        int n = 0;
        int end = at;
        while (end < limit && Ascii.isDigit(b[end]) && n <= MAX_PORT) {
            n = 10 * n + b[end++] - '0';
        }
        return n == 0 || n > MAX_PORT ? NO_MATCH : (long) end << 16 | n;
    }

    /** {@code host}: a name, an IPv4 address, or an IPv6 reference in brackets. @return its end, or {@link #NO_MATCH} */
    public static int endOfHost(byte[] b, int at, int limit) {
        if (at >= limit) {
            return NO_MATCH;
        }
        if (b[at] == '[') {
            int end = Ascii.endOfIpv6(b, at + 1, limit);
            return end < limit && b[end] == ']' && end > at + 1 ? end + 1 : NO_MATCH;
        }
        int end = Ascii.endOfHost(b, at, limit);
        return end == at ? NO_MATCH : end;
    }
}
