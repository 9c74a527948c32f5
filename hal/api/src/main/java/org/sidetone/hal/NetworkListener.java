package org.sidetone.hal;

/** Told what arrives, within {@link Network#poll}. Arrays and addresses are valid during the call. */
public interface NetworkListener {
    void onDatagram(int handle, HostAddress from, byte[] buffer, int offset, int length);

    /** A connection came in. It may be closed within the call. */
    void onAccepted(int listeningHandle, int connection, HostAddress from);

    /** A connection that we asked for is made. */
    void onConnected(int connection);

    void onData(int connection, byte[] buffer, int offset, int length);

    /** There is room for more on a stream that {@link Network#write} answered {@link Network#NO_ROOM}. */
    default void onWritable(int connection) {
        // most write little, and try again by a clock of their own
    }

    /** The other side closed, or the connection broke or could not be made. The handle is gone. */
    void onClosed(int connection);
}
