package org.sidetone.uri;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Utf8;

/** Labels of domain names in ASCII (RFC 3492). */
final class Punycode {
    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int INITIAL_BIAS = 72;
    private static final int INITIAL_N = 128;

    private Punycode() {
    }

    /** Appends the encoding of a label of UTF-8 without its prefix (section 6.3). */
    static void put(byte[] b, int from, int to, ByteSink out) {
        int basic = 0;
        int all = 0;
        for (int i = from; i < to; i += Utf8.sequenceAt(b, i, to)) {
            if (b[i] >= 0) {
                out.put(b[i]);
                basic++;
            }
            all++;
        }
        if (basic > 0) {
            out.put('-');
        }
        int n = INITIAL_N;
        int delta = 0;
        int bias = INITIAL_BIAS;
        int handled = basic;
        while (handled < all) {
            int next = smallestFrom(n, b, from, to);
            delta += (next - n) * (handled + 1);
            n = next;
            for (int i = from; i < to; i += Utf8.sequenceAt(b, i, to)) {
                int c = Utf8.codePointAt(b, i, to);
                if (c < n) {
                    delta++;
                } else if (c == n) {
                    putNumber(delta, bias, out);
                    bias = adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }
            delta++;
            n++;
        }
    }

    private static int smallestFrom(int n, byte[] b, int from, int to) {
        int smallest = Integer.MAX_VALUE;
        for (int i = from; i < to; i += Utf8.sequenceAt(b, i, to)) {
            int c = Utf8.codePointAt(b, i, to);
            if (c >= n && c < smallest) {
                smallest = c;
            }
        }
        return smallest;
    }

    private static void putNumber(int delta, int bias, ByteSink out) {
        int q = delta;
        for (int k = BASE; true; k += BASE) {
            int t = k <= bias ? T_MIN : Math.min(k - bias, T_MAX);
            if (q < t) {
                out.put(digit(q));
                return;
            }
            out.put(digit(t + (q - t) % (BASE - t)));
            q = (q - t) / (BASE - t);
        }
    }

    private static int digit(int d) {
        return d < 26 ? 'a' + d : '0' + d - 26;
    }

    private static int adapt(int delta, int points, boolean first) {
        int d = first ? delta / DAMP : delta / 2;
        d += d / points;
        int k = 0;
        while (d > (BASE - T_MIN) * T_MAX / 2) {
            d /= BASE - T_MIN;
            k += BASE;
        }
        return k + (BASE - T_MIN + 1) * d / (d + SKEW);
    }
}
