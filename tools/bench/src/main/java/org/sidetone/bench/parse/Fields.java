package org.sidetone.bench.parse;

import org.sidetone.bytes.Slice;

/**
 * Takes what a contender read, field by field in the agreed order. Light: length, first and last octet, so that reading is measured
 * and not this; full: every octet, which shows that all contenders read the same.
 */
public final class Fields {
    private final boolean full;
    private long h;

    public Fields(boolean full) {
        this.full = full;
    }

    public void start() {
        h = 0;
    }

    public long sum() {
        return h;
    }

    public void put(long number) {
        h = h * 31 + number;
    }

    public void none() {
        h = h * 31;
    }

    public void put(Slice text) {
        put(text.buffer(), text.offset(), text.length());
    }

    public void put(byte[] b, int offset, int length) {
        int at = offset;
        int n = length;
        if (n > 1 && b[at] == '[') {                     // some take the brackets off an IPv6 reference
            at++;
            n -= 2;
        }
        h = h * 31 + n;
        if (n == 0) {
            return;
        }
        if (full) {
            for (int i = at; i < at + n; i++) {
                h = h * 31 + (b[i] & 0xFF);
            }
        } else {
            h = h * 31 + (b[at] & 0xFF) * 256 + (b[at + n - 1] & 0xFF);
        }
    }

    public void put(String text) {
        if (text == null) {
            none();
            return;
        }
        int at = 0;
        int n = text.length();
        if (n > 1 && text.charAt(0) == '[') {
            at++;
            n -= 2;
        }
        h = h * 31 + n;
        if (n == 0) {
            return;
        }
        if (full) {
            for (int i = at; i < at + n; i++) {
                h = h * 31 + text.charAt(i);
            }
        } else {
            h = h * 31 + text.charAt(at) * 256 + text.charAt(at + n - 1);
        }
    }
}
