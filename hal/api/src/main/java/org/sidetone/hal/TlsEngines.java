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
}
