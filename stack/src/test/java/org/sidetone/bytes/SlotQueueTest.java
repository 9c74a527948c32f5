package org.sidetone.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlotQueueTest {
    @Test
    void theOldestComesFirstWhateverWasTakenOut() {
        SlotQueue queue = new SlotQueue(8);
        ArrayDeque<Integer> model = new ArrayDeque<>();
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            int slot = random.nextInt(8);
            if (random.nextBoolean()) {
                queue.add(slot);
                if (!model.contains(slot)) {
                    model.add(slot);
                }
            } else {
                queue.remove(slot);
                model.remove(slot);
            }
            assertEquals(model.isEmpty() ? SlotQueue.NONE : model.peek(), queue.first());
        }
    }
}
