package org.sidetone.firmware.screen;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.firmware.messages.Entry;
import org.sidetone.hal.Key;

/** One message, whole; of a sent one how it fared. */
final class ReadScreen extends Screen {
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private final Wrap wrap = new Wrap();
    private Entry entry;
    private boolean incoming;
    private int top;

    ReadScreen(Desk desk) {
        super(desk);
    }

    void open(Entry which, boolean isIncoming) {
        entry = which;
        incoming = isIncoming;
        top = 0;
    }

    @Override
    protected void onShown(long nowMs) {
        desk.messages.markRead(entry, nowMs);
    }

    @Override
    protected void draw(ScreenModel out) {
        out.title.sink(sink);
        desk.putName(entry.peer.slice(slice), sink);
        out.title.take(sink);
        out.corner.sink(sink);
        desk.putTime(entry.dateSec(), sink);
        out.corner.take(sink);
        wrap.lay(entry.text.bytes(), entry.text.length(), Math.max(1, desk.columns()));
        boolean expired = incoming && entry.isExpired(desk.unixSec());
        String secured = entry.securityName();
        int rows = desk.contentRows - (incoming && !expired ? 0 : 1) - (secured.length() > 0 ? 1 : 0);
        top = Math.max(0, Math.min(top, wrap.lines() - rows));
        for (int i = top; i < Math.min(wrap.lines(), top + rows); i++) {
            wrap.put(entry.text.bytes(), i, out.addRow());
        }
        if (secured.length() > 0) {
            out.addRow().set(secured);
        }
        if (!incoming || expired) {
            out.addRow().set(expired ? "no longer valid" : entry.stateName());
        }
        out.softKeys("Back", "", !incoming && entry.state() == Entry.FAILED ? "Again" : "", incoming ? "Reply" : "");
    }

    @Override
    protected boolean onKey(int key, long nowMs) {
        if (key == Key.UP || key == Key.DOWN) {
            top += key == Key.DOWN ? 1 : -1;
        } else if (key == Key.SOFT_1) {
            desk.back(nowMs);
        } else if (incoming && (key == Key.SOFT_1 + 3 || key == Key.OK)) {
            desk.compose.to(entry.account(), entry.peer);
            desk.show(desk.compose, nowMs);
        } else if (!incoming && key == Key.SOFT_1 + 2) {
            desk.messages.sendAgain(entry, nowMs);
        } else {
            return false;
        }
        return true;
    }
}
