package org.sidetone.sip;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;
import org.sidetone.msg.ParamsView;

/**
 * View of a value that is a number of seconds with parameters: {@code Retry-After: 18000;duration=3600 (In a meeting)} (RFC 3261 section
 * 20.33), {@code Session-Expires: 4000;refresher=uac} and {@code Min-SE} (RFC 4028 sections 4, 5), {@code Flow-Timer}.
 */
public final class SecondsView {
    public static final int NOBODY = 0;
    public static final int UAC = 1;
    public static final int UAS = 2;

    private static final byte[] DURATION = Ascii.bytes("duration");
    private static final byte[] REFRESHER = Ascii.bytes("refresher");
    private static final byte[] UAC_WORD = Ascii.bytes("uac");
    private static final byte[] UAS_WORD = Ascii.bytes("uas");

    private final Slice found = new Slice();
    private final Slice comment = new Slice();
    private final ParamsView params = new ParamsView();
    private long seconds;

    /** @return false when malformed; the view then says nothing */
    public boolean wrap(Slice value) {
        byte[] b = value.buffer();
        int limit = value.limit();
        int digitsEnd = Ascii.endOfDigits(b, value.offset(), limit);
        seconds = Ascii.decimal(b, value.offset(), digitsEnd, 0xFFFFFFFFL);
        int at = Ascii.skipLws(b, digitsEnd, limit);
        comment.clear();
        if (at < limit && b[at] == '(') {
            int end = endOfComment(b, at, limit);
            if (end < 0) {
                return false;
            }
            comment.wrap(b, at + 1, end - at - 2);
            at = Ascii.skipLws(b, end, limit);
        }
        return seconds >= 0 && params.wrap(b, at, limit);
    }

    /** {@code comment = LPAREN *(ctext / quoted-pair / comment) RPAREN}, as deep as it goes. */
    private static int endOfComment(byte[] b, int at, int limit) {
        int depth = 0;
        for (int i = at; i < limit; i++) {
            if (b[i] == '\\') {
                i++;
            } else if (b[i] == '(') {
                depth++;
            } else if (b[i] == ')' && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    public long seconds() {
        return seconds;
    }

    /** Without its parentheses; empty when there is none. */
    public Slice comment() {
        return comment;
    }

    /** Seconds, or -1 when absent. */
    public long durationSec() {
        return params.decimal(DURATION, 0xFFFFFFFFL);
    }

    /** {@link #UAC}, {@link #UAS}, or {@link #NOBODY} when not said. */
    public int refresher() {
        return !params.find(REFRESHER, found) ? NOBODY : found.equalsIgnoreCase(UAC_WORD) ? UAC : found.equalsIgnoreCase(UAS_WORD) ? UAS : NOBODY;
    }
}
