package org.sidetone.session;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.sip.Header;
import org.sidetone.sip.NameAddrView;
import org.sidetone.sip.SipMessage;
import org.sidetone.uri.UriComparison;
import org.sidetone.uri.UriView;

/** Where else an INVITE could go, out of the Contacts of 3xx responses, the best first, each once (RFC 3261 section 8.1.3.4). */
final class Redirects {
    private static final int MAXIMUM = 6;
    private static final int URI_BYTES = 224;

    private final FixedText[] uris = new FixedText[MAXIMUM];
    private final int[] ranks = new int[MAXIMUM];
    private final boolean[] tried = new boolean[MAXIMUM];
    private int count;
    private final NameAddrView address = new NameAddrView();
    private final UriView one = new UriView();
    private final UriView other = new UriView();
    private final UriComparison comparison = new UriComparison();
    private final Slice slice = new Slice();

    Redirects() {
        for (int i = 0; i < MAXIMUM; i++) {
            uris[i] = new FixedText(URI_BYTES);
        }
    }

    /** @param first the target that is being tried */
    void begin(Slice first) {
        count = 0;
        add(first, 0);
        if (count > 0) {
            tried[0] = true;
        }
    }

    void take(SipMessage redirection) {
        for (int i = 0; redirection.address(Header.CONTACT, i, address); i++) {
            if (!address.isStar() && address.parsed().isSip()) {
                add(address.uri(), address.q() < 0 ? 1000 : address.q());
            }
        }
    }

    private void add(Slice uri, int rank) {
        for (int i = 0; i < count; i++) {
            if (one.wrap(uris[i].slice(slice)) && other.wrap(uri) && comparison.equal(one, other)) {
                return;
            }
        }
        if (count < MAXIMUM && uris[count].set(uri)) {
            ranks[count] = rank;
            tried[count++] = false;
        }
    }

    /** The best that was not tried; false: there is none. */
    boolean next(Slice out) {
        int best = -1;
        for (int i = 0; i < count; i++) {
            if (!tried[i] && (best < 0 || ranks[i] > ranks[best])) {
                best = i;
            }
        }
        if (best < 0) {
            return false;
        }
        tried[best] = true;
        uris[best].slice(out);
        return true;
    }
}
