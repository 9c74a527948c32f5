package org.sidetone.bytes;

/** Finds slots of a pool by a hash: chains of slot numbers, made once. The caller compares the octets. */
public final class HashChains {
    /** End of a chain. */
    public static final int NONE = -1;

    private final int[] heads;
    private final int[] next;

    /** @param slots the pool's size */
    public HashChains(int slots) {
        int buckets = 1;
        while (buckets < slots) {
            buckets <<= 1;
        }
        heads = new int[buckets];
        next = new int[slots];
        for (int i = 0; i < buckets; i++) {
            heads[i] = NONE;
        }
    }

    private int bucket(int hash) {
        return (hash ^ hash >>> 16) & heads.length - 1;
    }

    public void add(int hash, int slot) {
        int bucket = bucket(hash);
        next[slot] = heads[bucket];
        heads[bucket] = slot;
    }

    public void remove(int hash, int slot) {
        int bucket = bucket(hash);
        if (heads[bucket] == slot) {
            heads[bucket] = next[slot];
            return;
        }
        for (int at = heads[bucket]; at != NONE; at = next[at]) {
            if (next[at] == slot) {
                next[at] = next[slot];
                return;
            }
        }
    }

    /** First slot whose hash may be this one, or {@link #NONE}. */
    public int first(int hash) {
        return heads[bucket(hash)];
    }

    public int next(int slot) {
        return next[slot];
    }
}
