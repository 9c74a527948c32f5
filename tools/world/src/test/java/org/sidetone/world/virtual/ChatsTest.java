package org.sidetone.world.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sidetone.bytes.Slice;
import org.sidetone.firmware.chats.Transcript;
import org.sidetone.hal.board.Boards;

/** Message sessions from key to display, through the exchange, on a network that loses, delays, doubles and reorders. */
class ChatsTest {
    private VirtualOffice office;
    private VirtualDesk alice;
    private VirtualDesk bob;

    @BeforeEach
    void none() {
        office = null;
    }

    private void start(long seed, Faults faults) throws Exception {
        office = new VirtualOffice(seed, faults, Boards.load("pi-text-20x4"), false);
        CarriedMessages carried = new CarriedMessages();
        office.world.setTap(carried);
        alice = office.alice;
        bob = office.bob;
        office.powerOn();
        expect(alice, "lamp @bob green");
        expect(bob, "lamp @alice green");
    }

    private static void expect(VirtualDesk desk, String condition) {
        JsonNode answer = desk.ask("wait 120000 " + condition);
        assertTrue(answer.path("ok").asBoolean() && !answer.path("timeout").asBoolean(),
                desk.name() + ": " + condition + ": " + answer + "\n" + desk.ask("lcd") + desk.ask("state").path("chats"));
    }

    private static void press(VirtualDesk desk, String keys) {
        assertTrue(desk.ask("press " + keys).path("ok").asBoolean(), keys);
    }

    private void open() {
        press(alice, "L1 soft3");
        expect(bob, "lcd contains \"offers a chat\"");
        press(bob, "soft4");
        expect(bob, "lcd contains \"End\"");
        expect(alice, "lcd contains \"End\"");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void twoPeopleChatThroughTheExchange(long seed) throws Exception {
        start(seed, Faults.ROUGH);
        open();
        assertTrue(alice.ask("type \"hello bob\"").path("ok").asBoolean());
        expect(bob, "lcd contains \"typing\"");
        press(alice, "ok");
        expect(bob, "lcd contains \"hello bob\"");
        assertTrue(bob.ask("type \"hi alice\"").path("ok").asBoolean());
        press(bob, "ok");
        expect(alice, "lcd contains \"hi alice\"");
        expect(alice, "lamp @bob red");
        press(bob, "soft2");
        expect(alice, "lcd contains \"closed\"");
        expect(alice, "lamp @bob green");
        office.world.runTo(office.world.nowMs() + 60_000);
        assertEquals("closed", alice.ask("state").path("chats").path(0).path("state").asText());
        assertEquals("closed", bob.ask("state").path("chats").path(0).path("state").asText());
    }

    @Test
    void anOfferBlinksTillItIsDeclined() throws Exception {
        start(1, Faults.NONE);
        press(alice, "L1 soft3");
        expect(bob, "lcd contains \"offers a chat\"");
        expect(alice, "lcd contains \"ringing\"");
        expect(bob, "lamp @alice red");
        office.world.runTo(office.world.nowMs() + 2_000);
        JsonNode lamp = bob.ask("lamp @alice");
        assertEquals("red", lamp.path("colour").asText(), lamp.toString());
        assertEquals(200, lamp.path("on").asInt(), lamp.toString());
        press(bob, "soft1");
        expect(alice, "lcd contains \"declined\"");
        expect(bob, "lamp @alice green");
    }

    @Test
    void whoGivesUpLeavesAMissedCall() throws Exception {
        start(1, Faults.NONE);
        press(alice, "L1 soft3");
        expect(bob, "lcd contains \"offers a chat\"");
        press(alice, "soft2");
        expect(bob, "lcd contains \"Missed call\"");
        assertEquals(1, bob.ask("state").path("missedCalls").asInt());
    }

    @Test
    void aTranscriptIsThereAfterAReboot() throws Exception {
        start(1, Faults.NONE);
        open();
        alice.ask("type \"remember me\"");
        press(alice, "ok");
        expect(bob, "lcd contains \"remember me\"");
        office.world.runTo(office.world.nowMs() + 5_000);
        alice.powerOff();
        alice.powerOn();
        expect(alice, "lamp @bob red");
        press(alice, "L1 soft3");
        expect(alice, "lcd contains \"busy\"");
        expect(alice, "lcd contains \"remember me\"");
    }

    @Test
    void aDeadPhoneDoesNotHoldTheOther() throws Exception {
        start(1, Faults.NONE);
        open();
        alice.powerOff();
        office.world.runTo(office.world.nowMs() + 2_000_000);
        assertEquals("closed", bob.ask("state").path("chats").path(0).path("state").asText());
        assertFalse(bob.ask("lcd").toString().contains("End"));
    }

    /** What one phone's transcript says of a line: how often it is there, and how it fared. */
    private static String fate(VirtualDesk desk, String line) {
        Transcript all = desk.phone().conversations().get(0).transcript;
        StringBuilder fates = new StringBuilder();
        for (int at = all.first(); at >= 0; at = all.next(at)) {
            if (all.text(at, new Slice()).toString().equals(line)) {
                fates.append(all.state(at));
            }
        }
        return fates.toString();
    }

    /** Connections break again and again while both write: every line is there once at the other end, or its writer is told that it may not be. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void noLineIsLostInSilenceOrDoubledWhenConnectionsBreak(long seed) throws Exception {
        start(seed, Faults.ROUGH);
        open();
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        int breaks = 0;
        for (int i = 0; i < 24; i++) {
            VirtualDesk writer = random.nextBoolean() ? alice : bob;
            String line = "line " + i;
            writer.ask("type \"" + line + "\"");
            press(writer, "ok");
            lines.add((writer == alice ? "a" : "b") + line);
            office.world.runTo(office.world.nowMs() + random.nextInt(60));
            if (random.nextInt(4) == 0) {
                breaks += office.world.hostAt(0xC000020A).breakStreams(office.world.hostAt(0xC000020B));
                office.world.runTo(office.world.nowMs() + random.nextInt(20_000));
            }
        }
        office.world.runTo(office.world.nowMs() + 120_000);
        assertTrue(breaks > 0, "nothing broke");
        int delivered = 0;
        for (String one : lines) {
            VirtualDesk writer = one.startsWith("a") ? alice : bob;
            String said = fate(writer, one.substring(1));
            String heard = fate(writer == alice ? bob : alice, one.substring(1));
            if (said.isEmpty()) {
                continue;                                    // typed where the chat was closed already: it was never a line of it
            }
            assertTrue(said.equals("" + Transcript.DELIVERED) || said.equals("" + Transcript.FAILED) || said.equals("" + Transcript.SENT), one + " fared " + said);
            assertTrue(heard.equals("" + Transcript.THEIRS) || heard.isEmpty() && said.equals("" + Transcript.FAILED), one + " fared " + said + ", heard " + heard);
            delivered += heard.isEmpty() ? 0 : 1;
        }
        assertTrue(delivered > 0);
    }
}
