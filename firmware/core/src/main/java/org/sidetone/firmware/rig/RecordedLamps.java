package org.sidetone.firmware.rig;

import org.sidetone.hal.Lamps;

/** Lamps that remember what their driver was told, and when: from that comes the rhythm. */
public final class RecordedLamps implements Lamps {
    /** A lamp dark for longer than this after a flash is off, not blinking. */
    private static final long LONGEST_PAUSE_MS = 3200;
    /** A lamp that was lit for longer was not blinking. */
    private static final long LONGEST_FLASH_MS = 1100;

    private final Lamps lamps;
    private final int[] now;
    private final int[] lastLit;
    private final long[] sinceMs;
    private final long[] litForMs;
    private final long[] darkForMs;
    private long nowMs;
    private boolean changed;

    public RecordedLamps(Lamps lamps) {
        this.lamps = lamps;
        int n = lamps.count();
        now = new int[n];
        lastLit = new int[n];
        sinceMs = new long[n];
        litForMs = new long[n];
        darkForMs = new long[n];
    }

    /** The time of what is told from now on. */
    public void at(long newNowMs) {
        nowMs = newNowMs;
    }

    @Override
    public int count() {
        return now.length;
    }

    @Override
    public void set(int lamp, int colour) {
        lamps.set(lamp, colour);
        if (lamp < 0 || lamp >= now.length || now[lamp] == colour) {
            return;
        }
        if (now[lamp] != OFF) {
            litForMs[lamp] = nowMs - sinceMs[lamp];
        } else {
            darkForMs[lamp] = nowMs - sinceMs[lamp];
        }
        now[lamp] = colour;
        sinceMs[lamp] = nowMs;
        if (colour != OFF) {
            lastLit[lamp] = colour;
        }
        changed = true;
    }

    private boolean isBlinkingDark(int lamp) {
        return now[lamp] == OFF && litForMs[lamp] > 0 && litForMs[lamp] <= LONGEST_FLASH_MS
                && nowMs - sinceMs[lamp] <= LONGEST_PAUSE_MS && darkForMs[lamp] > 0;
    }

    /** The colour seen, a blinking lamp's in its dark moments too. */
    public int colour(int lamp) {
        return now[lamp] != OFF || isBlinkingDark(lamp) ? lastLit[lamp] : OFF;
    }

    private boolean isBlinking(int lamp) {
        return isBlinkingDark(lamp) || now[lamp] != OFF && nowMs - sinceMs[lamp] <= LONGEST_FLASH_MS
                && darkForMs[lamp] > 0 && darkForMs[lamp] <= LONGEST_PAUSE_MS && litForMs[lamp] > 0
                && litForMs[lamp] <= LONGEST_FLASH_MS;
    }

    /** Milliseconds it was lit in its last rhythm; 0: steady. */
    public long onMs(int lamp) {
        return isBlinking(lamp) ? litForMs[lamp] : 0;
    }

    /** Milliseconds it was dark in its last rhythm; 0: steady. */
    public long offMs(int lamp) {
        return isBlinking(lamp) ? darkForMs[lamp] : 0;
    }

    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }
}
