package org.sidetone.hal.bind;

import org.sidetone.hal.Entropy;
import org.sidetone.port.Random;

/** The stack's randomness from the body's entropy. */
public final class EntropyRandom implements Random {
    private final Entropy entropy;

    public EntropyRandom(Entropy entropy) {
        this.entropy = entropy;
    }

    @Override
    public long nextLong() {
        return entropy.nextLong();
    }
}
