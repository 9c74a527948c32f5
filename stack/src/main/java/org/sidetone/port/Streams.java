package org.sidetone.port;

import org.sidetone.bytes.Slice;

/**
 * Stream connections to carry something else than SIP. Handles are positive; a handle that was closed is answered {@link Wire#UNREACHABLE}
 * and may be given to a new connection later. What happens to a connection comes to the {@link StreamsUser}.
 */
public interface Streams {
    /** Octets of a fingerprint: SHA-256. */
    int FINGERPRINT_BYTES = 32;

    /** Starts a connection; what is written meanwhile is kept. @param to transport TCP or TLS. @return a handle, or a code of {@link Wire} */
    int connect(Flow to);

    /** The same with TLS to whoever is there: {@link #fingerprint} says who (RFC 4975 section 14.4). */
    int connectToPeer(Flow to);

    /** Writes the SHA-256 of the certificate that the other side of a connection showed. @param connection 0: of our own. @return its octets, 0: there is none */
    int fingerprint(int connection, byte[] out, int offset);

    /** Whether the other side of a connection showed a certificate of an authority that is believed, for this name (RFC 5922). */
    boolean speaksFor(int connection, Slice name);

    /** Sends in order, all of it or nothing. @return {@link Wire#SENT}; {@link Wire#NO_ROOM}: {@link StreamsUser#onWritable} follows; or
     *  {@link Wire#UNREACHABLE} */
    int write(int connection, byte[] buffer, int offset, int length);

    /** Reads no more of a connection for now, so that its other end has to wait. What was read already is still told. */
    void pause(int connection);

    /** Reads on. */
    void resume(int connection);

    /** Closes after what was written before; nothing more is told of it. */
    void close(int connection);

    /** Writes the address that the other side sees as ours, and the port we listen on. @param out its transport stays {@link Flow#NONE}
     *  where nobody listens on {@code to}'s */
    void localAddress(Flow to, Flow out);
}
