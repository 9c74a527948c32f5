package org.sidetone.hal.host;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.sidetone.hal.HostAddress;

/** Between the HAL's addresses and Java's. */
public final class InetAddresses {
    private static final long IPV4_MAPPED = 0xFFFF00000000L;

    private InetAddresses() {
    }

    /** Allocates nothing for an IPv4 address that Java has seen before. */
    public static void toHost(InetAddress from, int port, HostAddress out) {
        byte[] b = from.getAddress();
        if (b.length == 4) {
            out.setIpv4((b[0] & 0xFF) << 24 | (b[1] & 0xFF) << 16 | (b[2] & 0xFF) << 8 | b[3] & 0xFF, port);
        } else {
            out.set(number(b, 0), number(b, 8), port);
        }
    }

    private static long number(byte[] b, int at) {
        long n = 0;
        for (int i = 0; i < 8; i++) {
            n = n << 8 | b[at + i] & 0xFF;
        }
        return n;
    }

    public static InetAddress toInet(HostAddress from) {
        byte[] b;
        if (from.isIpv4()) {
            int a = from.ipv4();
            b = new byte[] {(byte) (a >> 24), (byte) (a >> 16), (byte) (a >> 8), (byte) a};
        } else {
            b = new byte[16];
            for (int i = 0; i < 16; i++) {
                b[i] = (byte) ((i < 8 ? from.high() : from.low()) >> 56 - 8 * (i & 7));
            }
        }
        try {
            return InetAddress.getByAddress(b);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 octets are always an address", e);
        }
    }

    /** What a socket is bound to: a port of all our addresses, or of one. */
    static InetSocketAddress toBind(HostAddress local) {
        return isAny(local) ? new InetSocketAddress(local.port()) : new InetSocketAddress(toInet(local), local.port());
    }

    /** Whether it is the address that stands for every address of ours. */
    static boolean isAny(HostAddress a) {
        return a.high() == 0 && (a.low() == 0 || a.low() == IPV4_MAPPED);
    }
}
