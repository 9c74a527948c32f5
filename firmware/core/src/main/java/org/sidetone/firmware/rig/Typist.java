package org.sidetone.firmware.rig;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.bytes.Utf8;
import org.sidetone.firmware.input.KeyQueue;
import org.sidetone.firmware.input.MultiTap;
import org.sidetone.hal.Key;

/** Types a text through the keypad as a finger would: mode key, repeated keys, arrow between two letters of one key. */
final class Typist {
    static final int WORKING = 0;
    static final int DONE = 1;
    static final int NO_FIELD = -1;
    static final int NO_KEY = -2;

    /** Of text entry: so many mode keys lead back to the first. */
    private static final int MODES = 4;

    private final FixedText text = new FixedText(512);
    private int at;
    private int lastKey = -1;
    private int modeKeys;
    private boolean busy;

    boolean isBusy() {
        return busy;
    }

    boolean start(Slice newText) {
        if (!text.set(newText)) {
            return false;
        }
        at = 0;
        lastKey = -1;
        modeKeys = 0;
        busy = true;
        return true;
    }

    /** Presses what comes next once the keys before are taken. */
    int doWork(RigSubject subject) {
        KeyQueue keys = subject.keys();
        if (!keys.isEmpty()) {
            return WORKING;
        }
        if (at == text.length()) {
            busy = false;
            return DONE;
        }
        MultiTap entry = subject.textEntry();
        int c = Utf8.codePointAt(text.bytes(), at, text.length());
        int key = entry == null || c >= 0x10000 ? -1 : MultiTap.keyOf((char) c);
        if (entry == null || key < 0) {
            busy = false;
            return entry == null ? NO_FIELD : NO_KEY;
        }
        if (key == lastKey && entry.isLetterOpen()) {
            press(keys, Key.RIGHT);
            lastKey = -1;
        } else if (!entry.writes((char) c)) {
            if (++modeKeys > MODES) {                           // something is in front of the field and takes its keys
                busy = false;
                return NO_FIELD;
            }
            press(keys, Key.HASH);
            lastKey = -1;
        } else {
            int taps = entry.mode() == MultiTap.DIGITS ? 1 : MultiTap.tapsOf((char) c);
            for (int i = 0; i < taps; i++) {
                press(keys, key);
            }
            lastKey = key;
            modeKeys = 0;
            at += Utf8.lengthOf(c);
        }
        return WORKING;
    }

    private static void press(KeyQueue keys, int key) {
        keys.inject(key, true);
        keys.inject(key, false);
    }
}
