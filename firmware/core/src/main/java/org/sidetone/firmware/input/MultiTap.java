package org.sidetone.firmware.input;

import org.sidetone.hal.Key;
import org.sidetone.time.Timer;
import org.sidetone.time.TimerQueue;

/** Text by repeated keys: a key again within 1 s is its next letter, another key or 1 s ends the letter. */
public final class MultiTap implements Timer.Owner {
    /** First letter of a sentence large. */
    public static final int SENTENCE = 0;
    public static final int UPPER = 1;
    public static final int LOWER = 2;
    public static final int DIGITS = 3;

    private static final long LETTER_MS = 1000;
    private static final String[] MODES = {"Abc", "ABC", "abc", "123"};
    private static final String[] LETTERS = {" 0", ".,?!'-:1;\"", "abc2\u00e4\u00e0\u00e1\u00e2\u00e5\u00e7\u00e6", "def3\u00e9\u00e8\u00ea\u00eb",
        "ghi4\u00ed\u00ec\u00ee\u00ef", "jkl5", "mno6\u00f6\u00f3\u00f2\u00f4\u00f8\u00f1", "pqrs7\u00df", "tuv8\u00fc\u00fa\u00f9\u00fb", "wxyz9",
        "@/_#*+()&%=<>$\u20ac\u00a3[]"};

    private final TextField field;
    private final Timer letterTimer;
    private int mode = SENTENCE;
    private int key = -1;
    private int index;

    public MultiTap(TextField field, TimerQueue timers) {
        this.field = field;
        letterTimer = new Timer(timers, this);
    }

    /** Starts on a field. */
    public void begin(int newMode) {
        mode = newMode;
        endLetter();
    }

    public String modeName() {
        return MODES[mode];
    }

    public int mode() {
        return mode;
    }

    /** Whether the last letter can still change. */
    public boolean isLetterOpen() {
        return key >= 0;
    }

    /** @return false for a key that is not one of text entry */
    public boolean onKey(int pressed, long nowMs) {
        if (pressed == Key.HASH) {
            endLetter();
            mode = (mode + 1) % MODES.length;
            return true;
        }
        if (pressed == Key.RIGHT && isLetterOpen()) {
            endLetter();
            return true;
        }
        if (pressed == Key.CLEAR) {
            endLetter();
            field.deleteBefore();
            return true;
        }
        if (pressed > Key.STAR) {
            return false;
        }
        tap(pressed, nowMs);
        return true;
    }

    private void tap(int pressed, long nowMs) {
        if (mode == DIGITS) {
            field.insert(pressed == Key.STAR ? '*' : '0' + pressed);
            return;
        }
        String letters = LETTERS[pressed];
        if (pressed == key) {
            index = (index + 1) % letters.length();
            field.deleteBefore();
        } else {
            endLetter();
            key = pressed;
            index = 0;
        }
        if (!field.insert(cased(letters.charAt(index)))) {
            endLetter();
            return;
        }
        letterTimer.startAt(nowMs + LETTER_MS);
    }

    private char cased(char c) {
        boolean large = mode == UPPER || mode == SENTENCE && field.isAtSentenceStart();
        return large ? upper(c) : c;
    }

    /** Of the letters on the keys. */
    static char upper(char c) {
        boolean latin = c >= '\u00e0' && c <= '\u00fe' && c != '\u00f7';
        return c >= 'a' && c <= 'z' || latin ? (char) (c - 32) : c;
    }

    /** The key that has a character, or -1; whatever the mode. */
    public static int keyOf(char c) {
        char low = c >= 'A' && c <= 'Z' || c >= '\u00c0' && c <= '\u00de' && c != '\u00d7' ? (char) (c + 32) : c;
        for (int i = 0; i < LETTERS.length; i++) {
            if (LETTERS[i].indexOf(low) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /** How often the key of a character is pressed for it. */
    public static int tapsOf(char c) {
        char low = c >= 'A' && c <= 'Z' || c >= '\u00c0' && c <= '\u00de' && c != '\u00d7' ? (char) (c + 32) : c;
        return LETTERS[keyOf(c)].indexOf(low) + 1;
    }

    /** Whether the mode would write a letter as it is asked for. */
    public boolean writes(char c) {
        if (mode == DIGITS) {
            return c >= '0' && c <= '9' || c == '*';
        }
        boolean large = mode == UPPER || mode == SENTENCE && field.isAtSentenceStart();
        boolean isLarge = c >= 'A' && c <= 'Z' || c >= '\u00c0' && c <= '\u00de' && c != '\u00d7';
        boolean isSmall = upper(c) != c;
        return large ? !isSmall : !isLarge;
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        endLetter();
        field.changed();
    }

    private void endLetter() {
        key = -1;
        letterTimer.stop();
    }
}
