package org.sidetone.doc.summary;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;

/** What waits in one mailbox: whether anything does, and how many messages of each class. */
public final class MessageSummary {
    public static final byte[] CONTENT_TYPE = Ascii.bytes("application/simple-message-summary");

    /** Classes of messages (RFC 3458 section 6.2). */
    public static final int VOICE = 0;
    public static final int FAX = 1;
    public static final int PAGER = 2;
    public static final int MULTIMEDIA = 3;
    public static final int TEXT = 4;
    public static final int NO_CLASS = 5;
    public static final int CLASSES = 6;

    /** Larger counts are this one (RFC 3842 section 3.5). */
    public static final long MOST = 0xFFFFFFFFL;

    private static final byte[][] NAMES = {Ascii.bytes("Voice-Message"), Ascii.bytes("Fax-Message"), Ascii.bytes("Pager-Message"),
        Ascii.bytes("Multimedia-Message"), Ascii.bytes("Text-Message"), Ascii.bytes("None")};
    private static final byte[] WAITING = Ascii.bytes("Messages-Waiting");
    private static final byte[] ACCOUNT = Ascii.bytes("Message-Account");
    private static final byte[] YES = Ascii.bytes("yes");
    private static final byte[] NO = Ascii.bytes("no");
    private static final int FRESH = 0;
    private static final int OLD = 1;
    private static final int FRESH_URGENT = 2;
    private static final int OLD_URGENT = 3;
    private static final int COUNTS = 4;

    /** URI of the mailbox; empty when not said. */
    public final FixedText account = new FixedText(160);
    private boolean waiting;
    private final boolean[] counted = new boolean[CLASSES];
    private final long[] counts = new long[COUNTS * CLASSES];
    private long number;
    private int at;

    public void clear() {
        account.clear();
        waiting = false;
        for (int i = 0; i < CLASSES; i++) {
            counted[i] = false;
        }
        for (int i = 0; i < counts.length; i++) {
            counts[i] = 0;
        }
    }

    /** Reads a body; message headers behind the summary lines are passed over. @return false when it is no summary: this one is empty then */
    public boolean read(Slice body) {
        clear();
        byte[] b = body.buffer();
        int limit = body.limit();
        boolean good = true;
        int line = 0;
        at = body.offset();
        while (good && at < limit) {
            int start = at;
            int end = Ascii.endOfText(b, at, limit);
            at = end < limit && b[end] == '\r' && end + 1 < limit && b[end + 1] == '\n' ? end + 2 : Math.min(limit, end + 1);
            if (end == start) {
                break;                                       // message headers follow
            }
            good = line(b, start, end, line++);
        }
        if (!good || line == 0) {
            clear();
            return false;
        }
        return true;
    }

    private boolean line(byte[] b, int start, int end, int index) {
        int nameEnd = Ascii.endOfToken(b, start, end);
        int colon = Ascii.skipLws(b, nameEnd, end);
        if (colon == end || b[colon] != ':') {
            return false;
        }
        int from = Ascii.skipLws(b, colon + 1, end);
        int to = Ascii.trimEnd(b, from, end);
        if (index == 0) {
            waiting = Ascii.equalsIgnoreCase(b, from, to - from, YES, 0, YES.length);
            return Ascii.equalsIgnoreCase(b, start, nameEnd - start, WAITING, 0, WAITING.length)
                    && (waiting || Ascii.equalsIgnoreCase(b, from, to - from, NO, 0, NO.length));
        }
        if (index == 1 && Ascii.equalsIgnoreCase(b, start, nameEnd - start, ACCOUNT, 0, ACCOUNT.length)) {
            return account.set(b, from, to - from);
        }
        for (int i = 0; i < CLASSES; i++) {
            if (Ascii.equalsIgnoreCase(b, start, nameEnd - start, NAMES[i], 0, NAMES[i].length)) {
                counted[i] = true;
                return counts(b, from, to, COUNTS * i);
            }
        }
        return true;                                         // a class that came later
    }

    /** {@code newmsgs SLASH oldmsgs [LPAREN new-urgentmsgs SLASH old-urgentmsgs RPAREN]}. */
    private boolean counts(byte[] b, int from, int limit, int into) {
        int p = pair(b, from, limit, into);
        if (p < 0 || p == limit) {
            return p == limit;
        }
        if (b[p] != '(') {
            return false;
        }
        p = pair(b, Ascii.skipLws(b, p + 1, limit), limit, into + FRESH_URGENT);
        return p >= 0 && p == limit - 1 && b[p] == ')';
    }

    /** @return index past the pair and white space behind it, or -1 */
    private int pair(byte[] b, int from, int limit, int into) {
        int p = count(b, from, limit);
        counts[into] = number;
        p = p < 0 ? p : Ascii.skipLws(b, p, limit);
        if (p < 0 || p == limit || b[p] != '/') {
            return -1;
        }
        p = count(b, Ascii.skipLws(b, p + 1, limit), limit);
        counts[into + 1] = number;
        return p < 0 ? p : Ascii.skipLws(b, p, limit);
    }

    private int count(byte[] b, int from, int limit) {
        int p = from;
        long n = 0;
        while (p < limit && Ascii.isDigit(b[p])) {
            n = Math.min(MOST, 10 * n + b[p++] - '0');
        }
        number = n;
        return p == from ? -1 : p;
    }

    /** Appends it as a body: without message headers. */
    public void write(ByteSink out) {
        out.put(WAITING).put(": ").put(waiting ? YES : NO).put("\r\n");
        if (!account.isEmpty()) {
            out.put(ACCOUNT).put(": ").put(account).put("\r\n");
        }
        for (int i = 0; i < CLASSES; i++) {
            if (counted[i]) {
                int c = COUNTS * i;
                out.put(NAMES[i]).put(": ").putDecimal(counts[c]).put('/').putDecimal(counts[c + OLD]);
                if (counts[c + FRESH_URGENT] > 0 || counts[c + OLD_URGENT] > 0) {
                    out.put(" (").putDecimal(counts[c + FRESH_URGENT]).put('/').putDecimal(counts[c + OLD_URGENT]).put(')');
                }
                out.put("\r\n");
            }
        }
    }

    /** Adds what another says: waiting when either is, counts summed (section 3.10). */
    public void merge(MessageSummary other) {
        waiting |= other.waiting;
        for (int i = 0; i < CLASSES; i++) {
            counted[i] |= other.counted[i];
        }
        for (int i = 0; i < counts.length; i++) {
            counts[i] = Math.min(MOST, counts[i] + other.counts[i]);
        }
    }

    public boolean isWaiting() {
        return waiting;
    }

    public void setWaiting(boolean value) {
        waiting = value;
    }

    /** Whether a class has a line of its own. */
    public boolean counts(int messageClass) {
        return counted[messageClass];
    }

    public long fresh(int messageClass) {
        return counts[COUNTS * messageClass + FRESH];
    }

    public long old(int messageClass) {
        return counts[COUNTS * messageClass + OLD];
    }

    public long freshUrgent(int messageClass) {
        return counts[COUNTS * messageClass + FRESH_URGENT];
    }

    public long oldUrgent(int messageClass) {
        return counts[COUNTS * messageClass + OLD_URGENT];
    }

    public void set(int messageClass, long fresh, long old, long freshUrgent, long oldUrgent) {
        int c = COUNTS * messageClass;
        counted[messageClass] = true;
        counts[c] = fresh;
        counts[c + OLD] = old;
        counts[c + FRESH_URGENT] = freshUrgent;
        counts[c + OLD_URGENT] = oldUrgent;
    }
}
