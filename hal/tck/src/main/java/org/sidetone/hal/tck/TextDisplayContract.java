package org.sidetone.hal.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.sidetone.hal.TextDisplay;

/** {@link TextDisplay}. */
public abstract class TextDisplayContract {
    protected abstract TextDisplay open() throws Exception;

    /** What a person would read in a row, after the display came to rest. */
    protected abstract String glass(TextDisplay display, int row) throws Exception;

    /** Where a person would see the cursor, {@code row * 100 + column}, or -1. */
    protected abstract int cursor(TextDisplay display) throws Exception;

    private static char[] cells(TextDisplay display, String text) {
        char[] row = new char[display.columns() + 3];
        Arrays.fill(row, ' ');
        text.getChars(0, text.length(), row, 3);
        return row;
    }

    @Test
    void isBlankAtFirst() throws Exception {
        TextDisplay display = open();
        display.flush();
        for (int r = 0; r < display.rows(); r++) {
            assertTrue(glass(display, r).isBlank());
        }
    }

    @Test
    void showsEveryRowAfterAFlush() throws Exception {
        TextDisplay display = open();
        for (int r = 0; r < display.rows(); r++) {
            char[] row = cells(display, "Row " + r + " of it");
            display.show(r, row, 3);
            Arrays.fill(row, '!');                            // the array is ours again
        }
        display.flush();
        for (int r = 0; r < display.rows(); r++) {
            assertEquals("Row " + r + " of it", glass(display, r).stripTrailing());
        }
        display.show(1, cells(display, "changed"), 3);
        display.flush();
        assertEquals("changed", glass(display, 1).stripTrailing());
        assertEquals("Row 0 of it", glass(display, 0).stripTrailing());
    }

    @Test
    void showsTheWholeWidth() throws Exception {
        TextDisplay display = open();
        String full = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".substring(0, display.columns());
        display.show(display.rows() - 1, cells(display, full), 3);
        display.flush();
        assertEquals(full, glass(display, display.rows() - 1));
    }

    @Test
    void showsACursorWhereItIsPutAndNoneElsewhere() throws Exception {
        TextDisplay display = open();
        display.cursor(1, 5);
        display.flush();
        assertEquals(105, cursor(display));
        display.cursor(-1, 0);
        display.flush();
        assertEquals(-1, cursor(display));
    }

    @Test
    void canShowAsciiLetters() throws Exception {
        TextDisplay display = open();
        for (char c = 'A'; c <= 'Z'; c++) {
            assertTrue(display.canShow(c) && display.canShow((char) (c + 32)));
        }
    }
}
