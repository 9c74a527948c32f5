package org.sidetone.doc.xcapdiff;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.XmlReader;

/** Reads a document, and tells which documents it is about one by one. */
public final class XcapDiffReader {
    public static final byte[] CONTENT_TYPE = Ascii.bytes("application/xcap-diff+xml");
    public static final int GOOD = 0;
    /** Not such a document, or without what it must have. */
    public static final int NO_DIFF = -10;

    /** Told while the document is read; what it is handed is valid during the call. */
    public interface User {
        /** @param selector below the XCAP root. @param newTag without quotes; empty: the document is gone */
        void onDocument(Slice selector, Slice newTag);
    }

    private static final int NS = 0;
    private static final int MAX_DEPTH = 24;
    private static final byte[] XCAP_DIFF = Ascii.bytes("xcap-diff");
    private static final byte[] DOCUMENT = Ascii.bytes("document");
    private static final byte[] XCAP_ROOT = Ascii.bytes("xcap-root");
    private static final byte[] SEL = Ascii.bytes("sel");
    private static final byte[] NEW_ETAG = Ascii.bytes("new-etag");

    private final XmlReader xml = new XmlReader(new byte[][] {Ascii.bytes("urn:ietf:params:xml:ns:xcap-diff")}, MAX_DEPTH);
    private final FixedText selector = new FixedText(256);
    private final FixedText tag = new FixedText(128);
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private final Slice slice2 = new Slice();

    /** @return {@link #GOOD}, {@link #NO_DIFF}, or a refusal of {@link XmlReader}; what was told before stands */
    public int read(Slice document, User user) {
        xml.wrap(document);
        int e = xml.next();
        if (e != XmlReader.START || !xml.is(NS, XCAP_DIFF) || !xml.attribute(XCAP_ROOT, slice)) {
            return e < 0 ? e : NO_DIFF;
        }
        while (xml.nextChild(0)) {
            if (xml.is(NS, DOCUMENT)) {
                if (!xml.attribute(SEL, slice)) {
                    return NO_DIFF;
                }
                boolean fits = take(selector);
                xml.attribute(NEW_ETAG, slice);
                if (fits && take(tag)) {
                    user.onDocument(selector.slice(slice), tag.slice(slice2));
                }
            }
            xml.skip();
        }
        return xml.refusal() != 0 ? xml.refusal() : GOOD;
    }

    private boolean take(FixedText out) {
        xml.unescape(slice, out.sink(sink));
        return out.take(sink);
    }
}
