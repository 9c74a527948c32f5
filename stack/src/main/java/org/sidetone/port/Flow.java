package org.sidetone.port;

/**
 * The remote end of a flow: transport, address, port and, for streams, the connection. IPv4 addresses are held mapped
 * into IPv6 ({@code ::ffff:a.b.c.d}). Equality of flows to a {@link Wire} is by connection where there is one.
 */
public final class Flow {
    public static final int NONE = 0;
    public static final int UDP = 1;
    public static final int TCP = 2;
    public static final int TLS = 3;

    private static final long IPV4_MAPPED = 0xFFFF00000000L;

    private int transport;
    private long addressHigh;
    private long addressLow;
    private int port;
    private int connection;
    private int domain;

    public Flow set(int newTransport, long newHigh, long newLow, int newPort, int newConnection) {
        transport = newTransport;
        addressHigh = newHigh;
        addressLow = newLow;
        port = newPort;
        connection = newConnection;
        domain = 0;
        return this;
    }

    public Flow set(Flow other) {
        return set(other.transport, other.addressHigh, other.addressLow, other.port, other.connection).withDomain(other.domain);
    }

    /** @param address 32 bits, the first number of the dotted form highest */
    public Flow setIpv4(int newTransport, int address, int newPort) {
        return set(newTransport, 0, IPV4_MAPPED | address & 0xFFFFFFFFL, newPort, 0);
    }

    public void clear() {
        set(NONE, 0, 0, 0, 0);
    }

    public Flow withTransport(int newTransport) {
        if (newTransport != transport) {
            connection = 0;
        }
        transport = newTransport;
        return this;
    }

    public Flow withPort(int newPort) {
        port = newPort;
        return this;
    }

    public Flow withConnection(int newConnection) {
        connection = newConnection;
        return this;
    }

    /** @param newDomain a number of {@link Domains} */
    public Flow withDomain(int newDomain) {
        domain = newDomain;
        return this;
    }

    /** Whom a TLS connection is meant for, a number of {@link Domains}; 0: nobody in particular, so that none can be opened. */
    public int domain() {
        return domain;
    }

    public int transport() {
        return transport;
    }

    public boolean isReliable() {
        return transport >= TCP;
    }

    public boolean isSet() {
        return transport != NONE;
    }

    public long addressHigh() {
        return addressHigh;
    }

    public long addressLow() {
        return addressLow;
    }

    public boolean isIpv4() {
        return addressHigh == 0 && (addressLow & 0xFFFFFFFF00000000L) == IPV4_MAPPED;
    }

    public int port() {
        return port;
    }

    /** Handle of the connection in the owner's books; 0: none, the owner opens or finds one by address. */
    public int connection() {
        return connection;
    }

    public boolean sameAddress(Flow other) {
        return addressHigh == other.addressHigh && addressLow == other.addressLow;
    }

    public boolean sameEnd(Flow other) {
        return sameAddress(other) && port == other.port && transport == other.transport;
    }
}
