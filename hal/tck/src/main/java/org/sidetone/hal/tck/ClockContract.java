package org.sidetone.hal.tck;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.sidetone.hal.Clock;

/** {@link Clock}. */
public abstract class ClockContract {
    protected abstract Clock open();

    @Test
    void neverGoesBack() {
        Clock clock = open();
        long last = clock.monotonicMs();
        for (int i = 0; i < 100_000; i++) {
            long now = clock.monotonicMs();
            assertTrue(now >= last);
            last = now;
        }
    }

    @Test
    void theTimeOfDayIsPlausibleOrUnknown() {
        long wall = open().wallMs();
        assertTrue(wall == Clock.UNKNOWN || wall > 1_704_067_200_000L);
    }

    @Test
    void theZoneIsWithinADay() {
        int offset = open().zoneOffsetSec(1_700_000_000L);
        assertTrue(offset >= -43_200 && offset <= 50_400);
    }
}
