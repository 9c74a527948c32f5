package org.sidetone.switchboard.store;

import java.util.ArrayDeque;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Keeps nothing over a restart of the machine; for trials and for the simulated world, where it outlives the exchange. */
public final class MemoryStore implements Store {
    private final TreeMap<String, byte[]> values = new TreeMap<>();
    private final ArrayDeque<Long> completed = new ArrayDeque<>();
    private long tickets;

    @Override
    public long put(String key, byte[] value) {
        values.put(key, value.clone());
        completed.add(tickets);
        return tickets++;
    }

    @Override
    public long remove(String key) {
        values.remove(key);
        completed.add(tickets);
        return tickets++;
    }

    @Override
    public long nextCompleted() {
        return completed.isEmpty() ? NONE : completed.poll();
    }

    @Override
    public void forEach(String prefix, BiConsumer<String, byte[]> visitor) {
        new TreeMap<>(values.tailMap(prefix)).entrySet().stream().takeWhile(e -> e.getKey().startsWith(prefix))
                .forEach(e -> visitor.accept(e.getKey(), e.getValue()));
    }

    @Override
    public void close() {
        completed.clear();
    }
}
