package org.sidetone.emulator.face;

import java.awt.AWTEvent;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.GradientPaint;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.event.KeyAdapter;
import java.awt.event.KeyEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.ArrayList;
import java.util.List;
import javax.swing.JPanel;
import org.sidetone.emulator.desk.DeskPhone;
import org.sidetone.emulator.body.SoftDisplay;
import org.sidetone.hal.Key;
import org.sidetone.hal.Lamps;
import org.sidetone.hal.board.Board;

/** Draws one phone from its board's file: display, lamps, keys that a mouse or the keyboard presses. */
final class PhonePanel extends JPanel {
    private static final long serialVersionUID = 1;
    private static final int PAD = 28;
    private static final int CELL_WIDTH = 12;
    private static final int CELL_HEIGHT = 24;
    private static final int GLASS_PAD = 16;
    private static final int LINE_WIDTH = 112;
    private static final int LINE_HEIGHT = 34;
    private static final int KEY_HEIGHT = 44;
    private static final int GAP = 10;
    private static final Color BODY_TOP = new Color(0x2E3238);
    private static final Color BODY_BOTTOM = new Color(0x1D2024);
    private static final Color DESK = new Color(0x121417);
    private static final Color KEY_TOP = new Color(0x474C54);
    private static final Color KEY_BOTTOM = new Color(0x363A41);
    private static final Color KEY_DOWN = new Color(0x5B7FA6);
    private static final Color LABEL = new Color(0xE9ECF0);
    private static final Color FAINT = new Color(0x9AA2AD);
    private static final Color GLASS_TOP = new Color(0xCFE3D4);
    private static final Color GLASS_BOTTOM = new Color(0xB7D2BF);
    private static final Color GLASS_OFF = new Color(0x4A544D);
    private static final Color INK = new Color(0x14241A);
    private static final Color[] LAMP = {new Color(0x3A3F46), new Color(0x35D06A), new Color(0xFFB52E), new Color(0xFF4B3E)};
    private static final String[] LETTERS = {"", "", "ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ"};

    /** One key on the face. */
    private record Button(int key, Rectangle place, String label, String small, int lamp) {
    }

    private final transient DeskPhone phone;
    private final transient List<Button> buttons = new ArrayList<>();
    private final Rectangle glass;
    private transient Button pressed;

    PhonePanel(DeskPhone phone) {
        this.phone = phone;
        Board board = phone.board();
        int glassWidth = board.displayColumns() * CELL_WIDTH + 2 * GLASS_PAD;
        int glassHeight = board.displayRows() * CELL_HEIGHT + 2 * GLASS_PAD;
        int top = PAD + 34;
        glass = new Rectangle(PAD, top, glassWidth, glassHeight);
        int right = PAD + glassWidth + GAP + 4;
        List<String> lines = board.face().lines();
        for (int i = 0; i < lines.size(); i++) {
            place(lines.get(i), new Rectangle(right, top + i * (LINE_HEIGHT + 6), LINE_WIDTH, LINE_HEIGHT));
        }
        int width = right + LINE_WIDTH + PAD;
        int y = Math.max(top + glassHeight, top + lines.size() * (LINE_HEIGHT + 6)) + 18;
        List<List<String>> rows = board.face().keys();
        for (int r = 0; r < rows.size(); r++) {
            List<String> row = rows.get(r);
            boolean soft = row.stream().allMatch(k -> k.startsWith("soft"));
            int span = soft ? glassWidth : width - 2 * PAD;
            int keyWidth = (span - (row.size() - 1) * GAP) / row.size();
            int height = soft ? 30 : KEY_HEIGHT;
            for (int c = 0; c < row.size(); c++) {
                if (!row.get(c).isEmpty()) {
                    place(row.get(c), new Rectangle(PAD + c * (keyWidth + GAP), y, keyWidth, height));
                }
            }
            y += height + GAP;
        }
        setPreferredSize(new Dimension(width, y + PAD - GAP));
        setBackground(DESK);
        setFocusable(true);
        listen();
    }

    private void place(String name, Rectangle where) {
        int key = Key.of(name);
        int lamp = -1;
        for (int i = 0; i < phone.board().lamps(); i++) {
            if (phone.board().lampKey(i) == key) {
                lamp = i;
            }
        }
        String label = switch (name) {
            case "up" -> "\u25B2";
            case "down" -> "\u25BC";
            case "left" -> "\u25C0";
            case "right" -> "\u25B6";
            case "ok" -> "OK";
            case "back" -> "Back";
            case "clear" -> "C";
            case "messages" -> "Messages";
            default -> name.startsWith("soft") ? "" : name;
        };
        String small = key >= 0 && key <= 9 ? key == 0 ? "\u2423" : key == 1 ? ".,?!" : LETTERS[key] : key == Key.HASH ? "Abc" : key == Key.STAR ? "@/_" : "";
        buttons.add(new Button(key, where, label, small, lamp));
    }

    private void listen() {
        enableEvents(AWTEvent.MOUSE_EVENT_MASK);
        addMouseListener(new MouseAdapter() {
            @Override
            public void mousePressed(MouseEvent e) {
                requestFocusInWindow();
                for (Button b : buttons) {
                    if (b.place().contains(e.getPoint())) {
                        pressed = b;
                        phone.pressKey(b.key());
                        repaint();
                    }
                }
            }

            @Override
            public void mouseReleased(MouseEvent e) {
                if (pressed != null) {
                    phone.releaseKey(pressed.key());
                    pressed = null;
                    repaint();
                }
            }
        });
        addKeyListener(new KeyAdapter() {
            @Override
            public void keyPressed(KeyEvent e) {
                int key = KeyMap.of(e);
                if (key >= 0 && phone.board().hasKey(key)) {
                    phone.pressKey(key);
                }
            }

            @Override
            public void keyReleased(KeyEvent e) {
                int key = KeyMap.of(e);
                if (key >= 0) {
                    phone.releaseKey(key);
                }
            }
        });
        phone.display().onFlush(this::repaint);
        phone.lamps().onChange(this::repaint);
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        super.paintComponent(graphics);
        Graphics2D g = (Graphics2D) graphics.create();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setPaint(new GradientPaint(0, 0, BODY_TOP, 0, getHeight(), BODY_BOTTOM));
        g.fillRoundRect(8, 8, getWidth() - 16, getHeight() - 16, 36, 36);
        g.setColor(new Color(255, 255, 255, 28));
        g.setStroke(new BasicStroke(1.5f));
        g.drawRoundRect(9, 9, getWidth() - 19, getHeight() - 19, 35, 35);
        g.setColor(LABEL);
        g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
        g.drawString("sidetone", PAD + 2, PAD + 14);
        g.setColor(FAINT);
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        String owner = phone.owner() + " \u00B7 " + phone.board().name();
        g.drawString(owner, getWidth() - PAD - g.getFontMetrics().stringWidth(owner), PAD + 14);
        glass(g);
        for (Button b : buttons) {
            button(g, b);
        }
        g.dispose();
    }

    private void glass(Graphics2D g) {
        g.setColor(new Color(0x0B0C0E));
        g.fillRoundRect(glass.x - 5, glass.y - 5, glass.width + 10, glass.height + 10, 18, 18);
        if (phone.isPowered()) {
            g.setPaint(new GradientPaint(0, glass.y, GLASS_TOP, 0, glass.y + glass.height, GLASS_BOTTOM));
        } else {
            g.setPaint(GLASS_OFF);
        }
        g.fillRoundRect(glass.x, glass.y, glass.width, glass.height, 10, 10);
        SoftDisplay.Glass shown = phone.display().glass();
        g.setFont(new Font(Font.MONOSPACED, Font.BOLD, 18));
        FontMetrics metrics = g.getFontMetrics();
        int ascent = (CELL_HEIGHT + metrics.getAscent() - metrics.getDescent()) / 2;
        int last = shown.rows().length - 1;
        if (phone.isPowered()) {
            g.setColor(new Color(0x14, 0x24, 0x1A, 26));
            g.fillRoundRect(glass.x + 6, glass.y + 8, glass.width - 12, CELL_HEIGHT + 10, 8, 8);
            g.fillRoundRect(glass.x + 6, glass.y + GLASS_PAD + last * CELL_HEIGHT - 2, glass.width - 12, CELL_HEIGHT + 10, 8, 8);
        }
        for (int r = 0; r <= last; r++) {
            int y = glass.y + GLASS_PAD + r * CELL_HEIGHT;
            for (int c = 0; c < shown.rows()[r].length; c++) {
                int x = glass.x + GLASS_PAD + c * CELL_WIDTH;
                boolean cursor = r == shown.cursorRow() && c == shown.cursorColumn();
                if (cursor) {
                    g.setColor(INK);
                    g.fillRect(x, y + CELL_HEIGHT - 4, CELL_WIDTH - 1, 3);
                }
                char cell = shown.rows()[r][c];
                if (cell != ' ') {
                    g.setColor(INK);
                    g.drawString(String.valueOf(cell), x + (CELL_WIDTH - metrics.charWidth(cell)) / 2, y + ascent);
                }
            }
        }
    }

    private void button(Graphics2D g, Button b) {
        Rectangle p = b.place();
        boolean down = b == pressed;
        g.setColor(new Color(0, 0, 0, 90));
        g.fillRoundRect(p.x, p.y + 3, p.width, p.height, 14, 14);
        g.setPaint(down ? KEY_DOWN : new GradientPaint(0, p.y, KEY_TOP, 0, p.y + p.height, KEY_BOTTOM));
        g.fillRoundRect(p.x, p.y + (down ? 2 : 0), p.width, p.height, 14, 14);
        g.setColor(new Color(255, 255, 255, 24));
        g.drawRoundRect(p.x, p.y + (down ? 2 : 0), p.width - 1, p.height - 1, 14, 14);
        if (b.lamp() >= 0) {
            lamp(g, p.x + 17, p.y + p.height / 2 + (down ? 2 : 0), phone.lamps().colour(b.lamp()));
        }
        boolean soft = b.label().isEmpty();
        if (soft) {
            g.setColor(FAINT);
            g.fillRoundRect(p.x + p.width / 2 - 14, p.y + p.height / 2 - 2 + (down ? 2 : 0), 28, 4, 4, 4);
            return;
        }
        boolean digit = !b.small().isEmpty();
        g.setColor(LABEL);
        g.setFont(new Font(Font.SANS_SERIF, digit ? Font.BOLD : Font.PLAIN, digit ? 18 : 14));
        FontMetrics m = g.getFontMetrics();
        int shift = b.lamp() >= 0 ? 10 : 0;
        int y = p.y + (p.height + m.getAscent() - m.getDescent()) / 2 + (down ? 2 : 0);
        if (digit) {
            g.drawString(b.label(), p.x + p.width / 2 - m.stringWidth(b.label()) - 4, y);
            g.setColor(FAINT);
            g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
            g.drawString(b.small(), p.x + p.width / 2 + 6, y - 1);
        } else {
            g.drawString(b.label(), p.x + (p.width - m.stringWidth(b.label())) / 2 + shift, y);
        }
    }

    private static void lamp(Graphics2D g, int x, int y, int colour) {
        if (colour != Lamps.OFF) {
            Color c = LAMP[colour];
            g.setPaint(new RadialGradientPaint(x, y, 20, new float[] {0, 1},
                    new Color[] {new Color(c.getRed(), c.getGreen(), c.getBlue(), 150), new Color(c.getRed(), c.getGreen(), c.getBlue(), 0)}));
            g.fillOval(x - 20, y - 20, 40, 40);
        }
        g.setColor(LAMP[colour]);
        g.fillOval(x - 6, y - 6, 12, 12);
        g.setColor(new Color(255, 255, 255, colour == Lamps.OFF ? 30 : 110));
        g.fillOval(x - 4, y - 5, 5, 4);
    }
}
