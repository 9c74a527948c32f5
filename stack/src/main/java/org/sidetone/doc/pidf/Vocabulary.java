package org.sidetone.doc.pidf;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;

/** A closed list of words, each with a number: its place in the list. */
public final class Vocabulary {
    /** A word that is not in the list. */
    public static final int NONE = -1;

    private final String[] names;
    private final byte[][] bytes;

    Vocabulary(String[] names) {
        this.names = names;
        bytes = new byte[names.length][];
        for (int i = 0; i < names.length; i++) {
            bytes[i] = Ascii.bytes(names[i]);
        }
    }

    /** The number of a word, or {@link #NONE}. */
    public int of(Slice word) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i].length == word.length() && word.equals(bytes[i])) {
                return i;
            }
        }
        return NONE;
    }

    public String name(int number) {
        return names[number];
    }

    public int size() {
        return names.length;
    }
}
