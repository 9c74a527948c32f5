package org.sidetone.event;

import org.sidetone.sip.SipMessage;

/** Whoever holds a subscription. */
public interface SubscriptionUser {
    /** The state changed; the states are {@link Subscription}'s. */
    void onSubscription(Subscription subscription, int state, long nowMs);

    /** A NOTIFY came. @return 200, or the status to refuse it with. @param notify valid during the call */
    int onNotify(Subscription subscription, SipMessage notify, long nowMs);

    /** A NOTIFY came that there is no room for; it was answered 513. Asking again would bring another. */
    void onTooLarge(Subscription subscription, long nowMs);

    /** A filter document that says what of the state is wanted (RFC 4660 section 3), null: all of it. @param id what the user knows the subscription by */
    byte[] filter(int id);

    /** Content type of {@link #filter}. */
    byte[] bodyType(int id);

    /** Parameters of the Event header from the first SUBSCRIBE on, such as {@code ;diff-processing=aggregate}; empty: none. @param id what the user knows the subscription by */
    String parameters(int id);

    /**
     * Whether the package lets one SUBSCRIBE make several subscriptions (RFC 6665 sections 4.4.1, 5.4.9). Each beyond the first is told of as a
     * subscription of its own with the same {@link Subscription#id}, and is freed when it ends; without it their NOTIFYs get 481.
     */
    boolean takesForks();

    /** Whether what is subscribed to may be a list, which is told of as RFC 4662 has it. @param id what the user knows the subscription by */
    boolean takesLists(int id);
}
