package org.sidetone.emulator.body;

import java.util.concurrent.ArrayBlockingQueue;
import org.sidetone.hal.Key;
import org.sidetone.hal.Keypad;

/** Keys pressed by a mouse, a keyboard or a test. Presses come from any thread. */
public final class SoftKeypad implements Keypad {
    private static final int QUEUE = 64;

    private final ArrayBlockingQueue<Integer> events = new ArrayBlockingQueue<>(QUEUE);
    private final boolean[] down = new boolean[Key.COUNT];
    private final Runnable wakeUp;

    public SoftKeypad(Runnable wakeUp) {
        this.wakeUp = wakeUp;
    }

    /** A key goes down; nothing happens when it is down. A press for which there is no room, with one kept for its release, is lost whole. */
    public synchronized void press(int key) {
        if (!down[key] && events.remainingCapacity() > pressed() + 1) {
            down[key] = true;
            events.add(key << 1 | 1);
            wakeUp.run();
        }
    }

    public synchronized void release(int key) {
        if (down[key]) {
            down[key] = false;
            events.add(key << 1);
            wakeUp.run();
        }
    }

    public void tap(int key) {
        press(key);
        release(key);
    }

    private int pressed() {
        int n = 0;
        for (boolean d : down) {
            n += d ? 1 : 0;
        }
        return n;
    }

    @Override
    public int next() {
        Integer event = events.poll();
        return event == null ? NONE : event;
    }
}
