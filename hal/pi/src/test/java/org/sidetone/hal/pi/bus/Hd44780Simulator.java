package org.sidetone.hal.pi.bus;

import java.util.Arrays;

/** The other side of the wires, by the data sheet: takes nibbles as E falls, keeps display memory. */
public final class Hd44780Simulator {
    private static final int[] ROW_ADDRESS = {0x00, 0x40, 0x14, 0x54};

    private final char[] memory = new char[0x80];
    private int previous;
    private boolean fourBits;
    private int high = -1;
    private int address;
    private boolean on;
    private boolean cursor;

    public Hd44780Simulator() {
        Arrays.fill(memory, '~');                            // whatever was there at power-on
    }

    synchronized void write(int expander) {
        boolean falls = (previous & 4) != 0 && (expander & 4) == 0;
        previous = expander;
        if (!falls) {
            return;
        }
        int nibble = expander >> 4 & 0xF;
        if (!fourBits) {
            fourBits = nibble == 2;
        } else if (high < 0) {
            high = nibble;
        } else {
            octet(high << 4 | nibble, (expander & 1) != 0);
            high = -1;
        }
    }

    private void octet(int octet, boolean data) {
        if (data) {
            memory[address] = (char) octet;
            address = address + 1 & 0x7F;
        } else if (octet >= 0x80) {
            address = octet & 0x7F;
        } else if (octet == 1) {
            Arrays.fill(memory, ' ');
            address = 0;
        } else if ((octet & 0xF8) == 0x08) {
            on = (octet & 4) != 0;
            cursor = (octet & 2) != 0;
        }
    }

    public synchronized String row(int row) {
        return on ? new String(memory, ROW_ADDRESS[row], 20) : " ".repeat(20);
    }

    /** {@code row * 100 + column}, or -1. */
    public synchronized int cursor() {
        if (!cursor) {
            return -1;
        }
        for (int r = 0; r < 4; r++) {
            if (address >= ROW_ADDRESS[r] && address < ROW_ADDRESS[r] + 20) {
                return r * 100 + address - ROW_ADDRESS[r];
            }
        }
        return -1;
    }
}
