package org.sidetone.msg;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;

/** Steps through the parts of a multipart body (RFC 2046 section 5.1.1). Parts that hold parts again are the caller's to read, as deep as he likes. */
public final class MultipartReader {
    private static final byte[] BOUNDARY = Ascii.bytes("boundary");
    private static final int MAX_BOUNDARY = 70;

    private final byte[] boundary = new byte[MAX_BOUNDARY];
    private int boundaryLength;
    private byte[] buffer;
    private int at;
    private int limit;
    private int headAt;
    private int headEnd;
    /** Where the content before the delimiter found last ends, and whether that was the closing one. */
    private int delimiterAt;
    private boolean last;
    private final Slice content = new Slice();
    private final Slice value = new Slice();

    /** @param type of the whole, with its boundary. @return false when it names none that is allowed */
    public boolean wrap(MediaTypeView type, Slice body) {
        boundaryLength = 0;
        buffer = body.buffer();
        at = body.offset();
        limit = body.limit();
        if (!type.params().find(BOUNDARY, value)) {
            return false;
        }
        int from = value.offset();
        int n = value.length();
        if (n >= 2 && value.byteAt(0) == '"') {
            from++;
            n -= 2;
        }
        if (n < 1 || n > MAX_BOUNDARY) {
            return false;
        }
        System.arraycopy(value.buffer(), from, boundary, 0, n);
        boundaryLength = n;
        at = endOfDelimiter(at, true);
        return at > 0;
    }

    /** Index past the next delimiter line at or after an index, or -1. */
    private int endOfDelimiter(int from, boolean atStart) {
        for (int i = from; i + 2 + boundaryLength <= limit; i++) {
            boolean lineStart = atStart && i == from || i >= from + 2 && buffer[i - 1] == '\n' && buffer[i - 2] == '\r';
            if (lineStart && buffer[i] == '-' && buffer[i + 1] == '-' && Ascii.equals(buffer, i + 2, boundaryLength, boundary, 0, boundaryLength)) {
                delimiterAt = i == from ? i : i - 2;
                int end = i + 2 + boundaryLength;
                last = end + 1 < limit && buffer[end] == '-' && buffer[end + 1] == '-';
                end = last ? end + 2 : end;
                while (end < limit && (buffer[end] == ' ' || buffer[end] == '\t')) {
                    end++;
                }
                if (last) {
                    return limit;
                }
                if (end + 1 < limit && buffer[end] == '\r' && buffer[end + 1] == '\n') {
                    return end + 2;
                }
            }
        }
        return -1;
    }

    /** Steps to the next part. @return false after the last, or where a part does not end */
    public boolean next() {
        if (boundaryLength == 0 || at <= 0 || at >= limit || last) {
            return false;
        }
        int start = at;
        int next = endOfDelimiter(start, true);
        if (next < 0) {
            return false;
        }
        int end = Math.max(start, delimiterAt);
        headAt = start;
        headEnd = start;
        int body = start;
        while (body < end) {
            int line = Ascii.indexOf(buffer, body, end, '\n');
            boolean empty = line == body + 1 && buffer[body] == '\r';
            headEnd = empty ? body : Math.min(end, line + 1);
            body = Math.min(end, line + 1);
            if (empty) {
                break;
            }
        }
        content.wrap(buffer, body, end - body);
        at = next;
        return true;
    }

    public Slice content() {
        return content;
    }

    /** A header field of the present part; names ignore case. @return false when absent */
    public boolean header(byte[] name, Slice out) {
        int line = headAt;
        while (line < headEnd) {
            int end = Ascii.indexOf(buffer, line, headEnd, '\n');
            while (end + 1 < headEnd && (buffer[end + 1] == ' ' || buffer[end + 1] == '\t')) {
                end = Ascii.indexOf(buffer, end + 1, headEnd, '\n');
            }
            if (Ascii.startsWithIgnoreCase(buffer, line, end, name) && line + name.length < end && buffer[line + name.length] == ':') {
                int from = Ascii.skipLws(buffer, line + name.length + 1, end);
                int to = end > from && buffer[end - 1] == '\r' ? end - 1 : end;
                out.wrap(buffer, from, Math.max(0, Ascii.trimEnd(buffer, from, Math.max(from, to)) - from));
                return true;
            }
            line = end + 1;
        }
        out.clear();
        return false;
    }
}
