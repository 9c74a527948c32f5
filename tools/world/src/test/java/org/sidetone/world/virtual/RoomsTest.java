package org.sidetone.world.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sidetone.hal.board.Boards;

/** A room of the exchange's, from key to display (RFC 7701), on a network that loses, delays, doubles and reorders. */
class RoomsTest {
    private VirtualOffice office;
    private VirtualDesk alice;
    private VirtualDesk bob;

    private void start(long seed, Faults faults) throws Exception {
        office = VirtualOffice.withRooms(seed, faults, Boards.load("desk-text-36x8"), List.of("lunch"));
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

    private static void say(VirtualDesk desk, String text) {
        desk.ask("type \"" + text + "\"");
        press(desk, "ok");
    }

    private void both() {
        press(alice, "back back back back L2 soft3");
        expect(alice, "lcd contains \"lunch (1)\"");
        press(bob, "back back back back L2 soft3");
        expect(bob, "lcd contains \"lunch (2)\"");
        expect(alice, "lcd contains \"lunch (2)\"");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whoMeetsInARoomSeesWhoIsThereAndWhatIsSaid(long seed) throws Exception {
        start(seed, seed == 1 ? Faults.NONE : Faults.ROUGH);
        both();
        say(alice, "hungry?");
        expect(bob, "lcd contains \"< Alice: hungry?\"");
        say(bob, "yes");
        expect(alice, "lcd contains \"< Bob: yes\"");
        expect(alice, "lcd contains \">> hungry?\"");
        press(bob, "soft2");
        expect(alice, "lcd contains \"lunch (1)\"");
        press(alice, "soft2");
        expect(alice, "lcd contains \"closed\"");
    }

    @Test
    void oneOfThemIsWrittenToAlone() throws Exception {
        start(1, Faults.NONE);
        both();
        press(alice, "soft4");
        expect(alice, "lcd contains \"Alice (you)\"");
        expect(alice, "lcd contains \"Bob\"");
        press(alice, alice.ask("lcd").toString().indexOf("Bob") < alice.ask("lcd").toString().indexOf("Alice") ? "soft4" : "down soft4");
        expect(alice, "lcd contains \"to Bob alone\"");
        say(alice, "between us");
        expect(bob, "lcd contains \"Alice (to you): between us\"");
        expect(alice, "lcd contains \">> (Bob) between us\"");
        say(alice, "all of you");
        expect(bob, "lcd contains \"< Alice: all of you\"");
    }

    @Test
    void whoLosesHisConnectionIsBackSoon() throws Exception {
        start(1, Faults.NONE);
        both();
        office.world.runTo(office.world.nowMs() + 20_000);
        office.world.hostAt(0xC0000201).breakStreams(office.world.hostAt(0xC000020B));
        expect(alice, "lcd contains \"lunch (1)\"");
        expect(alice, "lcd contains \"lunch (2)\"");
        say(alice, "there again?");
        expect(bob, "lcd contains \"there again?\"");
    }

    @Test
    void aRoomIsNotLeftForSilence() throws Exception {
        start(1, Faults.NONE);
        both();
        office.world.runTo(office.world.nowMs() + 3 * 3_600_000L);
        say(alice, "still there?");
        expect(bob, "lcd contains \"still there?\"");
    }

    @Test
    void aRoomThatIsNoneIsUnknown() throws Exception {
        office = new VirtualOffice(1, Faults.NONE, Boards.load("desk-text-36x8"), false);
        alice = office.alice;
        alice.settings().contacts = new org.sidetone.firmware.settings.ContactSettings[] {new org.sidetone.firmware.settings.ContactSettings("sip:lunch@example.test", "lunch", 0)};
        office.powerOn();
        expect(alice, "registered");
        press(alice, "L1 soft3");
        expect(alice, "lcd contains \"unknown address\"");
        assertFalse(alice.ask("lcd").toString().contains("lunch ("));
        assertEquals("closed", alice.ask("state").path("chats").path(0).path("state").asText());
    }
}
