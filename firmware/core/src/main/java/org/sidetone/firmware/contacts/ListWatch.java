package org.sidetone.firmware.contacts;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.filter.SimpleFilters;
import org.sidetone.doc.lists.BookList;
import org.sidetone.doc.lists.BookService;
import org.sidetone.doc.lists.People;
import org.sidetone.doc.lists.RecipientList;
import org.sidetone.doc.rlmi.ListNotification;
import org.sidetone.doc.rlmi.Rlmi;
import org.sidetone.event.Subscription;
import org.sidetone.firmware.keeping.KeptSubscriptions;
import org.sidetone.msg.MediaTypeView;
import org.sidetone.presence.PresencePackage;
import org.sidetone.sip.Header;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.ua.Account;
import org.sidetone.time.Timer;
import org.sidetone.time.TimerQueue;
import org.sidetone.xcap.XcapClient;
import org.sidetone.xcap.XcapDocument;
import org.sidetone.xcap.XcapEdit;

/**
 * Watches all contacts of an account by one subscription (RFC 4662): the book that is on the XCAP server is given an address there, and that is subscribed to; without an XCAP
 * server the SUBSCRIBE brings the list along (RFC 5367). A server that has no lists, or tells more at once than there is room for, or takes none, or is not to be had soon, leaves the contacts to be watched one by one until the next
 * boot.
 */
public final class ListWatch extends KeptSubscriptions.User implements XcapDocument.Owner, People, ListNotification.User, Timer.Owner {
    /** Told when lists turn out not to be had. */
    public interface User {
        void onNoList(Account account, long nowMs);
    }

    private static final byte[] ACCEPT = Ascii.bytes("application/pidf+xml, application/rlmi+xml, multipart/related");
    private static final byte[] BOOK = Ascii.bytes("-book");
    private static final String PRESENCE = "presence";
    private static final long NONE = -1;
    /** How long the server may take to have the list. */
    private static final long PATIENCE_MS = 15_000;
    private static final int BYTES_OF_ONE = 320;
    private static final int BYTES_OF_ALL = 256;
    private static final int MOST_BYTES = 4096;
    private static final String BOOK_SELECTOR = "resource-lists/list%5b@name=%22book%22%5d";

    private final KeptSubscriptions kept;
    private final int place;
    private final ContactList contacts;
    private final Account account;
    private final User user;
    /** Null: there is no XCAP server. */
    private final XcapDocument document;
    /** The list that a SUBSCRIBE brings along; null: it is on the server, or does not fit. */
    private final byte[] brought;
    private final BookService service = new BookService();
    private final ListNotification reader = new ListNotification();
    private final FixedText uri = new FixedText(160);
    /** Where the book is on the XCAP server. */
    private final FixedText book = new FixedText(512);
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private final Slice nothing = new Slice();
    private final Slice body = new Slice();
    private Subscription subscription;
    private final Timer patience;
    private boolean asked;
    private boolean given;
    private boolean inStep;
    private boolean changed;
    private int expires;
    private long version = NONE;
    private Contact contact;
    private long now;
    private long badDocuments;
    private long gaps;

    /** @param xcap null: there is none, and the list is brought along. @param place that the subscription is kept at. At boot only, when the contacts are known */
    public ListWatch(XcapClient xcap, KeptSubscriptions kept, int place, ContactList contacts, Account account, TimerQueue timers, User user) {
        this.kept = kept;
        this.place = place;
        this.contacts = contacts;
        this.account = account;
        this.user = user;
        patience = new Timer(timers, this);
        document = xcap == null ? null : new XcapDocument(xcap, BookService.AUID, BookService.CONTENT_TYPE, MOST_BYTES, this);
        brought = xcap == null ? list() : null;
        if (xcap != null) {
            xcap.putUri(book.sink(sink), BookList.AUID, BOOK_SELECTOR);
            if (!book.take(sink)) {
                throw new IllegalArgumentException("the XCAP root or the address is too long");
            }
        }
    }

    /** Whether the SUBSCRIBE brings the list along, which then is as it was at boot. */
    boolean isBrought() {
        return brought != null;
    }

    private byte[] list() {
        byte[] room = new byte[BYTES_OF_ALL + BYTES_OF_ONE * contacts.count()];
        sink.wrap(room);
        RecipientList.write(this, sink);
        byte[] out = new byte[sink.overflowed() ? 0 : sink.length()];
        System.arraycopy(room, 0, out, 0, out.length);
        return out.length == 0 ? null : out;
    }

    /** Watches, or looks after it at once. */
    public void watch(int expiresSec, long nowMs) {
        expires = expiresSec;
        if (given) {
            user.onNoList(account, nowMs);
        } else if (subscription != null) {
            if (subscription.state() == Subscription.RETRY_WAIT || subscription.isDoubtful()) {
                subscription.hurry(nowMs);
            }
        } else if (!asked) {
            asked = true;
            if (document == null) {
                askTheDomain(nowMs);
                return;
            }
            name();
            patience.startAt(nowMs + PATIENCE_MS);
            if (inStep) {
                document.change(nowMs);
            }
        }
    }

    /** The server's book says what ours says; who watches it is to be told so. */
    public void onBookInStep(long nowMs) {
        boolean first = !inStep;
        inStep = true;
        if (first && asked && document != null && !given) {
            document.change(nowMs);
        } else if (changed && subscription != null) {
            changed = false;
            subscription.askAgain(nowMs);                        // what was told before somebody came was not listened to; and not every server looks by itself
        }
    }

    /** The book is another. */
    public void onBook() {
        changed = true;
    }

    /** {@code sip:example.test} takes a list that is brought along. */
    private void askTheDomain(long nowMs) {
        if (brought == null) {
            giveUp(nowMs);
            return;
        }
        uri.set(account.registrar);
        subscribe();
    }

    /** {@code sip:alice-book@example.test}. */
    private void name() {
        FixedText own = account.address;
        int at = Ascii.indexOf(own.bytes(), 0, own.length(), '@');
        uri.sink(sink);
        sink.put(own.bytes(), 0, at).put(BOOK).put(own.bytes(), at, own.length() - at);
        if (!uri.take(sink)) {
            uri.clear();
        }
    }

    /** Whether the list speaks for its contacts now. */
    boolean isLive() {
        return Contact.isLive(subscription);
    }

    /** The server cannot be reached: what was heard last is doubtful. */
    void doubt(long nowMs) {
        if (subscription != null) {
            subscription.doubt(nowMs);
        }
    }

    @Override
    public void onDocument(Slice content, long nowMs) {
        // what is there is looked at when it is written anew
    }

    @Override
    public boolean write(Slice before, XcapEdit edit) {
        ByteSink out = edit.document();
        if (!service.write(uri, book, PRESENCE, before, out)) {
            edit.clear();
            service.write(uri, book, PRESENCE, nothing, edit.document());
        }
        boolean same = Ascii.equals(out.buffer(), out.start(), out.length(), before.buffer(), before.offset(), before.length());
        if (same) {
            subscribe();
        }
        return !same;
    }

    private void subscribe() {
        if (subscription == null && !given) {
            patience.stop();
            kept.subscribe(place, account, PresencePackage.EVENT, ACCEPT, uri, expires, this, 0);
        }
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        giveUp(nowMs);
        if (subscription != null) {
            subscription.unsubscribe(nowMs);
        }
    }

    @Override
    public boolean part(XcapEdit steps) {
        return false;
    }

    @Override
    public void onPut(long nowMs) {
        subscribe();
    }

    @Override
    public void onRefused(int status, FixedText why, long nowMs) {
        giveUp(nowMs);
    }

    private void giveUp(long nowMs) {
        given = true;
        patience.stop();
        user.onNoList(account, nowMs);
    }

    @Override
    public int count() {
        return contacts.count();
    }

    @Override
    public Slice address(int index, Slice out) {
        return contacts.get(index).addressOfRecord.slice(out);
    }

    @Override
    public Slice name(int index, Slice out) {
        return contacts.get(index).name.slice(out);
    }

    @Override
    public void onBegun(int id, Subscription begun, long nowMs) {
        subscription = begun;
        if (begun == null) {
            giveUp(nowMs);
        }
    }

    @Override
    public byte[] filter(int id) {
        return brought;
    }

    @Override
    public byte[] bodyType(int id) {
        return brought == null ? SimpleFilters.CONTENT_TYPE : RecipientList.CONTENT_TYPE;
    }

    @Override
    public boolean takesLists(int id) {
        return true;
    }

    @Override
    public void onSubscription(Subscription of, int state, long nowMs) {
        if (state == Subscription.NOTIFY_WAIT) {
            version = NONE;
        }
        if (state == Subscription.REFUSED || state == Subscription.FREE) {
            subscription = null;
            if (!given) {
                giveUp(nowMs);
            }
        } else if (!given) {
            contacts.onList(this, state, of, nowMs);
        }
    }

    /** The whole list at once is too much: each of its people alone is not. */
    @Override
    public void onTooLarge(Subscription of, long nowMs) {
        if (!given) {
            giveUp(nowMs);
            of.unsubscribe(nowMs);
        }
    }

    @Override
    public int onNotify(Subscription of, SipMessage notify, long nowMs) {
        if (!notify.lists(Header.REQUIRE, Rlmi.OPTION, slice)) {
            patience.startAt(nowMs);                       // whoever tells us does not know that it is a list (RFC 4662 section 4.4)
            return 200;
        }
        if (notify.bodyLength() == 0) {
            return 200;
        }
        notify.value(Header.CONTENT_TYPE, slice);
        int verdict = reader.begin(slice, notify.body(body));
        if (verdict != ListNotification.GOOD) {
            badDocuments++;
            return verdict == ListNotification.NO_LIST ? 415 : 400;
        }
        if (reader.version() <= version) {
            return 200;
        }
        if (!reader.isFull() && reader.version() > version + 1) {
            gaps++;
            of.askAgain();
        }
        version = reader.version();
        now = nowMs;
        if (reader.isFull()) {
            contacts.forgetListed(this);
        }
        reader.tell(this);
        return 200;
    }

    @Override
    public void onResource(Slice resource) {
        contact = contacts.find(resource);
    }

    @Override
    public void onInstance(int state, Slice reason, MediaTypeView type, Slice content) {
        if (contact != null && contact.account == account.index) {
            contacts.onListed(contact, this, state == Rlmi.ACTIVE ? Subscription.ACTIVE : state == Rlmi.PENDING ? Subscription.PENDING : Subscription.REFUSED, type, content, now);
        }
    }

    long badDocuments() {
        return badDocuments;
    }

    /** Notifications that were missed, so that everything was asked for again. */
    public long gaps() {
        return gaps;
    }
}
