package org.sidetone.hal.tck;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.sidetone.hal.HostAddress;
import org.sidetone.hal.NetworkListener;

/** A listener that remembers. */
public class Listening implements NetworkListener {
    public final List<String> datagrams = new ArrayList<>();
    public final List<HostAddress> sources = new ArrayList<>();
    public final List<Integer> accepted = new ArrayList<>();
    public final List<Integer> connected = new ArrayList<>();
    public final List<Integer> closed = new ArrayList<>();
    public final List<Integer> writable = new ArrayList<>();
    public final StringBuilder data = new StringBuilder();

    @Override
    public void onDatagram(int handle, HostAddress from, byte[] buffer, int offset, int length) {
        datagrams.add(new String(buffer, offset, length, StandardCharsets.ISO_8859_1));
        sources.add(new HostAddress().set(from));
    }

    @Override
    public void onAccepted(int listeningHandle, int connection, HostAddress from) {
        accepted.add(connection);
    }

    @Override
    public void onConnected(int connection) {
        connected.add(connection);
    }

    @Override
    public void onData(int connection, byte[] buffer, int offset, int length) {
        data.append(new String(buffer, offset, length, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void onWritable(int connection) {
        writable.add(connection);
    }

    @Override
    public void onClosed(int connection) {
        closed.add(connection);
    }
}
