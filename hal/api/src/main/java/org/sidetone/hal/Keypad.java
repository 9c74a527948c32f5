package org.sidetone.hal;

/** Keys, told as presses and releases in the order they happen. */
public interface Keypad {
    /** Nothing happened. */
    int NONE = -1;

    /** Takes the next event: {@code key << 1 | 1} for a press, {@code key << 1} for a release; key is a code of {@link Key}. When
     *  events come faster than they are taken, the newest presses are lost with their releases, never a release alone.
     *  @return {@link #NONE} when there is none */
    int next();
}
