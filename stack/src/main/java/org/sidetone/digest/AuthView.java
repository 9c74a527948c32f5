package org.sidetone.digest;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;
import org.sidetone.msg.Grammar;

/** View of a challenge or of credentials: {@code scheme LWS auth-param *(COMMA auth-param)} (RFC 3261 section 25.1). */
public final class AuthView {
    private static final byte[] DIGEST = Ascii.bytes("Digest");

    private byte[] buffer;
    private int offset;
    private int limit;
    private final Slice scheme = new Slice();

    /** @return false when malformed */
    public boolean wrap(Slice value) {
        byte[] b = value.buffer();
        int end = Ascii.endOfToken(b, value.offset(), value.limit());
        int start = Ascii.skipLws(b, end, value.limit());
        if (end == value.offset() || start == end) {
            return false;
        }
        if (!areParams(b, start, value.limit())) {
            return false;
        }
        scheme.wrap(b, value.offset(), end - value.offset());
        buffer = b;
        offset = start;
        limit = value.limit();
        return true;
    }

    /** Parameters alone, as Authentication-Info has them. @return false when malformed */
    public boolean wrapParams(Slice value) {
        if (!areParams(value.buffer(), value.offset(), value.limit())) {
            return false;
        }
        scheme.clear();
        buffer = value.buffer();
        offset = value.offset();
        limit = value.limit();
        return true;
    }

    private static boolean areParams(byte[] b, int start, int limit) {
        int at = start;
        while (at < limit) {
            at = endOfParam(b, at, limit);
            if (at < 0) {
                return false;
            }
            at = Ascii.skipLws(b, at, limit);
            if (at < limit) {
                if (b[at] != ',') {
                    return false;
                }
                at = Ascii.skipLws(b, at + 1, limit);
            }
        }
        return true;
    }

    public boolean isDigest() {
        return scheme.equalsIgnoreCase(DIGEST);
    }

    /** The value without its quotes; escapes in it are kept, as the digest is computed over them. @return false when absent */
    public boolean find(byte[] name, Slice out) {
        int at = offset;
        while (at < limit) {
            int nameEnd = Ascii.endOfToken(buffer, at, limit);
            int equal = Ascii.skipLws(buffer, nameEnd, limit);
            int start = Ascii.skipLws(buffer, equal + 1, limit);
            int end = endOfValue(buffer, start, limit);
            if (Ascii.equalsIgnoreCase(buffer, at, nameEnd - at, name, 0, name.length)) {
                if (buffer[start] == '"') {
                    out.wrap(buffer, start + 1, end - start - 2);
                } else {
                    out.wrap(buffer, start, end - start);
                }
                return true;
            }
            at = Ascii.skipLws(buffer, end, limit);
            at = Ascii.skipLws(buffer, at + 1, limit);
        }
        out.clear();
        return false;
    }

    private static int endOfParam(byte[] b, int at, int limit) {
        int nameEnd = Ascii.endOfToken(b, at, limit);
        int equal = Ascii.skipLws(b, nameEnd, limit);
        if (nameEnd == at || equal == limit || b[equal] != '=') {
            return -1;
        }
        int start = Ascii.skipLws(b, equal + 1, limit);
        int end = endOfValue(b, start, limit);
        return end <= start ? -1 : end;
    }

    private static int endOfValue(byte[] b, int at, int limit) {
        if (at < limit && b[at] == '"') {
            return Grammar.endOfQuotedString(b, at, limit);
        }
        int end = at;
        while (end < limit && b[end] > ' ' && b[end] < 127 && b[end] != ',' && b[end] != '"' && b[end] != '\\') {
            end++;
        }
        return end;
    }
}
