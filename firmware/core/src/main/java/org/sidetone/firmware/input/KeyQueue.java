package org.sidetone.firmware.input;

import org.sidetone.hal.Keypad;

/** Key events that came from elsewhere than the keypad, in front of those of the keypad. */
public final class KeyQueue {
    private final Keypad keypad;
    private final int[] injected = new int[64];
    private int head;
    private int count;

    public KeyQueue(Keypad keypad) {
        this.keypad = keypad;
    }

    /** @return false when the queue is full */
    public boolean inject(int key, boolean pressed) {
        if (count == injected.length) {
            return false;
        }
        injected[(head + count) % injected.length] = key << 1 | (pressed ? 1 : 0);
        count++;
        return true;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** As {@link Keypad#next()}. */
    public int next() {
        if (count == 0) {
            return keypad.next();
        }
        int event = injected[head];
        head = (head + 1) % injected.length;
        count--;
        return event;
    }
}
