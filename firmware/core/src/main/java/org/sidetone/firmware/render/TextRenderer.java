package org.sidetone.firmware.render;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Utf8;
import org.sidetone.firmware.screen.ScreenModel;
import org.sidetone.hal.Key;
import org.sidetone.hal.TextDisplay;

/** Puts a model on a display of character cells: title on top, soft keys at the bottom, content between. Only rows that changed are shown. */
public final class TextRenderer {
    private static final int FULL_LABEL = 8;

    private final TextDisplay display;
    private final char[][] shown;
    private final char[] row;

    public TextRenderer(TextDisplay display) {
        this.display = display;
        shown = new char[display.rows()][display.columns()];
        row = new char[display.columns()];
    }

    public void render(ScreenModel model) {
        int rows = display.rows();
        blank();
        title(model);
        show(0);
        for (int i = 1; i < rows - 1; i++) {
            blank();
            if (i - 1 < model.rows()) {
                content(model, i - 1);
            }
            show(i);
        }
        blank();
        softKeys(model);
        show(rows - 1);
        if (model.cursorRow() >= 0 && model.cursorRow() < rows - 2) {
            display.cursor(model.cursorRow() + 1, Math.min(model.cursorColumn(), row.length - 1));
        } else {
            display.cursor(-1, 0);
        }
        display.flush();
    }

    private void blank() {
        for (int i = 0; i < row.length; i++) {
            row[i] = ' ';
        }
    }

    private void show(int index) {
        char[] old = shown[index];
        boolean same = true;
        for (int i = 0; i < row.length; i++) {
            same &= old[i] == row[i];
            old[i] = row[i];
        }
        if (!same) {
            display.show(index, row, 0);
        }
    }

    private void title(ScreenModel model) {
        int corner = Utf8.count(model.corner.bytes(), 0, model.corner.length());
        int icon = model.hasIcon(ScreenModel.ICON_MESSAGE) ? 1 : 0;
        int room = row.length - (corner > 0 ? corner + 1 : 0) - (icon > 0 ? 2 : 0);
        put(model.title, 0, Math.max(0, room));
        put(model.corner, row.length - corner, corner);
        if (icon > 0 && room > 0) {
            row[row.length - corner - (corner > 0 ? 2 : 1)] = '@';
        }
    }

    private void content(ScreenModel model, int index) {
        boolean list = model.selected() != ScreenModel.NONE;
        int from = list ? 1 : 0;
        if (list && model.selected() == index) {
            row[0] = '>';
        }
        put(model.row(index), from, row.length - from);
    }

    private void softKeys(ScreenModel model) {
        int width = row.length / Key.SOFT_KEYS;
        for (int i = 0; i < Key.SOFT_KEYS; i++) {
            String label = model.softKey(i);
            int n = Math.min(label.length(), Math.min(FULL_LABEL, width - 1));
            int at = i * width + (width - n) / 2;
            for (int c = 0; c < n; c++) {
                row[at + c] = label.charAt(c);
            }
        }
    }

    private void put(FixedText text, int at, int room) {
        byte[] b = text.bytes();
        int limit = text.length();
        int column = at;
        for (int i = 0; i < limit && column < at + room; i += Utf8.stepAt(b, i, limit)) {
            int c = Utf8.codePointAt(b, i, limit);
            char cell = c < 0x10000 ? (char) c : '?';
            row[column++] = cell < ' ' ? ' ' : display.canShow(cell) ? cell : Transliteration.of(cell);
        }
    }
}
