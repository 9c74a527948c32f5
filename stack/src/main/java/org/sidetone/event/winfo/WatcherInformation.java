package org.sidetone.event.winfo;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.winfo.Watcherinfo;
import org.sidetone.doc.winfo.WatcherinfoWriter;
import org.sidetone.event.EventPackage;
import org.sidetone.event.Notifier;
import org.sidetone.event.ServerPackage;
import org.sidetone.event.SubscriptionObserver;
import org.sidetone.event.WatcherSubscription;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.ua.UserAgent;
import org.sidetone.time.Timer;

/**
 * Tells of the watchers of another package, its own watchers included when made twice over ({@code presence.winfo.winfo}); RFC 3857. Its owner sees all watchers
 * of a resource, any other authorized watcher himself alone. The first document of a subscription, and the first after a refresh, is whole, those that follow tell what changed.
 * <pre>
 *   status      input                                  next         event
 *   (none)      SUBSCRIBE, allowed / to be confirmed   active / pending   subscribe
 *   pending     allowed                                active       approved
 *   active      to be confirmed again                  pending      subscribe
 *   pending     expiry, or a fetch                     waiting      timeout
 *   active      expiry, unsubscribed, lost             terminated   timeout
 *   any         refused                                terminated   rejected
 *   waiting     allowed                                terminated   approved
 *   waiting     the same watcher subscribes            terminated   giveup
 *   waiting     a week; or there are too many          terminated   giveup
 * </pre>
 * A fetch that is allowed is not told of (section 4.7.2).
 */
public final class WatcherInformation extends ServerPackage implements SubscriptionObserver, Timer.Owner {
    /** Names the resource and the watcher of a SUBSCRIBE. */
    public interface Policy {
        /** @return 200, or the status to refuse with */
        int mayAsk(SipMessage subscribe, FixedText resource, FixedText watcher);
    }

    private static final byte[] SUFFIX = Ascii.bytes(".winfo");
    private static final long DEFAULT_EXPIRES_SEC = 3600;
    /** Section 4.10. */
    private static final long SHORTEST_INTERVAL_MS = 5_000;
    private static final long GIVE_UP_MS = 7 * 24 * 3_600_000L;
    private static final long CHECK_MS = 3_600_000L;
    /** The part of the places that one watcher may fill by waiting, at least one: so nobody takes those of the others (section 4.7.1). */
    private static final int PART_OF_ONE = 8;
    /** A watcher's line at most: who does not fit into a document any more is left out. */
    private static final int LINE_BYTES = 400;
    private static final int END_BYTES = 40;

    private final Notifier notifier;
    private final EventPackage inner;
    private final Policy policy;
    private final byte[] name;
    /** By slot of the subscription. */
    private final long[] order;
    private final byte[] event;
    private final PastWatcher[] past;
    private final long salt;
    private long changes;
    /** Changes up to this one may be forgotten: who has not heard of them is told everything. */
    private long forgotten;
    private final Timer check;
    private final WatcherinfoWriter writer = new WatcherinfoWriter();
    private final Slice packageName = new Slice();
    private final Slice resourceSlice = new Slice();
    private final Slice watcherSlice = new Slice();

    /** @param past subscriptions that are over and remembered */
    public WatcherInformation(UserAgent agent, Notifier notifier, EventPackage inner, Policy policy, int past) {
        this.notifier = notifier;
        this.inner = inner;
        this.policy = policy;
        byte[] of = inner.name();
        name = new byte[of.length + SUFFIX.length];
        System.arraycopy(of, 0, name, 0, of.length);
        System.arraycopy(SUFFIX, 0, name, of.length, SUFFIX.length);
        order = new long[notifier.capacity()];
        event = new byte[notifier.capacity()];
        this.past = new PastWatcher[past];
        for (int i = 0; i < past; i++) {
            this.past[i] = new PastWatcher();
        }
        salt = (agent.random().nextLong() >>> 33 | 1) << 32;
        check = new Timer(agent.timers(), this);
        notifier.register(this);
        notifier.observe(this);
    }

    @Override
    public byte[] name() {
        return name;
    }

    @Override
    public byte[] contentType() {
        return Watcherinfo.CONTENT_TYPE;
    }

    @Override
    public long defaultExpiresSec() {
        return DEFAULT_EXPIRES_SEC;
    }

    @Override
    public long shortestIntervalMs() {
        return SHORTEST_INTERVAL_MS;
    }

    @Override
    public int authorize(SipMessage subscribe, FixedText resource, FixedText watcher, long nowMs) {
        int verdict = policy.mayAsk(subscribe, resource, watcher);
        return verdict >= 300 ? verdict : standing(resource.slice(resourceSlice), watcher.slice(watcherSlice), nowMs);
    }

    /** Section 4.6. */
    @Override
    public int standing(Slice resource, Slice watcher, long nowMs) {
        boolean allowed = watcher.equals(resource) || !(inner instanceof WatcherInformation) && inner.standing(resource, watcher, nowMs) == ALLOW;
        return allowed ? ALLOW : FORBIDDEN;
    }

    @Override
    public void onTransition(WatcherSubscription s, int before, int why, long nowMs) {
        if (s.eventPackage() != inner) {
            return;
        }
        order[s.slot()] = ++changes;
        event[s.slot()] = (byte) why;
        boolean waits = before == WatcherSubscription.PENDING && why == Watcherinfo.TIMEOUT;
        boolean begins = before == WatcherSubscription.FREE;
        boolean over = s.state() != WatcherSubscription.ACTIVE && s.state() != WatcherSubscription.PENDING;
        if (begins || waits) {
            giveUp(s.resource(), s.watcher(), nowMs);
        }
        if (over) {
            remember(s, waits ? Watcherinfo.WAITING : Watcherinfo.TERMINATED, why, nowMs);
        }
        notifier.stateChanged(this, s.resource().slice(resourceSlice), nowMs);
    }

    /** The same watcher is there again: what waited of him is over. */
    private void giveUp(FixedText resource, FixedText watcher, long nowMs) {
        for (int i = 0; i < past.length; i++) {
            PastWatcher p = past[i];
            if (p.status == Watcherinfo.WAITING && p.watcher.equals(watcher) && p.resource.equals(resource)) {
                end(p, Watcherinfo.GIVEUP, nowMs);
            }
        }
    }

    private void end(PastWatcher p, int why, long nowMs) {
        p.status = Watcherinfo.TERMINATED;
        p.why = why;
        p.order = ++changes;
        p.sinceMs = nowMs;
    }

    private void remember(WatcherSubscription s, int status, int why, long nowMs) {
        PastWatcher place = null;
        PastWatcher hisOldest = null;
        int his = 0;
        for (int i = 0; i < past.length; i++) {
            PastWatcher p = past[i];
            place = place == null || isBetter(p, place) ? p : place;
            if (p.status == Watcherinfo.WAITING && p.watcher.equals(s.watcher())) {
                his++;
                hisOldest = hisOldest == null || p.sinceMs < hisOldest.sinceMs ? p : hisOldest;
            }
        }
        if (place == null) {
            forgotten = changes;
            return;
        }
        if (status == Watcherinfo.WAITING && his >= Math.max(1, past.length / PART_OF_ONE)) {
            place = hisOldest;
        }
        if (place.status != Watcherinfo.UNKNOWN) {
            forgotten = Math.max(forgotten, place.status == Watcherinfo.WAITING ? changes : place.order);
        }
        place.resource.set(s.resource());
        place.watcher.set(s.watcher());
        place.status = status;
        place.why = why;
        place.serial = s.serial();
        place.order = changes;
        place.subscribedAtMs = s.subscribedAtMs();
        place.sinceMs = nowMs;
        if (status == Watcherinfo.WAITING && !check.isRunning()) {
            check.startAt(nowMs + CHECK_MS);
        }
    }

    /** A free place first, then the oldest end, then who has waited longest. */
    private static boolean isBetter(PastWatcher a, PastWatcher b) {
        int rankA = rank(a);
        int rankB = rank(b);
        return rankA != rankB ? rankA < rankB : a.sinceMs < b.sinceMs;
    }

    private static int rank(PastWatcher p) {
        return p.status == Watcherinfo.UNKNOWN ? 0 : p.status == Watcherinfo.TERMINATED ? 1 : 2;
    }

    @Override
    public void onReconsidered(EventPackage of, Slice resource, long nowMs) {
        if (of != inner) {
            return;
        }
        for (int i = 0; i < past.length; i++) {
            PastWatcher p = past[i];
            if (p.status != Watcherinfo.WAITING || resource != null && !p.resource.equals(resource)) {
                continue;
            }
            int standing = inner.standing(p.resource.slice(resourceSlice), p.watcher.slice(watcherSlice), nowMs);
            if (standing != PENDING) {
                end(p, standing == ALLOW ? Watcherinfo.APPROVED : Watcherinfo.REJECTED, nowMs);
                notifier.stateChanged(this, p.resource.slice(resourceSlice), nowMs);
            }
        }
        if (resource == null) {
            notifier.reconsider(this, nowMs);                // whoever may not watch any more may not ask either
        } else {
            notifier.reconsider(this, resource, nowMs);
        }
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        boolean more = false;
        for (int i = 0; i < past.length; i++) {
            PastWatcher p = past[i];
            if (p.status == Watcherinfo.WAITING && nowMs - p.sinceMs >= GIVE_UP_MS) {
                end(p, Watcherinfo.GIVEUP, nowMs);
                notifier.stateChanged(this, p.resource.slice(resourceSlice), nowMs);
            }
            more |= p.status == Watcherinfo.WAITING;
        }
        if (more) {
            check.startAt(nowMs + CHECK_MS);
        }
    }

    /** The newest change that a watcher may hear of. */
    @Override
    public long stateTag(Slice resource, Slice watcher, long nowMs) {
        boolean all = watcher.equals(resource);
        long newest = 0;
        for (WatcherSubscription s = notifier.next(inner, resource, null); s != null; s = notifier.next(inner, resource, s)) {
            newest = all || s.watcher().equals(watcher) ? Math.max(newest, order[s.slot()]) : newest;
        }
        for (int i = 0; i < past.length; i++) {
            newest = isShown(past[i], resource, watcher, all) ? Math.max(newest, past[i].order) : newest;
        }
        return salt | newest;
    }

    private static boolean isShown(PastWatcher p, Slice resource, Slice watcher, boolean all) {
        return p.status != Watcherinfo.UNKNOWN && p.resource.equals(resource) && (all || p.watcher.equals(watcher));
    }

    @Override
    public boolean writeState(Slice resource, Slice watcher, long version, long nowMs, ByteSink out) {
        write(-1, resource, watcher, version, nowMs, out);
        return true;
    }

    @Override
    public boolean writeSince(long tag, Slice resource, Slice watcher, long version, long nowMs, ByteSink out) {
        long since = tag & 0xFFFFFFFFL;
        if (since < forgotten) {
            return false;
        }
        write(since, resource, watcher, version, nowMs, out);
        return true;
    }

    private void write(long since, Slice resource, Slice watcher, long version, long nowMs, ByteSink out) {
        boolean all = watcher.equals(resource);
        boolean full = since < 0;
        writer.begin(version, full, resource, packageName.wrap(inner.name()), out);
        for (WatcherSubscription s = notifier.next(inner, resource, null); s != null; s = notifier.next(inner, resource, s)) {
            if (out.remaining() > LINE_BYTES + END_BYTES && order[s.slot()] > since && (all || s.watcher().equals(watcher))) {
                writer.watcher(s.watcher(), s.serial(), s.state() == WatcherSubscription.ACTIVE ? Watcherinfo.ACTIVE : Watcherinfo.PENDING, event[s.slot()],
                        (s.expiresAtMs() - nowMs + 999) / 1000, (nowMs - s.subscribedAtMs()) / 1000);
            }
        }
        for (int i = 0; i < past.length; i++) {
            PastWatcher p = past[i];
            if (out.remaining() > LINE_BYTES + END_BYTES && isShown(p, resource, watcher, all) && p.order > since && (!full || p.status == Watcherinfo.WAITING)) {
                writer.watcher(p.watcher, p.serial, p.status, p.why, -1, (nowMs - p.subscribedAtMs) / 1000);
            }
        }
        writer.end();
    }
}
