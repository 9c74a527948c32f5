package org.sidetone.sip.transport;

import org.sidetone.port.Flow;

/**
 * STUN as far as SIP's keep-alives need it (RFC 5626 section 8, RFC 5389): Binding requests and their answers, which tell the address that
 * the other side sees. No message integrity: an answer is known by its 96-bit transaction number.
 */
final class Stun {
    static final int REQUEST_BYTES = 20;
    static final int RESPONSE_BYTES = 44;

    private static final int BINDING_REQUEST = 0x0001;
    private static final int BINDING_SUCCESS = 0x0101;
    private static final int COOKIE = 0x2112A442;
    private static final int XOR_MAPPED_ADDRESS = 0x0020;
    private static final int IPV4 = 1;
    private static final int IPV6 = 2;
    private static final long MAPPED = 0xFFFF00000000L;

    private Stun() {
    }

    /** SIP begins with a letter; STUN with two zero bits, and its cookie where SIP has text (RFC 5389 section 8). */
    static boolean isStun(byte[] b, int offset, int length) {
        return length >= REQUEST_BYTES && (b[offset] & 0xC0) == 0 && get32(b, offset + 4) == COOKIE
                && get16(b, offset + 2) == length - REQUEST_BYTES;
    }

    static boolean isRequest(byte[] b, int offset) {
        return get16(b, offset) == BINDING_REQUEST;
    }

    static boolean isSuccess(byte[] b, int offset) {
        return get16(b, offset) == BINDING_SUCCESS;
    }

    static int writeRequest(long high, int low, byte[] out) {
        put16(out, 0, BINDING_REQUEST);
        put16(out, 2, 0);
        put32(out, 4, COOKIE);
        put32(out, 8, (int) (high >> 32));
        put32(out, 12, (int) high);
        put32(out, 16, low);
        return REQUEST_BYTES;
    }

    static boolean isAnswerTo(byte[] b, int offset, long high, int low) {
        return isSuccess(b, offset) && get32(b, offset + 8) == (int) (high >> 32) && get32(b, offset + 12) == (int) high
                && get32(b, offset + 16) == low;
    }

    /** Answers a request with the address it came from. @return octets written */
    static int writeResponse(byte[] request, int offset, Flow source, byte[] out) {
        boolean v4 = source.isIpv4();
        put16(out, 0, BINDING_SUCCESS);
        put16(out, 2, v4 ? 12 : 24);
        System.arraycopy(request, offset + 4, out, 4, 16);
        put16(out, 20, XOR_MAPPED_ADDRESS);
        put16(out, 22, v4 ? 8 : 20);
        put16(out, 24, v4 ? IPV4 : IPV6);
        put16(out, 26, source.port() ^ COOKIE >>> 16);
        if (v4) {
            put32(out, 28, (int) source.addressLow() ^ COOKIE);
            return 32;
        }
        put32(out, 28, (int) (source.addressHigh() >> 32) ^ COOKIE);
        put32(out, 32, (int) source.addressHigh() ^ get32(request, offset + 8));
        put32(out, 36, (int) (source.addressLow() >> 32) ^ get32(request, offset + 12));
        put32(out, 40, (int) source.addressLow() ^ get32(request, offset + 16));
        return RESPONSE_BYTES;
    }

    /** Reads the address in an answer. @return false when there is none */
    static boolean mapped(byte[] b, int offset, int length, Flow out) {
        int limit = offset + length;
        int at = offset + REQUEST_BYTES;
        while (at + 4 <= limit) {
            int type = get16(b, at);
            int size = get16(b, at + 2);
            if (at + 4 + size > limit) {
                return false;
            }
            if (type == XOR_MAPPED_ADDRESS && size >= 8) {
                int port = get16(b, at + 6) ^ COOKIE >>> 16;
                if (b[at + 5] == IPV4) {
                    out.set(Flow.UDP, 0, MAPPED | (get32(b, at + 8) ^ COOKIE) & 0xFFFFFFFFL, port, 0);
                    return true;
                }
                if (b[at + 5] == IPV6 && size >= 20) {
                    long high = pair(get32(b, at + 8) ^ COOKIE, get32(b, at + 12) ^ get32(b, offset + 8));
                    long low = pair(get32(b, at + 16) ^ get32(b, offset + 12), get32(b, at + 20) ^ get32(b, offset + 16));
                    out.set(Flow.UDP, high, low, port, 0);
                    return true;
                }
                return false;
            }
            at += 4 + (size + 3 & ~3);
        }
        return false;
    }

    private static long pair(int high, int low) {
        return (long) high << 32 | low & 0xFFFFFFFFL;
    }

    private static int get16(byte[] b, int at) {
        return (b[at] & 0xFF) << 8 | b[at + 1] & 0xFF;
    }

    private static int get32(byte[] b, int at) {
        return get16(b, at) << 16 | get16(b, at + 2);
    }

    private static void put16(byte[] b, int at, int n) {
        b[at] = (byte) (n >> 8);
        b[at + 1] = (byte) n;
    }

    private static void put32(byte[] b, int at, int n) {
        put16(b, at, n >> 16);
        put16(b, at + 2, n);
    }
}
