package org.sidetone.doc.xcapdiff;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.patch.XmlDiff;
import org.sidetone.xml.tree.XmlTree;

/** Writes what became of one document as the operations that make the new one of the old one (RFC 5874 section 3, RFC 5261). */
public final class XcapDiffWriter {
    private static final byte[] NAMESPACE = Ascii.bytes("urn:ietf:params:xml:ns:xcap-diff");
    private static final byte[][] PREFIXES = {Ascii.bytes("d:"), Ascii.bytes("xd:"), Ascii.bytes("xcapdiff:")};

    private final XmlTree old;
    private final XmlTree now;
    private final XmlDiff diff = new XmlDiff();
    private final ByteSink sink = new ByteSink();

    /** @param nodes of a document; of one with more of them no operations are told */
    public XcapDiffWriter(int nodes) {
        old = new XmlTree(nodes);
        now = new XmlTree(nodes);
    }

    /**
     * Appends a {@code document} element, which declares its own namespace, with operations, or with {@code body-not-changed}.
     * @param attributes {@code sel}, {@code previous-etag} and {@code new-etag}, as XML has them. @param room for what is made; so much may be told instead of the whole
     * @return false when it cannot be told so, or not within the room: nothing was appended then
     */
    public boolean write(Slice attributes, Slice before, Slice after, byte[] room, ByteSink out) {
        if (old.read(before) != XmlTree.GOOD || now.read(after) != XmlTree.GOOD) {
            return false;
        }
        int root = now.rootElement();
        byte[] prefix = XmlDiff.freePrefix(now, PREFIXES);
        if (prefix == null) {
            return false;
        }
        sink.wrap(room);
        sink.put('<').put(prefix).put("document xmlns:").put(prefix, 0, prefix.length - 1).put("=\"").put(NAMESPACE).put('"');
        for (int a = now.firstAttribute(root); a != XmlTree.NONE; a = now.next(a)) {
            if (now.kind(a) == XmlTree.NAMESPACE) {
                sink.put(now.buffer(), now.from(a), now.to(a) - now.from(a));
            }
        }
        sink.put(' ').put(attributes).put('>');
        int start = sink.position();
        boolean good = diff.write(old, now, prefix, sink);
        if (sink.position() == start) {
            sink.put('<').put(prefix).put("body-not-changed/>");
        }
        sink.put("</").put(prefix).put("document>");
        if (!good || sink.overflowed()) {
            return false;
        }
        out.put(room, 0, sink.length());
        return true;
    }
}
