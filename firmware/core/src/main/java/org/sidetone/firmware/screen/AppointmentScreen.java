package org.sidetone.firmware.screen;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;
import org.sidetone.bytes.Utf8;
import org.sidetone.firmware.input.MultiTap;
import org.sidetone.firmware.input.TextField;
import org.sidetone.hal.Key;
import org.sidetone.time.TimerQueue;

/** Writing an appointment: {@code 1430 1530 Lunch}, the next time that it is half past two. */
final class AppointmentScreen extends Screen implements TextField.User {
    private static final int TEXT_BYTES = 80;
    private static final int TIME_DIGITS = 4;
    private static final long DAY_SEC = 86_400;
    private static final String EXAMPLE = "1430 1530 Lunch";
    private static final String NO_TIMES = "Like 1430 1530 Lunch";

    private final TextField field = new TextField(TEXT_BYTES);
    private final MultiTap multiTap;
    private final Slice slice = new Slice();
    private String trouble = "";
    private int at;

    AppointmentScreen(Desk desk, TimerQueue timers) {
        super(desk);
        multiTap = new MultiTap(field, timers);
        field.setUser(this);
    }

    MultiTap multiTap() {
        return multiTap;
    }

    @Override
    public void onFieldChanged() {
        desk.changed();
    }

    @Override
    protected void onShown(long nowMs) {
        trouble = "";
        multiTap.begin(MultiTap.DIGITS);
    }

    @Override
    protected void draw(ScreenModel out) {
        out.title.set("From, until, what");
        out.corner.set(multiTap.modeName());
        field.slice(slice);
        int columns = Math.max(1, desk.columns());
        int column = field.cursorColumn();
        int first = Math.max(0, column - columns + 1);
        int from = past(0, first);
        int until = past(from, columns);
        out.addRow().set(slice.wrap(slice.buffer(), from, until - from));
        out.cursor(0, column - first);
        out.addRow().set(trouble.length() > 0 ? trouble : EXAMPLE);
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
    protected boolean onKey(int key, long nowMs) {
        if (multiTap.onKey(key, nowMs)) {
            trouble = "";
        } else if (Typing.onKey(key, field, multiTap, nowMs)) {
            return true;
        } else if (key == Key.SOFT_1) {
            desk.back(nowMs);
        } else if (key == Key.SOFT_1 + 3 || key == Key.OK) {
            keep(nowMs);
        } else {
            return false;
        }
        return true;
    }

    private void keep(long nowMs) {
        long now = desk.unixSec();
        field.slice(slice);
        at = 0;
        int from = minutes(slice);
        int until = minutes(slice);
        if (now < 0) {
            trouble = "The time is not known";
            return;
        }
        if (from < 0 || until < 0) {
            trouble = NO_TIMES;
            return;
        }
        while (at < slice.length() && slice.byteAt(at) == ' ') {
            at++;
        }
        long zone = desk.clock.zoneOffsetSec(now);
        long day = (now + zone) / DAY_SEC * DAY_SEC - zone;
        long fromSec = day + 60L * from;
        long untilSec = day + 60L * until + (until <= from ? DAY_SEC : 0);
        if (untilSec <= now) {                                           // it was today: so it is tomorrow
            fromSec += DAY_SEC;
            untilSec += DAY_SEC;
        }
        slice.wrap(slice.buffer(), slice.offset() + at, slice.length() - at);
        if (desk.calendar.add(fromSec, untilSec, slice, nowMs)) {
            field.clear();
            desk.back(nowMs);
        } else {
            trouble = slice.length() > 60 ? "The text is too long" : "No room: delete some";
        }
    }

    /** Reads hours and minutes, with or without something between them. @return -1 when there are none */
    private int minutes(Slice text) {
        int digits = 0;
        int n = 0;
        while (at < text.length() && digits < TIME_DIGITS) {
            int c = text.byteAt(at);
            if (Ascii.isDigit(c)) {
                n = 10 * n + c - '0';
                digits++;
            } else if (c != ' ' && c != ':' && c != '.' && c != '-') {
                return -1;
            }
            at++;
        }
        return digits < TIME_DIGITS || n / 100 > 23 || n % 100 > 59 ? -1 : n / 100 * 60 + n % 100;
    }
}
