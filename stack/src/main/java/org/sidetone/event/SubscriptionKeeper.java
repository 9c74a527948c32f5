package org.sidetone.event;

/** Whoever keeps the dialogs of subscriptions over a reboot. */
public interface SubscriptionKeeper {
    /** The dialog is new, or not what was kept: {@link Subscription#putRecord} writes what is to be kept now. */
    void keep(Subscription subscription);

    /** There is no dialog any more. */
    void forget(Subscription subscription);
}
