package org.sidetone.firmware.contacts;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.bytes.Utf8;
import org.sidetone.doc.pidf.PartialPidf;
import org.sidetone.doc.pidf.PidfReader;
import org.sidetone.event.Subscriber;
import org.sidetone.event.Subscription;
import org.sidetone.firmware.keeping.KeptSubscriptions;
import org.sidetone.msg.MediaTypeView;
import org.sidetone.port.Capacity;
import org.sidetone.presence.LocalCopy;
import org.sidetone.presence.PresencePackage;
import org.sidetone.sip.Header;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SubscriptionStateView;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.UserAgent;
import org.sidetone.time.TimerQueue;
import org.sidetone.uri.UriView;

/** Every contact's presence kept up to date, as long as he is in the book. */
public final class ContactList extends KeptSubscriptions.User implements Book.Owner {
    /** Told when something of a contact changed. */
    public interface User {
        void onContact(Contact contact, long nowMs);

        /** Somebody came into the book, left it, or has another name. */
        void onBook(long nowMs);
    }

    /** How long the last state is shown at least after its subscription ended; as long as a transaction tries. */
    private static final long STALE_MS = 40_000;
    /** In the id of a subscription: it goes to the contact's phone itself. */
    private static final int DIRECT = 1 << 20;

    private final UserAgent agent;
    private final Subscriber subscriber;
    private final User user;
    private final Contact[] contacts;
    private final Book book;
    /** The list that speaks for the contacts of an account, null: none does. */
    private final ListWatch[] lists;
    private final boolean[] watching;
    private final PidfReader reader;
    private final KeptSubscriptions kept;
    private final PartialPidf pidf;
    private final MediaTypeView type = new MediaTypeView();
    private final SubscriptionStateView told = new SubscriptionStateView();
    private final UriView uri = new UriView();
    private final Slice slice = new Slice();
    private final ByteSink sink = new ByteSink();
    private final CallWatch callWatch;
    /** Null: addresses are not learnt. */
    private AddressWatch addressWatch;
    private boolean asksForLess;
    private int expires;
    private long badDocuments;

    /** @param pidf reads partial documents */
    public ContactList(UserAgent agent, Subscriber subscriber, KeptSubscriptions kept, PartialPidf pidf, Capacity capacity, User user) {
        this.kept = kept;
        this.pidf = pidf;
        this.agent = agent;
        this.subscriber = subscriber;
        this.user = user;
        reader = new PidfReader(capacity.presenceParts, capacity.presenceTextBytes);
        contacts = new Contact[capacity.contacts];
        lists = new ListWatch[capacity.accounts];
        watching = new boolean[capacity.accounts];
        for (int i = 0; i < contacts.length; i++) {
            contacts[i] = new Contact(this, i);
        }
        book = new Book(contacts, capacity.accounts, this);
        byte[] scratch = new byte[capacity.partialBytes];
        for (int i = 0; i < Math.min(contacts.length, capacity.partialDocuments); i++) {
            contacts[i].copy = new LocalCopy(capacity.partialBytes, scratch);
        }
        callWatch = new CallWatch(kept, agent.timers(), contacts.length, user);
    }

    /** Places that subscriptions for so many contacts are kept at: presence, calls, addresses. */
    public static int places(Capacity capacity) {
        return 3 * capacity.contacts;
    }

    TimerQueue timers() {
        return agent.timers();
    }

    /** Who is in it: there people are added, renamed and removed. */
    public Book book() {
        return book;
    }

    /** Adds a contact of the settings. @param name empty: the user part of the address. @return null when the book is full or the address is none */
    public Contact add(String address, String name, int account) {
        return book.add(address, name, account);
    }

    /** How many are in the book. */
    public int count() {
        return book.count();
    }

    /** @param index up to {@link #count()}: not his place */
    public Contact get(int index) {
        return book.get(index);
    }

    /** The contact with an address, or null. */
    public Contact find(Slice address) {
        return book.find(address);
    }

    @Override
    public void onBook(long nowMs) {
        user.onBook(nowMs);
    }

    @Override
    public void onCome(Contact c, long nowMs) {
        c.listed = Subscription.FREE;
        c.list = lists[c.account] == null || lists[c.account].isBrought() ? null : lists[c.account];
        if (watching[c.account]) {
            watch(agent.account(c.account), expires, nowMs);
        }
        user.onContact(c, nowMs);
    }

    @Override
    public void onGone(Contact c, long nowMs) {
        c.stale.stop();
        c.presence.clear();
        c.learnt.clear();
        c.list = null;
        if (c.subscription != null) {
            c.subscription.unsubscribe(nowMs);
        }
        if (c.directSubscription != null) {
            c.directSubscription.unsubscribe(nowMs);
        }
        callWatch.leave(c, nowMs);
        if (addressWatch != null) {
            addressWatch.leave(c, nowMs);
        }
    }

    /**
     * Says where a contact's phone is reached without a server, and by which secret. At boot only.
     * @return false when the address is none or something is too long
     */
    public boolean setDirect(Contact c, String uriText, String secret) {
        byte[] text = Utf8.bytes(uriText);
        boolean good = (text.length == 0 || uri.wrap(text, 0, text.length) && uri.isSip()) && c.direct.set(text) && c.setSecret(secret);
        if (good && (text.length > 0 || secret.length() > 0)) {
            Account account = agent.account(c.account);
            c.peer = agent.peerOf(account);
            int colon = Ascii.indexOf(account.address.bytes(), 0, account.address.length(), ':') + 1;
            c.peer.credentials.username.set(account.address.bytes(), colon, account.address.length() - colon);
            c.peer.credentials.password.set(secret);
        }
        return good;
    }

    /** From now on the lamp shows the contact's calls too. At boot only. */
    public void showCalls(Contact c) {
        callWatch.add(c);
    }

    /** From now on asks the server to leave out what the display does not show: where the way to it is slow or costs. At boot only. */
    public void askForLess() {
        asksForLess = true;
    }

    /** From now on learns where the contacts' phones are, from a server that tells. At boot only. */
    public void learnAddresses() {
        addressWatch = new AddressWatch(kept, this, contacts.length);
    }

    /** Watches the contacts of an account; those that are watched already are looked after at once. */
    public void watch(Account account, int expiresSec, long nowMs) {
        expires = expiresSec;
        watching[account.index] = true;
        callWatch.watch(account, expiresSec, nowMs);
        if (addressWatch != null) {
            addressWatch.watch(account, expiresSec, nowMs);
        }
        for (int i = 0; i < book.count(); i++) {
            Contact c = book.get(i);
            if (c.account != account.index || c.list != null) {
                continue;
            }
            if (c.subscription == null && !account.hasServer()) {
                watchDirectly(c, c.direct.isEmpty() ? c.address : c.direct, nowMs);
            } else if (c.subscription == null) {
                byte[] accept = c.copy == null ? PidfReader.CONTENT_TYPE : PartialPidf.ACCEPT;
                c.beginning = true;
                kept.subscribe(c.index, account, PresencePackage.EVENT, accept, c.address, expiresSec, this, c.index);
            } else if (c.subscription.state() == Subscription.RETRY_WAIT || c.subscription.isDoubtful()) {
                c.subscription.hurry(nowMs);
            }
        }
    }

    /** The server is not to be had: contacts whose phones are known are watched there until it is back. */
    public void watchWithoutServer(Account account, int expiresSec, long nowMs) {
        expires = expiresSec;
        for (int i = 0; i < book.count(); i++) {
            if (book.get(i).account == account.index) {
                if (book.get(i).list != null) {
                    book.get(i).list.doubt(nowMs);
                }
                if (book.get(i).subscription != null) {
                    book.get(i).subscription.doubt(nowMs);
                }
                watchDirectly(book.get(i), book.get(i).whereabouts(), nowMs);
            }
        }
    }

    /** From now on a list speaks for the contacts of an account, or, null, none does any more. */
    public void setList(Account account, ListWatch list) {
        lists[account.index] = list;
        for (int i = 0; i < book.count(); i++) {
            if (book.get(i).account == account.index) {
                book.get(i).list = list;
                book.get(i).listed = Subscription.FREE;
            }
        }
    }

    /** The subscription to a list is in another state. */
    void onList(ListWatch list, int state, Subscription subscription, long nowMs) {
        boolean live = list.isLive();
        for (int i = 0; i < book.count(); i++) {
            Contact c = book.get(i);
            if (c.list != list) {
                continue;
            }
            if (live) {
                onServed(c, nowMs);
            } else if (state == Subscription.RETRY_WAIT || subscription.isDoubtful()) {
                watchDirectly(c, c.whereabouts(), nowMs);
                if (!c.stale.isRunning()) {
                    c.stale.startAt(Math.max(nowMs + STALE_MS, subscription.goodUntilMs()));
                }
            }
            user.onContact(c, nowMs);
        }
    }

    /** The server speaks for a contact again. */
    private static void onServed(Contact c, long nowMs) {
        if (c.isListed()) {
            c.stale.stop();
            if (c.directSubscription != null) {
                Subscription over = c.directSubscription;
                c.directSubscription = null;
                over.unsubscribe(nowMs);
            }
        }
    }

    /** Everything is told anew. */
    void forgetListed(ListWatch list) {
        for (int i = 0; i < book.count(); i++) {
            if (book.get(i).list == list) {
                book.get(i).listed = Subscription.FREE;
            }
        }
    }

    /** What a list says of a contact. @param type null: nothing of his presence. */
    void onListed(Contact c, ListWatch list, int state, MediaTypeView contentType, Slice content, long nowMs) {
        c.listed = state;
        onServed(c, nowMs);
        if (state != Subscription.ACTIVE || content.isEmpty()) {
            c.presence.clear();
        } else if (contentType == null || !contentType.is(PidfReader.CONTENT_TYPE) || reader.read(content) != PidfReader.GOOD) {
            badDocuments++;
            return;
        } else {
            c.presence.take(reader.document(), agent.unixSec(nowMs));
        }
        user.onContact(c, nowMs);
    }

    private void watchDirectly(Contact c, FixedText at, long nowMs) {
        if (c.directSubscription == null && !at.isEmpty()) {
            Account as = c.peer == null ? agent.account(c.account) : c.peer;
            c.directSubscription = subscriber.subscribe(as, PresencePackage.EVENT, PidfReader.CONTENT_TYPE, at.slice(slice), expires, this,
                    c.index | DIRECT, nowMs);
        }
    }

    @Override
    public void onBegun(int id, Subscription subscription, long nowMs) {
        Contact c = contacts[id];
        c.beginning = false;
        c.subscription = subscription;
        if (!c.used && subscription != null) {
            subscription.unsubscribe(nowMs);
        }
    }

    /** Where the book was told to ask for less: without what the display does not show. */
    @Override
    public byte[] filter(int id) {
        return asksForLess ? PresencePackage.LEAN_FILTER : null;
    }

    @Override
    public void onSubscription(Subscription subscription, int state, long nowMs) {
        Contact c = contacts[subscription.id() & ~DIRECT];
        boolean direct = (subscription.id() & DIRECT) != 0;
        if (!c.used) {
            onLeft(c, subscription, state, nowMs);
            return;
        }
        if (!direct && state == Subscription.FREE && subscription == c.subscription) {
            c.subscription = null;                      // he left the book and came back before that was over
            c.beginning = false;
            watch(agent.account(c.account), expires, nowMs);
        }
        if (!direct && state == Subscription.NOTIFY_WAIT && c.copy != null) {
            c.copy.beginAnew();
        }
        if (direct && state == Subscription.FREE && subscription == c.directSubscription) {
            c.directSubscription = null;
        }
        if (!direct && state == Subscription.ACTIVE && !subscription.isDoubtful() && c.directSubscription != null) {
            Subscription over = c.directSubscription;
            c.directSubscription = null;
            over.unsubscribe(nowMs);
        } else if (!direct && (state == Subscription.RETRY_WAIT || subscription.isDoubtful())) {
            watchDirectly(c, c.whereabouts(), nowMs);
        }
        if (direct && (Contact.isLive(c.subscription) || c.isListed())) {
            return;                                     // the server speaks for the contact again
        }
        if (c.subscriptionState() == Subscription.ACTIVE) {
            c.stale.stop();
        } else if (c.subscriptionState() == Subscription.PENDING || state == Subscription.REFUSED && !c.isCovered(direct) || state == Subscription.FREE && !direct) {
            c.presence.clear();
        } else if (!c.stale.isRunning() && state == Subscription.RETRY_WAIT) {
            c.stale.startAt(Math.max(nowMs + STALE_MS, subscription.goodUntilMs()));
        }
        user.onContact(c, nowMs);
    }

    /** What becomes of a subscription to somebody who is in the book no longer. */
    private static void onLeft(Contact c, Subscription subscription, int state, long nowMs) {
        if (state == Subscription.REFUSED) {
            subscription.unsubscribe(nowMs);
        } else if (state == Subscription.FREE && subscription == c.subscription) {
            c.subscription = null;
        } else if (state == Subscription.FREE && subscription == c.directSubscription) {
            c.directSubscription = null;
        }
    }

    void onStale(Contact c, long nowMs) {
        if (c.subscriptionState() != Subscription.ACTIVE) {
            c.presence.clear();
            user.onContact(c, nowMs);
        }
    }

    @Override
    public int onNotify(Subscription subscription, SipMessage notify, long nowMs) {
        Contact c = contacts[subscription.id() & ~DIRECT];
        notify.subscriptionState(told);
        notify.body(slice);
        if (subscription.isUnchanged(notify) || c.isListed() || !c.used) {
            return 200;
        }
        if (slice.isEmpty()) {
            // nothing published, or a state that is not ours to see
            boolean waits = told.state() == SubscriptionStateView.PENDING && (subscription.id() & DIRECT) != 0 && c.subscription != null;
            if (told.state() != SubscriptionStateView.TERMINATED && !waits) {
                c.presence.clear();
                user.onContact(c, nowMs);
            }
            return 200;
        }
        boolean copied = c.copy != null && subscription == c.subscription;
        boolean typed = notify.value(Header.CONTENT_TYPE, slice) && type.wrap(slice);
        boolean partial = typed && copied && type.is(PartialPidf.CONTENT_TYPE);
        if (!partial && !(typed && type.is(PidfReader.CONTENT_TYPE))) {
            badDocuments++;
            return 415;
        }
        notify.body(slice);
        if (partial) {
            int taken = c.copy.take(slice, pidf);
            if (taken == LocalCopy.GAP || taken == LocalCopy.BROKEN) {
                subscription.askAgain();
            }
            if (taken == LocalCopy.BAD) {
                badDocuments++;
                return 400;
            }
            if (taken != LocalCopy.TAKEN) {
                return 200;
            }
            c.copy.document(slice);
        } else if (copied) {
            c.copy.forget();
        }
        if (reader.read(slice) != PidfReader.GOOD) {
            badDocuments++;
            return 400;
        }
        c.presence.take(reader.document(), agent.unixSec(nowMs));
        user.onContact(c, nowMs);
        return 200;
    }

    /** Documents that could not be read. */
    public long badDocuments() {
        return badDocuments + callWatch.badDocuments() + (addressWatch == null ? 0 : addressWatch.badDocuments());
    }
}
