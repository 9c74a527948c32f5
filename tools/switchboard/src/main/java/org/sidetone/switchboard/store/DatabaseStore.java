package org.sidetone.switchboard.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/** Keeps values in one H2 MVStore file. A thread of its own writes; what waits is committed and forced to disk together. */
public final class DatabaseStore implements Store {
    private static final int BATCH = 256;

    private final MVStore database;
    private final MVMap<String, byte[]> map;
    private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
    private final ConcurrentLinkedQueue<Long> completed = new ConcurrentLinkedQueue<>();
    private final Runnable wakeUp;
    private final Thread writer;
    private final boolean forced;
    private long tickets;

    private record Change(long ticket, String key, byte[] value) {
    }

    private static final Change END = new Change(-1, "", null);

    /** @param file made when it is not there. @param wakeUp called from the writer's thread when something completed. @param forced whether each commit reaches
     *  the disk before it counts; without it a power cut may undo what somebody was told */
    public DatabaseStore(Path file, Runnable wakeUp, boolean forced) {
        this.forced = forced;
        this.wakeUp = wakeUp;
        database = new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().open();
        map = database.openMap("values");
        writer = new Thread(this::write, "store");
        writer.setDaemon(true);
        writer.start();
    }

    @Override
    public long put(String key, byte[] value) {
        changes.add(new Change(tickets, key, value.clone()));
        return tickets++;
    }

    @Override
    public long remove(String key) {
        changes.add(new Change(tickets, key, null));
        return tickets++;
    }

    private void write() {
        List<Change> batch = new ArrayList<>(BATCH);
        boolean open = true;
        while (open) {
            batch.clear();
            try {
                batch.add(changes.take());
            } catch (InterruptedException e) {
                return;
            }
            changes.drainTo(batch, BATCH - 1);
            open = !batch.contains(END);
            batch.remove(END);
            boolean good = commit(batch);
            for (Change c : batch) {
                completed.add(good ? c.ticket() : -c.ticket() - 1);
            }
            wakeUp.run();
        }
    }

    private boolean commit(List<Change> batch) {
        try {
            for (Change c : batch) {
                if (c.value() == null) {
                    map.remove(c.key());
                } else {
                    map.put(c.key(), c.value());
                }
            }
            database.commit();
            if (forced) {
                database.sync();
            }
            return true;
        } catch (MVStoreException e) {
            database.rollback();
            return false;
        }
    }

    @Override
    public long nextCompleted() {
        Long ticket = completed.poll();
        return ticket == null ? NONE : ticket;
    }

    @Override
    public void forEach(String prefix, BiConsumer<String, byte[]> visitor) {
        TreeMap<String, byte[]> found = new TreeMap<>();
        for (String key = map.ceilingKey(prefix); key != null && key.startsWith(prefix); key = map.higherKey(key)) {
            found.put(key, map.get(key));
        }
        found.forEach(visitor);                         // the visitor may change what it sees
    }

    @Override
    public void close() {
        changes.add(END);
        try {
            writer.join(5000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        database.close();
    }
}
