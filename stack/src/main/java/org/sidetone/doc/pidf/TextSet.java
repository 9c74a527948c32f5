package org.sidetone.doc.pidf;

import org.sidetone.bytes.Slice;

/** Texts of one kind, such as the languages a service supports and those it does not; more than there is room for are left out. */
public final class TextSet {
    /** Texts that are kept. */
    public static final int MOST = 8;

    private final Slice[] texts = new Slice[MOST];
    private final boolean[] supported = new boolean[MOST];
    private int count;

    TextSet() {
        for (int i = 0; i < MOST; i++) {
            texts[i] = new Slice();
        }
    }

    void clear() {
        count = 0;
    }

    /** @return the text to fill, or null when there is no room */
    Slice add(boolean isSupported) {
        if (count == MOST) {
            return null;
        }
        supported[count] = isSupported;
        return texts[count++].clear();
    }

    public int count() {
        return count;
    }

    public Slice text(int index) {
        return texts[index];
    }

    public boolean isSupported(int index) {
        return supported[index];
    }

    int countOf(boolean ofSupported) {
        int n = 0;
        for (int i = 0; i < count; i++) {
            n += supported[i] == ofSupported ? 1 : 0;
        }
        return n;
    }
}
