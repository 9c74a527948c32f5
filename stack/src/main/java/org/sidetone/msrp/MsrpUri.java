package org.sidetone.msrp;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Hex;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Flow;
import org.sidetone.uri.IpText;

/**
 * View of an MSRP URI, {@code msrp://user@host:port/session-id;tcp} (RFC 4975 section 9). Valid until the wrapped array is reused.
 */
public final class MsrpUri {
    /** The recommended port (section 15.4); no default: a URI in a session description always names one. */
    public static final int RECOMMENDED_PORT = 2855;

    private static final byte[] MSRP = Ascii.bytes("msrp://");
    private static final byte[] MSRPS = Ascii.bytes("msrps://");
    private static final byte[] TCP = Ascii.bytes("tcp");
    private static final int MAX_PORT = 0xFFFF;

    private final Slice whole = new Slice();
    private final Slice user = new Slice();
    private final Slice host = new Slice();
    private final Slice sessionId = new Slice();
    private final Slice transport = new Slice();
    private final Flow numeric = new Flow();
    private boolean secure;
    private boolean isNumeric;
    private int port;

    /** @return false when it is no MSRP URI; the view then says nothing */
    public boolean wrap(Slice text) {
        return wrap(text.buffer(), text.offset(), text.length());
    }

    public boolean wrap(byte[] b, int offset, int length) {
        if (scan(b, offset, offset + length)) {
            whole.wrap(b, offset, length);
            return true;
        }
        whole.clear();
        host.clear();
        sessionId.clear();
        transport.clear();
        port = 0;
        return false;
    }

    private boolean scan(byte[] b, int offset, int limit) {
        secure = Ascii.startsWithIgnoreCase(b, offset, limit, MSRPS);
        if (!secure && !Ascii.startsWithIgnoreCase(b, offset, limit, MSRP)) {
            return false;
        }
        int at = offset + (secure ? MSRPS.length : MSRP.length);
        int end = at;
        while (end < limit && b[end] != '/' && b[end] != ';') {
            if (b[end] <= ' ' || b[end] == '"' || b[end] == '<' || b[end] == '>') {
                return false;
            }
            end++;
        }
        return readAuthority(b, at, end) && readRest(b, end, limit);
    }

    private boolean readAuthority(byte[] b, int start, int end) {
        int at = Ascii.indexOf(b, start, end, '@');
        user.wrap(b, start, at < end ? at - start : 0);
        int hostAt = at < end ? at + 1 : start;
        int hostEnd = b[hostAt < end ? hostAt : start] == '[' ? Ascii.indexOf(b, hostAt, end, ']') + 1 : Ascii.indexOf(b, hostAt, end, ':');
        if (hostEnd > end || hostEnd == hostAt) {
            return false;
        }
        host.wrap(b, hostAt, hostEnd - hostAt);
        port = 0;
        if (hostEnd < end) {
            port = b[hostEnd] == ':' ? (int) Ascii.decimal(b, hostEnd + 1, end, MAX_PORT) : -1;
            if (port <= 0) {
                return false;
            }
        }
        isNumeric = IpText.parse(b, hostAt, hostEnd - hostAt, numeric, secure ? Flow.TLS : Flow.TCP, port);
        return !secure || !isNumeric || port > 0;                          // an address has no records that name the port (RFC 4976 section 8)
    }

    private boolean readRest(byte[] b, int start, int limit) {
        int at = start;
        sessionId.clear();
        if (at < limit && b[at] == '/') {
            int end = Ascii.indexOf(b, at, limit, ';');
            for (int i = at + 1; i < end; i++) {
                if (!isSessionId(b[i])) {
                    return false;
                }
            }
            if (end == at + 1) {
                return false;
            }
            sessionId.wrap(b, at + 1, end - at - 1);
            at = end;
        }
        if (at + 1 >= limit) {
            return false;
        }
        int end = Ascii.indexOf(b, at + 1, limit, ';');
        for (int i = at + 1; i < end; i++) {
            if (!Ascii.isAlpha(b[i]) && !Ascii.isDigit(b[i])) {
                return false;
            }
        }
        transport.wrap(b, at + 1, end - at - 1);
        for (int i = end; i < limit; i++) {
            if (b[i] <= ' ') {
                return false;
            }
        }
        return end > at + 1;
    }

    private static boolean isSessionId(int c) {
        return Ascii.isAlpha(c) || Ascii.isDigit(c) || c == '-' || c == '.' || c == '_' || c == '~' || c == '+' || c == '=' || c == '/';
    }

    /** Comparison by section 6.1. */
    public boolean isSame(MsrpUri other) {
        return secure == other.secure && port == other.port && sessionId.equals(other.sessionId)
                && transport.equalsIgnoreCase(other.transport) && isSameHost(other);
    }

    private boolean isSameHost(MsrpUri other) {
        if (isNumeric || other.isNumeric) {
            return isNumeric && other.isNumeric && numeric.sameAddress(other.numeric);
        }
        return host.equalsIgnoreCase(other.host) || isSameDecoded(host, other.host);
    }

    /** Rule 2: percent-encoded characters are the characters that they stand for. */
    private static boolean isSameDecoded(Slice a, Slice b) {
        int i = 0;
        int k = 0;
        while (i < a.length() && k < b.length()) {
            if (Ascii.lower(decoded(a, i)) != Ascii.lower(decoded(b, k))) {
                return false;
            }
            i += width(a, i);
            k += width(b, k);
        }
        return i == a.length() && k == b.length();
    }

    private static int width(Slice s, int at) {
        return s.byteAt(at) == '%' && at + 2 < s.length() && Hex.value(s.byteAt(at + 1)) >= 0 && Hex.value(s.byteAt(at + 2)) >= 0 ? 3 : 1;
    }

    private static int decoded(Slice s, int at) {
        return width(s, at) == 1 ? s.byteAt(at) : Hex.value(s.byteAt(at + 1)) << 4 | Hex.value(s.byteAt(at + 2));
    }

    public Slice whole() {
        return whole;
    }

    /** May be empty. */
    public Slice user() {
        return user;
    }

    public boolean isSecure() {
        return secure;
    }

    public Slice host() {
        return host;
    }

    /** 0: none is named. */
    public int port() {
        return port;
    }

    /** Empty: the URI means a device, no session. */
    public Slice sessionId() {
        return sessionId;
    }

    public boolean isTcp() {
        return transport.equalsIgnoreCase(TCP);
    }

    /** Where a numeric host leads, with the port that is named. @return false for a name */
    public boolean numeric(Flow out) {
        if (isNumeric) {
            out.set(numeric);
        }
        return isNumeric;
    }
}
