package org.sidetone.hal.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sidetone.hal.Key;
import org.sidetone.hal.Keypad;

/** {@link Keypad}. */
public abstract class KeypadContract {
    protected abstract Keypad open() throws Exception;

    /** A finger goes down on a key, and the keypad has noticed. */
    protected abstract void press(int key) throws Exception;

    protected abstract void release(int key) throws Exception;

    @Test
    void tellsNothingWhileNothingHappens() throws Exception {
        assertEquals(Keypad.NONE, open().next());
    }

    @Test
    void tellsPressAndReleaseInOrder() throws Exception {
        Keypad keypad = open();
        press(Key.OK);
        release(Key.OK);
        press(5);
        release(5);
        assertEquals(Key.OK << 1 | 1, keypad.next());
        assertEquals(Key.OK << 1, keypad.next());
        assertEquals(5 << 1 | 1, keypad.next());
        assertEquals(5 << 1, keypad.next());
        assertEquals(Keypad.NONE, keypad.next());
    }

    @Test
    void tellsTwoKeysAtATime() throws Exception {
        Keypad keypad = open();
        press(1);
        press(Key.STAR);
        release(1);
        release(Key.STAR);
        assertEquals(1 << 1 | 1, keypad.next());
        assertEquals(Key.STAR << 1 | 1, keypad.next());
        assertEquals(1 << 1, keypad.next());
        assertEquals(Key.STAR << 1, keypad.next());
    }

    @Test
    void whenNobodyTakesEventsNoReleaseComesWithoutItsPressAndNoPressStaysWithoutRelease() throws Exception {
        Keypad keypad = open();
        for (int i = 0; i < 200; i++) {
            press(i % 10);
            release(i % 10);
        }
        Set<Integer> down = new HashSet<>();
        int told = 0;
        for (int event = keypad.next(); event != Keypad.NONE; event = keypad.next()) {
            told++;
            if ((event & 1) != 0) {
                assertTrue(down.add(event >> 1));
            } else {
                assertTrue(down.remove(event >> 1), "a release alone");
            }
        }
        assertTrue(told > 0);
        assertTrue(down.isEmpty());
        assertFalse(told % 2 != 0);
    }
}
