package org.sidetone.fuzz;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.filter.SimpleFilters;
import org.sidetone.presence.PresenceFilterRules;
import org.sidetone.xml.tree.XmlTree;

/** A filter document and another that it filters, a NUL between. What is left of it is well-formed. */
public final class FilterFuzz {
    private static final SimpleFilters FILTERS = new SimpleFilters(100, 300);
    private static final PresenceFilterRules RULES = new PresenceFilterRules();
    private static final XmlTree RESULT = new XmlTree(300);
    private static final byte[] OUT = new byte[8192];
    private static final ByteSink SINK = new ByteSink();

    private FilterFuzz() {
    }

    public static void fuzzerTestOneInput(byte[] data) {
        int middle = Ascii.indexOf(data, 0, data.length, 0);
        Slice document = new Slice().wrap(data, Math.min(data.length, middle + 1), Math.max(0, data.length - middle - 1));
        if (FILTERS.read(new Slice().wrap(data, 0, middle)) != SimpleFilters.GOOD) {
            return;
        }
        for (int f = FILTERS.next(XmlTree.NONE); f != XmlTree.NONE; f = FILTERS.next(f)) {
            SINK.wrap(OUT);
            if (FILTERS.apply(f, document, RULES, SINK) && RESULT.read(document) == XmlTree.GOOD) {
                MessageFuzz.check(RESULT.read(new Slice().wrap(OUT, 0, SINK.length())) == XmlTree.GOOD, "filtered into no document");
            }
            FILTERS.isTriggered(f, document, document);
        }
    }
}
