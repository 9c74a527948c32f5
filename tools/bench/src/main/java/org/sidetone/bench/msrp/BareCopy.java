package org.sidetone.bench.msrp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** One thread that writes pieces into a connection, copies them into a second one where there is a hop, and reads them. */
final class BareCopy implements MsrpMain.Way {
    private final Selector selector = Selector.open();
    private final ByteBuffer out;
    private final ByteBuffer hop;
    private final ByteBuffer in;
    private final SocketChannel from;
    private final SocketChannel hopIn;
    private final SocketChannel hopOut;
    private final SocketChannel to;

    BareCopy(int pieceBytes, boolean twice) throws IOException {
        out = ByteBuffer.allocateDirect(pieceBytes);
        hop = ByteBuffer.allocateDirect(pieceBytes);
        in = ByteBuffer.allocateDirect(pieceBytes);
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            from = SocketChannel.open(server.getLocalAddress());
            hopIn = server.accept();
            hopOut = twice ? SocketChannel.open(server.getLocalAddress()) : null;
            to = twice ? server.accept() : hopIn;
        }
        from.configureBlocking(false);
        to.configureBlocking(false);
        to.register(selector, SelectionKey.OP_READ);
        hop.flip();
        if (!twice) {
            return;
        }
        hopIn.configureBlocking(false);
        hopOut.configureBlocking(false);
        hopIn.register(selector, SelectionKey.OP_READ);
    }

    @Override
    public void move(long bytes) throws IOException {
        long written = 0;
        long read = 0;
        out.clear().limit(0);
        while (read < bytes) {
            if (!out.hasRemaining() && written < bytes) {
                out.clear().limit((int) Math.min(out.capacity(), bytes - written));
                written += out.remaining();
            }
            from.write(out);
            selector.selectNow(key -> { });
            if (hopOut != null) {
                passOn();
            }
            in.clear();
            read += to.read(in);
        }
    }

    private void passOn() throws IOException {
        if (!hop.hasRemaining()) {
            hop.clear();
            hopIn.read(hop);
            hop.flip();
        }
        hopOut.write(hop);
    }
}
