package org.sidetone.xcap;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;

/**
 * One change of a document, which its owner fills in: the whole document is put, or a node of it, chosen step by step, is put or taken away (RFC 4825 sections 7.1 to
 * 7.9); or, of a document that is too large, the node that is read. Names without prefix are of the application usage's own namespace (section 6.4).
 */
public final class XcapEdit {
    static final int NOTHING = 0;
    static final int DOCUMENT = 1;
    static final int ELEMENT = 2;
    static final int ATTRIBUTE = 3;
    static final int DELETE = 4;
    private static final int SELECTOR_BYTES = 512;
    private static final int QUERY_BYTES = 160;
    /** What stands for itself in a path (RFC 3986 section 3.3), less what a node selector gives a meaning. */
    private static final byte[] PLAIN = Ascii.bytes("-._~!$'()*+,;=:@");

    private final ByteSink body = new ByteSink();
    private final FixedText selector = new FixedText(SELECTOR_BYTES);
    private final ByteSink path = new ByteSink();
    private final FixedText query = new FixedText(QUERY_BYTES);
    private final ByteSink bindings = new ByteSink();
    private int kind;

    /** A new one. @param room where the body is written */
    void begin(ByteSink room) {
        body.wrap(room.buffer(), room.start(), room.remaining());
        selector.sink(path);
        query.sink(bindings);
        kind = NOTHING;
    }

    /** The whole document is put. @return where it is to be written */
    public ByteSink document() {
        kind = DOCUMENT;
        return body;
    }

    /** Steps to a child, or to the root. @param name as it is written, with a prefix or none */
    public XcapEdit step(String name) {
        path.put('/').put(name);
        return this;
    }

    /** Steps to the child that has an attribute of a value. @param value as a reader sees it */
    public XcapEdit step(String name, String attribute, Slice value) {
        step(name);
        path.put("%5b@").put(attribute).put("=%22");
        for (int i = 0; i < value.length(); i++) {
            putEscaped(value.byteAt(i));
        }
        path.put("%22%5d");
        return this;
    }

    private void putEscaped(int c) {
        if (c == '&' || c == '"' || c == '<') {                 // as in any attribute's value
            path.put(c == '&' ? "&amp;" : c == '"' ? "&quot;" : "&lt;");
        } else if (Ascii.isAlpha(c) || Ascii.isDigit(c) || Ascii.indexOf(PLAIN, 0, PLAIN.length, c) < PLAIN.length) {
            path.put(c);
        } else {
            path.put('%').putHex(c, 2);
        }
    }

    /** The element that the steps lead to is put. @return where it is to be written, with its namespace's declaration */
    public ByteSink element() {
        kind = ELEMENT;
        return body;
    }

    /** An attribute of the element that the steps lead to is put. @return where its value is to be written, escaped as between quotation marks */
    public ByteSink attribute(String name) {
        kind = ATTRIBUTE;
        path.put("/@").put(name);
        return body;
    }

    /** Steps to the namespace bindings of the element that the steps lead to (section 7.10): there to be read. */
    public XcapEdit namespaces() {
        path.put("/namespace::*");
        return this;
    }

    /** The element or attribute that the steps lead to, or without steps the document, is taken away; what is not there is taken for done. */
    public void delete() {
        kind = DELETE;
    }

    /** Binds a prefix of the steps to a namespace (section 6.4). @param namespace without closing parenthesis */
    public XcapEdit bind(String prefix, String namespace) {
        bindings.put("xmlns(").put(prefix).put('=').put(namespace).put(')');
        return this;
    }

    /** Takes everything back that was filled in, to begin anew. */
    public void clear() {
        body.truncate(body.start());
        selector.sink(path);
        query.sink(bindings);
        kind = NOTHING;
    }

    int kind() {
        return kind;
    }

    ByteSink body() {
        return body;
    }

    /** @return false: it has no room */
    boolean take() {
        return selector.take(path) & query.take(bindings);
    }

    /** Bindings of the steps' prefixes; may be empty. */
    FixedText query() {
        return query;
    }

    /** Steps of a node, percent-encoded; empty: the whole document. */
    FixedText selector() {
        return selector;
    }
}
