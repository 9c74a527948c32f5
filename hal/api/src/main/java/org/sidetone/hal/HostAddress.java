package org.sidetone.hal;

/** An IP address and a port, filled in again and again. IPv4 addresses are held mapped into IPv6. */
public final class HostAddress {
    private static final long IPV4_MAPPED = 0xFFFF00000000L;

    private long high;
    private long low;
    private int port;

    public HostAddress set(long newHigh, long newLow, int newPort) {
        high = newHigh;
        low = newLow;
        port = newPort;
        return this;
    }

    /** @param address 32 bits, the first number of the dotted form highest */
    public HostAddress setIpv4(int address, int newPort) {
        return set(0, IPV4_MAPPED | address & 0xFFFFFFFFL, newPort);
    }

    public HostAddress set(HostAddress other) {
        return set(other.high, other.low, other.port);
    }

    public boolean isIpv4() {
        return high == 0 && (low & 0xFFFFFFFF00000000L) == IPV4_MAPPED;
    }

    /** The 32 bits of an IPv4 address. */
    public int ipv4() {
        return (int) low;
    }

    public long high() {
        return high;
    }

    public long low() {
        return low;
    }

    /** 0 to 65535. */
    public int port() {
        return port;
    }

    public boolean isSame(HostAddress other) {
        return high == other.high && low == other.low && port == other.port;
    }
}
