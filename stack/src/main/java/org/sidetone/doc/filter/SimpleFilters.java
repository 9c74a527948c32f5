package org.sidetone.doc.filter;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.schema.Schema;
import org.sidetone.xml.schema.SchemaReader;
import org.sidetone.xml.XmlReader;
import org.sidetone.xml.tree.XmlTree;

/** Reads filter documents, takes out of a document what a filter leaves, and says whether a change triggers it. */
public final class SimpleFilters implements FilterPath.Prefixes {
    public static final byte[] CONTENT_TYPE = Ascii.bytes("application/simple-filter+xml");

    public static final int GOOD = 0;
    /** Not a filter document by its schema, or an expression in it is none. */
    public static final int INVALID = -1;
    /** Two filters for the same resource or domain (RFC 4660 section 5.2). */
    public static final int AMBIGUOUS = -2;
    /** More than there is room for. */
    public static final int TOO_LARGE = -3;

    /** What a package's documents must have, whatever a filter says (RFC 4660 section 5.3.1). */
    public interface Mandatory {
        /** Whether an element must be there when its parent is. */
        boolean element(XmlTree document, int element);

        /** Whether an attribute must be there when its element is. */
        boolean attribute(XmlTree document, int attribute);
    }

    private static final byte[] OURS = Ascii.bytes("urn:ietf:params:xml:ns:simple-filter");
    private static final String LINES = "/filter-set @package : ns-bindings? filter+\n"
            + "ns-bindings : ns-binding+\n"
            + "ns-binding @prefix! @urn!uri :\n"
            + "filter @id! @uri=uri @domain @remove=boolean @enabled=boolean : what? trigger* ##other*\n"
            + "what : include* exclude:include* ##other*\n"
            + "include @type = string\n"
            + "trigger : changed* added:text* removed:text* ##other*\n"
            + "changed @from @to @by = string\n"
            + "text = string\n";
    private static final Schema SCHEMA = new Schema(new byte[][] {OURS}).define(0, LINES);
    private static final int MAX_DEPTH = 12;
    private static final int EXPRESSION_BYTES = 512;
    private static final byte[] FILTER = Ascii.bytes("filter");
    private static final byte[] NS_BINDINGS = Ascii.bytes("ns-bindings");
    private static final byte[] WHAT = Ascii.bytes("what");
    private static final byte[] TRIGGER = Ascii.bytes("trigger");
    private static final byte[] INCLUDE = Ascii.bytes("include");
    private static final byte[] EXCLUDE = Ascii.bytes("exclude");
    private static final byte[] CHANGED = Ascii.bytes("changed");
    private static final byte[] ADDED = Ascii.bytes("added");
    private static final byte[] REMOVED = Ascii.bytes("removed");
    private static final byte[] ID = Ascii.bytes("id");
    private static final byte[] URI = Ascii.bytes("uri");
    private static final byte[] DOMAIN = Ascii.bytes("domain");
    private static final byte[] REMOVE = Ascii.bytes("remove");
    private static final byte[] ENABLED = Ascii.bytes("enabled");
    private static final byte[] TYPE = Ascii.bytes("type");
    private static final byte[] NAMESPACE = Ascii.bytes("namespace");
    private static final byte[] XPATH = Ascii.bytes("xpath");
    private static final byte[] PREFIX = Ascii.bytes("prefix");
    private static final byte[] URN = Ascii.bytes("urn");
    private static final byte[] FROM = Ascii.bytes("from");
    private static final byte[] TO = Ascii.bytes("to");
    private static final byte[] BY = Ascii.bytes("by");
    private static final byte[] TRUE = Ascii.bytes("true");
    private static final byte[] ONE = Ascii.bytes("1");

    private final SchemaReader schema = new SchemaReader(SCHEMA, MAX_DEPTH);
    private final XmlTree filters;
    private final Content content;
    private final Triggers triggers;
    private final FilterPath path = new FilterPath();
    private final byte[] amounttes = new byte[EXPRESSION_BYTES];
    private final ByteSink sink = new ByteSink();
    private final Slice expression = new Slice();
    private final Slice slice = new Slice();
    private final Slice other = new Slice();
    private final Slice amount = new Slice();

    /** @param filterNodes of a filter document. @param nodes of a document that is filtered */
    public SimpleFilters(int filterNodes, int nodes) {
        filters = new XmlTree(filterNodes);
        content = new Content(nodes);
        triggers = new Triggers(nodes);
    }

    /** Reads a document; {@link #next} then goes through its filters. @return one of the words above */
    public int read(Slice document) {
        schema.wrap(document);
        int e = schema.next();
        while (e > 0 && e != XmlReader.DONE) {
            e = schema.next();
        }
        if (e < 0) {
            return INVALID;
        }
        if (filters.read(document) != XmlTree.GOOD) {
            return TOO_LARGE;
        }
        for (int f = next(XmlTree.NONE); f != XmlTree.NONE; f = next(f)) {
            if (has(f, URI) && has(f, DOMAIN) || !areExpressionsGood(f)) {
                return INVALID;
            }
            for (int g = next(f); g != XmlTree.NONE; g = next(g)) {
                if (isSame(f, g, ID)) {
                    return INVALID;
                }
                if (!isRemoved(f) && !isRemoved(g) && isSame(f, g, URI) && isSame(f, g, DOMAIN)) {
                    return AMBIGUOUS;
                }
            }
        }
        return GOOD;
    }

    private boolean areExpressionsGood(int filter) {
        for (int part = child(filter, XmlTree.NONE); part != XmlTree.NONE; part = child(filter, part)) {
            for (int e = child(part, XmlTree.NONE); e != XmlTree.NONE; e = child(part, e)) {
                boolean words = !isNamed(e, INCLUDE) && !isNamed(e, EXCLUDE) || !has(e, TYPE) || value(e, TYPE, slice).equals(XPATH) || slice.equals(NAMESPACE);
                if (!words || !isNamespace(e) && !path.isGood(expression(e), this)) {
                    return false;
                }
            }
        }
        return true;
    }

    private int child(int parent, int after) {
        int c = filters.nextElement(after == XmlTree.NONE ? filters.firstChild(parent) : filters.next(after));
        while (c != XmlTree.NONE && !filters.namespace(c, other).equals(OURS)) {
            c = filters.nextElement(filters.next(c));            // somebody's extension
        }
        return c;
    }

    private boolean isNamed(int element, byte[] name) {
        return filters.localName(element, other).equals(name);
    }

    private boolean has(int element, byte[] attribute) {
        return filters.attribute(element, attribute) != XmlTree.NONE;
    }

    private Slice value(int element, byte[] attribute, Slice out) {
        int a = filters.attribute(element, attribute);
        return a == XmlTree.NONE ? out.clear() : filters.value(a, out);
    }

    private boolean isSame(int f, int g, byte[] attribute) {
        return has(f, attribute) == has(g, attribute) && value(f, attribute, slice).equals(value(g, attribute, other));
    }

    private boolean isNamespace(int element) {
        return value(element, TYPE, slice).equals(NAMESPACE);
    }

    /** The text of an element, references resolved, white space around it taken off. */
    private Slice expression(int element) {
        sink.wrap(amounttes);
        filters.putString(element, sink);
        int from = 0;
        int to = sink.overflowed() ? 0 : sink.length();
        while (from < to && amounttes[from] <= ' ' && amounttes[from] > 0) {
            from++;
        }
        while (to > from && amounttes[to - 1] <= ' ' && amounttes[to - 1] > 0) {
            to--;
        }
        return expression.wrap(amounttes, from, to - from);
    }

    @Override
    public boolean namespace(byte[] b, int at, int length, Slice out) {
        int root = filters.rootElement();
        int bindings = child(root, XmlTree.NONE);
        for (int n = isNamed(bindings, NS_BINDINGS) ? child(bindings, XmlTree.NONE) : XmlTree.NONE; n != XmlTree.NONE; n = child(bindings, n)) {
            value(n, PREFIX, out);
            if (Ascii.equals(out.buffer(), out.offset(), out.length(), b, at, length)) {
                value(n, URN, out);
                return true;
            }
        }
        return filters.namespace(root, b, at, length, out);          // a document may bind a prefix itself instead
    }

    /** The filter after one, the first after {@link XmlTree#NONE}. */
    public int next(int after) {
        int f = child(filters.rootElement(), after);
        while (f != XmlTree.NONE && !isNamed(f, FILTER)) {
            f = child(filters.rootElement(), f);
        }
        return f;
    }

    /** The filter with an id, or {@link XmlTree#NONE}. */
    public int find(Slice id) {
        int f = next(XmlTree.NONE);
        while (f != XmlTree.NONE && !value(f, ID, slice).equals(id)) {
            f = next(f);
        }
        return f;
    }

    public Slice id(int filter, Slice out) {
        return value(filter, ID, out);
    }

    /** The resource that it is for; empty: the one that is subscribed to, or a {@link #domain}. */
    public Slice uri(int filter, Slice out) {
        return value(filter, URI, out);
    }

    public Slice domain(int filter, Slice out) {
        return value(filter, DOMAIN, out);
    }

    public boolean isRemoved(int filter) {
        return value(filter, REMOVE, slice).equals(TRUE) || slice.equals(ONE);
    }

    public boolean isEnabled(int filter) {
        return !has(filter, ENABLED) || value(filter, ENABLED, slice).equals(TRUE) || slice.equals(ONE);
    }

    /** Whether it says anything, beside being there. */
    public boolean hasContent(int filter) {
        return part(filter, WHAT) != XmlTree.NONE || hasTriggers(filter);
    }

    /** An empty trigger is none (RFC 4660 section 5.4). */
    public boolean hasTriggers(int filter) {
        for (int t = child(filter, XmlTree.NONE); t != XmlTree.NONE; t = child(filter, t)) {
            if (isNamed(t, TRIGGER) && child(t, XmlTree.NONE) != XmlTree.NONE) {
                return true;
            }
        }
        return false;
    }

    private int part(int filter, byte[] name) {
        int p = child(filter, XmlTree.NONE);
        while (p != XmlTree.NONE && !(isNamed(p, name) && child(p, XmlTree.NONE) != XmlTree.NONE)) {
            p = child(filter, p);
        }
        return p;
    }

    /**
     * Appends what a filter of the document read last leaves of another.
     * @return false when nothing is left, or the document cannot be filtered: nothing was appended
     */
    public boolean apply(int filter, Slice document, Mandatory mandatory, ByteSink out) {
        int what = part(filter, WHAT);
        if (what == XmlTree.NONE) {
            out.put(document);
            return true;
        }
        if (!content.begin(document, mandatory)) {
            return false;
        }
        boolean includes = false;
        for (int e = child(what, XmlTree.NONE); e != XmlTree.NONE; e = child(what, e)) {
            if (isNamed(e, INCLUDE)) {
                includes = true;
                include(e);
            }
        }
        if (!includes) {
            content.includeAll();
        }
        for (int e = child(what, XmlTree.NONE); e != XmlTree.NONE; e = child(what, e)) {
            if (isNamed(e, EXCLUDE)) {
                exclude(e);
            }
        }
        return content.write(out);
    }

    private void include(int element) {
        if (isNamespace(element)) {
            content.includeNamespace(expression(element));
        } else {
            content.excluding(false);
            path.select(content.document(), expression(element), this, content);
        }
    }

    private void exclude(int element) {
        if (isNamespace(element)) {
            content.excludeNamespace(expression(element));
        } else {
            content.excluding(true);
            path.select(content.document(), expression(element), this, content);
        }
    }

    /** Whether the change from one document to another triggers a filter of the document read last (RFC 4661 section 3.6). */
    public boolean isTriggered(int filter, Slice before, Slice now) {
        if (!triggers.begin(before, now)) {
            return true;                                     // what cannot be compared is told
        }
        for (int t = child(filter, XmlTree.NONE); t != XmlTree.NONE; t = child(filter, t)) {
            if (isNamed(t, TRIGGER) && child(t, XmlTree.NONE) != XmlTree.NONE && allHold(t)) {
                return true;
            }
        }
        return false;
    }

    private boolean allHold(int trigger) {
        for (int e = child(trigger, XmlTree.NONE); e != XmlTree.NONE; e = child(trigger, e)) {
            int kind = isNamed(e, CHANGED) ? Triggers.CHANGED : isNamed(e, ADDED) ? Triggers.ADDED : isNamed(e, REMOVED) ? Triggers.REMOVED : Triggers.UNKNOWN;
            if (kind == Triggers.UNKNOWN) {
                continue;
            }
            boolean from = has(e, FROM);
            boolean to = has(e, TO);
            boolean by = has(e, BY);
            triggers.look(kind, from ? value(e, FROM, slice) : null, to ? value(e, TO, other) : null, by ? value(e, BY, amount) : null, path);
            path.select(kind == Triggers.REMOVED ? triggers.before() : triggers.now(), expression(e), this, triggers);
            if (!triggers.found()) {
                return false;
            }
        }
        return true;
    }
}
