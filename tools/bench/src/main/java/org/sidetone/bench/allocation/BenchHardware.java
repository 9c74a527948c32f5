package org.sidetone.bench.allocation;

import java.io.IOException;
import org.sidetone.hal.Buzzer;
import org.sidetone.hal.Clock;
import org.sidetone.hal.Digests;
import org.sidetone.hal.DnsAnswer;
import org.sidetone.hal.DnsResolver;
import org.sidetone.hal.Entropy;
import org.sidetone.hal.Hardware;
import org.sidetone.hal.Keypad;
import org.sidetone.hal.Lamps;
import org.sidetone.hal.Network;
import org.sidetone.hal.Panel;
import org.sidetone.hal.Smime;
import org.sidetone.hal.Storage;
import org.sidetone.hal.TextDisplay;
import org.sidetone.hal.Watchdog;
import org.sidetone.hal.board.Board;
import org.sidetone.hal.crypto.BouncyDigests;
import org.sidetone.hal.host.NioNetwork;
import org.sidetone.hal.host.SystemEntropy;

/** A body with real sockets, a clock that stands still until told, and a display, lamps and storage that allocate nothing. */
final class BenchHardware implements Hardware, Clock, AutoCloseable {
    private static final long WALL_START_MS = 1_795_000_000_000L;

    private final Board board;
    private final NioNetwork network = new NioNetwork();
    private final Entropy entropy = new SystemEntropy();
    private final Digests digests = new BouncyDigests();
    private final InstantStorage storage = new InstantStorage();
    private volatile long nowMs = 1;

    BenchHardware(Board board) throws IOException {
        this.board = board;
    }

    long nowMs() {
        return nowMs;
    }

    void pass(long ms) {
        nowMs += ms;
    }

    /** Completes everything at the next look, in memory made beforehand. */
    private static final class InstantStorage implements Storage {
        private static final int QUEUE = 256;
        private final int[] tickets = new int[QUEUE];
        private final int[] results = new int[QUEUE];
        private int head;
        private int count;
        private int next;

        private int done(int result) {
            if (count == QUEUE) {
                return BUSY;
            }
            int at = (head + count++) % QUEUE;
            tickets[at] = next;
            results[at] = result;
            return next++ & Integer.MAX_VALUE;
        }

        @Override
        public int read(String name, byte[] into, int offset, int length) {
            return done(ABSENT);
        }

        @Override
        public int replace(String name, byte[] from, int offset, int length) {
            return done(length);
        }

        @Override
        public int remove(String name) {
            return done(0);
        }

        @Override
        public boolean next(Completion out) {
            if (count == 0) {
                return false;
            }
            out.ticket = tickets[head];
            out.result = results[head];
            head = (head + 1) % QUEUE;
            count--;
            return true;
        }
    }

    @Override
    public long monotonicMs() {
        return nowMs;
    }

    @Override
    public long wallMs() {
        return WALL_START_MS + nowMs;
    }

    @Override
    public int zoneOffsetSec(long unixSec) {
        return 0;
    }

    @Override
    public Panel panel() {
        return board;
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public DnsResolver names() {
        return new DnsResolver() {
            @Override
            public boolean ask(int question, int type, byte[] name, int offset, int length) {
                return false;                           // every server here is an address
            }

            @Override
            public boolean next(DnsAnswer out) {
                return false;
            }
        };
    }

    @Override
    public Clock clock() {
        return this;
    }

    @Override
    public Entropy entropy() {
        return entropy;
    }

    @Override
    public Digests digests() {
        return digests;
    }

    @Override
    public Smime smime() {
        return null;
    }

    @Override
    public Storage storage() {
        return storage;
    }

    /** Presses a key with the next turn. */
    void press(int key) {
        keys[(keyHead + keyCount++) % keys.length] = key << 1 | 1;
    }

    private final int[] keys = new int[16];
    private int keyHead;
    private int keyCount;
    private final Keypad keypad = () -> {
        if (keyCount == 0) {
            return Keypad.NONE;
        }
        int event = keys[keyHead];
        keyHead = (keyHead + 1) % keys.length;
        keyCount--;
        return event;
    };

    @Override
    public Keypad keypad() {
        return keypad;
    }

    private final TextDisplay display = new TextDisplay() {
        @Override
        public int rows() {
            return board.displayRows();
        }

        @Override
        public int columns() {
            return board.displayColumns();
        }

        @Override
        public boolean canShow(char character) {
            return character >= ' ' && character < 0x7F;
        }

        @Override
        public void show(int row, char[] cells, int offset) {
            // up to the HAL call: what a driver does with it is not counted
        }

        @Override
        public void cursor(int row, int column) {
            // as above
        }

        @Override
        public void flush() {
            // as above
        }
    };

    @Override
    public TextDisplay display() {
        return display;
    }

    @Override
    public Lamps lamps() {
        return new Lamps() {
            @Override
            public int count() {
                return board.lamps();
            }

            @Override
            public void set(int lamp, int colour) {
                // up to the HAL call
            }
        };
    }

    @Override
    public Buzzer buzzer() {
        return null;
    }

    private final Watchdog watchdog = () -> { };

    @Override
    public Watchdog watchdog() {
        return watchdog;
    }

    @Override
    public void close() throws IOException {
        network.close();
    }
}
