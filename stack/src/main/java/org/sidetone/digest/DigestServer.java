package org.sidetone.digest;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Hex;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Hash;
import org.sidetone.port.Random;

/**
 * Challenges and checks (RFC 7616 section 3.3). The nonce carries its time and a keyed hash of it, so nothing is stored for
 * somebody who was only challenged; what nonces were used for is kept, so that nothing overheard can be used again.
 */
public final class DigestServer {
    public static final int GOOD = 0;
    /** No credentials for this realm: challenge. */
    public static final int MISSING = 1;
    /** The nonce is too old, or used with this count before; the rest was right: challenge with stale=true. */
    public static final int STALE = 2;
    /** Wrong user, secret, algorithm or URI: challenge again. */
    public static final int WRONG = 3;
    /** Credentials that cannot be read: 400. */
    public static final int MALFORMED = 4;

    /** Looks up the secret of a user. */
    public interface Users {
        /** @param password receives it. @return false for an unknown user */
        boolean password(Slice username, FixedText password);

        /**
         * Finds the user whose {@link DigestFunction#userHash} in this server's realm is given.
         * @param username receives the name. @return false for an unknown one, and where names are not hashed
         */
        boolean unhash(int algorithm, Slice userHash, FixedText username);
    }

    private static final byte[] USERNAME = Ascii.bytes("username");
    private static final byte[] REALM = Ascii.bytes("realm");
    private static final byte[] NONCE = Ascii.bytes("nonce");
    private static final byte[] URI = Ascii.bytes("uri");
    private static final byte[] RESPONSE = Ascii.bytes("response");
    private static final byte[] ALGORITHM = Ascii.bytes("algorithm");
    private static final byte[] QOP = Ascii.bytes("qop");
    private static final byte[] AUTH = Ascii.bytes("auth");
    private static final byte[] AUTH_INT = Ascii.bytes("auth-int");
    private static final byte[] USERHASH = Ascii.bytes("userhash");
    private static final byte[] TRUE = Ascii.bytes("true");
    private static final byte[] NC = Ascii.bytes("nc");
    private static final byte[] CNONCE = Ascii.bytes("cnonce");
    private static final int TIME_DIGITS = 12;
    private static final int SALT_DIGITS = 8;
    private static final int HASHED = TIME_DIGITS + SALT_DIGITS;
    private static final int NONCE_LENGTH = HASHED + 32;

    private final DigestFunction function;
    private final Users users;
    private final FixedText realm = new FixedText(128);
    private final byte[] key = new byte[32];
    private final long nonceLifeMs;
    private final AuthView view = new AuthView();
    private final FixedText password = new FixedText(128);
    private final byte[] expected = new byte[DigestFunction.MAX_HEX];
    private final byte[] secret = new byte[DigestFunction.MAX_HEX];
    private final byte[] nonce = new byte[NONCE_LENGTH];
    private final byte[] nonceHash = new byte[DigestFunction.MAX_HEX];
    private final ByteSink sink = new ByteSink();
    private final byte[] bodyHash = new byte[DigestFunction.MAX_HEX];
    private final FixedText authenticated = new FixedText(128);
    private final FixedText unhashed = new FixedText(128);
    private final NonceUses uses;
    private boolean offersBody;
    private boolean offersUserHash;
    private long salt;
    private long replays;
    private int checkedAlgorithm;
    private final Slice username = new Slice();
    private final Slice a = new Slice();
    private final Slice b = new Slice();
    private final Slice nc = new Slice();
    private final Slice cnonce = new Slice();
    private final Slice qop = new Slice();
    private final Slice nonceText = new Slice();
    private final Slice uri = new Slice();
    private final Slice known = new Slice();

    /** @param nonces how many are remembered with their counts; 0: replays are not noticed */
    public DigestServer(DigestFunction function, Random random, Users users, String realm, long nonceLifeMs, int nonces) {
        this.function = function;
        uses = new NonceUses(nonces, NONCE_LENGTH);
        this.users = users;
        this.nonceLifeMs = nonceLifeMs;
        this.realm.set(realm);
        sink.wrap(key);
        sink.putHex(random.nextLong(), 16).putHex(random.nextLong(), 16);
        salt = random.nextLong();
    }

    /** @param body challenges offer qop auth-int beside auth. @param userHash they ask for hashed user names */
    public void offer(boolean body, boolean userHash) {
        offersBody = body;
        offersUserHash = userHash;
    }

    public FixedText realm() {
        return realm;
    }

    /** Appends the value of a WWW-Authenticate or Proxy-Authenticate header for one algorithm of {@link Hash}. */
    public void putChallenge(int algorithm, boolean stale, long nowMs, ByteSink out) {
        writeNonce(nowMs, ++salt);
        out.put("Digest realm=\"").put(realm).put("\", nonce=\"").put(nonce).put("\", algorithm=").put(DigestFunction.name(algorithm));
        out.put(offersBody ? ", qop=\"auth,auth-int\"" : ", qop=\"auth\"");
        if (offersUserHash) {
            out.put(", userhash=true");
        }
        if (stale) {
            out.put(", stale=true");
        }
    }

    private void writeNonce(long nowMs, long salted) {
        Hash hash = function.hash();
        sink.wrap(nonce).putHex(nowMs, TIME_DIGITS).putHex(salted, SALT_DIGITS);
        hash.start(Hash.MD5);
        hash.update(key, 0, key.length);
        hash.update(nonce, 0, HASHED);
        hash.update(realm.bytes(), 0, realm.length());
        function.finish(Hash.MD5, nonceHash);
        System.arraycopy(nonceHash, 0, nonce, HASHED, 32);
    }

    /** Whether a credentials value is meant for our realm. */
    public boolean isOurs(Slice value) {
        return view.wrap(value) && view.isDigest() && view.find(REALM, a) && realm.equals(a);
    }

    /** Checks a credentials value. @param body of the request. After {@link #GOOD}, {@link #authenticated()} is the user. */
    public int check(Slice value, byte[] method, Slice body, long nowMs) {
        return check(value, method, null, body, nowMs);
    }

    /** The same where the request says what its URI is; credentials may leave it out, or say the same. @param ofRequest null: the credentials' own counts */
    public int check(Slice value, byte[] method, Slice ofRequest, Slice body, long nowMs) {
        authenticated.clear();
        if (!view.wrap(value) || !view.isDigest()) {
            return MALFORMED;
        }
        if (!view.find(USERNAME, username) || !view.find(RESPONSE, a) || !view.find(NONCE, nonceText) || !view.find(URI, uri) && ofRequest == null) {
            return MALFORMED;
        }
        if (ofRequest != null) {
            if (!uri.isEmpty() && !uri.equals(ofRequest)) {
                return WRONG;
            }
            uri.set(ofRequest);
        }
        view.find(ALGORITHM, b);
        int algorithm = DigestFunction.algorithm(b);
        view.find(QOP, qop);
        view.find(NC, nc);
        view.find(CNONCE, cnonce);
        if (algorithm < 0 || algorithm >= DigestFunction.SESSION || !function.offers(algorithm)) {
            return WRONG;
        }
        boolean withBody = qop.equalsIgnoreCase(AUTH_INT);
        long useCount = hex(nc, 0, nc.length());
        if (!qop.isEmpty() && (!withBody && !qop.equalsIgnoreCase(AUTH) || nc.length() != 8 || useCount < 0 || cnonce.isEmpty())) {
            return MALFORMED;
        }
        if (view.find(USERHASH, b) && b.equalsIgnoreCase(TRUE)) {
            if (!users.unhash(algorithm, username, unhashed)) {
                return WRONG;
            }
            unhashed.slice(username);
        }
        long madeMs = nonceTime();
        if (!users.password(username, password) || madeMs < 0) {
            return madeMs < 0 ? STALE : WRONG;
        }
        if (withBody) {
            function.bodyHash(algorithm, body, bodyHash);
        }
        function.secret(algorithm, username, realm.slice(b), password.slice(known), secret);
        int digits = function.response(algorithm, secret, b.wrap(method), uri, nonceText, nc, cnonce, qop,
                withBody ? bodyHash : null, expected);
        if (!Ascii.equalsIgnoreCase(expected, 0, digits, a.buffer(), a.offset(), a.length())) {
            return WRONG;
        }
        if (nowMs - madeMs > nonceLifeMs) {
            return STALE;
        }
        if (!qop.isEmpty() && !uses.use(nonceText, madeMs, useCount, nowMs)) {
            replays++;
            return STALE;
        }
        authenticated.set(username);
        checkedAlgorithm = algorithm;
        return GOOD;
    }

    /**
     * Appends the value of the Authentication-Info that follows good credentials (RFC 7616 section 3.5): our own response shows that we know
     * the secret, too. Right after {@link #check} alone, which it leaves as it is.
     * @return false when the credentials were without qop, so that there is nothing to say
     */
    public boolean putInfo(ByteSink out) {
        if (qop.isEmpty() || qop.equalsIgnoreCase(AUTH_INT)) {
            return false;
        }
        b.clear();
        int digits = function.response(checkedAlgorithm, secret, b, uri, nonceText, nc, cnonce, qop, null, expected);
        out.put("rspauth=\"").put(expected, 0, digits).put("\", cnonce=\"").put(cnonce).put("\", nc=").put(nc).put(", qop=").put(qop);
        return true;
    }

    /** When one of our nonces was made, or -1 for one we did not make. */
    private long nonceTime() {
        if (nonceText.length() != NONCE_LENGTH) {
            return -1;
        }
        long made = hex(nonceText, 0, TIME_DIGITS);
        long salted = hex(nonceText, TIME_DIGITS, SALT_DIGITS);
        if (made < 0 || salted < 0) {
            return -1;
        }
        writeNonce(made, salted);
        return nonceText.equals(nonce) ? made : -1;
    }

    private static long hex(Slice text, int at, int digits) {
        long n = 0;
        for (int i = at; i < at + digits; i++) {
            int digit = Hex.value(text.byteAt(i));
            if (digit < 0) {
                return -1;
            }
            n = n << 4 | digit;
        }
        return n;
    }

    /** Good credentials that came a second time. */
    public long replays() {
        return replays;
    }

    /** The user of the last {@link #check} that was good. */
    public FixedText authenticated() {
        return authenticated;
    }
}
