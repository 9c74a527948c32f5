package org.sidetone.firmware.presence;

import org.sidetone.bytes.FixedText;

/** Somebody who watches this phone, and what its owner decided. */
public final class Watcher {
    /** Nobody decided yet: he waits. */
    public static final int WAITING = 0;
    public static final int ALLOWED = 1;
    /** Sees somebody who is offline. */
    public static final int POLITELY_BLOCKED = 2;
    public static final int BLOCKED = 3;
    public static final int DECISIONS = 4;

    private static final String[] WORDS = {"waits", "allowed", "sees you offline", "blocked"};

    /** {@code sip:alice@example.test}. */
    public final FixedText address = new FixedText(160);
    int decision;
    /** Whether he watches at the server just now. */
    boolean watching;

    public int decision() {
        return decision;
    }

    /** Whether he is told just now, as far as the server says. */
    public boolean isWatching() {
        return watching;
    }

    /** The decision in a word. */
    public String word() {
        return WORDS[decision];
    }
}
