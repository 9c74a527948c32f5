package org.sidetone.firmware.screen;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.firmware.presence.OwnPresence;
import org.sidetone.hal.Key;

/** Choosing one's own state. */
final class StatusScreen extends ListScreen {
    /** The row below all states. */
    private static final int NOTE = OwnPresence.COUNT;

    private final ByteSink sink = new ByteSink();

    StatusScreen(Desk desk) {
        super(desk);
    }

    @Override
    protected int size() {
        return OwnPresence.COUNT + 1;
    }

    @Override
    protected void drawItem(int index, FixedText row) {
        row.sink(sink);
        if (index == NOTE) {
            sink.put("  Note: ").put(desk.own.note());
        } else {
            sink.put(index == desk.own.chosen() ? "* " : "  ").put(OwnPresence.name(index));
        }
        row.take(sink);
    }

    @Override
    protected void onShown(long nowMs) {
        select(desk.own.chosen());
    }

    @Override
    protected void draw(ScreenModel out) {
        out.title.set("Status");
        drawList(out);
        out.softKeys("Back", "Watchers", "Calendar", selected() == NOTE ? "Write" : "Set");
    }

    @Override
    protected boolean onKey(int key, long nowMs) {
        if (move(key)) {
            return true;
        }
        if (key == Key.SOFT_1) {
            desk.back(nowMs);
            return true;
        }
        if (key == Key.SOFT_1 + 1) {
            desk.show(desk.watchersScreen, nowMs);
            return true;
        }
        if (key == Key.SOFT_1 + 2) {
            desk.show(desk.calendarScreen, nowMs);
            return true;
        }
        if ((key == Key.OK || key == Key.SOFT_1 + 3) && selected() == NOTE) {
            desk.show(desk.noteScreen, nowMs);
            return true;
        }
        if (key == Key.OK || key == Key.SOFT_1 + 3) {
            desk.own.choose(selected(), nowMs);
            desk.home(nowMs);
            return true;
        }
        return false;
    }
}
