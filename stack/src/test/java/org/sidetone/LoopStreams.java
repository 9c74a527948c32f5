package org.sidetone;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Flow;
import org.sidetone.port.Streams;
import org.sidetone.port.StreamsUser;
import org.sidetone.port.Wire;

/** Streams between several hosts in one test: octets wait until {@link #run}, are cut anywhere, and a small buffer refuses what is too much. */
public final class LoopStreams {
    private final Map<String, Host> hosts = new HashMap<>();
    private final ArrayDeque<Runnable> events = new ArrayDeque<>();
    private final Random random;
    /** Octets that one direction of a connection holds. */
    public int bufferBytes;
    private int nextHandle = 1;
    /** Octets carried, and writes refused for want of room. */
    public long carried;
    public long refused;
    public long nowMs;

    public LoopStreams(long seed, int bufferBytes) {
        random = new Random(seed);
        this.bufferBytes = bufferBytes;
    }

    public Host host(int address, int port) {
        Host h = new Host(address, port);
        hosts.put(address + ":" + port, h);
        return h;
    }

    /** Lets everything happen that is under way. */
    public void run() {
        for (int i = 0; i < 10_000_000 && !events.isEmpty(); i++) {
            events.poll().run();
        }
        if (!events.isEmpty()) {
            throw new AssertionError("it never comes to rest");
        }
    }

    /** Lets one thing happen. @return false when nothing is under way */
    public boolean step() {
        Runnable next = events.poll();
        if (next != null) {
            next.run();
        }
        return next != null;
    }

    /** One direction of one connection. */
    private final class Pipe {
        final Host from;
        final Host to;
        final int handleFrom;
        final int handleTo;
        final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
        Pipe back;
        int filled;
        boolean starved;
        boolean paused;
        boolean closed;

        Pipe(Host from, int handleFrom, Host to, int handleTo) {
            this.from = from;
            this.handleFrom = handleFrom;
            this.to = to;
            this.handleTo = handleTo;
        }

        void deliver() {
            if (closed || paused || waiting.isEmpty()) {
                return;
            }
            byte[] b = waiting.poll();
            int n = 1 + random.nextInt(b.length);
            if (n < b.length) {
                waiting.addFirst(java.util.Arrays.copyOfRange(b, n, b.length));
                events.add(this::deliver);
            }
            filled -= n;
            carried += n;
            to.user.onData(handleTo, b, 0, n, nowMs);
            if (starved && filled < bufferBytes / 2 && !closed) {
                starved = false;
                from.user.onWritable(handleFrom, nowMs);
            }
        }
    }

    /** The streams of one host. */
    public final class Host implements Streams {
        private final int address;
        private final int port;
        private final Map<Integer, Pipe> pipes = new HashMap<>();
        public StreamsUser user;
        /** First octet of the fingerprint of its certificate, the others are 0; 0: it has none. */
        public int certificate;
        /** What its certificate is good for; empty: for nobody. */
        public String name = "";

        Host(int address, int port) {
            this.address = address;
            this.port = port;
        }

        @Override
        public int connect(Flow flow) {
            Host other = hosts.get((int) flow.addressLow() + ":" + flow.port());
            int mine = nextHandle++;
            if (other == null) {
                events.add(() -> user.onClosed(mine, nowMs));
                return mine;
            }
            int theirs = nextHandle++;
            Pipe out = new Pipe(this, mine, other, theirs);
            out.back = new Pipe(other, theirs, this, mine);
            out.back.back = out;
            pipes.put(mine, out);
            other.pipes.put(theirs, out.back);
            int transport = flow.transport();
            out.paused = true;
            events.add(() -> {
                if (!other.user.onAccepted(theirs, new Flow().setIpv4(transport, address, 40_000 + mine), nowMs)) {
                    other.close(theirs);
                    return;
                }
                user.onConnected(mine, nowMs);
                out.paused = false;
                events.add(out::deliver);
            });
            return mine;
        }

        @Override
        public int connectToPeer(Flow flow) {
            return connect(flow);
        }

        @Override
        public int fingerprint(int connection, byte[] out, int offset) {
            Host whose = connection == 0 ? this : pipes.get(connection).to;
            java.util.Arrays.fill(out, offset, offset + FINGERPRINT_BYTES, (byte) 0);
            out[offset] = (byte) whose.certificate;
            return whose.certificate == 0 ? 0 : FINGERPRINT_BYTES;
        }

        @Override
        public boolean speaksFor(int connection, Slice asked) {
            String shown = pipes.get(connection).to.name;
            return !shown.isEmpty() && asked.equals(shown.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }

        @Override
        public int write(int connection, byte[] buffer, int offset, int length) {
            Pipe p = pipes.get(connection);
            if (p == null || p.closed) {
                return Wire.UNREACHABLE;
            }
            if (p.filled > 0 && p.filled + length > bufferBytes) {
                p.starved = true;
                refused++;
                return Wire.NO_ROOM;
            }
            p.filled += length;
            p.waiting.add(java.util.Arrays.copyOfRange(buffer, offset, offset + length));
            events.add(p::deliver);
            return Wire.SENT;
        }

        @Override
        public void pause(int connection) {
            pipes.get(connection).back.paused = true;
        }

        @Override
        public void resume(int connection) {
            Pipe in = pipes.get(connection).back;
            in.paused = false;
            for (int i = 0; i < in.waiting.size(); i++) {
                events.add(in::deliver);
            }
        }

        @Override
        public void close(int connection) {
            Pipe p = pipes.remove(connection);
            if (p == null || p.closed) {
                return;
            }
            p.back.closed = true;
            closeWhenEmpty(p);
        }

        private void closeWhenEmpty(Pipe p) {
            events.add(() -> {
                if (!p.waiting.isEmpty() && !p.paused && !p.closed) {
                    p.deliver();
                    closeWhenEmpty(p);
                } else if (p.to.pipes.remove(p.handleTo) != null) {
                    p.closed = true;
                    p.to.user.onClosed(p.handleTo, nowMs);
                }
            });
        }

        /** Cuts every connection of this host, as a pulled cable does in the end. */
        public void breakAll() {
            for (Pipe p : new java.util.ArrayList<>(pipes.values())) {
                pipes.remove(p.handleFrom);
                p.closed = true;
                p.back.closed = true;
                user.onClosed(p.handleFrom, nowMs);
                if (p.to.pipes.remove(p.handleTo) != null) {
                    p.to.user.onClosed(p.handleTo, nowMs);
                }
            }
        }

        public int connections() {
            return pipes.size();
        }

        @Override
        public void localAddress(Flow to, Flow out) {
            out.setIpv4(to.transport(), address, port);
        }
    }
}
