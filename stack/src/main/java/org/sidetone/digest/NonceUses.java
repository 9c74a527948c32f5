package org.sidetone.digest;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.HashChains;
import org.sidetone.bytes.Slice;

/**
 * Which counts of which nonces were used, so that credentials that were overheard are worth nothing (RFC 7616 section 5.12). Counts may
 * come out of order within a window of 64, as requests on different ways do. When the table is full the nonce longest without use goes,
 * and no nonce as old as that is taken any more.
 */
final class NonceUses {
    private static final int WINDOW = 64;

    private final FixedText[] nonces;
    private final int[] hashes;
    private final long[] madeMs;
    private final long[] usedMs;
    private final long[] highest;
    private final long[] seen;
    private final HashChains index;
    private int count;
    private long oldestMs;

    NonceUses(int size, int nonceLength) {
        nonces = new FixedText[size];
        for (int i = 0; i < size; i++) {
            nonces[i] = new FixedText(nonceLength);
        }
        hashes = new int[size];
        madeMs = new long[size];
        usedMs = new long[size];
        highest = new long[size];
        seen = new long[size];
        index = new HashChains(size);
    }

    /** @return false when this count was used before, or it cannot be told any more */
    boolean use(Slice nonce, long nonceMadeMs, long nc, long nowMs) {
        int hash = Ascii.hash(nonce.buffer(), nonce.offset(), nonce.length());
        for (int i = index.first(hash); i != HashChains.NONE; i = index.next(i)) {
            if (nonces[i].equals(nonce)) {
                usedMs[i] = nowMs;
                return useKnown(i, nc);
            }
        }
        if (nonceMadeMs < oldestMs || nonces.length == 0) {
            return nonces.length == 0;
        }
        int slot = count < nonces.length ? count++ : evict();
        nonces[slot].set(nonce);
        hashes[slot] = hash;
        madeMs[slot] = nonceMadeMs;
        usedMs[slot] = nowMs;
        highest[slot] = nc;
        seen[slot] = 1;
        index.add(hash, slot);
        return true;
    }

    private boolean useKnown(int slot, long nc) {
        if (nc > highest[slot]) {
            long shift = nc - highest[slot];
            seen[slot] = shift >= WINDOW ? 1 : seen[slot] << shift | 1;
            highest[slot] = nc;
            return true;
        }
        long behind = highest[slot] - nc;
        if (behind >= WINDOW || (seen[slot] >>> behind & 1) != 0) {
            return false;
        }
        seen[slot] |= 1L << behind;
        return true;
    }

    private int evict() {
        int slot = 0;
        for (int i = 1; i < nonces.length; i++) {
            if (usedMs[i] < usedMs[slot]) {
                slot = i;
            }
        }
        oldestMs = Math.max(oldestMs, madeMs[slot] + 1);
        index.remove(hashes[slot], slot);
        return slot;
    }
}
