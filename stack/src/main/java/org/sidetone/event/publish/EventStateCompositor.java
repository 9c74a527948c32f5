package org.sidetone.event.publish;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.HashChains;
import org.sidetone.bytes.Slice;
import org.sidetone.msg.MediaTypeView;
import org.sidetone.port.Capacity;
import org.sidetone.sip.EventView;
import org.sidetone.sip.Header;
import org.sidetone.sip.Method;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.transaction.ServerTransaction;
import org.sidetone.sip.ua.RequestHandler;
import org.sidetone.sip.ua.UserAgent;

/** Takes PUBLISHes for the event packages that register with it, and keeps what they publish, for its time (RFC 3903 section 6). */
public final class EventStateCompositor implements RequestHandler {
    /** Who may publish. */
    public interface Policy {
        /** Names the resource of a PUBLISH and says whether its sender may. @return 200, or the status to refuse with */
        int mayPublish(SipMessage publish, FixedText resource);

        /** A publication was made, changed, refreshed, removed or expired; it is kept over a restart by whoever listens. */
        void keep(Publication publication, long nowMs);
    }

    /** An event package that uses what is published. */
    public interface User {
        /** Event type. */
        byte[] event();

        /** Content types that are read, as a 415 lists them in Accept. */
        byte[] accept();

        /** Whether bodies of a content type are read. */
        boolean reads(MediaTypeView type);

        /**
         * Appends what is to be kept of a body.
         * @param before what the publication holds; empty: it is a new one. @return 200, or the status to refuse with
         */
        int take(MediaTypeView type, Slice body, Slice before, ByteSink out);

        /** The content of a publication is new, or gone. */
        void onPublication(Publication publication, long nowMs);
    }

    private static final int MAX_USERS = 8;
    private static final int RETRY_AFTER_SEC = 30;
    /** Hard state is older than everything published, but has an order of its own. */
    private static final long HARD_ORDER = Long.MIN_VALUE;

    private final UserAgent agent;
    private final Policy policy;
    private final User[] users = new User[MAX_USERS];
    private int userCount;
    private final Publication[] publications;
    private final Publication[] free;
    private int freeCount;
    private final HashChains index;
    private final long minExpiresSec;
    private final long maxExpiresSec;
    private final long defaultExpiresSec;
    private final EventView event = new EventView();
    private final MediaTypeView type = new MediaTypeView();
    private final FixedText resource = new FixedText(160);
    private final Slice slice = new Slice();
    private final Slice taken = new Slice();
    private final Slice before = new Slice();
    private final ByteSink sink = new ByteSink();
    private final byte[] scratch;
    private long changes;

    /** @param minExpiresSec below it: 423. @param maxExpiresSec above it: cut to this */
    public EventStateCompositor(UserAgent agent, Policy policy, Capacity capacity, long minExpiresSec, long maxExpiresSec) {
        this.agent = agent;
        this.policy = policy;
        this.minExpiresSec = minExpiresSec;
        this.maxExpiresSec = maxExpiresSec;
        defaultExpiresSec = maxExpiresSec;
        publications = new Publication[capacity.publications];
        scratch = new byte[capacity.publicationBytes];
        free = new Publication[publications.length];
        for (int i = publications.length - 1; i >= 0; i--) {
            publications[i] = new Publication(this, i, capacity.publicationBytes, agent.timers());
            free[freeCount++] = publications[i];
        }
        index = new HashChains(publications.length);
        agent.handle(Method.PUBLISH, this);
    }

    public void register(User added) {
        users[userCount++] = added;
    }

    private User userOf(Slice type) {
        for (int i = 0; i < userCount; i++) {
            if (type.equals(users[i].event())) {
                return users[i];
            }
        }
        return null;
    }

    /** The steps of section 6, in their order. */
    @Override
    public void onRequest(SipMessage publish, ServerTransaction transaction, long nowMs) {
        int verdict = policy.mayPublish(publish, resource);
        if (verdict != 200) {
            transaction.reply(verdict, nowMs);
            return;
        }
        User user = publish.event(event) ? userOf(event.type()) : null;
        if (user == null) {
            SipWriter w = transaction.respond(489);
            agent.putAllowEvents(w);
            transaction.send(w, nowMs);
            return;
        }
        Publication known = null;
        if (publish.element(Header.SIP_IF_MATCH, 1, slice)) {
            transaction.send(transaction.respond(400, "More Than One Entity-Tag"), nowMs);
            return;
        }
        if (publish.value(Header.SIP_IF_MATCH, slice)) {
            known = find(user, slice);
            if (known == null) {
                transaction.reply(412, nowMs);
                return;
            }
        }
        long expires = publish.has(Header.EXPIRES) ? publish.decimal(Header.EXPIRES, Integer.MAX_VALUE) : defaultExpiresSec;
        expires = expires < 0 ? maxExpiresSec : Math.min(expires, maxExpiresSec);
        if (expires != 0 && expires < minExpiresSec) {
            SipWriter w = transaction.respond(423);
            w.decimal(Header.MIN_EXPIRES, minExpiresSec);
            transaction.send(w, nowMs);
            return;
        }
        publish.body(slice);
        taken.clear();
        if (!slice.isEmpty()) {
            verdict = takeBody(user, publish, known);
        } else if (known == null) {
            verdict = 400;
        }
        if (verdict != 200) {
            refuseBody(user, transaction, verdict, nowMs);
            return;
        }
        apply(user, transaction, known, expires, nowMs);
    }

    /** Makes what is kept of the body {@link #taken}. */
    private int takeBody(User user, SipMessage publish, Publication known) {
        if (!publish.value(Header.CONTENT_TYPE, slice) || !type.wrap(slice) || !user.reads(type)) {
            return 415;
        }
        sink.wrap(scratch);
        if (known == null) {
            before.clear();
        } else {
            known.body().slice(before);
        }
        publish.body(slice);
        int verdict = slice.length() > scratch.length ? 413 : user.take(type, slice, before, sink);
        sink.slice(taken);
        return verdict == 200 && sink.overflowed() ? 413 : verdict;
    }

    private void refuseBody(User user, ServerTransaction transaction, int verdict, long nowMs) {
        SipWriter w = verdict == 400 ? transaction.respond(400, "Missing Or Malformed Body") : transaction.respond(verdict);
        if (verdict == 415) {
            w.header(Header.ACCEPT, user.accept());
        }
        transaction.send(w, nowMs);
    }

    private void apply(User user, ServerTransaction transaction, Publication known, long expires, long nowMs) {
        Publication p = known;
        boolean contentChanged = !taken.isEmpty();
        if (p == null && expires > 0) {
            if (freeCount == 0) {
                SipWriter w = transaction.respond(503);
                w.decimal(Header.RETRY_AFTER, RETRY_AFTER_SEC);
                transaction.send(w, nowMs);
                return;
            }
            p = take(user, resource);
        }
        if (p != null) {
            if (contentChanged && expires > 0) {
                p.setBody(taken, ++changes);
            }
            newTag(p.entityTag());
        }
        SipWriter w = transaction.respond(200);
        w.decimal(Header.EXPIRES, expires);
        if (p != null) {
            w.header(Header.SIP_ETAG, p.entityTag());
        }
        w.header(Header.ACCEPT, user.accept());              // some servers say 200 to types that they do not read: this one says which it reads
        transaction.send(w, nowMs);
        if (p == null) {
            return;
        }
        if (expires == 0) {
            remove(p, nowMs);
        } else {
            p.extend(expires, nowMs);
            policy.keep(p, nowMs);
            if (contentChanged) {
                user.onPublication(p, nowMs);
            }
        }
    }

    private Publication take(User user, FixedText of) {
        Publication p = free[--freeCount];
        p.open(user, of);
        p.resourceHash = Ascii.hash(of.bytes(), 0, of.length());
        index.add(p.resourceHash, p.slot);
        return p;
    }

    /**
     * Sets what stands beside everything that is published and counts as older than it (RFC 3903 section 2: hard state); it does not expire.
     * @param body empty: there is none any more. @return false: it is too large, there is no room, or no such package
     */
    public boolean setHard(Slice eventType, FixedText of, Slice body, long nowMs) {
        User user = userOf(eventType);
        Publication p = null;
        for (Publication q = user == null ? null : next(user, of.slice(before), null); q != null && p == null; q = next(user, of.slice(before), q)) {
            p = q.isHard() ? q : null;
        }
        if (body.isEmpty()) {
            if (p != null) {
                remove(p, nowMs);
            }
            return true;
        }
        if (user == null || body.length() > publications[0].capacity() || p == null && freeCount == 0) {
            return false;
        }
        if (p == null) {
            p = take(user, of);
            p.harden();
            newTag(p.entityTag());                           // one that nobody was told
        }
        p.setBody(body, HARD_ORDER + ++changes);
        user.onPublication(p, nowMs);
        return true;
    }

    private void newTag(FixedText out) {
        out.take(out.sink(sink).putHex(agent.random().nextLong(), 16));
    }

    private Publication find(User user, Slice tag) {
        int hash = Ascii.hash(resource.bytes(), 0, resource.length());
        for (int i = index.first(hash); i != HashChains.NONE; i = index.next(i)) {
            Publication p = publications[i];
            if (p.resourceHash == hash && p.user() == user && p.resource().equals(resource) && p.entityTag().equals(tag)) {
                return p;
            }
        }
        return null;
    }

    void remove(Publication p, long nowMs) {
        index.remove(p.resourceHash, p.slot);
        p.close();
        policy.keep(p, nowMs);
        p.user().onPublication(p, nowMs);
        free[freeCount++] = p;
    }

    /** Puts a publication back that was kept over a restart. @return null when there is no room, or no such package any more */
    public Publication restore(Slice eventType, FixedText of, FixedText tag, Slice body, long expiresSec, long nowMs) {
        User user = userOf(eventType);
        if (user == null || freeCount == 0 || body.length() > publications[0].capacity()) {
            return null;
        }
        Publication p = take(user, of);
        p.setBody(body, ++changes);
        p.entityTag().set(tag);
        p.extend(Math.max(1, expiresSec), nowMs);
        return p;
    }

    /** The next publication of a resource for a package after one, the first after null; newest first is not promised. Null at the end. */
    public Publication next(User user, Slice of, Publication after) {
        int hash = Ascii.hash(of.buffer(), of.offset(), of.length());
        int i = after == null ? index.first(hash) : index.next(after.slot);
        for (; i != HashChains.NONE; i = index.next(i)) {
            if (publications[i].resourceHash == hash && publications[i].user() == user && publications[i].resource().equals(of)) {
                return publications[i];
            }
        }
        return null;
    }

    public int inUse() {
        return publications.length - freeCount;
    }
}
