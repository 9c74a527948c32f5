package org.sidetone.hal.bind;

import org.sidetone.bytes.FixedText;
import org.sidetone.hal.Clock;
import org.sidetone.hal.HostAddress;
import org.sidetone.hal.Network;
import org.sidetone.hal.NetworkListener;
import org.sidetone.port.Domains;
import org.sidetone.port.Flow;
import org.sidetone.port.Wire;
import org.sidetone.sip.transaction.TransactionLayer;
import org.sidetone.sip.transport.SipTransport;

/**
 * The stack's wire over the body's network: one datagram socket, one listening socket, where there is a certificate another one with TLS,
 * and the stream connections, which are found again by where they lead and, with TLS, whom they are meant for.
 */
public final class NetworkWire implements Wire, NetworkListener {
    /** What {@link #open} says when the port is not to be had. */
    public static final int PORT_IN_USE = Network.IN_USE;
    /** What {@link #openSecure} says when there is no certificate to show. */
    public static final int NO_CERTIFICATE = Network.NOT_OFFERED;

    private final Network network;
    private final Clock clock;
    private final int[] connections;
    private final HostAddress[] remotes;
    private final int[] transports;
    private final int[] meantFor;
    private final Domains domains;
    private final HostAddress address = new HostAddress();
    private final Flow source = new Flow();
    private int datagrams;
    private int listening;
    private int secure;
    private SipTransport transport;
    private TransactionLayer transactions;
    private int port;

    /** @param streams connections at a time. @param domains shared with the stack's Locator */
    public NetworkWire(Network network, Clock clock, int streams, Domains domains) {
        this.domains = domains;
        transports = new int[streams];
        meantFor = new int[streams];
        this.network = network;
        this.clock = clock;
        connections = new int[streams];
        remotes = new HostAddress[streams];
        for (int i = 0; i < streams; i++) {
            remotes[i] = new HostAddress();
        }
    }

    /** Opens datagram and listening socket on the same port. @param local port 0: any. @return the port, or {@link #PORT_IN_USE} */
    public int open(SipTransport newTransport, TransactionLayer newTransactions, HostAddress local) {
        transport = newTransport;
        transactions = newTransactions;
        address.set(local);
        for (int attempt = 0; attempt < 8; attempt++) {
            int udp = network.openDatagrams(address.set(local), this);
            if (udp <= 0) {
                return PORT_IN_USE;
            }
            port = network.localPort(udp);
            int tcp = network.listen(address.set(local.high(), local.low(), port), this);
            if (tcp > 0) {
                datagrams = udp;
                listening = tcp;
                transport.setLocalPort(port);
                return port;
            }
            network.close(udp);
            if (local.port() != 0) {
                return PORT_IN_USE;
            }
        }
        return PORT_IN_USE;
    }

    /** Listens with TLS, too. @param local port 0: any. @return the port, {@link #PORT_IN_USE}, or {@link #NO_CERTIFICATE} */
    public int openSecure(HostAddress local) {
        int handle = network.listenSecurely(address.set(local), this);
        if (handle <= 0) {
            return handle == Network.NOT_OFFERED ? NO_CERTIFICATE : PORT_IN_USE;
        }
        secure = handle;
        int securePort = network.localPort(handle);
        transport.setSecurePort(securePort);
        return securePort;
    }

    /** Closes everything. */
    public void shut() {
        for (int i = 0; i < connections.length; i++) {
            if (connections[i] != 0) {
                network.close(connections[i]);
                connections[i] = 0;
            }
        }
        network.close(datagrams);
        network.close(listening);
        network.close(secure);
    }

    public int port() {
        return port;
    }

    @Override
    public int send(Flow flow, byte[] buffer, int offset, int length) {
        address.set(flow.addressHigh(), flow.addressLow(), flow.port());
        if (flow.transport() == Flow.UDP) {
            return answer(network.send(datagrams, address, buffer, offset, length));
        }
        if (!flow.isReliable()) {
            return UNREACHABLE;
        }
        int connection = flow.connection();
        if (connection == 0 || slotOf(connection) < 0) {
            connection = connectionTo(address, flow);
            if (connection == 0) {
                connection = connect(flow);
            }
            if (connection <= 0) {
                return connection == Network.NO_ROOM ? NO_ROOM : UNREACHABLE;
            }
            flow.withConnection(connection);
        }
        return answer(network.write(connection, buffer, offset, length));
    }

    private static int answer(int result) {
        return result == Network.SENT ? SENT : result == Network.NO_ROOM ? NO_ROOM
                : result == Network.TOO_LARGE ? TOO_LARGE : UNREACHABLE;
    }

    private int connect(Flow flow) {
        int slot = slotOf(0);
        if (slot < 0) {
            return Network.NO_ROOM;
        }
        int connection = flow.transport() == Flow.TLS ? connectSecurely(flow) : network.connect(address, this);
        if (connection > 0) {
            take(slot, connection, address, flow.transport(), flow.domain());
            if (!transport.onStreamOpened(connection, flow)) {
                connections[slot] = 0;
                network.close(connection);
                return Network.NO_ROOM;
            }
        }
        return connection;
    }

    private int connectSecurely(Flow flow) {
        FixedText name = domains.name(flow.domain());
        return name == null ? Network.UNREACHABLE : network.connectSecurely(address, name.bytes(), 0, name.length(), this);
    }

    private void take(int slot, int connection, HostAddress remote, int transportOf, int domain) {
        transports[slot] = transportOf;
        meantFor[slot] = domain;
        connections[slot] = connection;
        remotes[slot].set(remote);
    }

    private int slotOf(int connection) {
        for (int i = 0; i < connections.length; i++) {
            if (connections[i] == connection) {
                return i;
            }
        }
        return -1;
    }

    private int connectionTo(HostAddress remote, Flow flow) {
        for (int i = 0; i < connections.length; i++) {
            if (connections[i] != 0 && remotes[i].isSame(remote) && transports[i] == flow.transport()
                    && (flow.transport() != Flow.TLS || meantFor[i] == flow.domain())) {
                return connections[i];
            }
        }
        return 0;
    }

    @Override
    public void localAddress(Flow flow, Flow out) {
        network.localAddress(address.set(flow.addressHigh(), flow.addressLow(), flow.port()), address);
        out.set(flow.transport(), address.high(), address.low(), port, 0);
    }

    @Override
    public boolean isOpen(int connection) {
        return connection != 0 && slotOf(connection) >= 0;
    }

    @Override
    public void close(int connection) {
        int slot = slotOf(connection);
        if (connection != 0 && slot >= 0) {
            connections[slot] = 0;
            network.close(connection);
            transport.onStreamClosed(connection, clock.monotonicMs());
        }
    }

    @Override
    public void onDatagram(int handle, HostAddress from, byte[] buffer, int offset, int length) {
        source.set(Flow.UDP, from.high(), from.low(), from.port(), 0);
        transport.onDatagram(source, buffer, offset, length, clock.monotonicMs());
    }

    @Override
    public void onAccepted(int listeningHandle, int connection, HostAddress from) {
        int slot = slotOf(0);
        int over = listeningHandle == secure ? Flow.TLS : Flow.TCP;
        source.set(over, from.high(), from.low(), from.port(), connection);
        if (slot < 0 || !transport.onStreamOpened(connection, source)) {
            network.close(connection);
            return;
        }
        take(slot, connection, from, over, 0);
    }

    @Override
    public void onConnected(int connection) {
        // what was written before goes out by itself
    }

    @Override
    public void onData(int connection, byte[] buffer, int offset, int length) {
        transport.onStreamData(connection, buffer, offset, length, clock.monotonicMs());
    }

    @Override
    public void onClosed(int connection) {
        int slot = slotOf(connection);
        if (slot >= 0) {
            connections[slot] = 0;
            transport.onStreamClosed(connection, clock.monotonicMs());
            transactions.onConnectionLost(connection, clock.monotonicMs());
        }
    }
}
