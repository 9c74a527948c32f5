package org.sidetone.sip.ua;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.msg.Grammar;
import org.sidetone.sip.NameAddrView;
import org.sidetone.sip.dialog.Dialog;

/** A route set whose first proxy knows no loose routing (RFC 3261 section 12.2.1.1): it becomes the Request-URI. One for all requests of an agent. */
final class StrictRoute {
    private final NameAddrView first = new NameAddrView();
    private final FixedText requestUri = new FixedText(160);
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();

    /** @param uri receives the Request-URI, until the next call. @return false when the first route is a loose router, or there is none */
    boolean applies(Dialog dialog, Slice uri) {
        if (dialog.routeSet.isEmpty() || !first.firstOf(dialog.routeSet.slice(slice)) || first.parsed().isLooseRouter()) {
            return false;
        }
        first.parsed().putRequestUri(requestUri.sink(sink));
        if (!requestUri.take(sink)) {
            return false;
        }
        requestUri.slice(uri);
        return true;
    }

    /** Appends the other routes, and the target as the last of them. */
    void putRoutes(Dialog dialog, ByteSink out) {
        byte[] b = dialog.routeSet.bytes();
        int limit = dialog.routeSet.length();
        int rest = Ascii.skipLws(b, Math.min(limit, Grammar.endOfElement(b, 0, limit) + 1), limit);
        out.put(b, rest, limit - rest).put(rest < limit ? ", <" : "<").put(dialog.remoteTarget).put('>');
    }
}
