package org.sidetone.emulator.face;

import com.googlecode.lanterna.TerminalPosition;
import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.graphics.TextGraphics;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import com.googlecode.lanterna.screen.Screen;
import com.googlecode.lanterna.screen.TerminalScreen;
import com.googlecode.lanterna.terminal.DefaultTerminalFactory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.sidetone.emulator.desk.DeskPhone;
import org.sidetone.emulator.body.SoftDisplay;
import org.sidetone.hal.Key;
import org.sidetone.hal.Lamps;

/** Phones side by side in a terminal; one is in focus and gets the keys. */
final class TerminalFace {
    private static final int GAP = 4;
    private static final TextColor[] LAMP = {TextColor.ANSI.BLACK_BRIGHT, TextColor.ANSI.GREEN_BRIGHT, TextColor.ANSI.YELLOW_BRIGHT,
        TextColor.ANSI.RED_BRIGHT};
    private static final TextColor GLASS = TextColor.ANSI.BLACK;
    private static final TextColor GLASS_BACK = TextColor.ANSI.CYAN;

    private final Screen screen;
    private final List<DeskPhone> phones;
    private int focus;

    private TerminalFace(Screen screen, List<DeskPhone> phones) {
        this.screen = screen;
        this.phones = phones;
    }

    static void run(List<DeskPhone> phones) throws IOException {
        try (Screen screen = new TerminalScreen(new DefaultTerminalFactory().createHeadlessTerminal())) {
            screen.startScreen();
            screen.setCursorPosition(null);
            new TerminalFace(screen, phones).loop();
        }
    }

    private void loop() throws IOException {
        while (true) {
            draw();
            KeyStroke stroke = screen.pollInput();
            if (stroke == null) {
                try {
                    TimeUnit.MILLISECONDS.sleep(40);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
                continue;
            }
            boolean quit = stroke.getKeyType() == KeyType.EOF || stroke.isCtrlDown() && stroke.getCharacter() != null
                    && stroke.getCharacter() == 'c' || stroke.getKeyType() == KeyType.Character && stroke.getCharacter() == 'q';
            if (quit) {
                return;
            }
            if (stroke.getKeyType() == KeyType.Tab) {
                focus = (focus + 1) % phones.size();
            } else {
                int key = keyOf(stroke);
                if (key >= 0 && phones.get(focus).board().hasKey(key)) {
                    phones.get(focus).pressKey(key);
                    phones.get(focus).releaseKey(key);
                }
            }
        }
    }

    private static int keyOf(KeyStroke stroke) {
        return switch (stroke.getKeyType()) {
            case ArrowUp -> Key.UP;
            case ArrowDown -> Key.DOWN;
            case ArrowLeft -> Key.LEFT;
            case ArrowRight -> Key.RIGHT;
            case Enter -> Key.OK;
            case Escape -> Key.BACK;
            case Backspace, Delete -> Key.CLEAR;
            case F1 -> Key.SOFT_1;
            case F2 -> Key.SOFT_1 + 1;
            case F3 -> Key.SOFT_1 + 2;
            case F4 -> Key.SOFT_1 + 3;
            case F5 -> Key.LINE_1;
            case F6 -> Key.LINE_1 + 1;
            case F7 -> Key.LINE_1 + 2;
            case F8 -> Key.LINE_1 + 3;
            case F9 -> Key.LINE_1 + 4;
            case F10 -> Key.LINE_1 + 5;
            case Character -> stroke.getCharacter() == 'm' || stroke.getCharacter() == 'M' ? Key.MESSAGES
                    : Key.of(String.valueOf(stroke.getCharacter()));
            default -> -1;
        };
    }

    private void draw() throws IOException {
        screen.doResizeIfNecessary();
        TextGraphics g = screen.newTextGraphics();
        g.setBackgroundColor(TextColor.ANSI.DEFAULT);
        g.fill(' ');
        int x = 1;
        int bottom = 0;
        for (int i = 0; i < phones.size(); i++) {
            bottom = Math.max(bottom, phone(g, phones.get(i), x, i == focus));
            x += phones.get(i).display().columns() + GAP;
        }
        g.setForegroundColor(TextColor.ANSI.DEFAULT);
        g.setBackgroundColor(TextColor.ANSI.DEFAULT);
        g.putString(1, bottom + 1, (phones.size() > 1 ? "Tab: the other phone   " : "") + "F1-F4: keys under the display   F5-F10: line keys");
        g.putString(1, bottom + 2, "Enter: OK   Esc: back   Backspace: clear   m: messages   0-9 * #   q: quit");
        screen.refresh();
    }

    private static int phone(TextGraphics g, DeskPhone phone, int x, boolean focused) {
        int columns = phone.display().columns();
        SoftDisplay.Glass glass = phone.display().glass();
        g.setForegroundColor(focused ? TextColor.ANSI.WHITE_BRIGHT : TextColor.ANSI.WHITE);
        String title = (focused ? "> " : "  ") + phone.owner() + (phone.isPowered() ? "" : " (off)");
        g.putString(x, 0, title);
        g.setForegroundColor(GLASS);
        g.setBackgroundColor(GLASS_BACK);
        for (int r = 0; r < glass.rows().length; r++) {
            g.putString(x, 1 + r, glass.row(r));
        }
        if (glass.cursorRow() >= 0) {
            g.setForegroundColor(GLASS_BACK);
            g.setBackgroundColor(GLASS);
            g.setCharacter(new TerminalPosition(x + glass.cursorColumn(), 1 + glass.cursorRow()),
                    glass.rows()[glass.cursorRow()][glass.cursorColumn()]);
        }
        g.setBackgroundColor(TextColor.ANSI.DEFAULT);
        int at = x;
        int row = 2 + glass.rows().length;
        for (int lamp = 0; lamp < phone.lamps().count(); lamp++) {
            int colour = phone.lamps().colour(lamp);
            g.setForegroundColor(LAMP[colour]);
            String name = phone.board().lampName(lamp);
            g.putString(at, row, (colour == Lamps.OFF ? "o" : "O") + name);
            at += name.length() + 2;
            if (at > x + columns - 4) {
                at = x;
                row++;
            }
        }
        return row + 1;
    }
}
