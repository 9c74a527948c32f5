package org.sidetone.session;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.sdp.SessionDescription;
import org.sidetone.msg.MediaTypeView;
import org.sidetone.port.Capacity;
import org.sidetone.port.Flow;
import org.sidetone.sip.Header;
import org.sidetone.sip.Method;
import org.sidetone.sip.ReplacesView;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.dialog.Dialog;
import org.sidetone.sip.transaction.ClientTransaction;
import org.sidetone.sip.transaction.InviteServer;
import org.sidetone.sip.transaction.ServerTransaction;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.InviteHandler;
import org.sidetone.sip.ua.RequestHandler;
import org.sidetone.sip.ua.UserAgent;

/** Every session there can be; gives INVITEs and what follows them to their session. A full pool answers 486, so that a fork finds another device. */
public final class Sessions implements InviteHandler {
    /** Decides who takes what is offered. */
    public interface Owner {
        /**
         * An INVITE came. @param offer the description it brings; empty: we shall make the offer
         * @return whose it is, or null: it is refused with 488
         */
        SessionUser onInvite(Session session, SipMessage request, Slice offer, long nowMs);

        /** What was just taken by {@link #onInvite} was refused for what it says. */
        void onNotOffered(SessionUser user, long nowMs);

        /** It is acceptable so far: ring, accept or refuse it, now or later. */
        void onInvited(Session session, long nowMs);

        /** It is refused for what it offers. */
        void onRefused(Slice from, long nowMs);
    }

    static final byte[] SDP = SessionDescription.CONTENT_TYPE;
    /** RFC 3261 section 20.43, code 304. */
    static final String NOTHING_IN_COMMON = "304 sidetone \"Media type not available: this phone carries text, no audio\"";
    private static final byte[] UPDATE = Ascii.bytes("UPDATE");

    /** A session that nobody waits for. */
    static final SessionUser NOBODY = new SessionUser() {
        @Override
        public void writeDescription(Session session, boolean offer, ByteSink out, Flow to, long nowMs) {
            out.fail();
        }

        @Override
        public int onDescription(Session session, boolean offer, Slice description, long nowMs) {
            return 0;
        }

        @Override
        public void onProgress(Session session, int status, long nowMs) {
            // nobody
        }

        @Override
        public void onEstablished(Session session, long nowMs) {
            // nobody
        }

        @Override
        public void onModified(Session session, int status, long nowMs) {
            // nobody
        }

        @Override
        public void onEnded(Session session, int status, long nowMs) {
            // nobody
        }
    };

    private final UserAgent agent;
    private final Owner owner;
    private final Session[] pool;
    private final StrayFork stray;
    private final ReplacesView replaces = new ReplacesView();
    private final MediaTypeView type = new MediaTypeView();
    private final Slice slice = new Slice();
    private final Slice tag = new Slice();
    private long refusedForRoom;
    private long ids;

    public Sessions(UserAgent agent, Capacity capacity, Owner owner) {
        this.agent = agent;
        this.owner = owner;
        pool = new Session[capacity.sessions()];
        for (int i = 0; i < pool.length; i++) {
            pool[i] = new Session(this, agent, i, capacity.transactionBytes);
        }
        stray = new StrayFork(agent, capacity.transactionBytes);
        agent.handleInvites(this);
        agent.support(Ascii.bytes("100rel"));
        agent.support(Ascii.bytes("replaces"));
        agent.support(Ascii.bytes("timer"));
        agent.acceptType(SDP);
        agent.handle(Method.BYE, new InDialog(Method.BYE));
        agent.handle(Method.PRACK, new InDialog(Method.PRACK));
        agent.handle(Method.UPDATE, new InDialog(Method.UPDATE));
    }

    /** A request that only a session can take. */
    private final class InDialog implements RequestHandler {
        private final int method;

        InDialog(int method) {
            this.method = method;
        }

        @Override
        public void onRequest(SipMessage request, ServerTransaction transaction, long nowMs) {
            Session s = find(request);
            if (s == null) {
                transaction.reply(481, nowMs);
            } else if (method == Method.BYE) {
                s.onBye(request, transaction, nowMs);
            } else if (request.bodyLength() > 0 && !isDescription(request)) {
                refuseType(transaction, nowMs);
            } else if (method == Method.PRACK) {
                s.onPrack(request, transaction, nowMs);
            } else {
                s.onUpdate(request, transaction, nowMs);
            }
        }
    }

    /** How many there can be. */
    public int capacity() {
        return pool.length;
    }

    public Session get(int index) {
        return pool[index];
    }

    long nextId() {
        return ++ids;
    }

    private Session free() {
        for (int i = 0; i < pool.length; i++) {
            if (pool[i].isIdle()) {
                return pool[i];
            }
        }
        refusedForRoom++;
        return null;
    }

    private Session find(SipMessage inDialog) {
        for (int i = 0; i < pool.length; i++) {
            if (pool[i].matches(inDialog)) {
                return pool[i];
            }
        }
        return null;
    }

    /** Invites somebody. @return null when there is no room or no way there */
    public Session invite(Account account, Slice to, SessionUser user, long nowMs) {
        Session s = free();
        return s != null && s.call(account, to, user, nowMs) ? s : null;
    }

    @Override
    public void onRequest(SipMessage request, ServerTransaction transaction, long nowMs) {
        InviteServer server = (InviteServer) transaction;
        if (request.bodyLength() > 0 && !isDescription(request)) {
            refuseType(transaction, nowMs);
            return;
        }
        if (request.to().tag(tag)) {
            Session s = find(request);
            if (s == null) {
                transaction.reply(481, nowMs);
            } else {
                s.onReinvite(request, server, nowMs);
            }
            return;
        }
        Session replaced = null;
        if (request.value(Header.REPLACES, slice)) {
            replaced = replacedBy(request, transaction, nowMs);
            if (replaced == null) {
                return;
            }
        }
        offer(request, server, replaced, nowMs);
    }

    private void offer(SipMessage request, InviteServer server, Session replaced, long nowMs) {
        Account to = agent.accountFor(request);
        Session s = to == null ? null : free();
        if (s == null && (to == null || pool.length > 0)) {
            server.reply(to == null ? 404 : 486, nowMs);
            return;
        }
        request.body(slice);
        SessionUser user = s == null ? null : owner.onInvite(s, request, slice, nowMs);
        if (user == null) {
            SipWriter w = server.respond(488);
            w.header(Header.WARNING, NOTHING_IN_COMMON);
            agent.putAllow(w);
            server.send(w, nowMs);
            owner.onRefused(request.from().uri(), nowMs);
            return;
        }
        if (!s.offered(to, request, server, user, nowMs)) {
            owner.onNotOffered(user, nowMs);
            return;
        }
        if (replaced != null) {
            s.accept(nowMs);
            replaced.endReplaced(nowMs);
        } else {
            owner.onInvited(s, nowMs);
        }
    }

    /** RFC 3891 section 3. @return null when it was refused */
    private Session replacedBy(SipMessage request, ServerTransaction transaction, long nowMs) {
        if (request.nextLine(request.firstLine(Header.REPLACES)) != SipMessage.NONE || !replaces.wrap(slice) || request.has(Header.JOIN)) {
            transaction.reply(400, nowMs);
            return null;
        }
        for (int i = 0; i < pool.length; i++) {
            if (pool[i].isNamed(replaces.callId(), replaces.toTag(), replaces.fromTag())) {
                if (pool[i].state() == Session.ESTABLISHED && replaces.earlyOnly()) {
                    transaction.reply(486, nowMs);
                    return null;
                }
                if (pool[i].state() == Session.ESTABLISHED || pool[i].isOurs()) {
                    return pool[i];
                }
            }
        }
        transaction.reply(481, nowMs);
        return null;
    }

    private void refuseType(ServerTransaction transaction, long nowMs) {
        SipWriter w = transaction.respond(415);
        w.header(Header.ACCEPT, SDP);
        transaction.send(w, nowMs);
    }

    boolean isDescription(SipMessage m) {
        return m.value(Header.CONTENT_TYPE, tag) && type.wrap(tag) && type.is(SDP);
    }

    boolean allowsUpdate(SipMessage m) {
        return m.lists(Header.ALLOW, UPDATE, slice);
    }

    void endStray(Dialog dialog, Account account, ClientTransaction invite, SipMessage success, long nowMs) {
        stray.end(dialog, account, invite, success, nowMs);
    }

    @Override
    public int readiness(SipMessage options) {
        if (options.uri() != null && !options.uri().hasUser() && options.uri().isSip()) {
            return 200;                                         // of nobody in particular
        }
        return agent.accountFor(options) == null ? 404 : pool.length == 0 ? 488 : free() == null ? 486 : 200;
    }

    @Override
    public boolean onAck(SipMessage ack, long nowMs) {
        Session s = find(ack);
        if (s != null) {
            s.onAck(ack, nowMs);
        }
        return s != null;
    }

    @Override
    public void onCancelled(InviteServer invite, long nowMs) {
        for (int i = 0; i < pool.length; i++) {
            if (pool[i].isAnswering(invite)) {
                pool[i].onCancelled(nowMs);
            }
        }
    }

    public int inUse() {
        int n = 0;
        for (int i = 0; i < pool.length; i++) {
            n += pool[i].isIdle() ? 0 : 1;
        }
        return n;
    }

    /** Branches of forked INVITEs that accepted as well and were ended. */
    public long straysEnded() {
        return stray.ended();
    }

    public long refusedForRoom() {
        return refusedForRoom;
    }
}
