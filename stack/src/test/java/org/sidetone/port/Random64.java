package org.sidetone.port;

/** Numbers from a seed. */
public final class Random64 implements Random {
    private final java.util.Random random;

    public Random64(long seed) {
        random = new java.util.Random(seed);
    }

    @Override
    public long nextLong() {
        return random.nextLong();
    }
}
