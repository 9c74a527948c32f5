package org.sidetone.emulator.body;

import org.sidetone.hal.Clock;

/** A clock whose time of day a bench can take away or shift. */
final class FaultyClock implements Clock {
    private final Clock clock;
    private volatile boolean unknown;
    private volatile long shiftMs;

    FaultyClock(Clock clock) {
        this.clock = clock;
    }

    void setUnknown() {
        unknown = true;
    }

    void setShift(long ms) {
        unknown = false;
        shiftMs = ms;
    }

    @Override
    public long monotonicMs() {
        return clock.monotonicMs();
    }

    @Override
    public long wallMs() {
        long wall = clock.wallMs();
        return unknown || wall == UNKNOWN ? UNKNOWN : wall + shiftMs;
    }

    @Override
    public int zoneOffsetSec(long unixSec) {
        return clock.zoneOffsetSec(unixSec);
    }
}
