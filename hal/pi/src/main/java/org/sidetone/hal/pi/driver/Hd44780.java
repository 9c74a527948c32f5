package org.sidetone.hal.pi.driver;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.sidetone.hal.TextDisplay;
import org.sidetone.hal.board.Board;
import org.sidetone.hal.pi.bus.I2cPort;

/**
 * A character display with an HD44780 behind a PCF8574 port expander, in 4-bit mode. Expander bits: 0 RS, 1 R/W, 2 E, 3 backlight,
 * 4 to 7 data. What changed is written by a thread of its own, a transfer a row; a display that does not answer is set up anew
 * once a second, so that one plugged in later works.
 */
public final class Hd44780 implements TextDisplay, AutoCloseable {
    private static final int RS = 1;
    private static final int ENABLE = 4;
    private static final int BACKLIGHT = 8;
    private static final int[] ROW_ADDRESS = {0x00, 0x40, 0x14, 0x54};
    private static final int CLEAR = 0x01;
    private static final int ENTRY_RIGHT = 0x06;
    private static final int DISPLAY_OFF = 0x08;
    private static final int DISPLAY_ON = 0x0C;
    private static final int CURSOR_ON = 0x0E;
    private static final int FOUR_BITS_TWO_LINES = 0x28;
    private static final int SET_ADDRESS = 0x80;
    private static final long RETRY_NS = 1_000_000_000L;
    private static final String SPECIAL = "\u00e4\u00f6\u00fc\u00df\u00f1\u00b0";
    private static final int[] SPECIAL_CODE = {0xE1, 0xEF, 0xF5, 0xE2, 0xEE, 0xDF};

    private final Board board;
    private final I2cPort port;
    private final Thread thread;
    private final Object lock = new Object();
    private final char[][] pending;
    private final char[][] wanted;
    private int pendingRow = -1;
    private int pendingColumn;
    private int wantedRow = -1;
    private int wantedColumn;
    private boolean dirty;
    private boolean closed;
    private boolean writing;
    private final char[][] shown;
    private int shownRow = -2;
    private int shownColumn;
    private final byte[] transfer = new byte[4 * 64];
    private int length;
    private boolean ready;
    private volatile long failures;

    public Hd44780(Board board, I2cPort port) {
        this.board = board;
        this.port = port;
        int rows = Math.min(board.displayRows(), ROW_ADDRESS.length);
        pending = blank(rows, board.displayColumns());
        wanted = blank(rows, board.displayColumns());
        shown = blank(rows, board.displayColumns());
        thread = new Thread(this::work, "display");
        thread.setDaemon(true);
        thread.start();
    }

    private static char[][] blank(int rows, int columns) {
        char[][] cells = new char[rows][columns];
        for (char[] row : cells) {
            Arrays.fill(row, ' ');
        }
        return cells;
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
        pendingRow = row;
        pendingColumn = column;
    }

    @Override
    public void flush() {
        synchronized (lock) {
            for (int r = 0; r < pending.length; r++) {
                System.arraycopy(pending[r], 0, wanted[r], 0, pending[r].length);
            }
            wantedRow = pendingRow;
            wantedColumn = pendingColumn;
            dirty = true;
            lock.notifyAll();
        }
    }

    /** Whether everything flushed so far is on the glass. */
    public boolean isIdle() {
        synchronized (lock) {
            return !dirty && !writing;
        }
    }

    private void work() {
        char[][] next = blank(pending.length, pending[0].length);
        while (true) {
            int row;
            int column;
            synchronized (lock) {
                while (!dirty && !closed) {
                    try {
                        lock.wait();
                    } catch (InterruptedException e) {
                        return;
                    }
                }
                if (closed) {
                    return;
                }
                for (int r = 0; r < next.length; r++) {
                    System.arraycopy(wanted[r], 0, next[r], 0, next[r].length);
                }
                row = wantedRow;
                column = wantedColumn;
                dirty = false;
                writing = true;
            }
            boolean done = put(next, row, column);
            synchronized (lock) {
                writing = false;
                dirty |= !done;
            }
            if (!done) {
                LockSupport.parkNanos(RETRY_NS);
            }
        }
    }

    private boolean put(char[][] cells, int row, int column) {
        try {
            if (!ready) {
                setUp();
            }
            for (int r = 0; r < cells.length; r++) {
                if (!Arrays.equals(cells[r], shown[r])) {
                    writeRow(r, cells[r]);
                }
            }
            if (row != shownRow || column != shownColumn || row >= 0) {
                if (row >= 0) {
                    command(SET_ADDRESS | ROW_ADDRESS[row] + column);
                }
                command(row >= 0 ? CURSOR_ON : DISPLAY_ON);
                send();
                shownRow = row;
                shownColumn = column;
            }
            return true;
        } catch (IOException e) {
            failures++;
            ready = false;
            length = 0;
            return false;
        }
    }

    /** The start sequence of the data sheet for 4-bit interfaces. */
    private void setUp() throws IOException {
        LockSupport.parkNanos(50_000_000);
        for (int i = 0; i < 3; i++) {
            nibble(0x30, 0);
            send();
            LockSupport.parkNanos(5_000_000);
        }
        nibble(0x20, 0);
        command(FOUR_BITS_TWO_LINES);
        command(DISPLAY_OFF);
        command(CLEAR);
        send();
        LockSupport.parkNanos(2_000_000);
        command(ENTRY_RIGHT);
        command(DISPLAY_ON);
        send();
        for (char[] row : shown) {
            Arrays.fill(row, ' ');
        }
        shownRow = -1;
        ready = true;
    }

    private void writeRow(int row, char[] cells) throws IOException {
        command(SET_ADDRESS | ROW_ADDRESS[row]);
        for (int i = 0; i < cells.length; i++) {
            octet(code(cells[i]), RS);
            if (length > transfer.length - 8) {
                send();
            }
        }
        send();
        System.arraycopy(cells, 0, shown[row], 0, cells.length);
    }

    /** The controller's character of ROM A00. */
    static int code(char c) {
        int special = SPECIAL.indexOf(c);
        return special >= 0 ? SPECIAL_CODE[special] : c >= ' ' && c < 0x7E && c != '\\' ? c : '?';
    }

    private void command(int octet) {
        octet(octet, 0);
    }

    private void octet(int octet, int mode) {
        nibble(octet & 0xF0, mode);
        nibble(octet << 4 & 0xF0, mode);
    }

    /** The controller takes the data as E falls. At 100 kHz an octet on the bus takes 90 us, longer than any command but clear. */
    private void nibble(int data, int mode) {
        transfer[length++] = (byte) (data | mode | BACKLIGHT | ENABLE);
        transfer[length++] = (byte) (data | mode | BACKLIGHT);
    }

    private void send() throws IOException {
        if (length > 0) {
            port.write(transfer, length);
            length = 0;
        }
    }

    /** Transfers that the display did not acknowledge. */
    public long failures() {
        return failures;
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
    }
}
