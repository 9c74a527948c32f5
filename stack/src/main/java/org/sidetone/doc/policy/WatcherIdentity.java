package org.sidetone.doc.policy;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.uri.DomainNames;
import org.sidetone.uri.UriView;

/** Who asks, as a URI (RFC 5025 section 3.1.1.2), and whom a condition means. URIs of different schemes are never the same. */
final class WatcherIdentity {
    private static final int URI_BYTES = 256;

    private final UriView uri = new UriView();
    private final DomainNames domains = new DomainNames();
    private final FixedText own = new FixedText(URI_BYTES);
    private final FixedText other = new FixedText(URI_BYTES);
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private final Slice domain = new Slice();

    /** @param watcher empty: nobody that was authenticated */
    void set(Slice watcher) {
        normalize(watcher, own);
    }

    boolean isAuthenticated() {
        return !own.isEmpty();
    }

    /** @param id of a condition, references resolved */
    boolean is(Slice id) {
        normalize(id, other);
        return !own.isEmpty() && own.equals(other);
    }

    /** Whether the watcher's URI has this domain: what follows the at sign. */
    boolean isOf(Slice wanted) {
        own.slice(slice);
        int at = -1;
        for (int i = 0; i < slice.length(); i++) {
            at = slice.byteAt(i) == '@' ? i : at;
        }
        return at >= 0 && domains.same(domain.wrap(slice.buffer(), slice.offset() + at + 1, slice.length() - at - 1), wanted);
    }

    /** sip and sips: the address of record; tel: without what is there for the eye; any other: scheme and domain in lower case. Empty when too long. */
    private void normalize(Slice raw, FixedText out) {
        out.sink(sink);
        if (uri.wrap(raw) && uri.isSip()) {
            uri.putAddressOfRecord(sink);
        } else {
            other(raw);
        }
        if (!out.take(sink)) {
            out.clear();
        }
    }

    private void other(Slice raw) {
        int colon = Ascii.indexOf(raw.buffer(), raw.offset(), raw.limit(), ':') - raw.offset();
        boolean tel = colon == 3 && Ascii.lower(raw.byteAt(0)) == 't' && Ascii.lower(raw.byteAt(1)) == 'e' && Ascii.lower(raw.byteAt(2)) == 'l';
        boolean inDomain = false;
        for (int i = 0; i < raw.length(); i++) {
            int c = raw.byteAt(i);
            boolean separator = c == '-' || c == '.' || c == '(' || c == ')';
            if (!tel || i <= colon || !separator) {
                sink.put(i < colon || inDomain || tel ? Ascii.lower(c) : c);
            }
            inDomain |= c == '@';
        }
    }
}
