package org.sidetone.firmware.contacts;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.pidf.Activity;
import org.sidetone.doc.pidf.Presence;
import org.sidetone.event.Subscription;
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

    private static final int BUSY_ACTIVITIES = Activity.BUSY | Activity.ON_THE_PHONE | Activity.MEETING | Activity.APPOINTMENT
            | Activity.PRESENTATION | Activity.PERFORMANCE | Activity.WORSHIP;
    private static final int AWAY_ACTIVITIES = Activity.AWAY | Activity.BREAKFAST | Activity.DINNER | Activity.HOLIDAY
            | Activity.IN_TRANSIT | Activity.MEAL | Activity.PERMANENT_ABSENCE | Activity.SHOPPING | Activity.SLEEPING
            | Activity.SPECTATOR | Activity.STEERING | Activity.TRAVEL | Activity.TV | Activity.VACATION;

    private final ContactList list;
    public final int index;
    public final FixedText address = new FixedText(160);
    public final FixedText name = new FixedText(64);
    final Presence presence = new Presence();
    final Timer stale;
    int account;
    boolean used;
    Subscription subscription;

    Contact(ContactList list, int index) {
        this.list = list;
        this.index = index;
        stale = new Timer(list.timers(), this);
    }

    public int account() {
        return account;
    }

    /** One of the states above. */
    public int state() {
        if (subscription == null || subscription.state() == Subscription.REFUSED) {
            return OFFLINE;
        }
        if (subscription.state() == Subscription.PENDING) {
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
            case BUSY: return presence.isDoing(Activity.ON_THE_PHONE) ? "On the phone"
                    : presence.isDoing(Activity.MEETING) ? "Meeting" : "Busy";
            case AWAY: return presence.isDoing(AWAY_ACTIVITIES) ? "Away" : "Idle";
            case PENDING: return "Asked";
            default: return subscription != null && subscription.state() == Subscription.REFUSED ? "Refused" : "Offline";
        }
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
        return subscription == null ? Subscription.FREE : subscription.state();
    }

    /** Whether a URI is this contact's. */
    public boolean is(Slice uri) {
        return address.equals(uri);
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        list.onStale(this, nowMs);
    }
}
