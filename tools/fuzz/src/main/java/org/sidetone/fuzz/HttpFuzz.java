package org.sidetone.fuzz;

import org.sidetone.bytes.Slice;
import org.sidetone.http.HttpResponse;

/** An HTTP response, whole and octet by octet: both end the same way. */
public final class HttpFuzz {
    private static final HttpResponse WHOLE = new HttpResponse(512);
    private static final HttpResponse PIECES = new HttpResponse(512);
    private static final byte[] ETAG = {'E', 'T', 'a', 'g'};

    private HttpFuzz() {
    }

    public static void fuzzerTestOneInput(byte[] data) {
        WHOLE.begin(false);
        PIECES.begin(false);
        int whole = WHOLE.add(data, 0, data.length);
        int pieces = 0;
        for (int i = 0; i < data.length && pieces >= 0; i++) {
            pieces = PIECES.add(data, i, 1);
        }
        MessageFuzz.check(whole == pieces, "in pieces it ends in another way");
        if (whole >= 0) {
            MessageFuzz.check(WHOLE.status() == PIECES.status() && WHOLE.body(new Slice()).equals(PIECES.body(new Slice())), "in pieces it says something else");
            WHOLE.header(ETAG, 0, new Slice());
        }
    }
}
