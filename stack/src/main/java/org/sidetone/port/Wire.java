package org.sidetone.port;

/** Sends bytes. The owner copies what it cannot send at once; the array is the caller's again on return. */
public interface Wire {
    /** Sent, or taken over to be sent. */
    int SENT = 0;
    /** The connection is gone or cannot be made, or the address cannot be reached. */
    int UNREACHABLE = -1;
    /** The owner's buffers are full just now. */
    int NO_ROOM = -2;
    /** A datagram larger than the transport carries. */
    int TOO_LARGE = -3;

    /** @param flow where to; for a stream without connection the owner opens one and keeps it in the flow */
    int send(Flow flow, byte[] buffer, int offset, int length);

    /** Writes the address that the other side sees as ours on this flow, without port. */
    void localAddress(Flow flow, Flow out);

    /** Whether a stream connection is still there. */
    boolean isOpen(int connection);

    /** Closes a stream connection after what was sent before. */
    void close(int connection);
}
