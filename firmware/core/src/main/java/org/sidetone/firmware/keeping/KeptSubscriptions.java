package org.sidetone.firmware.keeping;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.filter.SimpleFilters;
import org.sidetone.event.Subscriber;
import org.sidetone.event.Subscription;
import org.sidetone.event.SubscriptionKeeper;
import org.sidetone.event.SubscriptionUser;
import org.sidetone.hal.Storage;
import org.sidetone.sip.ua.Account;

/**
 * Subscriptions that are the same over a reboot: each goes on with the dialog of before, so that the server has no ghost of it, or
 * begins anew where there was none.
 */
public final class KeptSubscriptions implements Records.Owner, SubscriptionKeeper {
    /** Whoever subscribes: to all of one thing at one place, unless he says otherwise. */
    public abstract static class User implements SubscriptionUser {
        /** The subscription is under way. @param subscription null: there was no room */
        public abstract void onBegun(int id, Subscription subscription, long nowMs);

        @Override
        public void onTooLarge(Subscription subscription, long nowMs) {
            // what was told last stays until the notifier says something shorter
        }

        @Override
        public byte[] filter(int id) {
            return null;
        }

        @Override
        public byte[] bodyType(int id) {
            return SimpleFilters.CONTENT_TYPE;
        }

        @Override
        public String parameters(int id) {
            return "";
        }

        @Override
        public boolean takesForks() {
            return false;
        }

        @Override
        public boolean takesLists(int id) {
            return false;
        }
    }

    private final Subscriber subscriber;
    private final Records records;
    private final Wish[] wishes;
    private final Slice slice = new Slice();

    /** What is to be subscribed to once its record was read. */
    private static final class Wish {
        Account account;
        byte[] event;
        byte[] accept;
        FixedText resource;
        long expiresSec;
        User user;
        int id;
        Subscription subscription;
        boolean waits;
    }

    /** @param places that there are, from 0 on */
    public KeptSubscriptions(Storage storage, Subscriber subscriber, int places) {
        this.subscriber = subscriber;
        wishes = new Wish[places];
        for (int i = 0; i < wishes.length; i++) {
            wishes[i] = new Wish();
        }
        records = new Records(storage, "dialog", wishes.length, this);
        subscriber.setKeeper(this);
    }

    /**
     * Subscribes for good: {@link User#onBegun} follows, soon.
     * @param place the same at every boot, and nobody else's. @param resource stays as it is
     */
    public void subscribe(int place, Account account, byte[] event, byte[] accept, FixedText resource, long expiresSec, User user, int id) {
        Wish w = wishes[place];
        if (!w.waits) {
            w.account = account;
            w.event = event;
            w.accept = accept;
            w.resource = resource;
            w.expiresSec = expiresSec;
            w.user = user;
            w.id = id;
            w.waits = true;
            records.read(place);
        }
    }

    @Override
    public void onRecord(int number, Slice record, long nowMs) {
        Wish w = wishes[number];
        w.waits = false;
        w.subscription = record.isEmpty() ? null : subscriber.restore(w.account, w.event, w.accept, w.resource.slice(slice), w.expiresSec, w.user, w.id,
                record, nowMs);
        if (w.subscription == null) {
            w.subscription = subscriber.subscribe(w.account, w.event, w.accept, w.resource.slice(slice), w.expiresSec, w.user, w.id, nowMs);
        }
        if (w.subscription != null) {
            w.subscription.keepAt(number);
        }
        w.user.onBegun(w.id, w.subscription, nowMs);
    }

    @Override
    public void writeRecord(int number, ByteSink out) {
        Subscription s = wishes[number].subscription;
        if (s != null && s.place() == number && s.isKept()) {
            s.putRecord(out);
        }
    }

    @Override
    public void keep(Subscription subscription) {
        records.changed(subscription.place());
    }

    @Override
    public void forget(Subscription subscription) {
        records.changed(subscription.place());
    }

    /** Takes a completion that is ours. @return false when it is not */
    public boolean onCompletion(Storage.Completion completion, long nowMs) {
        return records.onCompletion(completion, nowMs);
    }

    public void doWork() {
        records.doWork();
    }
}
