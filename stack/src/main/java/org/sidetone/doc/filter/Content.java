package org.sidetone.doc.filter;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.tree.XmlTree;

/** A document, and which of its nodes a filter leaves in it. */
final class Content implements FilterPath.Selection {
    /** Marks of nodes: left out; there because of what is in it; there with everything in it; there without the elements in it; taken out. */
    private static final byte OUT = 0;
    private static final byte SHELL = 1;
    private static final byte WHOLE = 2;
    private static final byte OWN = 3;
    private static final byte TAKEN_OUT = 4;

    private final XmlTree tree;
    private final byte[] marks;
    private SimpleFilters.Mandatory mandatory;
    private boolean excluding;
    private final Slice slice = new Slice();

    Content(int nodes) {
        tree = new XmlTree(nodes);
        marks = new byte[nodes];
    }

    boolean begin(Slice document, SimpleFilters.Mandatory rules) {
        mandatory = rules;
        for (int i = 0; i < marks.length; i++) {
            marks[i] = OUT;
        }
        return tree.read(document) == XmlTree.GOOD;
    }

    XmlTree document() {
        return tree;
    }

    void excluding(boolean value) {
        excluding = value;
    }

    void includeAll() {
        marks[tree.rootElement()] = WHOLE;
    }

    @Override
    public void select(int node) {
        if (excluding) {
            exclude(node);
        } else {
            include(node, WHOLE);
        }
    }

    private void include(int node, byte as) {
        marks[node] = marks[node] == WHOLE ? WHOLE : as;
        for (int p = tree.parent(node); p != XmlTree.DOCUMENT && p != XmlTree.NONE; p = tree.parent(p)) {
            marks[p] = marks[p] == OUT ? SHELL : marks[p];
        }
    }

    /** What a document must have stays (RFC 4661 section 3.5.2). */
    private void exclude(int node) {
        boolean stays = node == tree.rootElement() || tree.kind(node) == XmlTree.ELEMENT && mandatory.element(tree, node)
                || tree.kind(node) == XmlTree.ATTRIBUTE && mandatory.attribute(tree, node);
        marks[node] = stays ? marks[node] : TAKEN_OUT;
    }

    void includeNamespace(Slice uri) {
        namespace(tree.rootElement(), uri, false);
    }

    void excludeNamespace(Slice uri) {
        namespace(tree.rootElement(), uri, true);
    }

    private void namespace(int element, Slice uri, boolean out) {
        if (tree.namespace(element, slice).equals(uri)) {
            if (out) {
                exclude(element);
            } else {
                include(element, OWN);
            }
        }
        for (int c = tree.nextElement(tree.firstChild(element)); c != XmlTree.NONE; c = tree.nextElement(tree.next(c))) {
            namespace(c, uri, out);
        }
    }

    /** @return false when nothing was included */
    boolean write(ByteSink out) {
        int root = tree.rootElement();
        if (marks[root] == OUT) {
            return false;
        }
        element(root, false, out);
        return true;
    }

    /** @param whole whether something around it is there with everything in it */
    private void element(int e, boolean whole, ByteSink out) {
        byte[] b = tree.buffer();
        boolean everything = whole || marks[e] == WHOLE;
        boolean own = everything || marks[e] == OWN;
        out.put('<').put(b, tree.nameAt(e), tree.nameLength(e));
        for (int a = tree.firstAttribute(e); a != XmlTree.NONE; a = tree.next(a)) {
            if (marks[a] != TAKEN_OUT) {
                out.put(b, tree.from(a), tree.to(a) - tree.from(a));
            }
        }
        boolean open = false;
        for (int c = tree.firstChild(e); c != XmlTree.NONE; c = tree.next(c)) {
            boolean isElement = tree.kind(c) == XmlTree.ELEMENT;
            boolean kept = isElement ? marks[c] != TAKEN_OUT && (everything || marks[c] != OUT || mandatory.element(tree, c)) : own && tree.kind(c) == XmlTree.TEXT;
            if (!kept) {
                continue;
            }
            if (!open) {
                out.put('>');
                open = true;
            }
            if (isElement) {
                element(c, everything || marks[c] == OUT, out);
            } else {
                out.put(b, tree.from(c), tree.to(c) - tree.from(c));
            }
        }
        if (open) {
            out.put('<').put('/').put(b, tree.nameAt(e), tree.nameLength(e)).put('>');
        } else {
            out.put('/').put('>');
        }
    }
}
