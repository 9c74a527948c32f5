package org.sidetone.hal.host;

import java.nio.ByteBuffer;
import org.sidetone.hal.HostAddress;

/** Room for what is read or written next: one for all sockets of a network, which are worked on one after another. */
final class Scratch {
    static final int BYTES = 65_536;

    /** What the system reads into. */
    final ByteBuffer in = ByteBuffer.allocateDirect(BYTES);
    /** What the system writes from. */
    final ByteBuffer out = ByteBuffer.allocateDirect(BYTES);
    /** What a listener is given. */
    final byte[] received = new byte[BYTES];
    final HostAddress from = new HostAddress();

    /** Takes what was read over to where a listener is given it. @return how many octets */
    int take() {
        in.flip();
        int n = in.remaining();
        in.get(received, 0, n);
        return n;
    }
}
