package org.sidetone;

import java.nio.charset.StandardCharsets;
import org.sidetone.port.Flow;
import org.sidetone.port.StreamsUser;

/** The other end of a stream, played by hand: reads and writes the protocol's text itself, with LF for CRLF. */
public final class LoopPeer implements StreamsUser {
    private static final int PORT = 2855;

    private final LoopStreams net;
    private final LoopStreams.Host host;
    private final StringBuilder got = new StringBuilder();
    private int connection;

    public LoopPeer(LoopStreams net, LoopStreams.Host host) {
        this.net = net;
        this.host = host;
        host.user = this;
    }

    /** Connects to port 2855 of an IPv4 address. */
    public LoopPeer connect(int address) {
        connection = host.connect(new Flow().setIpv4(Flow.TCP, address, PORT));
        net.run();
        return this;
    }

    /** The connection that was made or taken last. */
    public int connection() {
        return connection;
    }

    public void write(String lines) {
        byte[] bytes = lines.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        host.write(connection, bytes, 0, bytes.length);
        net.run();
    }

    /** What was heard since. */
    public String take() {
        String all = got.toString().replace("\r\n", "\n");
        got.setLength(0);
        return all;
    }

    /** The status of a response, or "". */
    public static String status(String response) {
        return response.isEmpty() ? "" : response.split(" ", 3)[2].substring(0, 3);
    }

    @Override
    public boolean onAccepted(int newConnection, Flow from, long nowMs) {
        connection = newConnection;
        return true;
    }

    @Override
    public void onConnected(int newConnection, long nowMs) {
        // the tests run the net
    }

    @Override
    public void onData(int on, byte[] buffer, int offset, int length, long nowMs) {
        got.append(new String(buffer, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public void onWritable(int on, long nowMs) {
        // small messages
    }

    @Override
    public void onClosed(int on, long nowMs) {
        got.append("closed");
    }
}
