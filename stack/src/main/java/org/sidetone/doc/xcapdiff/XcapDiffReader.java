package org.sidetone.doc.xcapdiff;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.patch.PatchError;
import org.sidetone.xml.patch.XmlPatch;
import org.sidetone.xml.tree.XmlTree;

/** Reads what became of documents (RFC 5874), tells it one by one, and makes the new ones where it is said how. */
public final class XcapDiffReader {
    public static final byte[] CONTENT_TYPE = Ascii.bytes("application/xcap-diff+xml");
    public static final int GOOD = XmlTree.GOOD;
    /** Any document may be another: there is no room to see which. */
    public static final int TOO_LARGE = XmlTree.TOO_LARGE;
    /** Not such a document, or without what it must have. */
    public static final int NO_DIFF = -10;

    /** Told while the document is read; what it is handed is valid during the call. */
    public interface User {
        /**
         * @param selector below the XCAP root. @param previousTag of what was there before, without quotes; empty: not said. @param newTag the same; empty: the document is gone
         * @param patched whether {@link XcapDiffReader#patch} makes the new one of that
         */
        void onDocument(Slice selector, Slice previousTag, Slice newTag, boolean patched);
    }

    private static final byte[] NAMESPACE = Ascii.bytes("urn:ietf:params:xml:ns:xcap-diff");
    private static final byte[] XCAP_DIFF = Ascii.bytes("xcap-diff");
    private static final byte[] DOCUMENT = Ascii.bytes("document");
    private static final byte[] BODY_NOT_CHANGED = Ascii.bytes("body-not-changed");
    private static final byte[] XCAP_ROOT = Ascii.bytes("xcap-root");
    private static final byte[] SEL = Ascii.bytes("sel");
    private static final byte[] PREVIOUS_ETAG = Ascii.bytes("previous-etag");
    private static final byte[] NEW_ETAG = Ascii.bytes("new-etag");

    private final XmlTree tree;
    private final XmlPatch patch;
    private int element;
    private final FixedText selector = new FixedText(256);
    private final FixedText previous = new FixedText(128);
    private final FixedText tag = new FixedText(128);
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private final Slice slice2 = new Slice();
    private final Slice slice3 = new Slice();

    /** @param nodes of what is read, and of a document that is patched. @param bytes of that one */
    public XcapDiffReader(int nodes, int bytes) {
        tree = new XmlTree(nodes);
        patch = new XmlPatch(nodes, bytes);
    }

    /** @return {@link #GOOD}, {@link #TOO_LARGE}, {@link #NO_DIFF}, or a refusal of {@link org.sidetone.xml.XmlReader}; what was told before stands */
    public int read(Slice document, User user) {
        int verdict = tree.read(document);
        if (verdict != XmlTree.GOOD) {
            return verdict;
        }
        int root = tree.rootElement();
        if (!is(root, XCAP_DIFF) || tree.attribute(root, XCAP_ROOT) == XmlTree.NONE) {
            return NO_DIFF;
        }
        for (int c = tree.nextElement(tree.firstChild(root)); c != XmlTree.NONE; c = tree.nextElement(tree.next(c))) {
            if (is(c, DOCUMENT)) {
                if (tree.attribute(c, SEL) == XmlTree.NONE) {
                    return NO_DIFF;
                }
                element = c;
                if (take(SEL, selector) & take(PREVIOUS_ETAG, previous) & take(NEW_ETAG, tag)) {
                    boolean patched = !previous.isEmpty() && !tag.isEmpty() && firstWithin() != XmlTree.NONE;
                    user.onDocument(selector.slice(slice), previous.slice(slice2), tag.slice(slice3), patched);
                }
            }
        }
        return GOOD;
    }

    private boolean is(int node, byte[] name) {
        return tree.namespace(node, slice).equals(NAMESPACE) && tree.localName(node, slice).equals(name);
    }

    private int firstWithin() {
        return tree.nextElement(tree.firstChild(element));
    }

    private boolean take(byte[] attribute, FixedText out) {
        int a = tree.attribute(element, attribute);
        out.sink(sink);
        if (a != XmlTree.NONE) {
            tree.putString(a, sink);
        }
        return out.take(sink);
    }

    /** Within {@link User#onDocument}: appends the new document. @return false when it cannot be made of that one, and then nothing is appended */
    public boolean patch(Slice before, ByteSink out) {
        int first = firstWithin();
        if (is(first, BODY_NOT_CHANGED) && tree.nextElement(tree.next(first)) == XmlTree.NONE) {
            out.put(before);
            return true;
        }
        return patch.apply(before, tree, element, out) == PatchError.NONE;
    }
}
