package org.sidetone.hal;

/** Digest algorithms. One computation at a time; {@code start} drops what was fed before. Allocates nothing. */
public interface Digests {
    int MD5 = 0;
    int SHA_256 = 1;
    /** SHA-512/256 of FIPS 180-4, with its own initial value; not SHA-512 cut short. */
    int SHA_512_256 = 2;
    /** For files, whose hash it has to be (RFC 5547 section 6); not for secrets. */
    int SHA_1 = 3;

    /** Octets of a result: 16 for MD5, 20 for SHA-1, 32 for SHA-256 and SHA-512/256, 0 for an algorithm that is not offered. */
    int length(int algorithm);

    void start(int algorithm);

    void update(byte[] buffer, int offset, int length);

    /** Writes {@link #length} octets and ends the computation. */
    void finish(byte[] out, int offset);
}
