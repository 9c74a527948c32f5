package org.sidetone.firmware.contacts;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.pidf.Activity;
import org.sidetone.doc.pidf.Presence;
import org.sidetone.event.Subscription;
import org.sidetone.presence.LocalCopy;
import org.sidetone.sip.ua.Account;
import org.sidetone.time.Timer;

/** One person. */
public final class Contact implements Timer.Owner {
    /** Offline, unknown, not registered, or the subscription was refused. */
    public static final int OFFLINE = 0;
    public static final int AVAILABLE = 1;
    public static final int AWAY = 2;
    public static final int BUSY = 3;
    /** Waiting for the contact's permission. */
    public static final int PENDING = 4;
    /** A call comes in at the contact's phone. */
    public static final int RINGING = 5;
    /** In a call that is on hold. */
    public static final int HELD = 6;

    private static final int BUSY_ACTIVITIES = Activity.BUSY | Activity.ON_THE_PHONE | Activity.MEETING | Activity.APPOINTMENT
            | Activity.PRESENTATION | Activity.PERFORMANCE | Activity.WORSHIP;
    private static final int AWAY_ACTIVITIES = Activity.AWAY | Activity.BREAKFAST | Activity.DINNER | Activity.HOLIDAY
            | Activity.IN_TRANSIT | Activity.MEAL | Activity.PERMANENT_ABSENCE | Activity.SHOPPING | Activity.SLEEPING
            | Activity.SPECTATOR | Activity.STEERING | Activity.TRAVEL | Activity.TV | Activity.VACATION;

    /** The server's book says the same of him, or there is no such. */
    static final int SAME = 0;
    /** He is not in the server's book yet. */
    static final int ADDED = 1;
    /** The server's book has another name for him. */
    static final int RENAMED = 2;
    /** The server's book still has him. */
    static final int REMOVED = 3;
    /** He is in the settings, and the owner does not want him. */
    static final int GONE = 4;

    private final ContactList book;
    /** Place in the book, from 0 on, which his lamp key is known by. */
    public final int index;
    public final FixedText address = new FixedText(160);
    /** The address without its port: who asks is known by that. */
    final FixedText addressOfRecord = new FixedText(160);
    public final FixedText name = new FixedText(64);
    final Presence presence = new Presence();
    /** Messages and chat offers of his. */
    final RateLimit heard = new RateLimit();
    final Timer stale;
    /** Where the person's phone is reached without a server; may be empty. */
    final FixedText direct = new FixedText(160);
    /** Where it was registered when that was last heard of; may be empty. */
    final FixedText learnt = new FixedText(160);
    private final FixedText secret = new FixedText(64);
    private final FixedText nobody = new FixedText(0);
    /** For requests to the person's phone itself. */
    Account peer;
    Subscription directSubscription;
    int account;
    /** Whether he is in the book; otherwise the place is free, or somebody who was there is not done with. */
    boolean used;
    /** Whether he comes from the settings. */
    boolean fixed;
    /** Whether the owner gave him his name. */
    boolean named;
    /** Whether that is another name than the server's book had when he was removed. */
    boolean renamedBefore;
    /** What the owner did with him that the server's book does not say yet, one of the above. */
    int edit = SAME;
    /** Whether that is on its way to the server. */
    boolean sending;
    /** Whether the server does not take it. */
    boolean refused;
    /** Whether {@link #subscription} is about to begin. */
    boolean beginning;
    Subscription subscription;
    /** Null: no list speaks for him. */
    ListWatch list;
    /** What the list says of the subscription, a state of {@link Subscription}. */
    int listed = Subscription.FREE;
    /** Null: the server tells the whole document every time. */
    LocalCopy copy;
    /** Null: the lamp does not show calls. */
    Calls calls;

    Contact(ContactList book, int index) {
        this.book = book;
        this.index = index;
        stale = new Timer(book.timers(), this);
    }

    public int account() {
        return account;
    }

    /** Whether he is in the book. */
    public boolean isInBook() {
        return used;
    }

    /** Whether somebody new can take the place. */
    boolean isFree() {
        return !used && edit == SAME && subscription == null && directSubscription == null && !beginning;
    }

    /** The address by which the server knows him. */
    FixedText publicAddress() {
        return addressOfRecord.isEmpty() ? address : addressOfRecord;
    }

    /** One of the states above. */
    public int state() {
        int call = calls == null ? Calls.NONE : calls.state();
        if (call != Calls.NONE) {
            return call == Calls.RINGING ? RINGING : call == Calls.HELD ? HELD : BUSY;
        }
        if (subscriptionState() == Subscription.PENDING) {
            return PENDING;
        }
        if (presence.basic() != Presence.OPEN) {
            return OFFLINE;
        }
        return presence.isDoing(BUSY_ACTIVITIES) ? BUSY
                : presence.isDoing(AWAY_ACTIVITIES) || presence.isIdle() ? AWAY : AVAILABLE;
    }

    /** The state in a word. */
    public String stateName() {
        switch (state()) {
            case AVAILABLE: return "Available";
            case RINGING: return "Ringing";
            case HELD: return "On hold";
            case BUSY: return presence.isDoing(Activity.ON_THE_PHONE) || isInCall() ? "On the phone"
                    : presence.isDoing(Activity.MEETING) ? "Meeting" : "Busy";
            case AWAY: return presence.isDoing(AWAY_ACTIVITIES) ? "Away" : "Idle";
            case PENDING: return "Asked";
            default: return subscriptionState() == Subscription.REFUSED ? "Refused" : "Offline";
        }
    }

    private boolean isInCall() {
        return calls != null && calls.state() != Calls.NONE;
    }

    /** Who the contact's call is with, where that is told; else empty. */
    public FixedText callPeer() {
        return calls == null ? nobody : calls.peer();
    }

    /** What the contact's document says; nothing while there is none. */
    public Presence presence() {
        return presence;
    }

    /** What the person says of it; may be empty. */
    public FixedText note() {
        return presence.note;
    }

    /** State of the subscription, of {@link Subscription}. */
    public int subscriptionState() {
        return isListed() ? listed : source() == null ? Subscription.FREE : source().state();
    }

    /** Whether a list speaks for the contact just now. */
    boolean isListed() {
        return list != null && listed != Subscription.FREE && list.isLive();
    }

    /** The subscription that speaks for the contact: the server's, unless only the direct one has something to say. */
    Subscription source() {
        boolean served = isLive(subscription);
        boolean direct = directSubscription != null && directSubscription.state() == Subscription.ACTIVE;
        return !served && (direct || subscription == null) ? directSubscription : subscription;
    }

    /** Whether the other of the two ways to the contact may still have something to say when one of them is refused. */
    boolean isCovered(boolean directIsRefused) {
        return directIsRefused ? subscription != null : isLive(directSubscription);
    }

    /** Whether what is shown is the last that was heard, and nobody is there just now to say more. */
    public boolean isStale() {
        return (subscriptionState() != Subscription.ACTIVE || !isListed() && source().isDoubtful()) && presence.basic() == Presence.OPEN;
    }

    /** Appends the state in a word, with a question mark when it {@link #isStale}. */
    public ByteSink putState(ByteSink out) {
        return isStale() && subscriptionState() != Subscription.PENDING ? out.put(stateName()).put('?') : out.put(stateName());
    }

    static boolean isLive(Subscription s) {
        return s != null && (s.state() == Subscription.ACTIVE || s.state() == Subscription.PENDING) && !s.isDoubtful();
    }

    /** Where the person's phone is reached without a server: as was set, else as was learnt; may be empty. */
    FixedText whereabouts() {
        return direct.isEmpty() ? learnt : direct;
    }

    public boolean hasSecret() {
        return !secret.isEmpty();
    }

    public FixedText secret() {
        return secret;
    }

    boolean setSecret(String value) {
        return secret.set(value);
    }

    /** Whether a name of a challenge's answer is this contact's: its address without the scheme. */
    public boolean isNamed(Slice name) {
        int colon = Ascii.indexOf(address.bytes(), 0, address.length(), ':') + 1;
        return Ascii.equals(address.bytes(), colon, address.length() - colon, name.buffer(), name.offset(), name.length());
    }

    public boolean isNamed(FixedText name) {
        int colon = Ascii.indexOf(address.bytes(), 0, address.length(), ':') + 1;
        return Ascii.equals(address.bytes(), colon, address.length() - colon, name.bytes(), 0, name.length());
    }

    /** Whether a URI is this contact's. */
    public boolean is(Slice uri) {
        return address.equals(uri) || addressOfRecord.equals(uri);
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        book.onStale(this, nowMs);
    }
}
