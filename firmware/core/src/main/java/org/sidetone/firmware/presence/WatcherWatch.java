package org.sidetone.firmware.presence;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.winfo.Watcherinfo;
import org.sidetone.doc.winfo.WatcherinfoReader;
import org.sidetone.event.Subscription;
import org.sidetone.firmware.keeping.KeptSubscriptions;
import org.sidetone.msg.MediaTypeView;
import org.sidetone.sip.Header;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.ua.Account;

/**
 * Hears from the presence server who watches (RFC 3857), and asks the owner about whoever waits for a decision. Documents tell what changed; when one
 * between was lost everything is asked for again (RFC 3858 section 4).
 */
public final class WatcherWatch extends KeptSubscriptions.User implements WatcherinfoReader.User {
    private static final byte[] EVENT = Ascii.bytes("presence.winfo");
    private static final long NONE = -1;

    private final KeptSubscriptions kept;
    private final int firstPlace;
    private final Watchers watchers;
    private final Subscription[] subscriptions;
    private final long[] versions;
    private final WatcherinfoReader reader = new WatcherinfoReader();
    private final MediaTypeView type = new MediaTypeView();
    private final FixedText address = new FixedText(160);
    private final Slice slice = new Slice();
    private long now;
    private long badDocuments;
    private long gaps;

    /** @param firstPlace of those that the subscriptions of so many accounts are kept at */
    public WatcherWatch(KeptSubscriptions kept, int firstPlace, int accounts, Watchers watchers) {
        this.kept = kept;
        this.firstPlace = firstPlace;
        this.watchers = watchers;
        subscriptions = new Subscription[accounts];
        versions = new long[accounts];
    }

    /** Watches the watchers of an account, or looks after them at once. */
    public void watch(Account account, int expiresSec, long nowMs) {
        int i = account.index;
        if (subscriptions[i] == null) {
            kept.subscribe(firstPlace + i, account, EVENT, Watcherinfo.CONTENT_TYPE, account.address, expiresSec, this, i);
        } else if (subscriptions[i].state() == Subscription.RETRY_WAIT) {
            subscriptions[i].hurry(nowMs);
        }
    }

    @Override
    public void onBegun(int id, Subscription subscription, long nowMs) {
        subscriptions[id] = subscription;
        versions[id] = NONE;
    }

    @Override
    public boolean takesForks() {
        return true;
    }

    @Override
    public void onSubscription(Subscription subscription, int state, long nowMs) {
        if (state == Subscription.FREE || state == Subscription.RETRY_WAIT) {
            versions[subscription.id()] = NONE;
        }
    }

    @Override
    public int onNotify(Subscription subscription, SipMessage notify, long nowMs) {
        if (notify.body(slice).isEmpty()) {
            return 200;
        }
        if (!notify.value(Header.CONTENT_TYPE, slice) || !type.wrap(slice) || !type.is(Watcherinfo.CONTENT_TYPE)) {
            badDocuments++;
            return 415;
        }
        now = nowMs;
        if (reader.read(notify.body(slice), this) != WatcherinfoReader.GOOD) {
            badDocuments++;
            return 400;
        }
        int i = subscription.id();
        boolean gap = !reader.isFull() && reader.version() > versions[i] + 1;
        if (gap) {
            gaps++;
            subscription.askAgain();
        }
        versions[i] = reader.isFull() ? reader.version() : Math.max(versions[i], reader.version());
        return 200;
    }

    @Override
    public void onWatcherList(Slice resource, Slice eventPackage) {
        if (reader.isFull()) {
            watchers.nobodyWatches();                        // of which account it is does not matter: decisions are for all
        }
    }

    /** Who waits is told of until it is decided; telling of him twice does no harm. */
    @Override
    public void onWatcher(Slice id, Slice uri, Slice displayName, int status, int event) {
        boolean waits = status == Watcherinfo.PENDING || status == Watcherinfo.WAITING;
        if (waits && watchers.find(uri) == null && address.set(uri)) {
            watchers.meet(address, now);
        }
        watchers.setWatching(uri, status == Watcherinfo.ACTIVE);
    }

    public long badDocuments() {
        return badDocuments;
    }

    /** Documents that were missed, so that everything was asked for again. */
    public long gaps() {
        return gaps;
    }
}
