package org.sidetone.doc.cpim;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.bytes.Utf8;

/**
 * View of one message: its header fields, the MIME header fields of what it holds, and that content (RFC 3862 section 2). Names of CPIM
 * header fields are compared with their case, those of MIME without. Valid until the wrapped array is reused.
 */
public final class CpimView {
    public static final byte[] CONTENT_TYPE = Ascii.bytes("message/cpim");
    public static final byte[] FROM = Ascii.bytes("From");
    public static final byte[] TO = Ascii.bytes("To");
    public static final byte[] DATE_TIME = Ascii.bytes("DateTime");
    public static final byte[] SUBJECT = Ascii.bytes("Subject");
    public static final byte[] REQUIRE = Ascii.bytes("Require");
    /** Namespace of RFC 5438's header fields. */
    public static final byte[] IMDN = Ascii.bytes("urn:ietf:params:imdn");
    public static final byte[] MESSAGE_ID = Ascii.bytes("Message-ID");
    public static final byte[] DISPOSITION_NOTIFICATION = Ascii.bytes("Disposition-Notification");
    public static final byte[] RECORD_ROUTE = Ascii.bytes("IMDN-Record-Route");
    public static final byte[] ORIGINAL_TO = Ascii.bytes("Original-To");
    public static final byte[] NOTHING_LEFT = new byte[0];

    /** Header fields of one message; more are refused. */
    private static final int FIELDS = 32;
    private static final byte[] NS = Ascii.bytes("NS");
    private static final byte[] LANGUAGE = Ascii.bytes(";lang=");
    private static final byte[] MIME_TYPE = Ascii.bytes("Content-Type");
    private static final byte[] MIME_DISPOSITION = Ascii.bytes("Content-Disposition");
    /** What we understand when it is required (section 3.5). */
    private static final byte[][] KNOWN = {FROM, TO, DATE_TIME, SUBJECT, REQUIRE, NS, Ascii.bytes("cc")};

    private byte[] buffer = NOTHING_LEFT;
    private final int[] nameAt = new int[FIELDS];
    private final int[] nameEnd = new int[FIELDS];
    private final int[] valueAt = new int[FIELDS];
    private final int[] valueEnd = new int[FIELDS];
    private int count;
    private int mimeAt;
    private int bodyAt;
    private int limit;
    private final Slice a = new Slice();
    private final Slice b = new Slice();

    /** @return false when it is no such message, or one without From, To or content type; the view then says nothing */
    public boolean wrap(Slice message) {
        buffer = message.buffer();
        limit = message.limit();
        count = 0;
        int at = message.offset();
        boolean good = true;
        while (good) {
            int end = Ascii.indexOf(buffer, at, limit, '\r');
            if (end + 1 >= limit || buffer[end + 1] != '\n') {
                good = false;
            } else if (end == at) {
                at += 2;
                break;
            } else if (isMime(at, end)) {
                break;                                          // RFC 5438 prints its examples without the empty line
            } else {
                good = readField(at, end);
                at = end + 2;
            }
        }
        mimeAt = at;
        bodyAt = good ? endOfMime(at) : -1;
        if (bodyAt < 0 || Utf8.firstInvalid(buffer, message.offset(), bodyAt - message.offset()) >= 0 || !value(FROM, a) || !value(TO, a) || !mime(MIME_TYPE, a)) {
            count = 0;
            mimeAt = limit;
            bodyAt = limit;
            return false;
        }
        return true;
    }

    private boolean isMime(int at, int end) {
        return Ascii.startsWithIgnoreCase(buffer, at, end, MIME_TYPE) && end > at + MIME_TYPE.length && buffer[at + MIME_TYPE.length] == ':';
    }

    /** {@code Header-name ":" *( ";" Parameter ) SP Header-value CRLF} (section 3.1); no control characters, no white space at either end. */
    private boolean readField(int at, int end) {
        int colon = Ascii.indexOf(buffer, at, end, ':');
        int value = Ascii.indexOf(buffer, colon, end, ' ') + 1;
        if (count == FIELDS || colon == at || value > end || buffer[colon + 1] != ' ' && buffer[colon + 1] != ';') {
            return false;
        }
        for (int i = at; i < end; i++) {
            if (buffer[i] >= 0 && buffer[i] < ' ' || buffer[i] == 0x7F) {
                return false;
            }
        }
        nameAt[count] = at;
        nameEnd[count] = colon;
        valueAt[count] = value;
        valueEnd[count++] = end;
        return true;
    }

    /** @return where the content begins, or -1 */
    private int endOfMime(int from) {
        int at = from;
        while (at < limit) {
            int end = Ascii.indexOf(buffer, at, limit, '\r');
            if (end + 1 >= limit || buffer[end + 1] != '\n') {
                return -1;
            }
            if (end == at) {
                return at + 2;
            }
            at = end + 2;
        }
        return -1;
    }

    /** The value of a header field without namespace, as it stands. @return false when absent */
    public boolean value(byte[] name, Slice out) {
        return value(name, 0, out);
    }

    /** One of several. @param index from 0 */
    public boolean value(byte[] name, int index, Slice out) {
        int left = index;
        for (int i = 0; i < count; i++) {
            if (Ascii.equals(buffer, nameAt[i], nameEnd[i] - nameAt[i], name, 0, name.length) && left-- == 0) {
                out.wrap(buffer, valueAt[i], valueEnd[i] - valueAt[i]);
                return true;
            }
        }
        out.clear();
        return false;
    }

    /** The language of one of several, {@code ;lang=} (section 3.3). @param index from 0. @return false when it is not said */
    public boolean language(byte[] name, int index, Slice out) {
        int left = index;
        for (int i = 0; i < count; i++) {
            if (Ascii.equals(buffer, nameAt[i], nameEnd[i] - nameAt[i], name, 0, name.length) && left-- == 0) {
                int at = nameEnd[i] + 1;
                int end = valueAt[i] - 1;
                while (at < end && !Ascii.startsWithIgnoreCase(buffer, at, end, LANGUAGE)) {
                    at = Ascii.indexOf(buffer, at + 1, end, ';');
                }
                int from = Math.min(at + LANGUAGE.length, end);
                out.wrap(buffer, from, Ascii.indexOf(buffer, from, end, ';') - from);
                return at < end;
            }
        }
        out.clear();
        return false;
    }

    /** The value of a header field of a namespace, whatever its prefix (section 3.4). @param index from 0. @return false when absent */
    public boolean value(byte[] namespace, byte[] name, int index, Slice out) {
        int left = index;
        for (int i = 0; i < count; i++) {
            int dot = Ascii.indexOf(buffer, nameAt[i], nameEnd[i], '.');
            int localAt = dot < nameEnd[i] ? dot + 1 : nameAt[i];
            if (Ascii.equals(buffer, localAt, nameEnd[i] - localAt, name, 0, name.length)
                    && isBound(nameAt[i], Math.max(nameAt[i], localAt - 1), i, namespace) && left-- == 0) {
                out.wrap(buffer, valueAt[i], valueEnd[i] - valueAt[i]);
                return true;
            }
        }
        out.clear();
        return false;
    }

    /** Whether a prefix means a namespace at a field: the last NS before it counts. */
    private boolean isBound(int prefixAt, int prefixEnd, int field, byte[] namespace) {
        for (int i = field - 1; i >= 0; i--) {
            if (Ascii.equals(buffer, nameAt[i], nameEnd[i] - nameAt[i], NS, 0, NS.length)) {
                int open = Ascii.indexOf(buffer, valueAt[i], valueEnd[i], '<');
                int end = Ascii.trimEnd(buffer, valueAt[i], open);
                if (Ascii.equals(buffer, valueAt[i], end - valueAt[i], buffer, prefixAt, prefixEnd - prefixAt)) {
                    int close = Ascii.indexOf(buffer, open, valueEnd[i], '>');
                    return close > open && Ascii.equals(buffer, open + 1, close - open - 1, namespace, 0, namespace.length);
                }
            }
        }
        return false;
    }

    /** The first thing that is required and that we do not know (section 3.5). @return false when there is none */
    public boolean unknownRequirement(Slice out) {
        for (int i = 0; value(REQUIRE, i, b); i++) {
            for (int at = b.offset(); at < b.limit(); ) {
                int comma = Ascii.indexOf(b.buffer(), at, b.limit(), ',');
                int start = Ascii.skipLws(b.buffer(), at, comma);
                if (!isKnown(out.wrap(b.buffer(), start, Ascii.trimEnd(b.buffer(), start, comma) - start))) {
                    return true;
                }
                at = comma + 1;
            }
        }
        out.clear();
        return false;
    }

    private boolean isKnown(Slice required) {
        for (int i = 0; i < KNOWN.length; i++) {
            if (required.equals(KNOWN[i])) {
                return true;
            }
        }
        int dot = Ascii.indexOf(required.buffer(), required.offset(), required.limit(), '.');
        return dot < required.limit() && isBound(required.offset(), dot, count, IMDN);
    }

    /** The URI of an address, {@code [Formal-name] "<" URI ">"} (section 3.6). @param out may be the address itself. @return false when there is none */
    public static boolean uriOf(Slice address, Slice out) {
        int limit = address.limit();
        int open = Ascii.indexOf(address.buffer(), address.offset(), limit, '<');
        int close = Ascii.indexOf(address.buffer(), open, limit, '>');
        out.wrap(address.buffer(), Math.min(open + 1, limit), Math.max(0, close - open - 1));
        return close < limit && !out.isEmpty();
    }

    private boolean mime(byte[] name, Slice out) {
        int at = mimeAt;
        while (at < bodyAt) {
            int end = Ascii.indexOf(buffer, at, bodyAt, '\r');
            while (Ascii.isFold(buffer, end, bodyAt)) {
                end = Ascii.indexOf(buffer, end + 2, bodyAt, '\r');
            }
            if (Ascii.startsWithIgnoreCase(buffer, at, end, name) && end > at + name.length && buffer[at + name.length] == ':') {
                int start = Ascii.skipLws(buffer, at + name.length + 1, end);
                out.wrap(buffer, start, Ascii.trimEnd(buffer, start, end) - start);
                return true;
            }
            at = end + 2;
        }
        out.clear();
        return false;
    }

    /** Content-Type of the content. */
    public void contentType(Slice out) {
        mime(MIME_TYPE, out);
    }

    /** Content-Disposition of the content; empty without one. */
    public void disposition(Slice out) {
        mime(MIME_DISPOSITION, out);
    }

    /** The MIME header fields and the content, as a signature covers them. */
    public Slice part(Slice out) {
        return out.wrap(buffer, mimeAt, limit - mimeAt);
    }

    public Slice content(Slice out) {
        return out.wrap(buffer, bodyAt, limit - bodyAt);
    }

    /** Appends what a header value says: escapes resolved (section 2.3). Surrogates that make a pair become one character. */
    public static void unescape(Slice value, ByteSink out) {
        byte[] text = value.buffer();
        int high = 0;
        for (int i = value.offset(); i < value.limit(); i++) {
            if (text[i] != '\\') {
                out.put(text[i]);
            } else if (++i < value.limit()) {
                int code = text[i] == 'u' ? hex(text, i + 1, value.limit()) : -1;
                i += code >= 0 ? 4 : 0;
                if (code >= 0xD800 && code < 0xDC00) {
                    high = code;
                } else if (code >= 0xDC00 && code < 0xE000) {
                    out.putCodePoint(high == 0 ? 0xFFFD : 0x10000 + (high - 0xD800 << 10) + code - 0xDC00);
                    high = 0;
                } else {
                    out.putCodePoint(code >= 0 ? code : special(text[i]));
                }
            }
        }
    }

    private static int special(int c) {
        return c == 'b' ? '\b' : c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c & 0xFF;
    }

    private static int hex(byte[] text, int at, int limit) {
        int n = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = i < limit ? org.sidetone.bytes.Hex.value(text[i]) : -1;
            if (digit < 0) {
                return -1;
            }
            n = n << 4 | digit;
        }
        return n;
    }
}
