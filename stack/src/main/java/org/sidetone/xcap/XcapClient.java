package org.sidetone.xcap;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.digest.Credentials;
import org.sidetone.doc.xcapdiff.XcapDiffReader;
import org.sidetone.http.HttpClient;
import org.sidetone.http.HttpUrl;
import org.sidetone.port.Random;
import org.sidetone.time.TimerQueue;

/** Where somebody's documents are (RFC 4825 section 6.1), and the one connection over which they take turns. */
public final class XcapClient {
    private static final int MOST = 8;

    final HttpClient http;
    final FixedText root = new FixedText(256);
    final FixedText user = new FixedText(160);
    Credentials credentials;
    private final XcapDocument[] documents = new XcapDocument[MOST];
    private int count;
    private int turn;
    private final XcapCapabilities capabilities;
    final Random random;
    final TimerQueue timers;
    private final HttpUrl url = new HttpUrl();
    private final Slice slice = new Slice();

    public XcapClient(HttpClient http, Random random, TimerQueue timers) {
        this.http = http;
        this.random = random;
        this.timers = timers;
        capabilities = new XcapCapabilities(this);
    }

    /** @param xcapRoot {@code http://example.test:8080/xcap-root}. @param xui whose documents. @return false when the root is no such URI, or too long */
    public boolean set(Slice xcapRoot, FixedText xui, Credentials who) {
        credentials = who;
        return url.wrap(xcapRoot) && root.set(xcapRoot) && user.set(xui) && root.slice(slice).length() > 0;
    }

    public boolean isSet() {
        return !root.isEmpty();
    }

    /** Appends the URI of a node of the owner's documents. @param auid application usage. @param node its selector, percent-encoded */
    public void putUri(ByteSink out, byte[] auid, String node) {
        out.put(root);
        if (root.bytes()[root.length() - 1] != '/') {
            out.put('/');
        }
        out.put(auid).put("/users/").put(user).put("/index/~~/").put(node);
    }

    /** Whether the server has said what it keeps, or that it does not say; if it was not asked yet, it is. */
    boolean knowsCapabilities(long nowMs) {
        return capabilities.areKnown(nowMs);
    }

    /** Somebody wants something now: a server that was away is not waited for. */
    void hurry(long nowMs) {
        capabilities.hurry(nowMs);
    }

    /** @param offered null: the server does not say what it keeps */
    void onCapabilities(XcapCapabilities offered, long nowMs) {
        for (int i = 0; i < count; i++) {
            documents[i].setKept(offered == null || offered.has(documents[i].auid()));
        }
        next(nowMs);
    }

    void add(XcapDocument document) {
        documents[count++] = document;
    }

    /** Appends all documents as a list to subscribe to (RFC 5875 section 4.4). */
    public void putList(ByteSink out) {
        out.put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list>");
        for (int i = 0; i < count; i++) {
            out.put("<entry uri=\"");
            documents[i].putSelector(out);
            out.put("\"/>");
        }
        out.put("</list></resource-lists>");
    }

    /**
     * The server says that a document is another.
     * @param previousTag of the one before, without quotes. @param newTag empty: it is gone. @param diff makes the new one of the one before; null: that is not said
     * @return false: it did not, and the document is fetched
     */
    public boolean onChanged(Slice selector, Slice previousTag, Slice newTag, XcapDiffReader diff, long nowMs) {
        boolean good = true;
        for (int i = 0; i < count; i++) {
            good &= documents[i].onChanged(selector, previousTag, newTag, diff, nowMs);
        }
        return good;
    }

    /** Any of them may be another. */
    public void look(long nowMs) {
        for (int i = 0; i < count; i++) {
            documents[i].look(nowMs);
        }
    }

    /** The connection is free: who has waited longest goes on. */
    void next(long nowMs) {
        for (int i = 0; i < count && !http.isBusy(); i++) {
            turn = (turn + 1) % count;
            documents[turn].proceed(nowMs);
        }
    }
}
