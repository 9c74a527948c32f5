package org.sidetone.firmware.presence;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.hal.Storage;

/**
 * Who may see this phone's presence, by address, remembered over reboots: a line each, a digit and the address. An exclamation mark before them all: the
 * server was not told yet.
 */
public final class Watchers {
    /** Told when somebody was decided on, or the list was read. */
    public interface User {
        void onWatchersDecided(long nowMs);

        /** Somebody watches for whom nothing is decided; said once until the next boot. */
        void onWatcherAsks(Watcher watcher, long nowMs);
    }

    private static final String RECORD = "watchers";
    private static final int UNSAID = '!';
    static final int MOST = 64;
    private static final int RECORD_BYTES = MOST * 162 + 1;

    private final Storage storage;
    private final User user;
    private final Watcher[] watchers = new Watcher[MOST];
    private int count;
    private final byte[] record = new byte[RECORD_BYTES];
    private final ByteSink sink = new ByteSink();
    private int ticket = Storage.BUSY;
    private boolean loaded;
    private boolean dirty;
    private boolean unsaid;
    private int otherRules;
    private long failures;

    public Watchers(Storage storage, User user) {
        this.storage = storage;
        this.user = user;
        for (int i = 0; i < MOST; i++) {
            watchers[i] = new Watcher();
        }
    }

    /** Starts reading what was kept; until then everybody waits. */
    public void load() {
        ticket = storage.read(RECORD, record, 0, record.length);
    }

    /** Takes a completion that is ours. @return false when it is not */
    public boolean onCompletion(Storage.Completion completion, long nowMs) {
        if (completion.ticket != ticket) {
            return false;
        }
        ticket = Storage.BUSY;
        if (!loaded) {
            loaded = true;
            read(Math.max(0, completion.result));
            user.onWatchersDecided(nowMs);
        } else if (completion.result < 0) {
            failures++;
            dirty = true;
        }
        return true;
    }

    /** Writes what is not on the medium yet. */
    public void doWork() {
        if (!loaded && ticket == Storage.BUSY) {
            load();
        } else if (dirty && loaded && ticket == Storage.BUSY) {
            sink.wrap(record);
            if (unsaid) {
                sink.put(UNSAID);
            }
            for (int i = 0; i < count; i++) {
                if (watchers[i].decision != Watcher.WAITING) {
                    sink.put('0' + watchers[i].decision).put(watchers[i].address).put('\n');
                }
            }
            ticket = storage.replace(RECORD, record, 0, sink.length());
            dirty = ticket == Storage.BUSY;
        }
    }

    private void read(int length) {
        unsaid |= length > 0 && record[0] == UNSAID;
        int at = length > 0 && record[0] == UNSAID ? 1 : 0;
        while (at < length) {
            int end = Ascii.indexOf(record, at, length, '\n');
            int decision = record[at] - '0';
            if (end < length && decision > Watcher.WAITING && decision < Watcher.DECISIONS) {
                Watcher w = find(record, at + 1, end - at - 1);
                w = w == null && count < MOST ? watchers[count++] : w;
                if (w != null && w.address.set(record, at + 1, end - at - 1)) {
                    w.decision = decision;
                }
            }
            at = end + 1;
        }
    }

    private Watcher find(byte[] b, int offset, int length) {
        for (int i = 0; i < count; i++) {
            if (Ascii.equals(watchers[i].address.bytes(), 0, watchers[i].address.length(), b, offset, length)) {
                return watchers[i];
            }
        }
        return null;
    }

    /** The watcher with an address, or null. */
    public Watcher find(Slice address) {
        return find(address.buffer(), address.offset(), address.length());
    }

    /** Somebody watches who is not known: from now on he waits, and the owner is asked. In a full list he takes the place of the one who
     *  has waited longest. @return null when everybody in it is decided on */
    Watcher meet(FixedText address, long nowMs) {
        Watcher w = count < MOST ? watchers[count++] : longestWaiting();
        if (w == null) {
            return null;
        }
        w.address.set(address);
        w.decision = Watcher.WAITING;
        w.watching = false;
        user.onWatcherAsks(w, nowMs);
        return w;
    }

    /** Moves it to the end, so that the others are older. */
    private Watcher longestWaiting() {
        for (int i = 0; i < count; i++) {
            Watcher w = watchers[i];
            if (w.decision == Watcher.WAITING) {
                for (int k = i; k < count - 1; k++) {
                    watchers[k] = watchers[k + 1];
                }
                watchers[count - 1] = w;
                return w;
            }
        }
        return null;
    }

    /** Decides, and remembers it. @param decision a code of {@link Watcher} */
    public void decide(Watcher w, int decision, long nowMs) {
        w.decision = decision;
        dirty = true;
        unsaid = true;
        user.onWatchersDecided(nowMs);
    }

    /** Whether something was decided here that the server was not told. */
    boolean isUnsaid() {
        return unsaid;
    }

    /** The server says whether somebody watches just now. */
    void setWatching(Slice address, boolean watches) {
        Watcher w = find(address);
        if (w != null) {
            w.watching = watches;
        }
    }

    /** The server says anew who watches. */
    void nobodyWatches() {
        for (int i = 0; i < count; i++) {
            watchers[i].watching = false;
        }
    }

    /** The server was told. */
    void said() {
        dirty |= unsaid;
        unsaid = false;
    }

    /** What the server says counts: {@link #learn} follows for everybody that it names, then {@link #learnt}. */
    void forgetDecisions() {
        for (int i = 0; i < count; i++) {
            watchers[i].decision = Watcher.WAITING;
        }
    }

    /** Somebody was decided on elsewhere. @param overrides what was decided here; otherwise only whoever waits here is let in or kept out by it */
    void learn(Slice address, int decision, boolean overrides) {
        Watcher w = find(address);
        if (w == null) {
            w = count < MOST ? watchers[count++] : longestWaiting();
            if (w == null || !w.address.set(address)) {
                return;
            }
            w.decision = Watcher.WAITING;
            w.watching = false;
        }
        if (overrides || w.decision == Watcher.WAITING) {
            w.decision = decision;
        }
    }

    void setOtherRules(int number) {
        otherRules = number;
    }

    /** Rules on the server that were made elsewhere and are not of this list; they count there too. */
    public int otherRules() {
        return otherRules;
    }

    void learnt(long nowMs) {
        dirty = true;
        user.onWatchersDecided(nowMs);
    }

    public int count() {
        return count;
    }

    public Watcher get(int index) {
        return watchers[index];
    }

    /** Writes that the storage could not do; they are tried again. */
    public long failures() {
        return failures;
    }
}
