package org.sidetone.hal;

/** Makes the ends of TLS connections, by the certificates it was given. */
public interface TlsEngines {
    /**
     * The end that connects. Its first octets are in {@link TlsEngine#output} at once.
     * @param name the domain or address that was asked for, before any look-up (RFC 5922 section 7.3): the other side's certificate must
     *             be for it
     */
    TlsEngine client(String name);

    /** The end that was connected to; null when there is no certificate to show. */
    TlsEngine server();

    /** The end that connects to somebody known by {@link TlsEngine#fingerprint}: any certificate is taken, the caller judges it (RFC 4975 section 14.4). */
    TlsEngine peerClient();

    /** The end that anybody may connect to: he is asked for a certificate and comes in with any, or with none. Null when there is no certificate to show. */
    TlsEngine peerServer();

    /** Writes the SHA-256 of the certificate that {@link #peerClient} and {@link #peerServer} show. @return its 32 octets, or 0 when there is none */
    int peerFingerprint(byte[] out, int offset);
}
