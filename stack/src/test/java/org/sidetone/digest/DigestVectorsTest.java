package org.sidetone.digest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.sidetone.JdkHash;
import org.sidetone.Vectors;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;
import org.sidetone.port.Hash;

class DigestVectorsTest {
    private static Slice slice(String text) {
        return new Slice().wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private final DigestFunction function = new DigestFunction(new JdkHash());
    private final DigestServer.Users users = new DigestServer.Users() {
        @Override
        public boolean password(Slice username, FixedText password) {
            return username.toString().equals("alice") && password.set("secret-alice");
        }

        @Override
        public boolean unhash(int algorithm, Slice userHash, FixedText username) {
            byte[] hash = new byte[64];
            int digits = function.userHash(algorithm, slice("alice"), slice("example.test"), hash);
            return userHash.equals(new Slice().wrap(hash, 0, digits)) && username.set("alice");
        }
    };
    private final DigestServer server = new DigestServer(function, () -> 42, users, "example.test", 300_000, 4);
    private static final byte[] METHOD = "REGISTER".getBytes(StandardCharsets.US_ASCII);
    private static final Slice NO_BODY = new Slice();

    private String response(Map<String, String> row, String method) {
        int algorithm = DigestFunction.algorithm(slice(row.get("algorithm")));
        byte[] secret = new byte[64];
        byte[] out = new byte[64];
        function.secret(algorithm, slice(row.get("username")), slice(row.get("realm")), slice(row.get("password")), secret);
        if (algorithm >= DigestFunction.SESSION) {
            function.session(algorithm, secret, slice(row.get("nonce")), slice(row.get("cnonce")));
        }
        byte[] body = null;
        if (row.get("qop").equals("auth-int")) {
            body = new byte[64];
            function.bodyHash(algorithm, new Slice().wrap(HexFormat.of().parseHex(row.get("body_hex"))), body);
        }
        int n = function.response(algorithm, secret, slice(method), slice(row.get("uri")), slice(row.get("nonce")),
                slice(row.get("nc")), slice(row.get("cnonce")), slice(row.get("qop")), body, out);
        return new String(out, 0, n, StandardCharsets.US_ASCII);
    }

    @Test
    void everyVector() throws IOException {
        List<Map<String, String>> rows = Vectors.table("digest/vectors.tsv");
        for (Map<String, String> row : rows) {
            assertEquals(row.get("response"), response(row, row.get("method")), row.get("id"));
        }
        assertTrue(rows.size() >= 21, "only " + rows.size());
    }

    @Test
    void everyAnswerOfAServer() throws IOException {
        for (Map<String, String> row : Vectors.table("digest/rspauth.tsv")) {
            row.put("password", row.getOrDefault("password", "zanzibar"));
            assertEquals(row.get("rspauth"), response(row, ""), row.get("id"));
        }
    }

    @Test
    void everyHashedName() throws IOException {
        for (Map<String, String> row : Vectors.table("digest/userhash.tsv")) {
            byte[] out = new byte[64];
            int n = function.userHash(DigestFunction.algorithm(slice(row.get("algorithm"))), slice(row.get("username")),
                    slice(row.get("realm")), out);
            assertEquals(row.get("userhash"), new String(out, 0, n, StandardCharsets.US_ASCII), row.get("source"));
        }
    }

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
        client.putCredentials(who, METHOD, slice("sip:example.test"), NO_BODY, answer);
        return new Slice().wrap(out, 0, answer.length());
    }

    @Test
    void clientAndServerAgree() {
        for (int algorithm : List.of(Hash.MD5, Hash.SHA_256, Hash.SHA_512_256)) {
            assertEquals(DigestServer.GOOD, server.check(answer(algorithm, "alice", "secret-alice", 1000), METHOD, NO_BODY, 2000));
            assertTrue(server.authenticated().equals("alice".getBytes()));
            assertEquals(DigestServer.WRONG, server.check(answer(algorithm, "alice", "wrong", 1000), METHOD, NO_BODY, 2000));
            assertEquals(DigestServer.WRONG, server.check(answer(algorithm, "mallory", "secret-alice", 1000), METHOD, NO_BODY, 2000));
            assertTrue(server.authenticated().isEmpty());
        }
    }

    @Test
    void anOldNonceIsStaleAndAForeignOneToo() {
        assertEquals(DigestServer.STALE, server.check(answer(Hash.MD5, "alice", "secret-alice", 0), METHOD, NO_BODY, 300_001));
        Slice answer = answer(Hash.MD5, "alice", "secret-alice", 1000);
        String forged = answer.toString().replaceFirst("nonce=\"0", "nonce=\"1");
        assertEquals(DigestServer.STALE, server.check(slice(forged), METHOD, NO_BODY, 2000));
    }

    @Test
    void theMethodIsPartOfIt() {
        Slice answer = answer(Hash.MD5, "alice", "secret-alice", 1000);
        assertEquals(DigestServer.WRONG, server.check(answer, "PUBLISH".getBytes(StandardCharsets.US_ASCII), NO_BODY, 2000));
    }

    @Test
    @Shows("3261-22-3")
    void whatCannotBeReadIsMalformed() {
        for (String bad : new String[] {"Digest", "Digest username", "Digest username=\"a\", realm=\"b", "Digest realm=\"example.test\"",
            "Basic YWxpY2U=", "Digest username=\"alice\", realm=\"example.test\", nonce=\"x\", uri=\"y\", response=\"z\", qop=auth"}) {
            int verdict = server.check(slice(bad), METHOD, NO_BODY, 0);
            assertTrue(verdict == DigestServer.MALFORMED, bad + ": " + verdict);
        }
    }

    @Test
    @Shows("3261-22.4-2")
    void aChallengeWeCannotAnswerIsLeftAlone() {
        DigestClient client = new DigestClient(function, () -> 7);
        assertFalse(client.challenge(slice("Digest realm=\"r\", nonce=\"n\", algorithm=SHA-384, qop=\"auth\"")));
        assertFalse(client.challenge(slice("Digest realm=\"r\", nonce=\"n\", qop=\"auth-conf\"")));
        assertFalse(client.challenge(slice("Basic realm=\"r\"")));
        assertFalse(client.isReady());
        assertTrue(client.challenge(slice("Digest realm=\"r\", nonce=\"n\", qop=\"auth-int, auth\"")));
        FixedText none = new FixedText(1);
        assertTrue(none.isEmpty() && client.isReady());
    }

    private static String param(String credentials, String name) {
        Matcher m = Pattern.compile("[ ,]" + name + "=\"?([^\",]+)").matcher(credentials);
        assertTrue(m.find(), name + " in " + credentials);
        return m.group(1);
    }

    private static String credentials(DigestClient client, Slice body) {
        Credentials who = new Credentials();
        who.username.set("alice");
        who.password.set("secret-alice");
        byte[] out = new byte[1024];
        ByteSink sink = new ByteSink().wrap(out);
        client.putCredentials(who, METHOD, slice("sip:example.test"), body, sink);
        return new String(out, 0, sink.length(), StandardCharsets.UTF_8);
    }

    private DigestClient challenged(int algorithm, long nowMs) {
        byte[] challenge = new byte[512];
        ByteSink sink = new ByteSink().wrap(challenge);
        server.putChallenge(algorithm, false, nowMs, sink);
        DigestClient client = new DigestClient(function, () -> 7);
        assertTrue(client.challenge(new Slice().wrap(challenge, 0, sink.length())));
        return client;
    }

    @Test
    @Shows("3903-14.3-1")
    void whatWasOverheardIsWorthNothing() {
        String heard = credentials(challenged(Hash.SHA_256, 1000), NO_BODY);
        assertEquals(DigestServer.GOOD, server.check(slice(heard), METHOD, NO_BODY, 2000));
        assertEquals(DigestServer.STALE, server.check(slice(heard), METHOD, NO_BODY, 2001));
        assertEquals(1, server.replays());
    }

    @Test
    void countsMayComeOutOfOrderButOnlyOnce() {
        DigestClient client = challenged(Hash.SHA_256, 1000);
        String one = credentials(client, NO_BODY);
        String two = credentials(client, NO_BODY);
        String three = credentials(client, NO_BODY);
        assertEquals("00000003", param(three, "nc"));
        for (String each : List.of(three, one, two)) {
            assertEquals(DigestServer.GOOD, server.check(slice(each), METHOD, NO_BODY, 2000));
        }
        for (String each : List.of(three, one, two)) {
            assertEquals(DigestServer.STALE, server.check(slice(each), METHOD, NO_BODY, 2000));
        }
    }

    @Test
    void aNonceThatFellOutOfTheTableIsNotTakenAgain() {
        String first = credentials(challenged(Hash.SHA_256, 1000), NO_BODY);
        assertEquals(DigestServer.GOOD, server.check(slice(first), METHOD, NO_BODY, 1000));
        for (int i = 1; i <= 4; i++) {                                  // the table holds four
            String next = credentials(challenged(Hash.SHA_256, 1000 + i), NO_BODY);
            assertEquals(DigestServer.GOOD, server.check(slice(next), METHOD, NO_BODY, 1000 + i));
        }
        assertEquals(DigestServer.STALE, server.check(slice(first), METHOD, NO_BODY, 1010));
    }

    @Test
    void twoWhoAreChallengedInTheSameMillisecondDoNotSpoilEachOthersCount() {
        DigestClient one = challenged(Hash.SHA_256, 1000);
        DigestClient other = challenged(Hash.SHA_256, 1000);
        assertEquals(DigestServer.GOOD, server.check(slice(credentials(one, NO_BODY)), METHOD, NO_BODY, 1000));
        assertEquals(DigestServer.GOOD, server.check(slice(credentials(other, NO_BODY)), METHOD, NO_BODY, 1000));
    }

    @Test
    void theBodyIsCoveredWhereTheServerAsksForThat() {
        DigestClient client = new DigestClient(function, () -> 7);
        byte[] challenge = new byte[512];
        ByteSink sink = new ByteSink().wrap(challenge);
        server.putChallenge(Hash.SHA_256, false, 1000, sink);
        assertTrue(client.challenge(slice(new String(challenge, 0, sink.length(), StandardCharsets.UTF_8)
                .replace("qop=\"auth\"", "qop=\"auth-int\""))));
        assertTrue(client.coversBody());
        String good = credentials(client, slice("hello"));
        assertEquals("auth-int", param(good, "qop"));
        assertEquals(DigestServer.WRONG, server.check(slice(good), METHOD, slice("hullo"), 2000));
        assertEquals(DigestServer.GOOD, server.check(slice(good), METHOD, slice("hello"), 2000));
    }

    @Test
    void aServerThatHashesNamesFindsTheUserByHash() {
        server.offer(true, true);
        DigestClient client = challenged(Hash.SHA_512_256, 1000);
        assertFalse(client.coversBody());                              // auth is offered too
        String hashed = credentials(client, NO_BODY);
        assertFalse(hashed.contains("alice"));
        assertEquals(DigestServer.GOOD, server.check(slice(hashed), METHOD, NO_BODY, 2000));
        assertTrue(server.authenticated().equals("alice".getBytes(StandardCharsets.US_ASCII)));
        server.offer(false, false);
    }

    @Test
    void theNextNonceIsUsedOnceTheServerShowsThatItKnowsTheSecret() {
        DigestClient client = challenged(Hash.SHA_256, 1000);
        String sent = credentials(client, NO_BODY);
        byte[] secret = new byte[64];
        byte[] out = new byte[64];
        function.secret(Hash.SHA_256, slice("alice"), slice("example.test"), slice("secret-alice"), secret);
        int n = function.response(Hash.SHA_256, secret, slice(""), slice("sip:example.test"), slice(param(sent, "nonce")),
                slice(param(sent, "nc")), slice(param(sent, "cnonce")), slice("auth"), null, out);
        String answer = new String(out, 0, n, StandardCharsets.US_ASCII);
        assertFalse(client.onInfo(slice("nextnonce=\"other\", qop=auth, rspauth=\"" + answer.replace('a', 'b') + "\""), NO_BODY));
        assertEquals(param(sent, "nonce"), param(credentials(client, NO_BODY), "nonce"));
        client = challenged(Hash.SHA_256, 1000);
        sent = credentials(client, NO_BODY);
        n = function.response(Hash.SHA_256, secret, slice(""), slice("sip:example.test"), slice(param(sent, "nonce")),
                slice(param(sent, "nc")), slice(param(sent, "cnonce")), slice("auth"), null, out);
        answer = new String(out, 0, n, StandardCharsets.US_ASCII);
        assertTrue(client.onInfo(slice("nextnonce=\"other\", qop=auth, rspauth=\"" + answer + "\""), NO_BODY));
        String next = credentials(client, NO_BODY);
        assertEquals("other", param(next, "nonce"));
        assertEquals("00000001", param(next, "nc"));
    }

    @Test
    void aLocalMinimumRefusesToBeBidDown() {
        DigestClient client = new DigestClient(function, () -> 7);
        client.setMinimumAlgorithm(Hash.SHA_256);
        assertFalse(client.challenge(slice("Digest realm=\"r\", nonce=\"n\", qop=\"auth\"")));
        assertFalse(client.challenge(slice("Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=MD5")));
        assertTrue(client.challenge(slice("Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-512-256")));
    }

    @Test
    void theSecretOfASessionIsMadeOfItsFirstNonces() {
        DigestClient client = new DigestClient(function, new org.sidetone.port.Random() {
            private long n;

            @Override
            public long nextLong() {
                return ++n;
            }
        });
        assertTrue(client.challenge(slice("Digest realm=\"example.test\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256-sess")));
        String first = credentials(client, NO_BODY);
        String second = credentials(client, NO_BODY);
        assertEquals(param(first, "cnonce"), param(second, "cnonce"));
        byte[] secret = new byte[64];
        byte[] out = new byte[64];
        function.secret(Hash.SHA_256, slice("alice"), slice("example.test"), slice("secret-alice"), secret);
        function.session(Hash.SHA_256, secret, slice("n"), slice(param(first, "cnonce")));
        int n = function.response(Hash.SHA_256, secret, new Slice().wrap(METHOD), slice("sip:example.test"), slice("n"),
                slice("00000002"), slice(param(first, "cnonce")), slice("auth"), null, out);
        assertEquals(new String(out, 0, n, StandardCharsets.US_ASCII), param(second, "response"));
    }

    @Test
    @Shows({"3261-22.4-6", "3261-22.4-8", "3261-22.4-1"})
    void aChallengeOffersQopAndCredentialsWithoutItAreTakenAllTheSame() {
        byte[] challenge = new byte[512];
        ByteSink sink = new ByteSink().wrap(challenge);
        server.putChallenge(Hash.MD5, false, 1000, sink);
        String text = new String(challenge, 0, sink.length(), StandardCharsets.UTF_8);
        assertTrue(text.contains("qop=\"auth\""), text);
        DigestClient old = new DigestClient(function, () -> 7);
        assertTrue(old.challenge(slice(text.replace(", qop=\"auth\"", ""))));
        String credentials = credentials(old, NO_BODY);
        assertFalse(credentials.contains("qop"), credentials);
        assertEquals(DigestServer.GOOD, server.check(slice(credentials), METHOD, NO_BODY, 2000));
    }
}
