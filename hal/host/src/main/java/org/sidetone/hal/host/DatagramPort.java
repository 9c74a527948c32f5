package org.sidetone.hal.host;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import org.sidetone.hal.HostAddress;
import org.sidetone.hal.Network;
import org.sidetone.hal.NetworkListener;

/**
 * One open datagram socket. Beside it stands a connected one on the same port for each of some peers that it lately sent to more than
 * once: reading and writing those allocates nothing, where the open one makes an address for every datagram.
 *
 * <p>A peer's datagrams keep their order on the way from the open socket to its own and back: what the open one holds when a peer gets
 * his own is set aside and told first, and a peer's socket is read out before it is closed. For the moment between bind and connect the
 * system may hand the new socket what others send: that is set aside too. Few get lost.
 */
final class DatagramPort {
    private static final int PEERS = 16;
    private static final int READS_AT_A_TIME = 32;
    private static final int LARGEST = 65_507;
    private static final int RECEIVE_BUFFER_BYTES = 1 << 20;
    /** Set aside at most: with more than that the system is overloaded, and may lose the rest. */
    private static final int ASIDE = 256;

    private final int handle;
    private final NetworkListener listener;
    private final Selector selector;
    private final Scratch scratch;
    private final DatagramChannel open;
    private final Peer[] peers = new Peer[PEERS];
    private int nextPeer;
    /** Whom we sent to once, lately. */
    private final HostAddress[] once = new HostAddress[PEERS];
    private int nextOnce;
    private final ArrayDeque<Aside> aside = new ArrayDeque<>();
    private final ArrayDeque<Peer> leaving = new ArrayDeque<>();
    private int told;

    /** Who has a connected socket. */
    private record Peer(HostAddress address, DatagramChannel channel) {
    }

    /** A datagram that came to be told later. */
    private record Aside(InetSocketAddress source, byte[] octets) {
    }

    /** @throws IOException the port is not to be had */
    DatagramPort(int handle, HostAddress local, NetworkListener listener, Selector selector, Scratch scratch) throws IOException {
        this.handle = handle;
        this.listener = listener;
        this.selector = selector;
        this.scratch = scratch;
        for (int i = 0; i < PEERS; i++) {
            once[i] = new HostAddress();
        }
        if (local.port() != 0) {
            checkFree(local);
        }
        open = bound(InetAddresses.toBind(local));
        open.register(selector, SelectionKey.OP_READ, this);
    }

    /** The option that lets connected sockets share our port would let two phones share it too: asks without it first. */
    private static void checkFree(HostAddress local) throws IOException {
        try (DatagramSocket probe = new DatagramSocket(null)) {
            probe.bind(InetAddresses.toBind(local));
        }
    }

    private static DatagramChannel bound(SocketAddress local) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            if (channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            channel.configureBlocking(false);
            channel.bind(local);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    int localPort() throws IOException {
        return ((InetSocketAddress) open.getLocalAddress()).getPort();
    }

    /** Sends a datagram; tells nothing to the listener. @return as {@link Network#send} */
    int send(HostAddress to, byte[] buffer, int offset, int length) {
        if (length > LARGEST) {
            return Network.TOO_LARGE;
        }
        scratch.out.clear();
        scratch.out.put(buffer, offset, length).flip();
        Peer peer = known(to);
        if (peer == null && isSeenBefore(to)) {
            peer = connect(to);
        }
        try {
            return write(peer, to);
        } catch (IOException earlier) {
            // an ICMP error of an earlier datagram is told once: this one has not been sent yet
        }
        try {
            scratch.out.rewind();
            return write(peer, to);
        } catch (IOException unreachable) {
            return Network.UNREACHABLE;
        }
    }

    private int write(Peer peer, HostAddress to) throws IOException {
        int sent = peer == null ? open.send(scratch.out, new InetSocketAddress(InetAddresses.toInet(to), to.port()))
                : peer.channel.write(scratch.out);
        return sent == 0 ? Network.NO_ROOM : Network.SENT;
    }

    private Peer known(HostAddress address) {
        for (Peer p : peers) {
            if (p != null && p.address.isSame(address)) {
                return p;
            }
        }
        return null;
    }

    /** Whoever comes once is not worth a socket, nor somebody else's. */
    private boolean isSeenBefore(HostAddress address) {
        for (HostAddress seen : once) {
            if (seen.isSame(address)) {
                return true;
            }
        }
        once[nextOnce].set(address);
        nextOnce = (nextOnce + 1) % PEERS;
        return false;
    }

    /** Makes the connected socket to a peer; the oldest gives way. @return null where the system does not let us */
    private Peer connect(HostAddress to) {
        try {
            InetAddress ours = ((InetSocketAddress) open.getLocalAddress()).getAddress();
            InetSocketAddress theirs = new InetSocketAddress(InetAddresses.toInet(to), to.port());
            DatagramChannel channel = bound(new InetSocketAddress(ours, localPort()));
            try {
                setAside(open);
                setAside(channel);
                channel.connect(theirs);
                setAside(open);
                Peer made = new Peer(new HostAddress().set(to), channel);
                channel.register(selector, SelectionKey.OP_READ, this);
                if (peers[nextPeer] != null) {
                    leaving.add(peers[nextPeer]);
                }
                peers[nextPeer] = made;
                nextPeer = (nextPeer + 1) % PEERS;
                return made;
            } catch (IOException cannot) {
                channel.close();
                return null;
            }
        } catch (IOException cannot) {
            return null;
        }
    }

    private void setAside(DatagramChannel channel) throws IOException {
        while (aside.size() < ASIDE) {
            scratch.in.clear();
            InetSocketAddress source = (InetSocketAddress) channel.receive(scratch.in);
            if (source == null) {
                return;
            }
            byte[] octets = new byte[scratch.in.flip().remaining()];
            scratch.in.get(octets);
            aside.add(new Aside(source, octets));
        }
    }

    /** Tells what was set aside, and what peers sent whose sockets close: before anything else is read. @return how many datagrams */
    int settle() {
        told = 0;
        for (int i = aside.size(); i > 0 && open.isOpen(); i--) {
            tellAside();
        }
        for (int i = leaving.size(); i > 0 && open.isOpen(); i--) {
            Peer p = leaving.remove();
            if (drain(p)) {
                close(p.channel);
            } else {
                leaving.add(p);
            }
        }
        return told;
    }

    /** Tells what came to a socket of ours. @return how many datagrams */
    int read(SelectionKey key) {
        told = 0;
        if (key.channel() == open) {
            receive();
            return told;
        }
        for (Peer p : peers) {
            if (p != null && p.channel == key.channel()) {
                drain(p);
                return told;
            }
        }
        return told;                                            // it is leaving: read when settling
    }

    private void receive() {
        for (int i = 0; i < READS_AT_A_TIME && open.isOpen(); i++) {
            if (!aside.isEmpty()) {
                tellAside();
                continue;
            }
            scratch.in.clear();
            InetSocketAddress source;
            try {
                source = (InetSocketAddress) open.receive(scratch.in);
            } catch (IOException unreachable) {
                continue;
            }
            if (source == null) {
                return;
            }
            tell(source, scratch.take());
        }
    }

    private void tellAside() {
        Aside next = aside.remove();
        System.arraycopy(next.octets, 0, scratch.received, 0, next.octets.length);
        tell(next.source, next.octets.length);
    }

    private void tell(InetSocketAddress source, int length) {
        InetAddresses.toHost(source.getAddress(), source.getPort(), scratch.from);
        told++;
        listener.onDatagram(handle, scratch.from, scratch.received, 0, length);
    }

    /** @return whether nothing is left */
    private boolean drain(Peer p) {
        for (int i = 0; i < READS_AT_A_TIME && open.isOpen(); i++) {
            scratch.in.clear();
            try {
                int n = p.channel.read(scratch.in);
                if (n < 0 || n == 0 && scratch.in.position() == 0) {
                    return true;
                }
            } catch (IOException unreachable) {
                continue;               // an ICMP error: the transaction's timers deal with the silence
            }
            int n = scratch.take();
            scratch.from.set(p.address);
            told++;
            listener.onDatagram(handle, scratch.from, scratch.received, 0, n);
        }
        return false;
    }

    void close() {
        close(open);
        for (Peer p : peers) {
            if (p != null) {
                close(p.channel);
            }
        }
        leaving.forEach(p -> close(p.channel));
    }

    private static void close(DatagramChannel channel) {
        try {
            channel.close();
        } catch (IOException ignored) {
            // it is gone either way
        }
    }
}
