package org.sidetone.hal;

/** A display of character cells. */
public interface TextDisplay {
    int rows();

    int columns();

    /** Whether a character has a glyph here; another is shown as {@code ?}. */
    boolean canShow(char character);

    /** Takes over one row of cells, {@link #columns} of them; the array is the caller's again on return. It is seen after {@link #flush}. */
    void show(int row, char[] cells, int offset);

    /** Where the cursor stands after the next {@link #flush}; row -1: none is seen. */
    void cursor(int row, int column);

    /** Puts on the glass what was shown since, in the background. */
    void flush();
}
