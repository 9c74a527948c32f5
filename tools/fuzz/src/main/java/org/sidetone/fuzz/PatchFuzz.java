package org.sidetone.fuzz;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.pidf.PartialPidf;
import org.sidetone.xml.patch.XmlPatch;
import org.sidetone.xml.tree.XmlTree;

/** Two documents, a NUL between: the second patches the first, and is made from it as a change. What comes out is well-formed, and a change that is told can be applied. */
public final class PatchFuzz {
    private static final int BYTES = 8192;
    private static final XmlTree DIFF = new XmlTree(300);
    private static final XmlTree RESULT = new XmlTree(600);
    private static final XmlPatch PATCH = new XmlPatch(300, BYTES);
    private static final PartialPidf PARTIAL = new PartialPidf(300, BYTES);
    private static final byte[] OUT = new byte[BYTES];
    private static final byte[] NEXT = new byte[BYTES];
    private static final ByteSink SINK = new ByteSink();

    private PatchFuzz() {
    }

    public static void fuzzerTestOneInput(byte[] data) {
        int middle = Ascii.indexOf(data, 0, data.length, 0);
        Slice first = new Slice().wrap(data, 0, middle);
        Slice second = new Slice().wrap(data, Math.min(data.length, middle + 1), Math.max(0, data.length - middle - 1));
        SINK.wrap(OUT);
        if (DIFF.read(second) == XmlTree.GOOD && PATCH.apply(first, DIFF, DIFF.rootElement(), SINK) == 0) {
            MessageFuzz.check(RESULT.read(new Slice().wrap(OUT, 0, SINK.length())) == XmlTree.GOOD, "patched into no document");
        }
        SINK.wrap(OUT);
        if (PARTIAL.writeDiff(first, second, 1, SINK)) {
            Slice change = new Slice().wrap(OUT, 0, SINK.length());
            MessageFuzz.check(PARTIAL.read(change) == PartialPidf.DIFF && PARTIAL.apply(first, new ByteSink().wrap(NEXT)) == 0,
                    "a change that was told cannot be applied");
        }
        PARTIAL.read(first);
        PARTIAL.writeFull(first, 1, new ByteSink().wrap(NEXT));
    }
}
