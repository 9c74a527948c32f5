package org.sidetone.hal;

/**
 * Datagrams and streams. Handles are positive and name one open socket or connection; a handle that was closed is answered
 * {@link #GONE} and may be given to a new socket later. What arrives comes to the handle's listener within {@link #poll}.
 */
public interface Network {
    int SENT = 0;
    /** No way there, or the connection broke. */
    int UNREACHABLE = -1;
    /** Buffers or handles are used up just now. */
    int NO_ROOM = -2;
    /** Larger than a datagram can be. */
    int TOO_LARGE = -3;
    /** No such handle. */
    int GONE = -4;
    /** The address or port is taken, or not ours. */
    int IN_USE = -5;
    /** There is no TLS here, or no certificate to listen with. */
    int NOT_OFFERED = -6;

    /** Opens a datagram socket. @param local port 0: any. @return a handle, {@link #IN_USE} or {@link #NO_ROOM} */
    int openDatagrams(HostAddress local, NetworkListener listener);

    /** Accepts stream connections; they get the same listener. @return a handle, {@link #IN_USE} or {@link #NO_ROOM} */
    int listen(HostAddress local, NetworkListener listener);

    /** Starts a stream connection; it ends in {@link NetworkListener#onConnected} or {@link NetworkListener#onClosed}.
     *  @return a handle, {@link #UNREACHABLE} or {@link #NO_ROOM} */
    int connect(HostAddress remote, NetworkListener listener);

    /** Whether connections can be made with TLS. */
    boolean hasTls();

    /**
     * As {@link #listen}, with TLS: a connection is told once its handshake is done, and not at all when that fails or takes longer than
     * ten seconds.
     * @return also {@link #NOT_OFFERED}
     */
    int listenSecurely(HostAddress local, NetworkListener listener);

    /**
     * As {@link #connect}, with TLS; {@link NetworkListener#onConnected} follows the handshake, {@link NetworkListener#onClosed} a failed
     * one.
     * @param name the domain that the certificate of the other side must be for (RFC 5922). @return also {@link #NOT_OFFERED}
     */
    int connectSecurely(HostAddress remote, byte[] name, int offset, int length, NetworkListener listener);

    /** Octets of a fingerprint: SHA-256. */
    int FINGERPRINT_BYTES = 32;

    /**
     * As {@link #listenSecurely}, for anybody: the other side is asked for a certificate and comes in with any, or with none. Who it is the
     * caller has to ask, by {@link #fingerprint} or {@link #speaksFor}.
     */
    int listenToPeers(HostAddress local, NetworkListener listener);

    /** As {@link #connectSecurely}, to anybody; {@link #fingerprint} says who it is. */
    int connectToPeer(HostAddress remote, NetworkListener listener);

    /**
     * Writes the SHA-256 of the certificate that the other side of a connection showed (RFC 8122 section 5).
     * @param connection 0: of our own, which peers are shown. @return {@link #FINGERPRINT_BYTES}, or 0 when there is none
     */
    int fingerprint(int connection, byte[] out, int offset);

    /** Whether the other side of a connection showed a certificate of an authority that is believed, for this name (RFC 5922). */
    boolean speaksFor(int connection, byte[] name, int offset, int length);

    /** Sends a datagram at once or not at all. The array is the caller's again on return. @return {@link #SENT} or why not */
    int send(int handle, HostAddress to, byte[] buffer, int offset, int length);

    /** Sends on a stream, in order, all of it or nothing; before the connection is made it is kept until then. The array is the
     *  caller's again on return.
     *  @return {@link #SENT}; {@link #NO_ROOM}: {@link NetworkListener#onWritable} follows; or {@link #GONE} */
    int write(int handle, byte[] buffer, int offset, int length);

    /** Reads no more of a stream for now, so that its other end has to wait in the end. What was read before may still be told. */
    void pause(int handle);

    /** Reads on after {@link #pause}. */
    void resume(int handle);

    /** Closes a socket or a connection, after what was written before; its listener hears no more of it. Twice does nothing. */
    void close(int handle);

    /** The port a socket is bound to, or {@link #GONE}. */
    int localPort(int handle);

    /** Writes the address that a remote end would see as ours, port 0; all zero when there is no way there. */
    void localAddress(HostAddress remote, HostAddress out);

    /**
     * Waits until something arrives, {@link #wakeUp} is called or the time is over, and tells the listeners what arrived.
     * @param timeoutMs 0: does not wait; negative: as 0. @return how many events were told
     */
    int poll(long timeoutMs);

    /** Makes a {@link #poll} that waits, or the next one, return at once. From any thread. */
    void wakeUp();

    /** Whether the link is up. A change ends a {@link #poll}. */
    boolean isLinkUp();
}
