package org.sidetone.event;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.HashChains;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.filter.SimpleFilters;
import org.sidetone.msg.MediaTypeView;
import org.sidetone.port.Capacity;
import org.sidetone.sip.EventView;
import org.sidetone.sip.Header;
import org.sidetone.sip.Method;
import org.sidetone.sip.NameAddrView;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.SubscriptionStateView;
import org.sidetone.sip.dialog.Dialog;
import org.sidetone.sip.dialog.DialogRecord;
import org.sidetone.sip.transaction.ServerTransaction;
import org.sidetone.sip.ua.RequestHandler;
import org.sidetone.sip.ua.UserAgent;

/** Takes SUBSCRIBEs for the event packages that register with it, and tells the watchers of changes (RFC 6665 section 4.2). */
public final class Notifier implements RequestHandler {
    private static final int MAX_PACKAGES = 8;
    private static final int RETRY_AFTER_SEC = 30;

    private final UserAgent agent;
    private final EventPackage[] packages = new EventPackage[MAX_PACKAGES];
    private int packageCount;
    private final ListPackage[] lists = new ListPackage[MAX_PACKAGES];
    private int listCount;
    private final SubscriptionObserver[] observers = new SubscriptionObserver[MAX_PACKAGES];
    private int observerCount;
    private long serials;
    private WatcherSubscription writing;
    private final WatcherSubscription[] subscriptions;
    private final WatcherSubscription[] free;
    private int freeCount;
    private final HashChains byResource;
    private final HashChains byCallId;
    private final long minExpiresSec;
    private final long maxExpiresSec;
    private final EventView event = new EventView();
    private final MediaTypeView type = new MediaTypeView();
    private final Acceptance acceptance = new Acceptance();
    private final NameAddrView address = new NameAddrView();
    private final FixedText resource = new FixedText(160);
    private final FixedText watcher = new FixedText(160);
    private final Slice slice = new Slice();
    private final Slice id = new Slice();
    /** What watchers who hear of changes alone were told last: as many as there is room for. */
    private final FixedText[] documents;
    private final WatcherFilters filters;
    private int freeDocuments;
    private final byte[] stateBytes;
    private WatcherKeeper keeper;
    private final DialogRecord records = new DialogRecord();
    private long unsent;
    private long refusedForRoom;

    /** @param minExpiresSec below it: 423. @param maxExpiresSec above it: cut to this */
    public Notifier(UserAgent agent, Capacity capacity, long minExpiresSec, long maxExpiresSec) {
        this.agent = agent;
        this.minExpiresSec = minExpiresSec;
        this.maxExpiresSec = maxExpiresSec;
        subscriptions = new WatcherSubscription[capacity.watchers];
        free = new WatcherSubscription[subscriptions.length];
        for (int i = subscriptions.length - 1; i >= 0; i--) {
            subscriptions[i] = new WatcherSubscription(agent, this, i);
            free[freeCount++] = subscriptions[i];
        }
        filters = new WatcherFilters(capacity);
        documents = new FixedText[capacity.partialDocuments];
        for (int i = 0; i < documents.length; i++) {
            documents[i] = new FixedText(capacity.partialBytes);
        }
        freeDocuments = documents.length;
        stateBytes = new byte[capacity.partialBytes];
        byResource = new HashChains(subscriptions.length);
        byCallId = new HashChains(subscriptions.length);
        agent.handle(Method.SUBSCRIBE, this);
    }

    /** At boot: who keeps the watchers' dialogs over the next. */
    public void setKeeper(WatcherKeeper newKeeper) {
        keeper = newKeeper;
    }

    WatcherKeeper keeper() {
        return keeper;
    }

    /** Appends what is to be kept of the subscription in a slot; nothing: nothing is. */
    public void putRecord(int slot, ByteSink out) {
        subscriptions[slot].putRecord(out);
    }

    /**
     * Tells a watcher of before the last boot that his subscription is over and that he may subscribe anew at once (RFC 6665 section 4.1.3, deactivated).
     * @param record what {@link #putRecord} wrote. @return false: it is none, it is of a package that is no more, or there is no room
     */
    public boolean deactivate(Slice record, long nowMs) {
        WatcherSubscription s = freeCount == 0 ? null : free[freeCount - 1];
        records.wrap(record);
        for (int i = 0; s != null && i < packageCount; i++) {
            if (records.peekIs(packages[i].name())) {
                if (!s.restore(packages[i], records)) {
                    return false;
                }
                freeCount--;
                index(s);
                s.notifyState(nowMs);
                return true;
            }
        }
        return false;
    }

    private void index(WatcherSubscription s) {
        s.callIdHash = Ascii.hash(s.dialog().callId.bytes(), 0, s.dialog().callId.length());
        s.resourceHash = Ascii.hash(s.resource().bytes(), 0, s.resource().length());
        byCallId.add(s.callIdHash, s.slot);
        byResource.add(s.resourceHash, s.slot);
    }

    public void register(EventPackage added) {
        packages[packageCount++] = added;
        agent.allowEvent(added.name());
    }

    /** Adds a package of lists beside the one that they are of. */
    public void registerLists(ListPackage added) {
        lists[listCount++] = added;
    }

    private EventPackage listsOf(EventPackage asked, SipMessage subscribe) {
        for (int i = 0; i < listCount; i++) {
            if (lists[i].base() == asked && lists[i].isList(subscribe)) {
                return lists[i];
            }
        }
        return asked;
    }

    public void observe(SubscriptionObserver added) {
        observers[observerCount++] = added;
    }

    void report(WatcherSubscription s, int before, int why, long nowMs) {
        for (int i = 0; i < observerCount; i++) {
            observers[i].onTransition(s, before, why, nowMs);
        }
    }

    @Override
    public void onRequest(SipMessage subscribe, ServerTransaction transaction, long nowMs) {
        EventPackage asked = subscribe.event(event) ? packageOf(event.type()) : null;
        if (asked == null) {
            SipWriter w = transaction.respond(489);
            agent.putAllowEvents(w);
            transaction.send(w, nowMs);
            return;
        }
        asked = listsOf(asked, subscribe);
        if (asked.required() != null && !subscribe.lists(Header.SUPPORTED, asked.required(), slice)) {
            SipWriter w = transaction.respond(421);
            w.header(Header.REQUIRE, asked.required());
            transaction.send(w, nowMs);
            return;
        }
        long expires = subscribe.has(Header.EXPIRES) ? subscribe.decimal(Header.EXPIRES, Integer.MAX_VALUE) : asked.defaultExpiresSec();
        expires = expires < 0 ? maxExpiresSec : Math.min(expires, maxExpiresSec);
        if (expires != 0 && expires < minExpiresSec) {
            SipWriter w = transaction.respond(423);
            w.decimal(Header.MIN_EXPIRES, minExpiresSec);
            transaction.send(w, nowMs);
            return;
        }
        if (!accepts(subscribe, asked)) {
            SipWriter w = transaction.respond(406);
            w.header(Header.ACCEPT, asked.contentType());
            transaction.send(w, nowMs);
            return;
        }
        if (!subscribe.has(Header.CONTACT)) {
            transaction.send(transaction.respond(400, "Missing Contact"), nowMs);
            return;
        }
        boolean inDialog = subscribe.address(Header.TO, 0, address) && address.tag(slice);
        if (inDialog) {
            refresh(subscribe, transaction, expires, nowMs);
        } else {
            open(subscribe, transaction, asked, expires, nowMs);
        }
    }

    /** Whether the watcher reads what the package writes (section 3.1.3); without Accept he does. */
    private boolean accepts(SipMessage subscribe, EventPackage of) {
        return !subscribe.has(Header.ACCEPT) || acceptance.quality(subscribe, of.contentType()) != Acceptance.NO
                || of.partial() != null && documents.length > 0 && acceptance.quality(subscribe, of.partial().contentType()) != Acceptance.NO;
    }

    /** Whether the watcher would rather hear of changes alone (RFC 5263 section 4.3). */
    private boolean wantsChanges(SipMessage subscribe, EventPackage of) {
        int quality = of.partial() == null ? Acceptance.NO : acceptance.quality(subscribe, of.partial().contentType());
        return quality != Acceptance.NO && quality >= acceptance.quality(subscribe, of.contentType());
    }

    /** A place for what a watcher was told last, null when there is none. */
    FixedText takeDocument() {
        return freeDocuments == 0 ? null : documents[--freeDocuments];
    }

    void releaseDocument(FixedText document) {
        documents[freeDocuments++] = document;
    }

    WatcherFilters filters() {
        return filters;
    }

    private int takeBody(WatcherSubscription s, SipMessage subscribe) {
        byte[] wanted = s.eventPackage().bodyType();
        if (wanted == null) {
            return subscribe.bodyLength() == 0 ? 200 : s.takeFilters(subscribe);
        }
        return subscribe.bodyLength() == 0 || subscribe.value(Header.CONTENT_TYPE, slice) && type.wrap(slice) && type.is(wanted) ? s.eventPackage().takeBody(s, subscribe) : 415;
    }

    /** A filter, or another body, that is not taken (RFC 4660 sections 5.2, 5.4). */
    private static void refuseBody(ServerTransaction transaction, EventPackage of, int status, long nowMs) {
        SipWriter w = transaction.respond(status);
        if (status == 415) {
            w.header(Header.ACCEPT, of.bodyType() == null ? SimpleFilters.CONTENT_TYPE : of.bodyType());
        } else {
            w.header(Header.WARNING, "399 notifier \"This body is not understood, or there is no room for it\"");
        }
        transaction.send(w, nowMs);
    }

    /** Room for one state while it is compared. */
    byte[] stateBytes() {
        return stateBytes;
    }

    private EventPackage packageOf(Slice type) {
        for (int i = 0; i < packageCount; i++) {
            if (type.equals(packages[i].name())) {
                return packages[i];
            }
        }
        return null;
    }

    private void refresh(SipMessage subscribe, ServerTransaction transaction, long expires, long nowMs) {
        WatcherSubscription s = find(subscribe);
        if (s == null) {
            transaction.reply(481, nowMs);
            return;
        }
        if (s.dialog().accept(subscribe) != Dialog.IN_ORDER) {
            transaction.reply(500, nowMs);
            return;
        }
        if (!s.eventPackage().isProven(subscribe, s.watcher().slice(slice), nowMs)) {
            challenge(transaction, s.eventPackage(), nowMs);
            return;
        }
        int filtered = takeBody(s, subscribe);
        if (filtered != 200) {
            refuseBody(transaction, s.eventPackage(), filtered, nowMs);
            return;
        }
        s.dialog().refreshTarget(subscribe);
        if (expires > 0) {
            s.extend(expires, nowMs);
        }
        s.tellChanges(wantsChanges(subscribe, s.eventPackage()));
        boolean quiet = s.readWishes(subscribe, event, nowMs) && subscribe.bodyLength() == 0;
        accept(s, subscribe, transaction, quiet ? 204 : 200, expires, nowMs);
        if (expires > 0 && !quiet) {
            s.notifyState(nowMs);
        } else if (quiet && expires == 0) {
            s.end(nowMs);                                // RFC 5839 section 5.7: the 204 was the last word
        } else if (expires == 0) {
            s.terminate(SubscriptionStateView.TIMEOUT, nowMs);
        }
    }

    private static void challenge(ServerTransaction transaction, EventPackage asked, long nowMs) {
        SipWriter w = transaction.respond(EventPackage.CHALLENGE);
        asked.putChallenges(w);
        transaction.send(w, nowMs);
    }

    private WatcherSubscription find(SipMessage subscribe) {
        subscribe.value(Header.CALL_ID, slice);
        int hash = Ascii.hash(slice.buffer(), slice.offset(), slice.length());
        event.id(id);
        for (int i = byCallId.first(hash); i != HashChains.NONE; i = byCallId.next(i)) {
            WatcherSubscription s = subscriptions[i];
            boolean alive = s.state() == WatcherSubscription.ACTIVE || s.state() == WatcherSubscription.PENDING;
            if (alive && s.callIdHash == hash && s.dialog().matches(subscribe) && event.type().equals(s.eventPackage().name())
                    && s.eventId().equals(id)) {
                return s;
            }
        }
        return null;
    }

    private void open(SipMessage subscribe, ServerTransaction transaction, EventPackage asked, long expires, long nowMs) {
        int verdict = asked.authorize(subscribe, resource, watcher, nowMs);
        if (verdict == EventPackage.CHALLENGE) {
            challenge(transaction, asked, nowMs);
            return;
        }
        if (verdict >= 300) {
            transaction.reply(verdict, nowMs);
            return;
        }
        if (freeCount == 0) {
            refusedForRoom++;
            SipWriter w = transaction.respond(503);
            w.decimal(Header.RETRY_AFTER, RETRY_AFTER_SEC);
            transaction.send(w, nowMs);
            return;
        }
        WatcherSubscription s = free[freeCount - 1];
        if (!s.open(subscribe, transaction, asked, event.id(id), resource, watcher, ++serials)) {
            transaction.send(transaction.respond(400, "Dialog Identity Missing Or Too Long"), nowMs);
            return;
        }
        boolean isTaken = asked instanceof ListPackage && ((ListPackage) asked).bringsList(subscribe);
        int filtered = isTaken ? 200 : takeBody(s, subscribe);
        if (filtered != 200) {
            refuseBody(transaction, s.eventPackage(), filtered, nowMs);
            return;
        }
        freeCount--;
        index(s);
        s.activate(verdict == EventPackage.PENDING, expires, nowMs);
        s.tellChanges(wantsChanges(subscribe, asked));
        s.readWishes(subscribe, event, nowMs);
        accept(s, subscribe, transaction, 200, expires, nowMs);
        if (expires == 0) {
            s.terminate(SubscriptionStateView.TIMEOUT, nowMs);       // a fetch, section 4.4.3
        } else {
            s.notifyState(nowMs);
        }
    }

    /** The response that makes the dialog: with the route set for the other side (RFC 3261 section 12.1.1). */
    private void accept(WatcherSubscription s, SipMessage subscribe, ServerTransaction transaction, int status, long expires, long nowMs) {
        SipWriter w = transaction.respond(status);
        w.copy(subscribe, Header.RECORD_ROUTE);
        w.decimal(Header.EXPIRES, expires);
        if (s.eventPackage().required() != null) {
            w.header(Header.REQUIRE, s.eventPackage().required());
        }
        agent.putNotifierContact(s.resource(), s.dialog().isSecure(), transaction.source(), w.name(Header.CONTACT).sink());
        w.end();
        transaction.send(w, nowMs);
    }

    void release(WatcherSubscription s) {
        byCallId.remove(s.callIdHash, s.slot);
        byResource.remove(s.resourceHash, s.slot);
        free[freeCount++] = s;
    }

    /** Tells every watcher of a resource its newest state. */
    public void stateChanged(EventPackage of, Slice changed, long nowMs) {
        int hash = Ascii.hash(changed.buffer(), changed.offset(), changed.length());
        int i = byResource.first(hash);
        while (i != HashChains.NONE) {
            int following = byResource.next(i);              // sending may free the slot
            WatcherSubscription s = subscriptions[i];
            if (s.resourceHash == hash && s.eventPackage() == of && s.state() == WatcherSubscription.ACTIVE
                    && s.resource().equals(changed)) {
                s.stateChanged(nowMs);
            }
            i = following;
        }
    }

    /** Asks a package anew about every watcher it has: somebody decided, or the time did. */
    public void reconsider(EventPackage of, long nowMs) {
        for (int i = 0; i < subscriptions.length; i++) {
            reconsider(subscriptions[i], of, nowMs);
        }
        for (int i = 0; i < observerCount; i++) {
            observers[i].onReconsidered(of, null, nowMs);
        }
    }

    private void reconsider(WatcherSubscription s, EventPackage of, long nowMs) {
        if (s.eventPackage() == of && (s.state() == WatcherSubscription.PENDING || s.state() == WatcherSubscription.ACTIVE)) {
            s.reconsider(of.standing(s.resource().slice(slice), s.watcher().slice(id), nowMs), nowMs);
        }
    }

    /** Asks a package anew about every watcher of one resource. */
    public void reconsider(EventPackage of, Slice resource, long nowMs) {
        int hash = Ascii.hash(resource.buffer(), resource.offset(), resource.length());
        int i = byResource.first(hash);
        while (i != HashChains.NONE) {
            int following = byResource.next(i);              // sending may free the slot
            if (subscriptions[i].resourceHash == hash && subscriptions[i].resource().equals(resource)) {
                reconsider(subscriptions[i], of, nowMs);
            }
            i = following;
        }
        for (int o = 0; o < observerCount; o++) {
            observers[o].onReconsidered(of, resource, nowMs);
        }
    }

    /** The subscription to a resource after one, the first after null, that is pending or active; null at the end. */
    public WatcherSubscription next(EventPackage of, Slice resource, WatcherSubscription after) {
        int hash = Ascii.hash(resource.buffer(), resource.offset(), resource.length());
        for (int i = after == null ? byResource.first(hash) : byResource.next(after.slot); i != HashChains.NONE; i = byResource.next(i)) {
            WatcherSubscription s = subscriptions[i];
            if (s.resourceHash == hash && s.eventPackage() == of && s.resource().equals(resource)
                    && (s.state() == WatcherSubscription.PENDING || s.state() == WatcherSubscription.ACTIVE)) {
                return s;
            }
        }
        return null;
    }

    /** The subscription of a package after one, the first after null, that is pending or active; null at the end. */
    public WatcherSubscription nextOf(EventPackage of, WatcherSubscription after) {
        for (int i = after == null ? 0 : after.slot + 1; i < subscriptions.length; i++) {
            WatcherSubscription s = subscriptions[i];
            if (s.eventPackage() == of && (s.state() == WatcherSubscription.PENDING || s.state() == WatcherSubscription.ACTIVE)) {
                return s;
            }
        }
        return null;
    }

    void writing(WatcherSubscription s) {
        writing = s;
    }

    /** The subscription whose notification is being written. */
    public WatcherSubscription writing() {
        return writing;
    }

    /** Tells one watcher the newest state. */
    public void stateChanged(WatcherSubscription s, long nowMs) {
        s.stateChanged(nowMs);
    }

    /** Places for subscriptions; {@link WatcherSubscription#slot} is below. */
    public int capacity() {
        return subscriptions.length;
    }

    void countUnsent() {
        unsent++;
    }

    public int inUse() {
        return subscriptions.length - freeCount;
    }

    /** NOTIFYs that could not be sent at all. */
    public long unsent() {
        return unsent;
    }

    public long refusedForRoom() {
        return refusedForRoom;
    }
}
