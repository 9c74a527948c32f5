package org.sidetone.switchboard.xcap;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.XmlReader;
import org.sidetone.xml.tree.NodeSelector;
import org.sidetone.xml.tree.XmlTree;

/** Reads nodes of one document and puts others in their places; everything else stays octet for octet (RFC 4825 section 8). */
final class DocumentEditor implements NodeSelector.Prefixes {
    static final String NAMESPACES = "/namespace::*";

    private static final int NODES = 20_000;
    private static final int NO_ROOM = -1;
    private static final Map<String, String> ENTITIES = Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'");
    /** So many digits name every character but those of the last plane, which nobody has filled. */
    private static final Pattern REFERENCE = Pattern.compile("&(amp|lt|gt|quot|apos|#(?:0*[0-9]{1,6}|x0*[0-9a-fA-F]{1,5}));");

    private final XmlTree tree = new XmlTree(NODES);
    private final XmlTree fragment = new XmlTree(NODES);
    private final NodeSelector selector = new NodeSelector();
    private final Slice slice = new Slice();
    private final Slice slice2 = new Slice();
    private String defaultNamespace;
    private Map<String, String> prefixes;
    private byte[] document;

    /** @return whether the document can be read */
    boolean open(byte[] of, String usageNamespace, Map<String, String> queryPrefixes) {
        document = of;
        defaultNamespace = usageNamespace;
        prefixes = queryPrefixes;
        return tree.read(new Slice().wrap(of)) == XmlTree.GOOD;
    }

    @Override
    public boolean namespace(byte[] b, int at, int length, Slice out) {
        String uri = length == 0 ? defaultNamespace : prefixes.get(new String(b, at, length, StandardCharsets.UTF_8));
        if (uri != null) {
            out.wrap(uri.getBytes(StandardCharsets.UTF_8));
        }
        return uri != null;
    }

    private static Slice slice(String text) {
        return new Slice().wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What a selector means: the literals in it are written as attributes' values are, with references (section 6.3, att-value). */
    private static String resolved(String node) {
        return REFERENCE.matcher(node).replaceAll(r -> Matcher.quoteReplacement(character(r.group(1))));
    }

    private static String character(String reference) {
        if (reference.startsWith("#")) {
            boolean hex = reference.startsWith("#x");
            return Character.toString(Integer.parseInt(reference.substring(hex ? 2 : 1), hex ? 16 : 10));
        }
        return ENTITIES.get(reference);
    }

    /** @return the node; negative: there is none, or more than one, at the last step or any before (section 6.3) */
    int find(String node) {
        int slash = lastSlash(node);
        int context = slash > 0 ? find(node.substring(0, slash)) : XmlTree.DOCUMENT;
        return context < 0 ? context : selector.find(tree, slice(resolved(node)), this);
    }

    boolean isAttribute(int node) {
        return tree.kind(node) == XmlTree.ATTRIBUTE;
    }

    boolean isElement(int node) {
        return tree.kind(node) == XmlTree.ELEMENT;
    }

    /** An element as it stands, an attribute's value within quotes. */
    byte[] content(int node) {
        boolean attribute = isAttribute(node);
        int from = attribute ? tree.valueFrom(node) - 1 : tree.from(node);
        int to = attribute ? tree.valueTo(node) + 1 : tree.to(node);
        return java.util.Arrays.copyOfRange(document, from, to);
    }

    /** An element that may stand alone: with the bindings in force at it. */
    byte[] contentWithBindings(int element) {
        String start = new String(bindings(element), StandardCharsets.UTF_8).replaceFirst("/>$", "");
        StringBuilder out = new StringBuilder(start);
        for (int a = tree.firstAttribute(element); a != XmlTree.NONE; a = tree.next(a)) {
            if (tree.kind(a) == XmlTree.ATTRIBUTE) {
                out.append(text(tree.from(a), tree.to(a) - tree.from(a)));
            }
        }
        int from = tree.valueFrom(element) - (tree.isEmpty(element) ? 2 : 1);
        return out.append(text(from, tree.to(element) - from)).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The bindings in force at an element (section 10). */
    byte[] bindings(int element) {
        Map<String, String> in = new TreeMap<>();
        for (int e = element; e != XmlTree.DOCUMENT; e = tree.parent(e)) {
            for (int a = tree.firstAttribute(e); a != XmlTree.NONE; a = tree.next(a)) {
                if (tree.kind(a) == XmlTree.NAMESPACE) {
                    String prefix = text(tree.nameAt(a), tree.nameLength(a));
                    in.putIfAbsent(prefix, text(tree.valueFrom(a), tree.valueTo(a) - tree.valueFrom(a)));
                }
            }
        }
        StringBuilder out = new StringBuilder("<").append(text(tree.nameAt(element), tree.nameLength(element)));
        in.forEach((prefix, uri) -> out.append(prefix.isEmpty() ? " xmlns" : " xmlns:" + prefix).append("=\"").append(uri.replace("\"", "&quot;")).append('"'));
        return out.append("/>").toString().getBytes(StandardCharsets.UTF_8);
    }

    private String text(int at, int length) {
        return new String(document, at, length, StandardCharsets.UTF_8);
    }

    /** What a PUT of an element makes of the document. @param created receives whether it was not there before */
    byte[] putElement(String node, byte[] content, boolean[] created) throws XcapConflict {
        if (fragment.read(new Slice().wrap(declared(content))) != XmlTree.GOOD || !isSingleElement()) {
            throw XcapConflict.of("not-xml-frag", "The body is not one well-formed element");
        }
        int at = find(node);
        created[0] = at < 0;
        byte[] result;
        int where;
        if (at >= 0) {
            where = tree.from(at);
            result = replaced(where, tree.to(at), content);
        } else {
            int parent = parent(node);
            if (parent == XmlTree.DOCUMENT) {
                throw XcapConflict.of("cannot-insert", "A document has one root element");
            }
            boolean empty = tree.isEmpty(parent);
            where = empty ? tree.valueFrom(parent) : place(parent);
            if (where == NO_ROOM) {
                throw XcapConflict.of("cannot-insert", "There are fewer elements than this position asks for");
            }
            if (empty) {
                String name = text(tree.nameAt(parent), tree.nameLength(parent));
                int slash = tree.valueFrom(parent) - 2;
                result = replaced(slash, tree.to(parent), (">" + new String(content, StandardCharsets.UTF_8) + "</" + name + ">").getBytes(StandardCharsets.UTF_8));
                where = slash + 1;
            } else {
                result = replaced(where, where, content);
            }
        }
        open(result, defaultNamespace, prefixes);
        int now = find(node);
        if (now < 0 || !isElement(now) || tree.from(now) != where + startOf(content) || tree.to(now) - tree.from(now) != endOf(content) - startOf(content)) {
            throw XcapConflict.of("cannot-insert", "The URI would not select what was put there");
        }
        return result;
    }

    /** White space around the element does not count. */
    private static int startOf(byte[] content) {
        int i = 0;
        while (i < content.length && content[i] <= ' ' && content[i] > 0) {
            i++;
        }
        return i;
    }

    private static int endOf(byte[] content) {
        int i = content.length;
        while (i > 0 && content[i - 1] <= ' ' && content[i - 1] > 0) {
            i--;
        }
        return i;
    }

    /** A fragment may use prefixes that are bound where it goes: they are bound for reading it alone. */
    private byte[] declared(byte[] content) {
        StringBuilder wrapper = new StringBuilder("<f");
        Map<String, String> in = new LinkedHashMap<>();
        for (int n = 0; n < tree.count(); n++) {
            if (tree.kind(n) == XmlTree.NAMESPACE && tree.nameLength(n) > 0) {
                in.put(text(tree.nameAt(n), tree.nameLength(n)), text(tree.valueFrom(n), tree.valueTo(n) - tree.valueFrom(n)));
            }
        }
        in.forEach((prefix, uri) -> wrapper.append(" xmlns:").append(prefix).append("=\"").append(uri.replace("\"", "&quot;")).append('"'));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(wrapper.append('>').toString().getBytes(StandardCharsets.UTF_8));
        out.writeBytes(content);
        out.writeBytes("</f>".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private boolean isSingleElement() {
        int elements = 0;
        for (int c = fragment.firstChild(fragment.rootElement()); c != XmlTree.NONE; c = fragment.next(c)) {
            if (fragment.kind(c) == XmlTree.ELEMENT) {
                elements++;
            } else if (fragment.kind(c) != XmlTree.TEXT || !fragment.isBlank(c)) {
                return false;
            }
        }
        return elements == 1;
    }

    private int parent(String node) throws XcapConflict {
        int slash = lastSlash(node);
        int parent = slash > 0 ? find(node.substring(0, slash)) : XmlTree.DOCUMENT;
        selector.findParent(tree, slice(resolved(node)), this);        // for what its last step says
        if (parent < 0) {
            throw XcapConflict.noParent(closest(node));
        }
        return parent;
    }

    /** The longest front part of a selector that selects an element; null: none. */
    private String closest(String node) {
        String rest = node;
        for (int slash = lastSlash(rest); slash > 0; slash = lastSlash(rest)) {
            rest = rest.substring(0, slash);
            if (find(rest) >= 0) {
                return rest;
            }
        }
        return null;
    }

    /** Slashes within quotes separate nothing. */
    static int lastSlash(String node) {
        int last = -1;
        char quote = 0;
        for (int i = 0; i < node.length(); i++) {
            char c = node.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '/') {
                last = i;
            }
        }
        return last;
    }

    /** Where a new element goes (section 8.2.3). */
    private int place(int parent) {
        int first = XmlTree.NONE;
        int last = XmlTree.NONE;
        int before = XmlTree.NONE;
        long position = selector.lastPosition();
        long count = 0;
        for (int c = tree.nextElement(tree.firstChild(parent)); c != XmlTree.NONE; c = tree.nextElement(tree.next(c))) {
            if (selector.lastIsNamed(c)) {
                first = first == XmlTree.NONE ? c : first;
                last = c;
                count++;
                before = count == position - 1 ? c : before;
            }
        }
        if (position > 1) {
            return before == XmlTree.NONE ? NO_ROOM : tree.to(before);
        }
        if (position == 1 && first != XmlTree.NONE) {
            return tree.from(first);
        }
        return last == XmlTree.NONE || selector.lastIsAny() ? tree.valueTo(parent) : tree.to(last);
    }

    /** What a PUT of an attribute makes of the document. */
    byte[] putAttribute(String node, byte[] content, boolean[] created) throws XcapConflict {
        String value = attributeValue(content);
        int at = find(node);
        created[0] = at < 0;
        byte[] result;
        if (at >= 0) {
            result = replaced(tree.valueFrom(at) - 1, tree.valueTo(at) + 1, value.getBytes(StandardCharsets.UTF_8));
        } else {
            int parent = parent(node);
            if (parent == XmlTree.DOCUMENT) {
                throw XcapConflict.noParent(null);
            }
            String name = attributeName(parent, selector.lastName(slice).toString());
            int end = tree.valueFrom(parent) - (tree.isEmpty(parent) ? 2 : 1);
            result = replaced(end, end, (" " + name + "=" + value).getBytes(StandardCharsets.UTF_8));
        }
        open(result, defaultNamespace, prefixes);
        int now = find(node);
        if (now < 0 || !isAttribute(now) || !text(tree.valueFrom(now) - 1, tree.valueTo(now) - tree.valueFrom(now) + 2).equals(value)) {
            throw XcapConflict.of("cannot-insert", "The URI would not select what was put there");
        }
        return result;
    }

    /** The attribute's name with the prefix that the document has for its namespace. */
    private String attributeName(int element, String asked) throws XcapConflict {
        int colon = asked.indexOf(':');
        if (colon < 0) {
            return asked;
        }
        String uri = prefixes.get(asked.substring(0, colon));
        for (int e = element; e != XmlTree.DOCUMENT; e = tree.parent(e)) {
            for (int a = tree.firstAttribute(e); a != XmlTree.NONE; a = tree.next(a)) {
                boolean bound = tree.kind(a) == XmlTree.NAMESPACE && tree.nameLength(a) > 0 && tree.value(a, slice2).toString().equals(uri)
                        && tree.declaration(element, document, tree.nameAt(a), tree.nameLength(a)) == a;
                if (bound) {
                    return text(tree.nameAt(a), tree.nameLength(a)) + asked.substring(colon);
                }
            }
        }
        throw XcapConflict.of("cannot-insert", "No prefix is bound to the attribute's namespace there");
    }

    /** With its quotes; there are clients that leave them out. */
    private static String attributeValue(byte[] content) throws XcapConflict {
        String text = new String(content, StandardCharsets.UTF_8).strip();
        boolean quoted = text.length() >= 2 && (text.charAt(0) == '"' || text.charAt(0) == '\'') && text.charAt(text.length() - 1) == text.charAt(0);
        String value = quoted ? text : "\"" + text.replace("\"", "&quot;") + "\"";
        byte[] element = ("<e a=" + value + "/>").getBytes(StandardCharsets.UTF_8);
        XmlReader xml = new XmlReader(new byte[0][], 2).wrap(element, 0, element.length);
        if (xml.next() != XmlReader.START || xml.attributes() != 1 || xml.attributeValueLength(0) != value.getBytes(StandardCharsets.UTF_8).length - 2) {
            throw XcapConflict.of("not-xml-att-value", "The body is not the value of an attribute");
        }
        return value;
    }

    /** What is left without a node that was found. */
    byte[] delete(String node, int at) throws XcapConflict {
        if (at == tree.rootElement()) {
            throw XcapConflict.of("schema-validation-error", "A document has a root element");
        }
        byte[] result = replaced(tree.from(at), tree.to(at), XcapAnswer.NOTHING);
        open(result, defaultNamespace, prefixes);
        int now = find(node);
        if (now >= 0 || now == NodeSelector.MANY) {
            throw XcapConflict.of("cannot-delete", "The URI would select another node then");
        }
        return result;
    }

    private byte[] replaced(int from, int to, byte[] content) {
        byte[] out = new byte[document.length - (to - from) + content.length];
        System.arraycopy(document, 0, out, 0, from);
        System.arraycopy(content, 0, out, from, content.length);
        System.arraycopy(document, to, out, from + content.length, document.length - to);
        return out;
    }
}
