package org.sidetone.emulator.body;

import org.sidetone.hal.TextDisplay;
import org.sidetone.hal.board.Boards;
import org.sidetone.hal.tck.TextDisplayContract;

class SoftDisplayTest extends TextDisplayContract {
    @Override
    protected TextDisplay open() throws Exception {
        return new SoftDisplay(Boards.load("desk-text-36x8"));
    }

    @Override
    protected String glass(TextDisplay display, int row) {
        return ((SoftDisplay) display).glass().row(row);
    }

    @Override
    protected int cursor(TextDisplay display) {
        SoftDisplay.Glass glass = ((SoftDisplay) display).glass();
        return glass.cursorRow() < 0 ? -1 : glass.cursorRow() * 100 + glass.cursorColumn();
    }
}
