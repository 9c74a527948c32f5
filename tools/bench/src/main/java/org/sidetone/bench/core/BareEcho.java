package org.sidetone.bench.core;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** As little as a UDP server in Java can do: a selector, one channel, each datagram sent back. */
final class BareEcho implements CoreServer.Contender {
    private DatagramChannel channel;
    private Selector selector;

    @Override
    public int open(int transactions) throws Exception {
        selector = Selector.open();
        channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    @Override
    public void run() throws Exception {
        ByteBuffer buffer = ByteBuffer.allocateDirect(65_536);
        while (true) {
            selector.select(key -> { });
            while (true) {
                buffer.clear();
                SocketAddress from = channel.receive(buffer);
                if (from == null) {
                    break;
                }
                buffer.flip();
                channel.send(buffer, from);
            }
        }
    }

    @Override
    public void settle() {
        // it keeps nothing
    }
}
