package org.sidetone.event;

import org.sidetone.bytes.FixedText;

/** One filter of one subscription: the document it came in, and which of those in it it is. */
final class FilterSlot {
    final FixedText document;
    final FixedText id = new FixedText(32);
    boolean enabled;
    /** Whether it has triggers. */
    boolean triggers;

    FilterSlot(int bytes) {
        document = new FixedText(bytes);
    }
}
