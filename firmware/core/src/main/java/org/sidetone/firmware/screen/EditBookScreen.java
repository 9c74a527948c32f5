package org.sidetone.firmware.screen;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.firmware.contacts.Contact;
import org.sidetone.hal.Key;

/** What can be done with the book: somebody comes into it, has another name, or leaves it. */
final class EditBookScreen extends ListScreen {
    private static final int ADD = 0;
    private static final int RENAME = 1;
    private static final int REMOVE = 2;

    private final ByteSink sink = new ByteSink();
    /** Null: nobody is chosen. */
    private Contact contact;
    /** Whether removing was asked for once: it is done when it is asked for again. */
    private boolean sure;

    EditBookScreen(Desk desk) {
        super(desk);
    }

    void open(Contact which) {
        contact = which;
        select(ADD);
    }

    @Override
    protected void onShown(long nowMs) {
        sure = false;
    }

    @Override
    protected int size() {
        return contact == null ? 1 : REMOVE + 1;
    }

    @Override
    protected void drawItem(int index, FixedText row) {
        row.sink(sink);
        if (index == ADD) {
            sink.put("Add a contact");
        } else {
            sink.put(index == RENAME ? "Rename " : sure ? "Really remove " : "Remove ").put(contact.name).put(index == REMOVE && sure ? "?" : "");
        }
        row.take(sink);
    }

    @Override
    protected void draw(ScreenModel out) {
        out.title.set("Edit contacts");
        drawList(out);
        out.softKeys("Back", "", "", "Choose");
    }

    @Override
    protected boolean onKey(int key, long nowMs) {
        if (move(key)) {
            sure = false;
        } else if (key == Key.SOFT_1) {
            desk.back(nowMs);
        } else if (key == Key.OK || key == Key.SOFT_1 + 3) {
            choose(nowMs);
        } else {
            return false;
        }
        return true;
    }

    private void choose(long nowMs) {
        if (selected() == ADD) {
            desk.back(nowMs);
            desk.show(desk.newContact, nowMs);
        } else if (selected() == RENAME) {
            desk.rename.open(contact);
            desk.back(nowMs);
            desk.show(desk.rename, nowMs);
        } else if (!sure) {
            sure = true;
        } else {
            desk.contacts.book().remove(contact, nowMs);
            desk.back(nowMs);
        }
    }
}
