package org.sidetone.emulator.body;

import java.util.HashSet;
import java.util.Set;
import org.sidetone.hal.HostAddress;
import org.sidetone.hal.Network;
import org.sidetone.hal.NetworkListener;

/** A network whose cable a bench can pull: then nothing goes out or comes in, but for the rig's own line. */
final class FaultyNetwork implements Network {
    private final Network network;
    private final Set<Integer> rigHandles = new HashSet<>();
    private volatile boolean up = true;

    FaultyNetwork(Network network) {
        this.network = network;
    }

    void setLinkUp(boolean value) {
        up = value;
        network.wakeUp();
    }

    private NetworkListener guarded(NetworkListener listener) {
        return new NetworkListener() {
            @Override
            public void onDatagram(int handle, HostAddress from, byte[] buffer, int offset, int length) {
                if (up) {
                    listener.onDatagram(handle, from, buffer, offset, length);
                }
            }

            @Override
            public void onAccepted(int listeningHandle, int connection, HostAddress from) {
                if (rigHandles.contains(listeningHandle)) {
                    rigHandles.add(connection);
                } else if (!up) {
                    network.close(connection);
                    return;
                }
                listener.onAccepted(listeningHandle, connection, from);
            }

            @Override
            public void onConnected(int connection) {
                listener.onConnected(connection);
            }

            @Override
            public void onData(int connection, byte[] buffer, int offset, int length) {
                if (up || rigHandles.contains(connection)) {
                    listener.onData(connection, buffer, offset, length);
                }
            }

            @Override
            public void onWritable(int connection) {
                listener.onWritable(connection);
            }

            @Override
            public void onClosed(int connection) {
                rigHandles.remove(connection);
                listener.onClosed(connection);
            }
        };
    }

    @Override
    public int openDatagrams(HostAddress local, NetworkListener listener) {
        return network.openDatagrams(local, guarded(listener));
    }

    /** What listens on loopback alone is the rig's port. */
    @Override
    public int listen(HostAddress local, NetworkListener listener) {
        boolean rig = local.isIpv4() && local.ipv4() >>> 24 == 127;
        int handle = network.listen(local, guarded(listener));
        if (rig && handle > 0) {
            rigHandles.add(handle);
        }
        return handle;
    }

    @Override
    public int connect(HostAddress remote, NetworkListener listener) {
        return up ? network.connect(remote, guarded(listener)) : UNREACHABLE;
    }

    @Override
    public boolean hasTls() {
        return network.hasTls();
    }

    @Override
    public int listenSecurely(HostAddress local, NetworkListener listener) {
        return network.listenSecurely(local, guarded(listener));
    }

    @Override
    public int connectSecurely(HostAddress remote, byte[] name, int offset, int length, NetworkListener listener) {
        return up ? network.connectSecurely(remote, name, offset, length, guarded(listener)) : UNREACHABLE;
    }

    @Override
    public int listenToPeers(HostAddress local, NetworkListener listener) {
        return network.listenToPeers(local, guarded(listener));
    }

    @Override
    public int connectToPeer(HostAddress remote, NetworkListener listener) {
        return up ? network.connectToPeer(remote, guarded(listener)) : UNREACHABLE;
    }

    @Override
    public int fingerprint(int connection, byte[] out, int offset) {
        return network.fingerprint(connection, out, offset);
    }

    @Override
    public boolean speaksFor(int connection, byte[] name, int offset, int length) {
        return network.speaksFor(connection, name, offset, length);
    }

    @Override
    public int send(int handle, HostAddress to, byte[] buffer, int offset, int length) {
        return up ? network.send(handle, to, buffer, offset, length) : UNREACHABLE;
    }

    @Override
    public int write(int handle, byte[] buffer, int offset, int length) {
        return up || rigHandles.contains(handle) ? network.write(handle, buffer, offset, length) : SENT;
    }

    @Override
    public void pause(int handle) {
        network.pause(handle);
    }

    @Override
    public void resume(int handle) {
        network.resume(handle);
    }

    @Override
    public void close(int handle) {
        rigHandles.remove(handle);
        network.close(handle);
    }

    @Override
    public int localPort(int handle) {
        return network.localPort(handle);
    }

    @Override
    public void localAddress(HostAddress remote, HostAddress out) {
        network.localAddress(remote, out);
    }

    @Override
    public int poll(long timeoutMs) {
        return network.poll(timeoutMs);
    }

    @Override
    public void wakeUp() {
        network.wakeUp();
    }

    @Override
    public boolean isLinkUp() {
        return up && network.isLinkUp();
    }
}
