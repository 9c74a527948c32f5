package org.sidetone.firmware.keeping;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.event.Notifier;
import org.sidetone.event.WatcherKeeper;
import org.sidetone.hal.Storage;

/**
 * Who watched this phone before it went down. After the boot they are told that their subscriptions are over and may be made anew at once, so that no lamp
 * elsewhere shows what was long ago.
 */
public final class KeptWatchers implements Records.Owner, WatcherKeeper {
    private final Notifier notifier;
    private final Records records;
    private boolean begun;

    public KeptWatchers(Storage storage, Notifier notifier) {
        this.notifier = notifier;
        records = new Records(storage, "watcher", notifier.capacity(), this);
        notifier.setKeeper(this);
    }

    /** The network is there: tells those of before the boot. Later calls do nothing. */
    public void begin() {
        for (int i = 0; !begun && i < notifier.capacity(); i++) {
            records.read(i);
        }
        begun = true;
    }

    @Override
    public void onRecord(int number, Slice record, long nowMs) {
        if (!record.isEmpty()) {
            notifier.deactivate(record, nowMs);
            records.changed(number);
        }
    }

    @Override
    public void writeRecord(int number, ByteSink out) {
        notifier.putRecord(number, out);
    }

    @Override
    public void watcherChanged(int slot) {
        records.changed(slot);
    }

    /** Takes a completion that is ours. @return false when it is not */
    public boolean onCompletion(Storage.Completion completion, long nowMs) {
        return records.onCompletion(completion, nowMs);
    }

    public void doWork() {
        records.doWork();
    }
}
