package org.sidetone.bytes;

/** Known words, as numbers. */
public final class Words {
    private Words() {
    }

    /** The index of the word that a text is, octet by octet; index 0 is nobody's. @return 0 when it is none of them */
    public static int indexOf(String[] words, Slice text) {
        for (int i = 1; i < words.length; i++) {
            boolean same = words[i].length() == text.length();
            for (int k = 0; same && k < text.length(); k++) {
                same = words[i].charAt(k) == text.byteAt(k);
            }
            if (same) {
                return i;
            }
        }
        return 0;
    }
}
