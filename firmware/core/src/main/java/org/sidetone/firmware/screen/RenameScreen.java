package org.sidetone.firmware.screen;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;
import org.sidetone.firmware.contacts.Contact;
import org.sidetone.firmware.input.MultiTap;
import org.sidetone.time.TimerQueue;

/** Another name for somebody in the book. */
final class RenameScreen extends EntryScreen {
    private static final int NAME_BYTES = 64;

    private final Slice slice = new Slice();
    private Contact contact;

    RenameScreen(Desk desk, TimerQueue timers) {
        super(desk, timers, NAME_BYTES, MultiTap.SENTENCE);
    }

    void open(Contact which) {
        contact = which;
        field.set(which.name);
    }

    @Override
    protected String title() {
        return "Name";
    }

    @Override
    protected String example() {
        return "As the lamp key is labelled";
    }

    @Override
    protected String keep(Slice text, long nowMs) {
        int end = Ascii.trimEnd(text.buffer(), text.offset(), text.limit());
        if (!desk.contacts.book().rename(contact, slice.wrap(text.buffer(), text.offset(), end - text.offset()), nowMs)) {
            return "This is no name";
        }
        desk.back(nowMs);
        return "";
    }
}
