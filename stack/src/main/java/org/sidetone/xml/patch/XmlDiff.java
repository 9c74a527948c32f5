package org.sidetone.xml.patch;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.tree.XmlTree;

/**
 * Makes the operations that turn one document into another (RFC 5261 section 4), for documents whose root elements are the same but for
 * what is in them. White space between elements does not count. An element that is the same but for its text or its children is gone
 * into; any other is replaced whole.
 */
public final class XmlDiff {
    private static final byte[] ID = Ascii.bytes("id");
    private static final int PATH_BYTES = 160;

    private final FixedText path = new FixedText(PATH_BYTES);
    private final byte[] pathBytes = new byte[PATH_BYTES];
    private final ByteSink step = new ByteSink();
    private final Slice one = new Slice();
    private final Slice two = new Slice();
    private XmlTree old;
    private XmlTree now;
    private byte[] prefix;
    private ByteSink out;

    /**
     * Appends the operations. Their content has the prefixes of the new document: whoever writes the diff document around them declares
     * what its root declares.
     * @param operationPrefix with its colon. @return false when they cannot be made: the whole document has to be told
     */
    public boolean write(XmlTree from, XmlTree to, byte[] operationPrefix, ByteSink sink) {
        old = from;
        now = to;
        prefix = operationPrefix;
        out = sink;
        int a = old.rootElement();
        int b = now.rootElement();
        if (a == XmlTree.NONE || b == XmlTree.NONE || !haveSameTag(a, b) || old.isEmpty(a) || now.isEmpty(b)
                || !hasElementsAlone(old, a) || !hasElementsAlone(now, b)) {
            return false;
        }
        path.set("*");
        return children(a, b);
    }

    /** One of some prefixes, with their colons, that the root of a document does not declare. @return null when it declares all */
    public static byte[] freePrefix(XmlTree of, byte[][] prefixes) {
        for (int i = 0; i < prefixes.length; i++) {
            if (of.declaration(of.rootElement(), prefixes[i], 0, prefixes[i].length - 1) == XmlTree.NONE) {
                return prefixes[i];
            }
        }
        return null;
    }

    private boolean haveSameTag(int a, int b) {
        return Ascii.equals(old.buffer(), old.from(a), old.valueFrom(a) - old.from(a), now.buffer(), now.from(b), now.valueFrom(b) - now.from(b));
    }

    private static boolean hasElementsAlone(XmlTree tree, int element) {
        for (int c = tree.firstChild(element); c != XmlTree.NONE; c = tree.next(c)) {
            if (tree.kind(c) != XmlTree.ELEMENT && !(tree.kind(c) == XmlTree.TEXT && tree.isBlank(c))) {
                return false;
            }
        }
        return tree.nextElement(tree.firstChild(element)) != XmlTree.NONE || tree.firstChild(element) == XmlTree.NONE;
    }

    private static boolean hasTextAlone(XmlTree tree, int element) {
        int c = tree.firstChild(element);
        return c != XmlTree.NONE && tree.kind(c) == XmlTree.TEXT && tree.next(c) == XmlTree.NONE;
    }

    private boolean areEqual(int a, int b) {
        return Ascii.equals(old.buffer(), old.from(a), old.to(a) - old.from(a), now.buffer(), now.from(b), now.to(b) - now.from(b));
    }

    /** Whether they are the same thing, changed or not: name and id. */
    private boolean match(int a, int b) {
        if (!Ascii.equals(old.buffer(), old.nameAt(a), old.nameLength(a), now.buffer(), now.nameAt(b), now.nameLength(b))) {
            return false;
        }
        int idA = old.attribute(a, ID);
        int idB = now.attribute(b, ID);
        return idA == XmlTree.NONE || idB == XmlTree.NONE ? idA == idB : old.value(idA, one).equals(now.value(idB, two));
    }

    private int nextOld(int e) {
        return old.nextElement(old.next(e));
    }

    private int nextNow(int e) {
        return now.nextElement(now.next(e));
    }

    private boolean matchesLater(int a, int from) {
        int b = from;
        while (b != XmlTree.NONE && !match(a, b)) {
            b = nextNow(b);
        }
        return b != XmlTree.NONE;
    }

    private boolean wasThere(int from, int b) {
        int a = from;
        while (a != XmlTree.NONE && !match(a, b)) {
            a = nextOld(a);
        }
        return a != XmlTree.NONE;
    }

    /** The children of two elements at {@link #path}, in order; so many of them as {@code done} says are in place already. */
    private boolean children(int parentA, int parentB) {
        int a = old.nextElement(old.firstChild(parentA));
        int b = now.nextElement(now.firstChild(parentB));
        int done = 0;
        while (a != XmlTree.NONE || b != XmlTree.NONE) {
            if (a != XmlTree.NONE && b != XmlTree.NONE && match(a, b)) {
                done++;
                if (!areEqual(a, b) && !element(a, b, done)) {
                    return false;
                }
                a = nextOld(a);
                b = nextNow(b);
            } else if (a != XmlTree.NONE && (b == XmlTree.NONE || !matchesLater(a, b))) {
                begin("remove", done + 1, "").put('/').put('>');
                a = nextOld(a);
            } else if (a == XmlTree.NONE || !wasThere(a, b)) {
                ByteSink add = done == 0 ? begin("add", 0, "").put(" pos=\"prepend\">") : begin("add", done, "").put(" pos=\"after\">");
                add.put(now.buffer(), now.from(b), now.to(b) - now.from(b));
                end("add");
                done++;
                b = nextNow(b);
            } else {
                return false;                                // they changed places
            }
        }
        return true;
    }

    /** One element that is the same and not equal. */
    private boolean element(int a, int b, int place) {
        boolean sameTag = haveSameTag(a, b);
        if (sameTag && hasTextAlone(old, a) && hasTextAlone(now, b)) {
            begin("replace", place, "/text()").put('>').put(now.buffer(), now.valueFrom(b), now.valueTo(b) - now.valueFrom(b));
            end("replace");
            return true;
        }
        if (sameTag && hasElements(old, a) && hasElements(now, b) && !nothingStays(a, b)) {
            int length = path.length();
            if (!enter(place)) {
                return false;
            }
            boolean good = children(a, b);
            path.set(path.bytes(), 0, length);
            return good;
        }
        begin("replace", place, "").put('>').put(now.buffer(), now.from(b), now.to(b) - now.from(b));
        end("replace");
        return true;
    }

    private static boolean hasElements(XmlTree tree, int element) {
        return hasElementsAlone(tree, element) && tree.nextElement(tree.firstChild(element)) != XmlTree.NONE;
    }

    /** Whether going in would cost more than telling it whole: not one child stays. */
    private boolean nothingStays(int a, int b) {
        for (int c = old.nextElement(old.firstChild(a)); c != XmlTree.NONE; c = nextOld(c)) {
            if (matchesLater(c, now.nextElement(now.firstChild(b)))) {
                return false;
            }
        }
        return true;
    }

    private boolean enter(int place) {
        step.wrap(pathBytes);
        step.put(path).put("/*[").putDecimal(place).put(']');
        return !step.overflowed() && path.set(pathBytes, 0, step.length());
    }

    /** @param place of the child that it is about; 0: the element at the path itself */
    private ByteSink begin(String operation, int place, String last) {
        out.put('<').put(prefix).put(operation).put(" sel=\"").put(path);
        if (place > 0) {
            out.put("/*[").putDecimal(place).put(']');
        }
        return out.put(last).put('"');
    }

    private void end(String operation) {
        out.put('<').put('/').put(prefix).put(operation).put('>');
    }
}
