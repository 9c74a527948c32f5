package org.sidetone;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.sidetone.port.Hash;

/** The JDK's digests: somebody else's. */
public final class JdkHash implements Hash {
    private MessageDigest digest;

    @Override
    public int length(int algorithm) {
        return algorithm == MD5 ? 16 : algorithm == SHA_1 ? 20 : algorithm <= SHA_512_256 ? 32 : 0;
    }

    @Override
    public void start(int algorithm) {
        try {
            digest = MessageDigest.getInstance(algorithm == MD5 ? "MD5" : algorithm == SHA_1 ? "SHA-1" : algorithm == SHA_256 ? "SHA-256" : "SHA-512/256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void update(byte[] buffer, int offset, int length) {
        digest.update(buffer, offset, length);
    }

    @Override
    public void finish(byte[] out, int offset) {
        byte[] result = digest.digest();
        System.arraycopy(result, 0, out, offset, result.length);
    }
}
