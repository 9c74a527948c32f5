package org.sidetone.world.virtual;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.sidetone.hal.Storage;

/** Storage whose writes take a while; what was not reported written when the power goes is lost. The medium outlives it. */
public final class VirtualStorage implements Storage {
    private static final int QUEUE = 64;

    private final World world;
    private final Map<String, byte[]> medium;
    private final ArrayDeque<Completion> done = new ArrayDeque<>();
    private boolean powered = true;
    private int waiting;
    private int tickets;
    private long lastMs;

    /** @param medium what is on the card; it stays */
    public VirtualStorage(World world, Map<String, byte[]> medium) {
        this.world = world;
        this.medium = medium;
    }

    public static Map<String, byte[]> newMedium() {
        return new HashMap<>();
    }

    public void powerOff() {
        powered = false;
    }

    private interface Work {
        int perform();
    }

    private int start(Work work) {
        if (waiting == QUEUE) {
            return BUSY;
        }
        waiting++;
        int ticket = tickets++;
        lastMs = Math.max(lastMs, world.nowMs() + world.random.nextInt(8));
        world.at(lastMs, () -> {
            if (powered) {
                waiting--;
                Completion c = new Completion();
                c.ticket = ticket;
                c.result = work.perform();
                done.add(c);
            }
        });
        return ticket;
    }

    @Override
    public int read(String name, byte[] into, int offset, int length) {
        return start(() -> {
            byte[] found = medium.get(name);
            if (found == null || found.length > length) {
                return found == null ? ABSENT : FAILED;
            }
            System.arraycopy(found, 0, into, offset, found.length);
            return found.length;
        });
    }

    @Override
    public int replace(String name, byte[] from, int offset, int length) {
        byte[] copy = new byte[length];
        System.arraycopy(from, offset, copy, 0, length);
        return start(() -> {
            medium.put(name, copy);
            return length;
        });
    }

    @Override
    public int remove(String name) {
        return start(() -> {
            medium.remove(name);
            return 0;
        });
    }

    @Override
    public boolean next(Completion out) {
        Completion c = done.poll();
        if (c == null) {
            return false;
        }
        out.ticket = c.ticket;
        out.result = c.result;
        return true;
    }
}
