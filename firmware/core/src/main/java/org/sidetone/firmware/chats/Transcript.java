package org.sidetone.firmware.chats;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;

/** What was said, line by line, in a fixed room: where there is no room for a new line the oldest go. */
public final class Transcript {
    public static final int THEIRS = 0;
    public static final int SENDING = 1;
    public static final int SENT = 2;
    public static final int DELIVERED = 3;
    public static final int FAILED = 4;
    /** Theirs, signed by who they are. */
    public static final int THEIRS_SIGNED = 5;
    /** Theirs, with a signature that proves nothing. */
    public static final int THEIRS_DOUBTFUL = 6;

    private static final int TIME = 1;
    private static final int ID = 9;
    private static final int LENGTH = 17;
    private static final int HEAD = 19;

    private final byte[] bytes;
    private int used;
    private final ByteSink sink = new ByteSink();

    Transcript(int capacity) {
        bytes = new byte[capacity];
    }

    void clear() {
        used = 0;
    }

    /** @param timeSec since 1970, negative: not known. @param id of one of ours */
    void add(int state, long timeSec, long id, Slice text) {
        int length = Math.min(text.length(), bytes.length - HEAD);
        while (used + HEAD + length > bytes.length) {
            int first = HEAD + lengthAt(0);
            System.arraycopy(bytes, first, bytes, 0, used - first);
            used -= first;
        }
        sink.wrap(bytes, used, HEAD).put(state);
        putLong(timeSec);
        putLong(id);
        sink.put(length >> 8).put(length);
        System.arraycopy(text.buffer(), text.offset(), bytes, used + HEAD, length);
        used += HEAD + length;
    }

    private void putLong(long n) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            sink.put((int) (n >> shift));
        }
    }

    private static boolean isTheirs(int state) {
        return state == THEIRS || state >= THEIRS_SIGNED;
    }

    /** What became of a line of ours. @return false when it is gone, or fared better already */
    boolean setState(long id, int state) {
        for (int at = first(); at >= 0; at = next(at)) {
            if (longAt(at + ID) == id && !isTheirs(bytes[at]) && (bytes[at] < state || state == FAILED && bytes[at] == SENDING)) {
                bytes[at] = (byte) state;
                return true;
            }
        }
        return false;
    }

    /** Whoever is not told yet will never be. */
    boolean failPending() {
        boolean some = false;
        for (int at = first(); at >= 0; at = next(at)) {
            if (bytes[at] == SENDING) {
                bytes[at] = FAILED;
                some = true;
            }
        }
        return some;
    }

    private long longAt(int at) {
        long n = 0;
        for (int i = 0; i < 8; i++) {
            n = n << 8 | bytes[at + i] & 0xFF;
        }
        return n;
    }

    private int lengthAt(int at) {
        return (bytes[at + LENGTH] & 0xFF) << 8 | bytes[at + LENGTH + 1] & 0xFF;
    }

    /** The oldest line; negative: there is none. */
    public int first() {
        return used == 0 ? -1 : 0;
    }

    /** The line after one; negative: there is none. */
    public int next(int line) {
        int after = line + HEAD + lengthAt(line);
        return after >= used ? -1 : after;
    }

    /** {@link #THEIRS}, or how far a line of ours came. */
    public int state(int line) {
        return bytes[line];
    }

    public long timeSec(int line) {
        return longAt(line + TIME);
    }

    public Slice text(int line, Slice out) {
        return out.wrap(bytes, line + HEAD, lengthAt(line));
    }

    /** Everything, to be kept. */
    Slice all(Slice out) {
        return out.wrap(bytes, 0, used);
    }

    /** Takes over what was kept. @return false, and nothing is there, when it is not a transcript */
    boolean restore(byte[] b, int offset, int length) {
        used = 0;
        if (length > bytes.length) {
            return false;
        }
        System.arraycopy(b, offset, bytes, 0, length);
        int at = 0;
        while (at < length) {
            if (at + HEAD > length || at + HEAD + lengthAt(at) > length || bytes[at] < THEIRS || bytes[at] > THEIRS_DOUBTFUL) {
                return false;
            }
            at += HEAD + lengthAt(at);
        }
        used = length;
        failPending();
        return true;
    }
}
