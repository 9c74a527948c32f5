package org.sidetone.hal.pi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInput;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sidetone.hal.Key;
import org.sidetone.hal.Keypad;
import org.sidetone.hal.Lamps;
import org.sidetone.hal.board.Board;
import org.sidetone.hal.board.Boards;
import org.sidetone.hal.pi.bus.Pi4jBus;
import org.sidetone.hal.tck.LampsContract;

/** The whole panel over Pi4J, on its mock provider. */
class Pi4jMockTest extends LampsContract {
    private Context pi4j;
    private PiPanel panel;
    private Board board;

    @BeforeEach
    void start() throws Exception {
        pi4j = Pi4J.newContextBuilder().autoDetectMockPlugins().autoDetectProviders().autoDetectPlatforms().build();
        board = Boards.load("pi-text-20x4");
        panel = new PiPanel(board, new Pi4jBus(pi4j), () -> { });
    }

    @AfterEach
    void stop() {
        panel.close();
    }

    @Override
    protected Lamps open() {
        return panel.lamps();
    }

    @Override
    protected int twoColoured() {
        return 0;
    }

    private boolean isHigh(int pin) {
        return pin >= 0 && pi4j.<DigitalOutput>getIO("out-" + pin, DigitalOutput.class).state() == DigitalState.HIGH;
    }

    @Override
    protected int seen(int lamp) {
        boolean green = isHigh(board.lampList().get(lamp).greenPin());
        boolean red = isHigh(board.lampList().get(lamp).redPin());
        return green ? red ? Lamps.AMBER : Lamps.GREEN : red ? Lamps.RED : Lamps.OFF;
    }

    private void column(int index, DigitalState state) {
        MockDigitalInput pin = pi4j.getIO("in-" + board.keypad().columnPins().get(index), MockDigitalInput.class);
        pin.mockState(state);
    }

    /** A mock column that is low reads as low in every row. */
    @Test
    void readsTheColumnsOfTheMatrix() {
        for (int i = 0; i < board.keypad().columnPins().size(); i++) {
            column(i, DigitalState.HIGH);                    // the mock knows no pull-ups
        }
        column(0, DigitalState.LOW);
        int event = Keypad.NONE;
        while (event == Keypad.NONE) {
            event = panel.keypad().next();
            Thread.onSpinWait();
        }
        assertTrue((event & 1) != 0);
        int key = event >> 1;
        assertTrue(board.keypad().keys().stream().anyMatch(r -> Key.of(r.get(0)) == key), "a key of the first column");
    }

    @Test
    void theDisplayTakesRows() {
        panel.display().show(0, "over the mock provider".toCharArray(), 0);
        panel.display().flush();
        assertEquals(4, panel.display().rows());
        assertEquals(20, panel.display().columns());
    }
}
