package org.sidetone.firmware.screen;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.firmware.calendar.Appointment;
import org.sidetone.hal.Key;

/** The appointments ahead. */
final class CalendarScreen extends ListScreen {
    private final ByteSink sink = new ByteSink();

    CalendarScreen(Desk desk) {
        super(desk);
    }

    @Override
    protected int size() {
        return desk.calendar.count();
    }

    @Override
    protected void drawItem(int index, FixedText row) {
        Appointment a = desk.calendar.get(index);
        row.sink(sink);
        desk.putTime(a.fromSec(), sink);
        sink.put('-');
        desk.putTime(a.untilSec(), sink);
        sink.put(' ').put(a.note);
        row.take(sink);
    }

    @Override
    protected void draw(ScreenModel out) {
        out.title.set("Calendar");
        if (size() == 0) {
            out.addRow().set("Nothing ahead");
        } else {
            drawList(out);
        }
        out.softKeys("Back", "", size() > 0 ? "Delete" : "", "New");
    }

    @Override
    protected boolean onKey(int key, long nowMs) {
        if (move(key)) {
            return true;
        }
        if (key == Key.SOFT_1) {
            desk.back(nowMs);
        } else if (key == Key.SOFT_1 + 2 && size() > 0) {
            desk.calendar.remove(selected(), nowMs);
        } else if (key == Key.SOFT_1 + 3 || key == Key.OK) {
            desk.show(desk.appointment, nowMs);
        } else {
            return false;
        }
        return true;
    }
}
