package org.sidetone.hal.board;

import java.util.List;
import org.sidetone.hal.Key;
import org.sidetone.hal.Panel;

/** One board as its file says. Pins are BCM numbers; -1 where there is none. */
public record Board(String name, String description, Display display, Keypad keypad, List<Lamp> lampList, Face face) implements Panel {

    /** @param driver {@code none} or {@code hd44780-pcf8574}. @param glyphs {@code ascii}, {@code latin1} or {@code hd44780-a00} */
    public record Display(int rows, int columns, String driver, int i2cBus, int i2cAddress, String glyphs) {
    }

    /** @param keys names by row and column of the matrix; empty where no key is */
    public record Keypad(String driver, List<Integer> rowPins, List<Integer> columnPins, int scanMs, List<List<String>> keys) {
    }

    public record Lamp(String name, int key, int greenPin, int redPin) {
    }

    /** How the emulator draws the board. */
    public record Face(List<String> lines, List<List<String>> keys) {
    }

    @Override
    public String board() {
        return name;
    }

    @Override
    public int displayRows() {
        return display.rows();
    }

    @Override
    public int displayColumns() {
        return display.columns();
    }

    @Override
    public boolean hasKey(int key) {
        return keypad.keys().stream().flatMap(List::stream).anyMatch(k -> !k.isEmpty() && Key.of(k) == key);
    }

    @Override
    public int lamps() {
        return lampList.size();
    }

    @Override
    public String lampName(int lamp) {
        return lampList.get(lamp).name();
    }

    @Override
    public int lampKey(int lamp) {
        return lampList.get(lamp).key();
    }

    /** Whether the display has a glyph for a character. */
    public boolean canShow(char c) {
        return switch (display.glyphs()) {
            case "latin1" -> c >= ' ' && c < 0x7F || c >= 0xA0 && c <= 0xFF || "\u2026\u20ac\u2018\u2019\u201c\u201d\u2013".indexOf(c) >= 0;
            case "hd44780-a00" -> c >= ' ' && c < 0x7E && c != '\\' || "\u00e4\u00f6\u00fc\u00df\u00f1\u00b0".indexOf(c) >= 0;
            default -> c >= ' ' && c < 0x7F;
        };
    }
}
