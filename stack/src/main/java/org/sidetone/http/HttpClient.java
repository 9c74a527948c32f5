package org.sidetone.http;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.digest.Credentials;
import org.sidetone.digest.DigestClient;
import org.sidetone.digest.DigestFunction;
import org.sidetone.port.Flow;
import org.sidetone.port.Random;
import org.sidetone.port.Streams;
import org.sidetone.port.StreamsUser;
import org.sidetone.port.Wire;
import org.sidetone.sip.locate.LocationUser;
import org.sidetone.sip.locate.Locator;
import org.sidetone.time.Timer;
import org.sidetone.time.TimerQueue;

/**
 * Makes one request at a time, over one connection that is kept for the next to the same server.
 * <pre>
 *   state       input                               next         action
 *   IDLE        request                             LOCATING     look the host up; or CONNECTING, or AWAITING over the connection kept
 *   LOCATING    found                               CONNECTING
 *   CONNECTING  connected                           AWAITING     send
 *   AWAITING    401 with a challenge we can answer  AWAITING     send with credentials, once, and once more when only the nonce was old
 *   AWAITING    other response                      IDLE         tell user
 *   AWAITING    closed, on a kept connection, before anything came   CONNECTING   once more
 *   any         cannot be found or reached, closed, 20 s   IDLE  tell user
 *   IDLE        closed, 30 s                        IDLE         forget the connection
 * </pre>
 */
public final class HttpClient implements StreamsUser, LocationUser, Timer.Owner {
    /** Why there is no answer: the host is not found, or not reached. */
    public static final int UNREACHABLE = 1;
    /** It did not answer in time, or closed before it had. */
    public static final int SILENT = 2;
    /** It answered what is not understood. */
    public static final int MALFORMED = 3;
    /** The answer, or the request, is larger than there is room for. */
    public static final int TOO_LARGE = 4;

    private static final int IDLE = 0;
    private static final int LOCATING = 1;
    private static final int CONNECTING = 2;
    private static final int AWAITING = 3;
    private static final int NONE = 0;
    private static final long TIMEOUT_MS = 20_000;
    private static final long KEEP_MS = 30_000;
    private static final int HEAD_BYTES = 2048;
    private static final byte[] WWW_AUTHENTICATE = Ascii.bytes("WWW-Authenticate");
    private static final byte[] AUTHENTICATION_INFO = Ascii.bytes("Authentication-Info");
    private static final byte[] HEAD = Ascii.bytes("HEAD");
    private static final byte[] PUT = Ascii.bytes("PUT");

    private final Streams streams;
    private final Locator locator;
    private final DigestClient digest;
    private final String product;
    private final Timer timer;
    private final HttpResponse response;
    private final HttpUrl url = new HttpUrl();
    private final FixedText root = new FixedText(256);
    private final FixedText target = new FixedText(512);
    private final FixedText headers = new FixedText(512);
    /** A head, right before the body, which is written first. */
    private final byte[] request;
    private final byte[] head = new byte[HEAD_BYTES];
    private int headLength;
    private int bodyLength;
    private byte[] method;
    private Credentials credentials;
    private HttpUser user;
    private int state = IDLE;
    private int connection = NONE;
    private boolean fresh;
    private int challenges;
    /** Where the connection leads. */
    private final FixedText connected = new FixedText(256);
    private final Flow flow = new Flow();
    private final Slice slice = new Slice();
    private final Slice bodySlice = new Slice();
    private final ByteSink sink = new ByteSink();

    /** @param product told as User-Agent. @param bodyBytes of a request or a response, at most */
    public HttpClient(Streams streams, TimerQueue timers, Locator locator, DigestFunction function, Random random, String product, int bodyBytes) {
        this.streams = streams;
        this.locator = locator;
        this.product = product;
        digest = new DigestClient(function, random);
        timer = new Timer(timers, this);
        response = new HttpResponse(bodyBytes);
        request = new byte[bodyBytes + HEAD_BYTES];
    }

    public boolean isBusy() {
        return state != IDLE;
    }

    /** Where a request's body is written before {@link #request}. */
    public ByteSink body(ByteSink out) {
        return out.wrap(request, HEAD_BYTES, request.length - HEAD_BYTES);
    }

    /**
     * Makes a request; its end is told later.
     * @param server an {@link HttpUrl} whose path is where all targets begin. @param path what follows it. @param more header lines, each with its line end
     * @param written what {@link #body} wrote; null: there is none. @return false: one is under way, or something does not fit
     */
    public boolean request(byte[] withMethod, Slice server, Slice path, Slice more, ByteSink written, Credentials who, HttpUser teller, long nowMs) {
        boolean fits = state == IDLE && root.set(server) && url.wrap(root.slice(slice)) && headers.set(more) && (written == null || !written.overflowed());
        if (!fits) {
            return false;
        }
        target.sink(sink);
        sink.put(url.path()).put(path);
        if (!target.take(sink)) {
            return false;
        }
        method = withMethod;
        bodyLength = written == null ? 0 : written.length();
        credentials = who;
        user = teller;
        challenges = 0;
        timer.startAt(nowMs + TIMEOUT_MS);
        fresh = false;
        if (connection != NONE && connected.equals(root)) {
            state = AWAITING;
            send(nowMs);
        } else {
            open(nowMs);
        }
        return true;
    }

    private void open(long nowMs) {
        drop();
        fresh = true;
        state = LOCATING;
        url.wrap(root.slice(slice));
        int found = locator.locateHost(url.host(), url.port(), url.isSecure() ? Flow.TLS : Flow.TCP, this, 0, flow, nowMs);
        if (found == Locator.FOUND) {
            connect(nowMs);
        } else if (found != Locator.PENDING) {
            fail(UNREACHABLE, nowMs);
        }
    }

    @Override
    public void onLocated(long nowMs) {
        if (state == LOCATING) {
            open(nowMs);
        }
    }

    private void connect(long nowMs) {
        state = CONNECTING;
        int handle = streams.connect(flow);
        if (handle <= 0) {
            fail(UNREACHABLE, nowMs);
            return;
        }
        connection = handle;
        connected.set(root);
    }

    @Override
    public boolean onAccepted(int accepted, Flow from, long nowMs) {
        return false;
    }

    @Override
    public void onConnected(int made, long nowMs) {
        if (made == connection && state == CONNECTING) {
            state = AWAITING;
            send(nowMs);
        }
    }

    private void send(long nowMs) {
        url.wrap(root.slice(slice));
        sink.wrap(head);
        sink.put(method).put(' ').put(target).put(" HTTP/1.1\r\nHost: ").put(url.authority()).put("\r\nUser-Agent: ").put(product).put("\r\n").put(headers);
        if (digest.isReady() && credentials != null) {
            sink.put("Authorization: ");
            digest.putCredentials(credentials, method, target.slice(slice), bodySlice.wrap(request, HEAD_BYTES, bodyLength), sink);
            sink.put("\r\n");
        }
        if (bodyLength > 0 || Ascii.equals(method, 0, method.length, PUT, 0, PUT.length)) {
            sink.put("Content-Length: ").putDecimal(bodyLength).put("\r\n");
        }
        sink.put("\r\n");
        response.begin(Ascii.equals(method, 0, method.length, HEAD, 0, HEAD.length));
        if (sink.overflowed()) {
            fail(TOO_LARGE, nowMs);
            return;
        }
        headLength = sink.length();
        System.arraycopy(head, 0, request, HEAD_BYTES - headLength, headLength);
        int sent = streams.write(connection, request, HEAD_BYTES - headLength, headLength + bodyLength);
        if (sent == Wire.UNREACHABLE) {
            onClosed(connection, nowMs);
        }
    }

    @Override
    public void onWritable(int free, long nowMs) {
        if (free == connection && state == AWAITING && !response.isBegun()) {
            streams.write(connection, request, HEAD_BYTES - headLength, headLength + bodyLength);
        }
    }

    @Override
    public void onData(int from, byte[] buffer, int offset, int length, long nowMs) {
        if (from != connection) {
            return;
        }
        if (state != AWAITING) {
            drop();                                          // nobody asked
            return;
        }
        int result = response.add(buffer, offset, length);
        if (result == HttpResponse.DONE) {
            onResponse(nowMs);
        } else if (result < 0) {
            fail(result == HttpResponse.TOO_LARGE ? TOO_LARGE : MALFORMED, nowMs);
        }
    }

    private void onResponse(long nowMs) {
        if (response.closes()) {
            drop();
        }
        boolean known = digest.isReady();
        if (response.status() == 401 && credentials != null && challenges < 2 && takeChallenge() && (challenges == 0 || !known || digest.isStale())) {
            challenges++;
            if (connection == NONE) {
                open(nowMs);
            } else {
                send(nowMs);
            }
            return;
        }
        if (response.header(AUTHENTICATION_INFO, 0, slice)) {
            digest.onInfo(slice, response.body(bodySlice));
        }
        state = IDLE;
        timer.startAt(nowMs + KEEP_MS);
        user.onAnswer(response, nowMs);
    }

    /** The first challenge that can be answered: servers put what they like best first (RFC 7616 section 3.7). */
    private boolean takeChallenge() {
        for (int i = 0; response.header(WWW_AUTHENTICATE, i, slice); i++) {
            if (digest.challenge(slice)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void onClosed(int gone, long nowMs) {
        if (gone != connection) {
            return;
        }
        connection = NONE;
        if (state == AWAITING && response.isBegun() && response.closed() == HttpResponse.DONE) {
            onResponse(nowMs);
        } else if (state == AWAITING && !fresh && !response.isBegun()) {
            open(nowMs);                                     // it closed the kept connection while the request was under way
        } else if (state != IDLE) {
            fail(state == CONNECTING ? UNREACHABLE : SILENT, nowMs);
        }
    }

    @Override
    public void onTimer(Timer of, long nowMs) {
        if (state == IDLE) {
            drop();
        } else {
            fail(state == AWAITING ? SILENT : UNREACHABLE, nowMs);
        }
    }

    private void fail(int why, long nowMs) {
        locator.forget(this);
        drop();
        state = IDLE;
        timer.stop();
        user.onNoAnswer(why, nowMs);
    }

    private void drop() {
        int old = connection;
        connection = NONE;
        if (old != NONE) {
            streams.close(old);
        }
    }
}
