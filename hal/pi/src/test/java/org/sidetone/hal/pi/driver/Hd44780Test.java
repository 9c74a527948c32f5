package org.sidetone.hal.pi.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.sidetone.hal.TextDisplay;
import org.sidetone.hal.board.Boards;
import org.sidetone.hal.pi.bus.RecordingBus;
import org.sidetone.hal.tck.TextDisplayContract;

class Hd44780Test extends TextDisplayContract {
    private final RecordingBus bus = new RecordingBus();

    @Override
    protected TextDisplay open() throws Exception {
        return new Hd44780(Boards.load("pi-text-20x4"), bus.i2c(1, 0x27));
    }

    private static void rest(TextDisplay display) {
        while (!((Hd44780) display).isIdle()) {
            Thread.onSpinWait();
        }
    }

    @Override
    protected String glass(TextDisplay display, int row) {
        rest(display);
        return bus.display.row(row);
    }

    @Override
    protected int cursor(TextDisplay display) {
        rest(display);
        return bus.display.cursor();
    }

    @Test
    void germanLettersHaveTheControllersCodes() {
        assertEquals(0xE1, Hd44780.code('\u00e4'));
        assertEquals(0xE2, Hd44780.code('\u00df'));
        assertEquals('?', Hd44780.code('\u4e2d'));
    }

    @Test
    void aDisplayThatNeverAnswersDoesNotHoldUpTheCaller() throws Exception {
        bus.displayAnswers = false;
        Hd44780 display = (Hd44780) open();
        for (int i = 0; i < 1000; i++) {
            display.show(0, "12345678901234567890".toCharArray(), 0);
            display.flush();
        }
        while (display.failures() == 0) {
            Thread.onSpinWait();
        }
        bus.displayAnswers = true;                           // plugged in at last
        display.flush();
        assertEquals("12345678901234567890", glass(display, 0));
        assertTrue(display.failures() > 0);
    }
}
