package org.sidetone.firmware.contacts;

import org.sidetone.bytes.Slice;
import org.sidetone.doc.reginfo.Reginfo;
import org.sidetone.doc.reginfo.ReginfoReader;
import org.sidetone.event.Subscription;
import org.sidetone.event.reg.RegistrationPackage;
import org.sidetone.firmware.keeping.KeptSubscriptions;
import org.sidetone.msg.MediaTypeView;
import org.sidetone.sip.Header;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.ua.Account;

/**
 * Learns where the contacts' phones are while the server can still tell (RFC 3680), so that they are found when it is away. What was
 * learnt outlives the subscription: that is what it is for.
 */
final class AddressWatch extends KeptSubscriptions.User implements ReginfoReader.User {
    private final KeptSubscriptions kept;
    private final ContactList contacts;
    private final Subscription[] subscriptions;
    private final ReginfoReader reader = new ReginfoReader();
    private final MediaTypeView type = new MediaTypeView();
    private final Slice slice = new Slice();
    /** Whose document is read. */
    private Contact contact;
    private long badDocuments;

    AddressWatch(KeptSubscriptions kept, ContactList contacts, int capacity) {
        this.kept = kept;
        this.contacts = contacts;
        subscriptions = new Subscription[capacity];
    }

    /** Watches the registrations of an account's contacts; one whose server does not tell is left alone. */
    void watch(Account account, int expiresSec, long nowMs) {
        for (int i = 0; i < contacts.count(); i++) {
            Contact c = contacts.get(i);
            if (c.account != account.index || !c.direct.isEmpty()) {
                continue;
            }
            Subscription s = subscriptions[c.index];
            if (s == null) {
                kept.subscribe(2 * subscriptions.length + c.index, account, RegistrationPackage.EVENT, Reginfo.CONTENT_TYPE, c.address, expiresSec, this, c.index);
            } else if (s.state() == Subscription.RETRY_WAIT) {
                s.hurry(nowMs);
            }
        }
    }

    /** Somebody is not in the book any more. */
    void leave(Contact c, long nowMs) {
        Subscription over = subscriptions[c.index];
        if (over != null) {
            subscriptions[c.index] = null;
            over.unsubscribe(nowMs);
        }
    }

    @Override
    public void onBegun(int id, Subscription subscription, long nowMs) {
        subscriptions[id] = subscription;
        if (!contacts.book().at(id).used) {
            leave(contacts.book().at(id), nowMs);
        }
    }

    @Override
    public void onSubscription(Subscription subscription, int state, long nowMs) {
        // what was learnt stays
    }

    @Override
    public int onNotify(Subscription subscription, SipMessage notify, long nowMs) {
        if (notify.body(slice).isEmpty()) {
            return 200;
        }
        if (!notify.value(Header.CONTENT_TYPE, slice) || !type.wrap(slice) || !type.is(Reginfo.CONTENT_TYPE)) {
            badDocuments++;
            return 415;
        }
        contact = contacts.book().at(subscription.id());
        if (subscription != subscriptions[contact.index]) {
            return 200;                                 // of somebody who was there before
        }
        if (reader.read(notify.body(slice), this) != ReginfoReader.GOOD) {
            badDocuments++;
            return 400;
        }
        return 200;
    }

    @Override
    public void onRegistration(Slice addressOfRecord, int state) {
        if (state == Reginfo.TERMINATED && contact.is(addressOfRecord)) {
            contact.learnt.clear();
        }
    }

    /** The last active one of a document is as good as any. */
    @Override
    public void onContact(Slice uri, int state, int event, long expiresSec, long retryAfterSec) {
        if (state == Reginfo.ACTIVE) {
            contact.learnt.set(uri);
        } else if (contact.learnt.equals(uri)) {
            contact.learnt.clear();
        }
    }

    long badDocuments() {
        return badDocuments;
    }
}
