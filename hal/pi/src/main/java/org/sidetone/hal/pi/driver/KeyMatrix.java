package org.sidetone.hal.pi.driver;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.sidetone.hal.Key;
import org.sidetone.hal.Keypad;
import org.sidetone.hal.board.Board;
import org.sidetone.hal.pi.bus.Bus;
import org.sidetone.hal.pi.bus.InputPin;
import org.sidetone.hal.pi.bus.OutputPin;

/**
 * Keys at the crossings of row and column wires. One row at a time is pulled low and the columns, pulled up, are read. A key counts
 * as pressed or released when two scans in a row agree (bounce); a scan in which four corners of a rectangle seem closed says nothing
 * new, because one of them may be a ghost.
 */
public final class KeyMatrix implements Keypad, AutoCloseable {
    private static final int QUEUE = 64;

    private final OutputPin[] rows;
    private final InputPin[] columns;
    private final int[][] keys;
    private final boolean[][] last;
    private final boolean[][] now;
    private final boolean[][] down;
    private final ArrayBlockingQueue<Integer> events = new ArrayBlockingQueue<>(QUEUE);
    private final Runnable wakeUp;
    private final long intervalNs;
    private int pressed;
    private volatile boolean closed;

    /** @param wakeUp called from the scanning thread when a key event is there */
    public KeyMatrix(Board board, Bus bus, Runnable wakeUp) {
        this.wakeUp = wakeUp;
        Board.Keypad k = board.keypad();
        intervalNs = 1_000_000L * k.scanMs();
        rows = k.rowPins().stream().map(pin -> bus.output(pin, true)).toArray(OutputPin[]::new);
        columns = k.columnPins().stream().map(bus::input).toArray(InputPin[]::new);
        keys = new int[rows.length][columns.length];
        for (int r = 0; r < rows.length; r++) {
            List<String> names = k.keys().get(r);
            for (int c = 0; c < columns.length; c++) {
                keys[r][c] = names.get(c).isEmpty() ? -1 : Key.of(names.get(c));
            }
        }
        last = new boolean[rows.length][columns.length];
        now = new boolean[rows.length][columns.length];
        down = new boolean[rows.length][columns.length];
    }

    /** Scans on a thread of its own until closed. */
    public KeyMatrix start() {
        Thread thread = new Thread(() -> {
            while (!closed) {
                scan();
                LockSupport.parkNanos(intervalNs);
            }
        }, "keys");
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    /** One scan of the whole matrix. */
    public void scan() {
        for (int r = 0; r < rows.length; r++) {
            rows[r].set(false);
            for (int c = 0; c < columns.length; c++) {
                now[r][c] = !columns[c].isHigh();
            }
            rows[r].set(true);
        }
        boolean ghosts = mayHaveGhosts();
        for (int r = 0; r < rows.length; r++) {
            for (int c = 0; c < columns.length; c++) {
                boolean stable = now[r][c] == last[r][c];
                last[r][c] = now[r][c];
                if (stable && now[r][c] != down[r][c] && keys[r][c] >= 0 && !(ghosts && now[r][c])) {
                    change(r, c);
                }
            }
        }
    }

    private boolean mayHaveGhosts() {
        for (int a = 0; a < rows.length; a++) {
            for (int b = a + 1; b < rows.length; b++) {
                int shared = 0;
                for (int c = 0; c < columns.length; c++) {
                    shared += now[a][c] && now[b][c] ? 1 : 0;
                }
                if (shared > 1) {
                    return true;
                }
            }
        }
        return false;
    }

    private void change(int r, int c) {
        boolean isDown = now[r][c];
        // a press is taken when its release will still have room
        if (isDown && events.remainingCapacity() <= pressed + 1) {
            return;
        }
        down[r][c] = isDown;
        pressed += isDown ? 1 : -1;
        events.add(keys[r][c] << 1 | (isDown ? 1 : 0));
        wakeUp.run();
    }

    @Override
    public int next() {
        Integer event = events.poll();
        return event == null ? NONE : event;
    }

    @Override
    public void close() {
        closed = true;
    }
}
