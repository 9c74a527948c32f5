package org.sidetone.msrp;

/** Which octets of a message have come, as a few ranges in order. */
final class Ranges {
    private static final int MAXIMUM = 8;

    private final long[] from = new long[MAXIMUM];
    private final long[] to = new long[MAXIMUM];
    private int count;

    void clear() {
        count = 0;
    }

    /** Adds octets {@code first} to {@code last}, both included; none when {@code last} is smaller. @return false when there are too many gaps */
    boolean add(long first, long last) {
        if (last < first) {
            return true;
        }
        int at = 0;
        while (at < count && to[at] < first - 1) {
            at++;
        }
        int end = at;
        long low = first;
        long high = last;
        while (end < count && from[end] <= high + 1) {
            low = Math.min(low, from[end]);
            high = Math.max(high, to[end]);
            end++;
        }
        int moved = count - end;
        if (end == at && count == MAXIMUM) {
            return false;
        }
        System.arraycopy(from, end, from, at + 1, moved);
        System.arraycopy(to, end, to, at + 1, moved);
        from[at] = low;
        to[at] = high;
        count = at + 1 + moved;
        return true;
    }

    /** Whether octets 1 to {@code last} are all there. */
    boolean isWhole(long last) {
        return last == 0 || count > 0 && from[0] == 1 && to[0] >= last;
    }

    /** How many octets are there from the first on, without a gap. */
    long contiguous() {
        return count > 0 && from[0] == 1 ? to[0] : 0;
    }

    /** How many octets are there. */
    long octets() {
        long n = 0;
        for (int i = 0; i < count; i++) {
            n += to[i] - from[i] + 1;
        }
        return n;
    }
}
