package org.sidetone.doc.pidf;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.patch.PatchError;
import org.sidetone.xml.patch.XmlDiff;
import org.sidetone.xml.patch.XmlPatch;
import org.sidetone.xml.tree.XmlTree;

/**
 * Partial presence documents, {@code application/pidf-diff+xml} (RFC 5262): a {@code pidf-full} is a presence document by another name, a
 * {@code pidf-diff} the operations that make the next one out of it. What is kept and patched always has {@code presence} as its root.
 */
public final class PartialPidf {
    public static final byte[] CONTENT_TYPE = Ascii.bytes("application/pidf-diff+xml");
    /** What who reads both says in Accept (RFC 5263 section 4.2). */
    public static final byte[] ACCEPT = Ascii.bytes("application/pidf+xml;q=0.3, application/pidf-diff+xml");

    /** Kinds of documents. */
    public static final int NONE = 0;
    public static final int FULL = 1;
    public static final int DIFF = 2;

    private static final byte[] NAMESPACE = Ascii.bytes("urn:ietf:params:xml:ns:pidf-diff");
    private static final byte[] PIDF_NAMESPACE = Ascii.bytes(PidfSchema.PIDF);
    private static final byte[] PIDF_FULL = Ascii.bytes("pidf-full");
    private static final byte[] PIDF_DIFF = Ascii.bytes("pidf-diff");
    private static final byte[] PRESENCE = Ascii.bytes("presence");
    private static final byte[] VERSION = Ascii.bytes("version");
    private static final byte[] ENTITY = Ascii.bytes("entity");
    private static final byte[][] PREFIXES = {Ascii.bytes("p:"), Ascii.bytes("pd:"), Ascii.bytes("pidfdiff:")};

    private final XmlTree tree;
    private final XmlTree other;
    private final XmlPatch patch;
    private final XmlDiff diff = new XmlDiff();
    private final byte[] made;
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private long version;
    private int kind;

    /** @param nodes of a document; with more of them nothing partial is made or taken. @param bytes of one */
    public PartialPidf(int nodes, int bytes) {
        tree = new XmlTree(nodes);
        other = new XmlTree(nodes);
        patch = new XmlPatch(nodes, bytes);
        made = new byte[bytes];
    }

    /** Looks at a document. @return one of the kinds above */
    public int read(Slice document) {
        kind = NONE;
        version = -1;
        int root = tree.read(document) == XmlTree.GOOD ? tree.rootElement() : XmlTree.NONE;
        if (root == XmlTree.NONE || !tree.namespace(root, slice).equals(NAMESPACE)) {
            return NONE;
        }
        int v = tree.attribute(root, VERSION);
        version = v == XmlTree.NONE ? -1 : Ascii.decimal(document.buffer(), tree.valueFrom(v), tree.valueTo(v), 0xFFFFFFFFL);
        if (v != XmlTree.NONE && version < 0) {
            return NONE;
        }
        tree.localName(root, slice);
        kind = slice.equals(PIDF_FULL) ? FULL : slice.equals(PIDF_DIFF) ? DIFF : NONE;
        return kind;
    }

    /** Of the document read last; -1 when it says none. */
    public long version() {
        return version;
    }

    /**
     * After {@link #read} said FULL: appends the presence document that it is.
     * @return false when no prefix of it stands for PIDF: it is none
     */
    public boolean putPresence(ByteSink out) {
        int root = tree.rootElement();
        int declaration = declarationOf(tree, root, PIDF_NAMESPACE);
        if (declaration == XmlTree.NONE) {
            return false;
        }
        byte[] b = tree.buffer();
        out.put('<');
        putName(declaration, PRESENCE, out);
        for (int a = tree.firstAttribute(root); a != XmlTree.NONE; a = tree.next(a)) {
            if (a != tree.attribute(root, VERSION)) {
                out.put(b, tree.from(a), tree.to(a) - tree.from(a));
            }
        }
        out.put('>').put(b, tree.valueFrom(root), tree.valueTo(root) - tree.valueFrom(root)).put('<').put('/');
        putName(declaration, PRESENCE, out);
        out.put('>');
        return true;
    }

    private void putName(int declaration, byte[] name, ByteSink out) {
        if (tree.nameLength(declaration) > 0 && !isDefault(tree, declaration)) {
            out.put(tree.buffer(), tree.nameAt(declaration), tree.nameLength(declaration)).put(':');
        }
        out.put(name);
    }

    private static boolean isDefault(XmlTree of, int declaration) {
        return of.nameLength(declaration) == 0;
    }

    /** The declaration of a namespace on an element itself; the default one where there are several. */
    private int declarationOf(XmlTree of, int element, byte[] namespace) {
        int found = XmlTree.NONE;
        for (int a = of.firstAttribute(element); a != XmlTree.NONE; a = of.next(a)) {
            if (of.kind(a) == XmlTree.NAMESPACE && of.value(a, slice).equals(namespace) && (found == XmlTree.NONE || isDefault(of, a))) {
                found = a;
            }
        }
        return found;
    }

    /**
     * After {@link #read} said DIFF: makes the next presence document.
     * @param presence the one before. @return 0, or a {@link PatchError}, and then nothing was appended
     */
    public int apply(Slice presence, ByteSink out) {
        return patch.apply(presence, tree, tree.rootElement(), out);
    }

    /** Appends a presence document as a {@code pidf-full}. @param withVersion negative: none. @return false when it is no document that can be told so */
    public boolean writeFull(Slice presence, long withVersion, ByteSink out) {
        if (tree.read(presence) != XmlTree.GOOD) {
            return false;
        }
        int root = tree.rootElement();
        byte[] prefix = XmlDiff.freePrefix(tree, PREFIXES);
        if (prefix == null) {
            return false;
        }
        byte[] b = tree.buffer();
        begin(prefix, PIDF_FULL, withVersion, out);
        for (int a = tree.firstAttribute(root); a != XmlTree.NONE; a = tree.next(a)) {
            out.put(b, tree.from(a), tree.to(a) - tree.from(a));
        }
        out.put('>').put(b, tree.valueFrom(root), tree.valueTo(root) - tree.valueFrom(root)).put('<').put('/').put(prefix).put(PIDF_FULL).put('>');
        return true;
    }

    /**
     * Appends what changed from one presence document to the next as a {@code pidf-diff}.
     * @return false when that cannot be told, or is no shorter than the whole: nothing was appended then
     */
    public boolean writeDiff(Slice before, Slice presence, long withVersion, ByteSink out) {
        if (other.read(before) != XmlTree.GOOD || tree.read(presence) != XmlTree.GOOD) {
            return false;
        }
        int root = tree.rootElement();
        byte[] prefix = XmlDiff.freePrefix(tree, PREFIXES);
        if (prefix == null) {
            return false;
        }
        sink.wrap(made, 0, Math.min(made.length, presence.length() - 1));
        begin(prefix, PIDF_DIFF, withVersion, sink);
        for (int a = tree.firstAttribute(root); a != XmlTree.NONE; a = tree.next(a)) {
            if (tree.kind(a) == XmlTree.NAMESPACE || a == tree.attribute(root, ENTITY)) {
                sink.put(tree.buffer(), tree.from(a), tree.to(a) - tree.from(a));
            }
        }
        sink.put('>');
        boolean good = diff.write(other, tree, prefix, sink);
        sink.put('<').put('/').put(prefix).put(PIDF_DIFF).put('>');
        if (good && !sink.overflowed()) {
            out.put(made, 0, sink.length());
        }
        return good && !sink.overflowed();
    }

    private static void begin(byte[] prefix, byte[] name, long withVersion, ByteSink out) {
        out.put('<').put(prefix).put(name).put(" xmlns:").put(prefix, 0, prefix.length - 1).put('=').put('"').put(NAMESPACE).put('"');
        if (withVersion >= 0) {
            out.put(" version=\"").putDecimal(withVersion).put('"');
        }
    }
}
