package org.sidetone.doc.pidf;

/** What is supported and what is not, of one vocabulary, as bits by its numbers (RFC 5196 section 3.2). */
public final class CapabilitySet {
    public final Vocabulary words;
    public long supported;
    public long notSupported;
    /** Whether the two elements stand there, empty ones too. */
    public boolean hasSupported;
    public boolean hasNotSupported;

    CapabilitySet(Vocabulary words) {
        this.words = words;
    }

    void clear() {
        supported = 0;
        notSupported = 0;
        hasSupported = false;
        hasNotSupported = false;
    }

    public boolean isSaid() {
        return hasSupported || hasNotSupported;
    }

    public void addSupported(int number) {
        hasSupported = true;
        supported |= 1L << number;
    }
}
