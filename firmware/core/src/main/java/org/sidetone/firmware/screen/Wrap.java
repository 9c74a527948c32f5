package org.sidetone.firmware.screen;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Utf8;

/** Breaks a text into lines of so many characters, at spaces where there are any. */
final class Wrap {
    private final int[] starts = new int[128];
    private final int[] ends = new int[128];
    private int count;

    /** Lays a text out. @param columns at least 1 */
    void lay(byte[] b, int length, int columns) {
        count = 0;
        int at = 0;
        while (at < length && count < starts.length) {
            int end = at;
            int space = -1;
            int n = 0;
            while (end < length && n < columns && b[end] != '\n') {
                if (b[end] == ' ') {
                    space = end;
                }
                end += Utf8.stepAt(b, end, length);
                n++;
            }
            if (end < length && b[end] != '\n' && b[end] != ' ' && space > at) {
                end = space;
            }
            starts[count] = at;
            ends[count++] = end;
            at = end < length && (b[end] == ' ' || b[end] == '\n') ? end + 1 : end;
        }
        if (count == 0) {
            starts[0] = 0;
            ends[0] = 0;
            count = 1;
        }
    }

    int lines() {
        return count;
    }

    int start(int line) {
        return starts[line];
    }

    void put(byte[] b, int line, FixedText row) {
        row.set(b, starts[line], Math.min(ends[line] - starts[line], row.capacity()));
    }
}
