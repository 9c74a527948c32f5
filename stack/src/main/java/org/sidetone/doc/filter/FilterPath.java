package org.sidetone.doc.filter;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.xml.tree.XmlTree;

/**
 * Selects all nodes of a document that an expression means (RFC 4661 section 5), with conditions at any step, as its examples have them:
 * <pre>
 *   path       = 1*(("/" / "//") step)
 *   step       = ("@" QName / QName / "*") ["[" condition "]"]
 *   condition  = 1*(comparison ["and" / "or"])
 *   comparison = ("." / ".." / relative-path) ("=" / "&lt;" / "&gt;") value
 * </pre>
 */
final class FilterPath {
    /** Says which namespace a prefix of the expression stands for. */
    interface Prefixes {
        /** @return false: it is not bound */
        boolean namespace(byte[] b, int at, int length, Slice out);
    }

    /** Told each node; the same may come again. */
    interface Selection {
        void select(int node);
    }

    private static final int VALUE_BYTES = 256;
    private static final int SCALE_DIGITS = 6;

    private byte[] b;
    private int limit;
    private XmlTree tree;
    private Prefixes prefixes;
    private Selection selection;
    private boolean bad;
    private final byte[] value = new byte[VALUE_BYTES];
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private final Slice wanted = new Slice();
    /** Of the step read last: its name, and where its condition's bracket is, or -1. */
    private boolean attribute;
    private int nameAt;
    private int nameLength;
    private int condition;
    private int valueAt;
    private int valueEnd;
    private long decimal;

    /** Whether a text is an expression whose prefixes are all bound. */
    boolean isGood(Slice expression, Prefixes names) {
        start(expression, names);
        int at = skipSpace(expression.offset());
        boolean ended = false;
        while (!bad && at < limit && !ended) {
            at = step(slashes(at));
            ended = attribute;
            if (condition >= 0) {
                at = skipSpace(endOfCondition(condition));
            }
        }
        return !bad && at == limit && limit > skipSpace(expression.offset());
    }

    /** @param expression that {@link #isGood} */
    void select(XmlTree in, Slice expression, Prefixes names, Selection into) {
        start(expression, names);
        tree = in;
        selection = into;
        walk(XmlTree.DOCUMENT, skipSpace(expression.offset()));
    }

    private void start(Slice expression, Prefixes names) {
        b = expression.buffer();
        limit = expression.limit();
        while (limit > expression.offset() && isSpace(b[limit - 1])) {
            limit--;
        }
        prefixes = names;
        bad = false;
    }

    private static boolean isSpace(byte c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private int skipSpace(int at) {
        int i = at;
        while (i < limit && isSpace(b[i])) {
            i++;
        }
        return i;
    }

    private int fail() {
        bad = true;
        condition = -1;
        return limit;
    }

    private int slashes(int at) {
        int i = at;
        while (i < limit && b[i] == '/' && i - at < 2) {
            i++;
        }
        return i == at ? fail() : skipSpace(i);
    }

    /** Reads a step. @return where it ends, its condition not included */
    private int step(int at) {
        int i = at;
        condition = -1;
        attribute = i < limit && b[i] == '@';
        i += attribute ? 1 : 0;
        nameAt = i;
        if (i < limit && b[i] == '*') {
            nameLength = 0;
            i++;
        } else {
            i = endOfName(i);
            nameLength = i - nameAt;
            if (nameLength == 0 || Ascii.isDigit(b[nameAt]) || b[nameAt] == '-' || b[nameAt] == '.' || !isBound(nameAt, nameLength)) {
                return fail();
            }
        }
        i = skipSpace(i);
        if (i < limit && b[i] == '[') {
            condition = i;
        }
        return i;
    }

    private int endOfName(int at) {
        int i = at;
        while (i < limit && (Ascii.isAlpha(b[i]) || Ascii.isDigit(b[i]) || b[i] == '-' || b[i] == '_' || b[i] == '.' || b[i] == ':' || b[i] < 0)) {
            i++;
        }
        return i;
    }

    private boolean isBound(int at, int length) {
        int colon = Ascii.indexOf(b, at, at + length, ':');
        return colon == at + length || colon > at && colon < at + length - 1 && prefixes.namespace(b, at, colon - at, wanted);
    }

    private void walk(int context, int at) {
        if (at >= limit) {
            selection.select(context);
            return;
        }
        boolean anywhere = at + 1 < limit && b[at + 1] == '/';
        int from = slashes(at);
        down(context, from, anywhere);
    }

    private void down(int context, int from, boolean anywhere) {
        int end = step(from);
        boolean isAttribute = attribute;
        int first = isAttribute ? context == XmlTree.DOCUMENT ? XmlTree.NONE : tree.firstAttribute(context) : tree.firstChild(context);
        for (int n = first; n != XmlTree.NONE; n = tree.next(n)) {
            end = step(from);
            if (tree.kind(n) == (isAttribute ? XmlTree.ATTRIBUTE : XmlTree.ELEMENT) && hasName(n, nameAt, nameLength)) {
                int bracket = condition;
                int after = bracket < 0 ? end : skipSpace(endOfCondition(bracket));
                if (bracket < 0 || holds(n, bracket)) {
                    walk(n, after);
                }
            }
        }
        if (anywhere) {
            for (int c = tree.nextElement(tree.firstChild(context)); c != XmlTree.NONE; c = tree.nextElement(tree.next(c))) {
                down(c, from, true);
            }
        }
    }

    /** Without a prefix it is a name of no namespace, as XPath 1.0 has it. */
    private boolean hasName(int node, int at, int length) {
        if (length == 0) {
            return true;
        }
        int colon = Ascii.indexOf(b, at, at + length, ':');
        boolean prefixed = colon < at + length;
        int local = prefixed ? colon + 1 : at;
        tree.localName(node, slice);
        if (!Ascii.equals(slice.buffer(), slice.offset(), slice.length(), b, local, at + length - local)) {
            return false;
        }
        wanted.clear();
        return (!prefixed || prefixes.namespace(b, at, colon - at, wanted)) && tree.namespace(node, slice).equals(wanted);
    }

    /** Index past the closing bracket; checks what is between on the way. */
    private int endOfCondition(int bracket) {
        int at = skipSpace(bracket + 1);
        while (true) {
            at = value(comparison(operand(at)));
            if (bad || at >= limit) {
                return fail();
            }
            if (b[at] == ']') {
                return at + 1;
            }
            int word = endOfName(at);
            boolean joined = word - at == 3 && b[at] == 'a' && b[at + 1] == 'n' && b[at + 2] == 'd' || word - at == 2 && b[at] == 'o' && b[at + 1] == 'r';
            if (!joined) {
                return fail();
            }
            at = skipSpace(word);
        }
    }

    /** Index of the comparison behind an operand. */
    private int operand(int at) {
        int i = at;
        if (i < limit && b[i] == '.') {
            return skipSpace(i + 1 < limit && b[i + 1] == '.' ? i + 2 : i + 1);
        }
        while (true) {
            boolean isAttribute = i < limit && b[i] == '@';
            i += isAttribute ? 1 : 0;
            int end = i < limit && b[i] == '*' && !isAttribute ? i + 1 : endOfName(i);
            if (end == i || b[i] != '*' && !isBound(i, end - i)) {
                return fail();
            }
            i = skipSpace(end);
            if (i >= limit || b[i] != '/' || isAttribute) {
                return i;
            }
            i = skipSpace(i + 1);
        }
    }

    private int comparison(int at) {
        return at < limit && (b[at] == '=' || b[at] == '<' || b[at] == '>') ? skipSpace(at + 1) : fail();
    }

    /** Reads a value, quoted or not. @return index behind it and white space */
    private int value(int at) {
        if (at >= limit) {
            return fail();
        }
        if (b[at] == '"' || b[at] == '\'') {
            valueAt = at + 1;
            valueEnd = Ascii.indexOf(b, valueAt, limit, b[at]);
            return valueEnd == limit ? fail() : skipSpace(valueEnd + 1);
        }
        valueAt = at;
        int i = at;
        while (i < limit && b[i] != ']' && !isSpace(b[i])) {
            i++;
        }
        valueEnd = i;
        return i == at ? fail() : skipSpace(i);
    }

    /** And binds closer than or. */
    private boolean holds(int node, int bracket) {
        int at = skipSpace(bracket + 1);
        boolean any = false;
        boolean all = true;
        while (true) {
            int operandAt = at;
            int compare = operand(at);
            int operator = b[compare];
            at = value(comparison(compare));
            all &= isTrue(node, operandAt, compare, operator);
            if (b[at] == ']') {
                return any || all;
            }
            int word = endOfName(at);
            if (word - at == 2) {
                any |= all;
                all = true;
            }
            at = skipSpace(word);
        }
    }

    /** Whether one of the nodes of an operand compares. */
    private boolean isTrue(int node, int at, int end, int operator) {
        if (b[at] == '.') {
            boolean parent = at + 1 < end && b[at + 1] == '.';
            return compares(parent ? tree.parent(node) : node, operator);
        }
        boolean isAttribute = b[at] == '@';
        int name = isAttribute ? at + 1 : at;
        int length = b[name] == '*' && !isAttribute ? 0 : endOfName(name) - name;
        int next = skipSpace(length == 0 ? name + 1 : name + length);
        int first = isAttribute ? tree.firstAttribute(node) : tree.firstChild(node);
        for (int n = first; n != XmlTree.NONE; n = tree.next(n)) {
            if (tree.kind(n) == (isAttribute ? XmlTree.ATTRIBUTE : XmlTree.ELEMENT) && hasName(n, name, length)
                    && (next >= end ? compares(n, operator) : isTrue(n, skipSpace(next + 1), end, operator))) {
                return true;
            }
        }
        return false;
    }

    private boolean compares(int node, int operator) {
        if (node == XmlTree.DOCUMENT) {
            return false;
        }
        sink.wrap(value);
        tree.putString(node, sink);
        if (sink.overflowed()) {
            return false;
        }
        int from = 0;
        int to = sink.length();
        while (from < to && isSpace(value[from])) {
            from++;
        }
        while (to > from && isSpace(value[to - 1])) {
            to--;
        }
        if (operator == '=' && Ascii.equals(value, from, to - from, b, valueAt, valueEnd - valueAt)) {
            return true;
        }
        if (!decimal(value, from, to)) {
            return false;
        }
        long left = decimal;
        if (!decimal(b, valueAt, valueEnd)) {
            return false;
        }
        return operator == '=' ? left == decimal : operator == '<' ? left < decimal : left > decimal;
    }

    /** Reads a decimal in millionths as {@link #decimal}. @return false when it is none */
    private boolean decimal(byte[] text, int from, int to) {
        int i = from;
        boolean negative = i < to && text[i] == '-';
        i += negative || i < to && text[i] == '+' ? 1 : 0;
        long n = 0;
        int digits = 0;
        int fraction = -1;
        for (; i < to && (Ascii.isDigit(text[i]) || text[i] == '.' && fraction < 0); i++) {
            if (text[i] == '.') {
                fraction = 0;
            } else if (fraction < SCALE_DIGITS && n < Long.MAX_VALUE / 100) {
                n = 10 * n + text[i] - '0';
                digits++;
                fraction += fraction >= 0 ? 1 : 0;
            }
        }
        for (int k = Math.max(0, fraction); k < SCALE_DIGITS && n < Long.MAX_VALUE / 100; k++) {
            n *= 10;
        }
        decimal = negative ? -n : n;
        return i == to && digits > 0;
    }

    /** Whether two texts are decimals that are at least so far apart as a third says. */
    boolean areApart(Slice one, Slice two, Slice by) {
        if (!decimal(one.buffer(), one.offset(), one.limit())) {
            return false;
        }
        long a = decimal;
        if (!decimal(two.buffer(), two.offset(), two.limit())) {
            return false;
        }
        long distance = Math.abs(a - decimal);
        return decimal(by.buffer(), by.offset(), by.limit()) && distance >= decimal;
    }
}
