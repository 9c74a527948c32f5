package org.sidetone.doc.sdp;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Hex;
import org.sidetone.bytes.Slice;

/** The file that a medium is for (RFC 5547 section 6): what identifies it, which transfer of it this is, and which octets pass. */
public final class FileDescription {
    public static final byte[] SELECTOR = Ascii.bytes("file-selector");
    public static final byte[] TRANSFER_ID = Ascii.bytes("file-transfer-id");
    /** Octets of a name, unescaped; a longer one is cut. */
    public static final int NAME_BYTES = 64;
    public static final int SHA_1_BYTES = 20;
    public static final int SHA_256_BYTES = 32;
    /** A size, or an end, that is not said. */
    public static final long UNKNOWN = -1;

    private static final byte[] DISPOSITION = Ascii.bytes("file-disposition");
    private static final byte[] RANGE = Ascii.bytes("file-range");
    private static final byte[] NAME = Ascii.bytes("name:\"");
    private static final byte[] SIZE = Ascii.bytes("size:");
    private static final byte[] TYPE = Ascii.bytes("type:");
    private static final byte[] HASH = Ascii.bytes("hash:");
    private static final byte[] SHA_1 = Ascii.bytes("sha-1:");
    private static final byte[] SHA_256 = Ascii.bytes("sha-256:");
    private static final byte[] ATTACHMENT = Ascii.bytes("attachment");

    /** UTF-8; empty: not said. What would lead somewhere in a file system is replaced when it is read. */
    public final FixedText name = new FixedText(NAME_BYTES);
    /** As {@code text/vcard}; empty: not said. */
    public final FixedText type = new FixedText(64);
    public final FixedText transferId = new FixedText(40);
    public final byte[] sha1 = new byte[SHA_1_BYTES];
    public final byte[] sha256 = new byte[SHA_256_BYTES];
    private boolean hasSha1;
    private boolean hasSha256;
    private long size = UNKNOWN;
    private long first;
    private long last;
    private boolean ranged;
    private boolean attachment;
    private final Slice value = new Slice();
    private final ByteSink sink = new ByteSink();
    private int at;

    public void clear() {
        name.clear();
        type.clear();
        transferId.clear();
        size = UNKNOWN;
        hasSha1 = false;
        hasSha256 = false;
        first = 1;
        last = UNKNOWN;
        ranged = false;
        attachment = false;
    }

    /** Whether a medium is for a file; one with an empty selector says only that its writer knows what that is (section 8.5). */
    public static boolean isFile(SessionDescription sdp, int media, Slice scratch) {
        return sdp.attribute(media, TRANSFER_ID, scratch);
    }

    /** @return false when no selector is known, or something is malformed */
    public boolean read(SessionDescription sdp, int media) {
        clear();
        if (!sdp.attribute(media, TRANSFER_ID, value) || value.isEmpty() || !transferId.set(value)) {
            return false;
        }
        if (sdp.attribute(media, DISPOSITION, value)) {
            attachment = value.equalsIgnoreCase(ATTACHMENT);
        }
        if (sdp.attribute(media, RANGE, value) && !readRange()) {
            return false;
        }
        return sdp.attribute(media, SELECTOR, value) && readSelectors();
    }

    private boolean readRange() {
        byte[] b = value.buffer();
        int dash = Ascii.indexOf(b, value.offset(), value.limit(), '-');
        first = Ascii.decimal(b, value.offset(), dash, Long.MAX_VALUE);
        boolean open = dash + 2 == value.limit() && b[dash + 1] == '*';
        last = open ? UNKNOWN : Ascii.decimal(b, Math.min(dash + 1, value.limit()), value.limit(), Long.MAX_VALUE);
        ranged = true;
        return first > 0 && (open || last >= first);
    }

    private boolean readSelectors() {
        byte[] b = value.buffer();
        int limit = value.limit();
        at = value.offset();
        while (at < limit) {
            boolean good;
            if (Ascii.startsWith(b, at, limit, NAME)) {
                good = readName(b, limit);
            } else if (Ascii.startsWith(b, at, limit, SIZE)) {
                int end = Ascii.indexOf(b, at, limit, ' ');
                size = Ascii.decimal(b, at + SIZE.length, end, Long.MAX_VALUE);
                good = size >= 0;
                at = end;
            } else if (Ascii.startsWith(b, at, limit, TYPE)) {
                good = readType(b, limit);
            } else {
                good = readHash(b, limit);
            }
            if (!good || at < limit && b[at] != ' ') {
                return false;
            }
            at++;
        }
        return !name.isEmpty() || !type.isEmpty() || size != UNKNOWN || hasSha1 || hasSha256;
    }

    private boolean readName(byte[] b, int limit) {
        int from = at + NAME.length;
        int end = Ascii.indexOf(b, from, limit, '"');
        name.sink(sink);
        for (int i = from; i < end; i++) {
            int octet = b[i];
            if (octet == '%') {
                if (i + 2 >= end || Hex.value(b[i + 1]) < 0 || Hex.value(b[i + 2]) < 0) {
                    return false;
                }
                octet = Hex.value(b[i + 1]) << 4 | Hex.value(b[i + 2]);
                i += 2;
            }
            if (sink.remaining() > 0) {
                sink.put(isHarmless(octet & 0xFF) ? octet : '_');
            }
        }
        name.take(sink);
        at = end + 1;
        return end > from && end < limit;
    }

    private static boolean isHarmless(int octet) {
        return octet >= ' ' && octet != '/' && octet != '\\' && octet != ':' && octet != '"' && octet != 127;
    }

    private boolean readType(byte[] b, int limit) {
        int from = at + TYPE.length;
        boolean quoted = false;
        int end = from;
        while (end < limit && (quoted || b[end] != ' ')) {
            quoted ^= b[end] == '"';
            end++;
        }
        at = end;
        int slash = Ascii.indexOf(b, from, end, '/');
        return slash > from && slash + 1 < end && !quoted && type.set(b, from, end - from);
    }

    /** A selector that is not known is passed over, and a hash of another function. */
    private boolean readHash(byte[] b, int limit) {
        int end = Ascii.indexOf(b, at, limit, ' ');
        int from = at + HASH.length;
        boolean good = true;
        if (Ascii.startsWith(b, at, end, HASH)) {
            if (Ascii.startsWithIgnoreCase(b, from, end, SHA_1)) {
                good = Hex.readColons(b, from + SHA_1.length, end, sha1, 0, SHA_1_BYTES);
                hasSha1 = good;
            } else if (Ascii.startsWithIgnoreCase(b, from, end, SHA_256)) {
                good = Hex.readColons(b, from + SHA_256.length, end, sha256, 0, SHA_256_BYTES);
                hasSha256 = good;
            }
        } else {
            good = Ascii.indexOf(b, at, end, ':') > at && Ascii.indexOf(b, at, end, ':') < end;
        }
        at = end;
        return good;
    }

    /** Octets of the whole file, or {@link #UNKNOWN}. */
    public long size() {
        return size;
    }

    public void setSize(long octets) {
        size = octets;
    }

    /** The first octet that passes, from 1. */
    public long first() {
        return first;
    }

    /** The last one, or {@link #UNKNOWN}: to the end. */
    public long last() {
        return last;
    }

    /** Whether a range was said. */
    public boolean isRanged() {
        return ranged;
    }

    /** From an octet on, to the end of the file. */
    public void setFirst(long octet) {
        first = octet;
        last = size;
        ranged = octet > 1;
    }

    /** Whether it is to be kept rather than shown at once (section 7). */
    public boolean isAttachment() {
        return attachment;
    }

    public void setAttachment(boolean value) {
        attachment = value;
    }

    public boolean hasSha1() {
        return hasSha1;
    }

    public boolean hasSha256() {
        return hasSha256;
    }

    /** {@link #sha1} and {@link #sha256} are those of the file, or are not known. */
    public void setHashed(boolean one, boolean other) {
        hasSha1 = one;
        hasSha256 = other;
    }

    /** Whether what is said here of a file fits another description, which says everything of one (section 8.3.2). */
    public boolean selects(FileDescription file) {
        return (name.isEmpty() || name.equals(file.name)) && (size == UNKNOWN || size == file.size)
                && (type.isEmpty() || Ascii.equalsIgnoreCase(type.bytes(), 0, type.length(), file.type.bytes(), 0, file.type.length()))
                && (!hasSha1 || Ascii.equals(sha1, 0, SHA_1_BYTES, file.sha1, 0, SHA_1_BYTES))
                && (!hasSha256 || Ascii.equals(sha256, 0, SHA_256_BYTES, file.sha256, 0, SHA_256_BYTES));
    }

    /** Writes the attributes. @param hashes whether the hashes are said. @param disposition whether it is: an answer must not (section 8.3.1) */
    public void write(SdpWriter out, boolean hashes, boolean disposition) {
        ByteSink s = out.name(SELECTOR).sink();
        int start = s.position();
        if (!name.isEmpty()) {
            s.put(NAME);
            putName(s);
            s.put('"');
        }
        if (!type.isEmpty()) {
            s.put(s.position() > start ? " " : "").put(TYPE).put(type);
        }
        if (size != UNKNOWN) {
            s.put(s.position() > start ? " " : "").put(SIZE).putDecimal(size);
        }
        boolean alone = s.position() == start;                  // something has to be said
        if ((hashes || alone) && hasSha1) {
            Hex.putColons(sha1, SHA_1_BYTES, s.put(s.position() > start ? " " : "").put(HASH).put(SHA_1));
        }
        if ((hashes || alone) && hasSha256) {
            Hex.putColons(sha256, SHA_256_BYTES, s.put(s.position() > start ? " " : "").put(HASH).put(SHA_256));
        }
        out.end().name(TRANSFER_ID).sink().put(transferId);
        out.end();
        if (disposition && attachment) {
            out.name(DISPOSITION).sink().put(ATTACHMENT);
            out.end();
        }
        if (ranged) {
            out.name(RANGE).sink().putDecimal(first).put('-');
            if (last == UNKNOWN) {
                out.sink().put('*');
            } else {
                out.sink().putDecimal(last);
            }
            out.end();
        }
    }

    private void putName(ByteSink s) {
        for (int i = 0; i < name.length(); i++) {
            int octet = name.bytes()[i] & 0xFF;
            if (octet < ' ' || octet == '"' || octet == '%' || octet == '/' || octet == '\\' || octet == ':') {
                s.put('%').put(Hex.upper(octet >> 4)).put(Hex.upper(octet));
            } else {
                s.put(octet);
            }
        }
    }
}
