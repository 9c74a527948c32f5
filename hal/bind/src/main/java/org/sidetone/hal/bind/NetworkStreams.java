package org.sidetone.hal.bind;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.hal.Clock;
import org.sidetone.hal.HostAddress;
import org.sidetone.hal.Network;
import org.sidetone.hal.NetworkListener;
import org.sidetone.port.Domains;
import org.sidetone.port.Flow;
import org.sidetone.port.Streams;
import org.sidetone.port.StreamsUser;
import org.sidetone.port.Wire;

/** The stack's streams over the body's network: a listening port, another with TLS where there is a certificate, and connections. */
public final class NetworkStreams implements Streams, NetworkListener {
    private final Network network;
    private final Clock clock;
    private final Domains domains;
    private final HostAddress address = new HostAddress();
    private final Flow flow = new Flow();
    private StreamsUser user;
    private int listening;
    private int port;
    private int secureListening;
    private int securePort;

    /** @param domains shared with the stack's Locator */
    public NetworkStreams(Network network, Clock clock, Domains domains) {
        this.network = network;
        this.clock = clock;
        this.domains = domains;
    }

    public void setUser(StreamsUser newUser) {
        user = newUser;
    }

    /** Listens. @param local port 0: any. @return the port, or a code of {@link Network} */
    public int open(HostAddress local) {
        int handle = network.listen(address.set(local), this);
        if (handle > 0) {
            listening = handle;
            port = network.localPort(handle);
        }
        return handle > 0 ? port : handle;
    }

    /** Listens with TLS, too, for anybody: who comes is known by {@link #fingerprint} or {@link #speaksFor}. @return the port, or a code of {@link Network} */
    public int openSecure(HostAddress local) {
        int handle = network.listenToPeers(address.set(local), this);
        if (handle > 0) {
            secureListening = handle;
            securePort = network.localPort(handle);
        }
        return handle > 0 ? securePort : handle;
    }

    /** Stops listening. */
    public void shut() {
        network.close(listening);
        network.close(secureListening);
        listening = 0;
        secureListening = 0;
        port = 0;
        securePort = 0;
    }

    public int port() {
        return port;
    }

    public int securePort() {
        return securePort;
    }

    @Override
    public int connect(Flow to) {
        address.set(to.addressHigh(), to.addressLow(), to.port());
        int handle;
        if (to.transport() == Flow.TLS) {
            FixedText name = domains.name(to.domain());
            handle = name == null ? Network.UNREACHABLE : network.connectSecurely(address, name.bytes(), 0, name.length(), this);
        } else {
            handle = network.connect(address, this);
        }
        return connected(handle);
    }

    private static int connected(int handle) {
        return handle > 0 ? handle : handle == Network.NO_ROOM ? Wire.NO_ROOM : Wire.UNREACHABLE;
    }

    @Override
    public int connectToPeer(Flow to) {
        return connected(network.connectToPeer(address.set(to.addressHigh(), to.addressLow(), to.port()), this));
    }

    @Override
    public int fingerprint(int connection, byte[] out, int offset) {
        return network.fingerprint(connection, out, offset);
    }

    @Override
    public boolean speaksFor(int connection, Slice name) {
        return network.speaksFor(connection, name.buffer(), name.offset(), name.length());
    }

    @Override
    public int write(int connection, byte[] buffer, int offset, int length) {
        int result = network.write(connection, buffer, offset, length);
        return result == Network.SENT ? Wire.SENT : result == Network.NO_ROOM ? Wire.NO_ROOM : Wire.UNREACHABLE;
    }

    @Override
    public void pause(int connection) {
        network.pause(connection);
    }

    @Override
    public void resume(int connection) {
        network.resume(connection);
    }

    @Override
    public void close(int connection) {
        network.close(connection);
    }

    @Override
    public void localAddress(Flow to, Flow out) {
        int localPort = to.transport() == Flow.TLS ? securePort : port;
        if (localPort == 0) {
            out.clear();
            return;
        }
        network.localAddress(address.set(to.addressHigh(), to.addressLow(), to.port()), address);
        out.set(to.transport(), address.high(), address.low(), localPort, 0);
    }

    @Override
    public void onDatagram(int handle, HostAddress from, byte[] buffer, int offset, int length) {
        // none are opened
    }

    @Override
    public void onAccepted(int listeningHandle, int connection, HostAddress from) {
        flow.set(listeningHandle == secureListening ? Flow.TLS : Flow.TCP, from.high(), from.low(), from.port(), connection);
        if (!user.onAccepted(connection, flow, clock.monotonicMs())) {
            network.close(connection);
        }
    }

    @Override
    public void onConnected(int connection) {
        user.onConnected(connection, clock.monotonicMs());
    }

    @Override
    public void onData(int connection, byte[] buffer, int offset, int length) {
        user.onData(connection, buffer, offset, length, clock.monotonicMs());
    }

    @Override
    public void onWritable(int connection) {
        user.onWritable(connection, clock.monotonicMs());
    }

    @Override
    public void onClosed(int connection) {
        user.onClosed(connection, clock.monotonicMs());
    }
}
