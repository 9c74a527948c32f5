package org.sidetone.fuzz;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.digest.Credentials;
import org.sidetone.digest.DigestClient;
import org.sidetone.digest.DigestFunction;
import org.sidetone.digest.DigestServer;
import org.sidetone.port.Hash;

/** Any challenge and any credentials: nobody gets in by them, and what is written in answer to a challenge can be read. */
public final class DigestFuzz {
    private static final byte[] METHOD = {'M', 'E', 'S', 'S', 'A', 'G', 'E'};
    private static final DigestFunction FUNCTION = new DigestFunction(new JdkHash());

    private DigestFuzz() {
    }

    private static final class JdkHash implements Hash {
        private MessageDigest digest;

        @Override
        public int length(int algorithm) {
            return algorithm == MD5 ? 16 : 32;
        }

        @Override
        public void start(int algorithm) {
            try {
                digest = MessageDigest.getInstance(algorithm == MD5 ? "MD5" : algorithm == SHA_256 ? "SHA-256" : "SHA-512/256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void update(byte[] buffer, int offset, int length) {
            digest.update(buffer, offset, length);
        }

        @Override
        public void finish(byte[] out, int offset) {
            byte[] b = digest.digest();
            System.arraycopy(b, 0, out, offset, b.length);
        }
    }

    private static final class OneUser implements DigestServer.Users {
        @Override
        public boolean password(Slice username, FixedText password) {
            return password.set("not to be guessed by a fuzzer");
        }

        @Override
        public boolean unhash(int algorithm, Slice userHash, FixedText username) {
            return username.set("alice");
        }
    }

    /** Jazzer's entry. */
    public static void fuzzerTestOneInput(byte[] data) {
        Slice value = new Slice().wrap(data);
        Slice body = new Slice();
        DigestServer server = new DigestServer(FUNCTION, () -> 42, new OneUser(), "example.test", 300_000, 4);
        MessageFuzz.check(server.check(value, METHOD, body, 1000) != DigestServer.GOOD, "somebody got in");
        server.isOurs(value);
        DigestClient client = new DigestClient(FUNCTION, () -> 7);
        client.onInfo(value, body);
        if (client.challenge(value)) {
            Credentials who = new Credentials();
            who.username.set("al\"ice\\");
            who.password.set("secret");
            byte[] out = new byte[4096];
            ByteSink sink = new ByteSink().wrap(out);
            client.putCredentials(who, METHOD, new Slice().wrap(METHOD), body, sink);
            if (!sink.overflowed()) {
                MessageFuzz.check(server.check(new Slice().wrap(out, 0, sink.length()), METHOD, body, 1000) != DigestServer.MALFORMED,
                        "credentials that cannot be read: " + new String(out, 0, sink.length(), java.nio.charset.StandardCharsets.ISO_8859_1));
            }
            client.onInfo(value, body);
        }
    }
}
