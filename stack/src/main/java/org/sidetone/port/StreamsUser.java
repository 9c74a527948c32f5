package org.sidetone.port;

/** Told what happens to connections of {@link Streams}. Arguments are valid during the call. */
public interface StreamsUser {
    /** Somebody connected. @return false to have it closed again */
    boolean onAccepted(int connection, Flow from, long nowMs);

    /** A connection of ours is made. */
    void onConnected(int connection, long nowMs);

    void onData(int connection, byte[] buffer, int offset, int length, long nowMs);

    /** There is room again after {@link Wire#NO_ROOM}. */
    void onWritable(int connection, long nowMs);

    /** It broke, was closed by the other side, or could not be made. The handle is gone. */
    void onClosed(int connection, long nowMs);
}
