package org.sidetone.xml;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;

/** The namespace declarations that are in force where a reader stands, as places in its array; the innermost come last. */
final class Bindings {
    /** No namespace: the prefix is not bound, or the name is none. */
    static final int UNBOUND = -3;

    private static final int MOST = 48;
    private static final byte[] XMLNS = Ascii.bytes("xmlns");
    private static final byte[] XML = Ascii.bytes("xml");

    private final byte[][] namespaces;
    private final int[] prefix = new int[MOST];
    private final int[] prefixLength = new int[MOST];
    private final int[] namespace = new int[MOST];
    private final int[] value = new int[MOST];
    private final int[] valueLength = new int[MOST];
    private byte[] buffer;
    private int count;

    Bindings(byte[][] namespaces) {
        this.namespaces = namespaces;
    }

    void start(byte[] of) {
        buffer = of;
        count = 0;
    }

    int count() {
        return count;
    }

    /** Forgets those of an element that ended. */
    void backTo(int earlier) {
        count = earlier;
    }

    static boolean isDeclaration(byte[] b, int name, int length) {
        return Ascii.startsWith(b, name, name + length, XMLNS) && (length == XMLNS.length || b[name + XMLNS.length] == ':');
    }

    /** Takes the declaration that an attribute is. @return false when there is no room */
    boolean add(int name, int length, int valueAt, int valueOctets) {
        if (count == MOST) {
            return false;
        }
        boolean isDefault = length == XMLNS.length;
        prefix[count] = isDefault ? name : name + XMLNS.length + 1;
        prefixLength[count] = isDefault ? 0 : length - XMLNS.length - 1;
        value[count] = valueAt;
        valueLength[count] = valueOctets;
        namespace[count] = valueOctets == 0 ? XmlReader.NO_NAMESPACE : indexOf(valueAt, valueOctets);
        count++;
        return true;
    }

    private int indexOf(int at, int length) {
        for (int i = 0; i < namespaces.length; i++) {
            if (Ascii.equals(buffer, at, length, namespaces[i], 0, namespaces[i].length)) {
                return i;
            }
        }
        return XmlReader.OTHER_NAMESPACE;
    }

    /** Place of the declaration of the namespace that a prefix stands for, or -1. @param octets of the prefix; 0: the default namespace */
    int find(byte[] b, int name, int octets) {
        int i = count - 1;
        while (i >= 0 && !Ascii.equals(buffer, prefix[i], prefixLength[i], b, name, octets)) {
            i--;
        }
        return i;
    }

    int prefixAt(int binding) {
        return prefix[binding];
    }

    int prefixLength(int binding) {
        return prefixLength[binding];
    }

    int valueAt(int binding) {
        return value[binding];
    }

    int valueLength(int binding) {
        return valueLength[binding];
    }

    /** Namespace of a qualified name, or {@link #UNBOUND}. @param useDefault whether a name without prefix has the default namespace */
    int resolve(int name, int length, boolean useDefault) {
        int colon = Ascii.indexOf(buffer, name, name + length, ':');
        boolean prefixed = colon < name + length;
        if (prefixed && (colon == name || colon == name + length - 1)) {
            return UNBOUND;
        }
        int octets = prefixed ? colon - name : 0;
        if (prefixed && Ascii.equals(buffer, name, octets, XML, 0, XML.length)) {
            return XmlReader.OTHER_NAMESPACE;
        }
        if (!prefixed && !useDefault) {
            return XmlReader.NO_NAMESPACE;
        }
        int i = find(buffer, name, octets);
        return i >= 0 ? namespace[i] : prefixed ? UNBOUND : XmlReader.NO_NAMESPACE;
    }

    /** Appends the first so many as declarations, but for those that a later one hides. */
    void put(int first, ByteSink out) {
        for (int i = first - 1; i >= 0; i--) {
            if (isHidden(i)) {
                continue;
            }
            out.put(' ').put(XMLNS);
            if (prefixLength[i] > 0) {
                out.put(':').put(buffer, prefix[i], prefixLength[i]);
            }
            out.put('=').put('"').put(buffer, value[i], valueLength[i]).put('"');
        }
    }

    private boolean isHidden(int binding) {
        for (int i = binding + 1; i < count; i++) {
            if (Ascii.equals(buffer, prefix[i], prefixLength[i], buffer, prefix[binding], prefixLength[binding])) {
                return true;
            }
        }
        return false;
    }
}
