package org.sidetone.uri;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Hex;
import org.sidetone.bytes.Slice;
import org.sidetone.bytes.Utf8;

/** Compares names of domains as RFC 4745 section 7.1.3 has it: escapes resolved, each label in ASCII. Of Nameprep the change to lower case alone is done. */
public final class DomainNames {
    private static final byte[] ACE_PREFIX = Ascii.bytes("xn--");
    /** RFC 1035 section 2.3.4, and as much again for names before they are encoded. */
    private static final int MOST = 512;

    private final byte[] raw = new byte[MOST];
    private final byte[] first = new byte[MOST];
    private final byte[] second = new byte[MOST];
    private final ByteSink sink = new ByteSink();

    /** Whether both are the same domain; a name that cannot be read equals none. */
    public boolean same(Slice a, Slice b) {
        int length = toAscii(a, first);
        return length > 0 && length == toAscii(b, second) && Ascii.equals(first, 0, length, second, 0, length);
    }

    /** Octets of the name in ASCII, -1 when there is no such form. */
    private int toAscii(Slice name, byte[] out) {
        int n = 0;
        if (name.length() > MOST) {
            return -1;
        }
        for (int i = 0; i < name.length(); i++) {
            int c = name.byteAt(i);
            if (c == '%') {
                if (i + 2 >= name.length() || Hex.value(name.byteAt(i + 1)) < 0 || Hex.value(name.byteAt(i + 2)) < 0) {
                    return -1;
                }
                c = Hex.value(name.byteAt(i + 1)) << 4 | Hex.value(name.byteAt(i + 2));
                i += 2;
            }
            raw[n++] = (byte) Ascii.lower((byte) c);
        }
        if (n > 1 && raw[n - 1] == '.') {
            n--;                                             // the root may be said or not
        }
        if (n == 0 || Utf8.firstInvalid(raw, 0, n) >= 0) {
            return -1;
        }
        sink.wrap(out);
        for (int at = 0; at <= n; at++) {
            int end = Ascii.indexOf(raw, at, n, '.');
            if (end == at) {
                return -1;
            }
            label(at, end);
            if (end < n) {
                sink.put('.');
            }
            at = end;
        }
        return sink.overflowed() ? -1 : sink.length();
    }

    private void label(int from, int to) {
        boolean ascii = true;
        for (int i = from; i < to; i++) {
            ascii &= raw[i] >= 0;
        }
        if (ascii) {
            sink.put(raw, from, to - from);
        } else {
            sink.put(ACE_PREFIX);
            Punycode.put(raw, from, lowered(from, to), sink);
        }
    }

    /** Letters of other scripts in lower case, where that takes no more octets. @return the end of the label */
    private int lowered(int from, int to) {
        int n = from;
        int i = from;
        while (i < to) {
            int length = Utf8.sequenceAt(raw, i, to);
            int c = Utf8.codePointAt(raw, i, to);
            int small = c > 0x7F && c < 0x10000 ? Character.toLowerCase((char) c) : c;
            i += length;
            n += Utf8.encode(Utf8.lengthOf(small) <= length ? small : c, raw, n);
        }
        return n;
    }
}
