package org.sidetone.firmware.screen;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.firmware.contacts.Contact;
import org.sidetone.firmware.messages.Entry;
import org.sidetone.hal.Key;

/** News over whatever was on the screen: a message with its first line, or a missed call. Any key but its own puts it away. */
final class PopUpScreen extends Screen {
    private final FixedText from = new FixedText(160);
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private final Wrap wrap = new Wrap();
    private Entry entry;

    PopUpScreen(Desk desk) {
        super(desk);
    }

    void message(Entry which) {
        entry = which;
        from.set(which.peer);
    }

    void missedCall(FixedText caller) {
        entry = null;
        from.set(caller);
    }

    @Override
    protected void draw(ScreenModel out) {
        out.title.sink(sink).put(entry == null ? "Missed call" : "New message");
        out.title.take(sink);
        out.addIcon(entry == null ? ScreenModel.ICON_MISSED : ScreenModel.ICON_MESSAGE);
        out.addRow().sink(sink);
        desk.putName(from.slice(slice), sink);
        sink.put(entry == null ? "" : ":");
        out.row(0).take(sink);
        if (entry != null) {
            wrap.lay(entry.text.bytes(), entry.text.length(), Math.max(1, desk.columns()));
            for (int i = 0; i < Math.min(wrap.lines(), desk.contentRows - 1); i++) {
                wrap.put(entry.text.bytes(), i, out.addRow());
            }
        }
        out.softKeys("Close", "", entry == null ? "" : "Open", entry == null ? "Message" : "Reply");
    }

    @Override
    protected boolean onKey(int key, long nowMs) {
        if (key == Key.SOFT_1 + 2 && entry != null || key == Key.OK && entry != null) {
            desk.back(nowMs);
            desk.reader.open(entry, true);
            desk.show(desk.reader, nowMs);
        } else if (key == Key.SOFT_1 + 3) {
            desk.back(nowMs);
            desk.messages.markReadIf(entry, nowMs);
            Contact c = desk.contacts.find(from.slice(slice));
            desk.compose.to(entry != null ? entry.account() : c == null ? 0 : c.account(), from);
            desk.show(desk.compose, nowMs);
        } else {
            desk.back(nowMs);
        }
        return true;
    }
}
