package org.sidetone.chat;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.composing.IsComposing;
import org.sidetone.doc.cpim.CpimView;
import org.sidetone.doc.sdp.MsrpMedia;
import org.sidetone.doc.sdp.SessionDescription;
import org.sidetone.im.MessageBody;

/** Which contents the other side takes, and how (RFC 4975 sections 8.6 and 13). */
final class PeerLikes {
    static final byte[] PKCS7_MIME = Ascii.bytes("application/pkcs7-mime");

    boolean plain;
    boolean wrappedPlain;
    /** Texts go wrapped: it likes that best, or takes them no other way. */
    boolean wraps;
    boolean composing;
    boolean wrappedComposing;
    /** It takes what is signed and sealed. */
    boolean sealed;
    long maxSize;

    void read(SessionDescription sdp, int media, MsrpMedia msrp) {
        boolean cpim = msrp.accepts(sdp, media, CpimView.CONTENT_TYPE);
        plain = msrp.accepts(sdp, media, MessageBody.TEXT_PLAIN);
        wrappedPlain = cpim && msrp.acceptsWrapped(sdp, media, MessageBody.TEXT_PLAIN);
        wraps = wrappedPlain && (!plain || msrp.prefers(sdp, media, CpimView.CONTENT_TYPE));
        composing = msrp.accepts(sdp, media, IsComposing.CONTENT_TYPE);
        wrappedComposing = cpim && msrp.acceptsWrapped(sdp, media, IsComposing.CONTENT_TYPE);
        sealed = msrp.accepts(sdp, media, PKCS7_MIME);
        maxSize = msrp.maxSize(sdp, media);
    }

    boolean takesText() {
        return plain || wrappedPlain;
    }

    boolean takesComposing() {
        return wraps ? wrappedComposing : composing;
    }

    /** Whether a content of this size is not too large (section 8.6). */
    boolean takesSize(Slice content) {
        return maxSize < 0 || content.length() <= maxSize;
    }
}
