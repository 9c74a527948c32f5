package org.sidetone.firmware.screen;

import org.sidetone.bytes.Slice;
import org.sidetone.bytes.Utf8;
import org.sidetone.firmware.input.MultiTap;
import org.sidetone.firmware.input.TextField;
import org.sidetone.hal.Key;
import org.sidetone.time.TimerQueue;

/** One line that is typed in, with an example or what is wrong with it below. */
abstract class EntryScreen extends Screen implements TextField.User {
    protected final TextField field;
    private final MultiTap multiTap;
    private final int mode;
    private final Slice slice = new Slice();
    private String trouble = "";

    /** @param mode of {@link MultiTap} that it begins in */
    EntryScreen(Desk desk, TimerQueue timers, int textBytes, int mode) {
        super(desk);
        this.mode = mode;
        field = new TextField(textBytes);
        multiTap = new MultiTap(field, timers);
        field.setUser(this);
    }

    protected abstract String title();

    protected abstract String example();

    /** Takes what was typed. @return what is wrong with it; empty: nothing, and the screen was left */
    protected abstract String keep(Slice text, long nowMs);

    final MultiTap multiTap() {
        return multiTap;
    }

    @Override
    public void onFieldChanged() {
        desk.changed();
    }

    @Override
    protected void onShown(long nowMs) {
        trouble = "";
        multiTap.begin(mode);
    }

    @Override
    protected void draw(ScreenModel out) {
        out.title.set(title());
        out.corner.set(multiTap.modeName());
        field.slice(slice);
        int columns = Math.max(1, desk.columns());
        int column = field.cursorColumn();
        int first = Math.max(0, column - columns + 1);
        int from = past(0, first);
        int until = past(from, columns);
        out.addRow().set(slice.wrap(slice.buffer(), from, until - from));
        out.cursor(0, column - first);
        out.addRow().set(trouble.length() > 0 ? trouble : example());
        out.softKeys(field.length() == 0 ? "Back" : "Delete", "", multiTap.modeName(), "Keep");
    }

    /** Index in {@link #slice} past so many characters. */
    private int past(int offset, int characters) {
        int i = offset;
        for (int n = 0; n < characters && i < slice.length(); n++) {
            i += Utf8.stepAt(slice.buffer(), i, slice.length());
        }
        return i;
    }

    @Override
    protected final boolean onKey(int key, long nowMs) {
        if (multiTap.onKey(key, nowMs)) {
            trouble = "";
        } else if (Typing.onKey(key, field, multiTap, nowMs)) {
            return true;
        } else if (key == Key.SOFT_1) {
            desk.back(nowMs);
        } else if (key == Key.SOFT_1 + 3 || key == Key.OK) {
            trouble = keep(field.slice(slice), nowMs);
        } else {
            return false;
        }
        return true;
    }
}
