package org.sidetone.world.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sidetone.hal.board.Boards;
import org.sidetone.world.story.Story;

class StoryInVirtualTimeTest {
    private static List<Story.Step> play(long seed, Faults faults, boolean tcp) throws Exception {
        VirtualOffice office = new VirtualOffice(seed, faults, Boards.load("pi-text-20x4"), tcp);
        office.powerOn();
        return new Story(office.alice, office.bob, 240_000, s -> { if (System.getProperty("verbose") != null) System.out.println(s); }).play();
    }

    @Test
    void playsOverAnEasyNetwork() throws Exception {
        assertEquals(10, play(1, Faults.NONE, false).size());
    }

    @Test
    void playsOverStreams() throws Exception {
        assertEquals(10, play(1, Faults.NONE, true).size());
    }
}
