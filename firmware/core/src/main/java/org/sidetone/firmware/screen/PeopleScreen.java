package org.sidetone.firmware.screen;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.firmware.chats.Conversation;
import org.sidetone.hal.Key;

/** Who is in a room; one of them can be written to alone. */
final class PeopleScreen extends ListScreen {
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private Conversation room;

    PeopleScreen(Desk desk) {
        super(desk);
    }

    void open(Conversation of) {
        room = of;
        select(0);
    }

    @Override
    protected int size() {
        return room.roster() == null ? 0 : room.roster().count();
    }

    @Override
    protected void drawItem(int index, FixedText row) {
        desk.conversations.putPerson(room, room.roster().address(index, slice), row.sink(sink));
        if (isOurs(index)) {
            sink.put(" (you)");
        }
        row.take(sink);
    }

    private boolean isOurs(int index) {
        return desk.agent.account(room.account()).address.equals(room.roster().address(index, slice));
    }

    @Override
    protected void draw(ScreenModel out) {
        out.title.sink(sink).put("In ");
        desk.putName(room.peer.slice(slice), sink);
        out.title.take(sink);
        if (size() == 0) {
            out.addRow().set("Nobody");
        } else {
            drawList(out);
        }
        out.softKeys("Back", "", "", canWrite() ? "Private" : "");
    }

    private boolean canWrite() {
        return size() > 0 && room.takesPrivate() && !isOurs(selected());
    }

    @Override
    protected boolean onKey(int key, long nowMs) {
        if (move(key)) {
            return true;
        }
        if (key == Key.SOFT_1) {
            desk.back(nowMs);
        } else if ((key == Key.SOFT_1 + 3 || key == Key.OK) && canWrite()) {
            desk.conversations.sayToOnly(room, room.roster().address(selected(), slice), nowMs);
            desk.back(nowMs);
        } else {
            return false;
        }
        return true;
    }
}
