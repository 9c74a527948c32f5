package org.sidetone.firmware.screen;

import org.sidetone.bytes.Slice;
import org.sidetone.firmware.input.MultiTap;
import org.sidetone.time.TimerQueue;

/** What the owner says of his state in his own words. */
final class NoteScreen extends EntryScreen {
    private static final int NOTE_BYTES = 60;

    NoteScreen(Desk desk, TimerQueue timers) {
        super(desk, timers, NOTE_BYTES, MultiTap.SENTENCE);
    }

    @Override
    protected void onShown(long nowMs) {
        super.onShown(nowMs);
        field.set(desk.own.note());
    }

    @Override
    protected String title() {
        return "Note";
    }

    @Override
    protected String example() {
        return "Lunch, back at two";
    }

    @Override
    protected String keep(Slice text, long nowMs) {
        desk.own.setNote(text, nowMs);
        desk.home(nowMs);
        return "";
    }
}
