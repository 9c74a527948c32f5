package org.sidetone.event;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.HashChains;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Capacity;
import org.sidetone.sip.EventView;
import org.sidetone.sip.Header;
import org.sidetone.sip.Method;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.SubscriptionStateView;
import org.sidetone.sip.dialog.DialogRecord;
import org.sidetone.sip.transaction.ServerTransaction;
import org.sidetone.sip.transport.TooLargeHandler;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.RequestHandler;
import org.sidetone.sip.ua.UserAgent;

/** Every subscription of ours, and the NOTIFYs that find them (RFC 6665 section 4.1.3). */
public final class Subscriber implements RequestHandler, TooLargeHandler {
    private final UserAgent agent;
    private final Subscription[] subscriptions;
    private final Subscription[] free;
    private int freeCount;
    private final HashChains index;
    private final EventView event = new EventView();
    private final SubscriptionStateView told = new SubscriptionStateView();
    private final Slice slice = new Slice();
    private SubscriptionKeeper keeper;
    private final DialogRecord records = new DialogRecord();
    private long notifies;
    private long unmatched;
    private long outOfOrder;

    public Subscriber(UserAgent agent, Capacity capacity) {
        this.agent = agent;
        subscriptions = new Subscription[capacity.subscriptions];
        free = new Subscription[subscriptions.length];
        for (int i = subscriptions.length - 1; i >= 0; i--) {
            subscriptions[i] = new Subscription(agent, this, i);
            free[freeCount++] = subscriptions[i];
        }
        index = new HashChains(subscriptions.length);
        agent.handle(Method.NOTIFY, this);
    }

    /**
     * Subscribes, and stays subscribed until {@link Subscription#unsubscribe}.
     * @param resource URI of the presentity. @param id for the user to know it by
     * @return null when there is no room
     */
    public Subscription subscribe(Account account, byte[] eventType, byte[] accept, Slice resource, long expiresSec,
            SubscriptionUser user, int id, long nowMs) {
        Subscription s = takeFree();
        if (s == null) {
            return null;
        }
        if (!s.open(account, eventType, accept, resource, expiresSec, user, id)) {
            release(s);
            return null;
        }
        s.begin(nowMs);
        return s;
    }

    /**
     * Goes on with a subscription of before the last boot: refreshes it at once, with the Contact of now; when that fails, subscribes anew.
     * @param record what {@link Subscription#putRecord} wrote. @return null when the record is another subscription's or none, or there is no room
     */
    public Subscription restore(Account account, byte[] eventType, byte[] accept, Slice resource, long expiresSec, SubscriptionUser user, int id,
            Slice record, long nowMs) {
        Subscription s = takeFree();
        if (s == null) {
            return null;
        }
        if (!s.open(account, eventType, accept, resource, expiresSec, user, id) || !s.restore(records.wrap(record), nowMs)) {
            release(s);
            return null;
        }
        return s;
    }

    /** At boot: who keeps the dialogs of those subscriptions that {@link Subscription#keepAt} names. */
    public void setKeeper(SubscriptionKeeper newKeeper) {
        keeper = newKeeper;
    }

    SubscriptionKeeper keeper() {
        return keeper;
    }

    /** @return null when there is none whose last request is over */
    private Subscription takeFree() {
        int at = freeCount - 1;
        while (at >= 0 && free[at].isPending()) {           // left while a request was still under way
            at--;
        }
        if (at < 0) {
            return null;
        }
        Subscription s = free[at];
        free[at] = free[--freeCount];
        return s;
    }

    void release(Subscription s) {
        free[freeCount++] = s;
    }

    void index(Subscription s) {
        s.callIdHash = Ascii.hash(s.callId().bytes(), 0, s.callId().length());
        index.add(s.callIdHash, s.slot);
    }

    void unindex(Subscription s) {
        if (s.callIdHash != 0) {
            index.remove(s.callIdHash, s.slot);
            s.callIdHash = 0;
        }
    }

    @Override
    public void onRequest(SipMessage notify, ServerTransaction transaction, long nowMs) {
        notifies++;
        if (!notify.event(event)) {
            SipWriter w = transaction.respond(489);
            agent.putAllowEvents(w);
            transaction.send(w, nowMs);
            return;
        }
        if (!notify.subscriptionState(told)) {
            transaction.send(transaction.respond(400, notify.has(Header.SUBSCRIPTION_STATE)
                    ? "Bad Subscription-State" : "Missing Subscription-State"), nowMs);
            return;
        }
        notify.value(Header.CALL_ID, slice);
        int hash = Ascii.hash(slice.buffer(), slice.offset(), slice.length());
        Subscription asked = null;
        for (int i = index.first(hash); i != HashChains.NONE; i = index.next(i)) {
            Subscription s = subscriptions[i];
            if (s.callIdHash == hash && s.matches(notify) && s.event.equals(event.type()) && event.id(slice).isEmpty()) {
                if (!s.isElsewhere(notify)) {
                    s.onNotify(notify, told, transaction, nowMs);
                    return;
                }
                asked = asked == null || asked.isFork() ? s : asked;
            }
        }
        if (asked != null && asked.takesForks()) {
            fork(asked, notify, transaction, nowMs);
            return;
        }
        unmatched++;
        transaction.reply(481, nowMs);
    }

    @Override
    public void onTooLarge(SipMessage notify, long nowMs) {
        if (notify.method() != Method.NOTIFY || !notify.event(event)) {
            return;
        }
        notify.value(Header.CALL_ID, slice);
        int hash = Ascii.hash(slice.buffer(), slice.offset(), slice.length());
        for (int i = index.first(hash); i != HashChains.NONE; i = index.next(i)) {
            Subscription s = subscriptions[i];
            if (s.callIdHash == hash && s.matches(notify) && s.event.equals(event.type())) {
                s.tellTooLarge(nowMs);
                return;
            }
        }
    }

    /** Another notifier answers the same SUBSCRIBE (RFC 6665 sections 4.4.1, 5.4.9). */
    private void fork(Subscription of, SipMessage notify, ServerTransaction transaction, long nowMs) {
        Subscription s = takeFree();
        if (s == null) {
            transaction.reply(503, nowMs);
            return;
        }
        s.openFork(of);
        s.onNotify(notify, told, transaction, nowMs);
    }

    /** Leaves what else came of a SUBSCRIBE: it ends, or is sent anew. */
    void leaveForks(Subscription of, long nowMs) {
        for (int i = 0; of.callIdHash != 0 && i < subscriptions.length; i++) {
            Subscription s = subscriptions[i];
            if (s != of && s.isFork() && s.callIdHash == of.callIdHash && s.callId().equals(of.callId())) {
                s.unsubscribe(nowMs);
            }
        }
    }

    void countOutOfOrder() {
        outOfOrder++;
    }

    public int inUse() {
        return subscriptions.length - freeCount;
    }

    public int capacity() {
        return subscriptions.length;
    }

    public long notifies() {
        return notifies;
    }

    /** NOTIFYs answered 481. */
    public long unmatched() {
        return unmatched;
    }

    public long outOfOrder() {
        return outOfOrder;
    }
}
