package org.sidetone.digest;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Hash;
import org.sidetone.port.Random;

/**
 * What a client remembers of one server's challenge, and the credentials it writes by it (RFC 7616 section 3.4). The nonce is
 * used again with a growing count until the server calls it stale.
 */
public final class DigestClient {
    private static final byte[] REALM = Ascii.bytes("realm");
    private static final byte[] NONCE = Ascii.bytes("nonce");
    private static final byte[] OPAQUE = Ascii.bytes("opaque");
    private static final byte[] ALGORITHM = Ascii.bytes("algorithm");
    private static final byte[] QOP = Ascii.bytes("qop");
    private static final byte[] STALE = Ascii.bytes("stale");
    private static final byte[] TRUE = Ascii.bytes("true");
    private static final byte[] AUTH = Ascii.bytes("auth");

    private final DigestFunction function;
    private final Random random;
    private final AuthView view = new AuthView();
    private final FixedText realm = new FixedText(128);
    private final FixedText nonce = new FixedText(256);
    private final FixedText opaque = new FixedText(256);
    private final byte[] cnonce = new byte[16];
    private final byte[] count = new byte[8];
    private final byte[] secret = new byte[DigestFunction.MAX_HEX];
    private final byte[] response = new byte[DigestFunction.MAX_HEX];
    private final ByteSink sink = new ByteSink();
    private final Slice a = new Slice();
    private final Slice b = new Slice();
    private final Slice c = new Slice();
    private final Slice d = new Slice();
    private final Slice e = new Slice();
    private int algorithm;
    private boolean withQop;
    private boolean stale;
    private long uses;

    public DigestClient(DigestFunction function, Random random) {
        this.function = function;
        this.random = random;
    }

    /** Takes a challenge over. @return false, and nothing changed, when it is not one we can answer */
    public boolean challenge(Slice value) {
        if (!view.wrap(value) || !view.isDigest()) {
            return false;
        }
        view.find(ALGORITHM, a);
        int named = DigestFunction.algorithm(a);
        boolean hasQop = view.find(QOP, a);
        if (named < 0 || function.hash().length(named) == 0 || hasQop && !listsAuth(a)) {
            return false;
        }
        if (!view.find(REALM, a) || a.length() > realm.capacity() || !view.find(NONCE, b) || b.length() > nonce.capacity()) {
            return false;
        }
        view.find(OPAQUE, c);
        if (c.length() > opaque.capacity()) {
            return false;
        }
        realm.set(a);
        nonce.set(b);
        opaque.set(c);
        algorithm = named;
        withQop = hasQop;
        stale = view.find(STALE, a) && a.equalsIgnoreCase(TRUE);
        uses = 0;
        return true;
    }

    private static boolean listsAuth(Slice qop) {
        int at = qop.offset();
        while (at < qop.limit()) {
            int end = Ascii.endOfToken(qop.buffer(), at, qop.limit());
            if (Ascii.equalsIgnoreCase(qop.buffer(), at, end - at, AUTH, 0, AUTH.length)) {
                return true;
            }
            at = end + 1;
        }
        return false;
    }

    /** Whether a challenge was taken over and credentials can be written. */
    public boolean isReady() {
        return !nonce.isEmpty();
    }

    /** Whether the last challenge said that only the nonce was too old. */
    public boolean isStale() {
        return stale;
    }

    public void forget() {
        nonce.clear();
    }

    /** Appends the value of an Authorization or Proxy-Authorization header. */
    public void putCredentials(Credentials who, byte[] method, Slice uri, ByteSink out) {
        uses++;
        sink.wrap(count).putHex(uses, 8);
        long fresh = random.nextLong();
        sink.wrap(cnonce).putHex(fresh, 16);
        function.secret(algorithm, who.username.slice(a), realm.slice(b), who.password.slice(c), secret);
        a.wrap(method);
        nonce.slice(b);
        c.wrap(count);
        d.wrap(cnonce);
        e.clear();
        if (withQop) {
            e.wrap(AUTH);
        }
        int digits = function.response(algorithm, secret, a, uri, b, c, d, e, response);
        out.put("Digest username=\"").put(who.username).put("\", realm=\"").put(realm).put("\", nonce=\"").put(nonce);
        out.put("\", uri=\"").put(uri).put("\", response=\"").put(response, 0, digits).put("\", algorithm=").put(DigestFunction.name(algorithm));
        if (withQop) {
            out.put(", qop=auth, nc=").put(count).put(", cnonce=\"").put(cnonce).put('"');
        }
        if (!opaque.isEmpty()) {
            out.put(", opaque=\"").put(opaque).put('"');
        }
    }

    /** The algorithm in use, a code of {@link Hash}. */
    public int algorithm() {
        return algorithm;
    }
}
