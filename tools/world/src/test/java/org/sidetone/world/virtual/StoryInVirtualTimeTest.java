package org.sidetone.world.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sidetone.conformance.Shows;
import org.sidetone.hal.Panel;
import org.sidetone.hal.board.Boards;
import org.sidetone.world.story.Story;
import org.sidetone.world.story.StoryException;

/** The whole story in virtual time: easy, over streams, and 1,000 times through a rough network. */
class StoryInVirtualTimeTest {
    private static final int SEEDS = Integer.getInteger("sidetone.seeds", 1000);
    private static final int PATIENCE_MS = 600_000;
    private static final int AFTERWARDS_MS = 70_000;

    private static VirtualOffice office(long seed, Faults faults, boolean tcp) throws Exception {
        Panel board = Boards.load("pi-text-20x4");
        return new VirtualOffice(seed, faults, board, tcp);
    }

    private static List<Story.Step> play(VirtualOffice office, boolean lossy) throws StoryException {
        office.powerOn();
        return new Story(office.alice, office.bob, PATIENCE_MS, lossy, step -> { }).play();
    }

    @Test
    @Shows({"3261-20-7", "3261-20-9", "6665-8.2.1-3", "6665-8.2.3-1", "3261-20.15-1", "3261-8.1.1.9-2", "3261-20.32-3", "3261-20.37-1", "3261-20.7-1", "3261-20.28-1", "3261-10.1-1", "3856-6.5-1", "3903-10.1-3", "3856-7.2-2", "3903-14.1-2"})
    void playsOverAnEasyNetwork() throws Exception {
        VirtualOffice office = office(1, Faults.NONE, false);
        CarriedMessages carried = new CarriedMessages();
        office.world.setTap(carried);
        assertEquals(13, play(office, false).size());
        assertTrue(carried.messages() > 40 && carried.documents() > 5, carried.seen().toString());
        for (String kind : List.of("REGISTER", "SUBSCRIBE", "NOTIFY", "PUBLISH", "MESSAGE", "200", "202", "401", "407")) {
            assertTrue(carried.seen().containsKey(kind), kind + " was never sent");
        }
    }

    @Test
    void playsOverStreams() throws Exception {
        VirtualOffice office = office(1, Faults.NONE, true);
        CarriedMessages carried = new CarriedMessages();
        office.world.setTap(carried);
        assertEquals(13, play(office, false).size());
        assertTrue(carried.messages() > 40 && carried.documents() > 5, carried.seen().toString());
    }

    @Test
    void theSameSeedGivesTheSameBytes() throws Exception {
        assertEquals(transcript(7), transcript(7));
        assertNotEquals(transcript(7), transcript(8));
    }

    private static String transcript(long seed) throws Exception {
        VirtualOffice office = office(seed, Faults.ROUGH, false);
        StringBuilder out = new StringBuilder();
        office.world.setTap((from, bytes, length, datagram) -> out.append(office.world.nowMs()).append(' ')
                .append(new String(bytes, 0, length, java.nio.charset.StandardCharsets.ISO_8859_1)));
        play(office, true);
        return out.toString();
    }

    /** Each seed to the same end: the same messages shown once, the right lamps, also a while later. */
    @Test
    void playsThroughARoughNetworkFromEverySeed() throws Exception {
        long dropped = 0;
        long duplicated = 0;
        long reordered = 0;
        long repeated = 0;
        CarriedMessages carried = new CarriedMessages();
        List<String> failed = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            VirtualOffice office = office(seed, Faults.ROUGH, false);
            office.world.setTap(carried);
            try {
                play(office, true);
                office.world.runTo(office.world.nowMs() + AFTERWARDS_MS);
                check(office);
            } catch (StoryException | IllegalStateException e) {
                failed.add("seed " + seed + ": " + e.getMessage());
            }
            dropped += office.world.dropped();
            duplicated += office.world.duplicated();
            reordered += office.world.reordered();
            repeated += carried.messages();
        }
        System.out.printf("%d seeds: %d datagrams lost, %d duplicated, %d reordered; %d messages re-read by JAIN-SIP, %d documents valid%n",
                SEEDS, dropped, duplicated, reordered, carried.messages(), carried.documents());
        assertEquals(List.of(), failed);
        assertTrue(dropped > 0 && duplicated > 0 && reordered > 0 && repeated > 0, "the network was not rough");
    }

    private static void check(VirtualOffice office) throws StoryException {
        expect(office.alice, 1);
        expect(office.bob, 2);
        // a refresh that lost all its datagrams for 15 s lets a publication expire: it is made anew
        if (!isGreen(office.alice, "@bob") || !isGreen(office.bob, "@alice")) {
            throw new StoryException("the lamps do not come back to green");
        }
    }

    private static boolean isGreen(VirtualDesk desk, String lamp) {
        return desk.ask("wait " + PATIENCE_MS + " lamp " + lamp + " green").path("ok").asBoolean();
    }

    private static void expect(VirtualDesk desk, int inbox) throws StoryException {
        int found = desk.ask("state").path("inbox").asInt();
        if (found != inbox) {
            throw new StoryException("a while later " + desk.name() + "'s inbox holds " + found);
        }
    }
}
