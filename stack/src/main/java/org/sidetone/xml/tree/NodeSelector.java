package org.sidetone.xml.tree;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;

/**
 * Finds the one node of a document that a selector means: the part of XPath that RFC 5261 section 4.1 and RFC 4825 section 6.3 use,
 * <pre>
 *   selector   = ["/"] (id-call / step) *("/" step) ["/" last]
 *   step       = ("*" / QName) *predicate
 *   last       = "@" QName / node-test "()" *predicate / "namespace::" prefix
 *   predicate  = "[" position / "@" QName "=" literal / "." "=" literal / QName "=" literal "]"
 * </pre>
 */
public final class NodeSelector {
    /** Says which namespaces the prefixes of a selector stand for. */
    public interface Prefixes {
        /** @param length 0: the default namespace; empty in {@code out} is none. @return false when it stands for nothing */
        boolean namespace(byte[] b, int at, int length, Slice out);
    }

    /** Refusals; a node is never negative. */
    public static final int BAD_SELECTOR = -1;
    public static final int UNBOUND_PREFIX = -2;
    /** No node, or more than one. */
    public static final int UNLOCATED = -3;
    public static final int MANY = -4;

    private static final int MAX_STEPS = 16;
    private static final int MAX_PREDICATES = 24;
    private static final int VALUE_BYTES = 512;
    private static final int POSITION = 0;
    private static final int ATTRIBUTE = 1;
    private static final int SELF = 2;
    private static final int CHILD = 3;
    private static final byte[] ID_CALL = Ascii.bytes("id(");
    private static final byte[] NAMESPACE_AXIS = Ascii.bytes("namespace::");
    private static final byte[] TEXT_TEST = Ascii.bytes("text()");
    private static final byte[] COMMENT_TEST = Ascii.bytes("comment()");
    private static final byte[] INSTRUCTION_TEST = Ascii.bytes("processing-instruction(");
    private static final byte[] ID = Ascii.bytes("id");
    private static final byte[] XML_ID = Ascii.bytes("xml:id");

    private XmlTree tree;
    private Prefixes prefixes;
    private byte[] b;
    private int at;
    private int limit;
    private int steps;
    private final int[] kind = new int[MAX_STEPS];
    private final int[] nameAt = new int[MAX_STEPS];
    private final int[] nameLength = new int[MAX_STEPS];
    private final int[] firstPredicate = new int[MAX_STEPS + 1];
    private int predicates;
    private final int[] test = new int[MAX_PREDICATES];
    private final int[] testAt = new int[MAX_PREDICATES];
    private final int[] testLength = new int[MAX_PREDICATES];
    private final int[] literalAt = new int[MAX_PREDICATES];
    private final int[] literalLength = new int[MAX_PREDICATES];
    /** Steps that are walked. */
    private int last;
    private int idAt;
    private int idLength;
    private int found;
    private int refusal;
    private final byte[] value = new byte[VALUE_BYTES];
    private final ByteSink sink = new ByteSink();
    private final Slice wanted = new Slice();
    private final Slice slice = new Slice();

    /** @param selector as it means, references resolved. @return the node, or one of the refusals above */
    public int find(XmlTree in, Slice selector, Prefixes names) {
        return find(in, selector, names, 0);
    }

    /** Finds the element in which the node of a selector is, or would be: all its steps but the last. @return the node, the document, or one of the refusals above */
    public int findParent(XmlTree in, Slice selector, Prefixes names) {
        return find(in, selector, names, 1);
    }

    private int find(XmlTree in, Slice selector, Prefixes names, int without) {
        tree = in;
        prefixes = names;
        b = selector.buffer();
        at = selector.offset();
        limit = selector.limit();
        steps = 0;
        predicates = 0;
        found = XmlTree.NONE;
        refusal = 0;
        if (!parse()) {
            return refusal == 0 ? BAD_SELECTOR : refusal;
        }
        last = steps - without;
        if (idLength >= 0) {
            int element = byId(XmlTree.DOCUMENT);
            if (element == XmlTree.NONE) {
                return UNLOCATED;
            }
            walk(element, 0);
        } else {
            walk(XmlTree.DOCUMENT, 0);
        }
        return refusal != 0 ? refusal : found == XmlTree.NONE ? UNLOCATED : found;
    }

    /** Whether a child of the parent found has the name that the last step asks for, whatever its predicates. */
    public boolean lastIsNamed(int node) {
        return tree.kind(node) == kind[steps - 1] && isNamed(node, steps - 1);
    }

    /** Whether the last step takes any name. */
    public boolean lastIsAny() {
        return nameLength[steps - 1] == 0;
    }

    /** The name of the last step as it stands, prefix included. */
    public Slice lastName(Slice out) {
        return out.wrap(b, nameAt[steps - 1], nameLength[steps - 1]);
    }

    /** The position that the last step asks for; 0: none. */
    public long lastPosition() {
        for (int p = firstPredicate[steps - 1]; p < predicates; p++) {
            if (test[p] == POSITION) {
                return Ascii.decimal(b, testAt[p], testAt[p] + testLength[p], Integer.MAX_VALUE);
            }
        }
        return 0;
    }

    /** Whether the selector just parsed finds an attribute, an element and so on: a kind of {@link XmlTree}. */
    public int lastKind() {
        return steps == 0 ? XmlTree.ELEMENT : kind[steps - 1];
    }

    private boolean parse() {
        idLength = -1;
        skipSpace();
        if (at < limit && b[at] == '/') {
            at++;
        }
        if (Ascii.startsWith(b, at, limit, ID_CALL)) {
            at += ID_CALL.length;
            int close = literal(0, false);
            if (close < 0 || at >= limit || b[at++] != ')') {
                return false;
            }
            skipSpace();
            if (at == limit) {
                return true;
            }
            if (b[at++] != '/') {
                return false;
            }
        }
        while (true) {
            if (steps == MAX_STEPS || steps > 0 && kind[steps - 1] != XmlTree.ELEMENT || !step()) {
                return false;
            }
            skipSpace();
            if (at == limit) {
                return true;
            }
            if (b[at++] != '/') {
                return false;
            }
        }
    }

    private void skipSpace() {
        while (at < limit && (b[at] == ' ' || b[at] == '\t' || b[at] == '\n' || b[at] == '\r')) {
            at++;
        }
    }

    private boolean step() {
        skipSpace();
        int s = steps++;
        firstPredicate[s] = predicates;
        firstPredicate[s + 1] = predicates;
        nameLength[s] = 0;
        if (Ascii.startsWith(b, at, limit, NAMESPACE_AXIS)) {
            at += NAMESPACE_AXIS.length;
            kind[s] = XmlTree.NAMESPACE;
            return name(s);
        }
        if (at < limit && b[at] == '@') {
            at++;
            kind[s] = XmlTree.ATTRIBUTE;
            return name(s);
        }
        if (Ascii.startsWith(b, at, limit, TEXT_TEST)) {
            kind[s] = XmlTree.TEXT;
            at += TEXT_TEST.length;
        } else if (Ascii.startsWith(b, at, limit, COMMENT_TEST)) {
            kind[s] = XmlTree.COMMENT;
            at += COMMENT_TEST.length;
        } else if (Ascii.startsWith(b, at, limit, INSTRUCTION_TEST)) {
            kind[s] = XmlTree.INSTRUCTION;
            at += INSTRUCTION_TEST.length;
            if (at < limit && b[at] != ')' && literal(s, true) < 0 || at >= limit || b[at++] != ')') {
                return false;
            }
        } else {
            kind[s] = XmlTree.ELEMENT;
            if (at < limit && b[at] == '*') {
                at++;
            } else if (!name(s)) {
                return false;
            }
        }
        skipSpace();
        while (at < limit && b[at] == '[') {
            if (!predicate()) {
                return false;
            }
            firstPredicate[s + 1] = predicates;
            skipSpace();
        }
        return true;
    }

    private boolean name(int step) {
        nameAt[step] = at;
        at = endOfName(at);
        nameLength[step] = at - nameAt[step];
        return isName(nameAt[step], nameLength[step]);
    }

    private int endOfName(int from) {
        int i = from;
        while (i < limit && (Ascii.isAlpha(b[i]) || Ascii.isDigit(b[i]) || b[i] == '-' || b[i] == '_' || b[i] == '.' || b[i] == ':' || b[i] < 0)) {
            i++;
        }
        return i;
    }

    private boolean isName(int from, int length) {
        int colon = Ascii.indexOf(b, from, from + length, ':');
        return length > 0 && !Ascii.isDigit(b[from]) && b[from] != '-' && b[from] != '.' && colon != from && colon != from + length - 1;
    }

    /** Reads a literal. @param intoStep whether it is the name of an instruction, else it is an id. @return negative when it is none */
    private int literal(int step, boolean intoStep) {
        skipSpace();
        if (at >= limit || b[at] != '"' && b[at] != '\'') {
            return -1;
        }
        int quote = b[at];
        int from = at + 1;
        int end = Ascii.indexOf(b, from, limit, quote);
        if (end == limit) {
            return -1;
        }
        at = end + 1;
        if (intoStep) {
            nameAt[step] = from;
            nameLength[step] = end - from;
        } else {
            idAt = from;
            idLength = end - from;
        }
        skipSpace();
        return end;
    }

    private boolean predicate() {
        if (predicates == MAX_PREDICATES) {
            return false;
        }
        int p = predicates++;
        at++;
        skipSpace();
        testAt[p] = at;
        if (at < limit && Ascii.isDigit(b[at])) {
            test[p] = POSITION;
            at = Ascii.endOfDigits(b, at, limit);
            testLength[p] = at - testAt[p];
            skipSpace();
            return at < limit && b[at++] == ']';
        }
        if (at < limit && b[at] == '@') {
            test[p] = ATTRIBUTE;
            testAt[p] = ++at;
        } else if (at < limit && b[at] == '.') {
            test[p] = SELF;
            at++;
        } else {
            test[p] = CHILD;
        }
        if (test[p] != SELF) {
            at = endOfName(at);
        }
        testLength[p] = at - testAt[p];
        if (test[p] != SELF && !isName(testAt[p], testLength[p])) {
            return false;
        }
        skipSpace();
        if (at >= limit || b[at++] != '=') {
            return false;
        }
        skipSpace();
        if (at >= limit || b[at] != '"' && b[at] != '\'') {
            return false;
        }
        int end = Ascii.indexOf(b, at + 1, limit, b[at]);
        literalAt[p] = at + 1;
        literalLength[p] = end - at - 1;
        at = end + 1;
        skipSpace();
        return end < limit && at < limit && b[at++] == ']';
    }

    private int byId(int within) {
        for (int e = tree.nextElement(tree.firstChild(within)); e != XmlTree.NONE; e = tree.nextElement(tree.next(e))) {
            int a = tree.attribute(e, XML_ID);
            a = a == XmlTree.NONE ? tree.attribute(e, ID) : a;
            if (a != XmlTree.NONE && isValue(a, idAt, idLength)) {
                return e;
            }
            int inner = byId(e);
            if (inner != XmlTree.NONE) {
                return inner;
            }
        }
        return XmlTree.NONE;
    }

    private void walk(int context, int step) {
        if (step == last) {
            if (found != XmlTree.NONE) {
                refusal = MANY;
            }
            found = context;
            return;
        }
        boolean attribute = kind[step] == XmlTree.ATTRIBUTE || kind[step] == XmlTree.NAMESPACE;
        int n = !attribute ? tree.firstChild(context) : context == XmlTree.DOCUMENT ? XmlTree.NONE : tree.firstAttribute(context);
        for (; n != XmlTree.NONE && refusal == 0; n = tree.next(n)) {
            if (passes(n, step, firstPredicate[step + 1])) {
                walk(n, step + 1);
            }
        }
    }

    /** Whether a node passes a step's test and its predicates before one. */
    private boolean passes(int node, int step, int beforePredicate) {
        if (tree.kind(node) != kind[step] || !isNamed(node, step)) {
            return false;
        }
        for (int p = firstPredicate[step]; p < beforePredicate; p++) {
            if (!holds(node, step, p)) {
                return false;
            }
        }
        return true;
    }

    private boolean isNamed(int node, int step) {
        switch (kind[step]) {
            case XmlTree.ELEMENT: case XmlTree.ATTRIBUTE:
                return nameLength[step] == 0 || hasName(node, nameAt[step], nameLength[step]);
            case XmlTree.INSTRUCTION: case XmlTree.NAMESPACE:
                return nameLength[step] == 0
                        || Ascii.equals(tree.buffer(), tree.nameAt(node), tree.nameLength(node), b, nameAt[step], nameLength[step]);
            default:
                return true;
        }
    }

    private boolean hasName(int node, int name, int length) {
        int colon = Ascii.indexOf(b, name, name + length, ':');
        boolean prefixed = colon < name + length;
        int local = prefixed ? colon + 1 : name;
        tree.localName(node, slice);
        if (!Ascii.equals(slice.buffer(), slice.offset(), slice.length(), b, local, name + length - local)) {
            return false;
        }
        if (!prefixed && tree.kind(node) == XmlTree.ATTRIBUTE) {
            return tree.prefixLength(node) == 0;
        }
        if (!prefixes.namespace(b, name, prefixed ? colon - name : 0, wanted)) {
            refusal = UNBOUND_PREFIX;
            return false;
        }
        return tree.namespace(node, slice).equals(wanted);
    }

    private boolean holds(int node, int step, int p) {
        switch (test[p]) {
            case POSITION:
                long position = 1;
                int first = tree.firstChild(tree.parent(node));
                for (int n = first; n != node && n != XmlTree.NONE; n = tree.next(n)) {
                    position += passes(n, step, p) ? 1 : 0;
                }
                return Ascii.decimal(b, testAt[p], testAt[p] + testLength[p], Integer.MAX_VALUE) == position;
            case ATTRIBUTE:
                for (int a = tree.firstAttribute(node); a != XmlTree.NONE; a = tree.next(a)) {
                    if (tree.kind(a) == XmlTree.ATTRIBUTE && hasName(a, testAt[p], testLength[p])) {
                        return isValue(a, literalAt[p], literalLength[p]);
                    }
                }
                return false;
            case SELF:
                return isValue(node, literalAt[p], literalLength[p]);
            default:
                for (int c = tree.nextElement(tree.firstChild(node)); c != XmlTree.NONE; c = tree.nextElement(tree.next(c))) {
                    if (hasName(c, testAt[p], testLength[p]) && isValue(c, literalAt[p], literalLength[p])) {
                        return true;
                    }
                }
                return false;
        }
    }

    private boolean isValue(int node, int literal, int length) {
        sink.wrap(value);
        tree.putString(node, sink);
        return !sink.overflowed() && Ascii.equals(value, 0, sink.length(), b, literal, length);
    }
}
