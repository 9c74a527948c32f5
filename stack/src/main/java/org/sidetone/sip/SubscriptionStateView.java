package org.sidetone.sip;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;
import org.sidetone.msg.ParamsView;

/** View of a Subscription-State value (RFC 6665 section 8.2.3). */
public final class SubscriptionStateView {
    public static final int OTHER_STATE = 0;
    public static final int ACTIVE = 1;
    public static final int PENDING = 2;
    public static final int TERMINATED = 3;

    public static final int NO_REASON = 0;
    public static final int DEACTIVATED = 1;
    public static final int PROBATION = 2;
    public static final int REJECTED = 3;
    public static final int TIMEOUT = 4;
    public static final int GIVEUP = 5;
    public static final int NORESOURCE = 6;
    public static final int INVARIANT = 7;

    private static final byte[][] STATES = {Ascii.bytes(""), Ascii.bytes("active"), Ascii.bytes("pending"), Ascii.bytes("terminated")};
    private static final byte[][] REASONS = {Ascii.bytes(""), Ascii.bytes("deactivated"), Ascii.bytes("probation"),
        Ascii.bytes("rejected"), Ascii.bytes("timeout"), Ascii.bytes("giveup"), Ascii.bytes("noresource"), Ascii.bytes("invariant")};
    private static final byte[] REASON = Ascii.bytes("reason");
    private static final byte[] EXPIRES = Ascii.bytes("expires");
    private static final byte[] RETRY_AFTER = Ascii.bytes("retry-after");

    private final Slice scratch = new Slice();
    private final Slice found = new Slice();
    private final ParamsView params = new ParamsView();
    private int state;

    /** @return false when malformed */
    public boolean wrap(Slice value) {
        byte[] b = value.buffer();
        int end = Ascii.endOfToken(b, value.offset(), value.limit());
        if (end == value.offset() || !params.wrap(b, end, value.limit())) {
            return false;
        }
        state = indexOf(STATES, found.wrap(b, value.offset(), end - value.offset()));
        return true;
    }

    private static int indexOf(byte[][] words, Slice word) {
        for (int i = 1; i < words.length; i++) {
            if (word.equalsIgnoreCase(words[i])) {
                return i;
            }
        }
        return 0;
    }

    Slice scratch() {
        return scratch;
    }

    public int state() {
        return state;
    }

    /** One of the reasons, {@link #NO_REASON} when absent or unknown. */
    public int reason() {
        return params.find(REASON, found) ? indexOf(REASONS, found) : NO_REASON;
    }

    /** Seconds, or -1 when absent. */
    public long expiresSec() {
        return params.decimal(EXPIRES, 0xFFFFFFFFL);
    }

    /** Seconds, or -1 when absent. */
    public long retryAfterSec() {
        return params.decimal(RETRY_AFTER, 0xFFFFFFFFL);
    }

    public static byte[] stateName(int state) {
        return STATES[state];
    }

    public static byte[] reasonName(int reason) {
        return REASONS[reason];
    }
}
