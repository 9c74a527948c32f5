package org.sidetone.firmware.calendar;

import org.sidetone.bytes.FixedText;

/** One appointment, in Unix seconds. */
public final class Appointment {
    final int place;
    long fromSec;
    /** 0: the place is free. */
    long untilSec;
    public final FixedText note = new FixedText(60);

    Appointment(int place) {
        this.place = place;
    }

    public long fromSec() {
        return fromSec;
    }

    /** The first second after it. */
    public long untilSec() {
        return untilSec;
    }

    boolean isFree() {
        return untilSec == 0;
    }
}
