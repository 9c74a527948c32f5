package org.sidetone.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TimerQueueTest {
    @Test
    void firesInOrderOfDeadlineThenOfStart() {
        TimerQueue queue = new TimerQueue();
        List<Integer> fired = new ArrayList<>();
        Timer[] timers = new Timer[500];
        for (int i = 0; i < timers.length; i++) {
            int n = i;
            timers[i] = new Timer(queue, (t, now) -> fired.add(n));
        }
        Random random = new Random(5);
        TreeMap<Long, List<Integer>> expected = new TreeMap<>();
        for (int i = 0; i < timers.length; i++) {
            timers[i].startAt(random.nextInt(1000));            // restarted below: the first start does not count
        }
        for (int i = 0; i < timers.length; i++) {
            long at = random.nextInt(50);
            timers[i].startAt(at);
            expected.computeIfAbsent(at, k -> new ArrayList<>()).add(i);
        }
        for (int i = 0; i < timers.length; i += 7) {
            timers[i].stop();
            int stopped = i;
            expected.values().forEach(l -> l.remove(Integer.valueOf(stopped)));
        }
        for (long now = 0; now < 60; now++) {
            while (queue.poll(now, 3) > 0) {
                continue;
            }
        }
        assertEquals(expected.values().stream().flatMap(List::stream).toList(), fired);
        assertEquals(0, queue.running());
        assertEquals(TimerQueue.NEVER, queue.nextDeadlineMs());
    }

    @Test
    void aTimerMayRestartItselfWhenItFires() {
        TimerQueue queue = new TimerQueue();
        List<Long> at = new ArrayList<>();
        Timer[] one = new Timer[1];
        one[0] = new Timer(queue, (t, now) -> {
            at.add(now);
            if (at.size() < 3) {
                t.startAt(now + 10);
            }
        });
        one[0].startAt(5);
        queue.poll(100, 100);
        queue.poll(110, 100);
        queue.poll(120, 100);
        assertEquals(List.of(100L, 110L, 120L), at);
    }
}
