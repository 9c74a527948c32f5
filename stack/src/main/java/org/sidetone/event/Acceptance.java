package org.sidetone.event;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;
import org.sidetone.msg.MediaTypeView;
import org.sidetone.sip.Header;
import org.sidetone.sip.SipMessage;

/** What the Accept header fields of a request say of a content type (RFC 3261 section 20.1). */
final class Acceptance {
    /** Not accepted. */
    static final int NO = -1;
    private static final int UNNAMED = -2;
    private static final int MOST = 1000;
    private static final byte[] ANY = Ascii.bytes("*/*");
    private static final byte[] STAR = Ascii.bytes("*");
    private static final byte[] Q = Ascii.bytes("q");

    private final MediaTypeView type = new MediaTypeView();
    private final Slice slice = new Slice();

    /** How much it is wanted, in thousandths, or {@link #NO}. What names it counts before a range that covers it. */
    int quality(SipMessage request, byte[] contentType) {
        int named = UNNAMED;
        int covered = NO;
        for (int i = 0; request.element(Header.ACCEPT, i, slice); i++) {
            if (type.wrap(slice) && type.is(contentType)) {
                named = Math.max(named, thousandths());
            } else if (covers(contentType)) {
                covered = Math.max(covered, thousandths());
            }
        }
        return named == UNNAMED ? covered : named;
    }

    private boolean covers(byte[] contentType) {
        int slash = type.type().length();
        return type.is(ANY) || type.subtype().equals(STAR) && slash < contentType.length && contentType[slash] == '/'
                && Ascii.equalsIgnoreCase(type.type().buffer(), type.type().offset(), slash, contentType, 0, slash);
    }

    /** The q of the range just read; one that is 0 is a refusal. */
    private int thousandths() {
        if (!type.params().find(Q, slice)) {
            return MOST;
        }
        int n = 0;
        int weight = MOST;
        for (int i = 0; i < slice.length() && weight > 0; i++) {
            if (Ascii.isDigit(slice.byteAt(i))) {
                n += weight * (slice.byteAt(i) - '0');
                weight /= 10;
            }
        }
        return n == 0 ? NO : Math.min(n, MOST);
    }
}
