package org.sidetone.xcap;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.digest.Credentials;
import org.sidetone.doc.xcapdiff.XcapDiffReader;
import org.sidetone.http.HttpClient;
import org.sidetone.http.HttpUrl;

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
    private final HttpUrl url = new HttpUrl();
    private final Slice slice = new Slice();

    public XcapClient(HttpClient http) {
        this.http = http;
    }

    /** @param xcapRoot {@code http://example.test:8080/xcap-root}. @param xui whose documents. @return false when the root is no such URI, or too long */
    public boolean set(Slice xcapRoot, FixedText xui, Credentials who) {
        credentials = who;
        return url.wrap(xcapRoot) && root.set(xcapRoot) && user.set(xui) && root.slice(slice).length() > 0;
    }

    public boolean isSet() {
        return !root.isEmpty();
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
     */
    public void onChanged(Slice selector, Slice previousTag, Slice newTag, XcapDiffReader diff, long nowMs) {
        for (int i = 0; i < count; i++) {
            documents[i].onChanged(selector, previousTag, newTag, diff, nowMs);
        }
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
