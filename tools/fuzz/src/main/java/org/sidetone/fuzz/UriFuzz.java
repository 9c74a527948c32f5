package org.sidetone.fuzz;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.uri.UriComparison;
import org.sidetone.uri.UriView;

/** Any text: a URI that is taken is equal to itself, its parts lie within it, and its address of record is a URI that stays the same. */
public final class UriFuzz {
    private static final UriView ONE = new UriView();
    private static final UriView TWO = new UriView();
    private static final UriComparison COMPARISON = new UriComparison();

    private UriFuzz() {
    }

    /** Jazzer's entry. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (!ONE.wrap(data, 0, data.length)) {
            return;
        }
        MessageFuzz.check(TWO.wrap(data.clone(), 0, data.length) && COMPARISON.equal(ONE, TWO), "not equal to itself");
        for (Slice part : new Slice[] {ONE.user(), ONE.password(), ONE.host(), ONE.headers()}) {
            MessageFuzz.check(part.isEmpty() || part.limit() <= data.length, "a part outside");
        }
        Slice name = new Slice();
        Slice value = new Slice();
        int n = 0;
        ONE.params().rewind();
        while (ONE.params().next(name, value)) {
            MessageFuzz.check(!name.isEmpty() && name.limit() <= data.length && value.limit() <= data.length, "a parameter outside");
            n++;
        }
        MessageFuzz.check(n == ONE.params().count(), "parameters lost");
        ONE.transport();
        if (ONE.isSip()) {
            String first = addressOfRecord(ONE);
            byte[] b = first.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
            MessageFuzz.check(TWO.wrap(b, 0, b.length), "an address of record that is no URI: " + first);
            MessageFuzz.check(addressOfRecord(TWO).equals(first), "an address of record that changes: " + first);
        }
    }

    private static String addressOfRecord(UriView of) {
        byte[] out = new byte[4 * of.whole().length() + 16];
        ByteSink sink = new ByteSink().wrap(out);
        of.putAddressOfRecord(sink);
        return new String(out, 0, sink.length(), java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
