package org.sidetone.firmware.screen;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.firmware.files.FileEntry;
import org.sidetone.hal.Key;

/** Files that came and went, the newest first. */
final class FilesScreen extends ListScreen {
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();

    FilesScreen(Desk desk) {
        super(desk);
    }

    @Override
    protected int size() {
        return desk.files.count();
    }

    @Override
    protected void drawItem(int index, FixedText row) {
        FileEntry e = desk.files.get(index);
        row.sink(sink).put(e.isIncoming() ? "< " : "> ");
        desk.putName(e.peer.slice(slice), sink);
        sink.put(": ").put(e.name.isEmpty() ? e.type : e.name);
        if (e.state() != FileEntry.KEPT) {
            e.putState(sink.put(", "));
        }
        row.take(sink);
    }

    @Override
    protected void onShown(long nowMs) {
        select(0);
    }

    @Override
    protected void draw(ScreenModel out) {
        out.title.set("Files");
        if (size() == 0) {
            out.addRow().set("No files");
        } else {
            drawList(out);
        }
        out.softKeys("Back", desk.canSendLog() ? "Log" : "", size() > 0 ? "Delete" : "", size() > 0 ? "Open" : "");
    }

    @Override
    protected boolean onKey(int key, long nowMs) {
        if (move(key)) {
            return true;
        }
        if (key == Key.SOFT_1) {
            desk.back(nowMs);
        } else if (key == Key.SOFT_1 + 1 && desk.canSendLog()) {
            desk.sendLog(nowMs);
        } else if (size() > 0 && key == Key.SOFT_1 + 2) {
            desk.files.delete(desk.files.get(selected()), nowMs);
        } else if (size() > 0 && (key == Key.OK || key == Key.SOFT_1 + 3)) {
            desk.show(desk.files.get(selected()), nowMs);
        } else {
            return false;
        }
        return true;
    }
}
