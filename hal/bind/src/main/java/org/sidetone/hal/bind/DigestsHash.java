package org.sidetone.hal.bind;

import org.sidetone.hal.Digests;
import org.sidetone.port.Hash;

/** The stack's hashes from the body's digests. */
public final class DigestsHash implements Hash {
    private final Digests digests;

    public DigestsHash(Digests digests) {
        this.digests = digests;
    }

    private static int code(int algorithm) {
        switch (algorithm) {
            case MD5:
                return Digests.MD5;
            case SHA_256:
                return Digests.SHA_256;
            case SHA_1:
                return Digests.SHA_1;
            default:
                return Digests.SHA_512_256;
        }
    }

    @Override
    public int length(int algorithm) {
        return digests.length(code(algorithm));
    }

    @Override
    public void start(int algorithm) {
        digests.start(code(algorithm));
    }

    @Override
    public void update(byte[] buffer, int offset, int length) {
        digests.update(buffer, offset, length);
    }

    @Override
    public void finish(byte[] out, int offset) {
        digests.finish(out, offset);
    }
}
