package org.sidetone.uri;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Hex;
import org.sidetone.bytes.Slice;

/** Whether two SIP URIs are the same by RFC 3261 section 19.1.4. Two of another scheme are when their octets are. */
public final class UriComparison {
    private static final byte[][] ALWAYS_COMPARED = {Ascii.bytes("user"), Ascii.bytes("ttl"), Ascii.bytes("method"),
        Ascii.bytes("maddr"), Ascii.bytes("transport")};

    private final Slice name = new Slice();
    private final Slice value = new Slice();
    private final Slice other = new Slice();

    public boolean equal(UriView a, UriView b) {
        if (a.scheme() != b.scheme()) {
            return false;
        }
        if (!a.isSip()) {
            return a.whole().equals(b.whole());
        }
        return a.hasUser() == b.hasUser() && equalEscaped(a.user(), b.user(), false)
                && equalEscaped(a.password(), b.password(), false)
                && a.host().equalsIgnoreCase(b.host()) && a.port() == b.port()
                && paramsAgree(a, b) && paramsAgree(b, a) && headersAgree(a.headers(), b.headers()) && headersAgree(b.headers(), a.headers());
    }

    private boolean paramsAgree(UriView a, UriView b) {
        a.params().rewind();
        while (a.params().next(name, value)) {
            if (b.params().find(name, other)) {
                if (!equalEscaped(value, other, true)) {
                    return false;
                }
            } else if (isAlwaysCompared(name)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAlwaysCompared(Slice text) {
        for (int i = 0; i < ALWAYS_COMPARED.length; i++) {
            if (text.equalsIgnoreCase(ALWAYS_COMPARED[i])) {
                return true;
            }
        }
        return false;
    }

    /** Every header of one occurs in the other, in any order. */
    private static boolean headersAgree(Slice a, Slice b) {
        int at = a.offset();
        while (at < a.limit()) {
            int end = Ascii.indexOf(a.buffer(), at, a.limit(), '&');
            if (!containsHeader(b, a.buffer(), at, end)) {
                return false;
            }
            at = end + 1;
        }
        return true;
    }

    private static boolean containsHeader(Slice in, byte[] b, int offset, int limit) {
        int at = in.offset();
        while (at < in.limit()) {
            int end = Ascii.indexOf(in.buffer(), at, in.limit(), '&');
            if (equalEscaped(b, offset, limit, in.buffer(), at, end, true)) {
                return true;
            }
            at = end + 1;
        }
        return false;
    }

    private static boolean equalEscaped(Slice a, Slice b, boolean ignoreCase) {
        return equalEscaped(a.buffer(), a.offset(), a.limit(), b.buffer(), b.offset(), b.limit(), ignoreCase);
    }

    private static boolean equalEscaped(byte[] a, int aAt, int aLimit, byte[] b, int bAt, int bLimit, boolean ignoreCase) {
        while (aAt < aLimit && bAt < bLimit) {
            int x = a[aAt];
            int y = b[bAt];
            if (x == '%' && aLimit - aAt > 2) {
                x = Hex.value(a[aAt + 1]) << 4 | Hex.value(a[aAt + 2]);
                aAt += 2;
            }
            if (y == '%' && bLimit - bAt > 2) {
                y = Hex.value(b[bAt + 1]) << 4 | Hex.value(b[bAt + 2]);
                bAt += 2;
            }
            if ((x & 0xFF) != (y & 0xFF) && !(ignoreCase && Ascii.lower(x) == Ascii.lower(y))) {
                return false;
            }
            aAt++;
            bAt++;
        }
        return aAt == aLimit && bAt == bLimit;
    }
}
