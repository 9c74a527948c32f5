package org.sidetone.uri;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Hex;
import org.sidetone.bytes.Slice;
import org.sidetone.msg.Grammar;
import org.sidetone.msg.ParamsView;
import org.sidetone.port.Flow;

/**
 * View of a URI: {@code sip:user:password@host:port;uri-parameters?headers} (RFC 3261 section 19.1.1), {@code tel:},
 * {@code im:} (RFC 3860), {@code pres:} (RFC 3859); of any other scheme it knows the scheme and the rest alone.
 * Valid until the wrapped array is reused.
 */
public final class UriView {
    public static final int OTHER = 0;
    public static final int SIP = 1;
    public static final int SIPS = 2;
    public static final int TEL = 3;
    public static final int IM = 4;
    public static final int PRES = 5;

    private static final byte[][] SCHEMES = {Ascii.bytes(""), Ascii.bytes("sip"), Ascii.bytes("sips"),
        Ascii.bytes("tel"), Ascii.bytes("im"), Ascii.bytes("pres")};
    private static final byte[] TRANSPORT = Ascii.bytes("transport");
    private static final byte[] UDP = Ascii.bytes("udp");
    private static final byte[] TCP = Ascii.bytes("tcp");
    private static final byte[] TLS = Ascii.bytes("tls");
    private static final byte[] LR = Ascii.bytes("lr");
    private static final byte[] METHOD = Ascii.bytes("method");

    private final Slice whole = new Slice();
    private int scheme;
    private final Slice user = new Slice();
    private final Slice password = new Slice();
    private final Slice host = new Slice();
    private final Slice headers = new Slice();
    private final ParamsView params = new ParamsView();
    private boolean hasUser;
    private int port;
    private final Slice scratch = new Slice();
    private final Slice paramName = new Slice();

    /** @return false when it is not a URI of its scheme's grammar; the view then says nothing */
    public boolean wrap(Slice text) {
        return wrap(text.buffer(), text.offset(), text.length());
    }

    public boolean wrap(byte[] b, int offset, int length) {
        if (scan(b, offset, offset + length) == offset + length) {
            return true;
        }
        clear();
        return false;
    }

    /**
     * Reads a URI that ends at white space, an angle bracket, a quote, or at {@code limit}.
     * @return its end, or {@link Grammar#NO_MATCH} when it is none of its scheme's grammar; the view then says nothing
     */
    public int scan(byte[] b, int offset, int limit) {
        clear();
        int colon = endOfScheme(b, offset, limit);
        if (colon == offset || colon == limit || b[colon] != ':') {
            return Grammar.NO_MATCH;
        }
        int code = schemeOf(b, offset, colon);
        int end = code == OTHER || code == TEL ? wrapOpaque(b, colon + 1, limit, code == TEL) : wrapHierarchy(b, colon + 1, limit);
        if (end <= colon + 1) {
            clear();
            return Grammar.NO_MATCH;
        }
        scheme = code;
        whole.wrap(b, offset, end - offset);
        return end;
    }

    /** The end of a URI from any place in it: white space, control, angle bracket or quote. */
    private static int endOf(byte[] b, int offset, int limit) {
        int at = Ascii.endOfUriPlain(b, offset, limit);
        while (at < limit && (b[at] == '@' || b[at] == ':' || b[at] == '%')) {
            at = Ascii.endOfUriPlain(b, at + 1, limit);
        }
        return at;
    }

    private int wrapOpaque(byte[] b, int start, int limit, boolean tel) {
        int end = endOf(b, start, limit);
        return !tel || escapesAreGood(b, start, end) && wrapTel(b, start, end) ? end : Grammar.NO_MATCH;
    }

    /** {@code [user [":" password] "@"] host [":" port] parameters [headers]}, its user part read as far as it could be one. */
    private int wrapHierarchy(byte[] b, int start, int limit) {
        int at = Ascii.endOfUriPlain(b, start, limit);
        if (at < limit && b[at] == '@') {                                        // as nearly all have it
            if (at == start) {
                return Grammar.NO_MATCH;
            }
            user.wrap(b, start, at - start);
            hasUser = true;
            return wrapHost(b, at + 1, limit);
        }
        int colon = -1;
        while (at < limit && (b[at] == ':' || b[at] == '%')) {
            colon = b[at] == ':' && colon < 0 ? at : colon;
            at = Ascii.endOfUriPlain(b, at + 1, limit);
        }
        if (at == limit || b[at] != '@') {
            return wrapHost(b, start, limit);
        }
        int userEnd = colon < 0 ? at : colon;
        if (userEnd == start || !escapesAreGood(b, start, at)) {
            return Grammar.NO_MATCH;
        }
        user.wrap(b, start, userEnd - start);
        hasUser = true;
        if (colon >= 0) {
            password.wrap(b, colon + 1, at - colon - 1);
        }
        return wrapHost(b, at + 1, limit);
    }

    private int wrapHost(byte[] b, int start, int limit) {
        int hostEnd = Grammar.endOfHost(b, start, limit);
        if (hostEnd < 0) {
            return Grammar.NO_MATCH;
        }
        host.wrap(b, start, hostEnd - start);
        int at = hostEnd;
        if (at < limit && b[at] == ':') {
            long endAndPort = Grammar.endAndPort(b, at + 1, limit);
            if (endAndPort < 0) {
                return Grammar.NO_MATCH;
            }
            port = (int) (endAndPort & 0xFFFF);
            at = (int) (endAndPort >> 16);
        }
        if (at < limit && b[at] == ';') {
            int end = params.scanUri(b, at, limit);
            if (end < 0) {
                return Grammar.NO_MATCH;
            }
            at = end;
        }
        if (at < limit && b[at] == '?') {
            int end = endOf(b, at, limit);
            if (end == at + 1 || !escapesAreGood(b, at, end) || Ascii.indexOf(b, at, end, '@') < end) {
                return Grammar.NO_MATCH;
            }
            headers.wrap(b, at + 1, end - at - 1);
            at = end;
        }
        return at == limit || !Ascii.isUri(b[at]) ? at : Grammar.NO_MATCH;
    }

    private static int endOfScheme(byte[] b, int offset, int limit) {
        if (limit - offset > 3 && b[offset] == 's' && b[offset + 1] == 'i' && b[offset + 2] == 'p' && b[offset + 3] == ':') {
            return offset + 3;
        }
        int at = offset;
        while (at < limit && (Ascii.isAlpha(b[at]) || at > offset && (Ascii.isDigit(b[at]) || b[at] == '+' || b[at] == '-' || b[at] == '.'))) {
            at++;
        }
        return at;
    }

    private static int schemeOf(byte[] b, int offset, int colon) {
        if (colon - offset == 3 && b[offset] == 's' && b[offset + 1] == 'i' && b[offset + 2] == 'p') {
            return SIP;
        }
        for (int i = 1; i < SCHEMES.length; i++) {
            if (Ascii.equalsIgnoreCase(b, offset, colon - offset, SCHEMES[i], 0, SCHEMES[i].length)) {
                return i;
            }
        }
        return OTHER;
    }

    /** Becomes a view of the same URI as another. */
    public void set(UriView other) {
        scheme = other.scheme;
        whole.set(other.whole);
        user.set(other.user);
        password.set(other.password);
        host.set(other.host);
        headers.set(other.headers);
        params.set(other.params);
        hasUser = other.hasUser;
        port = other.port;
    }

    private void clear() {
        scheme = OTHER;
        whole.clear();
        user.clear();
        password.clear();
        host.clear();
        headers.clear();
        params.clear();
        hasUser = false;
        port = 0;
    }

    private boolean wrapTel(byte[] b, int start, int limit) {
        int end = Ascii.indexOf(b, start, limit, ';');
        if (end == start) {
            return false;
        }
        user.wrap(b, start, end - start);
        hasUser = true;
        return params.scanUri(b, end, limit) == limit;
    }

    private static boolean escapesAreGood(byte[] b, int at, int limit) {
        for (int i = at; i < limit; i++) {
            if (b[i] == '%' && (i + 2 >= limit || Hex.value(b[i + 1]) < 0 || Hex.value(b[i + 2]) < 0)) {
                return false;
            }
        }
        return true;
    }

    public int scheme() {
        return scheme;
    }

    public boolean isSip() {
        return scheme == SIP || scheme == SIPS;
    }

    /** Whether it is of the form {@code user@domain}: SIP, SIPS, IM, PRES. */
    public boolean hasDomain() {
        return isSip() || scheme == IM || scheme == PRES;
    }

    /** Whether both are the same user of the same domain, by whichever scheme; an {@code im:} address names whom the {@code sip:} address of the same words names. */
    public boolean isSameUser(UriView other) {
        return hasDomain() && other.hasDomain() && user.equals(other.user) && host.equalsIgnoreCase(other.host);
    }

    public Slice whole() {
        return whole;
    }

    /** As it stands, escapes included; of a tel URI the number. */
    public Slice user() {
        return user;
    }

    public boolean hasUser() {
        return hasUser;
    }

    public Slice password() {
        return password;
    }

    /** An IPv6 reference with its brackets. */
    public Slice host() {
        return host;
    }

    /** 1 to 65535, or 0 when none is given. */
    public int port() {
        return port;
    }

    public ParamsView params() {
        return params;
    }

    /** What follows the question mark. */
    public Slice headers() {
        return headers;
    }

    public boolean isLooseRouter() {
        return params.has(LR);
    }

    public boolean hasTransport() {
        return params.has(TRANSPORT);
    }

    /** A code of {@link Flow}, {@code NONE} when not said, -1 for a transport that we do not have. */
    public int transport() {
        if (!params.find(TRANSPORT, scratch)) {
            return scheme == SIPS ? Flow.TLS : Flow.NONE;
        }
        return scratch.equalsIgnoreCase(UDP) ? Flow.UDP
                : scratch.equalsIgnoreCase(TCP) ? scheme == SIPS ? Flow.TLS : Flow.TCP
                : scratch.equalsIgnoreCase(TLS) ? Flow.TLS : -1;
    }

    /** Appends the URI as it may stand in a Request-URI: without headers and without a method (RFC 3261 section 19.1.1, table 1). */
    public void putRequestUri(ByteSink out) {
        int start = whole.offset();
        int end = params.count() == 0 ? headers.isEmpty() ? whole.limit() : headers.offset() - 1 : params.all(scratch).offset();
        out.put(whole.buffer(), start, end - start);
        params.rewind();
        while (params.next(paramName, scratch)) {
            if (!paramName.equalsIgnoreCase(METHOD)) {
                out.put(';').put(paramName);
                if (!scratch.isEmpty()) {
                    out.put('=').put(scratch);
                }
            }
        }
    }

    /** Appends what a request is sent to: an im: or pres: URI as the SIP URI of the same user and domain (RFC 3428 section 5, RFC 3856 section 5), any other as it stands. */
    public void putAsSip(ByteSink out) {
        if (scheme != IM && scheme != PRES) {
            out.put(whole);
            return;
        }
        out.put("sip:");
        if (hasUser) {
            out.put(user).put('@');
        }
        out.put(host);
    }

    /** Appends the address of record this URI stands for, {@code sip:user@host}: user unescaped where nothing needs the
     *  escape, host in lower case, no port, no parameters (RFC 3261 section 10.3, step 5). */
    public void putAddressOfRecord(ByteSink out) {
        out.put(scheme == SIPS ? "sips:" : "sip:");
        if (hasUser) {
            putUser(out);
            out.put('@');
        }
        for (int i = 0; i < host.length(); i++) {
            out.put(Ascii.lower(host.byteAt(i)));
        }
    }

    /** Appends the user in the one form that all of its spellings have: escapes resolved that nothing needs (section 10.3, step 5). */
    public void putUser(ByteSink out) {
        byte[] b = user.buffer();
        for (int i = user.offset(); i < user.limit(); i++) {
            if (b[i] != '%') {
                out.put(b[i]);
                continue;
            }
            int octet = Hex.value(b[i + 1]) << 4 | Hex.value(b[i + 2]);
            if (isPlainUserOctet(octet)) {
                out.put(octet);
            } else {
                out.put('%').put(Hex.digit(octet >> 4)).put(Hex.digit(octet));
            }
            i += 2;
        }
    }

    /** {@code unreserved / user-unreserved}, section 25.1. */
    private static boolean isPlainUserOctet(int c) {
        return Ascii.isAlpha(c) || Ascii.isDigit(c) || c == '-' || c == '_' || c == '.' || c == '!' || c == '~' || c == '*'
                || c == '\'' || c == '(' || c == ')' || c == '&' || c == '=' || c == '+' || c == '$' || c == ',' || c == ';'
                || c == '?' || c == '/';
    }
}
