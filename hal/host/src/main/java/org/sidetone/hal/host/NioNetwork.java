package org.sidetone.hal.host;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.sidetone.hal.HostAddress;
import org.sidetone.hal.Network;
import org.sidetone.hal.NetworkListener;
import org.sidetone.hal.TlsEngine;
import org.sidetone.hal.TlsEngines;

/** The machine's sockets by NIO. */
public final class NioNetwork implements Network, AutoCloseable {
    private static final int HANDLES = 512;
    private static final int READS_PER_EVENT = 32;
    private static final int ROUTES = 8;
    /** What the system holds of a stream that is sent: more would be old by the time it goes, and no longer in the processor's cache. */
    private static final int SEND_BUFFER_BYTES = 32_768;
    private static final int QUEUE_BYTES = 256 * 1024;

    private final Selector selector;
    private final TlsEngines tls;
    private final Handshakes handshakes;
    private final Endpoint[] endpoints = new Endpoint[HANDLES];
    private final List<DatagramPort> datagramPorts = new ArrayList<>();
    private final Scratch scratch = new Scratch();
    private final byte[] cipher = new byte[Scratch.BYTES];
    private final HostAddress[] cachedRemote = new HostAddress[ROUTES];
    private final HostAddress[] cachedLocal = new HostAddress[ROUTES];
    private final Consumer<SelectionKey> onKey = this::onKey;
    private int cached;
    private int nextCached;
    private int told;
    private boolean polling;
    private final int[] resumed = new int[HANDLES];
    private int resumedCount;

    /** One handle. */
    private static final class Endpoint {
        final int handle;
        final NetworkListener listener;
        DatagramPort datagrams;
        ServerSocketChannel server;
        SocketChannel stream;
        SelectionKey key;
        boolean connecting;
        boolean secure;
        /** Anybody may come, by any certificate. */
        boolean forPeers;
        ByteBuffer unsent;
        /** A write was refused for want of room. */
        boolean starved;
        boolean paused;
        /** The listening socket it came through, until it was told; 0 for one of our own. */
        int cameBy;
        TlsStream tls;

        Endpoint(int handle, NetworkListener listener) {
            this.handle = handle;
            this.listener = listener;
        }
    }

    public NioNetwork() throws IOException {
        this(null);
    }

    /** @param tls makes the ends of TLS connections; null: none are made */
    public NioNetwork(TlsEngines tls) throws IOException {
        this.tls = tls;
        selector = Selector.open();
        handshakes = tls == null ? null : new Handshakes(selector::wakeup);
        for (int i = 0; i < ROUTES; i++) {
            cachedRemote[i] = new HostAddress();
            cachedLocal[i] = new HostAddress();
        }
    }

    private int freeHandle() {
        for (int i = 1; i < HANDLES; i++) {
            if (endpoints[i] == null) {
                return i;
            }
        }
        return 0;
    }

    @Override
    public int openDatagrams(HostAddress local, NetworkListener listener) {
        int handle = freeHandle();
        if (handle == 0) {
            return NO_ROOM;
        }
        try {
            Endpoint e = new Endpoint(handle, listener);
            e.datagrams = new DatagramPort(handle, local, listener, selector, scratch);
            datagramPorts.add(e.datagrams);
            endpoints[handle] = e;
            return handle;
        } catch (IOException e) {
            return IN_USE;
        }
    }

    @Override
    public int listen(HostAddress local, NetworkListener listener) {
        int handle = freeHandle();
        if (handle == 0) {
            return NO_ROOM;
        }
        try {
            Endpoint e = new Endpoint(handle, listener);
            e.server = ServerSocketChannel.open();
            e.server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            e.server.configureBlocking(false);
            try {
                e.server.bind(InetAddresses.toBind(local));
            } catch (IOException taken) {
                e.server.close();
                return IN_USE;
            }
            e.key = e.server.register(selector, SelectionKey.OP_ACCEPT, e);
            endpoints[handle] = e;
            return handle;
        } catch (IOException e) {
            return IN_USE;
        }
    }

    @Override
    public boolean hasTls() {
        return tls != null;
    }

    @Override
    public int listenSecurely(HostAddress local, NetworkListener listener) {
        if (tls == null || tls.server() == null) {
            return NOT_OFFERED;
        }
        int handle = listen(local, listener);
        if (handle > 0) {
            endpoints[handle].secure = true;
        }
        return handle;
    }

    @Override
    public int connectSecurely(HostAddress remote, byte[] name, int offset, int length, NetworkListener listener) {
        return tls == null ? NOT_OFFERED
                : connect(remote, listener, tls.client(new String(name, offset, length, StandardCharsets.US_ASCII)));
    }

    @Override
    public int listenToPeers(HostAddress local, NetworkListener listener) {
        if (tls == null || tls.peerServer() == null) {
            return NOT_OFFERED;
        }
        int handle = listen(local, listener);
        if (handle > 0) {
            endpoints[handle].secure = true;
            endpoints[handle].forPeers = true;
        }
        return handle;
    }

    @Override
    public int connectToPeer(HostAddress remote, NetworkListener listener) {
        return tls == null ? NOT_OFFERED : connect(remote, listener, tls.peerClient());
    }

    @Override
    public int fingerprint(int connection, byte[] bytes, int offset) {
        if (connection == 0) {
            return tls == null ? 0 : tls.peerFingerprint(bytes, offset);
        }
        Endpoint e = endpoint(connection);
        return e == null || e.tls == null || e.tls.isShakingHands() ? 0 : e.tls.engine().fingerprint(bytes, offset);
    }

    @Override
    public boolean speaksFor(int connection, byte[] name, int offset, int length) {
        Endpoint e = endpoint(connection);
        return e != null && e.tls != null && !e.tls.isShakingHands()
                && e.tls.engine().speaksFor(new String(name, offset, length, StandardCharsets.US_ASCII));
    }

    @Override
    public int connect(HostAddress remote, NetworkListener listener) {
        return connect(remote, listener, null);
    }

    private int connect(HostAddress remote, NetworkListener listener, TlsEngine engine) {
        int handle = freeHandle();
        if (handle == 0) {
            return NO_ROOM;
        }
        try {
            Endpoint e = new Endpoint(handle, listener);
            e.stream = SocketChannel.open();
            e.stream.configureBlocking(false);
            e.stream.setOption(StandardSocketOptions.TCP_NODELAY, true);
            e.stream.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
            e.connecting = true;
            e.unsent = ByteBuffer.allocate(QUEUE_BYTES);
            e.tls = engine == null ? null : new TlsStream(engine, handshakes);
            try {
                e.stream.connect(new InetSocketAddress(InetAddresses.toInet(remote), remote.port()));
            } catch (IOException refused) {
                e.stream.close();
                return UNREACHABLE;
            }
            e.key = e.stream.register(selector, SelectionKey.OP_CONNECT, e);
            endpoints[handle] = e;
            return handle;
        } catch (IOException e) {
            return UNREACHABLE;
        }
    }

    private Endpoint endpoint(int handle) {
        return handle > 0 && handle < HANDLES ? endpoints[handle] : null;
    }

    @Override
    public int send(int handle, HostAddress to, byte[] buffer, int offset, int length) {
        Endpoint e = endpoint(handle);
        if (e == null || e.datagrams == null) {
            return GONE;
        }
        int result = e.datagrams.send(to, buffer, offset, length);
        if (result == UNREACHABLE) {
            cached = 0;                         // the way may have changed, and our address with it
            nextCached = 0;
        }
        return result;
    }

    @Override
    public int write(int handle, byte[] buffer, int offset, int length) {
        Endpoint e = endpoint(handle);
        if (e == null || e.stream == null) {
            return GONE;
        }
        if (e.tls != null) {
            int result = e.tls.write(buffer, offset, length, e.unsent == null ? QUEUE_BYTES : e.unsent.remaining());
            e.starved |= result == NO_ROOM;
            return result == SENT && !flushTls(e) ? broken(e) : result;
        }
        return writeRaw(e, buffer, offset, length);
    }

    /** Sends what the TLS engine has for the wire. @return false when the connection is broken */
    private boolean flushTls(Endpoint e) {
        for (int n = e.tls.output(cipher); n > 0; n = e.tls.output(cipher)) {
            if (writeRaw(e, cipher, 0, n) != SENT) {
                return false;
            }
        }
        return true;
    }

    private int writeRaw(Endpoint e, byte[] buffer, int offset, int length) {
        try {
            int at = offset;
            if (!e.connecting && (e.unsent == null || e.unsent.position() == 0)) {
                int chunk = Math.min(length, scratch.out.capacity());
                scratch.out.clear();
                scratch.out.put(buffer, offset, chunk).flip();
                e.stream.write(scratch.out);
                at += scratch.out.position();
            }
            int left = offset + length - at;
            if (left > 0) {
                if (e.unsent == null) {
                    e.unsent = ByteBuffer.allocate(QUEUE_BYTES);
                }
                if (e.unsent.remaining() < left) {
                    e.starved = true;
                    return at > offset ? broken(e) : NO_ROOM;
                }
                e.unsent.put(buffer, at, left);
                if (!e.connecting) {
                    e.key.interestOps(interest(e));
                }
            }
            return SENT;
        } catch (IOException broken) {
            return broken(e);
        }
    }

    /** Through the one buffer that needs no copy by the system's side, as far as there is room. */
    private void writeUnsent(Endpoint e) throws IOException {
        e.unsent.flip();
        int end = e.unsent.limit();
        boolean room = true;
        while (room && e.unsent.position() < end) {
            int at = e.unsent.position();
            scratch.out.clear();
            e.unsent.limit(Math.min(end, at + scratch.out.capacity()));
            scratch.out.put(e.unsent).flip();
            e.stream.write(scratch.out);
            room = !scratch.out.hasRemaining();
            e.unsent.limit(end).position(at + scratch.out.position());
        }
        e.unsent.compact();
    }

    /** Told at the next poll, so that no listener is called within a send. */
    private int broken(Endpoint e) {
        try {
            e.stream.shutdownInput();
        } catch (IOException already) {
            // the next read will say so
        }
        return GONE;
    }

    @Override
    public void pause(int handle) {
        Endpoint e = endpoint(handle);
        if (e != null && e.stream != null && !e.paused) {
            e.paused = true;
            renew(e);
        }
    }

    @Override
    public void resume(int handle) {
        Endpoint e = endpoint(handle);
        if (e != null && e.paused) {
            e.paused = false;
            renew(e);
            if (e.tls != null) {
                resumed[resumedCount++ % HANDLES] = handle;              // what was deciphered waits in no selector
                selector.wakeup();
            }
        }
    }

    private static void renew(Endpoint e) {
        if (!e.connecting && (e.tls == null || !e.tls.isShakingHands())) {
            e.key.interestOps(interest(e));
        }
    }

    private void deliverResumed() {
        int n = Math.min(resumedCount, HANDLES);
        resumedCount = 0;
        for (int i = 0; i < n; i++) {
            Endpoint e = endpoint(resumed[i]);
            if (e != null && e.tls != null && !e.tls.isShakingHands()) {
                deliver(e);
            }
        }
    }

    @Override
    public void close(int handle) {
        Endpoint e = endpoint(handle);
        if (e == null) {
            return;
        }
        endpoints[handle] = null;
        try {
            if (e.stream != null) {
                if (e.tls != null) {
                    e.tls.close();
                    flushTls(e);
                }
                if (e.unsent != null && e.unsent.position() > 0 && !e.connecting) {
                    writeUnsent(e);
                }
                e.stream.close();
            } else if (e.server != null) {
                e.server.close();
            } else {
                e.datagrams.close();
                datagramPorts.remove(e.datagrams);
            }
            if (!polling && selector.isOpen()) {
                selector.selectNow();           // only now does the system hear of it: a selector holds what it knows
                selector.selectedKeys().clear();
            }
        } catch (IOException ignored) {
            // it is gone either way
        }
    }

    @Override
    public int localPort(int handle) {
        Endpoint e = endpoint(handle);
        try {
            return e == null ? GONE : e.datagrams != null ? e.datagrams.localPort()
                    : e.server != null ? e.server.socket().getLocalPort() : e.stream.socket().getLocalPort();
        } catch (IOException gone) {
            return GONE;
        }
    }

    @Override
    public void localAddress(HostAddress remote, HostAddress result) {
        for (int i = 0; i < cached; i++) {
            if (cachedRemote[i].high() == remote.high() && cachedRemote[i].low() == remote.low()) {
                result.set(cachedLocal[i]);
                return;
            }
        }
        long high = remote.high();
        long low = remote.low();
        try (DatagramSocket probe = new DatagramSocket()) {
            probe.connect(InetAddresses.toInet(remote), remote.port() == 0 ? 5060 : remote.port());
            InetAddresses.toHost(probe.getLocalAddress(), 0, result);
        } catch (IOException | IllegalArgumentException noWay) {
            result.set(0, 0, 0);
        }
        if (result.high() != 0 || result.low() != 0) {
            cachedRemote[nextCached].set(high, low, 0);
            cachedLocal[nextCached].set(result);
            nextCached = (nextCached + 1) % ROUTES;
            cached = Math.max(cached, nextCached == 0 ? ROUTES : nextCached);
        }
    }

    @Override
    public int poll(long timeoutMs) {
        told = 0;
        polling = true;
        try {
            if (resumedCount > 0) {
                deliverResumed();
            }
            for (int i = 0; i < datagramPorts.size(); i++) {
                told += datagramPorts.get(i).settle();
            }
            if (timeoutMs <= 0 || told > 0) {
                selector.selectNow(onKey);
            } else {
                selector.select(onKey, timeoutMs);
            }
            if (handshakes != null) {
                handshakes.settle(this::onHandshake);
            }
        } catch (IOException | ClosedSelectorException e) {
            return told;
        } finally {
            polling = false;
        }
        return told;
    }

    private void onKey(SelectionKey key) {
        Object attached = key.attachment();
        if (!key.isValid()) {
            return;
        }
        if (attached instanceof DatagramPort port) {
            told += port.read(key);
            return;
        }
        Endpoint e = (Endpoint) attached;
        if (e.server != null) {
            accept(e);
        } else {
            stream(e, key);
        }
    }

    private void accept(Endpoint listening) {
        while (endpoints[listening.handle] == listening) {
            try {
                SocketChannel stream = listening.server.accept();
                if (stream == null) {
                    return;
                }
                int handle = freeHandle();
                if (handle == 0) {
                    stream.close();
                    continue;
                }
                stream.configureBlocking(false);
                stream.setOption(StandardSocketOptions.TCP_NODELAY, true);
                stream.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
                Endpoint e = new Endpoint(handle, listening.listener);
                e.stream = stream;
                e.key = stream.register(selector, SelectionKey.OP_READ, e);
                endpoints[handle] = e;
                if (listening.secure) {
                    e.cameBy = listening.handle;
                    e.tls = new TlsStream(listening.forPeers ? tls.peerServer() : tls.server(), handshakes);
                    handshakes.begin(e.tls, handle);
                    continue;                                               // told when its handshake is done
                }
                InetSocketAddress source = (InetSocketAddress) stream.getRemoteAddress();
                InetAddresses.toHost(source.getAddress(), source.getPort(), scratch.from);
                told++;
                e.listener.onAccepted(listening.handle, handle, scratch.from);
            } catch (IOException gone) {
                return;
            }
        }
    }

    private void stream(Endpoint e, SelectionKey key) {
        try {
            if (key.isConnectable()) {
                e.stream.finishConnect();
                e.connecting = false;
                if (e.tls != null) {
                    key.interestOps(interest(e));
                    handshakes.begin(e.tls, e.handle);
                    if (!flushTls(e)) {
                        lost(e);
                    }
                    return;
                }
                key.interestOps(interest(e));
                told++;
                e.listener.onConnected(e.handle);
                return;
            }
            if (key.isWritable()) {
                writeUnsent(e);
                if (e.unsent.position() == 0) {
                    key.interestOps(interest(e));
                }
                if (e.starved && e.unsent.position() < QUEUE_BYTES / 2) {
                    e.starved = false;
                    told++;
                    e.listener.onWritable(e.handle);
                }
            }
            if (key.isValid() && key.isReadable()) {
                read(e);
            }
        } catch (IOException broken) {
            lost(e);
        }
    }

    private void read(Endpoint e) throws IOException {
        for (int i = 0; i < READS_PER_EVENT && endpoints[e.handle] == e && !e.paused; i++) {
            scratch.in.clear();
            int n = e.stream.read(scratch.in);
            if (n < 0) {
                lost(e);
                return;
            }
            if (n == 0) {
                return;
            }
            scratch.take();
            if (e.tls == null) {
                told++;
                e.listener.onData(e.handle, scratch.received, 0, n);
            } else if (e.tls.isShakingHands()) {
                e.key.interestOps(0);                                        // no more until these are worked through
                e.tls.shake(scratch.received, n);
                return;
            } else {
                e.tls.receive(scratch.received, n);
                deliver(e);
            }
        }
    }

    private static int interest(Endpoint e) {
        return (e.paused ? 0 : SelectionKey.OP_READ) | (e.unsent != null && e.unsent.position() > 0 ? SelectionKey.OP_WRITE : 0);
    }

    /** Plain octets of a TLS connection to its listener, octets for the wire to the wire, and the end of it where it came. */
    private void deliver(Endpoint e) {
        while (endpoints[e.handle] == e && !e.paused) {
            int n = e.tls.read(scratch.received);
            if (n <= 0) {
                break;
            }
            told++;
            e.listener.onData(e.handle, scratch.received, 0, n);
        }
        if (endpoints[e.handle] == e && (!flushTls(e) || e.tls.isOver())) {
            lost(e);
        }
    }

    /** A step of a handshake is done, or took too long. */
    private void onHandshake(int handle, TlsStream stream) {
        Endpoint e = endpoint(handle);
        if (e == null || e.tls != stream) {
            return;
        }
        boolean sent = flushTls(e);
        if (!sent || stream.isOver() || stream.isLate()) {
            if (e.cameBy == 0) {
                lost(e);
            } else {
                close(handle);                                               // nobody was told of it
            }
            return;
        }
        e.key.interestOps(interest(e));
        if (stream.isShakingHands()) {
            return;
        }
        told++;
        if (e.cameBy == 0) {
            e.listener.onConnected(handle);
        } else {
            tellAccepted(e);
        }
        if (endpoints[handle] == e && stream.takeWaiting() && !flushTls(e)) {
            lost(e);
        }
        if (endpoints[handle] == e) {
            deliver(e);
        }
    }

    private void tellAccepted(Endpoint e) {
        int by = e.cameBy;
        e.cameBy = 0;
        try {
            InetSocketAddress source = (InetSocketAddress) e.stream.getRemoteAddress();
            InetAddresses.toHost(source.getAddress(), source.getPort(), scratch.from);
            e.listener.onAccepted(by, e.handle, scratch.from);
        } catch (IOException gone) {
            close(e.handle);
        }
    }

    private void lost(Endpoint e) {
        if (endpoints[e.handle] == e) {
            close(e.handle);
            told++;
            e.listener.onClosed(e.handle);
        }
    }

    @Override
    public void wakeUp() {
        selector.wakeup();
    }

    /** A machine with an operating system of its own has loopback at least. */
    @Override
    public boolean isLinkUp() {
        return true;
    }

    /** Closes every socket at once. */
    @Override
    public void close() throws IOException {
        for (int i = 1; i < HANDLES; i++) {
            close(i);
        }
        if (handshakes != null) {
            handshakes.close();
        }
        selector.close();
    }
}
