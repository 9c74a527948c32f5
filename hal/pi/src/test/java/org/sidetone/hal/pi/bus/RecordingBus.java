package org.sidetone.hal.pi.bus;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A bus that remembers what it was told, with a key matrix wired to its pins: a key that is down joins its row to its column. */
public final class RecordingBus implements Bus {
    public final Map<Integer, Boolean> levels = new HashMap<>();
    public final Set<List<Integer>> joined = new HashSet<>();
    public final Hd44780Simulator display = new Hd44780Simulator();
    public boolean displayAnswers = true;
    private final Set<Integer> inputs = new HashSet<>();

    /** A finger on the key where two pins cross. */
    public void join(int row, int column, boolean down) {
        if (down) {
            joined.add(List.of(row, column));
        } else {
            joined.remove(List.of(row, column));
        }
    }

    @Override
    public OutputPin output(int pin, boolean high) {
        if (levels.put(pin, high) != null) {
            throw new IllegalStateException("pin " + pin + " is open already");
        }
        return level -> levels.put(pin, level);
    }

    @Override
    public InputPin input(int pin) {
        if (!inputs.add(pin)) {
            throw new IllegalStateException("pin " + pin + " is open already");
        }
        return () -> isHigh(pin);
    }

    /** Pulled up, unless some path of closed keys leads to a row that is low. */
    private boolean isHigh(int column) {
        Set<Integer> reached = new HashSet<>(List.of(column));
        List<Integer> todo = new ArrayList<>(reached);
        while (!todo.isEmpty()) {
            int pin = todo.remove(todo.size() - 1);
            if (!levels.getOrDefault(pin, true)) {
                return false;
            }
            for (List<Integer> pair : joined) {
                int other = pair.get(0) == pin ? pair.get(1) : pair.get(1) == pin ? pair.get(0) : -1;
                if (other >= 0 && reached.add(other)) {
                    todo.add(other);
                }
            }
        }
        return true;
    }

    @Override
    public I2cPort i2c(int bus, int address) {
        return (octets, length) -> {
            if (!displayAnswers) {
                throw new IOException("no acknowledgement");
            }
            for (int i = 0; i < length; i++) {
                display.write(octets[i]);
            }
        };
    }

    @Override
    public void close() {
        // nothing to give back
    }
}
