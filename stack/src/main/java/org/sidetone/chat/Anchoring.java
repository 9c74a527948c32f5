package org.sidetone.chat;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.sdp.MsrpMedia;
import org.sidetone.doc.sdp.SessionDescription;
import org.sidetone.msrp.MsrpUri;
import org.sidetone.msrp.PathView;
import org.sidetone.port.Flow;
import org.sidetone.uri.IpText;

/**
 * What a description says of a middlebox that media are to pass (RFC 6714): one that changed the address in the c- and m-line and left the path alone.
 * Chats through relays of our own go by RFC 4975 alone. An MSRP URI with a name is taken for one that fits, since it cannot be compared here and now.
 */
final class Anchoring {
    private static final byte[] IN = Ascii.bytes("IN ");
    private static final int FAMILY_LENGTH = 4;
    private static final int DISCARD = 9;

    /** Where the c- and m-line lead; {@link Flow#NONE}: nowhere that can be told. */
    final Flow line = new Flow();
    private final MsrpUri uri = new MsrpUri();
    private final Flow address = new Flow();
    private final Slice value = new Slice();
    private boolean said;
    private boolean fits;
    private boolean relayed;

    /** Reads what the other side's description says. */
    void read(SessionDescription sdp, int media, PathView path) {
        said = sdp.attribute(media, MsrpMedia.CEMA, value);
        relayed = path.count() > 1;
        line.clear();
        sdp.connection(media, value);
        int at = value.offset() + IN.length + FAMILY_LENGTH;
        boolean known = at < value.limit() && Ascii.startsWith(value.buffer(), value.offset(), value.limit(), IN)
                && IpText.parse(value.buffer(), at, value.limit() - at, line, Flow.TCP, sdp.port(media));
        fits = !known || sdp.port(media) == DISCARD;             // who connects himself need not say where he is (RFC 6135 section 4.2.1)
        for (int i = 0; i < path.count(); i++) {
            path.uri(i, uri);
            fits |= !uri.numeric(address) || address.sameAddress(line) && uri.port() == sdp.port(media);
        }
        if (!known) {
            line.clear();
        }
    }

    /** Whether the offer cannot be right: somebody changed it who does nothing for us (section 4.3). */
    boolean isBroken() {
        return !said && !fits;
    }

    /** Whether our answer says that we do as the offer wants (section 4.3). @param theyConnect by their setup. @param relays whether we use some */
    boolean answers(boolean theyConnect, boolean relays) {
        return said && !relays && !(relayed && theyConnect);
    }

    /** Whether the answer to an offer of ours that spoke of it cannot be lived with, so that another without it is due (section 4.2). */
    boolean needsAnother(boolean theyConnect) {
        return isBroken() && (theyConnect || relayed);
    }

    /** Whether the connection that we make after such an answer goes where the c- and m-line lead. */
    boolean isByLine() {
        return line.isSet() && (said || !relayed);
    }
}
