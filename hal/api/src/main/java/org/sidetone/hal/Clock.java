package org.sidetone.hal;

/** Time. Both clocks may be read at any moment. */
public interface Clock {
    /** {@link #wallMs} while the time of day is not known, as on a board without battery before it heard from a time server. */
    long UNKNOWN = -1;

    /** Milliseconds that never go back, from an arbitrary start. */
    long monotonicMs();

    /** Milliseconds since 1970 in UTC, or {@link #UNKNOWN}. May jump. */
    long wallMs();

    /** What local time adds to UTC at a moment, in seconds. */
    int zoneOffsetSec(long unixSec);
}
