package org.sidetone.world.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sidetone.conformance.Shows;
import org.sidetone.hal.board.Boards;
import org.sidetone.hal.crypto.smime.BouncySmime;
import org.sidetone.hal.crypto.tls.CertificateMaker;

/** Messages that are signed and sealed on one phone and opened on the other (RFC 3428 section 11.3), through the exchange. */
class SecuredMessagesTest {
    private static final String SECRET = "meet me at ten";

    @TempDir
    Path folder;
    private final List<String> said = new ArrayList<>();
    private VirtualOffice office;
    private VirtualDesk alice;
    private VirtualDesk bob;

    /** Makes somebody's key ring. @param named in the certificate */
    private void ring(String whose, String named) throws IOException {
        Path own = Files.createDirectories(folder.resolve(whose).resolve("people")).getParent();
        CertificateMaker.Order order = new CertificateMaker.Order(named, office.world.wallMs(), 30).uri("sip:" + named + "@example.test")
                .usage(KeyUsage.digitalSignature | KeyUsage.keyAgreement);
        new CertificateMaker().issue(order, null).writeChain(own.resolve("own.pem")).writeKey(own.resolve("own.key"));
    }

    private void knows(String who, String whom) throws IOException {
        Files.copy(folder.resolve(whom).resolve("own.pem"), folder.resolve(who).resolve("people").resolve(whom + ".pem"));
    }

    private void give(VirtualDesk desk, String ring) throws IOException {
        desk.setSmime(new BouncySmime(folder.resolve(ring), office.world::wallMs, Runnable::run, () -> { }));
    }

    private void start(long seed, Faults faults) throws Exception {
        office = new VirtualOffice(seed, faults, Boards.load("desk-text-36x8"), false);
        office.world.setTap((from, bytes, length, datagram) -> said.add(new String(bytes, 0, length, StandardCharsets.UTF_8)));
        alice = office.alice;
        bob = office.bob;
        ring("alice", "alice");
        ring("bob", "bob");
        knows("alice", "bob");
        knows("bob", "alice");
        give(alice, "alice");
        give(bob, "bob");
    }

    private void powerOn() {
        office.powerOn();
        expect(alice, "lamp @bob green");
        expect(bob, "lamp @alice green");
    }

    private static void expect(VirtualDesk desk, String condition) {
        JsonNode answer = desk.ask("wait 120000 " + condition);
        assertTrue(answer.path("ok").asBoolean() && !answer.path("timeout").asBoolean(), desk.name() + ": " + condition + ": " + answer);
    }

    private void write(String text) {
        alice.ask("press back back back back L1 soft4");
        alice.ask("type \"" + text + "\"");
        alice.ask("press ok");
    }

    private void openNewestSent() {
        alice.ask("press back back back back messages soft2 ok");
    }

    private void nothingWasSaidOpenly() {
        assertTrue(said.stream().noneMatch(m -> m.contains("SIP/2.0") && m.contains(SECRET)), "the text was to be read on the way");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    @Shows({"3428-11-1", "3428-11.3-1", "3428-11.3-3", "3428-11.4-1", "5438-14-1", "5438-14-2", "5438-14-3", "5438-14.2-5"})
    void aMessageAndItsReceiptsAreForTheTwoAlone(long seed) throws Exception {
        start(seed, seed == 1 ? Faults.NONE : Faults.ROUGH);
        powerOn();
        write(SECRET);
        expect(bob, "lcd contains \"" + SECRET + "\"");
        bob.ask("press soft3");
        expect(bob, "lcd contains \"sealed, signed\"");
        openNewestSent();
        expect(alice, "lcd contains \"sealed, signed\"");
        expect(alice, "lcd contains \"read\"");
        nothingWasSaidOpenly();
        assertTrue(said.stream().noneMatch(m -> m.contains("<imdn")), "a receipt was to be read on the way");
        assertTrue(said.stream().anyMatch(m -> m.startsWith("MESSAGE") && m.contains("\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data") && m.contains("\r\nDate: ")));
        assertEquals(1, bob.ask("state").path("inbox").asInt());
    }

    @Test
    void whoHasNoKeysGetsNothingOpenlyInstead() throws Exception {
        start(1, Faults.NONE);
        bob.setSmime(null);
        powerOn();
        write(SECRET);
        openNewestSent();
        expect(alice, "lcd contains \"failed: cannot be shown there\"");
        nothingWasSaidOpenly();
        assertEquals(0, bob.ask("state").path("inbox").asInt());
    }

    @Test
    void whoHasAnotherKeySaysThatItIsNotForHim() throws Exception {
        start(1, Faults.NONE);
        ring("newbob", "bob");
        give(bob, "newbob");
        powerOn();
        write(SECRET);
        openNewestSent();
        expect(alice, "lcd contains \"failed: cannot be sealed\"");
        assertTrue(said.stream().anyMatch(m -> m.contains("SIP/2.0 493 ")));
        nothingWasSaidOpenly();
    }

    @Test
    void anothersSignatureAndAStrangersAreSeen() throws Exception {
        start(1, Faults.NONE);
        ring("carol", "carol");
        ring("stranger", "alice");
        knows("bob", "carol");
        for (String ring : new String[] {"carol", "stranger"}) {
            if (Files.notExists(folder.resolve(ring).resolve("people/bob.pem"))) {
                knows(ring, "bob");
            }
        }
        give(alice, "carol");
        powerOn();
        write("really alice");
        expect(bob, "lcd contains \"really alice\"");
        bob.ask("press soft3");
        expect(bob, "lcd contains \"SIGNED BY ANOTHER\"");
        alice.powerOff();
        give(alice, "stranger");
        alice.powerOn();
        expect(alice, "registered");
        bob.ask("press back back");
        write("alice anew");
        expect(bob, "lcd contains \"alice anew\"");
        bob.ask("press soft3");
        expect(bob, "lcd contains \"signer not known\"");
    }

    @Test
    void whatWaitedIsReadAndSaysThatItIsOld() throws Exception {
        start(1, Faults.NONE);
        powerOn();
        bob.powerOff();
        write(SECRET);
        openNewestSent();
        expect(alice, "lcd contains \"waiting at\"");
        office.world.runTo(office.world.nowMs() + 700_000);
        bob.powerOn();
        expect(bob, "lcd contains \"" + SECRET + "\"");
        bob.ask("press soft3");
        expect(bob, "lcd contains \"signed long ago\"");
        nothingWasSaidOpenly();
        bob.powerOff();
        bob.powerOn();
        expect(bob, "registered");
        bob.ask("press messages ok");
        expect(bob, "lcd contains \"signed long ago\"");
        assertFalse(bob.ask("lcd").toString().contains("CHANGED"));
    }

    // ---------------------------------------------------------------- in a chat

    private void chat() {
        alice.ask("press back back back back L1 soft3");
        expect(bob, "lcd contains \"offers a chat\"");
        bob.ask("press soft4");
        expect(bob, "lcd contains \"End\"");
        expect(alice, "lcd contains \"End\"");
    }

    private static void say(VirtualDesk desk, String text) {
        desk.ask("type \"" + text + "\"");
        desk.ask("press ok");
    }

    private boolean wasSaidOpenly(String text) {
        return said.stream().anyMatch(m -> m.contains("MSRP ") && m.contains(text));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @Shows({"4975-14.3-4", "4975-14.3-1"})
    void whatIsSaidInAChatIsForTheTwoAlone(long seed) throws Exception {
        start(seed, seed == 1 ? Faults.NONE : Faults.ROUGH);
        powerOn();
        chat();
        expect(alice, "lcd contains \"sealed\"");
        say(alice, SECRET);
        expect(bob, "lcd contains \"<* " + SECRET + "\"");
        say(bob, "at ten then");
        expect(alice, "lcd contains \"<* at ten then\"");
        expect(alice, "lcd contains \">> " + SECRET + "\"");
        assertFalse(wasSaidOpenly(SECRET) || wasSaidOpenly("at ten then"));
        assertTrue(said.stream().anyMatch(m -> m.contains("Content-Type: application/pkcs7-mime; smime-type=enveloped-data")));
        assertTrue(said.stream().anyMatch(m -> m.contains("a=accept-types:") && m.contains("multipart/signed") && m.contains(" application/pkcs7-mime\r\n")));
    }

    @Test
    void whereTheOtherSideHasNoKeysNothingIsSaidOpenlyInAChat() throws Exception {
        start(1, Faults.NONE);
        bob.setSmime(null);
        powerOn();
        chat();
        expect(alice, "lcd contains \"cannot seal\"");
        say(alice, SECRET);
        office.world.runTo(office.world.nowMs() + 10_000);
        assertFalse(wasSaidOpenly(SECRET));
        expect(alice, "lcd contains \"_" + SECRET + "\"");
        say(bob, "in the open");
        expect(alice, "lcd contains \"< in the open\"");
        assertTrue(wasSaidOpenly("in the open"), "else this test could not fail");
    }

    @Test
    void whatIsSealedForAnotherKeyIsSaidToBe() throws Exception {
        start(1, Faults.NONE);
        ring("newbob", "bob");
        give(bob, "newbob");
        powerOn();
        chat();
        say(alice, SECRET);
        expect(bob, "lcd contains \"cannot be opened\"");
        assertFalse(wasSaidOpenly(SECRET));
    }

    @Test
    void aStrangersSignatureIsDoubtedInAChat() throws Exception {
        start(1, Faults.NONE);
        ring("stranger", "alice");
        knows("stranger", "bob");
        give(alice, "stranger");
        powerOn();
        chat();
        say(alice, "really alice");
        expect(bob, "lcd contains \"<? really alice\"");
    }
}
