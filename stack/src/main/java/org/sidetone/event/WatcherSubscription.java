package org.sidetone.event;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Flow;
import org.sidetone.sip.Header;
import org.sidetone.sip.Method;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.SubscriptionStateView;
import org.sidetone.sip.dialog.Dialog;
import org.sidetone.sip.transaction.ServerTransaction;
import org.sidetone.sip.ua.ClientRequest;
import org.sidetone.sip.ua.UserAgent;
import org.sidetone.time.Timer;

/**
 * One subscription at the notifier, RFC 6665 section 4.2. One NOTIFY is under way at a time; what changes meanwhile is sent
 * as one newest state after it.
 * <pre>
 *   state            input                     next        action
 *   FREE             SUBSCRIBE accepted        ACTIVE or PENDING   200; NOTIFY
 *   ACTIVE, PENDING  SUBSCRIBE again           the same    200; NOTIFY
 *   ACTIVE           state changed             ACTIVE      NOTIFY, or mark it dirty while one is under way
 *   PENDING          state changed             PENDING
 *   ACTIVE, PENDING  SUBSCRIBE with Expires 0  TERMINATED  200; NOTIFY terminated;reason=timeout
 *   ACTIVE, PENDING  expiry                    TERMINATED  NOTIFY terminated;reason=timeout
 *   ACTIVE, PENDING  NOTIFY: 481, no answer    FREE
 *   TERMINATED       NOTIFY: any answer        FREE
 * </pre>
 */
public final class WatcherSubscription extends ClientRequest implements Timer.Owner {
    public static final int FREE = 0;
    public static final int PENDING = 1;
    public static final int ACTIVE = 2;
    public static final int TERMINATED = 3;

    private final Notifier notifier;
    final int slot;
    int resourceHash;
    int callIdHash;
    private final FixedText resource = new FixedText(160);
    private final FixedText watcher = new FixedText(160);
    private final FixedText eventId = new FixedText(32);
    /** A notifier's Contact needs no user. */
    private final FixedText contactUser = new FixedText(0);
    private final Timer expiry;
    private final Slice slice = new Slice();
    private final Slice slice2 = new Slice();
    private EventPackage eventPackage;
    private int state = FREE;
    private int reason;
    private boolean dirty;
    private long expiresAtMs;
    /** Of the notification under way or sent last; -1 before the first. */
    private long version;

    WatcherSubscription(UserAgent agent, Notifier notifier, int slot) {
        super(agent, new Dialog());
        this.notifier = notifier;
        this.slot = slot;
        expiry = new Timer(agent.timers(), this);
    }

    /** Takes dialog and names over. @return false when something does not fit */
    boolean open(SipMessage subscribe, ServerTransaction transaction, EventPackage of, Slice id, FixedText ofResource, FixedText by) {
        dialog.clear();
        if (!dialog.establishFromRequest(subscribe) || !dialog.isEstablished()) {
            return false;
        }
        dialog.takeFlow(subscribe, transaction.source());
        eventPackage = of;
        dirty = false;
        version = -1;
        reason = SubscriptionStateView.NO_REASON;
        return dialog.localTag.set(transaction.localTag()) && eventId.set(id) && resource.set(ofResource) && watcher.set(by);
    }

    void activate(boolean pending, long expiresSec, long nowMs) {
        state = pending ? PENDING : ACTIVE;
        extend(expiresSec, nowMs);
    }

    void extend(long expiresSec, long nowMs) {
        expiresAtMs = nowMs + 1000 * expiresSec;
        expiry.startAt(expiresAtMs);
    }

    /** Sends the newest state now, or right after the NOTIFY that is under way. */
    void notifyState(long nowMs) {
        if (state == FREE) {
            return;
        }
        if (isPending()) {
            dirty = true;
            return;
        }
        dirty = false;
        version++;
        if (!send(Method.NOTIFY, nowMs) && !isPending()) {
            notifier.countUnsent();
            if (state == TERMINATED) {
                free();
            }
        }
    }

    void terminate(int why, long nowMs) {
        if (state == ACTIVE || state == PENDING) {
            state = TERMINATED;
            reason = why;
            expiry.stop();
            notifyState(nowMs);
        }
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        terminate(SubscriptionStateView.TIMEOUT, nowMs);
    }

    @Override
    protected void writeContent(SipWriter out, Flow to, long nowMs) {
        out.name(Header.EVENT).sink().put(eventPackage.name());
        if (!eventId.isEmpty()) {
            out.sink().put(";id=").put(eventId);
        }
        out.end().name(Header.SUBSCRIPTION_STATE);
        if (state == TERMINATED) {
            out.sink().put("terminated;reason=").put(SubscriptionStateView.reasonName(reason));
        } else {
            out.sink().put(state == ACTIVE ? "active" : "pending").put(";expires=")
                    .putDecimal(Math.max(0, (expiresAtMs - nowMs + 999) / 1000));
        }
        out.end();
        agent.putContact(contactUser, to, out.name(Header.CONTACT).sink());
        out.end();
        if (state == PENDING) {
            return;
        }
        int before = out.sink().position();
        out.header(Header.CONTENT_TYPE, eventPackage.contentType()).body();
        if (!eventPackage.writeState(resource.slice(slice), watcher.slice(slice2), version, nowMs, out.sink())) {
            out.withoutBody(before);
        }
    }

    @Override
    protected void onFinal(int status, SipMessage response, long nowMs) {
        if (state == FREE) {
            return;
        }
        boolean gone = status == 481 || status == 404 || status == 410 || status == 489 || response == null;
        if (state == TERMINATED || gone) {
            free();
        } else if (dirty) {
            notifyState(nowMs);
        }
    }

    private void free() {
        state = FREE;
        expiry.stop();
        notifier.release(this);
    }

    Dialog dialog() {
        return dialog;
    }

    public int state() {
        return state;
    }

    EventPackage eventPackage() {
        return eventPackage;
    }

    public FixedText resource() {
        return resource;
    }

    public FixedText watcher() {
        return watcher;
    }

    FixedText eventId() {
        return eventId;
    }
}
