package org.sidetone.im;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.date.Dates;
import org.sidetone.doc.cpim.CpimView;
import org.sidetone.doc.composing.IsComposing;
import org.sidetone.doc.imdn.Imdn;
import org.sidetone.msg.MediaTypeView;
import org.sidetone.port.Capacity;
import org.sidetone.port.MessageSecurity;
import org.sidetone.sip.CSeqView;
import org.sidetone.sip.Header;
import org.sidetone.sip.Method;
import org.sidetone.sip.NameAddrView;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.transaction.ServerTransaction;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.RequestHandler;
import org.sidetone.sip.ua.UserAgent;

/** Takes MESSAGE requests (RFC 3428 section 7): what it can show goes to the user, once; the rest is refused by name. */
public final class MessageReceiver implements RequestHandler {
    /** Keeps messages. */
    public interface User {
        /**
         * @return a status to answer with at once, or 0: the user answers by the transaction when the message is kept, and then
         *         calls {@link MessageReceiver#kept} or {@link MessageReceiver#notKept}
         */
        int onMessage(IncomingMessage message, ServerTransaction transaction, long nowMs);

        /** What became of a message of ours. @param to the account that sent it. @param from who says so */
        void onNotification(Account to, Slice from, Imdn notification);

        /** Somebody is writing to us, or stopped to (RFC 3994). */
        void onComposing(Account to, Slice from, IsComposing sign, long nowMs);

        /** Somebody sends message/cpim, so he takes it too. */
        void onCpim(Slice from);
    }

    private static final byte[][] TYPES = {MessageBody.TEXT_PLAIN, MessageBody.TEXT_HTML, CpimView.CONTENT_TYPE, MessageBody.MULTIPART_MIXED,
        MessageBody.MULTIPART_ALTERNATIVE, Imdn.CONTENT_TYPE, IsComposing.CONTENT_TYPE};
    private static final byte[] MULTIPART_SIGNED = Ascii.bytes("multipart/signed");
    private static final byte[] PKCS7_MIME = Ascii.bytes("application/pkcs7-mime");
    private static final byte[] X_PKCS7_MIME = Ascii.bytes("application/x-pkcs7-mime");
    private static final String TYPE_FIELD = "Content-Type: ";
    private static final String CRLF = "\r\n";
    private static final int OPENINGS = 4;
    /** A signed date that differs more from the clock makes one wonder (RFC 3428 section 11.4). */
    private static final long FRESH_SEC = 600;
    private static final byte[] IDENTITY = Ascii.bytes("identity");
    private static final long FNV_START = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final int RETRY_AFTER_SEC = 1;
    /** After {@code 480}: there may be room by then. */
    private static final int LATER_SEC = 60;

    private final UserAgent agent;
    private final User user;
    private final int textBytes;
    private final long[] identities;
    private final long[] contents;
    private final boolean[] underWay;
    private int oldest;
    private final IncomingMessage message = new IncomingMessage();
    private final MessageBody body;
    private final byte[] subject = new byte[IncomingMessage.SUBJECT_BYTES];
    private final Slice content = new Slice();
    private final MessageBody.Notifications notifications = new MessageBody.Notifications() {
        @Override
        public void onNotification(Imdn notification) {
            user.onNotification(message.account, message.from, notification);
        }
    };
    private final NameAddrView from = new NameAddrView();
    private final CSeqView cseq = new CSeqView();
    private final MediaTypeView mediaType = new MediaTypeView();
    private final Entity entity = new Entity();
    private final ByteSink sink = new ByteSink();
    private MessageSecurity security;
    private Opening[] openings;
    private byte[] room;
    /** Of the request that is looked at: its Date, negative without; sender, Call-ID and CSeq as a number. */
    private long saidSec;
    private long call;
    private final Slice slice = new Slice();
    private long accepted;
    private long repeated;
    private long refused;

    public MessageReceiver(UserAgent agent, Capacity capacity, User user) {
        this.agent = agent;
        this.user = user;
        textBytes = capacity.textBytes;
        identities = new long[capacity.rememberedMessages];
        contents = new long[capacity.rememberedMessages];
        underWay = new boolean[capacity.rememberedMessages];
        body = new MessageBody(textBytes);
        agent.handle(Method.MESSAGE, this);
        for (int i = 0; i < TYPES.length; i++) {
            agent.acceptType(TYPES[i]);
        }
    }

    /** What its user reads; others hear it in our answers to OPTIONS. At boot only. */
    public void setLanguage(Language language) {
        body.setLanguage(language);
        agent.acceptLanguage(language.tag());
    }

    @Override
    public void onRequest(SipMessage request, ServerTransaction transaction, long nowMs) {
        if (request.value(Header.CONTENT_ENCODING, slice) && !slice.equalsIgnoreCase(IDENTITY)) {
            refused++;
            SipWriter w = transaction.respond(415);
            w.header(Header.ACCEPT_ENCODING, IDENTITY);
            transaction.send(w, nowMs);
            return;
        }
        request.address(Header.FROM, 0, from);
        message.account = agent.accountFor(request);
        note(request, nowMs);
        request.value(Header.CONTENT_TYPE, slice);
        if (security != null && isProtected()) {
            open(request, transaction, nowMs);
        } else {
            message.marks = 0;
            take(body.read(slice, request.body(content), message.account == null ? null : notifications), request, transaction, nowMs);
        }
    }

    /** Remembers what stands in the head. */
    private void note(SipMessage request, long nowMs) {
        message.from.set(from.uri());
        message.displayName.set(from.display());
        message.expiresSec = Expiry.of(request, agent.unixSec(nowMs), slice);
        saidSec = -1;
        if (request.value(Header.DATE, slice)) {
            long date = Dates.rfc1123(slice.buffer(), slice.offset(), slice.length());
            saidSec = date == Dates.INVALID ? -1 : date;
        }
        request.cseq(cseq);
        request.value(Header.SUBJECT, slice);
        message.subject.set(slice);
        request.value(Header.CALL_ID, slice);
        call = mix(hash(slice, hash(message.from, FNV_START)), cseq.number());
    }

    /** @param request null: it is gone meanwhile */
    private void take(int kind, SipMessage request, ServerTransaction transaction, long nowMs) {
        if (kind <= MessageBody.UNKNOWN) {
            refused++;
            if (kind == MessageBody.BAD) {
                transaction.send(transaction.respond(400, "Bad Body"), nowMs);
            } else {
                refuseType(transaction, nowMs);
            }
            return;
        }
        message.text.set(body.text());
        if (message.text.length() > textBytes) {
            refused++;
            transaction.reply(413, nowMs);
            return;
        }
        if (message.account == null) {
            refused++;
            transaction.reply(404, nowMs);
            return;
        }
        if (body.isWrapped()) {
            user.onCpim(message.from);
        }
        if (kind == MessageBody.COMPOSING) {
            user.onComposing(message.account, message.from, body.composing(), nowMs);
        }
        if (kind != MessageBody.TEXT) {
            transaction.reply(200, nowMs);                      // a sign; what it says was told
            return;
        }
        read(nowMs);
        int known = find();
        if (known >= 0) {
            repeated++;
            if (underWay[known]) {
                SipWriter w = transaction.respond(503);
                w.decimal(Header.RETRY_AFTER, RETRY_AFTER_SEC);
                transaction.send(w, nowMs);
            } else {
                transaction.reply(200, nowMs);
            }
            return;
        }
        int slot = remember(message.identity, message.content, true);
        int verdict = user.onMessage(message, transaction, nowMs);
        if (verdict != 0) {
            settle(slot, verdict / 100 == 2);
            refuse(request, verdict, transaction, nowMs);
        } else {
            accepted++;
        }
    }

    private static void refuse(SipMessage request, int status, ServerTransaction transaction, long nowMs) {
        int laterSec = status == 480 ? LATER_SEC : 0;
        if (request != null) {
            transaction.refuseStateless(request, status, laterSec, nowMs);
            return;
        }
        SipWriter w = transaction.respond(status);
        if (laterSec > 0) {
            w.decimal(Header.RETRY_AFTER, laterSec);
        }
        transaction.send(w, nowMs);
    }

    // ---------------------------------------------------------------- what is signed or sealed

    /** From then on what is signed or sealed is opened. At boot only. */
    public void setSecurity(MessageSecurity newSecurity) {
        security = newSecurity;
        room = new byte[MessageSecurity.MAX_BYTES];
        openings = new Opening[OPENINGS];
        for (int i = 0; i < OPENINGS; i++) {
            openings[i] = new Opening();
        }
        agent.acceptType(MULTIPART_SIGNED);
        agent.acceptType(PKCS7_MIME);
    }

    private boolean isProtected() {
        return mediaType.wrap(slice) && (mediaType.is(MULTIPART_SIGNED) || mediaType.is(PKCS7_MIME) || mediaType.is(X_PKCS7_MIME));
    }

    private void open(SipMessage request, ServerTransaction transaction, long nowMs) {
        if (message.account == null) {
            refused++;
            transaction.reply(404, nowMs);
            return;
        }
        sink.wrap(room).put(TYPE_FIELD).put(slice).put(CRLF).put(CRLF).put(request.body(content));
        if (sink.overflowed()) {
            refused++;
            transaction.reply(413, nowMs);
            return;
        }
        Opening free = null;
        for (int i = 0; i < OPENINGS; i++) {
            free = openings[i].ticket < 0 ? openings[i] : free;
        }
        if (free == null || !free.begin(transaction, security.open(message.from, sink.slice(slice)))) {
            SipWriter w = transaction.respond(503);
            w.decimal(Header.RETRY_AFTER, RETRY_AFTER_SEC);
            transaction.send(w, nowMs);
        }
    }

    /** Something that was to be opened is. @return false: it was not ours */
    public boolean onDone(MessageSecurity.Done done, long nowMs) {
        for (int i = 0; openings != null && i < OPENINGS; i++) {
            if (openings[i].ticket == done.ticket) {
                openings[i].end(done, nowMs);
                return true;
            }
        }
        return false;
    }

    /** A request that is answered when its body is open. */
    private final class Opening {
        int ticket = -1;
        private ServerTransaction transaction;
        private Account account;
        private final FixedText sender = new FixedText(160);
        private final FixedText name = new FixedText(64);
        private long sentSec;
        private long validSec;
        private long identity;

        boolean begin(ServerTransaction of, int newTicket) {
            if (newTicket < 0 || !sender.set(message.from)) {
                return false;
            }
            ticket = newTicket;
            transaction = of;
            account = message.account;
            name.set(message.displayName);
            sentSec = saidSec;
            validSec = message.expiresSec;
            identity = call;
            return true;
        }

        void end(MessageSecurity.Done done, long nowMs) {
            ServerTransaction of = transaction;
            ticket = -1;
            transaction = null;
            if (done.result != 0 || !entity.wrap(done.entity)) {
                refused++;
                of.reply(done.result == MessageSecurity.UNDECIPHERABLE ? 493 : 400, nowMs);
                return;
            }
            message.account = account;
            sender.slice(message.from);
            name.slice(message.displayName);
            message.expiresSec = validSec;
            saidSec = sentSec;
            call = identity;
            message.marks = done.marks;
            message.subject.clear();                            // the head's was not signed
            take(body.read(entity.type(), entity.content(), notifications), null, of, nowMs);
        }
    }

    private void refuseType(ServerTransaction transaction, long nowMs) {
        SipWriter w = transaction.respond(415);
        ByteSink out = w.name(Header.ACCEPT).sink();
        for (int i = 0; i < TYPES.length; i++) {
            out.put(i == 0 ? "" : ", ").put(TYPES[i]);
        }
        if (security != null) {
            out.put(", ").put(MULTIPART_SIGNED).put(", ").put(PKCS7_MIME);
        }
        transaction.send(w.end(), nowMs);
    }

    private void read(long nowMs) {
        body.putRoutes(message.routes.sink(sink));
        boolean reachable = message.routes.take(sink);
        message.wantsDelivery = reachable && body.wantsDelivery();
        message.wantsDisplay = reachable && body.wantsDisplay();
        body.putSubject(sink.wrap(subject));
        if (sink.position() > 0) {
            message.subject.set(sink.slice(slice));
        }
        boolean named = body.messageId(message.messageId);
        message.dateSec = body.dateSec();
        boolean signedDate = message.dateSec >= 0;
        if (!signedDate) {
            message.dateSec = saidSec;
        }
        long now = agent.unixSec(nowMs);
        boolean isOld = !signedDate || now >= 0 && Math.abs(now - message.dateSec) > FRESH_SEC;
        message.marks |= (message.marks & MessageSecurity.SIGNED) != 0 && isOld ? MessageSecurity.OLD : 0;
        long sender = hash(message.from, FNV_START);
        message.identity = named ? mix(hash(message.messageId, sender), -1) : call;
        message.content = message.dateSec < 0 ? 0 : mix(hash(message.text, sender), message.dateSec);
    }

    private static long hash(Slice text, long start) {
        long h = start;
        for (int i = 0; i < text.length(); i++) {
            h = (h ^ text.byteAt(i)) * FNV_PRIME;
        }
        return h;
    }

    private static long mix(long h, long number) {
        for (int i = 0; i < 8; i++) {
            h = (h ^ number >>> 8 * i & 0xFF) * FNV_PRIME;
        }
        return h == 0 ? 1 : h;
    }

    private int find() {
        for (int i = 0; i < identities.length; i++) {
            if (identities[i] == message.identity || message.content != 0 && contents[i] == message.content) {
                return i;
            }
        }
        return -1;
    }

    private int remember(long identity, long content, boolean pending) {
        int slot = oldest;
        oldest = (oldest + 1) % identities.length;
        identities[slot] = identity;
        contents[slot] = content;
        underWay[slot] = pending;
        return slot;
    }

    /** At boot: a message that was kept before. */
    public void remember(long identity, long content) {
        remember(identity, content, false);
    }

    /** The message is kept: from now on it is answered 200 when it comes again. */
    public void kept(long identity) {
        settle(slotOf(identity), true);
    }

    /** The message could not be kept: when it comes again it is new. */
    public void notKept(long identity) {
        settle(slotOf(identity), false);
    }

    private int slotOf(long identity) {
        for (int i = 0; i < identities.length; i++) {
            if (identities[i] == identity) {
                return i;
            }
        }
        return -1;
    }

    private void settle(int slot, boolean isKept) {
        if (slot < 0) {
            return;
        }
        underWay[slot] = false;
        if (!isKept) {
            identities[slot] = 0;
            contents[slot] = 0;
        }
    }

    public long accepted() {
        return accepted;
    }

    public long repeated() {
        return repeated;
    }

    public long refused() {
        return refused;
    }
}
