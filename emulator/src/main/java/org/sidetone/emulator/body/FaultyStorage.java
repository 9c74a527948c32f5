package org.sidetone.emulator.body;

import org.sidetone.hal.Storage;

/** Storage that a bench can make fail. */
final class FaultyStorage implements Storage {
    private final Storage storage;
    private volatile boolean failing;

    FaultyStorage(Storage storage) {
        this.storage = storage;
    }

    void setFailing(boolean value) {
        failing = value;
    }

    @Override
    public int read(String name, byte[] into, int offset, int length) {
        return storage.read(name, into, offset, length);
    }

    @Override
    public int replace(String name, byte[] from, int offset, int length) {
        // a write that fails is asked for under a name that it does no harm to
        return failing ? storage.read("no-such-record", new byte[0], 0, 0) : storage.replace(name, from, offset, length);
    }

    @Override
    public int remove(String name) {
        return failing ? storage.read("no-such-record", new byte[0], 0, 0) : storage.remove(name);
    }

    @Override
    public boolean next(Completion out) {
        return storage.next(out);
    }
}
