package org.sidetone.digest;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Hash;

/** The computation of RFC 7616 section 3.4.1, on hex digits where they lie. One object serves one thread. */
public final class DigestFunction {
    /** Hex digits of the longest response, SHA-256. */
    public static final int MAX_HEX = 64;

    private static final byte[] COLON = {':'};
    private static final byte[][] NAMES = {Ascii.bytes("MD5"), Ascii.bytes("SHA-256")};

    private final Hash hash;
    private final byte[] raw = new byte[32];
    private final byte[] first = new byte[MAX_HEX];
    private final byte[] second = new byte[MAX_HEX];
    private final ByteSink sink = new ByteSink();

    public DigestFunction(Hash hash) {
        this.hash = hash;
    }

    public Hash hash() {
        return hash;
    }

    public static byte[] name(int algorithm) {
        return NAMES[algorithm];
    }

    /** Code of an algorithm name, -1 for one that we do not have. An absent name is MD5. */
    public static int algorithm(Slice name) {
        for (int i = 0; i < NAMES.length; i++) {
            if (name.equalsIgnoreCase(NAMES[i])) {
                return i;
            }
        }
        return name.isEmpty() ? Hash.MD5 : -1;
    }

    /** Writes H(username ":" realm ":" password) in hex. @return its digits */
    public int secret(int algorithm, Slice username, Slice realm, Slice password, byte[] out) {
        hash.start(algorithm);
        update(username);
        hash.update(COLON, 0, 1);
        update(realm);
        hash.update(COLON, 0, 1);
        update(password);
        return finish(algorithm, out);
    }

    /**
     * Writes the response in hex.
     * @param ha1 what {@link #secret} wrote. @param qop {@code auth}, or empty for a challenge without qop (RFC 2069)
     * @return its digits
     */
    public int response(int algorithm, byte[] ha1, Slice method, Slice uri, Slice nonce, Slice nc, Slice cnonce, Slice qop, byte[] out) {
        int digits = 2 * hash.length(algorithm);
        if (ha1 != first) {
            System.arraycopy(ha1, 0, first, 0, digits);
        }
        hash.start(algorithm);
        update(method);
        hash.update(COLON, 0, 1);
        update(uri);
        finish(algorithm, second);
        hash.start(algorithm);
        hash.update(first, 0, digits);
        hash.update(COLON, 0, 1);
        update(nonce);
        hash.update(COLON, 0, 1);
        if (!qop.isEmpty()) {
            update(nc);
            hash.update(COLON, 0, 1);
            update(cnonce);
            hash.update(COLON, 0, 1);
            update(qop);
            hash.update(COLON, 0, 1);
        }
        hash.update(second, 0, digits);
        return finish(algorithm, out);
    }

    /** Ends a hash and writes it in hex. @return its digits */
    int finish(int algorithm, byte[] out) {
        int n = hash.length(algorithm);
        hash.finish(raw, 0);
        sink.wrap(out).putHex(raw, 0, n);
        return 2 * n;
    }

    private void update(Slice s) {
        hash.update(s.buffer(), s.offset(), s.length());
    }
}
