package org.sidetone.xml.patch;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.tree.NodeSelector;
import org.sidetone.xml.tree.XmlTree;

/**
 * Applies the operations of a diff document one after the other (RFC 5261 section 4). Each finds its node, and a document with the
 * change spliced in becomes the target of the next; when one fails, nothing has happened.
 */
public final class XmlPatch implements NodeSelector.Prefixes {
    private static final byte[] ADD = Ascii.bytes("add");
    private static final byte[] REPLACE = Ascii.bytes("replace");
    private static final byte[] REMOVE = Ascii.bytes("remove");
    private static final byte[] SEL = Ascii.bytes("sel");
    private static final byte[] POS = Ascii.bytes("pos");
    private static final byte[] TYPE = Ascii.bytes("type");
    private static final byte[] WS = Ascii.bytes("ws");
    private static final byte[] BEFORE = Ascii.bytes("before");
    private static final byte[] AFTER = Ascii.bytes("after");
    private static final byte[] BOTH = Ascii.bytes("both");
    private static final byte[] PREPEND = Ascii.bytes("prepend");
    private static final byte[] NAMESPACE_AXIS = Ascii.bytes("namespace::");
    private static final int SELECTOR_BYTES = 512;

    private final XmlTree tree;
    private final byte[] one;
    private final byte[] two;
    private final ByteSink splice = new ByteSink();
    private final ContentCopy copy = new ContentCopy();
    private final NodeSelector selector = new NodeSelector();
    private final byte[] selectorText = new byte[SELECTOR_BYTES];
    private final ByteSink sink = new ByteSink();
    private final Slice target = new Slice();
    private final Slice slice = new Slice();
    private final Slice word = new Slice();
    private XmlTree diff;
    private int operation;

    /** @param nodes of a document that is patched. @param bytes of it, before and after each operation */
    public XmlPatch(int nodes, int bytes) {
        tree = new XmlTree(nodes);
        one = new byte[bytes];
        two = new byte[bytes];
    }

    /**
     * Applies what the children of an element of a diff document say.
     * @param document stays as it is. @param out receives the patched document. @return 0, or a {@link PatchError}, and then nothing was appended
     */
    public int apply(Slice document, XmlTree diffTree, int operations, ByteSink out) {
        diff = diffTree;
        target.set(document);
        byte[] free = one;
        for (int c = diff.nextElement(diff.firstChild(operations)); c != XmlTree.NONE; c = diff.nextElement(diff.next(c))) {
            operation = c;
            if (tree.read(target) != XmlTree.GOOD) {
                return c == diff.nextElement(diff.firstChild(operations)) ? PatchError.NO_ROOM : PatchError.INVALID_PATCH_DIRECTIVE;
            }
            splice.wrap(free);
            int verdict = operation();
            if (verdict != PatchError.NONE) {
                return verdict;
            }
            if (splice.overflowed()) {
                return PatchError.NO_ROOM;
            }
            target.wrap(free, 0, splice.length());
            free = free == one ? two : one;
        }
        if (tree.read(target) != XmlTree.GOOD) {
            return PatchError.INVALID_PATCH_DIRECTIVE;
        }
        out.put(target);
        return PatchError.NONE;
    }

    /** The operation that failed, an element of the diff document. */
    public int failedOperation() {
        return operation;
    }

    /** A selector's prefixes are those of the diff document (section 4.2.1). */
    @Override
    public boolean namespace(byte[] b, int at, int length, Slice out) {
        return diff.namespace(operation, b, at, length, out);
    }

    private boolean has(byte[] attribute) {
        int a = diff.attribute(operation, attribute);
        if (a == XmlTree.NONE) {
            word.clear();
            return false;
        }
        diff.value(a, word);
        return true;
    }

    private int operation() {
        int sel = diff.attribute(operation, SEL);
        if (sel == XmlTree.NONE) {
            return PatchError.INVALID_DIFF_FORMAT;
        }
        sink.wrap(selectorText);
        diff.putString(sel, sink);
        if (sink.overflowed()) {
            return PatchError.INVALID_ATTRIBUTE_VALUE;
        }
        int node = selector.find(tree, slice.wrap(selectorText, 0, sink.length()), this);
        if (node < 0) {
            return node == NodeSelector.UNBOUND_PREFIX ? PatchError.INVALID_NAMESPACE_PREFIX
                    : node == NodeSelector.BAD_SELECTOR ? PatchError.INVALID_ATTRIBUTE_VALUE : PatchError.UNLOCATED_NODE;
        }
        diff.localName(operation, slice);
        return slice.equals(ADD) ? add(node) : slice.equals(REPLACE) ? replace(node) : slice.equals(REMOVE) ? remove(node)
                : PatchError.INVALID_DIFF_FORMAT;
    }

    private void before(int index) {
        splice.put(target.buffer(), target.offset(), index - target.offset());
    }

    private void after(int index) {
        splice.put(target.buffer(), index, target.limit() - index);
    }

    private int add(int node) {
        if (has(TYPE)) {
            return tree.kind(node) != XmlTree.ELEMENT || diff.attribute(operation, POS) != XmlTree.NONE ? PatchError.INVALID_PATCH_DIRECTIVE
                    : addNamed(node);
        }
        boolean placed = has(POS);
        boolean first = word.equals(PREPEND);
        boolean within = !placed || first;
        boolean following = word.equals(AFTER);
        if (placed && !first && !following && !word.equals(BEFORE)) {
            return PatchError.INVALID_ATTRIBUTE_VALUE;
        }
        int kind = tree.kind(node);
        if (kind == XmlTree.ATTRIBUTE || kind == XmlTree.NAMESPACE || within && kind != XmlTree.ELEMENT) {
            return PatchError.INVALID_PATCH_DIRECTIVE;
        }
        if (!within && tree.parent(node) == XmlTree.DOCUMENT && !fitsBesideRoot()) {
            return PatchError.INVALID_ROOT_ELEMENT_OPERATION;
        }
        int context = within ? node : tree.parent(node) == XmlTree.DOCUMENT ? XmlTree.NONE : tree.parent(node);
        copy.begin(diff, operation, tree, context, splice);
        if (within && tree.isEmpty(node)) {
            before(tree.to(node) - 2);
            splice.put('>');
            copy.children();
            splice.put('<').put('/').put(tree.buffer(), tree.nameAt(node), tree.nameLength(node)).put('>');
            after(tree.to(node));
            return PatchError.NONE;
        }
        int at = first ? tree.valueFrom(node) : within ? tree.valueTo(node) : following ? tree.to(node) : tree.from(node);
        before(at);
        copy.children();
        after(at);
        return PatchError.NONE;
    }

    private boolean fitsBesideRoot() {
        for (int c = diff.firstChild(operation); c != XmlTree.NONE; c = diff.next(c)) {
            if (diff.kind(c) == XmlTree.ELEMENT || diff.kind(c) == XmlTree.TEXT && !diff.isBlank(c)) {
                return false;
            }
        }
        return true;
    }

    /** An attribute or a declaration. */
    private int addNamed(int node) {
        if (!isText()) {
            return PatchError.INVALID_ATTRIBUTE_VALUE;
        }
        boolean declares = Ascii.startsWith(word.buffer(), word.offset(), word.limit(), NAMESPACE_AXIS);
        if (!declares && (word.length() < 2 || word.byteAt(0) != '@')) {
            return PatchError.INVALID_ATTRIBUTE_VALUE;
        }
        int skipped = declares ? NAMESPACE_AXIS.length : 1;
        int at = word.offset() + skipped;
        int length = word.length() - skipped;
        if (length == 0) {
            return PatchError.INVALID_ATTRIBUTE_VALUE;
        }
        before(tree.nameAt(node) + tree.nameLength(node));
        splice.put(' ');
        copy.begin(diff, operation, tree, node, splice);
        if (declares) {
            splice.put("xmlns:").put(word.buffer(), at, length);
        } else if (!copy.attributeName(word.buffer(), at, length)) {
            return PatchError.INVALID_NAMESPACE_URI;
        }
        splice.put('=').put('"');
        quoted();
        splice.put('"');
        after(tree.nameAt(node) + tree.nameLength(node));
        return PatchError.NONE;
    }

    /** Whether the operation has text alone, or nothing. */
    private boolean isText() {
        int c = diff.firstChild(operation);
        return c == XmlTree.NONE || diff.kind(c) == XmlTree.TEXT && diff.next(c) == XmlTree.NONE && !hasSection(c);
    }

    private boolean hasSection(int text) {
        return Ascii.indexOf(diff.buffer(), diff.from(text), diff.to(text), '<') < diff.to(text);
    }

    /** The operation's text as it may stand in double quotes. */
    private void quoted() {
        int c = diff.firstChild(operation);
        for (int i = c == XmlTree.NONE ? 0 : diff.from(c); c != XmlTree.NONE && i < diff.to(c); i++) {
            if (diff.buffer()[i] == '"') {
                splice.put("&quot;");
            } else {
                splice.put(diff.buffer()[i]);
            }
        }
    }

    private int replace(int node) {
        int kind = tree.kind(node);
        int c = diff.firstChild(operation);
        boolean single = c != XmlTree.NONE && diff.next(c) == XmlTree.NONE;
        if (kind == XmlTree.ATTRIBUTE || kind == XmlTree.NAMESPACE) {
            if (!isText()) {
                return PatchError.INVALID_NODE_TYPES;
            }
            before(tree.valueFrom(node) - 1);
            splice.put('"');
            quoted();
            splice.put('"');
            after(tree.valueTo(node) + 1);
            return PatchError.NONE;
        }
        boolean same = single && diff.kind(c) == kind || kind == XmlTree.TEXT && c == XmlTree.NONE;
        if (!same) {
            return PatchError.INVALID_NODE_TYPES;
        }
        int parent = tree.parent(node);
        before(tree.from(node));
        copy.begin(diff, operation, tree, parent == XmlTree.DOCUMENT ? XmlTree.NONE : parent, splice);
        copy.children();
        after(tree.to(node));
        return PatchError.NONE;
    }

    private int remove(int node) {
        int kind = tree.kind(node);
        if (kind == XmlTree.ELEMENT && tree.parent(node) == XmlTree.DOCUMENT) {
            return PatchError.INVALID_ROOT_ELEMENT_OPERATION;
        }
        boolean ws = has(WS);
        boolean both = word.equals(BOTH);
        boolean front = both || word.equals(BEFORE);
        boolean back = both || word.equals(AFTER);
        if (ws && (!front && !back || kind == XmlTree.TEXT || kind == XmlTree.ATTRIBUTE || kind == XmlTree.NAMESPACE)) {
            return PatchError.INVALID_ATTRIBUTE_VALUE;
        }
        int previous = front ? tree.previous(node) : XmlTree.NONE;
        int next = back ? tree.next(node) : XmlTree.NONE;
        if (front && !isBlankText(previous) || back && !isBlankText(next)) {
            return PatchError.INVALID_WHITESPACE_DIRECTIVE;
        }
        before(front ? tree.from(previous) : tree.from(node));
        after(back ? tree.to(next) : tree.to(node));
        return PatchError.NONE;
    }

    private boolean isBlankText(int node) {
        return node != XmlTree.NONE && tree.kind(node) == XmlTree.TEXT && tree.isBlank(node);
    }
}
