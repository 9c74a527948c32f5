package org.sidetone.doc.pidf;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;

/**
 * What a presence document says of one presentity at a time, in what a lamp and a small display need. Owned by its maker.
 * Several services, persons and devices come down to one word each by these rules: any open service makes the whole open; activities are the
 * persons', or else the services'; idle is who says idle while nobody says active; the note is of the activities, else of the person, else of
 * an open service, else of any service, else of the document.
 */
public final class Presence {
    /** Announcements that are kept. */
    public static final int AHEAD = 3;
    public static final int UNKNOWN = 0;
    public static final int OPEN = 1;
    public static final int CLOSED = 2;

    private static final Slice NO_LANGUAGE = new Slice();

    /** {@code pres:} or {@code sip:} URI of the presentity. */
    public final FixedText entity = new FixedText(160);
    public final FixedText note = new FixedText(120);
    /** {@code display-name} of RFC 4482. */
    public final FixedText displayName = new FixedText(48);
    /** Contact of the open service with the highest priority. */
    public final FixedText contact = new FixedText(160);
    private int basic;
    private int activities;
    private boolean idle;
    private boolean active;
    private int services;
    private int mood;
    private int placeType;
    private int sphere;
    private int timeOffsetMin;
    private boolean hasTimeOffset;
    private long sinceSec;
    private long untilSec;
    /** What is announced, the earliest first; two may be about the same time (RFC 4481 section 3). */
    private final Announcement[] announced = new Announcement[AHEAD];
    private int ahead;

    public Presence() {
        for (int i = 0; i < AHEAD; i++) {
            announced[i] = new Announcement();
        }
        clear();
    }

    public void clear() {
        entity.clear();
        note.clear();
        displayName.clear();
        contact.clear();
        basic = UNKNOWN;
        activities = 0;
        idle = false;
        active = false;
        services = 0;
        mood = Rpid.NOT_SAID;
        placeType = Rpid.NOT_SAID;
        sphere = Rpid.NOT_SAID;
        hasTimeOffset = false;
        timeOffsetMin = 0;
        sinceSec = Period.OPEN;
        untilSec = Period.OPEN;
        ahead = 0;
    }

    /** Becomes what a document says at a time; elements whose from and until leave that time out do not count. @param unixSec negative: the time is not known */
    public void take(PresenceDocument d, long unixSec) {
        clear();
        entity.set(d.entity);
        for (int i = 0; i < d.count(); i++) {
            Component c = d.component(i);
            if (c.kind == Component.PERSON && !c.isBeyondUs) {
                person(c, unixSec);
            }
        }
        int bestPriority = -2;
        boolean personSays = activities != 0;
        for (int i = 0; i < d.count(); i++) {
            Component c = d.component(i);
            if (c.isBeyondUs || c.kind == Component.PERSON) {
                continue;
            }
            rich(c.rpid, unixSec, !personSays);
            if (c.kind == Component.SERVICE) {
                service(c);
                timed(c, unixSec);
                if (c.basic == OPEN && c.priority > bestPriority && contact.set(c.contact)) {
                    bestPriority = c.priority;
                }
            }
        }
        for (int wanted = OPEN; wanted <= CLOSED && note.isEmpty(); wanted++) {
            for (int i = 0; i < d.count(); i++) {
                Component c = d.component(i);
                if (c.kind == Component.SERVICE && !c.isBeyondUs && (c.basic == OPEN) == (wanted == OPEN)) {
                    takeNote(c.notes);
                }
            }
        }
        takeNote(d.notes);
    }

    private void person(Component c, long unixSec) {
        rich(c.rpid, unixSec, true);
        takeNote(c.notes);
        if (displayName.isEmpty()) {
            displayName.set(c.cipid.displayName);
        }
    }

    private void rich(Rpid r, long unixSec, boolean withActivities) {
        if (withActivities && r.hasActivities && r.activityPeriod.covers(unixSec)) {
            activities |= r.activities;
            sinceSec = r.activityPeriod.fromSec != Period.OPEN ? r.activityPeriod.fromSec : sinceSec;
            untilSec = r.activityPeriod.untilSec != Period.OPEN ? r.activityPeriod.untilSec : untilSec;
            takeNote(r.activityNotes);
        }
        if (mood == Rpid.NOT_SAID && r.moodCount > 0 && r.moodPeriod.covers(unixSec)) {
            mood = r.moods[0];
        }
        if (placeType == Rpid.NOT_SAID && r.placeTypePeriod.covers(unixSec)) {
            placeType = r.placeType;
        }
        if (sphere == Rpid.NOT_SAID && r.spherePeriod.covers(unixSec)) {
            sphere = r.sphere;
        }
        if (r.hasTimeOffset && !hasTimeOffset && r.timeOffsetPeriod.covers(unixSec)) {
            hasTimeOffset = true;
            timeOffsetMin = r.timeOffsetMin;
        }
        active |= r.userInput == Rpid.ACTIVE;
        idle |= r.userInput == Rpid.IDLE;
        if (r.userInput == Rpid.IDLE && sinceSec == Period.OPEN) {
            sinceSec = r.lastInputSec;
        }
    }

    private void service(Component c) {
        addBasic(c.basic);
        if (sinceSec == Period.OPEN && c.basic == basic) {
            sinceSec = c.timestampSec;
        }
        if (displayName.isEmpty()) {
            displayName.set(c.cipid.displayName);
        }
    }

    /** The next things to come; what is past or now is not the future. */
    private void timed(Component c, long unixSec) {
        for (int i = 0; i < c.timedCount; i++) {
            TimedStatus t = c.timed[i];
            if (t.period.fromSec > unixSec && unixSec >= 0) {
                announce(t);
            }
        }
    }

    /** Keeps it in the order of time; of more than there is room for the last is left out. */
    private void announce(TimedStatus t) {
        int at = Math.min(ahead, AHEAD - 1);
        if (ahead == AHEAD && announced[at].fromSec <= t.period.fromSec) {
            return;
        }
        Announcement one = announced[at];
        ahead = at + 1;
        for (; at > 0 && announced[at - 1].fromSec > t.period.fromSec; at--) {
            announced[at] = announced[at - 1];
        }
        announced[at] = one;
        one.take(t);
    }

    private void takeNote(Notes notes) {
        int best = notes.best(NO_LANGUAGE);
        if (note.isEmpty() && best >= 0) {
            note.set(notes.text(best));
        }
    }

    public void set(Presence other) {
        entity.set(other.entity);
        note.set(other.note);
        displayName.set(other.displayName);
        contact.set(other.contact);
        basic = other.basic;
        activities = other.activities;
        idle = other.idle;
        active = other.active;
        services = other.services;
        mood = other.mood;
        placeType = other.placeType;
        sphere = other.sphere;
        hasTimeOffset = other.hasTimeOffset;
        timeOffsetMin = other.timeOffsetMin;
        sinceSec = other.sinceSec;
        untilSec = other.untilSec;
        ahead = other.ahead;
        for (int i = 0; i < ahead; i++) {
            announced[i].set(other.announced[i]);
        }
    }

    /** OPEN when any service is open, CLOSED when there is a service and none is, UNKNOWN when no service says. */
    public int basic() {
        return basic;
    }

    private void addBasic(int value) {
        services++;
        if (basic != OPEN && value != UNKNOWN) {
            basic = value;
        }
    }

    /** Bits of {@link Activity}. */
    public int activities() {
        return activities;
    }

    public boolean isDoing(int bit) {
        return (activities & bit) != 0;
    }

    /** Somebody says idle and nobody says active. */
    public boolean isIdle() {
        return idle && !active;
    }

    public int services() {
        return services;
    }

    /** A number of {@link Mood#WORDS}, or a code of {@link Rpid}. */
    public int mood() {
        return mood;
    }

    /** A number of {@link PlaceType#WORDS}, or a code of {@link Rpid}. */
    public int placeType() {
        return placeType;
    }

    /** A number of {@link Rpid#SPHERES}, or a code of {@link Rpid}. */
    public int sphere() {
        return sphere;
    }

    public boolean hasTimeOffset() {
        return hasTimeOffset;
    }

    /** Minutes east of UTC where the person is. */
    public int timeOffsetMin() {
        return timeOffsetMin;
    }

    /** Unix seconds since when it is so, or {@link Period#OPEN}. */
    public long sinceSec() {
        return sinceSec;
    }

    /** Unix seconds until when it will be so, or {@link Period#OPEN}. */
    public long untilSec() {
        return untilSec;
    }

    /** How many changes are announced (RFC 4481), at most {@link #AHEAD}, the earliest. */
    public int ahead() {
        return ahead;
    }

    /** Unix seconds when an announced change begins. */
    public long aheadFromSec(int index) {
        return announced[index].fromSec;
    }

    /** Unix seconds when it ends, or {@link Period#OPEN}. */
    public long aheadUntilSec(int index) {
        return announced[index].untilSec;
    }

    public int aheadBasic(int index) {
        return announced[index].basic;
    }

    /** May be empty. */
    public FixedText aheadNote(int index) {
        return announced[index].note;
    }

    public int aheadActivities(int index) {
        return announced[index].activities;
    }
}
