package org.sidetone.hal.pi.driver;

import org.sidetone.hal.Lamps;
import org.sidetone.hal.board.Board;
import org.sidetone.hal.pi.bus.Bus;
import org.sidetone.hal.pi.bus.OutputPin;

/** Lamps of a green and a red diode, each on a pin; both together look amber. A lamp with one diode shows every colour with it. */
public final class GpioLamps implements Lamps {
    private final OutputPin[] green;
    private final OutputPin[] red;

    public GpioLamps(Board board, Bus bus) {
        int n = board.lamps();
        green = new OutputPin[n];
        red = new OutputPin[n];
        for (int i = 0; i < n; i++) {
            Board.Lamp lamp = board.lampList().get(i);
            green[i] = lamp.greenPin() < 0 ? null : bus.output(lamp.greenPin(), false);
            red[i] = lamp.redPin() < 0 ? null : bus.output(lamp.redPin(), false);
        }
    }

    @Override
    public int count() {
        return green.length;
    }

    @Override
    public void set(int lamp, int colour) {
        if (lamp < 0 || lamp >= green.length) {
            return;
        }
        boolean lit = colour != OFF;
        boolean both = green[lamp] != null && red[lamp] != null;
        if (green[lamp] != null) {
            green[lamp].set(lit && (!both || colour == GREEN || colour == AMBER));
        }
        if (red[lamp] != null) {
            red[lamp].set(lit && (!both || colour == RED || colour == AMBER));
        }
    }
}
