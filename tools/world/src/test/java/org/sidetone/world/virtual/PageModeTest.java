package org.sidetone.world.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sidetone.conformance.Shows;
import org.sidetone.hal.board.Boards;

/** Single messages from key to key: what goes over the network, and what the sender is led to believe (RFC 3428). */
class PageModeTest {
    private static final Faults DEAD = new Faults(100, 0, 0, 1, 1);

    private final List<String> said = new ArrayList<>();
    private VirtualOffice office;
    private VirtualDesk alice;
    private VirtualDesk bob;

    @BeforeEach
    void start() throws Exception {
        office = new VirtualOffice(1, Faults.NONE, Boards.load("pi-text-20x4"), false);
        office.world.setTap((from, bytes, length, datagram) -> said.add(new String(bytes, 0, length, StandardCharsets.UTF_8)));
        alice = office.alice;
        bob = office.bob;
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

    private long messages(String text) {
        return said.stream().filter(m -> m.startsWith("MESSAGE ") && m.endsWith(text)).count();
    }

    @Test
    @Shows({"3428-4-1", "3428-4-4"})
    void plainTextGoesAndAnAnswerMeansDeliveredNotRead() {
        write("hello");
        expect(bob, "lcd contains \"hello\"");
        String message = said.stream().filter(m -> m.startsWith("MESSAGE ")).findFirst().orElseThrow();
        assertTrue(message.matches("(?s).*\r\nContent-Type: text/plain(;charset=UTF-8)?\r\n.*\r\n\r\nhello"), message);
        openNewestSent();
        expect(alice, "lcd contains \"delivered\"");
        office.world.runTo(office.world.nowMs() + 10_000);
        assertTrue(alice.ask("lcd").toString().contains("delivered"), "nobody read it");
    }

    @Test
    @Shows("3428-4-5")
    void whatTheExchangeKeepsIsNotCalledDelivered() {
        bob.powerOff();
        write("later");
        openNewestSent();
        expect(alice, "lcd contains \"waiting at\"");
        office.world.runTo(office.world.nowMs() + 60_000);
        assertTrue(!alice.ask("lcd").toString().contains("delivered"), "he is not there");
        bob.powerOn();
        expect(bob, "lcd contains \"later\"");
    }

    private void startKeeping(long seconds) throws Exception {
        office = VirtualOffice.keeping(1, Faults.NONE, Boards.load("pi-text-20x4"), seconds);
        alice = office.alice;
        bob = office.bob;
        office.powerOn();
        expect(alice, "lamp @bob green");
        expect(bob, "lamp @alice green");
    }

    /** From the second message on she asks what becomes of it. */
    private void receiptsAreKnown() {
        write("first");
        expect(bob, "lcd contains \"first\"");
        office.world.runTo(office.world.nowMs() + 40_000);
    }

    /** RFC 5438: who asked what becomes of it hears, sooner or later, that nobody fetched it. */
    @Test
    void whoseMessageNobodyFetchedHearsThatItWillNotArrive() throws Exception {
        startKeeping(300);
        receiptsAreKnown();
        bob.powerOff();
        write("too late");
        openNewestSent();
        expect(alice, "lcd contains \"waiting at\"");
        office.world.runTo(office.world.nowMs() + 200_000);
        assertTrue(alice.ask("lcd").toString().contains("waiting at"));
        office.world.runTo(office.world.nowMs() + 200_000);
        expect(alice, "lcd contains \"failed: not there\"");
        bob.powerOn();
        expect(bob, "registered");
        office.world.runTo(office.world.nowMs() + 30_000);
        assertEquals(1, bob.ask("state").path("inbox").asInt(), "the first one alone");
    }

    /** The sender is away when it is known: he hears when he is back. */
    @Test
    void aFailureIsKeptForASenderWhoIsAway() throws Exception {
        startKeeping(300);
        receiptsAreKnown();
        bob.powerOff();
        write("too late");
        office.world.runTo(office.world.nowMs() + 20_000);
        alice.powerOff();
        office.world.runTo(office.world.nowMs() + 400_000);
        alice.powerOn();
        expect(alice, "registered");
        openNewestSent();
        expect(alice, "lcd contains \"failed: not there\"");
    }

    private long signs() {
        return said.stream().filter(m -> m.startsWith("MESSAGE ") && m.contains("application/im-iscomposing+xml")).count();
    }

    /** Both have written before, so each phone knows what the other takes. */
    private void acquaint() {
        write("first");
        expect(bob, "lcd contains \"first\"");
        office.world.runTo(office.world.nowMs() + 2000);
        assertEquals(0, signs(), "not before it is known that he takes them");
        bob.ask("press back back back back L1 soft4");
    }

    @Test
    void whoWritesIsSeenWritingUntilHeStopsOrSends() {
        acquaint();
        alice.ask("press back back back back L1 soft4");
        alice.ask("type \"hel\"");
        expect(bob, "lcd contains \"is typing\"");
        assertTrue(said.stream().anyMatch(m -> m.contains("im-iscomposing+xml") && m.contains("\r\nExpires: 90\r\n") && m.contains("<state>active</state>")));
        long now = office.world.nowMs();
        expect(bob, "lcd lacks \"is typing\"");
        assertEquals(15_000, office.world.nowMs() - now, 2_500, "idle for a quarter of a minute");
        alice.ask("type \"lo\"");
        expect(bob, "lcd contains \"is typing\"");
        alice.ask("press ok");
        expect(bob, "lcd lacks \"is typing\"");
        expect(bob, "lcd contains \"To alice\"".replace("alice", "Alice"));
        assertEquals(2, bob.ask("state").path("inbox").asInt());
        long all = signs();
        office.world.runTo(office.world.nowMs() + 200_000);
        assertEquals(all, signs(), "nothing more to say");
    }

    @Test
    void aSignIsNotKeptForWhoIsAway() {
        acquaint();
        bob.powerOff();
        alice.ask("press back back back back L1 soft4");
        alice.ask("type \"hello\"");
        office.world.runTo(office.world.nowMs() + 120_000);
        assertTrue(signs() > 0);
        said.clear();
        bob.powerOn();
        expect(bob, "registered");
        office.world.runTo(office.world.nowMs() + 20_000);
        assertEquals(0, signs());
        alice.ask("press ok");
        expect(bob, "lcd contains \"ello\"");
    }

    @Test
    void nobodyIsToldWhereTheOwnerDoesNotWant() {
        alice.powerOff();
        alice.settings().tellsTyping = false;
        alice.powerOn();
        expect(alice, "lamp @bob green");
        acquaint();
        alice.ask("press back back back back L1 soft4");
        alice.ask("type \"hello\"");
        office.world.runTo(office.world.nowMs() + 20_000);
        assertEquals(0, signs());
    }

    @Test
    @Shows("3428-8-3")
    void theSecondMessageToSomebodyWaitsForTheAnswerToTheFirst() {
        office.world.setFaults(DEAD);
        write("first");
        office.world.runTo(office.world.nowMs() + 1000);
        write("second");
        office.world.runTo(office.world.nowMs() + 10_000);
        assertTrue(messages("first") > 3, "said again and again");
        assertEquals(0, messages("second"));
        office.world.setFaults(Faults.NONE);
        expect(bob, "lcd contains \"second\"");
        assertEquals(2, bob.ask("state").path("inbox").asInt());
    }

    private void unplugTheExchangeFor(long ms) {
        office.world.hostAt(0xC0000201).plug(false);
        office.world.runTo(office.world.nowMs() + ms);
        office.world.hostAt(0xC0000201).plug(true);
    }

    /** Half a minute of silence is an outage: it is sent once more, under the same id. */
    @Test
    void whatNobodyAnsweredIsSentAgainAndShownOnce() {
        office.world.hostAt(0xC0000201).plug(false);
        write("in the dark");
        unplugTheExchangeFor(40_000);
        expect(bob, "lcd contains \"in the dark\"");
        openNewestSent();
        expect(alice, "lcd contains \"delivered\"");
        office.world.runTo(office.world.nowMs() + 120_000);
        assertEquals(1, bob.ask("state").path("inbox").asInt());
    }

    @Test
    void afterThreeSilencesTheOwnerIsTold() {
        office.world.hostAt(0xC0000201).plug(false);
        write("nobody there");
        unplugTheExchangeFor(110_000);
        openNewestSent();
        expect(alice, "lcd contains \"no answer\"");
        office.world.runTo(office.world.nowMs() + 120_000);
        assertEquals(0, bob.ask("state").path("inbox").asInt());
        assertTrue(alice.ask("lcd").toString().contains("no answer"));
    }
}
