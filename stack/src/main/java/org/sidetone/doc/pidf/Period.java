package org.sidetone.doc.pidf;

/** The {@code from} and {@code until} of an element (RFC 4480 section 3.1; RFC 4481 section 2), in Unix seconds. */
public final class Period {
    /** Not said. */
    public static final long OPEN = Long.MIN_VALUE;

    public long fromSec = OPEN;
    public long untilSec = OPEN;

    public void clear() {
        fromSec = OPEN;
        untilSec = OPEN;
    }

    public void set(Period other) {
        fromSec = other.fromSec;
        untilSec = other.untilSec;
    }

    /** Whether it holds at a time; when the time is not known (negative) it does. */
    public boolean covers(long unixSec) {
        return unixSec < 0 || (fromSec == OPEN || unixSec >= fromSec) && (untilSec == OPEN || unixSec < untilSec);
    }
}
