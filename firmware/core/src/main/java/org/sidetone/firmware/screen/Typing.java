package org.sidetone.firmware.screen;

import org.sidetone.firmware.input.MultiTap;
import org.sidetone.firmware.input.TextField;
import org.sidetone.hal.Key;

/** The keys around a text that is being written, the same on every screen that has one: arrows, Delete, the mode. */
final class Typing {
    private Typing() {
    }

    /** @return false for a key that the screen gives a meaning of its own */
    static boolean onKey(int key, TextField field, MultiTap multiTap, long nowMs) {
        if (key == Key.LEFT) {
            field.moveLeft();
        } else if (key == Key.RIGHT) {
            field.moveRight();
        } else if (key == Key.SOFT_1 && field.length() > 0) {
            multiTap.onKey(Key.CLEAR, nowMs);
        } else if (key == Key.SOFT_1 + 2) {
            multiTap.onKey(Key.HASH, nowMs);
        } else {
            return false;
        }
        return true;
    }
}
