package org.sidetone.firmware.screen;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;
import org.sidetone.firmware.input.MultiTap;
import org.sidetone.time.TimerQueue;

/** Writing an appointment: {@code 1430 1530 Lunch}, the next time that it is half past two. */
final class AppointmentScreen extends EntryScreen {
    private static final int TEXT_BYTES = 80;
    private static final int TIME_DIGITS = 4;
    private static final long DAY_SEC = 86_400;
    private static final String EXAMPLE = "1430 1530 Lunch";
    private static final String NO_TIMES = "Like 1430 1530 Lunch";

    private final Slice slice = new Slice();
    private int at;

    AppointmentScreen(Desk desk, TimerQueue timers) {
        super(desk, timers, TEXT_BYTES, MultiTap.DIGITS);
    }

    @Override
    protected String title() {
        return "From, until, what";
    }

    @Override
    protected String example() {
        return EXAMPLE;
    }

    @Override
    protected String keep(Slice text, long nowMs) {
        slice.set(text);
        long now = desk.unixSec();
        at = 0;
        int from = minutes(slice);
        int until = minutes(slice);
        if (now < 0) {
            return "The time is not known";
        }
        if (from < 0 || until < 0) {
            return NO_TIMES;
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
        if (!desk.calendar.add(fromSec, untilSec, slice, nowMs)) {
            return slice.length() > 60 ? "The text is too long" : "No room: delete some";
        }
        field.clear();
        desk.back(nowMs);
        return "";
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
