package org.sidetone.switchboard;

import java.util.Arrays;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.bytes.Utf8;
import org.sidetone.date.Dates;
import org.sidetone.doc.cpim.CpimView;
import org.sidetone.doc.cpim.CpimWriter;
import org.sidetone.doc.imdn.Imdn;
import org.sidetone.im.MessageBody;
import org.sidetone.port.Random;
import org.sidetone.sip.Header;
import org.sidetone.sip.NameAddrView;
import org.sidetone.sip.SipMessage;
import org.sidetone.uri.UriView;

/** The MESSAGE that tells a sender who asked for it what the store did with his (RFC 5438 sections 7.1.1.3, 8): keep it, or find that nobody fetched it. */
final class StoreNotice {
    private static final int ROOM = 4096;

    private final Random random;
    private final MessageBody body = new MessageBody(1);
    private final Imdn imdn = new Imdn();
    private final CpimWriter cpim = new CpimWriter();
    private final Dates dates = new Dates();
    private final FixedText ownId = new FixedText(16);
    private final ByteSink sink = new ByteSink();
    private final Slice type = new Slice();
    private final Slice content = new Slice();
    private final Slice id = new Slice();
    private final Slice from = new Slice();
    private final Slice to = new Slice();
    private final Slice none = new Slice();
    private final NameAddrView sender = new NameAddrView();
    private final UriView one = new UriView();
    private final UriView other = new UriView();

    StoreNotice(Random random) {
        this.random = random;
    }

    /**
     * @param message a request that was kept, whole. @param unixSec now, negative: not known
     * @param stored whether it is kept now; else it will never arrive
     * @return the request that tells its sender, null when he did not ask for that, says that he is somebody else, or it cannot be read
     */
    byte[] of(SipMessage message, boolean stored, long unixSec) {
        message.value(Header.CONTENT_TYPE, type);
        if (body.read(type, message.body(content), null) != MessageBody.TEXT || !(stored ? body.wantsProcessing() : body.wantsFailure()) || !body.messageId(id)) {
            return null;
        }
        boolean named = body.cpim().value(CpimView.FROM, from) && CpimView.uriOf(from, from) && body.cpim().value(CpimView.TO, to) && CpimView.uriOf(to, to);
        if (!named || !message.address(Header.FROM, 0, sender) || !one.wrap(from) || !other.wrap(sender.uri()) || !one.isSameUser(other)) {
            return null;                                    // told is who sent it, and not whom he names
        }
        ownId.take(ownId.sink(sink).putHex(random.nextLong(), 16));
        sink.wrap(new byte[ROOM]);
        cpim.begin(sink, to, from, unixSec).imdn(ownId, "").content(Imdn.CONTENT_TYPE, "notification");
        imdn.write(id, body.dateSec(), to, none, stored ? Imdn.PROCESSING : Imdn.DELIVERY, stored ? Imdn.STORED : Imdn.FAILED, sink);
        String text = sink.overflowed() ? "" : sink.slice(new Slice()).toString();
        sink.wrap(new byte[ROOM + text.length()]);
        sink.put("MESSAGE ").put(from).put(" SIP/2.0\r\nVia: SIP/2.0/UDP localhost;branch=z9hG4bK").putHex(random.nextLong(), 16);
        sink.put("\r\nMax-Forwards: 70\r\nFrom: <").put(to).put(">;tag=").putHex(random.nextLong(), 16).put("\r\nTo: <").put(from).put(">\r\nCall-ID: ").putHex(random.nextLong(), 16);
        sink.put("\r\nCSeq: 1 MESSAGE\r\n");
        if (unixSec >= 0) {
            dates.putRfc1123(unixSec, sink.put("Date: "));
            sink.put("\r\n");
        }
        byte[] content = Utf8.bytes(text);
        sink.put("Content-Type: message/cpim\r\nContent-Length: ").putDecimal(content.length).put("\r\n\r\n").put(content);
        return text.isEmpty() || sink.overflowed() ? null : Arrays.copyOfRange(sink.buffer(), sink.start(), sink.position());
    }
}
