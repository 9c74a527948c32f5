package org.sidetone.guards;

import java.util.concurrent.Callable;
import org.sidetone.hal.board.Boards;
import org.sidetone.world.story.Story;
import org.sidetone.world.virtual.Faults;
import org.sidetone.world.virtual.VirtualOffice;

/** Plays the story, with whatever classes its loader has. */
public final class CldcStoryRunner implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        VirtualOffice office = new VirtualOffice(1, Faults.NONE, Boards.load("pi-text-20x4"), false);
        office.powerOn();
        return new Story(office.alice, office.bob, 240_000, false, step -> { }).play().size();
    }
}
