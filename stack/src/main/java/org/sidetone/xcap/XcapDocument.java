package org.sidetone.xcap;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.xcapdiff.XcapDiffReader;
import org.sidetone.http.HttpClient;
import org.sidetone.http.HttpResponse;
import org.sidetone.http.HttpUser;
import org.sidetone.time.Timer;

/**
 * One document that is kept in step with the server. Changes are made on what the server has: it is fetched, changed and put back on condition that it is still
 * the same (RFC 4825 section 7.11); whoever was faster is fetched, and the change made again on that. What cannot be done now is done when the server is there. After a node of it
 * was changed the server alone knows what the whole is like: it is fetched when it is needed next.
 * <pre>
 *   state     input                        next       action
 *   IDLE      look, change                 FETCHING   GET, on condition that it is new
 *   FETCHING  200, 304, 404; a change is owed   PUTTING    the owner says what; PUT or DELETE, on condition
 *   FETCHING  200, 304, 404                IDLE       tell owner what is new
 *   FETCHING  200, too large               FETCHING   GET of the owner's part, the same from then on
 *   PUTTING   200, 201; 404 to DELETE      IDLE       tell owner
 *   PUTTING   412                          FETCHING   GET
 *   any       other 4xx                    IDLE       tell owner; a change that was owed is given up
 *   any       no answer, 5xx               WAITING    5 s, doubling, at most 5 min
 *   WAITING   timer; look, change          FETCHING   GET
 * </pre>
 */
public final class XcapDocument implements HttpUser, Timer.Owner {
    /** Whose document it is. */
    public interface Owner {
        /** What the server has, when it is new. @param content empty: there is none */
        void onDocument(Slice content, long nowMs);

        /** Says what is to change. @param before what the server has; empty: nothing. @return false: nothing has to */
        boolean write(Slice before, XcapEdit edit);

        /**
         * The document is larger than there is room for: steps to the element that is enough. That alone is fetched from then on, and told as the document; empty: it is not
         * there. @return false: nothing less than the whole will do
         */
        boolean part(XcapEdit steps);

        /** A change was made, and is on the server. */
        void onPut(long nowMs);

        /** The server refuses. @param status of HTTP. @param why in words */
        void onRefused(int status, FixedText why, long nowMs);
    }

    private static final int IDLE = 0;
    private static final int FETCHING = 1;
    private static final int PUTTING = 2;
    private static final int WAITING = 3;
    private static final long FIRST_WAIT_MS = 5_000;
    private static final long MOST_WAIT_MS = 300_000;
    private static final byte[] GET = Ascii.bytes("GET");
    private static final byte[] PUT = Ascii.bytes("PUT");
    private static final byte[] DELETE = Ascii.bytes("DELETE");
    private static final String ELEMENT_TYPE = "application/xcap-el+xml";
    private static final String ATTRIBUTE_TYPE = "application/xcap-att+xml";
    private static final byte[] ETAG = Ascii.bytes("ETag");
    private static final String TOO_LARGE = "it is too large";
    private static final String NOT_KEPT = "the server keeps no such documents";

    private final XcapClient client;
    private final byte[] auid;
    private final byte[] contentType;
    private final Owner owner;
    private final Timer timer;
    private final boolean global;
    private boolean kept = true;
    private final FixedText path = new FixedText(768);
    private final FixedText headers = new FixedText(256);
    private final FixedText tag = new FixedText(128);
    /** What the server said while one was being put. */
    private final FixedText heard = new FixedText(128);
    private final FixedText content;
    /** Whether {@link #content} is what {@link #tag} stands for. */
    private boolean known;
    /** Whether a part of the document is all there is room for. */
    private boolean partial;
    private boolean wholeAgain;
    private final XcapEdit edit = new XcapEdit();
    private final FixedText why = new FixedText(120);
    private final XcapConflictReport report = new XcapConflictReport();
    private boolean looks;
    /** Changes that were asked for, are on their way, and are on the server or given up. */
    private int asked;
    private int sent;
    private int done;
    private int state = IDLE;
    private long waitMs;
    private long patched;
    private final ByteSink sink = new ByteSink();
    private final ByteSink headerSink = new ByteSink();
    private final Slice slice = new Slice();
    private final Slice slice2 = new Slice();
    private final Slice slice3 = new Slice();

    /** The owner's document of an application usage. @param bytes of the document, at most */
    public XcapDocument(XcapClient client, byte[] auid, byte[] contentType, int bytes, Owner owner) {
        this(client, auid, contentType, bytes, owner, false);
        client.add(this);
    }

    /** @param global it is the same for everybody, and only read */
    XcapDocument(XcapClient client, byte[] auid, byte[] contentType, int bytes, Owner owner, boolean global) {
        this.client = client;
        this.auid = auid;
        this.contentType = contentType;
        this.owner = owner;
        this.global = global;
        content = new FixedText(bytes);
        timer = new Timer(client.timers, this);
    }

    byte[] auid() {
        return auid;
    }

    /** What the server's capabilities say. @param is whether it keeps such documents */
    void setKept(boolean is) {
        kept = is;
    }

    /** Looks whether the server has another one. */
    public void look(long nowMs) {
        looks = true;
        begin(nowMs);
    }

    /** The document is to be another: the owner {@link Owner#write writes} it when what the server has is known. */
    public void change(long nowMs) {
        asked++;
        begin(nowMs);
    }

    private void begin(long nowMs) {
        if (state == WAITING) {
            state = IDLE;
            timer.stop();
        }
        if (!global) {
            client.hurry(nowMs);
        }
        proceed(nowMs);
    }

    /** Appends where it is, below the XCAP root. */
    void putSelector(ByteSink out) {
        out.put(auid).put(global ? "/global" : "/users/");
        if (!global) {
            out.put(client.user);
        }
        out.put("/index");
    }

    /**
     * The server says that some document is another: when it is this one, and not as it was last seen or put here, it is made of what is here when that is what it was,
     * else looked at. What is heard while one is being put may be just that.
     * @return false: it was to be made of what is here, and could not
     */
    boolean onChanged(Slice selector, Slice previousTag, Slice newTag, XcapDiffReader diff, long nowMs) {
        path.sink(headerSink);
        putSelector(headerSink);
        if (!path.take(headerSink) || !path.equals(selector) || isTag(newTag)) {
            return true;
        }
        if (state == PUTTING) {
            heard.set(newTag);
            return true;
        }
        if (diff == null || !known || !isTag(previousTag)) {
            look(nowMs);
            return true;
        }
        if (!patch(diff, newTag)) {
            look(nowMs);
            return false;
        }
        patched++;
        owner.onDocument(content.slice(slice), nowMs);
        return true;
    }

    /** @param other without quotes */
    private boolean isTag(Slice other) {
        return !tag.isEmpty() && tag.length() == other.length() + 2 && Ascii.equals(tag.bytes(), 1, other.length(), other.buffer(), other.offset(), other.length());
    }

    /** @return false: it could not be made, and nothing is known here any more */
    private boolean patch(XcapDiffReader diff, Slice newTag) {
        content.slice(slice);
        boolean made = diff.patch(slice, content.sink(headerSink)) & content.take(headerSink);
        tag.sink(headerSink).put('"').put(newTag).put('"');
        if (!tag.take(headerSink) || !made) {
            tag.clear();
        }
        return !tag.isEmpty();
    }

    /** Whether a part of it is all that is looked at. */
    public boolean isPartial() {
        return partial;
    }

    /** How often the server said how to make a new document of the one here. */
    public long patched() {
        return patched;
    }

    /** Goes on when it wants to and the connection is free. */
    void proceed(long nowMs) {
        if (state != IDLE || !looks && asked == done || !client.isSet() || !global && !client.knowsCapabilities(nowMs) || client.http.isBusy()) {
            return;
        }
        if (!kept) {
            why.set(NOT_KEPT);
            refuse(0, nowMs);
            return;
        }
        looks = false;
        fetch(nowMs);
    }

    private void fetch(long nowMs) {
        headers.sink(headerSink);
        if (!tag.isEmpty() && known) {
            headerSink.put("If-None-Match: ").put(tag).put("\r\n");
        }
        state = FETCHING;
        edit.clear();
        if (partial) {
            owner.part(edit);
        }
        send(GET, null, nowMs);
    }

    private void send(byte[] method, ByteSink body, long nowMs) {
        boolean fits = headers.take(headerSink);
        fits &= edit.take();
        path.sink(headerSink);
        putSelector(headerSink.put('/'));
        if (!edit.selector().isEmpty()) {
            headerSink.put("/~~").put(edit.selector());
        }
        if (!edit.query().isEmpty()) {
            headerSink.put('?').put(edit.query());
        }
        fits &= path.take(headerSink);
        if (!fits || !client.http.request(method, client.root.slice(slice), path.slice(slice2), headers.slice(slice3), body, client.credentials, this, nowMs)) {
            why.set(TOO_LARGE);
            refuse(0, nowMs);
        }
    }

    private void put(long nowMs) {
        edit.begin(client.http.body(sink));
        sent = asked;
        if (!owner.write(content.slice(slice), edit)) {
            done = sent;
            rest(nowMs);
            return;
        }
        headers.sink(headerSink);
        if (edit.kind() != XcapEdit.DELETE) {
            headerSink.put("Content-Type: ");
            if (edit.kind() == XcapEdit.DOCUMENT) {
                headerSink.put(contentType).put("\r\n");
            } else {
                headerSink.put(edit.kind() == XcapEdit.ELEMENT ? ELEMENT_TYPE : ATTRIBUTE_TYPE).put("\r\n");
            }
        }
        if (tag.isEmpty()) {
            headerSink.put(partial ? "" : "If-None-Match: *\r\n");       // without its part the document is there all the same
        } else {
            headerSink.put("If-Match: ").put(tag).put("\r\n");
        }
        state = PUTTING;
        heard.clear();
        if (edit.kind() == XcapEdit.DELETE) {
            send(DELETE, null, nowMs);
        } else {
            send(PUT, edit.body(), nowMs);
        }
    }

    @Override
    public void onAnswer(HttpResponse response, long nowMs) {
        int status = response.status();
        boolean fetched = state == FETCHING;
        if (status >= 500) {
            waitAWhile(nowMs);
        } else if (fetched && (status == 200 || status == 304 || status == 404)) {
            onFetched(response, nowMs);
        } else if (!fetched && (status == 200 || status == 201 || status == 404 && edit.kind() == XcapEdit.DELETE)) {
            onChangeMade(response, nowMs);
        } else if (!fetched && status == 412) {
            tag.clear();
            fetch(nowMs);
        } else if (!fetched && status == 409 && partial && tag.isEmpty() && !wholeAgain) {
            wholeAgain = true;                                       // what the part belongs into may be gone, too
            partial = false;
            fetch(nowMs);
        } else {
            if (status == 409) {
                why.set(report.read(response.body(slice)));
            } else {
                why.set(status == 401 ? "the password is not accepted" : status == 403 ? "it is somebody else's" : status == 413 ? TOO_LARGE : "the server says no");
            }
            refuse(status, nowMs);
        }
    }

    private void onChangeMade(HttpResponse response, long nowMs) {
        waitMs = 0;
        wholeAgain = false;
        takeTag(response);
        known = edit.kind() == XcapEdit.DOCUMENT && content.set(edit.body().slice(slice));
        done = sent;
        state = IDLE;
        looks |= !heard.isEmpty() && !isTag(heard.slice(slice));
        owner.onPut(nowMs);
        client.next(nowMs);
    }

    private void takeTag(HttpResponse response) {
        if (!response.header(ETAG, 0, slice) || !tag.set(slice)) {
            tag.clear();
        }
    }

    private void onFetched(HttpResponse response, long nowMs) {
        waitMs = 0;
        if (response.status() != 304) {
            takeTag(response);
            boolean is = response.status() == 200;
            if (is && !content.set(response.body(slice))) {
                onTooLarge(nowMs);
                return;
            }
            if (!is) {
                tag.clear();
                content.clear();
            }
            known = !partial;
            owner.onDocument(content.slice(slice), nowMs);
        }
        if (asked != done) {
            put(nowMs);
        } else {
            rest(nowMs);
        }
    }

    private void onTooLarge(long nowMs) {
        edit.clear();
        if (state == FETCHING && !partial && owner.part(edit)) {
            partial = true;
            tag.clear();
            fetch(nowMs);
        } else {
            why.set(TOO_LARGE);
            refuse(0, nowMs);
        }
    }

    private void rest(long nowMs) {
        state = IDLE;
        client.next(nowMs);
    }

    private void refuse(int status, long nowMs) {
        done = asked;
        looks = false;
        tag.clear();
        state = IDLE;
        owner.onRefused(status, why, nowMs);
        client.next(nowMs);
    }

    @Override
    public void onNoAnswer(int reason, long nowMs) {
        if (reason == HttpClient.TOO_LARGE) {
            onTooLarge(nowMs);
        } else {
            waitAWhile(nowMs);
        }
    }

    private void waitAWhile(long nowMs) {
        looks |= state == FETCHING;
        waitMs = Math.min(MOST_WAIT_MS, waitMs == 0 ? FIRST_WAIT_MS : 2 * waitMs);
        state = WAITING;
        timer.startAt(nowMs + waitMs / 2 + (client.random.nextLong() >>> 1) % (waitMs / 2 + 1));
        client.next(nowMs);
    }

    @Override
    public void onTimer(Timer of, long nowMs) {
        if (state == WAITING) {
            state = IDLE;
            proceed(nowMs);
        }
    }
}
