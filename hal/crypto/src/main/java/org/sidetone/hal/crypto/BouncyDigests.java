package org.sidetone.hal.crypto;

import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.MD5Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512tDigest;
import org.sidetone.hal.Digests;

/** MD5, SHA-1, SHA-256 and SHA-512/256; 0 bytes allocated an operation. */
public final class BouncyDigests implements Digests {
    private final Digest md5 = new MD5Digest();
    private final Digest sha1 = new SHA1Digest();
    private final Digest sha256 = SHA256Digest.newInstance();
    private final Digest sha512cut = new SHA512tDigest(256);
    private Digest current = md5;

    @Override
    public int length(int algorithm) {
        return algorithm == MD5 ? 16 : algorithm == SHA_1 ? 20 : algorithm == SHA_256 || algorithm == SHA_512_256 ? 32 : 0;
    }

    @Override
    public void start(int algorithm) {
        current = algorithm == SHA_1 ? sha1 : algorithm == SHA_256 ? sha256 : algorithm == SHA_512_256 ? sha512cut : md5;
        current.reset();
    }

    @Override
    public void update(byte[] buffer, int offset, int length) {
        current.update(buffer, offset, length);
    }

    @Override
    public void finish(byte[] out, int offset) {
        current.doFinal(out, offset);
    }
}
