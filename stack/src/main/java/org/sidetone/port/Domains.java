package org.sidetone.port;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;

/**
 * Names of the domains that TLS connections are meant for, as numbers that a {@link Flow} can carry: whoever opens the connection compares
 * the other side's certificate with the name (RFC 5922 section 7.3). A name keeps its number for ever; 0 is none.
 */
public final class Domains {
    private final FixedText[] names;
    private int count;
    private final Slice scratch = new Slice();

    public Domains(int capacity) {
        names = new FixedText[capacity];
        for (int i = 0; i < capacity; i++) {
            names[i] = new FixedText(128);
        }
    }

    /** @return the number of a name, 0 when there is no room for it */
    public int numberOf(Slice name) {
        for (int i = 0; i < count; i++) {
            if (names[i].slice(scratch).equalsIgnoreCase(name)) {
                return i + 1;
            }
        }
        return count < names.length && names[count].set(name) ? ++count : 0;
    }

    /** Null for 0. */
    public FixedText name(int number) {
        return number > 0 && number <= count ? names[number - 1] : null;
    }
}
