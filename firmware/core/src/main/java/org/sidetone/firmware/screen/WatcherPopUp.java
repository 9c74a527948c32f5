package org.sidetone.firmware.screen;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.firmware.presence.Watcher;
import org.sidetone.hal.Key;

/** Somebody wants to see this phone's presence: asked once, decided now or later. */
final class WatcherPopUp extends Screen {
    static final int NONE = -1;

    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private Watcher watcher;

    WatcherPopUp(Desk desk) {
        super(desk);
    }

    void ask(Watcher who) {
        watcher = who;
    }

    /** What the soft keys after the first decide, here and in the list; {@link #NONE} for another key. */
    static int decisionOf(int key) {
        return key == Key.SOFT_1 + 1 ? Watcher.ALLOWED : key == Key.SOFT_1 + 2 ? Watcher.POLITELY_BLOCKED
                : key == Key.SOFT_1 + 3 ? Watcher.BLOCKED : NONE;
    }

    @Override
    protected void draw(ScreenModel out) {
        out.title.set("May see your status?");
        out.addRow().sink(sink);
        desk.putName(watcher.address.slice(slice), sink);
        out.row(0).take(sink);
        out.addRow().set(watcher.address);
        out.softKeys("Later", "Allow", "Offline", "Block");
    }

    @Override
    protected boolean onKey(int key, long nowMs) {
        int decision = decisionOf(key);
        desk.back(nowMs);
        if (decision != NONE) {
            desk.watchers.decide(watcher, decision, nowMs);
        }
        return true;
    }
}
