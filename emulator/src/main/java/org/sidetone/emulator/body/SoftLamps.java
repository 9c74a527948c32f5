package org.sidetone.emulator.body;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.sidetone.hal.Lamps;

/** Lamps that faces read from their own threads. */
public final class SoftLamps implements Lamps {
    private final AtomicIntegerArray colours;
    private volatile Runnable onChange = () -> { };

    public SoftLamps(int count) {
        colours = new AtomicIntegerArray(count);
    }

    /** Called after every change, from the phone's thread. */
    public void onChange(Runnable listener) {
        onChange = listener;
    }

    @Override
    public int count() {
        return colours.length();
    }

    @Override
    public void set(int lamp, int colour) {
        if (lamp >= 0 && lamp < colours.length() && colours.getAndSet(lamp, colour) != colour) {
            onChange.run();
        }
    }

    public int colour(int lamp) {
        return colours.get(lamp);
    }

    public void allOff() {
        for (int i = 0; i < count(); i++) {
            set(i, OFF);
        }
    }
}
