package org.sidetone.firmware.screen;

import org.sidetone.bytes.FixedText;
import org.sidetone.hal.Key;

/** One picture of the screen, before it becomes cells or pixels. */
public final class ScreenModel {
    public static final int MAX_ROWS = 16;
    public static final int ICON_REGISTERED = 1;
    public static final int ICON_UNREGISTERED = 1 << 1;
    public static final int ICON_MESSAGE = 1 << 2;
    public static final int ICON_MISSED = 1 << 3;
    public static final int ICON_VOICE_MAIL = 1 << 4;
    public static final int ICON_CHAT = 1 << 5;
    /** No row is chosen. */
    public static final int NONE = -1;

    public final FixedText title = new FixedText(120);
    /** Right-hand end of the title row: the clock, or the mode of text entry. */
    public final FixedText corner = new FixedText(16);
    private final FixedText[] rows = new FixedText[MAX_ROWS];
    private final String[] softKeys = new String[Key.SOFT_KEYS];
    private int rowCount;
    private int selected = NONE;
    private int cursorRow = NONE;
    private int cursorColumn;
    private int icons;

    public ScreenModel() {
        for (int i = 0; i < MAX_ROWS; i++) {
            rows[i] = new FixedText(240);
        }
    }

    public void clear() {
        title.clear();
        corner.clear();
        rowCount = 0;
        selected = NONE;
        cursorRow = NONE;
        icons = 0;
        for (int i = 0; i < softKeys.length; i++) {
            softKeys[i] = "";
        }
    }

    /** A new row to write into; the last one again when there are too many. */
    public FixedText addRow() {
        if (rowCount < MAX_ROWS) {
            rowCount++;
        }
        rows[rowCount - 1].clear();
        return rows[rowCount - 1];
    }

    public int rows() {
        return rowCount;
    }

    public FixedText row(int index) {
        return rows[index];
    }

    /** Marks a row as the chosen one. */
    public void select(int row) {
        selected = row;
    }

    public int selected() {
        return selected;
    }

    /** Shows a text cursor. @param column in characters */
    public void cursor(int row, int column) {
        cursorRow = row;
        cursorColumn = column;
    }

    public int cursorRow() {
        return cursorRow;
    }

    public int cursorColumn() {
        return cursorColumn;
    }

    public void softKeys(String first, String second, String third, String fourth) {
        softKeys[0] = first;
        softKeys[1] = second;
        softKeys[2] = third;
        softKeys[3] = fourth;
    }

    public String softKey(int index) {
        return softKeys[index];
    }

    public void addIcon(int icon) {
        icons |= icon;
    }

    public boolean hasIcon(int icon) {
        return (icons & icon) != 0;
    }
}
