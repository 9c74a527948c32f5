package org.sidetone.xml.schema;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Message;
import org.sidetone.bytes.Slice;

/**
 * What elements a document may have, in which order and how often, and what their values are: the part of XML Schema that our
 * documents use, in tables made at start-up from lines such as
 * <pre>
 *   /presence @entity!uri : tuple* note* ##other*
 *   status : basic? ##other*
 *   basic = open|closed
 *   contact @priority=qvalue = uri
 *   mood @from=dateTime : note* (afraid:empty|other:note|##other)+
 * </pre>
 * A slash marks an element that may stand wherever another namespace may; the other lines are types that an element names, after a
 * colon where its own name is another. {@code !} after an attribute: it must be there. {@code ? * +} as everywhere; {@code ##other}: an element of any other
 * namespace, checked when it is known here. Attributes that no line names are let through.
 */
public final class Schema {
    private static final int MAX_TYPES = 160;
    private static final int MAX_PARTICLES = 256;
    private static final int MAX_CHOICES = 512;
    private static final int MAX_ATTRIBUTES = 64;
    static final int UNBOUNDED = Integer.MAX_VALUE;
    static final int NONE = -1;

    private final byte[][] namespaces;
    private final int[] namespace = new int[MAX_TYPES];
    private final byte[][] typeName = new byte[MAX_TYPES][];
    private final boolean[] global = new boolean[MAX_TYPES];
    final int[] simple = new int[MAX_TYPES];
    private final byte[][][] enumeration = new byte[MAX_TYPES][][];
    final int[] firstParticle = new int[MAX_TYPES + 1];
    private final int[] firstAttribute = new int[MAX_TYPES + 1];
    private int types;
    /** Where the types of each namespace begin. */
    private final int[] firstOf;
    private int defined;

    final int[] least = new int[MAX_PARTICLES];
    final int[] most = new int[MAX_PARTICLES];
    private final boolean[] other = new boolean[MAX_PARTICLES];
    private final int[] firstChoice = new int[MAX_PARTICLES + 1];
    private int particles;

    private final byte[][] choiceName = new byte[MAX_CHOICES][];
    private final String[] choiceTypeName = new String[MAX_CHOICES];
    private final int[] choiceType = new int[MAX_CHOICES];
    private int choices;

    private final byte[][] attributeName = new byte[MAX_ATTRIBUTES][];
    private final boolean[] required = new boolean[MAX_ATTRIBUTES];
    private final int[] attributeType = new int[MAX_ATTRIBUTES];
    private int attributes;

    /** @param namespaces their URIs; what {@link #define} speaks of by index */
    public Schema(byte[][] namespaces) {
        this.namespaces = namespaces;
        firstOf = new int[namespaces.length + 1];
    }

    byte[][] namespaces() {
        return namespaces;
    }

    /** Adds the lines of the next namespace. @throws IllegalArgumentException when a line is not in the notation */
    public Schema define(int inNamespace, String lines) {
        int firstType = types;
        if (inNamespace != defined) {
            throw new IllegalArgumentException("namespaces are defined in their order");
        }
        int from = 0;
        while (from < lines.length()) {
            int end = lines.indexOf('\n', from);
            end = end < 0 ? lines.length() : end;
            if (end > from) {
                line(inNamespace, lines.substring(from, end).trim());
            }
            from = end + 1;
        }
        for (int c = firstChoice[firstParticle[firstType]]; c < choices; c++) {
            choiceType[c] = typeOf(firstType, choiceTypeName[c]);
        }
        defined++;
        firstOf[defined] = types;
        return this;
    }

    private int typeOf(int from, String name) {
        for (int t = from; t < types; t++) {
            if (name.equals(string(typeName[t]))) {
                return t;
            }
        }
        throw new IllegalArgumentException(new Message("no line says what ").add(name).add(" is").toString());
    }

    private static String string(byte[] ascii) {
        return new Slice().wrap(ascii).toString();
    }

    private void line(int inNamespace, String line) {
        int at = endOfWord(line, 0);
        String name = line.substring(0, at);
        boolean isGlobal = name.charAt(0) == '/';
        int type = types++;
        global[type] = isGlobal;
        typeName[type] = Ascii.bytes(isGlobal ? name.substring(1) : name);
        namespace[type] = inNamespace;
        simple[type] = SimpleType.COMPLEX;
        at++;
        while (at < line.length()) {
            int end = endOfWord(line, at);
            String word = line.substring(at, end);
            if (word.charAt(0) == '@') {
                attribute(word);
            } else if (word.equals("=")) {
                simple[type] = simpleType(type, line.substring(end + 1));
                end = line.length();
            } else if (!word.equals(":")) {
                particle(word);
            }
            at = end + 1;
        }
        firstParticle[types] = particles;
        firstAttribute[types] = attributes;
    }

    private static int endOfWord(String line, int from) {
        int end = line.indexOf(' ', from);
        return end < 0 ? line.length() : end;
    }

    private int simpleType(int type, String word) {
        if (word.equals("any")) {
            return SimpleType.ANY;
        }
        int known = SimpleType.named(word);
        if (known >= 0) {
            return known;
        }
        int n = 1;
        for (int i = 0; i < word.length(); i++) {
            n += word.charAt(i) == '|' ? 1 : 0;
        }
        enumeration[type] = new byte[n][];
        int from = 0;
        for (int i = 0; i < n; i++) {
            int end = word.indexOf('|', from);
            end = end < 0 ? word.length() : end;
            enumeration[type][i] = Ascii.bytes(word.substring(from, end));
            from = end + 1;
        }
        return SimpleType.ENUMERATION;
    }

    /** {@code @name}, {@code @name!}, {@code @name=type}, {@code @name!type}. */
    private void attribute(String word) {
        int bang = word.indexOf('!');
        int equal = bang < 0 ? word.indexOf('=') : bang;
        int nameEnd = equal < 0 ? word.length() : equal;
        String type = equal < 0 || equal == word.length() - 1 ? "string" : word.substring(equal + 1);
        if (SimpleType.named(type) < 0) {
            throw new IllegalArgumentException(new Message("no type ").add(type).add(" of an attribute").toString());
        }
        attributeName[attributes] = Ascii.bytes(word.substring(1, nameEnd));
        required[attributes] = bang >= 0;
        attributeType[attributes] = SimpleType.named(type);
        attributes++;
    }

    private void particle(String word) {
        char last = word.charAt(word.length() - 1);
        boolean counted = last == '?' || last == '*' || last == '+';
        String what = counted ? word.substring(0, word.length() - 1) : word;
        least[particles] = last == '?' || last == '*' ? 0 : 1;
        most[particles] = last == '*' || last == '+' ? UNBOUNDED : 1;
        String list = what.charAt(0) == '(' ? what.substring(1, what.length() - 1) : what;
        int from = 0;
        while (from < list.length()) {
            int end = list.indexOf('|', from);
            end = end < 0 ? list.length() : end;
            choice(list.substring(from, end));
            from = end + 1;
        }
        particles++;
        firstChoice[particles] = choices;
    }

    private void choice(String word) {
        if (word.equals("##other")) {
            other[particles] = true;
            return;
        }
        int colon = word.indexOf(':');
        choiceName[choices] = Ascii.bytes(colon < 0 ? word : word.substring(0, colon));
        choiceTypeName[choices] = colon < 0 ? word : word.substring(colon + 1);
        choices++;
    }

    /** The type of an element that may stand alone, or {@link #NONE}. */
    int global(int ofNamespace, Slice name) {
        int from = ofNamespace < 0 ? 0 : firstOf[ofNamespace];
        int to = ofNamespace < 0 ? 0 : firstOf[ofNamespace + 1];
        for (int t = from; t < to; t++) {
            if (global[t] && typeName[t][0] == name.byteAt(0) && name.equals(typeName[t])) {
                return t;
            }
        }
        return NONE;
    }

    int namespace(int type) {
        return namespace[type];
    }

    /** The type an element has by a particle, {@link #NONE} when it may not stand there. */
    int match(int particle, int ofNamespace, int parentNamespace, Slice name) {
        if (ofNamespace == parentNamespace) {
            for (int c = firstChoice[particle]; c < firstChoice[particle + 1]; c++) {
                if (choiceName[c][0] == name.byteAt(0) && name.equals(choiceName[c])) {
                    return choiceType[c];
                }
            }
        }
        return NONE;
    }

    boolean allowsOther(int particle) {
        return other[particle];
    }

    int firstAttribute(int type) {
        return firstAttribute[type];
    }

    byte[] attributeName(int attribute) {
        return attributeName[attribute];
    }

    boolean isRequired(int attribute) {
        return required[attribute];
    }

    int attributeType(int attribute) {
        return attributeType[attribute];
    }

    boolean isGoodValue(int type, byte[] b, int offset, int length) {
        if (simple[type] != SimpleType.ENUMERATION) {
            return SimpleType.isGood(simple[type], b, offset, length);
        }
        for (int i = 0; i < enumeration[type].length; i++) {
            if (Ascii.equals(b, offset, length, enumeration[type][i], 0, enumeration[type][i].length)) {
                return true;
            }
        }
        return false;
    }
}
