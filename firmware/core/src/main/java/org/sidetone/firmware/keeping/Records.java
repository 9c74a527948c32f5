package org.sidetone.firmware.keeping;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.hal.Storage;

/**
 * Small records by number, read one after the other when they are asked for, and written as they are when their turn comes. A change
 * that comes before its record was written is written once.
 */
public final class Records {
    /** Whoever has records. */
    public interface Owner {
        /** @param record valid during the call; empty: there is none */
        void onRecord(int number, Slice record, long nowMs);

        /** Appends what is to be kept under a number now; nothing: the record is removed. */
        void writeRecord(int number, ByteSink out);
    }

    private static final int SMALL = 1200;

    private final Storage storage;
    private final String prefix;
    private final Owner owner;
    private final String[] names;
    private final boolean[] wanted;
    private final boolean[] dirty;
    private int wantedCount;
    private int dirtyCount;
    private final byte[] readBytes;
    private final byte[] writeBytes;
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private int readTicket = Storage.BUSY;
    private int writeTicket = Storage.BUSY;
    private int reading;
    private int writing;
    private long failures;

    /** @param prefix of the records' names. @param count of numbers from 0 on */
    public Records(Storage storage, String prefix, int count, Owner owner) {
        this(storage, prefix, count, SMALL, owner);
    }

    /** @param recordBytes of one record, at most */
    public Records(Storage storage, String prefix, int count, int recordBytes, Owner owner) {
        readBytes = new byte[recordBytes];
        writeBytes = new byte[recordBytes];
        this.storage = storage;
        this.prefix = prefix;
        this.owner = owner;
        names = new String[count];
        for (int i = 0; i < count; i++) {
            names[i] = prefix.concat("-").concat(String.valueOf(i));
        }
        wanted = new boolean[count];
        dirty = new boolean[count];
    }

    /** Asks for a record: {@link Owner#onRecord} follows. */
    public void read(int number) {
        wantedCount += wanted[number] ? 0 : 1;
        wanted[number] = true;
    }

    /** Has a record written, or removed. */
    public void changed(int number) {
        dirtyCount += dirty[number] ? 0 : 1;
        dirty[number] = true;
    }

    /** Whether a record is on the medium as it is. */
    public boolean isWritten(int number) {
        return !dirty[number] && (writeTicket == Storage.BUSY || writing != number);
    }

    /** Takes a completion that is ours. @return false when it is not */
    public boolean onCompletion(Storage.Completion completion, long nowMs) {
        if (readTicket != Storage.BUSY && completion.ticket == readTicket) {
            readTicket = Storage.BUSY;
            owner.onRecord(reading, slice.wrap(readBytes, 0, Math.max(0, completion.result)), nowMs);
            return true;
        }
        if (writeTicket != Storage.BUSY && completion.ticket == writeTicket) {
            writeTicket = Storage.BUSY;
            if (completion.result < 0) {
                failures++;
                changed(writing);
            }
            return true;
        }
        return false;
    }

    /** Starts the next reading and the next writing. */
    public void doWork() {
        if (wantedCount > 0 && readTicket == Storage.BUSY) {
            reading = next(wanted, reading);
            readTicket = storage.read(names[reading], readBytes, 0, readBytes.length);
            if (readTicket != Storage.BUSY) {
                wanted[reading] = false;
                wantedCount--;
            }
        }
        if (dirtyCount > 0 && writeTicket == Storage.BUSY) {
            writing = next(dirty, writing);
            sink.wrap(writeBytes);
            owner.writeRecord(writing, sink);
            boolean none = sink.length() == 0 || sink.overflowed();
            writeTicket = none ? storage.remove(names[writing]) : storage.replace(names[writing], writeBytes, 0, sink.length());
            if (writeTicket != Storage.BUSY) {
                dirty[writing] = false;
                dirtyCount--;
            }
        }
    }

    /** The first that is set, from a place on and around. */
    private static int next(boolean[] of, int from) {
        int i = from;
        while (!of[i]) {
            i = (i + 1) % of.length;
        }
        return i;
    }

    /** Writes that the storage could not do; they are tried again. */
    public long failures() {
        return failures;
    }
}
