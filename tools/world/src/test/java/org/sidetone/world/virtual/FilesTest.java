package org.sidetone.world.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sidetone.hal.board.Boards;

/** Files from key to display, through the exchange, on a network that loses, delays, doubles and reorders. */
class FilesTest {
    private VirtualOffice office;
    private VirtualDesk alice;
    private VirtualDesk bob;

    private void start(long seed, Faults faults) throws Exception {
        office = new VirtualOffice(seed, faults, Boards.load("desk-text-36x8"), false);
        alice = office.alice;
        bob = office.bob;
        alice.settings().supportAddress = "sip:bob@example.test";
        office.powerOn();
        expect(alice, "lamp @bob green");
        expect(bob, "lamp @alice green");
    }

    private static void expect(VirtualDesk desk, String condition) {
        JsonNode answer = desk.ask("wait 120000 " + condition);
        assertTrue(answer.path("ok").asBoolean() && !answer.path("timeout").asBoolean(),
                desk.name() + ": " + condition + ": " + answer + "\n" + desk.ask("lcd") + desk.ask("state").path("files"));
    }

    private static void press(VirtualDesk desk, String keys) {
        assertTrue(desk.ask("press " + keys).path("ok").asBoolean(), keys);
    }

    private void sendCard() {
        press(alice, "back back back back L1 soft2");
        expect(bob, "lcd contains \"Take it?\"");
        expect(bob, "lcd contains \"alice.vcf\"");
    }

    private static String state(VirtualDesk desk, int index) {
        return desk.ask("state").path("files").path(index).path("state").asText();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void aCardGoesToAContactAndIsStillThereAfterAReboot(long seed) throws Exception {
        start(seed, seed == 1 ? Faults.NONE : Faults.ROUGH);
        sendCard();
        press(bob, "soft4");
        expect(bob, "lcd contains \"Alice\"");
        expect(bob, "lcd contains \"sip:alice@example.test\"");
        expect(alice, "lcd contains \"arrived\"");
        assertEquals("kept", state(bob, 0));
        bob.powerOff();
        bob.powerOn();
        expect(bob, "registered");
        press(bob, "messages soft3");
        expect(bob, "lcd contains \"alice.vcf\"");
        press(bob, "soft4");
        expect(bob, "lcd contains \"sip:alice@example.test\"");
        press(bob, "soft4");
        bob.ask("type \"got it\"");
        press(bob, "ok");
        expect(alice, "lcd contains \"got it\"");
    }

    @Test
    void aFileIsSentOn() throws Exception {
        start(1, Faults.NONE);
        sendCard();
        press(bob, "soft4");
        expect(bob, "lcd contains \"Send\"");
        press(bob, "soft3");
        expect(bob, "lcd contains \"Send to\"");
        press(bob, "soft4");
        expect(alice, "lcd contains \"Take it?\"");
        press(alice, "soft4");
        expect(alice, "lcd contains \"sip:alice@example.test\"");
        expect(bob, "lcd contains \"arrived\"");
        assertEquals("sent", state(bob, 0));
        assertEquals("kept", state(bob, 1));
        assertEquals("text/vcard", alice.ask("state").path("files").path(0).path("type").asText());
    }

    @Test
    void anOfferIsDeclinedOrTakenBack() throws Exception {
        start(1, Faults.NONE);
        sendCard();
        press(bob, "soft1");
        expect(alice, "lcd contains \"declined\"");
        assertEquals(0, bob.ask("state").path("files").size());
        sendCard();
        press(alice, "soft4");
        expect(bob, "lcd contains \"broken off\"");
        assertEquals("failed", state(bob, 0));
    }

    @Test
    void theLogGoesToWhoCanReadIt() throws Exception {
        start(1, Faults.NONE);
        press(alice, "messages soft3 soft2");
        expect(bob, "lcd contains \"log.txt\"");
        press(bob, "soft4");
        expect(bob, "lcd contains \"boot Sidetone\"");
        press(alice, "soft4");
        expect(alice, "lcd contains \"arrived\"");
        press(bob, "soft2");
        expect(bob, "lcd contains \"Bob\"");
        office.world.runTo(office.world.nowMs() + 5_000);
        assertEquals(0, bob.ask("state").path("files").size());
        bob.powerOff();
        bob.powerOn();
        expect(bob, "registered");
        assertEquals(0, bob.ask("state").path("files").size(), "what was deleted is gone from the medium");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aBrokenConnectionDoesNotBreakAFile(long seed) throws Exception {
        start(seed, Faults.ROUGH);
        for (int i = 0; i < 120; i++) {                          // so that there is a log to send
            press(bob, "L1");
            alice.phone().log().line(office.world.nowMs()).put("line ").putDecimal(i).put(" of a log that is long enough to take more than one chunk of a file");
            alice.phone().log().end();
        }
        press(alice, "messages soft3 soft2");
        expect(bob, "lcd contains \"Take it?\"");
        press(bob, "soft4");
        for (int i = 0; i < 200 && alice.ask("state").path("files").path(0).path("state").asText().equals("going"); i++) {
            office.world.runTo(office.world.nowMs() + 20);
            if (i == 10 || i == 60) {
                office.world.hostAt(0xC000020A).breakStreams(office.world.hostAt(0xC000020B));
            }
        }
        expect(alice, "lcd contains \"arrived\"");
        expect(bob, "lcd contains \"boot Sidetone\"");
        assertEquals("kept", state(bob, 0));
    }

    @Test
    void strangersFilesAreAsUnwelcomeAsTheirMessages() throws Exception {
        office = new VirtualOffice(1, Faults.NONE, Boards.load("desk-text-36x8"), false);
        alice = office.alice;
        bob = office.bob;
        bob.settings().acceptsFrom = org.sidetone.firmware.contacts.Acceptance.CONTACTS;
        bob.settings().contacts = new org.sidetone.firmware.settings.ContactSettings[0];
        office.powerOn();
        expect(alice, "registered");
        expect(bob, "registered");
        press(alice, "L1 soft2");
        expect(alice, "lcd contains \"failed\"");
        assertEquals(0, bob.ask("state").path("files").size());
    }
}
