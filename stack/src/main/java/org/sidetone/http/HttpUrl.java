package org.sidetone.http;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;

/** View of an http or https URI: {@code scheme "://" host [":" port] [path]} (RFC 7230 section 2.7). Valid until the array is reused. */
public final class HttpUrl {
    private static final byte[] HTTP = Ascii.bytes("http://");
    private static final byte[] HTTPS = Ascii.bytes("https://");
    private static final int PORT = 80;
    private static final int SECURE_PORT = 443;
    private static final int MAX_PORT = 65_535;

    private boolean secure;
    private final Slice authority = new Slice();
    private final Slice host = new Slice();
    private final Slice path = new Slice();
    private int port;

    /** @return false when it is none; the view is empty then */
    public boolean wrap(Slice text) {
        byte[] b = text.buffer();
        int limit = text.limit();
        secure = Ascii.startsWithIgnoreCase(b, text.offset(), limit, HTTPS);
        host.clear();
        path.clear();
        if (!secure && !Ascii.startsWithIgnoreCase(b, text.offset(), limit, HTTP)) {
            return false;
        }
        int at = text.offset() + (secure ? HTTPS.length : HTTP.length);
        int end = Ascii.indexOf(b, at, limit, '/');
        authority.wrap(b, at, end - at);
        path.wrap(b, end, limit - end);
        int hostEnd = at < end && b[at] == '[' ? Ascii.indexOf(b, at, end, ']') + 1 : Ascii.indexOf(b, at, end, ':');
        port = secure ? SECURE_PORT : PORT;
        if (hostEnd < end) {
            long said = b[hostEnd] == ':' && hostEnd + 1 < end ? Ascii.decimal(b, hostEnd + 1, end, MAX_PORT) : -1;
            if (said <= 0) {
                return false;
            }
            port = (int) said;
        }
        boolean good = hostEnd > at && hostEnd <= end;
        for (int i = at; i < limit; i++) {
            good &= b[i] > ' ' && b[i] < 127 && b[i] != '"' && b[i] != '<' && b[i] != '>';
        }
        if (good) {
            host.wrap(b, at, hostEnd - at);
        }
        return good;
    }

    public boolean isSecure() {
        return secure;
    }

    public Slice host() {
        return host;
    }

    /** Host and port as they stand. */
    public Slice authority() {
        return authority;
    }

    public int port() {
        return port;
    }

    /** From the slash on; may be empty. */
    public Slice path() {
        return path;
    }
}
