package org.sidetone.firmware.contacts;

import org.sidetone.bytes.Slice;
import org.sidetone.doc.dialoginfo.DialogInfo;
import org.sidetone.doc.dialoginfo.DialogInfoReader;
import org.sidetone.event.Subscription;
import org.sidetone.event.dialog.DialogPackage;
import org.sidetone.event.dialog.DialogTable;
import org.sidetone.firmware.keeping.KeptSubscriptions;
import org.sidetone.msg.MediaTypeView;
import org.sidetone.sip.Header;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.ua.Account;
import org.sidetone.time.TimerQueue;

/** Keeps the calls of those contacts up to date whose lamps show them (RFC 4235). */
final class CallWatch extends KeptSubscriptions.User {
    /** How long calls are shown after their subscription ended without word. */
    private static final long STALE_MS = 40_000;

    private final KeptSubscriptions kept;
    private final TimerQueue timers;
    private final ContactList.User user;
    private final Calls[] calls;
    private int count;
    private final DialogInfoReader reader = new DialogInfoReader();
    private final MediaTypeView type = new MediaTypeView();
    private final Slice slice = new Slice();
    private long badDocuments;

    CallWatch(KeptSubscriptions kept, TimerQueue timers, int capacity, ContactList.User user) {
        this.kept = kept;
        this.timers = timers;
        this.user = user;
        calls = new Calls[capacity];
    }

    TimerQueue timers() {
        return timers;
    }

    /** At boot only. */
    void add(Contact contact) {
        contact.calls = new Calls(contact, this);
        calls[count++] = contact.calls;
    }

    /** Watches those of an account; those that are watched already are looked after at once. */
    void watch(Account account, int expiresSec, long nowMs) {
        for (int i = 0; i < count; i++) {
            Calls c = calls[i];
            if (c.contact.account != account.index || !c.contact.used) {
                continue;
            }
            if (c.subscription == null) {
                Account as = account.hasServer() || c.contact.peer == null ? account : c.contact.peer;         // a phone itself knows the contact's secret
                kept.subscribe(calls.length + c.contact.index, as, DialogPackage.EVENT, DialogInfo.CONTENT_TYPE, c.contact.address, expiresSec, this, i);
            } else if (c.subscription.state() == Subscription.RETRY_WAIT) {
                c.subscription.hurry(nowMs);
            }
        }
    }

    /** Somebody is not in the book any more. */
    void leave(Contact contact, long nowMs) {
        Subscription over = contact.calls == null ? null : contact.calls.subscription;
        if (over != null) {
            contact.calls.subscription = null;
            over.unsubscribe(nowMs);
        }
    }

    @Override
    public void onBegun(int id, Subscription subscription, long nowMs) {
        calls[id].subscription = subscription;
        if (!calls[id].contact.used) {
            leave(calls[id].contact, nowMs);
        }
    }

    /** Every phone of the person may answer (RFC 4235 section 3.9). */
    @Override
    public boolean takesForks() {
        return true;
    }

    @Override
    public void onSubscription(Subscription subscription, int state, long nowMs) {
        Calls c = calls[subscription.id()];
        if (state == Subscription.FREE || state == Subscription.REFUSED) {
            c.forget(subscription);
        } else if (state == Subscription.ACTIVE) {
            c.stale.stop();
        } else if (state == Subscription.RETRY_WAIT && !c.stale.isRunning()) {
            c.stale.startAt(nowMs + STALE_MS);
        } else if (state == Subscription.NOTIFY_WAIT) {
            DialogTable table = c.table(subscription);
            if (table != null) {
                table.beginAnew();
            }
        }
        user.onContact(c.contact, nowMs);
    }

    void onStale(Calls c, long nowMs) {
        if (c.subscription != null && c.subscription.state() != Subscription.ACTIVE) {
            c.forget(c.subscription);
            user.onContact(c.contact, nowMs);
        }
    }

    @Override
    public int onNotify(Subscription subscription, SipMessage notify, long nowMs) {
        Calls c = calls[subscription.id()];
        if (notify.body(slice).isEmpty()) {
            return 200;
        }
        if (!notify.value(Header.CONTENT_TYPE, slice) || !type.wrap(slice) || !type.is(DialogInfo.CONTENT_TYPE)) {
            badDocuments++;
            return 415;
        }
        DialogTable table = c.table(subscription);
        if (table == null) {
            return 200;                                 // more phones than are heard
        }
        if (table.take(notify.body(slice), reader) != DialogInfoReader.GOOD) {
            badDocuments++;
            return 400;
        }
        if (table.hasGap()) {
            subscription.askAgain();
        }
        user.onContact(c.contact, nowMs);
        return 200;
    }

    long badDocuments() {
        return badDocuments;
    }
}
