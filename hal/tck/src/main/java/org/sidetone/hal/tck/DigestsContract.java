package org.sidetone.hal.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.sidetone.hal.Digests;

/** {@link Digests}, by the test suites of RFC 1321 and RFC 6234. */
public abstract class DigestsContract {
    protected abstract Digests open();

    private static String digest(Digests digests, int algorithm, String text) {
        byte[] b = text.getBytes(StandardCharsets.US_ASCII);
        byte[] out = new byte[40];
        digests.start(algorithm);
        digests.update(b, 0, b.length / 2);
        digests.update(b, b.length / 2, b.length - b.length / 2);
        digests.finish(out, 4);
        return HexFormat.of().formatHex(out, 4, 4 + digests.length(algorithm));
    }

    @Test
    void md5() {
        assertEquals("d41d8cd98f00b204e9800998ecf8427e", digest(open(), Digests.MD5, ""));
        assertEquals("f96b697d7cb7938d525a2f31aaf161d0", digest(open(), Digests.MD5, "message digest"));
    }

    @Test
    void sha1() {
        assertEquals("a9993e364706816aba3e25717850c26c9cd0d89d", digest(open(), Digests.SHA_1, "abc"));
        assertEquals("84983e441c3bd26ebaae4aa1f95129e5e54670f1", digest(open(), Digests.SHA_1, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"));
    }

    @Test
    void sha256() {
        assertEquals("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", digest(open(), Digests.SHA_256, "abc"));
        assertEquals("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
                digest(open(), Digests.SHA_256, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"));
    }

    @Test
    void sha512cutTo256ByItsOwnInitialValue() {
        assertEquals("53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23", digest(open(), Digests.SHA_512_256, "abc"));
    }

    @Test
    void startDropsWhatWasFedBefore() {
        Digests digests = open();
        digests.start(Digests.MD5);
        digests.update(new byte[3], 0, 3);
        assertEquals("d41d8cd98f00b204e9800998ecf8427e", digest(digests, Digests.MD5, ""));
        assertEquals("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", digest(digests, Digests.SHA_256, "abc"));
    }

    @Test
    void anAlgorithmThatIsNotOfferedHasNoLength() {
        assertEquals(0, open().length(99));
    }
}
