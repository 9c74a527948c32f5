package org.sidetone.emulator.face;

import java.awt.event.KeyEvent;
import org.sidetone.hal.Key;

/** The computer's keys as the phone's. */
final class KeyMap {
    private KeyMap() {
    }

    /** The phone's key of a key that a window saw, or -1. */
    static int of(KeyEvent e) {
        int code = e.getKeyCode();
        if (e.getKeyChar() == '*' || e.getKeyChar() == '#') {
            return e.getKeyChar() == '*' ? Key.STAR : Key.HASH;
        }
        if (code >= KeyEvent.VK_0 && code <= KeyEvent.VK_9) {
            return Key.DIGIT_0 + code - KeyEvent.VK_0;
        }
        if (code >= KeyEvent.VK_NUMPAD0 && code <= KeyEvent.VK_NUMPAD9) {
            return Key.DIGIT_0 + code - KeyEvent.VK_NUMPAD0;
        }
        if (code >= KeyEvent.VK_F1 && code <= KeyEvent.VK_F4) {
            return Key.SOFT_1 + code - KeyEvent.VK_F1;
        }
        if (code >= KeyEvent.VK_F5 && code <= KeyEvent.VK_F10) {
            return Key.LINE_1 + code - KeyEvent.VK_F5;
        }
        return switch (code) {
            case KeyEvent.VK_UP -> Key.UP;
            case KeyEvent.VK_DOWN -> Key.DOWN;
            case KeyEvent.VK_LEFT -> Key.LEFT;
            case KeyEvent.VK_RIGHT -> Key.RIGHT;
            case KeyEvent.VK_ENTER -> Key.OK;
            case KeyEvent.VK_ESCAPE -> Key.BACK;
            case KeyEvent.VK_BACK_SPACE, KeyEvent.VK_DELETE -> Key.CLEAR;
            case KeyEvent.VK_M -> Key.MESSAGES;
            default -> -1;
        };
    }
}
