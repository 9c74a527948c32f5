package org.sidetone.firmware.rig;

import org.sidetone.hal.TextDisplay;

/** A display that remembers what its driver was told. */
public final class RecordedDisplay implements TextDisplay {
    private final TextDisplay display;
    private final char[][] pending;
    private final char[][] shown;
    private int pendingRow = -1;
    private int pendingColumn;
    private int cursorRow = -1;
    private int cursorColumn;
    private boolean changed;

    public RecordedDisplay(TextDisplay display) {
        this.display = display;
        pending = new char[display.rows()][display.columns()];
        shown = new char[display.rows()][display.columns()];
        for (int r = 0; r < shown.length; r++) {
            for (int c = 0; c < shown[r].length; c++) {
                pending[r][c] = ' ';
                shown[r][c] = ' ';
            }
        }
    }

    @Override
    public int rows() {
        return display.rows();
    }

    @Override
    public int columns() {
        return display.columns();
    }

    @Override
    public boolean canShow(char character) {
        return display.canShow(character);
    }

    @Override
    public void show(int row, char[] cells, int offset) {
        System.arraycopy(cells, offset, pending[row], 0, pending[row].length);
        display.show(row, cells, offset);
    }

    @Override
    public void cursor(int row, int column) {
        pendingRow = row;
        pendingColumn = column;
        display.cursor(row, column);
    }

    @Override
    public void flush() {
        for (int r = 0; r < shown.length; r++) {
            System.arraycopy(pending[r], 0, shown[r], 0, shown[r].length);
        }
        cursorRow = pendingRow;
        cursorColumn = pendingColumn;
        changed = true;
        display.flush();
    }

    /** The cells of a row as last flushed. */
    public char[] row(int row) {
        return shown[row];
    }

    public int cursorRow() {
        return cursorRow;
    }

    public int cursorColumn() {
        return cursorColumn;
    }

    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }
}
