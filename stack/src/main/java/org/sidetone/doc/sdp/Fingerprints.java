package org.sidetone.doc.sdp;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Hex;
import org.sidetone.bytes.Slice;

/** The certificates that a side may show, by their SHA-256 (RFC 8122 section 5): {@code a=fingerprint:sha-256 4A:AD:...}. Other hash functions are passed over. */
public final class Fingerprints {
    public static final byte[] NAME = Ascii.bytes("fingerprint");
    /** Octets of one. */
    public static final int BYTES = 32;
    /** Certificates of one medium; more are not looked at. */
    public static final int MAXIMUM = 4;

    private static final byte[] SHA_256 = Ascii.bytes("sha-256");

    private final byte[] bytes = new byte[BYTES * MAXIMUM];
    private int count;
    private final Slice value = new Slice();

    /** Reads those of a medium, or where it has none of the session. @return false when there is none that can be used, or one is malformed */
    public boolean read(SessionDescription sdp, int media) {
        count = 0;
        int section = sdp.attribute(media, NAME, value) ? media : SessionDescription.SESSION;
        for (int i = 0; count < MAXIMUM && sdp.attribute(section, NAME, i, value); i++) {
            int space = Ascii.indexOf(value.buffer(), value.offset(), value.limit(), ' ');
            if (Ascii.equalsIgnoreCase(value.buffer(), value.offset(), space - value.offset(), SHA_256, 0, SHA_256.length)) {
                if (!Hex.readColons(value.buffer(), space + 1, value.limit(), bytes, count * BYTES, BYTES)) {
                    count = 0;
                    return false;
                }
                count++;
            }
        }
        return count > 0;
    }

    /** One after the other. */
    public byte[] bytes() {
        return bytes;
    }

    public int count() {
        return count;
    }

    /** Writes the attribute of one certificate. */
    public static void write(SdpWriter out, byte[] hash) {
        Hex.putColons(hash, BYTES, out.name(NAME).sink().put(SHA_256).put(' '));
        out.end();
    }
}
