package org.sidetone.doc.filter;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.tree.XmlTree;

/** Two documents, one after the other, and whether something of them changed, came or went. */
final class Triggers implements FilterPath.Selection {
    static final int UNKNOWN = 0;
    static final int CHANGED = 1;
    static final int ADDED = 2;
    static final int REMOVED = 3;

    private static final byte[] ID = Ascii.bytes("id");
    private static final int VALUE_BYTES = 256;

    private final XmlTree before;
    private final XmlTree now;
    private int kind;
    private boolean hasFrom;
    private boolean hasTo;
    private boolean hasBy;
    private final Slice from = new Slice();
    private final Slice to = new Slice();
    private final Slice by = new Slice();
    private FilterPath numbers;
    private boolean found;
    private final byte[] oldBytes = new byte[VALUE_BYTES];
    private final byte[] newBytes = new byte[VALUE_BYTES];
    private final ByteSink sink = new ByteSink();
    private final Slice oldValue = new Slice();
    private final Slice newValue = new Slice();
    private final Slice one = new Slice();
    private final Slice two = new Slice();

    Triggers(int nodes) {
        before = new XmlTree(nodes);
        now = new XmlTree(nodes);
    }

    boolean begin(Slice old, Slice current) {
        return before.read(old) == XmlTree.GOOD && now.read(current) == XmlTree.GOOD;
    }

    XmlTree before() {
        return before;
    }

    XmlTree now() {
        return now;
    }

    /** What the nodes that are selected next are asked. @param newFrom null: from any value, and so on */
    void look(int forKind, Slice newFrom, Slice newTo, Slice newBy, FilterPath decimals) {
        kind = forKind;
        hasFrom = newFrom != null;
        hasTo = newTo != null;
        hasBy = newBy != null;
        set(from, newFrom);
        set(to, newTo);
        set(by, newBy);
        numbers = decimals;
        found = false;
    }

    private static void set(Slice into, Slice value) {
        if (value == null) {
            into.clear();
        } else {
            into.set(value);
        }
    }

    boolean found() {
        return found;
    }

    @Override
    public void select(int node) {
        if (found) {
            return;
        }
        if (kind == REMOVED) {
            found = counterpart(before, node, now) == XmlTree.NONE;
            return;
        }
        int was = counterpart(now, node, before);
        found = kind == ADDED ? was == XmlTree.NONE : was != XmlTree.NONE && hasChanged(was, node);
    }

    private boolean hasChanged(int was, int is) {
        text(before, was, oldBytes, oldValue);
        text(now, is, newBytes, newValue);
        return !oldValue.equals(newValue) && (!hasFrom || oldValue.equals(from)) && (!hasTo || newValue.equals(to))
                && (!hasBy || numbers.areApart(oldValue, newValue, by));
    }

    /** A value longer than there is room for is compared as far as it goes. */
    private void text(XmlTree of, int node, byte[] into, Slice out) {
        sink.wrap(into);
        of.putString(node, sink);
        int first = 0;
        int last = sink.length();
        while (first < last && into[first] <= ' ' && into[first] >= 0) {
            first++;
        }
        while (last > first && into[last - 1] <= ' ' && into[last - 1] >= 0) {
            last--;
        }
        out.wrap(into, first, last - first);
    }

    /** The same thing in the other document: under the same parent the one with its name and id, or with its name at its place among those. */
    private int counterpart(XmlTree of, int node, XmlTree in) {
        if (of.parent(node) == XmlTree.DOCUMENT) {
            int root = in.rootElement();
            return root != XmlTree.NONE && isNamedAlike(of, node, in, root) ? root : XmlTree.NONE;
        }
        int parent = counterpart(of, of.parent(node), in);
        if (parent == XmlTree.NONE) {
            return XmlTree.NONE;
        }
        boolean attribute = of.kind(node) == XmlTree.ATTRIBUTE;
        int id = attribute ? XmlTree.NONE : of.attribute(node, ID);
        int place = attribute || id != XmlTree.NONE ? 0 : place(of, node);
        int first = attribute ? in.firstAttribute(parent) : in.firstChild(parent);
        for (int n = first; n != XmlTree.NONE; n = in.next(n)) {
            if (in.kind(n) == of.kind(node) && isNamedAlike(of, node, in, n)) {
                int otherId = attribute ? XmlTree.NONE : in.attribute(n, ID);
                boolean same = id == XmlTree.NONE ? place-- == 0 : otherId != XmlTree.NONE && of.value(id, one).equals(in.value(otherId, two));
                if (same) {
                    return n;
                }
            }
        }
        return XmlTree.NONE;
    }

    private int place(XmlTree of, int node) {
        int place = 0;
        for (int n = of.firstChild(of.parent(node)); n != node; n = of.next(n)) {
            place += of.kind(n) == XmlTree.ELEMENT && isNamedAlike(of, node, of, n) ? 1 : 0;
        }
        return place;
    }

    private boolean isNamedAlike(XmlTree a, int x, XmlTree b, int y) {
        return a.localName(x, one).equals(b.localName(y, two)) && a.namespace(x, one).equals(b.namespace(y, two));
    }
}
