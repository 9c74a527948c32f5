package org.sidetone.firmware.screen;

import org.sidetone.firmware.contacts.Contact;
import org.sidetone.hal.Key;

/** One contact in full. */
final class ContactScreen extends Screen {
    private Contact contact;

    ContactScreen(Desk desk) {
        super(desk);
    }

    void open(Contact which) {
        contact = which;
    }

    @Override
    protected void draw(ScreenModel out) {
        out.title.set(contact.name);
        out.addRow().set(contact.stateName());
        if (!contact.note().isEmpty()) {
            out.addRow().set(contact.note());
        }
        out.addRow().set(contact.address);
        out.softKeys("Back", "", "", "Message");
    }

    @Override
    protected boolean onKey(int key, long nowMs) {
        if (key == Key.SOFT_1) {
            desk.back(nowMs);
            return true;
        }
        if (key == Key.SOFT_1 + 3 || key == Key.OK) {
            desk.compose.to(contact.account(), contact.address);
            desk.show(desk.compose, nowMs);
            return true;
        }
        return false;
    }
}
