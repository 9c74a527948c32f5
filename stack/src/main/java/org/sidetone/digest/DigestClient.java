package org.sidetone.digest;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.msg.Grammar;
import org.sidetone.port.Hash;
import org.sidetone.port.Random;

/**
 * What a client remembers of one server's challenge, and the credentials it writes by it (RFC 7616 section 3.4). The nonce is
 * used again with a growing count until the server calls it stale or names the next one.
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
    private static final byte[] AUTH_INT = Ascii.bytes("auth-int");
    private static final byte[] USERHASH = Ascii.bytes("userhash");
    private static final byte[] NEXT_NONCE = Ascii.bytes("nextnonce");
    private static final byte[] RESPONSE_AUTH = Ascii.bytes("rspauth");

    private final DigestFunction function;
    private final Random random;
    private final AuthView view = new AuthView();
    private final FixedText realm = new FixedText(128);
    private final FixedText nonce = new FixedText(256);
    private final FixedText opaque = new FixedText(256);
    private final byte[] cnonce = new byte[16];
    private final byte[] count = new byte[8];
    private final byte[] lastCount = new byte[8];
    private final FixedText lastUri = new FixedText(256);
    private final byte[] secret = new byte[DigestFunction.MAX_HEX];
    private final byte[] bodyHash = new byte[DigestFunction.MAX_HEX];
    private final byte[] userHash = new byte[DigestFunction.MAX_HEX];
    private final byte[] response = new byte[DigestFunction.MAX_HEX];
    private final ByteSink sink = new ByteSink();
    private final Slice a = new Slice();
    private final Slice b = new Slice();
    private final Slice c = new Slice();
    private final Slice d = new Slice();
    private final Slice e = new Slice();
    private final Slice a2 = new Slice();
    private final Slice uriSlice = new Slice();
    private int algorithm;
    private byte[] qop;
    private boolean hashedUser;
    private int minimumStrength;
    private boolean stale;
    private long uses;

    public DigestClient(DigestFunction function, Random random) {
        this.function = function;
        this.random = random;
    }

    /** Refuses challenges whose algorithm is worth less than this (RFC 8760 section 2.4: a policy against bidding down). */
    public void setMinimumAlgorithm(int ofHash) {
        minimumStrength = DigestFunction.strength(ofHash);
    }

    /** Takes a challenge over. @return false, and nothing changed, when it is not one we can answer */
    public boolean challenge(Slice value) {
        if (!view.wrap(value) || !view.isDigest()) {
            return false;
        }
        view.find(ALGORITHM, a);
        int named = DigestFunction.algorithm(a);
        boolean hasQop = view.find(QOP, a);
        if (!function.offers(named) || DigestFunction.strength(named) < minimumStrength) {
            return false;
        }
        byte[] chosen = !hasQop ? null : lists(a, AUTH) ? AUTH : lists(a, AUTH_INT) ? AUTH_INT : null;
        if (hasQop && chosen == null || chosen == null && named >= DigestFunction.SESSION) {
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
        qop = chosen;
        hashedUser = view.find(USERHASH, a) && a.equalsIgnoreCase(TRUE);
        stale = view.find(STALE, a) && a.equalsIgnoreCase(TRUE);
        uses = 0;
        return true;
    }

    private static boolean lists(Slice options, byte[] one) {
        int at = options.offset();
        while (at < options.limit()) {
            int end = Ascii.endOfToken(options.buffer(), at, options.limit());
            if (Ascii.equalsIgnoreCase(options.buffer(), at, end - at, one, 0, one.length)) {
                return true;
            }
            at = end + 1;
        }
        return false;
    }

    /** Whether the last challenge was of a realm. */
    boolean isOf(Slice otherRealm) {
        return realm.equals(otherRealm);
    }

    /** As it stands, escapes included. */
    public FixedText realm() {
        return realm;
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

    /** Whether the credentials cover the body (qop auth-int), so that it has to be known before they are written. */
    public boolean coversBody() {
        return isReady() && qop == AUTH_INT;
    }

    /** Appends the value of an Authorization or Proxy-Authorization header. @param body looked at when {@link #coversBody} */
    public void putCredentials(Credentials who, byte[] method, Slice uri, Slice body, ByteSink out) {
        uses++;
        sink.wrap(count).putHex(uses, 8);
        System.arraycopy(count, 0, lastCount, 0, count.length);
        lastUri.set(uri);
        boolean session = algorithm >= DigestFunction.SESSION;
        if (uses == 1 || !session) {                                // a session's secret is made of the first (section 3.4.2)
            sink.wrap(cnonce).putHex(random.nextLong(), 16);
        }
        function.secret(algorithm, who.username.slice(a), realm.slice(b), who.password.slice(c), secret);
        if (session) {
            function.session(algorithm, secret, nonce.slice(a), b.wrap(cnonce));
        }
        if (qop == AUTH_INT) {
            function.bodyHash(algorithm, body, bodyHash);
        }
        a.wrap(method);
        nonce.slice(b);
        c.wrap(count);
        d.wrap(cnonce);
        e.clear();
        if (qop != null) {
            e.wrap(qop);
        }
        int digits = function.response(algorithm, secret, a, uri, b, c, d, e, qop == AUTH_INT ? bodyHash : null, response);
        out.put("Digest username=\"");
        if (hashedUser) {
            out.put(userHash, 0, function.userHash(algorithm, who.username.slice(a), realm.slice(b), userHash));
        } else {
            Grammar.escape(who.username.bytes(), 0, who.username.length(), out);
        }
        out.put("\", realm=\"").put(realm).put("\", nonce=\"").put(nonce);
        out.put("\", uri=\"").put(uri).put("\", response=\"").put(response, 0, digits).put("\", algorithm=").put(DigestFunction.name(algorithm));
        if (qop != null) {
            out.put(", qop=").put(qop).put(", nc=").put(count).put(", cnonce=\"").put(cnonce).put('"');
        }
        if (!opaque.isEmpty()) {
            out.put(", opaque=\"").put(opaque).put('"');
        }
        if (hashedUser) {
            out.put(", userhash=true");
        }
    }

    /**
     * Reads the Authentication-Info (RFC 7616 section 3.5) of a 2xx to the last credentials: from its nextnonce on that nonce is used.
     * @param body of the response
     * @return false when its rspauth shows that the server does not know the secret
     */
    public boolean onInfo(Slice value, Slice body) {
        if (!isReady() || !view.wrapParams(value)) {
            return true;
        }
        boolean trusted = !view.find(RESPONSE_AUTH, e) || isResponseAuth(e, body);
        if (view.find(NEXT_NONCE, a) && a.length() > 0 && a.length() <= nonce.capacity() && trusted) {
            nonce.set(a);
            uses = 0;
        }
        return trusted;
    }

    /** The server's own response: the method left out, the body the response's. */
    private boolean isResponseAuth(Slice said, Slice body) {
        if (qop == AUTH_INT) {
            function.bodyHash(algorithm, body, bodyHash);
        }
        a.clear();
        c.wrap(lastCount);
        d.wrap(cnonce);
        int digits = function.response(algorithm, secret, a, lastUri.slice(uriSlice), nonce.slice(b), c, d, qop == null ? a : a2.wrap(qop),
                qop == AUTH_INT ? bodyHash : null, response);
        return Ascii.equalsIgnoreCase(response, 0, digits, said.buffer(), said.offset(), said.length());
    }

    /** The algorithm in use, a code of {@link Hash} with {@link DigestFunction#SESSION}. */
    public int algorithm() {
        return algorithm;
    }
}
