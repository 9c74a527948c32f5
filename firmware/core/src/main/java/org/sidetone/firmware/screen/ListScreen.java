package org.sidetone.firmware.screen;

import org.sidetone.bytes.FixedText;
import org.sidetone.hal.Key;

/** A list of which one row is chosen; arrow keys move, the view follows. */
abstract class ListScreen extends Screen {
    private int selected;
    private int top;

    ListScreen(Desk desk) {
        super(desk);
    }

    /** Items there are now. */
    protected abstract int size();

    /** Writes one item into a row. */
    protected abstract void drawItem(int index, FixedText row);

    protected final int selected() {
        return Math.min(selected, Math.max(0, size() - 1));
    }

    protected final void select(int index) {
        selected = index;
    }

    protected final void drawList(ScreenModel out) {
        int rows = desk.contentRows;
        int chosen = selected();
        if (chosen < top) {
            top = chosen;
        }
        if (chosen >= top + rows) {
            top = chosen - rows + 1;
        }
        top = Math.max(0, Math.min(top, size() - rows));
        for (int i = top; i < Math.min(size(), top + rows); i++) {
            drawItem(i, out.addRow());
        }
        if (size() > 0) {
            out.select(chosen - top);
        }
    }

    /** Moves with the arrow keys. @return false for another key */
    protected final boolean move(int key) {
        if (key == Key.DOWN && selected() + 1 < size()) {
            selected = selected() + 1;
        } else if (key == Key.UP && selected() > 0) {
            selected = selected() - 1;
        }
        return key == Key.DOWN || key == Key.UP;
    }
}
