package org.sidetone.xml;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Hex;
import org.sidetone.bytes.Slice;
import org.sidetone.bytes.Utf8;

/**
 * A pull reader over an array. {@link #next()} steps; the accessors speak of the step just made. Checks well-formedness as
 * far as it reads: tags match, attributes are unique, names are bound, characters are legal. What it refuses stays refused.
 */
public class XmlReader {
    public static final int START = 1;
    public static final int END = 2;
    public static final int TEXT = 3;
    /** After the root element. */
    public static final int DONE = 4;
    /** Only after {@link #reportEverything}. */
    public static final int COMMENT = 5;
    /** Only after {@link #reportEverything}. */
    public static final int INSTRUCTION = 6;
    /** Not well-formed. */
    public static final int MALFORMED = -1;
    /** Deeper, or with more attributes or namespaces, than there is room for. */
    public static final int TOO_DEEP = -2;
    /** Document types are refused. */
    public static final int DOCTYPE = -3;
    /** Not UTF-8. */
    public static final int BAD_ENCODING = -4;

    /** A namespace that is not in the table. */
    public static final int OTHER_NAMESPACE = -1;
    /** No namespace. */
    public static final int NO_NAMESPACE = -2;

    private static final int MAX_ATTRIBUTES = 24;
    private static final byte[] XML = Ascii.bytes("xml");
    private static final byte[] COMMENT_START = Ascii.bytes("<!--");
    private static final byte[] CDATA = Ascii.bytes("<![CDATA[");
    /** Octets of what begins a section of CDATA. */
    public static final int CDATA_LENGTH = 9;
    private static final byte[] DOCTYPE_START = Ascii.bytes("<!DOCTYPE");
    private static final byte[] ENCODING = Ascii.bytes("encoding");
    private static final byte[] UTF_8 = Ascii.bytes("UTF-8");
    private static final byte[] US_ASCII = Ascii.bytes("US-ASCII");
    private static final byte[][] ENTITIES = {Ascii.bytes("amp;"), Ascii.bytes("lt;"), Ascii.bytes("gt;"), Ascii.bytes("quot;"),
        Ascii.bytes("apos;")};
    private static final char[] ENTITY_VALUES = {'&', '<', '>', '"', '\''};

    /** Bits of {@link #CLASS}: part of a name, the first of one, text that means itself, a legal character of one octet. */
    private static final int NAME = 1;
    private static final int NAME_START = 2;
    private static final int PLAIN = 4;
    private static final int LEGAL = 8;
    private static final byte[] CLASS = new byte[256];

    static {
        for (int c = 0; c < 256; c++) {
            boolean start = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == ':' || c >= 128;
            boolean name = start || c >= '0' && c <= '9' || c == '-' || c == '.';
            boolean legal = c < 128 && (c >= ' ' || c == '\t' || c == '\n' || c == '\r');
            CLASS[c] = (byte) ((name ? NAME : 0) | (start ? NAME_START : 0) | (c != '<' && c != '&' && c != ']' ? PLAIN : 0) | (legal ? LEGAL : 0));
        }
    }

    private final int maxDepth;
    private final int[] openStart;
    private final int[] openLength;
    private final int[] openBindings;
    private final int[] openNamespace;
    private final int[] attributeName = new int[MAX_ATTRIBUTES];
    private final int[] attributeNameLength = new int[MAX_ATTRIBUTES];
    private final int[] attributeValue = new int[MAX_ATTRIBUTES];
    private final int[] attributeValueLength = new int[MAX_ATTRIBUTES];
    private final Bindings bindings;

    private byte[] buffer;
    private int at;
    private int start;
    private int limit;
    private int depth;
    private int attributes;
    private int event;
    private boolean emptyElement;
    private boolean rootSeen;
    private int nameStart;
    private int nameLength;
    private int namespace;
    private int textStart;
    private int textEnd;
    private boolean cdata;
    private boolean everything;
    private int eventStart;

    /** @param namespaces the URIs that {@link #namespace()} tells apart, by index. @param maxDepth elements open at a time */
    public XmlReader(byte[][] namespaces, int maxDepth) {
        bindings = new Bindings(namespaces);
        this.maxDepth = maxDepth;
        openStart = new int[maxDepth];
        openLength = new int[maxDepth];
        openBindings = new int[maxDepth];
        openNamespace = new int[maxDepth];
    }

    public XmlReader wrap(Slice text) {
        return wrap(text.buffer(), text.offset(), text.length());
    }

    public XmlReader wrap(byte[] newBuffer, int offset, int length) {
        buffer = newBuffer;
        start = offset;
        at = offset;
        limit = offset + length;
        depth = 0;
        bindings.start(newBuffer);
        attributes = 0;
        event = 0;
        emptyElement = false;
        rootSeen = false;
        if (length >= 3 && (buffer[at] & 0xFF) == 0xEF && (buffer[at + 1] & 0xFF) == 0xBB && (buffer[at + 2] & 0xFF) == 0xBF) {
            at += 3;
            start = at;
        }
        int plain = at;
        while (plain < limit && (CLASS[buffer[plain] & 0xFF] & LEGAL) != 0) {
            plain++;
        }
        if (plain == limit) {
            return this;
        }
        if (Utf8.firstInvalid(buffer, at, limit - at) >= 0) {
            event = BAD_ENCODING;
        } else if (!charactersAreLegal()) {
            event = MALFORMED;
        }
        return this;
    }

    private boolean charactersAreLegal() {
        for (int i = at; i < limit; i++) {
            if (buffer[i] < ' ' && buffer[i] >= 0 && buffer[i] != '\t' && buffer[i] != '\n' && buffer[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /** From now on comments and processing instructions are steps too. */
    public void reportEverything() {
        everything = true;
    }

    /** Steps. @return START, END, TEXT, DONE, or a refusal, which then comes again and again */
    public int next() {
        if (event < 0 || event == DONE) {
            return event;
        }
        attributes = 0;
        if (emptyElement) {
            emptyElement = false;
            return event = closeElement();
        }
        return event = step();
    }

    private int step() {
        while (at < limit) {
            if (buffer[at] != '<') {
                if (depth > 0) {
                    return characters();
                }
                if (!isSpace(buffer[at])) {
                    return MALFORMED;
                }
                at++;
            } else if (at + 1 < limit && (CLASS[buffer[at + 1] & 0xFF] & NAME_START) != 0) {
                return startTag();
            } else if (at + 1 < limit && buffer[at + 1] == '/') {
                return endTag();
            } else if (Ascii.startsWith(buffer, at, limit, COMMENT_START)) {
                int end = find(at + 4, '-', '-', (byte) 0);
                if (end < 0 || end + 2 >= limit || buffer[end + 2] != '>') {
                    return MALFORMED;
                }
                eventStart = at;
                at = end + 3;
                if (everything) {
                    return COMMENT;
                }
            } else if (at + 1 < limit && buffer[at + 1] == '?') {
                eventStart = at;
                int result = processingInstruction();
                if (result != 0 || everything && eventStart != start) {
                    return result == 0 ? INSTRUCTION : result;
                }
            } else if (Ascii.startsWith(buffer, at, limit, CDATA)) {
                int end = find(at + CDATA.length, ']', ']', (byte) '>');
                if (depth == 0 || end < 0) {
                    return MALFORMED;
                }
                eventStart = at;
                textStart = at + CDATA.length;
                textEnd = end;
                cdata = true;
                at = end + 3;
                return TEXT;
            } else if (Ascii.startsWith(buffer, at, limit, DOCTYPE_START)) {
                return DOCTYPE;
            } else {
                return MALFORMED;
            }
        }
        return depth == 0 && rootSeen ? DONE : MALFORMED;
    }

    private int find(int from, char a, char b, byte c) {
        for (int i = from; i + (c == 0 ? 1 : 2) < limit; i++) {
            if (buffer[i] == a && buffer[i + 1] == b && (c == 0 || buffer[i + 2] == c)) {
                return i;
            }
        }
        return -1;
    }

    /** 0 when all is well. */
    private int processingInstruction() {
        int end = find(at + 2, '?', '>', (byte) 0);
        int nameEnd = endOfName(at + 2);
        if (end < 0 || nameEnd == at + 2 || nameEnd > end) {
            return MALFORMED;
        }
        if (Ascii.equalsIgnoreCase(buffer, at + 2, nameEnd - at - 2, XML, 0, 3)) {
            if (at != start || buffer[at + 2] != 'x') {
                return MALFORMED;
            }
            int verdict = declaration(nameEnd, end);
            if (verdict != 0) {
                return verdict;
            }
        }
        at = end + 2;
        return 0;
    }

    private int declaration(int from, int end) {
        for (int i = from; i + ENCODING.length < end; i++) {
            if (Ascii.startsWith(buffer, i, end, ENCODING)) {
                int quote = i + ENCODING.length;
                while (quote < end && buffer[quote] != '"' && buffer[quote] != '\'') {
                    quote++;
                }
                int close = quote + 1;
                while (close < end && buffer[close] != buffer[quote]) {
                    close++;
                }
                if (close >= end) {
                    return MALFORMED;
                }
                int length = close - quote - 1;
                return Ascii.equalsIgnoreCase(buffer, quote + 1, length, UTF_8, 0, UTF_8.length)
                        || Ascii.equalsIgnoreCase(buffer, quote + 1, length, US_ASCII, 0, US_ASCII.length) ? 0 : BAD_ENCODING;
            }
        }
        return 0;
    }

    private int characters() {
        eventStart = at;
        textStart = at;
        cdata = false;
        while (true) {
            while (at < limit && (CLASS[buffer[at] & 0xFF] & PLAIN) != 0) {
                at++;
            }
            if (at == limit || buffer[at] == '<') {
                break;
            }
            if (buffer[at] == '&') {
                int n = endOfReference(buffer, at, limit);
                if (n < 0) {
                    return MALFORMED;
                }
                at = n;
            } else if (buffer[at] == ']' && at + 2 < limit && buffer[at + 1] == ']' && buffer[at + 2] == '>') {
                return MALFORMED;
            } else {
                at++;
            }
        }
        textEnd = at;
        return TEXT;
    }

    /** Index past a reference, or -1 when it is none. */
    private static int endOfReference(byte[] buffer, int from, int limit) {
        for (int i = 0; i < ENTITIES.length; i++) {
            if (Ascii.startsWith(buffer, from + 1, limit, ENTITIES[i])) {
                return from + 1 + ENTITIES[i].length;
            }
        }
        int end = Ascii.indexOf(buffer, from, Math.min(limit, from + 12), ';');
        return end < limit && end < from + 12 && characterReference(buffer, from, end) > 0 ? end + 1 : -1;
    }

    /** The code point of {@code &#...;}, or -1. */
    private static int characterReference(byte[] buffer, int from, int semicolon) {
        if (semicolon - from < 3 || buffer[from + 1] != '#') {
            return -1;
        }
        boolean hex = buffer[from + 2] == 'x';
        int digits = from + (hex ? 3 : 2);
        int c = 0;
        for (int i = digits; i < semicolon; i++) {
            int digit = Hex.value(buffer[i]);
            if (digit < 0 || !hex && digit > 9) {
                return -1;
            }
            c = c * (hex ? 16 : 10) + digit;
            if (c > 0x10FFFF) {
                return -1;
            }
        }
        boolean legal = c == '\t' || c == '\n' || c == '\r' || c >= 0x20 && c < 0xD800 || c >= 0xE000 && c < 0xFFFE || c >= 0x10000;
        return digits == semicolon || !legal ? -1 : c;
    }

    private int startTag() {
        int name = at + 1;
        int nameEnd = endOfName(name);
        if (nameEnd == name || depth == 0 && rootSeen) {
            return MALFORMED;
        }
        if (depth == maxDepth) {
            return TOO_DEEP;
        }
        int firstBinding = bindings.count();
        int verdict = attributeList(nameEnd);
        if (verdict != 0) {
            return verdict;
        }
        openStart[depth] = name;
        openLength[depth] = nameEnd - name;
        openBindings[depth] = firstBinding;
        int resolved = bindings.resolve(name, nameEnd - name, true);
        if (resolved == Bindings.UNBOUND || !attributesAreUnique()) {
            return MALFORMED;
        }
        openNamespace[depth] = resolved;
        depth++;
        rootSeen = true;
        setName(depth - 1);
        return START;
    }

    /** Reads attributes up to the end of the tag. 0 when all is well. */
    private int attributeList(int from) {
        int i = from;
        while (true) {
            int gap = i;
            i = skipSpace(i);
            if (i >= limit) {
                return MALFORMED;
            }
            if (buffer[i] == '>' || buffer[i] == '/') {
                emptyElement = buffer[i] == '/';
                if (emptyElement && (i + 1 >= limit || buffer[++i] != '>')) {
                    return MALFORMED;
                }
                at = i + 1;
                return 0;
            }
            int nameEnd = endOfName(i);
            int equal = skipSpace(nameEnd);
            if (gap == i || nameEnd == i || equal >= limit || buffer[equal] != '=') {
                return MALFORMED;
            }
            int quote = skipSpace(equal + 1);
            if (quote >= limit || buffer[quote] != '"' && buffer[quote] != '\'') {
                return MALFORMED;
            }
            int close = quote + 1;
            while (close < limit && buffer[close] != buffer[quote]) {
                if (buffer[close] == '<') {
                    return MALFORMED;
                }
                if (buffer[close] == '&') {
                    int end = endOfReference(buffer, close, limit);
                    if (end < 0) {
                        return MALFORMED;
                    }
                    close = end;
                } else {
                    close++;
                }
            }
            if (close >= limit) {
                return MALFORMED;
            }
            int verdict = attribute(i, nameEnd - i, quote + 1, close - quote - 1);
            if (verdict != 0) {
                return verdict;
            }
            i = close + 1;
        }
    }

    private int attribute(int name, int length, int value, int valueLength) {
        if (Bindings.isDeclaration(buffer, name, length)) {
            if (!bindings.add(name, length, value, valueLength)) {
                return TOO_DEEP;
            }
            return length == 6 || length > 5 && valueLength == 0 ? MALFORMED : 0;
        }
        if (attributes == MAX_ATTRIBUTES) {
            return TOO_DEEP;
        }
        attributeName[attributes] = name;
        attributeNameLength[attributes] = length;
        attributeValue[attributes] = value;
        attributeValueLength[attributes] = valueLength;
        attributes++;
        return 0;
    }

    private boolean attributesAreUnique() {
        for (int i = 0; i < attributes; i++) {
            if (Ascii.indexOf(buffer, attributeName[i], attributeName[i] + attributeNameLength[i], ':')
                    < attributeName[i] + attributeNameLength[i] && bindings.resolve(attributeName[i], attributeNameLength[i], false) == Bindings.UNBOUND) {
                return false;
            }
            for (int j = 0; j < i; j++) {
                if (Ascii.equals(buffer, attributeName[i], attributeNameLength[i], buffer, attributeName[j], attributeNameLength[j])) {
                    return false;
                }
            }
        }
        return true;
    }

    private int endTag() {
        int name = at + 2;
        int nameEnd = endOfName(name);
        int close = skipSpace(nameEnd);
        if (depth == 0 || close >= limit || buffer[close] != '>'
                || !Ascii.equals(buffer, name, nameEnd - name, buffer, openStart[depth - 1], openLength[depth - 1])) {
            return MALFORMED;
        }
        at = close + 1;
        return closeElement();
    }

    private int closeElement() {
        depth--;
        setName(depth);
        bindings.backTo(openBindings[depth]);
        return END;
    }

    private void setName(int level) {
        int name = openStart[level];
        int length = openLength[level];
        int colon = Ascii.indexOf(buffer, name, name + length, ':');
        nameStart = colon < name + length ? colon + 1 : name;
        nameLength = name + length - nameStart;
        namespace = openNamespace[level];
    }

    private int endOfName(int from) {
        int i = from;
        if (i < limit && (CLASS[buffer[i] & 0xFF] & NAME_START) != 0) {
            i++;
            while (i < limit && (CLASS[buffer[i] & 0xFF] & NAME) != 0) {
                i++;
            }
        }
        return i;
    }

    private int skipSpace(int from) {
        int i = from;
        while (i < limit && isSpace(buffer[i])) {
            i++;
        }
        return i;
    }

    protected static boolean isSpace(byte c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    /** Elements open, the one just started included, the one just ended not. */
    public int depth() {
        return depth;
    }

    /** Index in the array of the angle bracket of the element just started. */
    public int elementStart() {
        return openStart[depth - 1] - 1;
    }

    /** Index past the name of the element just started: where attributes may be put. */
    public int endOfElementName() {
        return openStart[depth - 1] + openLength[depth - 1];
    }

    /** Index in the array where the text, comment or instruction just read begins, markup included. */
    public int eventStart() {
        return eventStart;
    }

    /** Whether the element just started has no end tag of its own. */
    public boolean isEmptyElement() {
        return emptyElement;
    }

    /** How many attributes the element just started has, declarations of namespaces not counted. */
    public int attributes() {
        return attributes;
    }

    public int attributeNameAt(int index) {
        return attributeName[index];
    }

    public int attributeNameLength(int index) {
        return attributeNameLength[index];
    }

    public int attributeValueAt(int index) {
        return attributeValue[index];
    }

    public int attributeValueLength(int index) {
        return attributeValueLength[index];
    }

    /** How many namespaces the element just started declares. */
    public int declarations() {
        return bindings.count() - openBindings[depth - 1];
    }

    /** Place in the array of the prefix that a declaration of the element just started is for; its length is 0 for the default one. */
    public int declaredPrefixAt(int index) {
        return bindings.prefixAt(openBindings[depth - 1] + index);
    }

    public int declaredPrefixLength(int index) {
        return bindings.prefixLength(openBindings[depth - 1] + index);
    }

    public int declaredNamespaceAt(int index) {
        return bindings.valueAt(openBindings[depth - 1] + index);
    }

    public int declaredNamespaceLength(int index) {
        return bindings.valueLength(openBindings[depth - 1] + index);
    }

    /** Index past what was just read. */
    public int position() {
        return at;
    }

    /** Appends declarations of the namespaces that the element just started has from those around it, so that it may stand elsewhere. */
    public void putInheritedBindings(ByteSink out) {
        bindings.put(openBindings[depth - 1], out);
    }

    /** Whether the element just started or ended has this name. */
    public boolean is(int inNamespace, byte[] localName) {
        return namespace == inNamespace && Ascii.equals(buffer, nameStart, nameLength, localName, 0, localName.length);
    }

    public int namespace() {
        return namespace;
    }

    public Slice localName(Slice out) {
        return out.wrap(buffer, nameStart, nameLength);
    }

    /** Value, references unresolved, of an attribute without prefix. @return false when absent */
    public boolean attribute(byte[] name, Slice out) {
        for (int i = 0; i < attributes; i++) {
            if (Ascii.equals(buffer, attributeName[i], attributeNameLength[i], name, 0, name.length)) {
                out.wrap(buffer, attributeValue[i], attributeValueLength[i]);
                return true;
            }
        }
        out.clear();
        return false;
    }

    /** Value of an attribute that has a prefix, by the namespace that it stands for. @return false when absent */
    public boolean attribute(int inNamespace, byte[] localName, Slice out) {
        for (int i = 0; i < attributes; i++) {
            int from = attributeName[i];
            int end = from + attributeNameLength[i];
            int colon = Ascii.indexOf(buffer, from, end, ':');
            if (colon < end && Ascii.equals(buffer, colon + 1, end - colon - 1, localName, 0, localName.length)
                    && bindings.resolve(from, attributeNameLength[i], false) == inNamespace) {
                out.wrap(buffer, attributeValue[i], attributeValueLength[i]);
                return true;
            }
        }
        out.clear();
        return false;
    }

    /** Appends the text just read, references resolved. */
    public void text(ByteSink out) {
        if (cdata) {
            out.put(buffer, textStart, textEnd - textStart);
        } else {
            resolveReferences(textStart, textEnd, out);
        }
    }

    /** Whether the text just read is white space alone. */
    protected boolean isBlank() {
        return skipSpace(textStart) >= textEnd;
    }

    /** Appends an attribute's value or other raw text of this document, references resolved. */
    public void unescape(Slice raw, ByteSink out) {
        resolveReferences(raw.offset(), raw.limit(), out);
    }

    private void resolveReferences(int from, int to, ByteSink out) {
        putResolved(buffer, from, to, out);
    }

    /** Appends text of a document that was read before, references resolved. */
    public static void putResolved(byte[] buffer, int from, int to, ByteSink out) {
        int plain = from;
        for (int i = from; i < to; i++) {
            if (buffer[i] == '&') {
                out.put(buffer, plain, i - plain);
                int end = endOfReference(buffer, i, to);
                int c = characterReference(buffer, i, end - 1);
                for (int e = 0; c < 0 && e < ENTITIES.length; e++) {
                    if (Ascii.startsWith(buffer, i + 1, to, ENTITIES[e])) {
                        c = ENTITY_VALUES[e];
                    }
                }
                out.putCodePoint(c);
                plain = end;
                i = end - 1;
            }
        }
        out.put(buffer, plain, to - plain);
    }

    /** After START: leaves the element with everything in it. @return END, or a refusal */
    public int skip() {
        int level = depth - 1;
        int e = event;
        while (e > 0 && !(e == END && depth == level)) {
            e = next();
        }
        return e;
    }

    /** From anywhere within an element that was started at a depth: leaves it. @param level {@link #depth()} of it less one. @return END, or a refusal */
    public int leave(int level) {
        int e = event;
        while (e > 0 && e != DONE && !(e == END && depth == level)) {
            e = next();
        }
        return e;
    }

    /** Steps to the next child of the element that was started at a depth. @param level {@link #depth()} of the parent less one
     *  @return false at its end, and after a refusal */
    public boolean nextChild(int level) {
        int e = next();
        while (e > 0 && !(e == END && depth == level)) {
            if (e == START) {
                return true;
            }
            e = next();
        }
        return false;
    }

    /** The refusal that stopped the reading, or 0. */
    public int refusal() {
        return event < 0 ? event : 0;
    }

    /** After START of an element with text alone: appends the text, white space around it removed, and leaves the element.
     *  Elements within are skipped. @return END, or a refusal */
    public int elementText(ByteSink out) {
        int level = depth - 1;
        int from = out.position();
        int e = next();
        while (e > 0 && !(e == END && depth == level)) {
            if (e == TEXT) {
                text(out);
            } else if (e == START) {
                skip();
            }
            e = next();
        }
        trim(out, from);
        return e;
    }

    /** Takes the white space off what was appended from an index on. */
    protected static void trim(ByteSink out, int from) {
        if (out.overflowed()) {
            return;
        }
        byte[] b = out.buffer();
        int end = out.position();
        while (end > from && isSpace(b[end - 1])) {
            end--;
        }
        int begin = from;
        while (begin < end && isSpace(b[begin])) {
            begin++;
        }
        System.arraycopy(b, begin, b, from, end - begin);
        out.truncate(from + end - begin);
    }
}
