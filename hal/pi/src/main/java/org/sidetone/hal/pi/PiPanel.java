package org.sidetone.hal.pi;

import org.sidetone.hal.Keypad;
import org.sidetone.hal.Lamps;
import org.sidetone.hal.TextDisplay;
import org.sidetone.hal.board.Board;
import org.sidetone.hal.board.BoardException;
import org.sidetone.hal.pi.bus.Bus;
import org.sidetone.hal.pi.driver.GpioLamps;
import org.sidetone.hal.pi.driver.Hd44780;
import org.sidetone.hal.pi.driver.KeyMatrix;

/** Wires a board's file to its drivers. */
public final class PiPanel implements AutoCloseable {
    private final Bus bus;
    private final Hd44780 display;
    private final KeyMatrix keypad;
    private final Lamps lamps;

    /** @param wakeUp called when a key event is there. @throws BoardException when the board has no drivers for a Pi */
    public PiPanel(Board board, Bus bus, Runnable wakeUp) throws BoardException {
        if (!board.display().driver().equals("hd44780-pcf8574") || !board.keypad().driver().equals("gpio-matrix")) {
            throw new BoardException("the board " + board.name() + " has no display or keypad that a Raspberry Pi can drive;"
                    + " pi-text-20x4 has");
        }
        this.bus = bus;
        display = new Hd44780(board, bus.i2c(board.display().i2cBus(), board.display().i2cAddress()));
        keypad = new KeyMatrix(board, bus, wakeUp).start();
        lamps = new GpioLamps(board, bus);
    }

    public TextDisplay display() {
        return display;
    }

    public Keypad keypad() {
        return keypad;
    }

    public Lamps lamps() {
        return lamps;
    }

    @Override
    public void close() {
        keypad.close();
        display.close();
        bus.close();
    }
}
