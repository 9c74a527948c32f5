package org.sidetone.world.virtual;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/** Time, the network between hosts, and the nodes on them. Single-threaded; nothing in it reads a real clock. */
public final class World {
    private static final long START_WALL_MS = 1_795_000_000_000L;
    private static final int TURNS = 1000;

    /** Sees every datagram and stream write as it is sent. */
    public interface Tap {
        void onSent(VirtualNetwork from, byte[] bytes, int length, boolean datagram);
    }

    private record Event(long atMs, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return atMs != other.atMs ? Long.compare(atMs, other.atMs) : Long.compare(order, other.order);
        }
    }

    final Random random;
    private Faults faults;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Map<Integer, VirtualNetwork> hosts = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private Tap tap = (from, bytes, length, datagram) -> { };
    private long nowMs;
    private long ordered;
    /** Addresses of one side of a network that fell apart; empty: it is whole. */
    private final Set<Integer> apart = new HashSet<>();
    private int partitions;
    private int dropped;
    private int duplicated;
    private int reordered;
    private int delivered;

    public World(long seed, Faults faults) {
        random = new Random(seed);
        this.faults = faults;
    }

    /** What the network does from now on. */
    public void setFaults(Faults newFaults) {
        faults = newFaults;
    }

    /** The network falls apart: these hosts reach one another, and the others one another. */
    public void partition(Collection<Integer> addresses) {
        apart.clear();
        apart.addAll(addresses);
        partitions += addresses.isEmpty() ? 0 : 1;
    }

    /** The network is whole again. */
    public void heal() {
        apart.clear();
    }

    boolean isWay(int from, int to) {
        return apart.isEmpty() || apart.contains(from) == apart.contains(to);
    }

    /** How often the network fell apart. */
    public int partitions() {
        return partitions;
    }

    public void setTap(Tap newTap) {
        tap = newTap;
    }

    Tap tap() {
        return tap;
    }

    public long nowMs() {
        return nowMs;
    }

    public long wallMs() {
        return START_WALL_MS + nowMs;
    }

    /** A host with an IPv4 address, as 32 bits. A host that comes again replaces the one before. */
    public VirtualNetwork host(int address) {
        VirtualNetwork network = new VirtualNetwork(this, address);
        hosts.put(address, network);
        return network;
    }

    VirtualNetwork hostAt(int address) {
        return hosts.get(address);
    }

    public void add(Node node) {
        nodes.add(node);
    }

    public void remove(Node node) {
        nodes.remove(node);
    }

    void at(long atMs, Runnable action) {
        events.add(new Event(atMs, ordered++, action));
    }

    long delay() {
        return faults.minDelayMs() + random.nextInt(faults.maxDelayMs() - faults.minDelayMs() + 1);
    }

    /** Carries a datagram, or does not. */
    void carry(Runnable delivery) {
        if (random.nextInt(100) < faults.lossPercent()) {
            dropped++;
            return;
        }
        int copies = 1;
        if (random.nextInt(100) < faults.duplicatePercent()) {
            duplicated++;
            copies = 2;
        }
        for (int i = 0; i < copies; i++) {
            long after = delay();
            if (random.nextInt(100) < faults.reorderPercent()) {
                reordered++;
                after += 5L * faults.maxDelayMs();
            }
            at(nowMs + after, () -> {
                delivered++;
                delivery.run();
            });
        }
    }

    /** Lets things happen until a moment. */
    public void runTo(long untilMs) {
        while (step(untilMs)) {
            continue;
        }
        nowMs = Math.max(nowMs, untilMs);
    }

    /** One moment of the world, not after {@code untilMs}. @return false: nothing more happens until then */
    public boolean step(long untilMs) {
        long next = events.isEmpty() ? Long.MAX_VALUE : events.peek().atMs();
        for (Node node : nodes) {
            next = Math.min(next, Math.max(nowMs, node.nextDeadlineMs()));
        }
        if (next > untilMs) {
            return false;
        }
        nowMs = Math.max(nowMs, next);
        while (!events.isEmpty() && events.peek().atMs() <= nowMs) {
            events.poll().action().run();
        }
        turn();
        return true;
    }

    /** Turns every node until none has more to do now. */
    public void turn() {
        for (Node node : List.copyOf(nodes)) {
            int turns = 0;
            while (node.doWork(nowMs) > 0) {
                if (++turns > TURNS) {
                    throw new IllegalStateException("a node never comes to rest at " + nowMs + " ms");
                }
            }
        }
    }

    public int dropped() {
        return dropped;
    }

    public int duplicated() {
        return duplicated;
    }

    public int reordered() {
        return reordered;
    }

    public int delivered() {
        return delivered;
    }
}
