package org.sidetone.doc.pidf;

/** Priorities that are taken or not (RFC 5196 section 3.2.17): ranges of whole numbers; more than there is room for are left out. */
public final class Priorities {
    /** Ranges that are kept. */
    public static final int MOST = 4;

    public final long[] from = new long[MOST];
    public final long[] to = new long[MOST];
    public final boolean[] supported = new boolean[MOST];
    public int count;

    void clear() {
        count = 0;
    }

    /** @param low {@link Long#MIN_VALUE}: no lower bound. @param high {@link Long#MAX_VALUE}: no upper bound */
    public void add(boolean isSupported, long low, long high) {
        if (count < MOST) {
            from[count] = low;
            to[count] = high;
            supported[count++] = isSupported;
        }
    }
}
