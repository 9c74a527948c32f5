package org.sidetone.hal;

/** Keys by what they are for; which of them a board has is its own. */
public final class Key {
    /** {@code DIGIT_0 + n} is digit n. */
    public static final int DIGIT_0 = 0;
    public static final int STAR = 10;
    public static final int HASH = 11;
    public static final int UP = 12;
    public static final int DOWN = 13;
    public static final int LEFT = 14;
    public static final int RIGHT = 15;
    public static final int OK = 16;
    public static final int BACK = 17;
    public static final int CLEAR = 18;
    public static final int MESSAGES = 19;
    /** {@code SOFT_1 + n}: the n-th key under the display, from the left. */
    public static final int SOFT_1 = 20;
    public static final int SOFT_KEYS = 4;
    public static final int HOOK = 24;
    /** {@code LINE_1 + n}: the n-th key with a lamp for a contact. */
    public static final int LINE_1 = 32;
    public static final int LINE_KEYS = 32;
    /** Codes are below this. */
    public static final int COUNT = LINE_1 + LINE_KEYS;

    private static final String[] NAMES = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "#", "up", "down", "left", "right",
        "ok", "back", "clear", "messages", "soft1", "soft2", "soft3", "soft4", "hook"};

    private Key() {
    }

    /** Code of a name as board files and rigs write it ({@code 5}, {@code up}, {@code soft2}, {@code L3}), or -1. */
    public static int of(String name) {
        for (int i = 0; i < NAMES.length; i++) {
            if (NAMES[i].equals(name)) {
                return i;
            }
        }
        if (name.length() >= 2 && name.length() <= 3 && name.charAt(0) == 'L') {
            int n = 0;
            for (int i = 1; i < name.length(); i++) {
                char c = name.charAt(i);
                if (c < '0' || c > '9') {
                    return -1;
                }
                n = 10 * n + c - '0';
            }
            return n >= 1 && n <= LINE_KEYS ? LINE_1 + n - 1 : -1;
        }
        return -1;
    }

    /** Name of a code below {@link #LINE_1}; line keys are named by the board. */
    public static String name(int code) {
        return NAMES[code];
    }
}
