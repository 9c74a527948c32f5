package org.sidetone.firmware.screen;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.firmware.contacts.Contact;
import org.sidetone.hal.Key;

/** Everybody in the book, with their states. */
final class ContactsScreen extends ListScreen {
    private final ByteSink sink = new ByteSink();

    ContactsScreen(Desk desk) {
        super(desk);
    }

    @Override
    protected int size() {
        return desk.contacts.count();
    }

    @Override
    protected void drawItem(int index, FixedText row) {
        Contact c = desk.contacts.get(index);
        c.putState(row.sink(sink).put(c.name).put(' '));
        row.take(sink);
    }

    @Override
    protected void draw(ScreenModel out) {
        out.title.set("Contacts");
        if (size() == 0) {
            out.addRow().set("No contacts yet");
        } else {
            drawList(out);
        }
        if (!desk.bookTrouble.isEmpty()) {
            out.addRow().sink(sink).put("Server: ").put(desk.bookTrouble);
            out.row(out.rows() - 1).take(sink);
        }
        out.softKeys("Back", "Edit", size() == 0 ? "" : "Message", size() == 0 ? "" : "Open");
    }

    @Override
    protected boolean onKey(int key, long nowMs) {
        if (move(key)) {
            return true;
        }
        if (key == Key.SOFT_1) {
            desk.back(nowMs);
        } else if (key == Key.SOFT_1 + 1) {
            desk.editBook.open(size() == 0 ? null : desk.contacts.get(selected()));
            desk.show(desk.editBook, nowMs);
        } else if (size() > 0 && (key == Key.OK || key == Key.SOFT_1 + 3)) {
            desk.contactScreen.open(desk.contacts.get(selected()));
            desk.show(desk.contactScreen, nowMs);
        } else if (size() > 0 && key == Key.SOFT_1 + 2) {
            Contact c = desk.contacts.get(selected());
            desk.compose.to(c.account(), c.address);
            desk.show(desk.compose, nowMs);
        } else {
            return false;
        }
        return true;
    }
}
