package org.sidetone.xml.patch;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.tree.XmlTree;

/**
 * Copies nodes of a diff document to a place in the target, with prefixes that mean there what they meant here (RFC 5261 section 4.2.3).
 * Where the target has no prefix for a namespace, the copied element declares its own.
 */
final class ContentCopy {
    private static final byte[] NOTHING = new byte[0];

    private XmlTree diff;
    private int operation;
    private XmlTree target;
    private int context;
    private ByteSink out;
    /** What {@link #choose} found. */
    private byte[] prefix = NOTHING;
    private int prefixAt;
    private int prefixLength;
    private final Slice wanted = new Slice();
    private final Slice other = new Slice();

    /** @param inContext the element of the target that the copies are put in; {@link XmlTree#NONE} beside the root element */
    void begin(XmlTree from, int ofOperation, XmlTree to, int inContext, ByteSink sink) {
        diff = from;
        operation = ofOperation;
        target = to;
        context = inContext;
        out = sink;
    }

    /** All children of the operation. */
    void children() {
        for (int c = diff.firstChild(operation); c != XmlTree.NONE; c = diff.next(c)) {
            node(c);
        }
    }

    private void node(int n) {
        if (diff.kind(n) != XmlTree.ELEMENT) {
            out.put(diff.buffer(), diff.from(n), diff.to(n) - diff.from(n));
            return;
        }
        out.put('<');
        boolean known = name(n, n);
        int declared = known ? -1 : declare(n);
        for (int a = diff.firstAttribute(n); a != XmlTree.NONE; a = diff.next(a)) {
            if (diff.kind(a) == XmlTree.NAMESPACE || diff.prefixLength(a) == 0) {
                out.put(diff.buffer(), diff.from(a), diff.to(a) - diff.from(a));
            } else {
                attribute(n, a, declared);
            }
        }
        if (diff.isEmpty(n)) {
            out.put('/').put('>');
            return;
        }
        out.put('>');
        for (int c = diff.firstChild(n); c != XmlTree.NONE; c = diff.next(c)) {
            node(c);
        }
        out.put('<').put('/');
        name(n, n);
        out.put('>');
    }

    private void attribute(int element, int a, int declaredAt) {
        out.put(' ');
        boolean known = name(element, a);
        out.put(diff.buffer(), diff.nameAt(a) + diff.nameLength(a), diff.to(a) - diff.nameAt(a) - diff.nameLength(a));
        boolean again = declaredAt >= 0 && Ascii.equals(diff.buffer(), declaredAt, diff.prefixLength(element), diff.buffer(), diff.nameAt(a), diff.prefixLength(a));
        if (!known && !again) {
            declare(a);
        }
    }

    /** Appends the name of an element or attribute as it is to be in the target. @return false: its prefix has to be declared */
    private boolean name(int element, int n) {
        int octets = diff.prefixLength(n);
        boolean isAttribute = diff.kind(n) == XmlTree.ATTRIBUTE;
        if (isLocal(element, diff.buffer(), diff.nameAt(n), octets)) {
            out.put(diff.buffer(), diff.nameAt(n), diff.nameLength(n));
            return true;
        }
        diff.namespace(element, diff.buffer(), diff.nameAt(n), octets, wanted);
        boolean known = choose(diff.buffer(), diff.nameAt(n), octets, isAttribute) && !isLocal(element, prefix, prefixAt, prefixLength);
        if (!known) {
            out.put(diff.buffer(), diff.nameAt(n), diff.nameLength(n));
            return false;
        }
        putPrefix();
        int skipped = octets == 0 ? 0 : octets + 1;
        out.put(diff.buffer(), diff.nameAt(n) + skipped, diff.nameLength(n) - skipped);
        return true;
    }

    private void putPrefix() {
        if (prefixLength > 0) {
            out.put(prefix, prefixAt, prefixLength).put(':');
        }
    }

    /** Declares the prefix of a name on the element being written. @return where the prefix stands */
    private int declare(int n) {
        int octets = diff.prefixLength(n);
        out.put(" xmlns");
        if (octets > 0) {
            out.put(':').put(diff.buffer(), diff.nameAt(n), octets);
        }
        diff.namespace(n, wanted);
        out.put('=').put('"').put(wanted).put('"');
        return diff.nameAt(n);
    }

    /** Whether a prefix is declared within what is copied. */
    private boolean isLocal(int element, byte[] b, int at, int length) {
        int d = diff.declaration(element, b, at, length);
        int owner = d == XmlTree.NONE ? XmlTree.NONE : diff.parent(d);
        for (int e = element; e != operation && e != XmlTree.DOCUMENT && owner != XmlTree.NONE; e = diff.parent(e)) {
            if (e == owner) {
                return true;
            }
        }
        return false;
    }

    /** Appends the name an attribute added by name has in the target. @return false: its prefix stands for nothing there */
    boolean attributeName(byte[] b, int at, int length) {
        int colon = Ascii.indexOf(b, at, at + length, ':');
        if (colon == at + length) {
            out.put(b, at, length);
            return true;
        }
        if (!diff.namespace(operation, b, at, colon - at, wanted) || !choose(b, at, colon - at, true)) {
            return false;
        }
        putPrefix();
        out.put(b, colon + 1, at + length - colon - 1);
        return true;
    }

    /** Finds the prefix of the target for {@link #wanted}: the same, that of the context, else the one before it in the alphabet. */
    private boolean choose(byte[] b, int at, int length, boolean forAttribute) {
        prefix = b;
        prefixAt = at;
        prefixLength = length;
        if (context == XmlTree.NONE) {
            return wanted.isEmpty() && length == 0;
        }
        if (target.namespace(context, b, at, length, other) && other.equals(wanted)) {
            return true;
        }
        int own = target.prefixLength(context);
        if (!(forAttribute && own == 0) && target.namespace(context, other).equals(wanted)) {
            take(target.nameAt(context), own);
            return true;
        }
        int best = XmlTree.NONE;
        int first = XmlTree.NONE;
        for (int e = context; e != XmlTree.DOCUMENT; e = target.parent(e)) {
            for (int a = target.firstAttribute(e); a != XmlTree.NONE; a = target.next(a)) {
                if (target.kind(a) != XmlTree.NAMESPACE || forAttribute && target.nameLength(a) == 0 || !target.value(a, other).equals(wanted)
                        || target.declaration(context, target.buffer(), target.nameAt(a), target.nameLength(a)) != a) {
                    continue;
                }
                first = first == XmlTree.NONE || compare(a, target.buffer(), target.nameAt(first), target.nameLength(first)) < 0 ? a : first;
                boolean before = compare(a, b, at, length) <= 0;
                best = before && (best == XmlTree.NONE || compare(a, target.buffer(), target.nameAt(best), target.nameLength(best)) > 0) ? a : best;
            }
        }
        best = best == XmlTree.NONE ? first : best;
        if (best == XmlTree.NONE) {
            return false;
        }
        take(target.nameAt(best), target.nameLength(best));
        return true;
    }

    private void take(int at, int length) {
        prefix = target.buffer();
        prefixAt = at;
        prefixLength = length;
    }

    private int compare(int declaration, byte[] b, int at, int length) {
        int n = Math.min(target.nameLength(declaration), length);
        for (int i = 0; i < n; i++) {
            int difference = (target.buffer()[target.nameAt(declaration) + i] & 0xFF) - (b[at + i] & 0xFF);
            if (difference != 0) {
                return difference;
            }
        }
        return target.nameLength(declaration) - length;
    }
}
