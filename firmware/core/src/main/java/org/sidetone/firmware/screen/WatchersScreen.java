package org.sidetone.firmware.screen;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.firmware.presence.Watcher;
import org.sidetone.hal.Key;

/** Who watches this phone, and the decision on each. */
final class WatchersScreen extends ListScreen {
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();

    WatchersScreen(Desk desk) {
        super(desk);
    }

    @Override
    protected int size() {
        return desk.watchers.count();
    }

    @Override
    protected void drawItem(int index, FixedText row) {
        Watcher w = desk.watchers.get(index);
        row.sink(sink);
        desk.putName(w.address.slice(slice), sink);
        sink.put(' ').put(w.word());
        if (w.isWatching()) {
            sink.put(", watches");
        }
        row.take(sink);
    }

    @Override
    protected void draw(ScreenModel out) {
        out.title.set("Watchers");
        if (size() == 0) {
            out.addRow().set("Nobody has asked");
        } else {
            drawList(out);
        }
        if (desk.watchers.otherRules() > 0) {
            out.addRow().sink(sink).putDecimal(desk.watchers.otherRules()).put(desk.watchers.otherRules() == 1 ? " rule made elsewhere" : " rules made elsewhere");
            out.row(out.rows() - 1).take(sink);
        }
        if (!desk.rulesTrouble.isEmpty()) {
            out.addRow().sink(sink);
            sink.put("Server: ").put(desk.rulesTrouble);
            out.row(out.rows() - 1).take(sink);
        }
        out.softKeys("Back", size() > 0 ? "Allow" : "", size() > 0 ? "Offline" : "", size() > 0 ? "Block" : "");
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
        int decision = WatcherPopUp.decisionOf(key);
        if (decision == WatcherPopUp.NONE || size() == 0) {
            return false;
        }
        desk.watchers.decide(desk.watchers.get(selected()), decision, nowMs);
        return true;
    }
}
