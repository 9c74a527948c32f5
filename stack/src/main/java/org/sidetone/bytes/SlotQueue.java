package org.sidetone.bytes;

/** Slots of a pool in the order in which they were added; any of them can be taken out. Made once. */
public final class SlotQueue {
    /** There is no slot. */
    public static final int NONE = -1;

    private final int[] before;
    private final int[] after;
    private final boolean[] here;
    private int first = NONE;
    private int last = NONE;

    /** @param slots the pool's size */
    public SlotQueue(int slots) {
        before = new int[slots];
        after = new int[slots];
        here = new boolean[slots];
    }

    /** Puts a slot at the end; one that is here already stays where it is. */
    public void add(int slot) {
        if (here[slot]) {
            return;
        }
        here[slot] = true;
        before[slot] = last;
        after[slot] = NONE;
        if (last == NONE) {
            first = slot;
        } else {
            after[last] = slot;
        }
        last = slot;
    }

    /** Takes a slot out, if it is here. */
    public void remove(int slot) {
        if (!here[slot]) {
            return;
        }
        here[slot] = false;
        if (before[slot] == NONE) {
            first = after[slot];
        } else {
            after[before[slot]] = after[slot];
        }
        if (after[slot] == NONE) {
            last = before[slot];
        } else {
            before[after[slot]] = before[slot];
        }
    }

    /** The slot that has been here longest, or {@link #NONE}. */
    public int first() {
        return first;
    }
}
