package org.sidetone.session;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Flow;
import org.sidetone.sip.CSeqView;
import org.sidetone.sip.Header;
import org.sidetone.sip.Method;
import org.sidetone.sip.RAckView;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.dialog.Dialog;
import org.sidetone.sip.locate.LocationUser;
import org.sidetone.sip.transaction.ClientTransaction;
import org.sidetone.sip.transaction.InviteServer;
import org.sidetone.sip.transaction.ServerTransaction;
import org.sidetone.sip.transaction.Timings;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.UserAgent;
import org.sidetone.time.Timer;

/**
 * One session set up by INVITE (RFC 3261 sections 13 to 15). Anything not in the table changes no state.
 * <pre>
 *   state        input                      next         action
 *   FREE         invite                     CALLING      INVITE with an offer
 *   CALLING      1xx                        PROCEEDING   PRACK where it is reliable; tell user
 *   both         2xx with an answer         ESTABLISHED  ACK; tell user
 *   both         2xx without a good one     FREE         ACK, BYE; tell user
 *   both         3xx with another target    CALLING      INVITE to it
 *   both         422 with a longer Min-SE   CALLING      INVITE with it
 *   both         300-699, timeout           FREE         tell user
 *   both         user: end                  CANCELLING   CANCEL once a 1xx came
 *   CANCELLING   2xx                        FREE         ACK, BYE
 *   CANCELLING   300-699, timeout           FREE
 *   FREE         INVITE                     OFFERED      tell user
 *   OFFERED      user: ring                 OFFERED      180, reliable where the caller requires it
 *   OFFERED      a minute later             OFFERED      180 again
 *   OFFERED      user: accept               ANSWERED     2xx, again until acknowledged
 *   OFFERED      user: refuse               FREE         3xx-6xx
 *   OFFERED      CANCEL, BYE, Expires       FREE         487; tell user
 *   ANSWERED     ACK                        ESTABLISHED  tell user
 *   ANSWERED     64*T1 without ACK          FREE         BYE; tell user
 *   ANSWERED     user: end                  ANSWERED     BYE once acknowledged, or after 64*T1
 *   ESTABLISHED  user: modify               ESTABLISHED  INVITE with an offer; again later after 491
 *   ESTABLISHED  INVITE, UPDATE             ESTABLISHED  2xx; 491 while an offer of ours is open, 500 while one of theirs is
 *   ESTABLISHED  481 or 408 to a request    FREE         tell user
 *   ESTABLISHED  refresh is due             ESTABLISHED  UPDATE, or INVITE where there is no UPDATE
 *   ESTABLISHED  no refresh in time         FREE         BYE; tell user
 *   ESTABLISHED  BYE                        FREE         200; tell user
 *   ESTABLISHED  user: end                  FREE         BYE
 * </pre>
 */
public final class Session implements DialogRequest.User, Acknowledgement.Way, Acknowledgement.Writer, Timer.Owner {
    public static final int FREE = 0;
    public static final int CALLING = 1;
    public static final int PROCEEDING = 2;
    public static final int CANCELLING = 3;
    public static final int OFFERED = 4;
    public static final int ANSWERED = 5;
    public static final int ESTABLISHED = 6;

    private static final String[] NAMES = {"free", "calling", "proceeding", "cancelling", "offered", "answered", "established"};
    private static final int NO_OFFER = 0;
    private static final int OUR_OFFER = 1;
    private static final int THEIR_OFFER = 2;
    private static final byte[] IS_FOCUS = Ascii.bytes("isfocus");
    private static final byte[] REL = {'1', '0', '0', 'r', 'e', 'l'};
    private static final long OWNER_LOW_MS = 2_100;
    private static final long OWNER_HIGH_MS = 4_000;
    private static final long OTHER_HIGH_MS = 2_000;
    private static final int RETRY_AFTER_SEC = 5;
    /** So often proxies hear that somebody still rings (section 13.3.1.1). */
    private static final long PROVISIONAL_MS = 60_000;

    final int slot;
    private final Sessions sessions;
    private final UserAgent agent;
    private final Dialog dialog;
    private final Dialog early;
    private final InviteRequest invite;
    private final DialogRequest request;
    private final DialogRequest prack;
    private final Acknowledgement ack;
    private final Redirects redirects = new Redirects();
    private final SessionTimer sessionTimer;
    private final Timer ackTimer;
    private final Timer reliableTimer;
    private final Timer retryTimer;
    private final Timer expiryTimer;
    private final FixedText displayName = new FixedText(64);
    private long id;
    /** A 1xx with a tag went, or came: there is a dialog. */
    private boolean tagged;
    private final RAckView rack = new RAckView();
    private final CSeqView cseq = new CSeqView();
    private final Slice slice = new Slice();
    private final Slice tag = new Slice();
    private SessionUser user;
    private Account account;
    private int state = FREE;
    private int offer;
    private boolean focus;
    /** The INVITE of theirs that is being answered, or whose ACK is missing. */
    private InviteServer answering;
    private long answeringSequence;
    private boolean reliableWanted;
    private long reliableNumber;
    private long rackNumber;
    private long rackSequence;
    private long intervalMs;
    private long giveUpMs;
    private boolean ours;
    private boolean leaves;
    private boolean modifies;
    private boolean peerUpdates;
    private boolean secure;

    Session(Sessions sessions, UserAgent agent, int slot, int bytes) {
        this.sessions = sessions;
        this.agent = agent;
        this.slot = slot;
        dialog = agent.newDialog();
        early = agent.newDialog();
        invite = new InviteRequest(agent, dialog, this);
        request = new DialogRequest(agent, dialog, this);
        prack = new DialogRequest(agent, early, this);
        ack = new Acknowledgement(agent, bytes, this, this);
        sessionTimer = new SessionTimer(agent.timers(), this);
        ackTimer = new Timer(agent.timers(), this);
        reliableTimer = new Timer(agent.timers(), this);
        retryTimer = new Timer(agent.timers(), this);
        expiryTimer = new Timer(agent.timers(), this);
    }

    private void begin(Account newAccount, SessionUser newUser) {
        account = newAccount;
        user = newUser;
        invite.setAccount(newAccount);
        request.setAccount(newAccount);
        prack.setAccount(newAccount);
        early.clear();
        ack.clear();
        sessionTimer.clear();
        offer = NO_OFFER;
        answering = null;
        focus = false;
        reliableWanted = false;
        reliableNumber = 0;
        rackNumber = 0;
        leaves = false;
        modifies = false;
        peerUpdates = false;
        displayName.clear();
        id = sessions.nextId();
        tagged = false;
    }

    /** Whether whoever answered our offer said that he is the focus of a conference (RFC 3840, RFC 4579). */
    public boolean isWithFocus() {
        return focus;
    }

    /** Whether the INVITE that is being answered came over TLS. */
    public boolean isProtected() {
        return answering != null && answering.source().transport() == Flow.TLS;
    }

    /** Whether nothing of it is under way any more. */
    boolean isIdle() {
        return state == FREE && !invite.isPending() && !request.isPending() && !prack.isPending();
    }

    // ---------------------------------------------------------------- what its user sees

    /** {@link #FREE}, {@link #CALLING} and so on. */
    public int state() {
        return state;
    }

    public static String stateName(int state) {
        return NAMES[state];
    }

    public Account account() {
        return account;
    }

    /** Address of the other side. */
    public Slice remoteUri(Slice out) {
        return dialog.remoteUri.slice(out);
    }

    /** What the caller calls himself; empty for a session of ours. */
    public Slice displayName(Slice out) {
        return displayName.slice(out);
    }

    /** Tells it from every other session that is or was. */
    public long id() {
        return id;
    }

    /** Whether a provisional response made a dialog of it, before it is answered. */
    public boolean isEarly() {
        return tagged && (state == PROCEEDING || state == CANCELLING || state == OFFERED);
    }

    /** Whether we sent the INVITE. */
    public boolean isOurs() {
        return ours;
    }

    boolean call(Account by, Slice to, SessionUser newUser, long nowMs) {
        begin(by, newUser);
        ours = true;
        invite.start(by.address, to);
        redirects.begin(to);
        state = CALLING;
        offer = OUR_OFFER;
        if (!invite.send(Method.INVITE, nowMs)) {
            state = FREE;
            return false;
        }
        return true;
    }

    /** Says that the person is being told (180). */
    public void ring(long nowMs) {
        if (state != OFFERED) {
            return;
        }
        tagged = true;
        SipWriter w = answering.respond(180);
        putDialogHeaders(w, answering.source());
        if (reliableWanted && !reliableTimer.isRunning()) {
            reliableNumber = reliableNumber == 0 ? 1 + (agent.random().nextLong() & 0xFFFF) : reliableNumber + 1;
            w.header(Header.REQUIRE, "100rel").decimal(Header.RSEQ, reliableNumber);
            intervalMs = Timings.T1_MS;
            giveUpMs = nowMs + Timings.MAX_LIFE_MS;
            reliableTimer.startAt(nowMs + intervalMs);
        }
        retryTimer.startAt(nowMs + PROVISIONAL_MS);
        answering.send(w, nowMs);
    }

    /** Accepts what is offered. */
    public void accept(long nowMs) {
        if (state == OFFERED) {
            state = ANSWERED;
            expiryTimer.stop();
            reliableTimer.stop();
            retryTimer.stop();
            answer(nowMs);
        }
    }

    /** Refuses what is offered. @param status 300 to 699 */
    public void refuse(int status, long nowMs) {
        if (state == OFFERED) {
            InviteServer transaction = answering;
            free();
            transaction.reply(status, nowMs);
        }
    }

    /** Refuses with a warning (RFC 3261 section 20.43) and what we allow. */
    public void refuse(int status, String warning, long nowMs) {
        if (state == OFFERED) {
            InviteServer transaction = answering;
            free();
            SipWriter w = transaction.respond(status);
            w.header(Header.WARNING, warning);
            agent.putAllow(w);
            transaction.send(w, nowMs);
        }
    }

    /** Ends it, whatever its state; the user hears no more of it. */
    public void end(long nowMs) {
        user = Sessions.NOBODY;
        switch (state) {
            case CALLING:
            case PROCEEDING:
                state = CANCELLING;
                if (!invite.giveUp(nowMs)) {
                    free();
                }
                break;
            case OFFERED:
                refuse(480, nowMs);
                break;
            case ANSWERED:
                leaves = true;
                break;
            case ESTABLISHED:
                leave(nowMs);
                break;
            default:
                break;
        }
    }

    /** Offers our description anew, as soon as nothing else is open; {@link SessionUser#onModified} follows. */
    public void modify(long nowMs) {
        modifies = true;
        modifyNow(nowMs);
    }

    private void modifyNow(long nowMs) {
        if (state != ESTABLISHED || !modifies || invite.isPending() || offer != NO_OFFER || answering != null || retryTimer.isRunning()) {
            return;
        }
        offer = OUR_OFFER;
        if (invite.send(Method.INVITE, nowMs)) {
            modifies = false;
        } else {
            offer = NO_OFFER;
            retryTimer.startAt(nowMs + OTHER_HIGH_MS);
        }
    }

    // ---------------------------------------------------------------- writing

    private void putDialogHeaders(SipWriter w, Flow to) {
        if (!dialog.routeSet.isEmpty() && !ours) {
            w.header(Header.RECORD_ROUTE, dialog.routeSet);
        }
        agent.putDialogContact(account, secure || dialog.isSecure(), to, w.name(Header.CONTACT).sink());
        w.end();
        agent.putAllow(w);
    }

    void writeInvite(SipWriter out, Flow to, long nowMs) {
        agent.putDialogContact(account, dialog.isSecure(), to, out.name(Header.CONTACT).sink());
        out.end();
        agent.putAllow(out);
        agent.putSupported(out);
        sessionTimer.putRequest(out, state == ESTABLISHED, sessionTimer.isRunning());
        out.header(Header.CONTENT_TYPE, Sessions.SDP);
        user.writeDescription(this, true, out.body().sink(), to, nowMs);
    }

    /** The 2xx to their INVITE, with our answer, or with our offer where they made none. */
    private void answer(long nowMs) {
        SipWriter w = answering.respond(200);
        putDialogHeaders(w, answering.source());
        agent.putSupported(w);
        sessionTimer.putResponse(w, nowMs);
        boolean offers = offer == NO_OFFER;
        offer = offers ? OUR_OFFER : NO_OFFER;
        w.header(Header.CONTENT_TYPE, Sessions.SDP);
        user.writeDescription(this, offers, w.body().sink(), answering.source(), nowMs);
        intervalMs = Timings.T1_MS;
        giveUpMs = nowMs + Timings.MAX_LIFE_MS;
        ackTimer.startAt(nowMs + intervalMs);
        answering.sendWithBody(w, nowMs);
    }

    @Override
    public int find(LocationUser locationUser, Flow out, long nowMs) {
        return agent.locateInDialog(dialog, account, locationUser, out, nowMs);
    }

    @Override
    public int writeAck(byte[] buffer, FixedText branch, Flow to, long nowMs) {
        return invite.ack(buffer, branch, to, invite.transaction(), invite.sequence()).finishWithoutBody();
    }

    @Override
    public void writeRequest(int method, SipWriter out, Flow to, long nowMs) {
        if (method == Method.PRACK) {
            out.name(Header.RACK).sink().putDecimal(rackNumber).put(' ').putDecimal(rackSequence).put(" INVITE");
            out.end();
        } else if (method == Method.UPDATE) {
            agent.putDialogContact(account, dialog.isSecure(), to, out.name(Header.CONTACT).sink());
            out.end();
            agent.putSupported(out);
            sessionTimer.putRequest(out, true, true);
        }
    }

    // ---------------------------------------------------------------- answers to our INVITE

    void onProvisional(SipMessage response, long nowMs) {
        if (response.status() == 100 || state != CALLING && state != PROCEEDING) {
            return;
        }
        state = PROCEEDING;
        tagged |= response.to().tag(slice);
        if (response.has(Header.RSEQ) && response.lists(Header.REQUIRE, REL, slice) && !onReliable(response, nowMs)) {
            return;
        }
        user.onProgress(this, response.status(), nowMs);
    }

    /** RFC 3262 section 4. @return false for one that came before */
    private boolean onReliable(SipMessage response, long nowMs) {
        long number = response.decimal(Header.RSEQ, 0xFFFFFFFFL);
        if (number <= 0 || !response.to().tag(tag)) {
            return false;
        }
        boolean same = early.isEstablished() && early.remoteTag.equals(tag);
        if (same && number <= rackNumber || prack.isPending()) {
            return false;                                       // what is not acknowledged comes again
        }
        if (same && number != rackNumber + 1) {
            return false;                                       // one before it is missing
        }
        if (!same) {
            early.startBeside(dialog);
            if (!early.establishFromResponse(response)) {
                return false;
            }
        }
        rackNumber = number;
        rackSequence = invite.sequence();
        early.setSequences(Math.max(early.localSequence(), rackSequence), -1);
        prack.begin(Method.PRACK, nowMs);
        takeDescription(response, nowMs);
        return state == PROCEEDING;
    }

    /** @return 0, or the status that our user refuses it with */
    private int takeDescription(SipMessage m, long nowMs) {
        if (m.bodyLength() == 0 || !sessions.isDescription(m)) {
            return 0;
        }
        if (offer == OUR_OFFER) {
            offer = NO_OFFER;
            focus = m.contact() != null && m.contact().params().has(IS_FOCUS);
            return user.onDescription(this, false, m.body(slice), nowMs);
        }
        return 0;
    }

    void onInviteFinal(int status, SipMessage response, long nowMs) {
        if (state == FREE) {
            if (status / 100 == 2) {
                ack.send(invite.sequence(), nowMs);
            }
        } else if (state == ESTABLISHED) {
            onModifyFinal(status, response, nowMs);
        } else if (status / 100 == 2) {
            onAccepted(response, nowMs);
        } else if (state == CANCELLING) {
            free();
        } else if (!tryAgain(status, response, nowMs)) {
            ended(status, nowMs);
        }
    }

    private void onAccepted(SipMessage response, long nowMs) {
        boolean cancelled = state == CANCELLING;
        if (!dialog.establishFromResponse(response)) {
            ended(500, nowMs);
            return;
        }
        dialog.setSequences(Math.max(dialog.localSequence(), early.localSequence()), -1);
        ack.send(invite.sequence(), nowMs);
        state = ESTABLISHED;
        peerUpdates = sessions.allowsUpdate(response);
        if (cancelled) {
            leave(nowMs);
            return;
        }
        int verdict = takeDescription(response, nowMs);
        if (state != ESTABLISHED) {
            return;
        }
        if (verdict != 0 || offer != NO_OFFER) {
            SessionUser told = user;
            leave(nowMs);
            told.onEnded(this, verdict == 0 ? 488 : verdict, nowMs);
            return;
        }
        sessionTimer.onResponse(response, nowMs);
        user.onEstablished(this, nowMs);
    }

    private boolean tryAgain(int status, SipMessage response, long nowMs) {
        if (status / 100 == 3 && response != null) {
            redirects.take(response);
        } else if (status == 422 && response != null && sessionTimer.onTooSmall(response)) {
            return again(nowMs);
        } else if (response != null && status / 100 == 6) {
            return false;
        }
        if (redirects.next(slice)) {
            dialog.remoteTarget.set(slice);
            return again(nowMs);
        }
        return false;
    }

    private boolean again(long nowMs) {
        state = CALLING;
        dialog.forgetRemote();
        early.clear();
        rackNumber = 0;
        offer = OUR_OFFER;
        return invite.send(Method.INVITE, nowMs);
    }

    /** Section 14.1. */
    private void onModifyFinal(int status, SipMessage response, long nowMs) {
        if (status / 100 == 2) {
            dialog.refreshTarget(response);
            ack.send(invite.sequence(), nowMs);
            sessionTimer.onResponse(response, nowMs);
            int verdict = takeDescription(response, nowMs);
            if (state != ESTABLISHED) {
                return;
            }
            if (verdict != 0 || offer != NO_OFFER) {
                SessionUser told = user;
                leave(nowMs);
                told.onEnded(this, verdict == 0 ? 488 : verdict, nowMs);
                return;
            }
            user.onModified(this, status, nowMs);
        } else {
            offer = NO_OFFER;
            if (status == 491) {
                modifies = true;
                long low = ours ? OWNER_LOW_MS : 0;
                long high = ours ? OWNER_HIGH_MS : OTHER_HIGH_MS;
                retryTimer.startAt(nowMs + low + (agent.random().nextLong() >>> 1) % ((high - low) / 10 + 1) * 10);
            } else if (status == 481 || status == 408) {
                lost(status, nowMs);
                return;
            } else if (status == 422 && response != null && sessionTimer.onTooSmall(response)) {
                modifies = true;
            } else {
                user.onModified(this, status, nowMs);
            }
        }
        modifyNow(nowMs);
    }

    void onAnotherSuccess(ClientTransaction transaction, SipMessage response, long nowMs) {
        if (!response.cseq(cseq)) {
            return;
        }
        if (dialog.isEstablished() && response.to().tag(tag) && dialog.remoteTag.equals(tag)) {
            ack.again(cseq.number());
        } else {
            sessions.endStray(dialog, account, transaction, response, nowMs);
        }
    }

    // ---------------------------------------------------------------- their INVITE

    /** A new one. @return false when it was answered already */
    boolean offered(Account to, SipMessage request, InviteServer transaction, SessionUser newUser, long nowMs) {
        begin(to, newUser);
        ours = false;
        dialog.clear();
        if (!dialog.establishFromRequest(request)) {
            transaction.reply(513, nowMs);
            return false;
        }
        if (tooSmall(request, transaction, nowMs)) {
            return false;
        }
        dialog.localTag.set(transaction.localTag());
        dialog.takeFlow(request, transaction.source());
        secure = dialog.isSecure();
        displayName.set(request.from().display());
        reliableWanted = request.lists(Header.REQUIRE, REL, slice);
        peerUpdates = sessions.allowsUpdate(request);
        sessionTimer.onRequest(request);
        answering = transaction;
        answeringSequence = request.cseq().number();
        state = OFFERED;
        long expiresSec = request.decimal(Header.EXPIRES, Integer.MAX_VALUE);
        if (expiresSec > 0) {
            expiryTimer.startAt(nowMs + 1000 * expiresSec);
        }
        if (request.bodyLength() > 0) {
            offer = THEIR_OFFER;
            int verdict = user.onDescription(this, true, request.body(slice), nowMs);
            if (verdict != 0) {
                refuse(verdict, Sessions.NOTHING_IN_COMMON, nowMs);
                return false;
            }
        }
        return state != FREE;
    }

    boolean matches(SipMessage inDialog) {
        return state != FREE && dialog.matches(inDialog);
    }

    /** Whether a Replaces means this one (RFC 3891 section 3). */
    boolean isNamed(Slice callId, Slice toTag, Slice fromTag) {
        return state != FREE && dialog.callId.equals(callId) && dialog.localTag.equals(toTag) && dialog.remoteTag.equals(fromTag);
    }

    boolean isAnswering(InviteServer transaction) {
        return state != FREE && answering == transaction;
    }

    /** An INVITE within the dialog (section 14.2). */
    void onReinvite(SipMessage request, InviteServer transaction, long nowMs) {
        if (answering != null && !answering.isAnswered()) {
            SipWriter w = transaction.respond(500);
            w.decimal(Header.RETRY_AFTER, (agent.random().nextLong() >>> 1) % 11);
            transaction.send(w, nowMs);
        } else if (state != ESTABLISHED || invite.isPending() || offer != NO_OFFER) {
            transaction.reply(491, nowMs);
        } else if (dialog.accept(request) != Dialog.IN_ORDER) {
            transaction.reply(500, nowMs);
        } else if (!tooSmall(request, transaction, nowMs)) {
            dialog.refreshTarget(request);
            sessionTimer.onRequest(request);
            if (request.bodyLength() > 0) {
                offer = THEIR_OFFER;
                int verdict = user.onDescription(this, true, request.body(slice), nowMs);
                if (verdict != 0) {
                    offer = NO_OFFER;
                    transaction.reply(verdict, nowMs);
                    return;
                }
            }
            if (state == ESTABLISHED) {
                answering = transaction;
                answeringSequence = request.cseq().number();
                answer(nowMs);
            }
        }
    }

    private boolean tooSmall(SipMessage request, ServerTransaction transaction, long nowMs) {
        if (!sessionTimer.isTooSmall(request)) {
            return false;
        }
        SipWriter w = transaction.respond(422);
        w.decimal(Header.MIN_SE, SessionTimer.MINIMUM_SEC);
        transaction.send(w, nowMs);
        return true;
    }

    void onAck(SipMessage request, long nowMs) {
        if (answering == null || !request.cseq(cseq) || cseq.number() != answeringSequence || !ackTimer.isRunning()) {
            return;
        }
        ackTimer.stop();
        answering = null;
        boolean first = state == ANSWERED;
        state = ESTABLISHED;
        if (leaves) {
            leave(nowMs);
            return;
        }
        int verdict = takeDescription(request, nowMs);
        if (state != ESTABLISHED) {
            return;
        }
        if (verdict != 0 || offer != NO_OFFER) {
            SessionUser told = user;
            leave(nowMs);
            told.onEnded(this, 488, nowMs);
        } else if (first) {
            user.onEstablished(this, nowMs);
        }
        modifyNow(nowMs);
    }

    void onCancelled(long nowMs) {
        answering = null;
        offer = NO_OFFER;
        if (state == OFFERED) {
            ended(SessionUser.CANCELLED, nowMs);
        }
    }

    // ---------------------------------------------------------------- other requests of theirs

    void onBye(SipMessage bye, ServerTransaction transaction, long nowMs) {
        if (dialog.accept(bye) != Dialog.IN_ORDER) {
            transaction.reply(500, nowMs);
            return;
        }
        transaction.reply(200, nowMs);
        if (answering != null && !answering.isAnswered()) {
            answering.reply(487, nowMs);
        }
        ended(state == OFFERED ? SessionUser.CANCELLED : SessionUser.HUNG_UP, nowMs);
    }

    /** RFC 3262 section 3. */
    void onPrack(SipMessage message, ServerTransaction transaction, long nowMs) {
        boolean good = message.value(Header.RACK, slice) && rack.wrap(slice) && reliableTimer.isRunning() && rack.number() == reliableNumber
                && rack.cseq().number() == answeringSequence && rack.cseq().method() == Method.INVITE;
        if (!good) {
            transaction.reply(481, nowMs);
        } else if (dialog.accept(message) != Dialog.IN_ORDER) {
            transaction.reply(500, nowMs);
        } else {
            reliableTimer.stop();
            transaction.reply(200, nowMs);
        }
    }

    /** RFC 3311 section 5.2. */
    void onUpdate(SipMessage update, ServerTransaction transaction, long nowMs) {
        boolean offers = update.bodyLength() > 0;
        if (offers && offer == THEIR_OFFER) {
            SipWriter w = transaction.respond(500);
            w.decimal(Header.RETRY_AFTER, RETRY_AFTER_SEC);
            transaction.send(w, nowMs);
        } else if (offers && offer == OUR_OFFER) {
            transaction.reply(491, nowMs);
        } else if (dialog.accept(update) != Dialog.IN_ORDER) {
            transaction.reply(500, nowMs);
        } else if (!tooSmall(update, transaction, nowMs)) {
            dialog.refreshTarget(update);
            int verdict = offers ? user.onDescription(this, true, update.body(slice), nowMs) : 0;
            if (verdict != 0) {
                transaction.reply(verdict, nowMs);
                return;
            }
            SipWriter w = transaction.respond(200);
            agent.putDialogContact(account, secure || dialog.isSecure(), transaction.source(), w.name(Header.CONTACT).sink());
            w.end();
            if (state == ESTABLISHED) {
                sessionTimer.onRequest(update);
                sessionTimer.putResponse(w, nowMs);
            }
            if (offers) {
                w.header(Header.CONTENT_TYPE, Sessions.SDP);
                user.writeDescription(this, false, w.body().sink(), transaction.source(), nowMs);
                transaction.sendWithBody(w, nowMs);
            } else {
                transaction.send(w, nowMs);
            }
        }
    }

    // ---------------------------------------------------------------- ends

    @Override
    public void onRequestFinal(int method, int status, SipMessage response, long nowMs) {
        if (method == Method.UPDATE && state == ESTABLISHED) {
            if (status / 100 == 2) {
                dialog.refreshTarget(response);
                sessionTimer.onResponse(response, nowMs);
            } else if (status == 481 || status == 408) {
                lost(status, nowMs);
            } else if (status == 405 || status == 501) {
                peerUpdates = false;
                modify(nowMs);
            } else if (status == 422 && response != null && sessionTimer.onTooSmall(response)) {
                request.begin(Method.UPDATE, nowMs);
            }
        }
        if (leaves && state == FREE && !request.isPending()) {
            leaves = false;
            request.begin(Method.BYE, nowMs);
        }
    }

    /** Says BYE, after what is under way. */
    private void leave(long nowMs) {
        free();
        leaves = !request.begin(Method.BYE, nowMs) && request.isPending();
    }

    /** Another session took its place. */
    void endReplaced(long nowMs) {
        SessionUser told = user;
        end(nowMs);
        told.onEnded(this, SessionUser.HUNG_UP, nowMs);
    }

    private void lost(int status, long nowMs) {
        SessionUser told = user;
        leave(nowMs);
        told.onEnded(this, status, nowMs);
    }

    private void ended(int status, long nowMs) {
        SessionUser told = user;
        free();
        told.onEnded(this, status, nowMs);
    }

    private void free() {
        state = FREE;
        user = Sessions.NOBODY;
        answering = null;
        modifies = false;
        ackTimer.stop();
        reliableTimer.stop();
        retryTimer.stop();
        expiryTimer.stop();
        sessionTimer.stop();
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        if (timer == ackTimer) {
            onAckMissing(nowMs);
        } else if (timer == reliableTimer) {
            onPrackMissing(nowMs);
        } else if (timer == retryTimer && state == OFFERED) {
            ring(nowMs);
        } else if (timer == retryTimer) {
            modifyNow(nowMs);
        } else if (timer == expiryTimer && state == OFFERED) {
            answering.reply(487, nowMs);
            ended(SessionUser.CANCELLED, nowMs);
        } else if (sessionTimer.is(timer) && state == ESTABLISHED) {
            if (!sessionTimer.weRefresh()) {
                lost(SessionUser.TIMEOUT, nowMs);
            } else if (!peerUpdates) {
                modify(nowMs);
            } else if (!request.begin(Method.UPDATE, nowMs)) {
                modify(nowMs);
            }
        }
    }

    /** Section 13.3.1.4. */
    private void onAckMissing(long nowMs) {
        if (answering == null || !answering.isAnswered()) {
            return;
        }
        if (nowMs >= giveUpMs) {
            lost(SessionUser.TIMEOUT, nowMs);
            return;
        }
        intervalMs = Math.min(2 * intervalMs, Timings.T2_MS);
        ackTimer.startAt(Math.min(giveUpMs, nowMs + intervalMs));
        answering.resend(nowMs);
    }

    /** RFC 3262 section 3. */
    private void onPrackMissing(long nowMs) {
        if (state != OFFERED) {
            return;
        }
        if (nowMs >= giveUpMs) {
            answering.reply(504, nowMs);
            ended(SessionUser.TIMEOUT, nowMs);
            return;
        }
        intervalMs = 2 * intervalMs;
        reliableTimer.startAt(Math.min(giveUpMs, nowMs + intervalMs));
        answering.resend(nowMs);
    }
}
