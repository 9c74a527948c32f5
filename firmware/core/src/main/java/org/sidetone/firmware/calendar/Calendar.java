package org.sidetone.firmware.calendar;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.firmware.keeping.Records;
import org.sidetone.hal.Storage;
import org.sidetone.sip.ua.UserAgent;
import org.sidetone.time.Timer;

/** The owner's appointments, the soonest first; kept in storage, and forgotten when they are over. */
public final class Calendar implements Timer.Owner, Records.Owner {
    /** Appointments ahead at most. */
    public static final int PLACES = 16;
    /** The wall clock may be set meanwhile: it is looked at again that often. */
    private static final long LOOK_MS = 60_000;

    /** Told when an appointment begins, ends, comes or goes. */
    public interface User {
        void onCalendar(long nowMs);
    }

    private final UserAgent agent;
    private final User user;
    private final Records records;
    private final Timer timer;
    private final Appointment[] places = new Appointment[PLACES];
    private final Appointment[] ordered = new Appointment[PLACES];
    private final Slice slice = new Slice();
    private int count;
    private int toRead = PLACES;
    private Appointment shown;

    public Calendar(UserAgent agent, Storage storage, User user) {
        this.agent = agent;
        this.user = user;
        records = new Records(storage, "appointment", PLACES, this);
        timer = new Timer(agent.timers(), this);
        for (int i = 0; i < PLACES; i++) {
            places[i] = new Appointment(i);
        }
    }

    /** Reads what was kept. */
    public void load() {
        for (int i = 0; i < PLACES; i++) {
            records.read(i);
        }
    }

    /** @return false when it ends before it begins, is over, or there is no room */
    public boolean add(long fromSec, long untilSec, Slice note, long nowMs) {
        Appointment free = null;
        for (int i = 0; i < PLACES; i++) {
            free = places[i].isFree() ? places[i] : free;
        }
        if (free == null || toRead > 0 || fromSec < 0 || untilSec <= fromSec || untilSec <= agent.unixSec(nowMs) || !free.note.set(note)) {
            return false;
        }
        free.fromSec = fromSec;
        free.untilSec = untilSec;
        insert(free);
        records.changed(free.place);
        look(nowMs);
        user.onCalendar(nowMs);
        return true;
    }

    /** @param index in order */
    public void remove(int index, long nowMs) {
        Appointment a = ordered[index];
        takeOut(index);
        records.changed(a.place);
        look(nowMs);
        user.onCalendar(nowMs);
    }

    private void insert(Appointment a) {
        int i = count++;
        while (i > 0 && ordered[i - 1].fromSec > a.fromSec) {
            ordered[i] = ordered[i - 1];
            i--;
        }
        ordered[i] = a;
    }

    private void takeOut(int index) {
        ordered[index].untilSec = 0;
        ordered[index].note.clear();
        count--;
        for (int i = index; i < count; i++) {
            ordered[i] = ordered[i + 1];
        }
    }

    public int count() {
        return count;
    }

    /** @param index 0 is the soonest */
    public Appointment get(int index) {
        return ordered[index];
    }

    /** What is going on; null: nothing, or the time is not known. */
    public Appointment now() {
        return shown;
    }

    /** The appointment that begins next, but so many; null: none, or the time is not known. */
    public Appointment next(int later, long nowMs) {
        long now = agent.unixSec(nowMs);
        int left = later;
        for (int i = 0; now >= 0 && i < count; i++) {
            if (ordered[i].fromSec > now && left-- == 0) {
                return ordered[i];
            }
        }
        return null;
    }

    /** Finds out what is going on, forgets what is over, and waits for the next change. */
    private void look(long nowMs) {
        long now = agent.unixSec(nowMs);
        timer.stop();
        shown = null;
        if (count == 0) {
            return;
        }
        long changeMs = LOOK_MS;
        for (int i = count - 1; now >= 0 && i >= 0; i--) {
            Appointment a = ordered[i];
            if (a.untilSec <= now) {
                records.changed(a.place);
                takeOut(i);
                continue;
            }
            shown = a.fromSec <= now ? a : shown;
            changeMs = Math.min(changeMs, 1000 * ((a.fromSec > now ? a.fromSec : a.untilSec) - now));
        }
        timer.startAt(nowMs + changeMs);
    }

    @Override
    public void onTimer(Timer fired, long nowMs) {
        Appointment before = shown;
        int had = count;
        look(nowMs);
        if (before != shown || had != count) {
            user.onCalendar(nowMs);
        }
    }

    @Override
    public void onRecord(int number, Slice record, long nowMs) {
        toRead--;
        int space = Ascii.indexOf(record.buffer(), record.offset(), record.limit(), ' ');
        int second = Math.min(record.limit(), Ascii.indexOf(record.buffer(), Math.min(space + 1, record.limit()), record.limit(), ' '));
        long from = Ascii.decimal(record.buffer(), record.offset(), space, Long.MAX_VALUE);
        long until = Ascii.decimal(record.buffer(), Math.min(space + 1, record.limit()), second, Long.MAX_VALUE);
        Appointment a = places[number];
        if (from >= 0 && until > from) {
            int noteAt = Math.min(second + 1, record.limit());
            a.fromSec = from;
            a.untilSec = until;
            a.note.set(slice.wrap(record.buffer(), noteAt, record.limit() - noteAt));
            insert(a);
        }
        if (toRead == 0 && count > 0) {
            look(nowMs);
            user.onCalendar(nowMs);
        }
    }

    @Override
    public void writeRecord(int number, ByteSink out) {
        Appointment a = places[number];
        if (!a.isFree()) {
            out.putDecimal(a.fromSec).put(' ').putDecimal(a.untilSec).put(' ').put(a.note);
        }
    }

    /** Takes a completion that is ours. @return false when it is not */
    public boolean onCompletion(Storage.Completion completion, long nowMs) {
        return records.onCompletion(completion, nowMs);
    }

    public void doWork() {
        records.doWork();
    }
}
