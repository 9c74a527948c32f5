package org.sidetone.fuzz;

import java.nio.charset.StandardCharsets;
import org.sidetone.bytes.Slice;
import org.sidetone.bytes.Utf8;
import org.sidetone.im.MessageBody;

/** The body of a message of any type: read, shown as good UTF-8, or refused. The first line of the input is the type. */
public final class BodyFuzz {
    private static final String[] TYPES = {"text/plain", "text/html", "message/cpim", "multipart/mixed;boundary=b", "multipart/alternative; boundary=\"b\"",
        "application/im-iscomposing+xml", "message/imdn+xml", "multipart/signed;boundary=b"};

    private BodyFuzz() {
    }

    /** Jazzer's entry. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length < 1) {
            return;
        }
        MessageBody body = new MessageBody(512);
        byte[] type = TYPES[data[0] & 7].getBytes(StandardCharsets.US_ASCII);
        Slice slice = new Slice();
        int[] notes = new int[1];
        int kind = body.read(new Slice().wrap(type), slice.wrap(data, 1, data.length - 1), n -> notes[0]++);
        MessageFuzz.check(kind >= MessageBody.BAD && kind <= MessageBody.NOTIFICATION, "what is " + kind);
        MessageFuzz.check(kind != MessageBody.NOTIFICATION || notes[0] > 0, "a notification that nobody heard");
        if (kind == MessageBody.TEXT) {
            Slice text = body.text();
            MessageFuzz.check(Utf8.firstInvalid(text.buffer(), text.offset(), text.length()) < 0, "a text that is no UTF-8");
        }
        body.wantsDelivery();
        body.wantsDisplay();
        body.dateSec();
        body.messageId(slice);
    }
}
