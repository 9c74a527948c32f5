package org.sidetone.world.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sidetone.hal.board.Boards;

/** After quiet every watcher shows what its contact says, from every seed. {@code -Dtown.first=1 -Dtown.seeds=1000} goes on elsewhere. */
class TownTest {
    private static final int PHONES = Integer.getInteger("town.phones", 20);
    private static final int CONTACTS = 4;
    private static final int STEPS = 120;
    private static final long FIRST = Long.getLong("town.first", 1);
    private static final int SEEDS = Integer.getInteger("town.seeds", 100);

    @Test
    void afterQuietEveryWatcherShowsWhatItsContactSays() throws Exception {
        List<String> wrong = new ArrayList<>();
        int restarts = 0;
        long dropped = 0;
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            VirtualTown town = new VirtualTown(seed, PHONES, CONTACTS, Boards.load("pi-text-20x4"));
            town.world.runTo(10_000);
            town.disturb(STEPS);
            town.calm();
            for (String line : town.disagreements()) {
                wrong.add("seed " + seed + ": " + line);
            }
            restarts += town.restarts();
            dropped += town.world.dropped();
        }
        System.out.printf("%d seeds of %d phones: %d restarts of the exchange, %d datagrams lost%n", SEEDS, PHONES, restarts, dropped);
        assertEquals(List.of(), wrong);
        assertTrue(restarts > 0 && dropped > 0, "nothing went wrong");
    }
}
