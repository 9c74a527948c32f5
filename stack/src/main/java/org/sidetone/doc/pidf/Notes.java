package org.sidetone.doc.pidf;

import org.sidetone.bytes.Slice;

/** Notes of one place in the document with their languages (RFC 3863 section 4.1.6); more than there is room for are left out. */
public final class Notes {
    /** Notes that are kept. */
    public static final int MOST = 4;

    private final Slice[] texts = new Slice[MOST];
    private final Slice[] languages = new Slice[MOST];
    private int count;

    Notes() {
        for (int i = 0; i < MOST; i++) {
            texts[i] = new Slice();
            languages[i] = new Slice();
        }
    }

    public void clear() {
        count = 0;
    }

    /** @return the index of a new note, or -1 when there is no room */
    int add() {
        if (count == MOST) {
            return -1;
        }
        texts[count].clear();
        languages[count].clear();
        return count++;
    }

    void dropLast() {
        count--;
    }

    public int count() {
        return count;
    }

    public Slice text(int index) {
        return texts[index];
    }

    /** {@code xml:lang}, empty when not said. */
    public Slice language(int index) {
        return languages[index];
    }

    /** The note in a language, otherwise one of no language, otherwise the first. @return -1 when there is none */
    public int best(Slice language) {
        int plain = -1;
        for (int i = 0; i < count; i++) {
            if (languages[i].equalsIgnoreCase(language) && !language.isEmpty()) {
                return i;
            }
            if (plain < 0 && languages[i].isEmpty()) {
                plain = i;
            }
        }
        return plain >= 0 || count == 0 ? plain : 0;
    }
}
