package org.sidetone.fuzz;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.digest.Credentials;
import org.sidetone.digest.DigestClient;
import org.sidetone.digest.DigestFunction;
import org.sidetone.digest.DigestServer;
import org.sidetone.hal.bind.DigestsHash;
import org.sidetone.hal.crypto.BouncyDigests;

/** Any challenge and any credentials: nobody gets in by them, and what is written in answer to a challenge can be read. */
public final class DigestFuzz {
    private static final byte[] METHOD = {'M', 'E', 'S', 'S', 'A', 'G', 'E'};
    private static final DigestFunction FUNCTION = new DigestFunction(new DigestsHash(new BouncyDigests()));

    private DigestFuzz() {
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
