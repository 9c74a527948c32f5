package org.sidetone.sip.register;

import org.sidetone.port.Random;

/** Waiting times after failures, RFC 5626 section 4.5: a base doubled for each consecutive failure, bounded, and a random 50 to 100 % of it. */
public final class Backoff {
    private long baseMs;
    private final long maximumMs;
    private int failures;

    public Backoff(long baseMs, long maximumMs) {
        this.baseMs = baseMs;
        this.maximumMs = maximumMs;
    }

    public void setBase(long ms) {
        baseMs = ms;
    }

    public void reset() {
        failures = 0;
    }

    /** The wait after one more failure: after the first between the base and twice that. */
    public long nextMs(Random random) {
        failures = Math.min(failures + 1, 20);
        long upper = Math.min(maximumMs, baseMs << failures);
        return upper / 2 + (random.nextLong() >>> 1) % (upper / 2 + 1);
    }
}
