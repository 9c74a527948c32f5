package org.sidetone.hal.host;

import org.sidetone.hal.Clock;
import org.sidetone.hal.tck.ClockContract;

class SystemClockTest extends ClockContract {
    @Override
    protected Clock open() {
        return new SystemClock();
    }
}
