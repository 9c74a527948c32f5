package org.sidetone.emulator.body;

import org.sidetone.hal.Keypad;
import org.sidetone.hal.tck.KeypadContract;

class SoftKeypadTest extends KeypadContract {
    private final SoftKeypad keypad = new SoftKeypad(() -> { });

    @Override
    protected Keypad open() {
        return keypad;
    }

    @Override
    protected void press(int key) {
        keypad.press(key);
    }

    @Override
    protected void release(int key) {
        keypad.release(key);
    }
}
