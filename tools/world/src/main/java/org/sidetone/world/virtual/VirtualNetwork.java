package org.sidetone.world.virtual;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.sidetone.hal.HostAddress;
import org.sidetone.hal.Network;
import org.sidetone.hal.NetworkListener;

/** One host's network. Events are told by the world, so {@link #poll} has nothing to do. */
public final class VirtualNetwork implements Network {
    private static final int FIRST_EPHEMERAL = 49152;

    private final World world;
    private final int address;
    private final Map<Integer, Socket> sockets = new HashMap<>();
    private int nextHandle = 1;
    private int nextPort = FIRST_EPHEMERAL;
    private boolean powered = true;
    private boolean plugged = true;
    /** A stream sends again what was not confirmed, and gives the connection up in the end. */
    private static final int AGAIN_MS = 500;
    private static final int GIVE_UP_MS = 120_000;
    private long sentAfterPowerOff;

    private enum Kind { DATAGRAMS, LISTENING, STREAM }

    private record Octets(byte[] bytes, long giveUpMs) { }

    private static final class Socket {
        final Kind kind;
        final int port;
        final NetworkListener listener;
        VirtualNetwork peer;
        int peerHandle;
        long lastArrivalMs;
        /** What was written and has not arrived, in order, each with the time when it is given up. */
        final ArrayDeque<Octets> underWay = new ArrayDeque<>();
        boolean paused;

        Socket(Kind kind, int port, NetworkListener listener) {
            this.kind = kind;
            this.port = port;
            this.listener = listener;
        }
    }

    VirtualNetwork(World world, int address) {
        this.world = world;
        this.address = address;
    }

    public int address() {
        return address;
    }

    /** Takes the network cable out, or puts it in: whoever is behind it goes on, and hears and reaches nobody meanwhile. */
    public void plug(boolean in) {
        plugged = in;
    }

    /** Pulls the plug: nothing goes out any more, nothing comes in; the other ends of streams notice nothing. */
    public void powerOff() {
        powered = false;
        sockets.clear();
    }

    /** Breaks every stream between this host and another: both ends hear it at once, and what was under way is lost. @return how many */
    public int breakStreams(VirtualNetwork with) {
        int n = 0;
        for (Map.Entry<Integer, Socket> e : Map.copyOf(sockets).entrySet()) {
            Socket s = e.getValue();
            if (s.kind != Kind.STREAM || s.peer != with || sockets.remove(e.getKey()) == null) {
                continue;
            }
            n++;
            Socket other = s.peer.powered ? s.peer.sockets.remove(s.peerHandle) : null;
            s.listener.onClosed(e.getKey());
            if (other != null) {
                other.listener.onClosed(s.peerHandle);
            }
        }
        return n;
    }

    /** What a dead host still tried to send; its node is taken out of the world, so this stays 0. */
    public long sentAfterPowerOff() {
        return sentAfterPowerOff;
    }

    private boolean reaches(VirtualNetwork other) {
        return other != null && plugged && other.plugged && world.isWay(address, other.address);
    }

    private int open(Kind kind, HostAddress local, NetworkListener listener) {
        int port = local.port() == 0 ? nextPort++ : local.port();
        for (Socket s : sockets.values()) {
            if (s.kind == kind && s.port == port) {
                return IN_USE;
            }
        }
        int handle = nextHandle++;
        sockets.put(handle, new Socket(kind, port, listener));
        return handle;
    }

    @Override
    public int openDatagrams(HostAddress local, NetworkListener listener) {
        return open(Kind.DATAGRAMS, local, listener);
    }

    @Override
    public int listen(HostAddress local, NetworkListener listener) {
        return open(Kind.LISTENING, local, listener);
    }

    private int find(Kind kind, int port) {
        for (Map.Entry<Integer, Socket> e : sockets.entrySet()) {
            if (e.getValue().kind == kind && e.getValue().port == port) {
                return e.getKey();
            }
        }
        return 0;
    }

    @Override
    public int send(int handle, HostAddress to, byte[] buffer, int offset, int length) {
        Socket s = sockets.get(handle);
        if (!plugged) {
            return SENT;                                    // into a cable that ends nowhere
        }
        if (!powered) {
            sentAfterPowerOff++;
            return UNREACHABLE;
        }
        if (s == null) {
            return GONE;
        }
        byte[] copy = new byte[length];
        System.arraycopy(buffer, offset, copy, 0, length);
        world.tap().onSent(this, copy, length, true);
        int target = to.ipv4();
        int port = to.port();
        int source = s.port;
        world.carry(() -> {
            VirtualNetwork host = world.hostAt(target);
            int h = !reaches(host) || !host.powered ? 0 : host.find(Kind.DATAGRAMS, port);
            if (h != 0) {
                host.sockets.get(h).listener.onDatagram(h, new HostAddress().setIpv4(address, source), copy, 0, copy.length);
            }
        });
        return SENT;
    }

    @Override
    public int connect(HostAddress remote, NetworkListener listener) {
        int handle = nextHandle++;
        Socket s = new Socket(Kind.STREAM, nextPort++, listener);
        sockets.put(handle, s);
        int target = remote.ipv4();
        int port = remote.port();
        world.at(world.nowMs() + world.delay(), () -> accept(handle, s, target, port));
        return handle;
    }

    private void accept(int handle, Socket s, int target, int port) {
        if (sockets.get(handle) != s) {
            return;
        }
        VirtualNetwork host = world.hostAt(target);
        int listening = !reaches(host) || !host.powered ? 0 : host.find(Kind.LISTENING, port);
        if (listening == 0) {
            sockets.remove(handle);
            s.listener.onClosed(handle);
            return;
        }
        int theirs = host.nextHandle++;
        Socket other = new Socket(Kind.STREAM, port, host.sockets.get(listening).listener);
        other.peer = this;
        other.peerHandle = handle;
        host.sockets.put(theirs, other);
        s.peer = host;
        s.peerHandle = theirs;
        other.listener.onAccepted(listening, theirs, new HostAddress().setIpv4(address, s.port));
        s.listener.onConnected(handle);
    }

    @Override
    public int write(int handle, byte[] buffer, int offset, int length) {
        Socket s = sockets.get(handle);
        if (!powered) {
            sentAfterPowerOff++;
            return GONE;
        }
        if (s == null || s.kind != Kind.STREAM) {
            return GONE;
        }
        byte[] copy = new byte[length];
        System.arraycopy(buffer, offset, copy, 0, length);
        world.tap().onSent(this, copy, length, false);
        s.lastArrivalMs = Math.max(s.lastArrivalMs, world.nowMs() + world.delay());
        s.underWay.add(new Octets(copy, world.nowMs() + GIVE_UP_MS));
        deliver(handle, s);
        return SENT;
    }

    /** In order, in pieces. Before the connection stands, and while a cable is out, it waits; a host that came back knows nothing of it and says so. */
    private void deliver(int handle, Socket s) {
        world.at(s.lastArrivalMs, () -> {
            if (sockets.get(handle) != s || s.underWay.isEmpty()) {
                return;
            }
            long giveUpMs = s.underWay.peek().giveUpMs();
            boolean reachable = reaches(s.peer);
            boolean reborn = reachable && !s.peer.powered && world.hostAt(s.peer.address) != s.peer && world.hostAt(s.peer.address).powered;
            Socket other = reachable && s.peer.powered ? s.peer.sockets.get(s.peerHandle) : null;
            if (reborn || s.peer != null && world.nowMs() >= giveUpMs || reachable && s.peer.powered && other == null) {
                sockets.remove(handle);
                s.listener.onClosed(handle);
                return;
            }
            if (other == null || other.paused) {
                s.lastArrivalMs = Math.max(s.lastArrivalMs, world.nowMs() + (s.peer == null || other != null ? 1 : AGAIN_MS));
                deliver(handle, s);
                return;
            }
            byte[] bytes = s.underWay.poll().bytes();
            int at = 0;
            while (at < bytes.length && s.peer.powered && s.peer.sockets.get(s.peerHandle) == other) {
                int n = Math.min(bytes.length - at, 1 + world.random.nextInt(1460));
                other.listener.onData(s.peerHandle, bytes, at, n);
                at += n;
            }
        });
    }

    @Override
    public void pause(int handle) {
        Socket s = sockets.get(handle);
        if (s != null) {
            s.paused = true;
        }
    }

    @Override
    public void resume(int handle) {
        Socket s = sockets.get(handle);
        if (s != null) {
            s.paused = false;
        }
    }

    @Override
    public void close(int handle) {
        Socket s = sockets.remove(handle);
        if (s == null || s.peer == null) {
            return;
        }
        VirtualNetwork host = s.peer;
        int theirs = s.peerHandle;
        world.at(Math.max(s.lastArrivalMs, world.nowMs() + 1), () -> {
            Socket other = host.sockets.remove(theirs);
            if (other != null && host.powered) {
                other.listener.onClosed(theirs);
            }
        });
    }

    @Override
    public int localPort(int handle) {
        Socket s = sockets.get(handle);
        return s == null ? GONE : s.port;
    }

    @Override
    public void localAddress(HostAddress remote, HostAddress out) {
        out.setIpv4(address, 0);
    }

    @Override
    public int poll(long timeoutMs) {
        return 0;
    }

    @Override
    public void wakeUp() {
        // the world turns every node
    }

    @Override
    public boolean isLinkUp() {
        return powered;
    }

    /** There is no TLS in this world: what it carries is read. */
    @Override
    public boolean hasTls() {
        return false;
    }

    @Override
    public int listenSecurely(HostAddress local, NetworkListener listener) {
        return NOT_OFFERED;
    }

    @Override
    public int connectSecurely(HostAddress remote, byte[] name, int offset, int length, NetworkListener listener) {
        return NOT_OFFERED;
    }

    @Override
    public int listenToPeers(HostAddress local, NetworkListener listener) {
        return NOT_OFFERED;
    }

    @Override
    public int connectToPeer(HostAddress remote, NetworkListener listener) {
        return NOT_OFFERED;
    }

    @Override
    public int fingerprint(int connection, byte[] out, int offset) {
        return 0;
    }

    @Override
    public boolean speaksFor(int connection, byte[] name, int offset, int length) {
        return false;
    }
}
