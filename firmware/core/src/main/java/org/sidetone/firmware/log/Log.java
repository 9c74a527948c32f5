package org.sidetone.firmware.log;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;

/** The last lines the phone has to say. A line is built by {@link #line} and {@link #end}; the oldest give way. */
public final class Log {
    private static final int MAX_LINE = 200;

    private final byte[] ring;
    private int written;
    private long total;
    private final FixedText line = new FixedText(MAX_LINE);
    private final ByteSink sink = new ByteSink();

    /** @param bytes octets kept */
    public Log(int bytes) {
        ring = new byte[bytes];
    }

    /** Starts a line with its time in seconds since boot. */
    public ByteSink line(long nowMs) {
        line.sink(sink);
        return sink.putDecimal(nowMs / 1000).put('.').putPadded(nowMs % 1000, 3).put(' ');
    }

    /** Keeps the line; what did not fit is left out. */
    public void end() {
        int n = sink.length();
        for (int i = 0; i < n; i++) {
            byte octet = sink.buffer()[sink.start() + i];
            put(octet == '\n' ? (byte) ' ' : octet);
        }
        put((byte) '\n');
    }

    private void put(byte octet) {
        ring[written] = octet;
        written = (written + 1) % ring.length;
        total++;
    }

    /** Appends the last {@code lines} lines, oldest first, each as {@code before}, the line, {@code after}. Stops when the sink is full. */
    public void copyLast(int lines, LineUser user) {
        long available = Math.min(total, ring.length);
        long start = total;
        int found = 0;
        while (start > total - available && found <= lines) {
            start--;
            if (at(start) == '\n') {
                found++;
            }
        }
        if (found > lines || start > 0 && at(start) == '\n') {
            start++;
        }
        line.sink(sink);
        for (long i = start; i < total; i++) {
            byte octet = at(i);
            if (octet == '\n') {
                user.onLine(sink);
                line.sink(sink);
            } else {
                sink.put(octet);
            }
        }
    }

    private byte at(long index) {
        return ring[(int) (index % ring.length)];
    }

    /** Takes lines one by one. */
    public interface LineUser {
        void onLine(ByteSink text);
    }
}
