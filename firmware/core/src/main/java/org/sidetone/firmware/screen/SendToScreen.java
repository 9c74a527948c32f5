package org.sidetone.firmware.screen;

import org.sidetone.bytes.FixedText;
import org.sidetone.firmware.contacts.Contact;
import org.sidetone.firmware.files.FileEntry;
import org.sidetone.hal.Key;

/** Whom a file is sent on to. */
final class SendToScreen extends ListScreen {
    private FileEntry file;

    SendToScreen(Desk desk) {
        super(desk);
    }

    void open(FileEntry which) {
        file = which;
        select(0);
    }

    @Override
    protected int size() {
        return desk.contacts.count();
    }

    @Override
    protected void drawItem(int index, FixedText row) {
        row.set(desk.contacts.get(index).name);
    }

    @Override
    protected void draw(ScreenModel out) {
        out.title.set("Send to");
        drawList(out);
        out.softKeys("Back", "", "", size() > 0 ? "Send" : "");
    }

    @Override
    protected boolean onKey(int key, long nowMs) {
        if (move(key)) {
            return true;
        }
        if (key == Key.SOFT_1) {
            desk.back(nowMs);
        } else if ((key == Key.SOFT_1 + 3 || key == Key.OK) && size() > 0) {
            Contact to = desk.contacts.get(selected());
            desk.back(nowMs);
            desk.sendOn(file, to.account(), to.address, nowMs);
        } else {
            return false;
        }
        return true;
    }
}
