package org.sidetone.digest;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Hash;

/** The computations of RFC 7616 section 3.4, on hex digits where they lie. One object serves one thread. */
public final class DigestFunction {
    /** Hex digits of the longest response. */
    public static final int MAX_HEX = 64;
    /** Added to a code of {@link Hash}: the secret is hashed with the nonces once more, {@code -sess}. */
    public static final int SESSION = 16;

    private static final byte[] COLON = {':'};
    private static final byte[] SUFFIX = Ascii.bytes("-sess");
    private static final byte[][] NAMES = {Ascii.bytes("MD5"), Ascii.bytes("SHA-256"), Ascii.bytes("SHA-512-256")};
    private static final byte[][] SESSION_NAMES = {Ascii.bytes("MD5-sess"), Ascii.bytes("SHA-256-sess"), Ascii.bytes("SHA-512-256-sess")};

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
        return (algorithm & SESSION) != 0 ? SESSION_NAMES[algorithm - SESSION] : NAMES[algorithm];
    }

    /** Code of an algorithm name, with {@link #SESSION}; -1 for one that we do not have. An absent name is MD5. */
    public static int algorithm(Slice name) {
        int length = name.length();
        int session = 0;
        if (length > SUFFIX.length && Ascii.equalsIgnoreCase(name.buffer(), name.limit() - SUFFIX.length, SUFFIX.length, SUFFIX, 0, SUFFIX.length)) {
            length -= SUFFIX.length;
            session = SESSION;
        }
        for (int i = 0; i < NAMES.length; i++) {
            if (Ascii.equalsIgnoreCase(name.buffer(), name.offset(), length, NAMES[i], 0, NAMES[i].length)) {
                return i | session;
            }
        }
        return name.isEmpty() ? Hash.MD5 : -1;
    }

    /** Whether the owner's {@link Hash} has an algorithm. */
    public boolean offers(int algorithm) {
        return algorithm >= 0 && hash.length(algorithm & ~SESSION) > 0;
    }

    /** How much an algorithm is worth: 0 for MD5, 1 for the others. */
    public static int strength(int algorithm) {
        return (algorithm & ~SESSION) == Hash.MD5 ? 0 : 1;
    }

    /** Writes H(username ":" realm ":" password) in hex. @return its digits */
    public int secret(int algorithm, Slice username, Slice realm, Slice password, byte[] out) {
        start(algorithm);
        update(username);
        colon();
        update(realm);
        colon();
        update(password);
        return finish(algorithm, out);
    }

    /** Turns what {@link #secret} wrote into the secret of a session, H(secret ":" nonce ":" cnonce). */
    public void session(int algorithm, byte[] ha1, Slice nonce, Slice cnonce) {
        start(algorithm);
        hash.update(ha1, 0, digits(algorithm));
        colon();
        update(nonce);
        colon();
        update(cnonce);
        finish(algorithm, ha1);
    }

    /** Writes H(username ":" realm) in hex, which stands for the name where a server offers userhash. @return its digits */
    public int userHash(int algorithm, Slice username, Slice realm, byte[] out) {
        start(algorithm);
        update(username);
        colon();
        update(realm);
        return finish(algorithm, out);
    }

    /** Writes H(body) in hex, for qop auth-int. @return its digits */
    public int bodyHash(int algorithm, Slice body, byte[] out) {
        start(algorithm);
        update(body);
        return finish(algorithm, out);
    }

    /**
     * Writes the response in hex.
     * @param ha1 what {@link #secret} wrote. @param method empty for the server's rspauth
     * @param qop {@code auth}, {@code auth-int}, or empty for a challenge without qop (RFC 2069)
     * @param bodyHash what {@link #bodyHash} wrote; null: not auth-int
     * @return its digits
     */
    public int response(int algorithm, byte[] ha1, Slice method, Slice uri, Slice nonce, Slice nc, Slice cnonce, Slice qop, byte[] bodyHash,
            byte[] out) {
        int digits = digits(algorithm);
        if (ha1 != first) {
            System.arraycopy(ha1, 0, first, 0, digits);
        }
        start(algorithm);
        update(method);
        colon();
        update(uri);
        if (bodyHash != null) {
            colon();
            hash.update(bodyHash, 0, digits);
        }
        finish(algorithm, second);
        start(algorithm);
        hash.update(first, 0, digits);
        colon();
        update(nonce);
        colon();
        if (!qop.isEmpty()) {
            update(nc);
            colon();
            update(cnonce);
            colon();
            update(qop);
            colon();
        }
        hash.update(second, 0, digits);
        return finish(algorithm, out);
    }

    private void start(int algorithm) {
        hash.start(algorithm & ~SESSION);
    }

    private int digits(int algorithm) {
        return 2 * hash.length(algorithm & ~SESSION);
    }

    private void colon() {
        hash.update(COLON, 0, 1);
    }

    /** Ends a hash and writes it in hex. @return its digits */
    int finish(int algorithm, byte[] out) {
        hash.finish(raw, 0);
        sink.wrap(out).putHex(raw, 0, digits(algorithm) / 2);
        return digits(algorithm);
    }

    private void update(Slice s) {
        hash.update(s.buffer(), s.offset(), s.length());
    }
}
