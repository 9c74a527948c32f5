package org.sidetone.bytes;

/** Base64 as in RFC 4648 section 4, with padding. */
public final class Base64 {
    private static final byte[] ALPHABET =
            Ascii.bytes("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    private Base64() {
    }

    /** Appends the encoding of some octets. */
    public static void encode(byte[] source, int offset, int length, ByteSink out) {
        int limit = offset + length;
        for (int i = offset; i < limit; i += 3) {
            int left = limit - i;
            int bits = (source[i] & 0xFF) << 16 | (left > 1 ? (source[i + 1] & 0xFF) << 8 : 0)
                    | (left > 2 ? source[i + 2] & 0xFF : 0);
            out.put(ALPHABET[bits >> 18]).put(ALPHABET[bits >> 12 & 63]);
            out.put(left > 1 ? ALPHABET[bits >> 6 & 63] : '=').put(left > 2 ? ALPHABET[bits & 63] : '=');
        }
    }
}
