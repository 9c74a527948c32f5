package org.sidetone.hal.crypto.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sidetone.hal.Clock;
import org.sidetone.hal.TlsEngine;

/** Both ends of TLS on octets alone, with good certificates and with one for everything that can be wrong with them. */
class TlsTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final long DAY = 86_400_000L;
    private static final CertificateMaker MAKER = new CertificateMaker();
    private static final CertificateMaker.Issued ROOT = MAKER.issue(order("Root").authority(), null);

    @TempDir
    private Path folder;
    private Path authorities;

    private static CertificateMaker.Order order(String subject) {
        return new CertificateMaker.Order(subject, NOW, 100);
    }

    @BeforeEach
    void writeRoot() throws IOException {
        authorities = folder.resolve("ca.pem");
        ROOT.writeChain(authorities);
    }

    private BouncyTls side(CertificateMaker.Issued shows, boolean asks, boolean requires, String version, long wallMs) throws IOException {
        Path chain = folder.resolve("chain" + System.nanoTime() + ".pem");
        Path key = folder.resolve("key" + System.nanoTime() + ".pem");
        if (shows != null) {
            shows.writeChain(chain).writeKey(key);
        }
        return new BouncyTls(new TlsSettings(authorities, shows == null ? null : chain, shows == null ? null : key, asks, requires,
                version == null ? TlsSettings.BOTH_VERSIONS : List.of(version), null, () -> wallMs));
    }

    private BouncyTls server(CertificateMaker.Issued shows) throws IOException {
        return side(shows, false, false, null, NOW);
    }

    private BouncyTls client() throws IOException {
        return side(null, false, false, null, NOW);
    }

    private static int move(TlsEngine from, TlsEngine to, int chunk) {
        byte[] b = new byte[chunk];
        int moved = 0;
        for (int n = from.output(b, 0, chunk); n > 0; n = from.output(b, 0, chunk)) {
            to.receive(b, 0, n);
            moved += n;
        }
        return moved;
    }

    private static void shake(TlsEngine a, TlsEngine b, int chunk) {
        while (move(a, b, chunk) + move(b, a, chunk) > 0) {
            continue;
        }
    }

    private static String read(TlsEngine engine) {
        byte[] b = new byte[65_536];
        int n = 0;
        for (int more = engine.read(b, 0, b.length); more > 0; more = engine.read(b, n, b.length - n)) {
            n += more;
        }
        return new String(b, 0, n, StandardCharsets.UTF_8);
    }

    private static CertificateMaker.Issued good() {
        return MAKER.issue(order("server").dns("example.test"), ROOT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void carriesWordsBothWaysInEitherVersion(String version) throws IOException {
        TlsEngine a = side(null, false, false, version, NOW).client("example.test");
        TlsEngine b = server(good()).server();
        assertFalse(a.write(new byte[1], 0, 1), "nothing goes out in the clear");
        shake(a, b, 1);                                                      // octet by octet
        assertEquals(TlsEngine.OPEN, a.state(), a.reason());
        assertEquals(TlsEngine.OPEN, b.state(), b.reason());
        byte[] text = "x".repeat(40_000).getBytes(StandardCharsets.UTF_8);
        assertTrue(a.write(text, 0, text.length));
        move(a, b, 1000);
        assertEquals("x".repeat(40_000), read(b));
        assertTrue(b.write(text, 7, 3));
        move(b, a, 1000);
        assertEquals("xxx", read(a));
        a.close();
        move(a, b, 1000);
        assertEquals(TlsEngine.CLOSED, b.state());
    }

    @Test
    void aServerOfOneVersionAndAClientOfTheOtherDoNotMeet() throws IOException {
        TlsEngine a = side(null, false, false, "TLSv1.3", NOW).client("example.test");
        TlsEngine b = side(good(), false, false, "TLSv1.2", NOW).server();
        shake(a, b, 1000);
        assertEquals(TlsEngine.FAILED, b.state());
    }

    /** A certificate that must not be believed, and a word of why. */
    record Bad(String what, CertificateMaker.Issued shown, String reason) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Bad> bad() {
        CertificateMaker.Issued stranger = MAKER.issue(order("Root").authority(), null);
        CertificateMaker.Issued noAuthority = MAKER.issue(order("Between"), ROOT);
        CertificateMaker.Issued mayNotSign = MAKER.issue(order("Between").authority().usage(KeyUsage.digitalSignature), ROOT);
        return Stream.of(
                new Bad("signed by an authority of the same name and another key", MAKER.issue(order("server").dns("example.test"), stranger), "signature"),
                new Bad("signed by itself", MAKER.issue(order("server").dns("example.test"), null), "trust anchor"),
                new Bad("over", MAKER.issue(order("server").dns("example.test").between(NOW - 10 * DAY, NOW - DAY), ROOT), "EXPIRED"),
                new Bad("not yet good", MAKER.issue(order("server").dns("example.test").between(NOW + DAY, NOW + 10 * DAY), ROOT), "NOT_YET_VALID"),
                new Bad("issued by what is no authority", MAKER.issue(order("server").dns("example.test"), noAuthority), "CA"),
                new Bad("issued by an authority that may not sign certificates", MAKER.issue(order("server").dns("example.test"), mayNotSign), "key usage"),
                new Bad("whose key must not sign", MAKER.issue(order("server").dns("example.test").usage(KeyUsage.keyAgreement), ROOT), "must not sign"),
                new Bad("for clients alone", MAKER.issue(order("server").dns("example.test").purpose(Trust.CLIENT_USE), ROOT), "other uses"),
                new Bad("for another domain", MAKER.issue(order("server").dns("example.org"), ROOT), "not for example.test"),
                new Bad("for a domain below", MAKER.issue(order("server").dns("sip.example.test"), ROOT), "not for example.test"),
                new Bad("with a wildcard", MAKER.issue(order("server").dns("*.test"), ROOT), "not for example.test"),
                new Bad("for a user", MAKER.issue(order("server").uri("sip:bob@example.test"), ROOT), "not for example.test"),
                new Bad("with a web address", MAKER.issue(order("server").uri("https://example.test"), ROOT), "not for example.test"),
                new Bad("whose SIP identity is another, whatever its DNS name", MAKER.issue(order("server").uri("sip:example.org").dns("example.test"), ROOT),
                        "not for example.test"),
                new Bad("whose common name does not count beside alternative names", MAKER.issue(order("example.test").dns("example.org"), ROOT),
                        "not for example.test"),
                new Bad("with an address where a domain was asked for", MAKER.issue(order("server").address("192.0.2.1"), ROOT), "not for example.test"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refuses(Bad bad) throws IOException {
        TlsEngine a = client().client("example.test");
        TlsEngine b = server(bad.shown).server();
        shake(a, b, 1000);
        assertEquals(TlsEngine.FAILED, a.state());
        assertTrue(a.reason().toLowerCase().contains(bad.reason.toLowerCase()), a.reason());
        assertFalse(a.write(new byte[1], 0, 1));
        assertEquals(TlsEngine.FAILED, b.state(), "it is told");
    }

    static Stream<CertificateMaker.Issued> goodOnes() {
        CertificateMaker.Issued between = MAKER.issue(order("Between").authority(), ROOT);
        return Stream.of(good(), MAKER.issue(order("server").dns("EXAMPLE.test"), ROOT), MAKER.issue(order("server").uri("SIP:example.test"), ROOT),
                MAKER.issue(order("server").uri("sip:bob@example.org").dns("example.test"), ROOT),
                MAKER.issue(order("example.test"), ROOT), MAKER.issue(order("server").dns("example.test").purpose(Trust.SERVER_USE), ROOT),
                MAKER.issue(order("server").dns("example.test").purpose("1.3.6.1.5.5.7.3.20"), ROOT),
                MAKER.issue(order("server").dns("example.test"), between));
    }

    @ParameterizedTest
    @MethodSource("goodOnes")
    void believes(CertificateMaker.Issued shown) throws IOException {
        TlsEngine a = client().client("example.test");
        TlsEngine b = server(shown).server();
        shake(a, b, 1000);
        assertEquals(TlsEngine.OPEN, a.state(), a.reason());
    }

    @Test
    void anAddressIsComparedAsOne() throws IOException {
        CertificateMaker.Issued shown = MAKER.issue(order("server").address("192.0.2.1").address("2001:db8::1"), ROOT);
        for (String name : new String[] {"192.0.2.1", "[2001:db8:0::1]"}) {
            TlsEngine a = client().client(name);
            TlsEngine b = server(shown).server();
            shake(a, b, 1000);
            assertEquals(TlsEngine.OPEN, a.state(), a.reason());
        }
        TlsEngine a = client().client("192.0.2.2");
        shake(a, server(shown).server(), 1000);
        assertEquals(TlsEngine.FAILED, a.state());
    }

    @Test
    void withoutTheTimeNoCertificateCanBeJudged() throws IOException {
        TlsEngine a = side(null, false, false, null, Clock.UNKNOWN).client("example.test");
        assertEquals(TlsEngine.FAILED, a.state());
        assertEquals("clock not set", a.reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aServerThatRequiresACertificateOfTheClientJudgesIt(String version) throws IOException {
        BouncyTls strict = side(good(), true, true, version, NOW);
        CertificateMaker.Issued phone = MAKER.issue(order("phone").uri("sip:alice@example.test"), ROOT);
        TlsEngine b = strict.server();
        TlsEngine a = side(phone, false, false, version, NOW).client("example.test");
        shake(a, b, 1000);
        assertEquals(TlsEngine.OPEN, b.state(), b.reason());
        b = strict.server();
        shake(side(null, false, false, version, NOW).client("example.test"), b, 1000);
        assertEquals(TlsEngine.FAILED, b.state(), "it showed none");
        b = strict.server();
        CertificateMaker.Issued forged = MAKER.issue(order("phone"), MAKER.issue(order("Root").authority(), null));
        shake(side(forged, false, false, version, NOW).client("example.test"), b, 1000);
        assertEquals(TlsEngine.FAILED, b.state(), "it showed a bad one");
    }

    @Test
    void aSessionIsTakenUpAgainOnBothEnds() throws IOException {
        BouncyTls clients = side(null, false, false, "TLSv1.2", NOW);
        BouncyTls servers = server(good());
        BouncyEngine first = (BouncyEngine) clients.client("example.test");
        shake(first, servers.server(), 1000);
        assertEquals(TlsEngine.OPEN, first.state(), first.reason());
        assertFalse(first.isResumed());
        BouncyEngine again = (BouncyEngine) clients.client("example.test");
        BouncyEngine there = (BouncyEngine) servers.server();
        shake(again, there, 1000);
        assertEquals(TlsEngine.OPEN, again.state(), again.reason());
        assertTrue(again.isResumed() && there.isResumed());
        BouncyEngine elsewhere = (BouncyEngine) clients.client("example.org");
        shake(elsewhere, servers.server(), 1000);
        assertEquals(TlsEngine.FAILED, elsewhere.state(), "a session is for the name it was made for");
    }

    @Test
    void rubbishFailsWithAReason() throws IOException {
        TlsEngine b = server(good()).server();
        byte[] rubbish = "REGISTER sip:example.test SIP/2.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        b.receive(rubbish, 0, rubbish.length);
        assertEquals(TlsEngine.FAILED, b.state());
        assertFalse(b.reason().isEmpty());
    }

    @Test
    void filesThatCannotBeUsedAreNamed() throws IOException {
        Path none = folder.resolve("none.pem");
        assertTrue(assertThrows(IOException.class, () -> new BouncyTls(TlsSettings.client(none, () -> NOW))).getMessage().contains("none.pem"));
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        assertTrue(assertThrows(IOException.class, () -> new BouncyTls(TlsSettings.client(empty, () -> NOW))).getMessage().contains("empty.pem"));
        Path chain = folder.resolve("c.pem");
        good().writeChain(chain);
        assertTrue(assertThrows(IOException.class, () -> new BouncyTls(TlsSettings.server(authorities, chain, empty, () -> NOW))).getMessage()
                .contains("empty.pem"));
        assertNull(client().server());
    }

    // ---------------------------------------------------------------- peers

    private BouncyTls peer(String name, String version) throws IOException {
        return new BouncyTls(new TlsSettings(authorities, null, null, false, false, List.of(version), folder.resolve(name), () -> NOW));
    }

    private static String fingerprint(TlsEngine of) {
        byte[] b = new byte[32];
        return of.fingerprint(b, 0) == 0 ? "" : HexFormat.of().formatHex(b);
    }

    private static String own(BouncyTls of) {
        byte[] b = new byte[32];
        return of.peerFingerprint(b, 0) == 0 ? "" : HexFormat.of().formatHex(b);
    }

    /** SHA-256 of the DER form, by the JDK. */
    private String ofFile(Path pem) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Trust.read(pem).get(0).getEncoded()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void peersKnowEachOtherByTheFingerprintsOfCertificatesOfTheirOwnMaking(String version) throws Exception {
        BouncyTls alice = peer("alice", version);
        BouncyTls bob = peer("bob", version);
        for (int again = 0; again < 2; again++) {                            // a session taken up again would show no certificate
            TlsEngine a = alice.peerClient();
            TlsEngine b = bob.peerServer();
            assertEquals("", fingerprint(a));
            shake(a, b, 1000);
            assertEquals(TlsEngine.OPEN, a.state(), a.reason());
            assertEquals(TlsEngine.OPEN, b.state(), b.reason());
            assertEquals(ofFile(folder.resolve("bob/identity.pem")), fingerprint(a));
            assertEquals(ofFile(folder.resolve("alice/identity.pem")), fingerprint(b));
            assertEquals(own(bob), fingerprint(a));
            assertFalse(a.speaksFor("example.test") || b.speaksFor("anonymous"));
        }
        assertEquals(own(alice), own(peer("alice", version)), "it is made once");
        assertNotEquals(own(alice), own(bob));
    }

    @Test
    void aPeerMayShowNothingOrBeKnownByAnAuthority() throws IOException {
        BouncyTls known = server(good());
        TlsEngine a = client().peerClient();
        TlsEngine b = known.peerServer();
        shake(a, b, 1000);
        assertEquals(TlsEngine.OPEN, b.state(), b.reason());
        assertEquals("", fingerprint(b), "he showed none");
        assertFalse(b.speaksFor("example.test"));
        assertTrue(a.speaksFor("example.test"));
        assertFalse(a.speaksFor("example.org"));
        assertEquals(own(known), fingerprint(a));
        assertEquals("", own(client()));
        assertNull(client().peerServer());

        TlsEngine c = known.client("example.test");                          // one server to another: both by name
        TlsEngine d = server(good()).peerServer();
        shake(c, d, 1000);
        assertTrue(d.speaksFor("example.test"));
        for (Bad one : bad().toList()) {
            TlsEngine shows = server(one.shown()).client("example.test");
            TlsEngine judges = known.peerServer();
            shake(shows, judges, 1000);
            boolean signs = !one.what().equals("whose key must not sign");       // that one the library refuses by itself
            assertEquals(signs ? TlsEngine.OPEN : TlsEngine.FAILED, judges.state(), one.what());
            assertEquals(one.what().equals("for clients alone"), judges.speaksFor("example.test"), one.what());
            TlsEngine asks = client().peerClient();
            shake(asks, server(one.shown()).peerServer(), 1000);
            assertFalse(asks.speaksFor("example.test"), one.what());
        }
    }

    @Test
    void whoJudgesByNameTakesNoCertificateOfAPeersMaking() throws IOException {
        TlsEngine a = client().client("anonymous");
        TlsEngine b = peer("alice", "TLSv1.3").peerServer();
        shake(a, b, 1000);
        assertEquals(TlsEngine.FAILED, a.state());
    }
}
