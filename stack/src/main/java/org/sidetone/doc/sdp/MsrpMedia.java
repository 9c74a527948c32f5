package org.sidetone.doc.sdp;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;
import org.sidetone.msg.MediaTypeView;

/** What a media description for MSRP says: RFC 4975 section 8, RFC 6135, RFC 8122, RFC 5547 section 6, RFC 7701 section 8. */
public final class MsrpMedia {
    public static final byte[] MESSAGE = Ascii.bytes("message");
    public static final byte[] TCP = Ascii.bytes("TCP/MSRP");
    public static final byte[] TLS = Ascii.bytes("TCP/TLS/MSRP");
    public static final byte[] ANY_FORMAT = Ascii.bytes("*");
    public static final byte[] PATH = Ascii.bytes("path");
    public static final byte[] ACCEPT_TYPES = Ascii.bytes("accept-types");
    public static final byte[] ACCEPT_WRAPPED_TYPES = Ascii.bytes("accept-wrapped-types");
    public static final byte[] MAX_SIZE = Ascii.bytes("max-size");
    public static final byte[] SETUP = Ascii.bytes("setup");
    public static final byte[] CEMA = Ascii.bytes("msrp-cema");
    public static final byte[] CHATROOM = Ascii.bytes("chatroom");

    /** Nothing, or holdconn, which counts as nothing (RFC 6135 section 4.2.1). */
    public static final int NO_SETUP = 0;
    public static final int ACTIVE = 1;
    public static final int PASSIVE = 2;
    public static final int ACTPASS = 3;

    private static final byte[][] SETUPS = {Ascii.bytes(""), Ascii.bytes("active"), Ascii.bytes("passive"), Ascii.bytes("actpass")};

    private final Slice value = new Slice();
    private final Slice entry = new Slice();
    private final MediaTypeView type = new MediaTypeView();
    private final MediaTypeView mimeType = new MediaTypeView();

    /** The first medium that could carry a message session: of this type and protocol, with a port and a path, and not for a file. @return its index, or -1 */
    public int find(SessionDescription sdp) {
        return find(sdp, false);
    }

    /** The first that is for a file. */
    public int findFile(SessionDescription sdp) {
        return find(sdp, true);
    }

    private int find(SessionDescription sdp, boolean file) {
        for (int i = 0; i < sdp.media(); i++) {
            if (FileDescription.isFile(sdp, i, value) == file && sdp.port(i) != 0 && sdp.type(i, value).equals(MESSAGE) && (sdp.protocol(i, value).equalsIgnoreCase(TCP) || value.equalsIgnoreCase(TLS))
                    && sdp.attribute(i, PATH, value) && sdp.attribute(i, ACCEPT_TYPES, value)) {
                return i;
            }
        }
        return -1;
    }

    public int setup(SessionDescription sdp, int media) {
        if (sdp.attributeOrSession(media, SETUP, value)) {
            for (int i = ACTIVE; i <= ACTPASS; i++) {
                if (value.equalsIgnoreCase(SETUPS[i])) {
                    return i;
                }
            }
        }
        return NO_SETUP;
    }

    public static byte[] setupName(int setup) {
        return SETUPS[setup];
    }

    /** Octets of a message that the other side wants at most; -1: it does not say. */
    public long maxSize(SessionDescription sdp, int media) {
        return sdp.attribute(media, MAX_SIZE, value) ? Ascii.decimal(value.buffer(), value.offset(), value.limit(), Long.MAX_VALUE) : -1;
    }

    /** Whether a type may be sent as it is (RFC 4975 section 8.6). @param mime as {@code text/plain} */
    public boolean accepts(SessionDescription sdp, int media, byte[] mime) {
        return sdp.attribute(media, ACCEPT_TYPES, value) && lists(value, mime);
    }

    /** The same for a type that may have parameters. */
    public boolean accepts(SessionDescription sdp, int media, Slice mime) {
        return mimeType.wrap(mime) && sdp.attribute(media, ACCEPT_TYPES, value) && lists(value, null);
    }

    /** Whether a type may be sent within a container that is accepted. */
    public boolean acceptsWrapped(SessionDescription sdp, int media, byte[] mime) {
        return accepts(sdp, media, mime) || sdp.attribute(media, ACCEPT_WRAPPED_TYPES, value) && lists(value, mime);
    }

    /** The same for a type that may have parameters. */
    public boolean acceptsWrapped(SessionDescription sdp, int media, Slice mime) {
        return accepts(sdp, media, mime) || mimeType.wrap(mime) && sdp.attribute(media, ACCEPT_WRAPPED_TYPES, value) && lists(value, null);
    }

    /** Whether a type is the one liked most (RFC 4975 section 13: message/cpim first asks for it always). */
    public boolean prefers(SessionDescription sdp, int media, byte[] mime) {
        if (!sdp.attribute(media, ACCEPT_TYPES, value)) {
            return false;
        }
        int end = Ascii.indexOf(value.buffer(), value.offset(), value.limit(), ' ');
        return matches(entry.wrap(value.buffer(), value.offset(), end - value.offset()), mime, false);
    }

    /** @param mime null: {@link #mimeType} */
    private boolean lists(Slice formats, byte[] mime) {
        for (int at = formats.offset(); at < formats.limit(); ) {
            int end = Ascii.indexOf(formats.buffer(), at, formats.limit(), ' ');
            if (matches(entry.wrap(formats.buffer(), at, end - at), mime, true)) {
                return true;
            }
            at = end + 1;
        }
        return false;
    }

    /** {@code type/subtype}, {@code type/*} or {@code *}; parameters match what has none. */
    private boolean matches(Slice format, byte[] mime, boolean stars) {
        if (format.equals(ANY_FORMAT)) {
            return stars;
        }
        if (!type.wrap(format)) {
            return false;
        }
        if (mime == null) {
            return type.type().equalsIgnoreCase(mimeType.type()) && (type.subtype().equalsIgnoreCase(mimeType.subtype()) || type.subtype().equals(ANY_FORMAT));
        }
        int slash = Ascii.indexOf(mime, 0, mime.length, '/');
        return type.is(mime) || stars && type.subtype().equals(ANY_FORMAT)
                && Ascii.equalsIgnoreCase(mime, 0, slash, type.type().buffer(), type.type().offset(), type.type().length());
    }
}
