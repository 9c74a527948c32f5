package org.sidetone.im;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.date.Dates;
import org.sidetone.doc.composing.IsComposing;
import org.sidetone.doc.cpim.CpimView;
import org.sidetone.doc.cpim.CpimWriter;
import org.sidetone.doc.imdn.Imdn;
import org.sidetone.port.Flow;
import org.sidetone.port.MessageSecurity;
import org.sidetone.sip.Header;
import org.sidetone.sip.Method;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.ClientRequest;
import org.sidetone.sip.ua.UserAgent;

/** One MESSAGE under way: a text, a notification, or a sign that one is writing. It has no Contact (RFC 3428 section 4). */
final class OutgoingMessage extends ClientRequest {
    /** What a sender wants to hear (RFC 5438 section 7.1.1). */
    private static final String WISHES = "positive-delivery, negative-delivery, display";
    private static final byte[] PLAIN_UTF8 = {'t', 'e', 'x', 't', '/', 'p', 'l', 'a', 'i', 'n', ';', 'c', 'h', 'a', 'r', 's', 'e', 't', '=', 'U', 'T', 'F', '-', '8'};

    private static final String ENTITY_HEAD = "Content-Type: message/cpim\r\n\r\n";
    /** Of what is signed and sealed; with the head it has to fit the transaction. */
    private static final int PROTECTED_BYTES = 3200;

    private static final int TEXT = 0;
    private static final int NOTIFICATION = 1;
    private static final int SIGN = 2;

    private final MessageSender sender;
    private final FixedText text;
    /** Of a notification: the way it goes, a hop on each line. */
    private final FixedText routes = new FixedText(IncomingMessage.ROUTE_BYTES);
    private final FixedText to = new FixedText(160);
    private final FixedText messageId = new FixedText(128);
    private final FixedText ownId = new FixedText(16);
    private final Dates dates = new Dates();
    private final CpimWriter cpim = new CpimWriter();
    private final Imdn imdn = new Imdn();
    private final IsComposing composing = new IsComposing();
    private final Slice from = new Slice();
    private final Slice recipient = new Slice();
    private final Slice about = new Slice();
    private final Slice none = new Slice();
    private final FixedText type = new FixedText(128);
    private final Entity entity = new Entity();
    private FixedText body;
    private MessageSecurity security;
    private int ticket = -1;
    private boolean wrapped;
    private int what;
    private boolean active;
    private int kind;
    private int status;
    private long dateSec;
    private long id;

    OutgoingMessage(UserAgent agent, MessageSender sender, int textBytes) {
        super(agent, agent.newDialog());
        this.sender = sender;
        text = new FixedText(textBytes);
    }

    /** @param newMessageId for CPIM, when the other side takes that; empty: plain text */
    boolean send(Account account, Slice recipientUri, Slice newText, Slice newMessageId, long newDateSec, long newId, long nowMs) {
        routes.clear();
        if (!text.set(newText) || !to.set(recipientUri) || !messageId.set(newMessageId)) {
            return false;
        }
        wrapped = !newMessageId.isEmpty();
        what = TEXT;
        dateSec = newDateSec;
        id = newId;
        return begin(account, nowMs);
    }

    /** Tells what became of a message. @param ofMessage its imdn.Message-ID. @param ofDateSec when it was written, negative: not known */
    boolean notify(Account account, Slice sentBy, FixedText recorded, Slice ofMessage, long ofDateSec, int newKind, int newStatus, long nowMs) {
        if (!to.set(sentBy) || !routes.set(recorded) || !messageId.set(ofMessage)) {
            return false;
        }
        wrapped = true;
        what = NOTIFICATION;
        dateSec = ofDateSec;
        kind = newKind;
        status = newStatus;
        agent.newTag(ownId);
        return begin(account, nowMs);
    }

    /** Says that one is writing, or stopped to. */
    boolean sign(Account account, Slice recipientUri, boolean nowActive, long nowMs) {
        if (!to.set(recipientUri)) {
            return false;
        }
        wrapped = false;
        routes.clear();
        type.clear();
        what = SIGN;
        active = nowActive;
        return start(account, nowMs);
    }

    /** Has it signed and sealed first where that is possible. */
    private boolean begin(Account account, long nowMs) {
        type.clear();
        if (security == null || !security.canProtect(to.slice(recipient))) {
            return start(account, nowMs);
        }
        setAccount(account);
        ByteSink out = sender.room().put(ENTITY_HEAD);
        writeCpim(out, nowMs);
        ticket = out.overflowed() ? MessageSecurity.BUSY : security.protect(to.slice(recipient), out.slice(about));
        return ticket >= 0;
    }

    /** It is signed and sealed, or that failed: then it is not sent at all. */
    void onDone(MessageSecurity.Done done, long nowMs) {
        ticket = -1;
        boolean fits = done.result == 0 && entity.wrap(done.entity) && type.set(entity.type()) && body.set(entity.content());
        if (!fits || !start(account(), nowMs)) {
            onFinal(done.result != 0 ? 493 : fits ? 503 : 413, null, nowMs);
        }
    }

    int ticket() {
        return ticket;
    }

    /** Whether something is under way, be it that it is being sealed. */
    boolean isBusy() {
        return ticket >= 0 || isPending();
    }

    boolean isProtected() {
        return !type.isEmpty();
    }

    void setSecurity(MessageSecurity newSecurity) {
        security = newSecurity;
        body = new FixedText(PROTECTED_BYTES);
    }

    private boolean start(Account account, long nowMs) {
        setAccount(account);
        to.slice(recipient);
        if (!routes.isEmpty() && !firstHop()) {
            return false;
        }
        startDialog(account.address, recipient, recipient);
        return send(Method.MESSAGE, nowMs);
    }

    /** Makes the topmost route's URI the {@link #recipient} (RFC 5438 section 7.2.1): what stands in its brackets. */
    private boolean firstHop() {
        byte[] b = routes.bytes();
        int end = Ascii.indexOf(b, 0, routes.length(), '\n');
        int open = Ascii.indexOf(b, 0, end, '<') + 1;
        int close = Ascii.indexOf(b, open, end, '>');
        recipient.wrap(b, open, Math.max(0, close - open));
        return close < end && close > open;
    }

    @Override
    protected void writeContent(SipWriter out, Flow toFlow, long nowMs) {
        long wroteSec = what == TEXT ? dateSec : agent.unixSec(nowMs);
        if (wroteSec >= 0) {
            dates.putRfc1123(wroteSec, out.name(Header.DATE).sink());
            out.end();
        }
        if (what == SIGN) {                                     // nobody keeps it longer than it is true
            out.decimal(Header.EXPIRES, Composition.REFRESH_SEC);
            out.header(Header.CONTENT_TYPE, IsComposing.CONTENT_TYPE).body();
            composing.write(active, Composition.REFRESH_SEC, out.sink());
            return;
        }
        if (isProtected()) {
            out.header(Header.CONTENT_TYPE, type).body().sink().put(body);
            return;
        }
        if (!wrapped) {
            if (sender.language().isKnown()) {
                out.header(Header.CONTENT_LANGUAGE, sender.language().tag());
            }
            out.header(Header.CONTENT_TYPE, PLAIN_UTF8).body().sink().put(text);
            return;
        }
        out.header(Header.CONTENT_TYPE, CpimView.CONTENT_TYPE).body();
        writeCpim(out.sink(), nowMs);
    }

    private void writeCpim(ByteSink out, long nowMs) {
        account().address.slice(from);
        cpim.begin(out, from, to.slice(recipient), what == TEXT ? dateSec : agent.unixSec(nowMs));
        if (what == NOTIFICATION) {
            cpim.imdn(ownId, "");
            for (int at = 0; at < routes.length(); at = routeEnd(at) + 1) {
                cpim.route(about.wrap(routes.bytes(), at, routeEnd(at) - at));
            }
            cpim.content(Imdn.CONTENT_TYPE, "notification");
            imdn.write(messageId.slice(about), dateSec, from, none, kind, status, out);
        } else {
            if (!messageId.isEmpty()) {
                cpim.imdn(messageId, WISHES);
            }
            cpim.content(PLAIN_UTF8, sender.language().tag()).put(text);
        }
    }

    private int routeEnd(int from) {
        return Ascii.indexOf(routes.bytes(), from, routes.length(), '\n');
    }

    @Override
    protected void onFinal(int finalStatus, SipMessage response, long nowMs) {
        if (what == SIGN && (finalStatus == 202 || finalStatus / 100 == 4 && finalStatus != 408 && finalStatus != 480)) {
            sender.onSignLost(this, finalStatus);
        }
        if (what != TEXT) {
            return;                                             // nothing is told of a notification or a sign that did not arrive
        }
        sender.onSent(this, id, finalStatus, response, nowMs);
    }

    boolean isSign() {
        return what == SIGN;
    }

    boolean isWrapped() {
        return wrapped;
    }

    Account by() {
        return account();
    }

    Slice recipient() {
        return to.slice(recipient);
    }

    /** The same text once more, plain: the other side does not take the wrapping. */
    boolean sendPlain(long nowMs) {
        wrapped = false;
        return start(account(), nowMs);
    }
}
