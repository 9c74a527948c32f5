package org.sidetone.event;

import org.sidetone.bytes.Slice;
import org.sidetone.doc.winfo.Watcherinfo;

/** Hears what becomes of the subscriptions at a notifier (RFC 3857 section 4.7.1). */
public interface SubscriptionObserver {
    /** A subscription is in another state now. @param before a state of {@link WatcherSubscription}. @param why an event of {@link Watcherinfo} */
    void onTransition(WatcherSubscription subscription, int before, int why, long nowMs);

    /** A package was asked anew about its watchers. @param resource null: of all resources */
    void onReconsidered(EventPackage of, Slice resource, long nowMs);
}
