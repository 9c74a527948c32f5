package org.sidetone.hal.pi.driver;

import org.sidetone.hal.Lamps;
import org.sidetone.hal.board.Board;
import org.sidetone.hal.board.Boards;
import org.sidetone.hal.pi.bus.RecordingBus;
import org.sidetone.hal.tck.LampsContract;

class GpioLampsTest extends LampsContract {
    private final RecordingBus bus = new RecordingBus();
    private Board board;

    @Override
    protected Lamps open() throws Exception {
        board = Boards.load("pi-text-20x4");
        return new GpioLamps(board, bus);
    }

    @Override
    protected int twoColoured() {
        return 1;
    }

    @Override
    protected int seen(int lamp) {
        boolean green = bus.levels.getOrDefault(board.lampList().get(lamp).greenPin(), false);
        boolean red = bus.levels.getOrDefault(board.lampList().get(lamp).redPin(), false);
        return green ? red ? Lamps.AMBER : Lamps.GREEN : red ? Lamps.RED : Lamps.OFF;
    }
}
