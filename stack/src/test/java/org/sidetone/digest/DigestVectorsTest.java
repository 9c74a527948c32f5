package org.sidetone.digest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sidetone.JdkHash;
import org.sidetone.Vectors;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Hash;

class DigestVectorsTest {
    private static Slice slice(String text) {
        return new Slice().wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyVectorWithAnAlgorithmOfOurs() throws IOException {
        int checked = 0;
        DigestFunction function = new DigestFunction(new JdkHash());
        for (Map<String, String> row : Vectors.table("digest/vectors.tsv")) {
            int algorithm = DigestFunction.algorithm(slice(row.get("algorithm")));
            boolean plain = row.get("qop").isEmpty() || row.get("qop").equals("auth");
            if (algorithm < 0 || !plain) {
                continue;
            }
            byte[] secret = new byte[64];
            byte[] out = new byte[64];
            function.secret(algorithm, slice(row.get("username")), slice(row.get("realm")), slice(row.get("password")), secret);
            int n = function.response(algorithm, secret, slice(row.get("method")), slice(row.get("uri")), slice(row.get("nonce")),
                    slice(row.get("nc")), slice(row.get("cnonce")), slice(row.get("qop")), out);
            assertEquals(row.get("response"), new String(out, 0, n, StandardCharsets.US_ASCII), row.get("id"));
            checked++;
        }
        assertTrue(checked >= 5, "only " + checked);
    }

    private final DigestFunction function = new DigestFunction(new JdkHash());
    private final DigestServer server = new DigestServer(function, () -> 42, (user, password) -> user.toString().equals("alice")
            && password.set("secret-alice"), "example.test", 300_000);
    private static final byte[] METHOD = "REGISTER".getBytes(StandardCharsets.US_ASCII);

    private Slice answer(int algorithm, String user, String password, long nowMs) {
        byte[] challenge = new byte[512];
        ByteSink sink = new ByteSink().wrap(challenge);
        server.putChallenge(algorithm, false, nowMs, sink);
        DigestClient client = new DigestClient(function, () -> 7);
        assertTrue(client.challenge(new Slice().wrap(challenge, 0, sink.length())));
        Credentials who = new Credentials();
        who.username.set(user);
        who.password.set(password);
        byte[] out = new byte[1024];
        ByteSink answer = new ByteSink().wrap(out);
        client.putCredentials(who, METHOD, slice("sip:example.test"), answer);
        return new Slice().wrap(out, 0, answer.length());
    }

    @Test
    void clientAndServerAgree() {
        for (int algorithm : List.of(Hash.MD5, Hash.SHA_256)) {
            assertEquals(DigestServer.GOOD, server.check(answer(algorithm, "alice", "secret-alice", 1000), METHOD, 2000));
            assertTrue(server.authenticated().equals("alice".getBytes()));
            assertEquals(DigestServer.WRONG, server.check(answer(algorithm, "alice", "wrong", 1000), METHOD, 2000));
            assertEquals(DigestServer.WRONG, server.check(answer(algorithm, "mallory", "secret-alice", 1000), METHOD, 2000));
            assertTrue(server.authenticated().isEmpty());
        }
    }

    @Test
    void anOldNonceIsStaleAndAForeignOneToo() {
        assertEquals(DigestServer.STALE, server.check(answer(Hash.MD5, "alice", "secret-alice", 0), METHOD, 300_001));
        Slice answer = answer(Hash.MD5, "alice", "secret-alice", 1000);
        String forged = answer.toString().replaceFirst("nonce=\"0", "nonce=\"1");
        assertEquals(DigestServer.STALE, server.check(slice(forged), METHOD, 2000));
    }

    @Test
    void theMethodIsPartOfIt() {
        Slice answer = answer(Hash.MD5, "alice", "secret-alice", 1000);
        assertEquals(DigestServer.WRONG, server.check(answer, "PUBLISH".getBytes(StandardCharsets.US_ASCII), 2000));
    }

    @Test
    void whatCannotBeReadIsMalformed() {
        for (String bad : new String[] {"Digest", "Digest username", "Digest username=\"a\", realm=\"b", "Digest realm=\"example.test\"",
            "Basic YWxpY2U=", "Digest username=\"alice\", realm=\"example.test\", nonce=\"x\", uri=\"y\", response=\"z\", qop=auth"}) {
            int verdict = server.check(slice(bad), METHOD, 0);
            assertTrue(verdict == DigestServer.MALFORMED, bad + ": " + verdict);
        }
    }

    @Test
    void aChallengeWeCannotAnswerIsLeftAlone() {
        DigestClient client = new DigestClient(function, () -> 7);
        assertFalse(client.challenge(slice("Digest realm=\"r\", nonce=\"n\", algorithm=SHA-512-256, qop=\"auth\"")));
        assertFalse(client.challenge(slice("Digest realm=\"r\", nonce=\"n\", qop=\"auth-int\"")));
        assertFalse(client.challenge(slice("Basic realm=\"r\"")));
        assertFalse(client.isReady());
        assertTrue(client.challenge(slice("Digest realm=\"r\", nonce=\"n\", qop=\"auth-int, auth\"")));
        FixedText none = new FixedText(1);
        assertTrue(none.isEmpty() && client.isReady());
    }
}
