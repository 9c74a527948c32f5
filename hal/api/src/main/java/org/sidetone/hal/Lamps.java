package org.sidetone.hal;

/** Lamps by number, in the board's order. Rhythm is the caller's: a lamp stays as it was set. */
public interface Lamps {
    int OFF = 0;
    int GREEN = 1;
    int AMBER = 2;
    int RED = 3;

    int count();

    /** Lights a lamp in a colour, or puts it out. A colour it does not have is shown in one that it has. Numbers outside are ignored. */
    void set(int lamp, int colour);
}
