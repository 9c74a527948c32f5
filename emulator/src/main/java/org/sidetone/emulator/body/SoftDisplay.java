package org.sidetone.emulator.body;

import java.util.Arrays;
import org.sidetone.hal.TextDisplay;
import org.sidetone.hal.board.Board;

/** A display of cells that faces read from their own threads. */
public final class SoftDisplay implements TextDisplay {
    /** What is on the glass. */
    public record Glass(char[][] rows, int cursorRow, int cursorColumn) {
        public String row(int index) {
            return new String(rows[index]);
        }
    }

    private final Board board;
    private final char[][] pending;
    private int cursorRow = -1;
    private int cursorColumn;
    private volatile Glass glass;
    private volatile Runnable onFlush = () -> { };

    public SoftDisplay(Board board) {
        this.board = board;
        pending = new char[board.displayRows()][board.displayColumns()];
        blank();
    }

    /** Dark, as without power. */
    public final void blank() {
        for (char[] row : pending) {
            Arrays.fill(row, ' ');
        }
        cursorRow = -1;
        flush();
    }

    /** Called after every flush, from the phone's thread. */
    public void onFlush(Runnable listener) {
        onFlush = listener;
    }

    public Glass glass() {
        return glass;
    }

    @Override
    public int rows() {
        return pending.length;
    }

    @Override
    public int columns() {
        return pending[0].length;
    }

    @Override
    public boolean canShow(char character) {
        return board.canShow(character);
    }

    @Override
    public void show(int row, char[] cells, int offset) {
        System.arraycopy(cells, offset, pending[row], 0, pending[row].length);
    }

    @Override
    public void cursor(int row, int column) {
        cursorRow = row;
        cursorColumn = column;
    }

    /** Makes a new picture for the faces: what a repaint allocates lies beyond the HAL call (docs/architecture.md). */
    @Override
    public void flush() {
        char[][] copy = new char[pending.length][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = pending[i].clone();
        }
        glass = new Glass(copy, cursorRow, cursorColumn);
        if (onFlush != null) {
            onFlush.run();
        }
    }
}
