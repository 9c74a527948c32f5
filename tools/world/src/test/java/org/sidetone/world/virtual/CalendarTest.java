package org.sidetone.world.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sidetone.hal.board.Boards;

/** Appointments typed at one phone, seen on another: ahead of time, while they last, and not any more. The world begins at 11:06:40. */
class CalendarTest {
    private static final long MINUTE_MS = 60_000;
    private final List<String> said = new ArrayList<>();
    private VirtualOffice office;

    @BeforeEach
    void start() throws Exception {
        office = new VirtualOffice(1, Faults.NONE, Boards.load("pi-text-20x4"), false);
        CarriedMessages carried = new CarriedMessages();
        office.world.setTap((from, bytes, length, datagram) -> {
            carried.onSent(from, bytes, length, datagram);
            said.add(new String(bytes, 0, length, StandardCharsets.UTF_8));
        });
        office.powerOn();
        expect(office.alice, "lamp @bob green");
        expect(office.bob, "lamp @alice green");
    }

    private static void expect(VirtualDesk desk, String condition) {
        JsonNode answer = desk.ask("wait 20000 " + condition);
        assertTrue(answer.path("ok").asBoolean() && !answer.path("timeout").asBoolean(), desk.name() + ": " + condition + ": " + answer + " " + desk.ask("screen"));
    }

    private void enter(String text) {
        office.alice.ask("press back back back soft3 soft3 soft4");
        office.alice.ask("type \"" + text + "\"");
        office.alice.ask("press ok");
    }

    private void runToMinute(int minute) {
        office.world.runTo(minute * MINUTE_MS - 400_000 + 1_000);
    }

    @Test
    void othersSeeItAheadWhileItLastsAndNotAnyMore() {
        enter("1130 1145 Lunch");
        expect(office.alice, "lcd contains \"11:30-11:45 Lunch\"");
        office.bob.ask("press L1 down down");
        expect(office.bob, "lcd contains \"11:30-11:45 Lunch\"");
        office.world.runTo(office.world.nowMs() + 8_000);
        String ahead = said.stream().filter(m -> m.startsWith("NOTIFY ") && m.contains("timed-status")).reduce((a, b) -> b).orElseThrow();
        assertTrue(ahead.contains("<rpid:appointment/>") && ahead.contains("<ts:note>Lunch</ts:note>"), ahead);
        expect(office.bob, "lamp @alice green");
        runToMinute(30);
        expect(office.bob, "lamp @alice red");
        office.bob.ask("press L1 down");
        expect(office.bob, "lcd contains \"Lunch\"");
        String now = said.stream().filter(m -> m.startsWith("NOTIFY ") && m.contains("<rpid:appointment/>")).reduce((a, b) -> b).orElseThrow();
        assertTrue(now.contains("until=\"") && !now.contains("timed-status"), now);
        assertEquals("Appointment", office.alice.ask("state").path("presence").asText());
        runToMinute(45);
        office.alice.ask("press back");
        expect(office.bob, "lamp @alice green");
        assertEquals(0, office.alice.ask("state").path("calendar").size());
    }

    @Test
    void aManualChoiceBeatsItAndWhoAppearsOfflineTellsNothing() {
        enter("1130 1145 Lunch");
        office.alice.ask("press back back back soft3 down ok");                    // Available
        runToMinute(31);
        expect(office.bob, "lamp @alice green");
        assertEquals("Available", office.alice.ask("state").path("presence").asText());
        office.alice.ask("press back back back soft3 up ok");                      // Automatic
        expect(office.bob, "lamp @alice red");
        enter("1200 1210 Dentist");
        office.world.runTo(office.world.nowMs() + 8_000);
        said.clear();
        office.alice.ask("press back back back soft3 up up up up up up up down down down down down down down ok");
        expect(office.bob, "lamp @alice off");
        assertFalse(said.stream().anyMatch(m -> m.contains("Dentist")), said.toString());
    }

    @Test
    void itIsKeptOverAPowerCutAndDeletedByAKey() {
        enter("1130 1145 Lunch");
        enter("11:20-11:25 Tea");
        office.world.runTo(office.world.nowMs() + 2_000);
        office.alice.powerOff();
        office.world.runTo(office.world.nowMs() + 5_000);
        office.alice.powerOn();
        office.world.runTo(office.world.nowMs() + 5_000);
        JsonNode kept = office.alice.ask("state").path("calendar");
        assertEquals(List.of("Tea", "Lunch"), List.of(kept.path(0).path("note").asText(), kept.path(1).path("note").asText()));
        runToMinute(21);
        expect(office.bob, "lamp @alice red");
        office.alice.ask("press back back back soft3 soft3 soft3");
        expect(office.bob, "lamp @alice green");
        assertEquals(1, office.alice.ask("state").path("calendar").size());
    }

    @Test
    void whatIsNoAppointmentIsExplainedAndWhatIsOverIsMeantTomorrow() {
        for (String bad : List.of("Lunch", "1130", "2460 2500 x", "1130 11x5 y")) {
            enter(bad);
            expect(office.alice, "lcd contains \"Like 1430 1530\"");
            office.alice.ask("press " + "clear ".repeat(bad.length()) + "back");
        }
        enter("0900 1000 Early");
        long now = office.world.wallMs() / 1000;
        assertTrue(office.alice.ask("state").path("calendar").path(0).path("from").asLong() > now);
        for (int i = 0; i < 15; i++) {
            enter("2300 0100 Night" + i);
        }
        enter("2300 0100 One too many");
        expect(office.alice, "lcd contains \"No room\"");
        assertEquals(16, office.alice.ask("state").path("calendar").size());
    }
}
