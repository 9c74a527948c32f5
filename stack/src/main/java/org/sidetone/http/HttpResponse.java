package org.sidetone.http;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Hex;
import org.sidetone.bytes.Slice;

/** A response as it comes in pieces; whole after {@link #DONE}. Interim responses are passed over. */
public final class HttpResponse {
    public static final int MORE = 0;
    public static final int DONE = 1;
    /** No HTTP, or none that is understood. */
    static final int BAD = -1;
    /** Head or body larger than there is room for. */
    static final int TOO_LARGE = -2;

    private static final int HEAD_BYTES = 4096;
    private static final int HEAD = 0;
    private static final int COUNTED = 1;
    private static final int UNTIL_CLOSE = 2;
    private static final int CHUNK_SIZE = 3;
    private static final int CHUNK = 4;
    private static final int CHUNK_END = 5;
    private static final int TRAILER = 6;
    private static final int OVER = 7;

    private static final int VERSION_LENGTH = 8;
    private static final long MAX_LENGTH = 0xFFFFFFFFL;
    private static final byte[] VERSION = Ascii.bytes("HTTP/1.");
    private static final byte[] CONTENT_LENGTH = Ascii.bytes("Content-Length");
    private static final byte[] TRANSFER_ENCODING = Ascii.bytes("Transfer-Encoding");
    private static final byte[] CONNECTION = Ascii.bytes("Connection");
    private static final byte[] CHUNKED = Ascii.bytes("chunked");
    private static final byte[] CLOSE = Ascii.bytes("close");

    private final byte[] head = new byte[HEAD_BYTES];
    private int headLength;
    private final byte[] body;
    private int bodyLength;
    private boolean bodyless;
    private int part;
    private long left;
    private int lineLength;
    private int status;
    private boolean closes;
    private final Slice slice = new Slice();

    /** @param bodyBytes there is room for */
    public HttpResponse(int bodyBytes) {
        body = new byte[bodyBytes];
    }

    /** @param toHead whether the request was a HEAD */
    public void begin(boolean toHead) {
        bodyless = toHead;
        restart();
    }

    private void restart() {
        headLength = 0;
        bodyLength = 0;
        part = HEAD;
        status = 0;
        closes = false;
        lineLength = 0;
    }

    /** Takes what came. @return one of the words above; after {@link #DONE} nothing may follow */
    public int add(byte[] b, int offset, int length) {
        int at = offset;
        int limit = offset + length;
        while (at < limit) {
            if (part == OVER) {
                return BAD;
            }
            if (part == COUNTED || part == CHUNK || part == UNTIL_CLOSE) {
                int n = part == UNTIL_CLOSE ? limit - at : (int) Math.min(left, limit - at);
                if (bodyLength + n > body.length) {
                    return TOO_LARGE;
                }
                System.arraycopy(b, at, body, bodyLength, n);
                bodyLength += n;
                at += n;
                left -= n;
                if (part != UNTIL_CLOSE && left == 0) {
                    part = part == COUNTED ? OVER : CHUNK_END;
                }
                continue;
            }
            int result = octet(b[at++]);
            if (result != MORE) {
                return result;
            }
        }
        return part == OVER ? DONE : MORE;
    }

    private int octet(byte c) {
        switch (part) {
            case HEAD:
                if (headLength == head.length) {
                    return TOO_LARGE;
                }
                head[headLength++] = c;
                return c == '\n' && isEndOfHead() ? headDone() : MORE;
            case CHUNK_SIZE:
                return chunkSize(c);
            case CHUNK_END:
                if (c == '\n') {
                    part = CHUNK_SIZE;
                    left = 0;
                    lineLength = 0;
                }
                return c == '\n' || c == '\r' ? MORE : BAD;
            default:
                if (c == '\n') {
                    part = lineLength == 0 ? OVER : TRAILER;
                    lineLength = 0;
                } else if (c != '\r' && ++lineLength > HEAD_BYTES) {
                    return TOO_LARGE;
                }
                return MORE;
        }
    }

    /** {@code 1*HEXDIG [chunk-ext] CRLF}; {@link #lineLength} counts digits, -1 behind them. */
    private int chunkSize(byte c) {
        int digit = Hex.value(c);
        if (c == '\n') {
            if (lineLength == 0) {
                return BAD;
            }
            part = left == 0 ? TRAILER : CHUNK;
            lineLength = 0;
        } else if (lineLength >= 0 && digit >= 0) {
            left = left * 16 + digit;
            lineLength++;
            return left > MAX_LENGTH ? TOO_LARGE : MORE;
        } else if (lineLength == 0) {
            return BAD;
        } else {
            lineLength = -1;
        }
        return MORE;
    }

    private boolean isEndOfHead() {
        return headLength >= 2 && head[headLength - 2] == '\n' || headLength >= 3 && head[headLength - 2] == '\r' && head[headLength - 3] == '\n';
    }

    private int headDone() {
        long code = Ascii.startsWith(head, 0, headLength, VERSION) && headLength > VERSION_LENGTH + 4 && head[VERSION_LENGTH] == ' '
                ? Ascii.decimal(head, VERSION_LENGTH + 1, VERSION_LENGTH + 4, 999) : -1;
        if (code < 100) {
            return BAD;
        }
        if (code < 200) {
            restart();
            return code == 101 ? BAD : MORE;
        }
        status = (int) code;
        closes = head[VERSION_LENGTH - 1] == '0' || header(CONNECTION, 0, slice) && slice.equalsIgnoreCase(CLOSE);
        boolean encoded = header(TRANSFER_ENCODING, 0, slice);
        if (bodyless || status == 204 || status == 304) {
            part = OVER;
        } else if (encoded) {
            part = CHUNK_SIZE;
            left = 0;
            lineLength = 0;
            return slice.equalsIgnoreCase(CHUNKED) ? MORE : BAD;
        } else if (header(CONTENT_LENGTH, 0, slice)) {
            left = Ascii.decimal(slice.buffer(), slice.offset(), slice.limit(), MAX_LENGTH);
            part = left == 0 ? OVER : COUNTED;
            return left < 0 ? BAD : left > body.length ? TOO_LARGE : MORE;
        } else {
            part = UNTIL_CLOSE;
            closes = true;
        }
        return MORE;
    }

    /** The other side closed. @return {@link #DONE} when that was the end of the body */
    int closed() {
        if (part == UNTIL_CLOSE) {
            part = OVER;
        }
        return part == OVER ? DONE : BAD;
    }

    boolean isDone() {
        return part == OVER;
    }

    /** Whether the connection ends with it. */
    boolean closes() {
        return closes;
    }

    /** Whether anything of it came. */
    boolean isBegun() {
        return headLength > 0;
    }

    public int status() {
        return status;
    }

    public Slice body(Slice out) {
        return out.wrap(body, 0, bodyLength);
    }

    /** Value of the header field of a name that stands at an index among those of the name. @return false: there is none */
    public boolean header(byte[] name, int index, Slice out) {
        int seen = 0;
        int at = Ascii.indexOf(head, 0, headLength, '\n') + 1;
        while (at < headLength) {
            int end = Ascii.indexOf(head, at, headLength, '\n');
            int colon = Ascii.indexOf(head, at, end, ':');
            if (colon < end && Ascii.equalsIgnoreCase(head, at, colon - at, name, 0, name.length) && seen++ == index) {
                int from = colon + 1;
                int to = end;
                while (from < to && head[from] <= ' ') {
                    from++;
                }
                while (to > from && head[to - 1] <= ' ') {
                    to--;
                }
                out.wrap(head, from, to - from);
                return true;
            }
            at = end + 1;
        }
        out.clear();
        return false;
    }
}
