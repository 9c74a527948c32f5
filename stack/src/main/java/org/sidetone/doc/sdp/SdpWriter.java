package org.sidetone.doc.sdp;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Flow;
import org.sidetone.uri.IpText;

/** Writes a session description (RFC 8866) forward into the caller's sink. */
public final class SdpWriter {
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] BEGIN = Ascii.bytes("v=0\r\no=- ");
    private static final byte[] NAME = Ascii.bytes("s=-\r\n");
    private static final byte[] TIME = Ascii.bytes("t=0 0\r\n");

    private ByteSink out;
    private final Slice slice = new Slice();

    /**
     * Everything before the media.
     * @param id of the session, the same as long as it lives. @param version greater by one with each change (RFC 3264 section 8)
     */
    public SdpWriter begin(ByteSink sink, long id, long version, Flow address) {
        out = sink;
        out.put(BEGIN).putDecimal(id).put(' ').putDecimal(version);
        putAddress(address);
        out.put(CRLF).put(NAME).put('c').put('=');
        int at = out.position();
        putAddress(address);
        if (!out.overflowed()) {
            System.arraycopy(out.buffer(), at + 1, out.buffer(), at, out.position() - at - 1);
            out.truncate(out.position() - 1);
        }
        out.put(CRLF).put(TIME);
        return this;
    }

    /** {@code IN IP4 192.0.2.1}, a space before it. */
    private void putAddress(Flow address) {
        out.put(address.isIpv4() ? " IN IP4 " : " IN IP6 ");
        int at = out.position();
        IpText.put(address, out);
        if (!address.isIpv4() && !out.overflowed()) {                            // without brackets
            System.arraycopy(out.buffer(), at + 1, out.buffer(), at, out.position() - at - 2);
            out.truncate(out.position() - 2);
        }
    }

    /** {@code m=type port protocol formats}. */
    public SdpWriter media(byte[] type, int port, byte[] protocol, byte[] formats) {
        out.put('m').put('=').put(type).put(' ').putDecimal(port).put(' ').put(protocol).put(' ').put(formats).put(CRLF);
        return this;
    }

    /** The answer to a medium that is not wanted: its own line, port 0 (RFC 3264 section 6). */
    public SdpWriter refuse(SessionDescription offer, int media) {
        out.put('m').put('=').put(offer.type(media, slice)).put(' ').put('0').put(' ').put(offer.protocol(media, slice)).put(' ');
        out.put(offer.formats(media, slice)).put(CRLF);
        mirror(offer, media, FileDescription.SELECTOR);
        mirror(offer, media, FileDescription.TRANSFER_ID);
        return this;
    }

    /** What names a file is said again where it is refused (RFC 5547 section 8.3). */
    private void mirror(SessionDescription offer, int media, byte[] name) {
        if (offer.attribute(media, name, slice)) {
            name(name).out.put(slice).put(CRLF);
        }
    }

    /** {@code a=name:}; the value follows through {@link #sink}, then {@link #end}. */
    public SdpWriter name(byte[] name) {
        out.put('a').put('=').put(name).put(':');
        return this;
    }

    public SdpWriter end() {
        out.put(CRLF);
        return this;
    }

    public SdpWriter attribute(byte[] name, String value) {
        name(name).out.put(value).put(CRLF);
        return this;
    }

    public SdpWriter flag(byte[] name) {
        out.put('a').put('=').put(name).put(CRLF);
        return this;
    }

    /** A direction other than sendrecv, which is not said. */
    public SdpWriter direction(int direction) {
        return direction == SessionDescription.SENDRECV ? this : flag(SessionDescription.directionName(direction));
    }

    public ByteSink sink() {
        return out;
    }
}
