package org.sidetone;

import org.sidetone.port.Random;

/** Numbers from a seed. */
public final class SeededRandom implements Random {
    private final java.util.Random random;

    public SeededRandom(long seed) {
        random = new java.util.Random(seed);
    }

    @Override
    public long nextLong() {
        return random.nextLong();
    }
}
