package org.sidetone.hal.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.regex.Pattern;
import org.sidetone.hal.Storage;

/**
 * Records as files of one folder. A replacement is written beside, forced to the medium, and renamed over the old file. A
 * thread of its own works; the loop is woken when something completes.
 */
public final class FileStorage implements Storage, AutoCloseable {
    private static final int QUEUE = 64;
    private static final int POOLED_BYTES = 4096;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.-]{1,64}");
    private static final int READ = 0;
    private static final int REPLACE = 1;
    private static final int REMOVE = 2;

    private final Path folder;
    private final Runnable wakeUp;
    private final ArrayBlockingQueue<Request> free = new ArrayBlockingQueue<>(QUEUE);
    private final ArrayBlockingQueue<Request> waiting = new ArrayBlockingQueue<>(QUEUE);
    private final ArrayBlockingQueue<Request> done = new ArrayBlockingQueue<>(QUEUE);
    private final Thread thread;
    private volatile boolean closed;
    private int tickets;

    private static final class Request {
        int kind;
        int ticket;
        String name;
        byte[] target;
        int offset;
        int length;
        byte[] copy = new byte[POOLED_BYTES];
        int result;
    }

    /** @param folder made when it is not there. @param wakeUp called from the storage's thread when something completed */
    public FileStorage(Path folder, Runnable wakeUp) throws IOException {
        this.folder = folder;
        this.wakeUp = wakeUp;
        Files.createDirectories(folder);
        for (int i = 0; i < QUEUE; i++) {
            free.add(new Request());
        }
        thread = new Thread(this::work, "storage");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public int read(String name, byte[] into, int offset, int length) {
        Request r = take(READ, name);
        if (r == null) {
            return BUSY;
        }
        r.target = into;
        r.offset = offset;
        r.length = length;
        return submit(r);
    }

    @Override
    public int replace(String name, byte[] from, int offset, int length) {
        Request r = take(REPLACE, name);
        if (r == null) {
            return BUSY;
        }
        if (r.copy.length < length) {
            r.copy = new byte[length];
        }
        System.arraycopy(from, offset, r.copy, 0, length);
        r.length = length;
        return submit(r);
    }

    @Override
    public int remove(String name) {
        Request r = take(REMOVE, name);
        return r == null ? BUSY : submit(r);
    }

    private Request take(int kind, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a record's name is 1 to 64 letters, digits, dots and hyphens, not " + name);
        }
        Request r = closed ? null : free.poll();
        if (r != null) {
            r.kind = kind;
            r.name = name;
        }
        return r;
    }

    private int submit(Request r) {
        r.ticket = tickets;
        tickets = tickets + 1 & Integer.MAX_VALUE;
        int ticket = r.ticket;
        waiting.add(r);
        return ticket;
    }

    @Override
    public boolean next(Completion out) {
        Request r = done.poll();
        if (r == null) {
            return false;
        }
        out.ticket = r.ticket;
        out.result = r.result;
        r.target = null;
        free.add(r);
        return true;
    }

    private void work() {
        try {
            while (!closed) {
                Request r = waiting.take();
                if (closed) {
                    return;
                }
                r.result = perform(r);
                done.add(r);
                wakeUp.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int perform(Request r) {
        Path file = folder.resolve(r.name);
        try {
            switch (r.kind) {
                case READ:
                    return readFile(r, file);
                case REPLACE:
                    replaceFile(r, file);
                    return r.length;
                default:
                    Files.deleteIfExists(file);
                    forceFolder();
                    return 0;
            }
        } catch (NoSuchFileException e) {
            return ABSENT;
        } catch (IOException e) {
            return FAILED;
        }
    }

    private static int readFile(Request r, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() > r.length) {
                return FAILED;
            }
            ByteBuffer buffer = ByteBuffer.wrap(r.target, r.offset, (int) channel.size());
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                continue;
            }
            return buffer.position() - r.offset;
        }
    }

    private void replaceFile(Request r, Path file) throws IOException {
        Path beside = folder.resolve(r.name + "~");
        try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(r.copy, 0, r.length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        try {
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the folder cannot replace files atomically: " + folder, e);
        }
        forceFolder();
    }

    /** The rename itself reaches the medium with the folder's entry; not every system can force a folder. */
    private void forceFolder() {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // such a system keeps the order of renames by itself
        }
    }

    /** Stops at once: what was not worked off is not done, as when the power goes. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
