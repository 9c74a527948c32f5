package org.sidetone.sip.register;

import org.sidetone.port.Random;

/** Waiting times after failures, as RFC 5626 section 4.5: doubling, bounded, and a random 50 to 100 % of that. */
public final class Backoff {
    private final long baseMs;
    private final long maximumMs;
    private int failures;

    public Backoff(long baseMs, long maximumMs) {
        this.baseMs = baseMs;
        this.maximumMs = maximumMs;
    }

    public void reset() {
        failures = 0;
    }

    public long nextMs(Random random) {
        long upper = Math.min(maximumMs, baseMs << Math.min(failures, 20));
        failures++;
        return upper / 2 + (random.nextLong() >>> 1) % (upper / 2 + 1);
    }
}
