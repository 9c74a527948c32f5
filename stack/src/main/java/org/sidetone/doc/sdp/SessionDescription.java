package org.sidetone.doc.sdp;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;

/**
 * Reads a session description (RFC 8866, {@code application/sdp}) into places in the array it lies in: the session part and each media
 * description. Valid until that array is reused.
 */
public final class SessionDescription {
    public static final byte[] CONTENT_TYPE = Ascii.bytes("application/sdp");
    /** Media descriptions of one session; more are refused. */
    public static final int MEDIA = 8;
    /** The sections' indices: {@code 0} to {@link #media()} - 1 are media descriptions, this is what stands before them. */
    public static final int SESSION = -1;

    public static final int SENDRECV = 0;
    public static final int SENDONLY = 1;
    public static final int RECVONLY = 2;
    public static final int INACTIVE = 3;

    private static final byte[][] DIRECTIONS = {Ascii.bytes("sendrecv"), Ascii.bytes("sendonly"), Ascii.bytes("recvonly"), Ascii.bytes("inactive")};
    private static final int MAX_PORT = 0xFFFF;

    private byte[] buffer = new byte[0];
    private int limit;
    private int count;
    private int sessionAt;
    private final int[] mediaAt = new int[MEDIA];
    private final Slice origin = new Slice();
    private final Slice scratch = new Slice();

    private int lineAt;
    private int lineEnd;
    private int nextAt;

    /** @return false when it is no session description; the reader is then empty */
    public boolean wrap(Slice body) {
        buffer = body.buffer();
        limit = body.limit();
        sessionAt = body.offset();
        count = 0;
        if (read(body)) {
            return true;
        }
        count = 0;
        limit = sessionAt;
        origin.clear();
        return false;
    }

    /** Section 9: v, o, s, then others, then at least one t; then media descriptions. */
    private boolean read(Slice body) {
        nextAt = body.offset();
        if (!expect('v') || lineEnd - lineAt != 3 || buffer[lineAt + 2] != '0' || !expect('o') || !isOrigin() || !expect('s')) {
            return false;
        }
        boolean timed = false;
        while (nextLine()) {
            if (lineEnd - lineAt < 2 || buffer[lineAt + 1] != '=' || buffer[lineAt] < 'a' || buffer[lineAt] > 'z') {
                return false;
            }
            if (buffer[lineAt] == 'm') {
                if (!timed || count == MEDIA || !isMedia()) {
                    return false;
                }
                mediaAt[count++] = lineAt;
            }
            timed |= buffer[lineAt] == 't';
        }
        return timed;
    }

    /** An s-line may be empty, though section 5.3 wants a space there. */
    private boolean expect(int letter) {
        return nextLine() && lineEnd - lineAt >= 2 && buffer[lineAt] == letter && buffer[lineAt + 1] == '=';
    }

    /** Lines end in CRLF; an LF alone is taken as well (section 5). @return false at the end */
    private boolean nextLine() {
        lineAt = nextAt;
        if (lineAt >= limit) {
            return false;
        }
        int feed = Ascii.indexOf(buffer, lineAt, limit, '\n');
        lineEnd = feed > lineAt && feed <= limit && buffer[feed - 1] == '\r' ? feed - 1 : feed;
        nextAt = feed + 1;
        return true;
    }

    private boolean isOrigin() {
        origin.wrap(buffer, lineAt + 2, lineEnd - lineAt - 2);
        return fields(lineAt + 2, lineEnd) == 6;
    }

    private int fields(int from, int to) {
        int n = 0;
        for (int at = from; at < to; n++) {
            int end = Ascii.indexOf(buffer, at, to, ' ');
            if (end == at) {
                return -1;
            }
            at = end + 1;
        }
        return n;
    }

    private boolean isMedia() {
        return fields(lineAt + 2, lineEnd) >= 4 && portOfLine(lineAt) >= 0;
    }

    private Slice field(int line, int index, Slice out) {
        int end = endOfLine(line);
        int at = line + 2;
        for (int i = 0; i < index; i++) {
            at = Ascii.indexOf(buffer, at, end, ' ') + 1;
        }
        return at > end ? out.clear() : out.wrap(buffer, at, Ascii.indexOf(buffer, at, end, ' ') - at);
    }

    private int endOfLine(int line) {
        int feed = Ascii.indexOf(buffer, line, limit, '\n');
        return feed > line && buffer[feed - 1] == '\r' ? feed - 1 : feed;
    }

    private int portOfLine(int line) {
        field(line, 1, scratch);
        return (int) Ascii.decimal(buffer, scratch.offset(), Ascii.indexOf(buffer, scratch.offset(), scratch.limit(), '/'), MAX_PORT);
    }

    /** How many media descriptions there are. */
    public int media() {
        return count;
    }

    /** The value of the o-line: it names the session, and a session that changed has a new one (section 5.2). */
    public Slice origin() {
        return origin;
    }

    /** {@code message}, {@code audio} … */
    public Slice type(int media, Slice out) {
        return field(mediaAt[media], 0, out);
    }

    /** 0: this medium is refused, or not wanted any more (RFC 3264 section 6). */
    public int port(int media) {
        return portOfLine(mediaAt[media]);
    }

    /** {@code TCP/MSRP}, {@code RTP/AVP} … */
    public Slice protocol(int media, Slice out) {
        return field(mediaAt[media], 2, out);
    }

    /** The formats, as they stand. */
    public Slice formats(int media, Slice out) {
        int end = endOfLine(mediaAt[media]);
        field(mediaAt[media], 3, out);
        return out.wrap(buffer, out.offset(), end - out.offset());
    }

    /** Finds the first attribute of a section. @param section a media description or {@link #SESSION}. @param value empty for a flag. @return false when absent */
    public boolean attribute(int section, byte[] name, Slice value) {
        return attribute(section, name, 0, value);
    }

    /** Finds one of several attributes of the same name. @param index from 0 */
    public boolean attribute(int section, byte[] name, int index, Slice value) {
        int end = section + 1 < count ? mediaAt[section + 1] : limit;
        int left = index;
        nextAt = section == SESSION ? sessionAt : mediaAt[section];
        while (nextAt < end && nextLine()) {
            int from = lineAt + 2;
            int to = from + name.length;
            if (buffer[lineAt] == 'a' && to <= lineEnd && (to == lineEnd || buffer[to] == ':')
                    && Ascii.equalsIgnoreCase(buffer, from, name.length, name, 0, name.length) && left-- == 0) {
                int at = Math.min(lineEnd, to + 1);
                value.wrap(buffer, at, lineEnd - at);
                return true;
            }
        }
        value.clear();
        return false;
    }

    /** The same, where a medium has none of its own the session's counts. */
    public boolean attributeOrSession(int media, byte[] name, Slice value) {
        return attribute(media, name, value) || attribute(SESSION, name, value);
    }

    /** The value of the c-line of a medium, else of the session; empty without any. */
    public Slice connection(int media, Slice out) {
        return line(media, 'c', out) || line(SESSION, 'c', out) ? out : out.clear();
    }

    private boolean line(int section, int letter, Slice out) {
        int end = section + 1 < count ? mediaAt[section + 1] : limit;
        nextAt = section == SESSION ? sessionAt : mediaAt[section];
        while (nextAt < end && nextLine()) {
            if (buffer[lineAt] == letter) {
                out.wrap(buffer, lineAt + 2, lineEnd - lineAt - 2);
                return true;
            }
        }
        return false;
    }

    /** {@link #SENDRECV} and so on (section 6.7); what is not said is sendrecv. */
    public int direction(int media) {
        for (int section = media; ; section = SESSION) {
            for (int d = 0; d < DIRECTIONS.length; d++) {
                if (attribute(section, DIRECTIONS[d], scratch)) {
                    return d;
                }
            }
            if (section == SESSION) {
                return SENDRECV;
            }
        }
    }

    /** What an answer says to a direction (RFC 3264 section 6.1). */
    public static int opposite(int direction) {
        return direction == SENDONLY ? RECVONLY : direction == RECVONLY ? SENDONLY : direction;
    }

    static byte[] directionName(int direction) {
        return DIRECTIONS[direction];
    }
}
