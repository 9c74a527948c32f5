package org.sidetone.xml.tree;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.XmlReader;

/**
 * The nodes of one document, by number in the order of the document, as places in its array; filled again and again. Attributes and
 * declarations of namespaces are nodes beside the children of their element. Text and CDATA that touch are one node (XPath 1.0
 * section 5.7).
 */
public final class XmlTree {
    /** There is no such node. */
    public static final int NONE = -1;
    /** The node that has the root element and what stands beside it. */
    public static final int DOCUMENT = 0;

    /** Kinds of nodes. */
    public static final int ROOT = 0;
    public static final int ELEMENT = 1;
    public static final int TEXT = 2;
    public static final int COMMENT = 3;
    public static final int INSTRUCTION = 4;
    public static final int ATTRIBUTE = 5;
    public static final int NAMESPACE = 6;

    public static final int GOOD = 0;
    /** More nodes than there is room for. */
    public static final int TOO_LARGE = -20;

    private static final int MAX_DEPTH = 24;
    private static final byte[] XML = Ascii.bytes("xml");
    private static final byte[] XML_NAMESPACE = Ascii.bytes("http://www.w3.org/XML/1998/namespace");

    private final XmlReader xml = new XmlReader(new byte[0][], MAX_DEPTH);
    private final int most;
    private final byte[] kind;
    private final int[] parent;
    private final int[] next;
    private final int[] firstChild;
    private final int[] firstAttribute;
    /** The whole node, markup included. */
    private final int[] from;
    private final int[] to;
    private final int[] nameAt;
    private final int[] nameLength;
    /** What stands in it: between the tags, within the quotes, the text. */
    private final int[] valueFrom;
    private final int[] valueTo;
    private final int[] lastChild = new int[MAX_DEPTH + 1];
    private int count;
    private byte[] buffer = new byte[0];

    /** @param nodes a document may have */
    public XmlTree(int nodes) {
        most = nodes;
        kind = new byte[nodes];
        parent = new int[nodes];
        next = new int[nodes];
        firstChild = new int[nodes];
        firstAttribute = new int[nodes];
        from = new int[nodes];
        to = new int[nodes];
        nameAt = new int[nodes];
        nameLength = new int[nodes];
        valueFrom = new int[nodes];
        valueTo = new int[nodes];
        xml.reportEverything();
    }

    /** Reads a document. @return {@link #GOOD}, {@link #TOO_LARGE}, or a refusal of {@link XmlReader}: then there are no nodes */
    public int read(Slice document) {
        buffer = document.buffer();
        count = 0;
        add(ROOT, NONE, document.offset(), document.limit());
        lastChild[0] = NONE;
        xml.wrap(document);
        int open = DOCUMENT;
        int level = 0;
        while (true) {
            int e = xml.next();
            if (e == XmlReader.DONE) {
                return GOOD;
            }
            if (e < 0) {
                count = 0;
                return e;
            }
            if (e == XmlReader.END) {
                to[open] = xml.position();
                valueTo[open] = xml.position() == valueFrom[open] ? valueFrom[open] : startOfEndTag(open);
                open = parent[open];
                level--;
                continue;
            }
            if (e == XmlReader.TEXT && joins(lastChild[level], xml.eventStart())) {
                to[lastChild[level]] = xml.position();
                valueTo[lastChild[level]] = xml.position();
                continue;
            }
            if (count == most || e == XmlReader.START && count + xml.attributes() + xml.declarations() >= most) {
                count = 0;
                return TOO_LARGE;
            }
            int node = e == XmlReader.START ? element(open) : add(kindOf(e), open, xml.eventStart(), xml.position());
            if (lastChild[level] == NONE) {
                firstChild[open] = node;
            } else {
                next[lastChild[level]] = node;
            }
            lastChild[level] = node;
            if (e == XmlReader.START) {
                open = node;
                level++;
                lastChild[level] = NONE;
            } else if (e == XmlReader.INSTRUCTION) {
                nameAt[node] = xml.eventStart() + 2;
                nameLength[node] = endOfTarget(nameAt[node], to[node] - 2) - nameAt[node];
            }
        }
    }

    private static int kindOf(int event) {
        return event == XmlReader.TEXT ? TEXT : event == XmlReader.COMMENT ? COMMENT : INSTRUCTION;
    }

    private int endOfTarget(int at, int limit) {
        int end = at;
        while (end < limit && buffer[end] > ' ') {
            end++;
        }
        return end;
    }

    private boolean joins(int last, int start) {
        return last != NONE && kind[last] == TEXT && to[last] == start;
    }

    private int startOfEndTag(int element) {
        int at = to[element] - 1;
        while (buffer[at] != '<') {
            at--;
        }
        return at;
    }

    private int add(int what, int within, int start, int end) {
        int node = count++;
        kind[node] = (byte) what;
        parent[node] = within;
        next[node] = NONE;
        firstChild[node] = NONE;
        firstAttribute[node] = NONE;
        from[node] = start;
        to[node] = end;
        nameAt[node] = start;
        nameLength[node] = 0;
        valueFrom[node] = start;
        valueTo[node] = end;
        return node;
    }

    private int element(int within) {
        int node = add(ELEMENT, within, xml.elementStart(), xml.position());
        nameAt[node] = xml.elementStart() + 1;
        nameLength[node] = xml.endOfElementName() - nameAt[node];
        valueFrom[node] = xml.position();
        int last = NONE;
        for (int i = 0; i < xml.attributes() + xml.declarations(); i++) {
            boolean declares = i >= xml.attributes();
            int d = i - xml.attributes();
            int value = declares ? xml.declaredNamespaceAt(d) : xml.attributeValueAt(i);
            int length = declares ? xml.declaredNamespaceLength(d) : xml.attributeValueLength(i);
            int name = declares ? xml.declaredPrefixAt(d) : xml.attributeNameAt(i);
            int a = add(declares ? NAMESPACE : ATTRIBUTE, node, name, value + length + 1);
            nameAt[a] = name;
            nameLength[a] = declares ? xml.declaredPrefixLength(d) : xml.attributeNameLength(i);
            valueFrom[a] = value;
            valueTo[a] = value + length;
            from[a] = startOfAttribute(name);
            if (last == NONE) {
                firstAttribute[node] = a;
            } else {
                next[last] = a;
            }
            last = a;
        }
        return node;
    }

    /** The white space before an attribute belongs to it. */
    private int startOfAttribute(int name) {
        int at = name;
        while (buffer[at - 1] > ' ' || buffer[at - 1] < 0) {
            at--;                                            // a declaration's prefix stands behind its xmlns:
        }
        while (buffer[at - 1] <= ' ' && buffer[at - 1] >= 0) {
            at--;
        }
        return at;
    }

    /** Nodes that there are; their numbers are below. */
    public int count() {
        return count;
    }

    public byte[] buffer() {
        return buffer;
    }

    public int kind(int node) {
        return kind[node];
    }

    public int parent(int node) {
        return parent[node];
    }

    /** The following child of the same parent, or attribute of the same element; {@link #NONE} at the end. */
    public int next(int node) {
        return next[node];
    }

    /** The child before, or {@link #NONE}. */
    public int previous(int node) {
        int before = NONE;
        for (int c = firstChild[parent[node]]; c != node && c != NONE; c = next[c]) {
            before = c;
        }
        return before;
    }

    public int firstChild(int node) {
        return firstChild[node];
    }

    /** The first attribute or declaration of an element. */
    public int firstAttribute(int element) {
        return firstAttribute[element];
    }

    /** The root element. */
    public int rootElement() {
        return count == 0 ? NONE : nextElement(firstChild[DOCUMENT]);
    }

    /** A node itself when it is an element, else the first element behind it, or {@link #NONE}. */
    public int nextElement(int node) {
        int n = node;
        while (n != NONE && kind[n] != ELEMENT) {
            n = next[n];
        }
        return n;
    }

    /** Where the node begins in the array; of an attribute with the white space before it. */
    public int from(int node) {
        return from[node];
    }

    public int to(int node) {
        return to[node];
    }

    public int valueFrom(int node) {
        return valueFrom[node];
    }

    public int valueTo(int node) {
        return valueTo[node];
    }

    /** Whether the element has no end tag of its own. */
    public boolean isEmpty(int element) {
        return buffer[valueFrom[element] - 2] == '/' && valueTo[element] == to[element];
    }

    public int nameAt(int node) {
        return nameAt[node];
    }

    /** Octets of the name as it stands, prefix included; of a declaration those of the prefix it declares. */
    public int nameLength(int node) {
        return nameLength[node];
    }

    /** Octets of the prefix, 0 without one. */
    public int prefixLength(int node) {
        int colon = Ascii.indexOf(buffer, nameAt[node], nameAt[node] + nameLength[node], ':');
        return colon == nameAt[node] + nameLength[node] ? 0 : colon - nameAt[node];
    }

    /** As it stands, references unresolved. */
    public Slice value(int node, Slice out) {
        return out.wrap(buffer, valueFrom[node], valueTo[node] - valueFrom[node]);
    }

    /** The declaration that is in force for a prefix at an element, or {@link #NONE}. @param length 0: the default namespace */
    public int declaration(int element, byte[] prefix, int at, int length) {
        for (int e = element; e != NONE && kind[e] == ELEMENT; e = parent[e]) {
            for (int a = firstAttribute[e]; a != NONE; a = next[a]) {
                if (kind[a] == NAMESPACE && Ascii.equals(buffer, nameAt[a], nameLength[a], prefix, at, length)) {
                    return a;
                }
            }
        }
        return NONE;
    }

    /** The namespace that a prefix stands for at an element. @return false when the prefix is not bound; no default namespace is an empty one */
    public boolean namespace(int element, byte[] prefix, int at, int length, Slice out) {
        if (Ascii.equals(prefix, at, length, XML, 0, XML.length)) {
            out.wrap(XML_NAMESPACE);
            return true;
        }
        int d = declaration(element, prefix, at, length);
        if (d != NONE) {
            value(d, out);
        } else {
            out.clear();
        }
        return d != NONE || length == 0;
    }

    /** Namespace of an element, or of an attribute (without a prefix it has none); empty for none. */
    public Slice namespace(int node, Slice out) {
        int octets = prefixLength(node);
        if (kind[node] == ATTRIBUTE && octets == 0) {
            return out.clear();
        }
        namespace(kind[node] == ATTRIBUTE ? parent[node] : node, buffer, nameAt[node], octets, out);
        return out;
    }

    /** Name without its prefix. */
    public Slice localName(int node, Slice out) {
        int octets = prefixLength(node);
        int skipped = octets == 0 ? 0 : octets + 1;
        return out.wrap(buffer, nameAt[node] + skipped, nameLength[node] - skipped);
    }

    /** The attribute of an element with a name without prefix, or {@link #NONE}. */
    public int attribute(int element, byte[] name) {
        for (int a = firstAttribute[element]; a != NONE; a = next[a]) {
            if (kind[a] == ATTRIBUTE && Ascii.equals(buffer, nameAt[a], nameLength[a], name, 0, name.length)) {
                return a;
            }
        }
        return NONE;
    }

    /** Whether a text is white space alone. */
    public boolean isBlank(int text) {
        for (int i = valueFrom[text]; i < valueTo[text]; i++) {
            if (buffer[i] > ' ' || buffer[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /** Appends the string value of a node: its text, or that of all its descendants, references resolved (XPath 1.0 section 5). */
    public void putString(int node, ByteSink out) {
        if (kind[node] == TEXT) {
            putText(node, out);
        } else if (kind[node] == ELEMENT) {
            for (int c = firstChild[node]; c != NONE; c = next[c]) {
                if (kind[c] == TEXT || kind[c] == ELEMENT) {
                    putString(c, out);
                }
            }
        } else {
            XmlReader.putResolved(buffer, valueFrom[node], valueTo[node], out);
        }
    }

    /** References resolved, sections of CDATA taken as they are. */
    private void putText(int text, ByteSink out) {
        int at = valueFrom[text];
        int end = valueTo[text];
        while (at < end) {
            int section = at;
            while (section < end && buffer[section] != '<') {
                section++;
            }
            XmlReader.putResolved(buffer, at, section, out);
            if (section == end) {
                return;
            }
            int start = section + XmlReader.CDATA_LENGTH;
            int close = start;
            while (buffer[close] != ']' || buffer[close + 1] != ']' || buffer[close + 2] != '>') {
                close++;
            }
            out.put(buffer, start, close - start);
            at = close + 3;
        }
    }
}
