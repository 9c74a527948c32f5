package org.sidetone.hal.bind;

import org.sidetone.hal.Digests;
import org.sidetone.port.Hash;

/** The stack's hashes from the body's digests. */
public final class DigestsHash implements Hash {
    private final Digests digests;

    public DigestsHash(Digests digests) {
        this.digests = digests;
    }

    @Override
    public int length(int algorithm) {
        return digests.length(algorithm == SHA_256 ? Digests.SHA_256 : Digests.MD5);
    }

    @Override
    public void start(int algorithm) {
        digests.start(algorithm == SHA_256 ? Digests.SHA_256 : Digests.MD5);
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
