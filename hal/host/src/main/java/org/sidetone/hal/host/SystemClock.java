package org.sidetone.hal.host;

import java.time.Instant;
import java.time.ZoneId;
import org.sidetone.hal.Clock;

/** The machine's clocks and zone. Time before 2024 counts as not known: a board without battery starts somewhere in the past. */
public final class SystemClock implements Clock {
    private static final long PLAUSIBLE_MS = 1_704_067_200_000L;

    private final long startNs = System.nanoTime();
    private final ZoneId zone = ZoneId.systemDefault();
    private long zoneUntilSec = Long.MIN_VALUE;
    private long zoneFromSec = Long.MAX_VALUE;
    private int zoneOffset;

    @Override
    public long monotonicMs() {
        return (System.nanoTime() - startNs) / 1_000_000;
    }

    @Override
    public long wallMs() {
        long now = System.currentTimeMillis();
        return now < PLAUSIBLE_MS ? UNKNOWN : now;
    }

    /** Looked up once an hour, so that drawing a clock allocates nothing. */
    @Override
    public int zoneOffsetSec(long unixSec) {
        if (unixSec < zoneFromSec || unixSec >= zoneUntilSec) {
            zoneFromSec = unixSec - unixSec % 900;
            zoneUntilSec = zoneFromSec + 900;
            zoneOffset = zone.getRules().getOffset(Instant.ofEpochSecond(unixSec)).getTotalSeconds();
        }
        return zoneOffset;
    }
}
