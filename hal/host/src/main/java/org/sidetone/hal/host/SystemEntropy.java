package org.sidetone.hal.host;

import java.security.SecureRandom;
import org.sidetone.hal.Entropy;

/** The machine's randomness, drawn in blocks of 8 KB; a draw in between allocates nothing. */
public final class SystemEntropy implements Entropy {
    private static final int BLOCK = 8192;

    private final SecureRandom random = new SecureRandom();
    private final byte[] block = new byte[BLOCK];
    private int at = BLOCK;

    @Override
    public long nextLong() {
        if (at == BLOCK) {
            random.nextBytes(block);
            at = 0;
        }
        long n = 0;
        for (int i = 0; i < 8; i++) {
            n = n << 8 | block[at] & 0xFF;
            block[at++] = 0;
        }
        return n;
    }
}
