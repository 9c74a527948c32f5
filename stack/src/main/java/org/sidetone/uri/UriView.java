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

    /** @return false when it is not a URI of its scheme's grammar; the view then says nothing */
    public boolean wrap(Slice text) {
        return wrap(text.buffer(), text.offset(), text.length());
    }

    public boolean wrap(byte[] b, int offset, int length) {
        clear();
        int limit = offset + length;
        int colon = offset;
        while (colon < limit && (Ascii.isAlpha(b[colon]) || colon > offset && (Ascii.isDigit(b[colon])
                || b[colon] == '+' || b[colon] == '-' || b[colon] == '.'))) {
            colon++;
        }
        if (colon == offset || colon == limit || b[colon] != ':' || colon + 1 == limit) {
            return false;
        }
        int code = OTHER;
        for (int i = 1; i < SCHEMES.length; i++) {
            if (Ascii.equalsIgnoreCase(b, offset, colon - offset, SCHEMES[i], 0, SCHEMES[i].length)) {
                code = i;
            }
        }
        for (int i = colon + 1; i < limit; i++) {
            if (b[i] <= ' ' && b[i] >= 0 || b[i] == '<' || b[i] == '>' || b[i] == '"') {
                return false;
            }
        }
        boolean good = code == OTHER || (code == TEL ? wrapTel(b, colon + 1, limit) : wrapHierarchy(b, colon + 1, limit));
        if (!good) {
            clear();
            return false;
        }
        scheme = code;
        whole.wrap(b, offset, length);
        return true;
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
        return params.wrap(b, end, limit);
    }

    private boolean wrapHierarchy(byte[] b, int start, int limit) {
        int at = start;
        int userEnd = Ascii.indexOf(b, start, limit, '@');
        if (userEnd < limit) {
            int colon = Ascii.indexOf(b, start, userEnd, ':');
            if (colon == start || !escapesAreGood(b, start, userEnd)) {
                return false;
            }
            user.wrap(b, start, colon - start);
            hasUser = true;
            if (colon < userEnd) {
                password.wrap(b, colon + 1, userEnd - colon - 1);
            }
            at = userEnd + 1;
        }
        int hostEnd = Grammar.endOfHost(b, at, limit);
        if (hostEnd < 0) {
            return false;
        }
        host.wrap(b, at, hostEnd - at);
        at = hostEnd;
        if (at < limit && b[at] == ':') {
            int portEnd = Ascii.endOfDigits(b, at + 1, limit);
            port = (int) Ascii.decimal(b, at + 1, portEnd, 65535);
            if (port <= 0) {
                return false;
            }
            at = portEnd;
        }
        int question = Ascii.indexOf(b, at, limit, '?');
        if (question < limit) {
            if (question + 1 == limit) {
                return false;
            }
            headers.wrap(b, question + 1, limit - question - 1);
        }
        return uriParametersAreGood(b, at, question) && wrapUriParameters(b, at, question);
    }

    /** {@code paramchar} has more characters than {@code token}; the ones outside are stepped over here and kept raw. */
    private boolean wrapUriParameters(byte[] b, int at, int limit) {
        return params.wrap(b, at, limit) || looseParams(b, at, limit);
    }

    private boolean looseParams(byte[] b, int at, int limit) {
        params.clear();
        return at < limit && b[at] == ';';
    }

    private static boolean uriParametersAreGood(byte[] b, int at, int limit) {
        if (at < limit && b[at] != ';') {
            return false;
        }
        for (int i = at; i < limit; i++) {
            if (b[i] == ';' && (i + 1 == limit || b[i + 1] == ';' || b[i + 1] == '=')) {
                return false;
            }
        }
        return escapesAreGood(b, at, limit);
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

    /** A code of {@link Flow}, {@code NONE} when not said, -1 for a transport that we do not have. */
    public int transport() {
        if (!params.find(TRANSPORT, scratch)) {
            return scheme == SIPS ? Flow.TLS : Flow.NONE;
        }
        return scratch.equalsIgnoreCase(UDP) ? Flow.UDP
                : scratch.equalsIgnoreCase(TCP) ? scheme == SIPS ? Flow.TLS : Flow.TCP
                : scratch.equalsIgnoreCase(TLS) ? Flow.TLS : -1;
    }

    /** Appends the address of record this URI stands for, {@code sip:user@host}: user unescaped where nothing needs the
     *  escape, host in lower case, no port, no parameters (RFC 3261 section 10.3, step 5). */
    public void putAddressOfRecord(ByteSink out) {
        out.put(scheme == SIPS ? "sips:" : "sip:");
        if (hasUser) {
            putCanonicalUser(out);
            out.put('@');
        }
        for (int i = 0; i < host.length(); i++) {
            out.put(Ascii.lower(host.byteAt(i)));
        }
    }

    private void putCanonicalUser(ByteSink out) {
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
