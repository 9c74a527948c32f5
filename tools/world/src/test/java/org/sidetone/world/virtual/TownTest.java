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
        play(PHONES, FIRST, SEEDS, STEPS);
    }

    @Test
    void soDoesAHundred() throws Exception {
        play(100, FIRST, Math.max(1, SEEDS / 50), 5 * STEPS);
    }

    private static void play(int phones, long first, int seeds, int steps) throws Exception {
        List<String> wrong = new ArrayList<>();
        int partitions = 0;
        int restarts = 0;
        long dropped = 0;
        for (long seed = first; seed < first + seeds; seed++) {
            VirtualTown town = new VirtualTown(seed, phones, CONTACTS, Boards.load("pi-text-20x4"));
            town.world.runTo(10_000);
            town.disturb(steps);
            town.calm();
            for (String line : town.disagreements()) {
                wrong.add("seed " + seed + ": " + line);
            }
            partitions += town.world.partitions();
            restarts += town.restarts();
            dropped += town.world.dropped();
        }
        System.out.printf("%d seeds of %d phones: %d restarts of the exchange, %d partitions, %d datagrams lost%n", seeds, phones, restarts, partitions, dropped);
        assertEquals(List.of(), wrong);
        assertTrue(restarts > 0 && partitions > 0 && dropped > 0, "nothing went wrong");
    }
}
