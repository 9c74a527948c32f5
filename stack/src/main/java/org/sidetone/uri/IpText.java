package org.sidetone.uri;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Hex;
import org.sidetone.port.Flow;

/** IPv4 and IPv6 addresses as text (RFC 3261 section 25.1; IPv6 as in RFC 5954, written as RFC 5952 asks). */
public final class IpText {
    private IpText() {
    }

    /** Reads {@code 192.0.2.7}, {@code 2001:db8::1} or {@code [2001:db8::1]} into the address of a flow, whose port becomes the one given.
     *  @return false, and nothing changed, when it is a name or no address at all */
    public static boolean parse(byte[] b, int offset, int length, Flow out, int transport, int port) {
        int limit = offset + length;
        if (length > 2 && b[offset] == '[' && b[limit - 1] == ']') {
            return parseIpv6(b, offset + 1, limit - 1, out, transport, port);
        }
        if (Ascii.indexOf(b, offset, limit, ':') < limit) {
            return parseIpv6(b, offset, limit, out, transport, port);
        }
        long address = ipv4(b, offset, limit);
        if (address < 0) {
            return false;
        }
        out.setIpv4(transport, (int) address, port);
        return true;
    }

    private static long ipv4(byte[] b, int offset, int limit) {
        long address = 0;
        int at = offset;
        for (int i = 0; i < 4; i++) {
            int end = Ascii.endOfDigits(b, at, limit);
            long n = end - at > 3 ? -1 : Ascii.decimal(b, at, end, 255);
            if (n < 0 || (i < 3 ? end == limit || b[end] != '.' : end != limit)) {
                return -1;
            }
            address = address << 8 | n;
            at = end + 1;
        }
        return address;
    }

    private static boolean parseIpv6(byte[] b, int offset, int limit, Flow out, int transport, int port) {
        long high = 0;
        long low = 0;
        int groups = 0;
        int gap = -1;
        int at = offset;
        if (limit - at >= 2 && b[at] == ':' && b[at + 1] == ':') {
            gap = 0;
            at += 2;
        }
        while (at < limit) {
            int end = at;
            int value = 0;
            while (end < limit && Hex.value(b[end]) >= 0 && end - at < 5) {
                value = value << 4 | Hex.value(b[end]);
                end++;
            }
            if (end < limit && b[end] == '.') {
                long v4 = ipv4(b, at, limit);
                if (v4 < 0 || groups > 6) {
                    return false;
                }
                high = high << 32 | low >>> 32;
                low = low << 32 | v4;
                groups += 2;
                at = limit;
                break;
            }
            if (end == at || end - at > 4 || groups == 8) {
                return false;
            }
            high = high << 16 | low >>> 48;
            low = low << 16 | value;
            groups++;
            at = end;
            if (at == limit) {
                break;
            }
            if (b[at] != ':' || at + 1 == limit) {
                return false;
            }
            at++;
            if (b[at] == ':') {
                if (gap >= 0) {
                    return false;
                }
                gap = groups;
                at++;
            }
        }
        if (gap < 0 ? groups != 8 : groups > 7) {
            return false;
        }
        if (gap >= 0) {
            int tail = groups - gap;
            for (int i = 0; i < 8 - groups; i++) {
                // the groups before the gap move up by one place each time; those after it stay
                long keptHigh = tail >= 4 ? high & mask(tail - 4) : 0;
                long keptLow = tail >= 4 ? low : low & mask(tail);
                long movedHigh = high & ~(tail >= 4 ? mask(tail - 4) : 0);
                long movedLow = tail >= 4 ? 0 : low & ~mask(tail);
                movedHigh = movedHigh << 16 | movedLow >>> 48;
                movedLow <<= 16;
                high = movedHigh | keptHigh;
                low = movedLow | keptLow;
            }
        }
        out.set(transport, high, low, port, 0);
        return true;
    }

    private static long mask(int groups) {
        return groups >= 4 ? -1L : (1L << 16 * groups) - 1;
    }

    /** Appends the address alone, an IPv6 one in brackets. */
    public static void put(Flow flow, ByteSink out) {
        if (flow.isIpv4()) {
            long a = flow.addressLow();
            out.putDecimal(a >> 24 & 255).put('.').putDecimal(a >> 16 & 255).put('.');
            out.putDecimal(a >> 8 & 255).put('.').putDecimal(a & 255);
            return;
        }
        int zeros = 0;
        int longest = 0;
        int longestAt = -1;
        for (int i = 7; i >= 0; i--) {
            zeros = group(flow, i) == 0 ? zeros + 1 : 0;
            if (zeros > 1 && zeros >= longest) {
                longest = zeros;
                longestAt = i;
            }
        }
        out.put('[');
        for (int i = 0; i < 8; i++) {
            if (i == longestAt) {
                out.put("::");
                i += longest - 1;
                continue;
            }
            int g = group(flow, i);
            out.putHex(g, g >= 0x1000 ? 4 : g >= 0x100 ? 3 : g >= 0x10 ? 2 : 1);
            if (i < 7 && i + 1 != longestAt) {
                out.put(':');
            }
        }
        out.put(']');
    }

    private static int group(Flow flow, int i) {
        long half = i < 4 ? flow.addressHigh() : flow.addressLow();
        return (int) (half >> 48 - 16 * (i & 3)) & 0xFFFF;
    }
}
