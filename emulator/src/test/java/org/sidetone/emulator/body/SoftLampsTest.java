package org.sidetone.emulator.body;

import org.sidetone.hal.Lamps;
import org.sidetone.hal.tck.LampsContract;

class SoftLampsTest extends LampsContract {
    private final SoftLamps lamps = new SoftLamps(7);

    @Override
    protected Lamps open() {
        return lamps;
    }

    @Override
    protected int twoColoured() {
        return 2;
    }

    @Override
    protected int seen(int lamp) {
        return lamps.colour(lamp);
    }
}
