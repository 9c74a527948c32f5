package org.sidetone.hal.crypto.smime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sidetone.conformance.Shows;
import org.sidetone.hal.Smime;

/** Key rings made by OpenSSL; what we send is opened by OpenSSL, and what it sends by us. */
class BouncySmimeTest {
    private static final String ENTITY = "Content-Type: message/cpim\r\n\r\nFrom: <sip:alice@example.test>\r\n\r\nContent-Type: text/plain\r\n\r\nlunch, f\u00fcr dich?";

    @TempDir
    Path folder;
    private final ArrayDeque<Runnable> work = new ArrayDeque<>();
    private final Smime.Completion completion = new Smime.Completion();

    private static String openssl(Path in, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(words));
        File out = Files.createTempFile(in, "out", "").toFile();
        Process p = new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true).redirectOutput(out).start();
        assertTrue(p.waitFor(60, TimeUnit.SECONDS));
        String said = Files.readString(out.toPath(), StandardCharsets.ISO_8859_1);
        assertEquals(0, p.exitValue(), String.join(" ", command) + ": " + said);
        return said;
    }

    private void person(String name, String kind) throws Exception {
        Path own = Files.createDirectories(folder.resolve(name));
        Files.createDirectories(own.resolve("people"));
        List<String> words = new ArrayList<>(List.of("req", "-x509", "-nodes", "-days", "30", "-subj", "/CN=" + name, "-keyout", "own.key", "-out", "own.pem", "-addext",
                "subjectAltName=URI:sip:" + name + "@example.test", "-newkey"));
        words.addAll(kind.startsWith("rsa") ? List.of(kind.equals("rsa") ? "rsa:2048" : kind) : List.of("ec", "-pkeyopt", "ec_paramgen_curve:P-256"));
        openssl(own, words.toArray(new String[0]));
    }

    private void knows(String who, String whom) throws IOException {
        Files.copy(folder.resolve(whom).resolve("own.pem"), folder.resolve(who).resolve("people").resolve(whom + ".pem"));
    }

    private BouncySmime ring(String name) throws IOException {
        return new BouncySmime(folder.resolve(name), System::currentTimeMillis, work::add, () -> { });
    }

    private static byte[] bytes(String s) {
        return s.getBytes(StandardCharsets.UTF_8);
    }

    private static String address(String name) {
        return "sip:" + name + "@example.test";
    }

    /** The end of a request that was just made. */
    private int finish(BouncySmime smime, int ticket) {
        assertTrue(ticket >= 0);
        assertFalse(smime.next(completion), "not before it is worked off");
        work.remove().run();
        assertTrue(smime.next(completion));
        assertEquals(ticket, completion.ticket);
        return completion.result;
    }

    private byte[] protect(BouncySmime smime, String to, String entity) {
        byte[] b = bytes(entity);
        byte[] a = bytes(address(to));
        int n = finish(smime, smime.protect(a, 0, a.length, b, 0, b.length));
        assertTrue(n > 0, "result " + n);
        return Arrays.copyOf(completion.entity, n);
    }

    private int open(BouncySmime smime, String from, byte[] entity) {
        byte[] a = bytes(address(from));
        return finish(smime, smime.open(a, 0, a.length, entity, 0, entity.length));
    }

    private String opened() {
        return new String(completion.entity, 0, completion.result, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({"rsa,rsa", "ec,ec", "rsa,ec", "ec,rsa"})
    void whatOneProtectsTheOtherOpensAndNobodyElse(String alices, String bobs) throws Exception {
        person("alice", alices);
        person("bob", bobs);
        person("carol", alices);
        knows("alice", "bob");
        knows("bob", "alice");
        BouncySmime alice = ring("alice");
        assertTrue(alice.canProtect(bytes(address("bob")), 0, address("bob").length()));
        assertFalse(alice.canProtect(bytes(address("carol")), 0, address("carol").length()));
        byte[] sent = protect(alice, "bob", ENTITY);
        assertFalse(new String(sent, StandardCharsets.ISO_8859_1).contains("lunch"));
        assertEquals(bytes(ENTITY).length, open(ring("bob"), "alice", sent));
        assertEquals(ENTITY, opened());
        assertEquals(Smime.SEALED | Smime.SIGNED | Smime.TRUSTED | Smime.SENDERS, completion.marks);
        open(ring("bob"), "mallory", sent);
        assertEquals(Smime.SEALED | Smime.SIGNED | Smime.TRUSTED, completion.marks, "signed by another than who sent it");
        assertEquals(Smime.UNDECIPHERABLE, open(ring("carol"), "alice", sent));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ec"})
    void opensslOpensAndVerifiesOurs(String kind) throws Exception {
        person("alice", kind);
        person("bob", kind);
        knows("alice", "bob");
        byte[] sent = protect(ring("alice"), "bob", ENTITY);
        MimeEntity sealed = MimeEntity.of(sent);
        assertEquals("application/pkcs7-mime", sealed.type());
        Files.write(folder.resolve("sealed"), sealed.content());
        openssl(folder, "cms", "-decrypt", "-inform", "DER", "-binary", "-in", "sealed", "-recip", "bob/own.pem", "-inkey", "bob/own.key", "-out", "inner");
        MimeEntity[] parts = MimeEntity.of(Files.readAllBytes(folder.resolve("inner"))).parts();
        Files.write(folder.resolve("content"), parts[0].whole());
        Files.write(folder.resolve("signature"), parts[1].content());
        openssl(folder, "cms", "-verify", "-binary", "-inform", "DER", "-in", "signature", "-content", "content", "-CAfile", "alice/own.pem", "-purpose", "any", "-out", "verified");
        assertArrayEquals(bytes(ENTITY), Files.readAllBytes(folder.resolve("verified")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ec"})
    void weOpenAndVerifyOpenssls(String kind) throws Exception {
        person("alice", kind);
        person("bob", kind);
        knows("bob", "alice");
        Files.writeString(folder.resolve("entity"), ENTITY);
        // clear-signed, as mail programs do it, with a base64 signature
        openssl(folder, "cms", "-sign", "-binary", "-in", "entity", "-signer", "alice/own.pem", "-inkey", "alice/own.key", "-crlfeol", "-out", "clear");
        byte[] clear = Files.readAllBytes(folder.resolve("clear"));
        BouncySmime bob = ring("bob");
        assertTrue(open(bob, "alice", clear) > 0, "result " + completion.result + " of " + new String(clear, StandardCharsets.ISO_8859_1));
        assertEquals(ENTITY, opened());
        assertEquals(Smime.SIGNED | Smime.TRUSTED | Smime.SENDERS, completion.marks);
        // opaque, then sealed with each cipher that somebody may use
        openssl(folder, "cms", "-sign", "-binary", "-nodetach", "-in", "entity", "-signer", "alice/own.pem", "-inkey", "alice/own.key", "-outform", "DER", "-out", "opaque");
        byte[] opaque = concat(bytes("Content-Type: application/pkcs7-mime; smime-type=signed-data\r\n\r\n"), Files.readAllBytes(folder.resolve("opaque")));
        Files.write(folder.resolve("opaque.mime"), opaque);
        for (String cipher : new String[] {"-aes128", "-aes256", "-des3", "-aes-256-gcm"}) {
            openssl(folder, "cms", "-encrypt", "-binary", cipher, "-in", "opaque.mime", "-outform", "DER", "-out", "sealed", "bob/own.pem");
            byte[] whole = concat(bytes("Content-Type: application/x-pkcs7-mime\r\n\r\n"), Files.readAllBytes(folder.resolve("sealed")));
            assertTrue(open(bob, "alice", whole) > 0, cipher);
            assertEquals(ENTITY, opened());
            assertEquals(Smime.SEALED | Smime.SIGNED | Smime.TRUSTED | Smime.SENDERS, completion.marks, cipher);
        }
    }

    /** The algorithms that RFC 4975 section 14.3 wants, with RSA keys of every size that is met. */
    @ParameterizedTest
    @CsvSource({"1024,sha1", "1024,sha256", "2048,sha1", "2048,sha256", "4096,sha256"})
    @Shows({"4975-14.3-4", "4975-14.3-5"})
    void keysOfEachSizeAndBothDigestsAreTaken(int bits, String digest) throws Exception {
        person("alice", "rsa:" + bits);
        person("bob", "rsa:" + bits);
        knows("bob", "alice");
        knows("alice", "bob");
        Files.writeString(folder.resolve("entity"), ENTITY);
        openssl(folder, "cms", "-sign", "-binary", "-md", digest, "-in", "entity", "-signer", "alice/own.pem", "-inkey", "alice/own.key", "-crlfeol", "-out", "clear");
        openssl(folder, "cms", "-encrypt", "-binary", "-aes128", "-in", "clear", "-outform", "DER", "-out", "sealed", "bob/own.pem");
        BouncySmime bob = ring("bob");
        assertTrue(open(bob, "alice", concat(bytes("Content-Type: application/pkcs7-mime\r\n\r\n"), Files.readAllBytes(folder.resolve("sealed")))) > 0, "result " + completion.result);
        assertEquals(ENTITY, opened());
        assertEquals(Smime.SEALED | Smime.SIGNED | Smime.TRUSTED | Smime.SENDERS, completion.marks);
        assertEquals(bytes(ENTITY).length, open(bob, "alice", protect(ring("alice"), "bob", ENTITY)));
        assertEquals(Smime.SEALED | Smime.SIGNED | Smime.TRUSTED | Smime.SENDERS, completion.marks);
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    @Test
    void aChangedOctetIsSeenAndNothingElseBreaks() throws Exception {
        person("alice", "ec");
        person("bob", "ec");
        knows("bob", "alice");
        Files.writeString(folder.resolve("entity"), ENTITY);
        openssl(folder, "cms", "-sign", "-binary", "-in", "entity", "-signer", "alice/own.pem", "-inkey", "alice/own.key", "-crlfeol", "-out", "clear");
        byte[] clear = Files.readAllBytes(folder.resolve("clear"));
        BouncySmime bob = ring("bob");
        byte[] changed = new String(clear, StandardCharsets.ISO_8859_1).replace("lunch", "dinner").getBytes(StandardCharsets.ISO_8859_1);
        assertTrue(open(bob, "alice", changed) > 0);
        assertEquals(Smime.BROKEN, completion.marks);
        assertTrue(opened().contains("dinner"));
        Random random = new Random(5);
        for (int i = 0; i < 1500; i++) {
            byte[] b = clear.clone();
            b[random.nextInt(b.length)] ^= (byte) (1 << random.nextInt(8));
            open(bob, "alice", i % 3 == 0 ? Arrays.copyOf(b, random.nextInt(b.length)) : b);
            boolean same = completion.result > 0 && opened().equals(ENTITY);
            assertTrue(same || (completion.marks & Smime.SIGNED) == 0, "a signature over something else");
        }
    }

    @Test
    void anAuthorityIsBelievedForItsOwnAlone() throws Exception {
        person("ca", "ec");
        person("other", "ec");
        person("bob", "ec");
        for (String issuer : new String[] {"ca", "other"}) {
            Path alice = Files.createDirectories(folder.resolve("alice-of-" + issuer));
            openssl(alice, "req", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-subj", "/CN=alice", "-keyout", "own.key", "-out", "request",
                    "-addext", "subjectAltName=email:alice@EXAMPLE.test");
            openssl(alice, "x509", "-req", "-in", "request", "-CA", "../" + issuer + "/own.pem", "-CAkey", "../" + issuer + "/own.key", "-CAcreateserial", "-days", "9", "-copy_extensions", "copy", "-out", "own.pem");
        }
        Files.copy(folder.resolve("ca/own.pem"), folder.resolve("bob/authorities.pem"));
        for (String issuer : new String[] {"ca", "other"}) {
            Path alice = folder.resolve("alice-of-" + issuer);
            Files.createDirectories(alice.resolve("people"));
            Files.copy(folder.resolve("bob/own.pem"), alice.resolve("people/bob.pem"));
            byte[] sent = protect(ring("alice-of-" + issuer), "bob", ENTITY);
            open(ring("bob"), "alice", sent);
            assertEquals(Smime.SEALED | Smime.SIGNED | Smime.SENDERS | (issuer.equals("ca") ? Smime.TRUSTED : 0), completion.marks);
        }
    }

    @Test
    void whatCannotBeDoneIsSaid() throws Exception {
        person("alice", "ec");
        BouncySmime alice = ring("alice");
        byte[] to = bytes(address("nobody"));
        assertEquals(Smime.FAILED, finish(alice, alice.protect(to, 0, to.length, new byte[10], 0, 10)));
        assertEquals(Smime.BUSY, alice.protect(to, 0, to.length, new byte[Smime.MAX_BYTES + 1], 0, Smime.MAX_BYTES + 1));
        for (int i = 0; i < 8; i++) {
            assertTrue(alice.open(to, 0, to.length, new byte[10], 0, 10) >= 0);
        }
        assertEquals(Smime.BUSY, alice.open(to, 0, to.length, new byte[10], 0, 10));
        work.forEach(Runnable::run);
        for (int i = 0; i < 8; i++) {
            assertTrue(alice.next(completion));
            assertEquals(Smime.MALFORMED, completion.result);
        }
        assertFalse(alice.next(completion));
        assertTrue(assertThrows(IOException.class, () -> ring("missing")).getMessage().contains("missing"));
        Files.writeString(folder.resolve("alice/own.key"), "nonsense");
        assertTrue(assertThrows(IOException.class, () -> ring("alice")).getMessage().contains("own.key"));
    }
}
