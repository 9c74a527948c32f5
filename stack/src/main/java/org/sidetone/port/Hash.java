package org.sidetone.port;

/** Digest algorithms, provided by the owner. One object serves one thread; {@code start} drops what was fed before. */
public interface Hash {
    int MD5 = 0;
    int SHA_256 = 1;
    /** SHA-512/256 of FIPS 180-4, with its own initial value; not SHA-512 cut short. */
    int SHA_512_256 = 2;
    /** For files, whose hash it has to be (RFC 5547 section 6); not for secrets. */
    int SHA_1 = 3;

    /** Octets of the result: 16 for MD5, 20 for SHA-1, 32 for SHA-256 and SHA-512/256; 0 when the algorithm is not offered. */
    int length(int algorithm);

    void start(int algorithm);

    void update(byte[] buffer, int offset, int length);

    /** Writes {@link #length(int)} octets and ends the computation. */
    void finish(byte[] out, int offset);
}
