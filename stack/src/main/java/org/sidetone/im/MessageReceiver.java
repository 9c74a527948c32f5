package org.sidetone.im;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.date.Dates;
import org.sidetone.doc.cpim.CpimView;
import org.sidetone.doc.composing.IsComposing;
import org.sidetone.doc.imdn.Imdn;
import org.sidetone.port.Capacity;
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
    private final Slice content = new Slice();
    private final MessageBody.Notifications notifications = new MessageBody.Notifications() {
        @Override
        public void onNotification(Imdn notification) {
            user.onNotification(message.account, from.uri(), notification);
        }
    };
    private final NameAddrView from = new NameAddrView();
    private final CSeqView cseq = new CSeqView();
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
        request.value(Header.CONTENT_TYPE, slice);
        int kind = body.read(slice, request.body(content), message.account == null ? null : notifications);
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
            user.onCpim(from.uri());
        }
        if (kind == MessageBody.COMPOSING) {
            user.onComposing(message.account, from.uri(), body.composing(), nowMs);
        }
        if (kind != MessageBody.TEXT) {
            transaction.reply(200, nowMs);                      // a sign; what it says was told
            return;
        }
        read(request, nowMs);
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
            transaction.refuseStateless(request, verdict, verdict == 480 ? LATER_SEC : 0, nowMs);
        } else {
            accepted++;
        }
    }

    private void refuseType(ServerTransaction transaction, long nowMs) {
        SipWriter w = transaction.respond(415);
        ByteSink out = w.name(Header.ACCEPT).sink();
        for (int i = 0; i < TYPES.length; i++) {
            out.put(i == 0 ? "" : ", ").put(TYPES[i]);
        }
        transaction.send(w.end(), nowMs);
    }

    private void read(SipMessage request, long nowMs) {
        message.expiresSec = Expiry.of(request, agent.unixSec(nowMs), slice);
        message.from.set(from.uri());
        message.displayName.set(from.display());
        message.wantsDelivery = body.wantsDelivery();
        message.wantsDisplay = body.wantsDisplay();
        boolean named = body.messageId(message.messageId);
        message.dateSec = body.dateSec();
        if (message.dateSec < 0 && request.value(Header.DATE, slice)) {
            long date = Dates.rfc1123(slice.buffer(), slice.offset(), slice.length());
            message.dateSec = date == Dates.INVALID ? -1 : date;
        }
        long sender = hash(message.from, FNV_START);
        request.value(Header.CALL_ID, slice);
        request.cseq(cseq);
        message.identity = named ? mix(hash(message.messageId, sender), -1) : mix(hash(slice, sender), cseq.number());
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
