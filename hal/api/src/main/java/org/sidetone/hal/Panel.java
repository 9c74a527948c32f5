package org.sidetone.hal;

/** What a board has, as its file says: read once at boot. */
public interface Panel {
    /** The board's name, for instance {@code pi-text-20x4}. */
    String board();

    int displayRows();

    int displayColumns();

    /** Whether there is a key of this code. */
    boolean hasKey(int key);

    int lamps();

    /** The board's name of a lamp, for instance {@code L3}. */
    String lampName(int lamp);

    /** The code of the line key that a lamp belongs to, {@link Key#MESSAGES} for the message lamp, -1 for any other. */
    int lampKey(int lamp);
}
