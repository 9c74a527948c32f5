package org.sidetone.firmware.screen;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.bytes.Utf8;
import org.sidetone.firmware.messages.Box;
import org.sidetone.firmware.messages.Entry;
import org.sidetone.hal.Key;

/** The inbox, or the messages sent, newest first. */
final class MessagesScreen extends ListScreen {
    private final boolean incoming;
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();

    MessagesScreen(Desk desk, boolean incoming) {
        super(desk);
        this.incoming = incoming;
    }

    private Box box() {
        return incoming ? desk.messages.inbox() : desk.messages.sent();
    }

    @Override
    protected int size() {
        return box().count();
    }

    @Override
    protected void drawItem(int index, FixedText row) {
        Entry e = box().get(index);
        row.sink(sink).put(e.state() == Entry.UNREAD ? "* " : incoming ? "  " : "");
        desk.putName(e.peer.slice(slice), sink);
        sink.put(": ");
        putStart(e.text);
        row.take(sink);
    }

    /** As much as a row can show, cut between characters. */
    private void putStart(FixedText text) {
        int n = Math.min(text.length(), 120);
        if (n < text.length()) {
            n = Utf8.previous(text.bytes(), 0, n + 1);
        }
        sink.put(text.bytes(), 0, n);
    }

    @Override
    protected void onShown(long nowMs) {
        select(0);
    }

    @Override
    protected void draw(ScreenModel out) {
        out.title.set(incoming ? "Inbox" : "Sent");
        if (size() == 0) {
            out.addRow().set("No messages");
        } else {
            drawList(out);
        }
        out.softKeys("Back", incoming ? "Sent" : "Inbox", desk.files.isOffered() ? "Files" : "", size() > 0 ? "Open" : "");
    }

    @Override
    protected boolean onKey(int key, long nowMs) {
        if (move(key)) {
            return true;
        }
        if (key == Key.SOFT_1) {
            desk.back(nowMs);
        } else if (key == Key.SOFT_1 + 1) {
            desk.back(nowMs);
            desk.show(incoming ? desk.sent : desk.inbox, nowMs);
        } else if (key == Key.SOFT_1 + 2 && desk.files.isOffered()) {
            desk.show(desk.filesScreen, nowMs);
        } else if (size() > 0 && (key == Key.OK || key == Key.SOFT_1 + 3)) {
            desk.reader.open(box().get(selected()), incoming);
            desk.show(desk.reader, nowMs);
        } else {
            return false;
        }
        return true;
    }
}
