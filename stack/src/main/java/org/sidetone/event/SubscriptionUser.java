package org.sidetone.event;

import org.sidetone.sip.SipMessage;

/** Whoever holds a subscription. */
public interface SubscriptionUser {
    /** The state changed; the states are {@link Subscription}'s. */
    void onSubscription(Subscription subscription, int state, long nowMs);

    /** A NOTIFY came. @return 200, or the status to refuse it with. @param notify valid during the call */
    int onNotify(Subscription subscription, SipMessage notify, long nowMs);
}
