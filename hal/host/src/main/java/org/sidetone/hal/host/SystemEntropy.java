package org.sidetone.hal.host;

import java.io.FileInputStream;
import java.io.IOException;
import java.security.SecureRandom;
import org.sidetone.hal.Entropy;

/**
 * The machine's randomness, drawn in blocks: from the kernel's device where there is one, which allocates nothing, else from
 * {@link SecureRandom}.
 */
public final class SystemEntropy implements Entropy {
    private static final int BLOCK = 8192;
    private static final String DEVICE = "/dev/urandom";

    private final FileInputStream device;
    private final SecureRandom random = new SecureRandom();
    private final byte[] block = new byte[BLOCK];
    private int at = BLOCK;

    public SystemEntropy() {
        FileInputStream opened = null;
        try {
            opened = new FileInputStream(DEVICE);
        } catch (IOException e) {
            // another kind of system
        }
        device = opened;
    }

    @Override
    public long nextLong() {
        if (at == BLOCK) {
            fill();
        }
        long n = 0;
        for (int i = 0; i < 8; i++) {
            n = n << 8 | block[at] & 0xFF;
            block[at++] = 0;
        }
        return n;
    }

    private void fill() {
        at = 0;
        try {
            int n = 0;
            while (device != null && n < BLOCK) {
                int read = device.read(block, n, BLOCK - n);
                if (read <= 0) {
                    break;
                }
                n += read;
            }
            if (n == BLOCK) {
                return;
            }
        } catch (IOException e) {
            // the other source serves as well
        }
        random.nextBytes(block);
    }
}
