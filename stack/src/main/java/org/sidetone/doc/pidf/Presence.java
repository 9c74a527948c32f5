package org.sidetone.doc.pidf;

import org.sidetone.bytes.FixedText;

/** What a presence document says of one presentity, in the few words a lamp and a line of display need. Owned by its maker. */
public final class Presence {
    public static final int UNKNOWN = 0;
    public static final int OPEN = 1;
    public static final int CLOSED = 2;

    /** {@code pres:} or {@code sip:} URI of the presentity. */
    public final FixedText entity = new FixedText(160);
    /** First note: of the person, else of a tuple, else of the document. */
    public final FixedText note = new FixedText(120);
    private int basic;
    private int activities;
    private boolean idle;
    private int tuples;

    public void clear() {
        entity.clear();
        note.clear();
        basic = UNKNOWN;
        activities = 0;
        idle = false;
        tuples = 0;
    }

    public void set(Presence other) {
        entity.set(other.entity);
        note.set(other.note);
        basic = other.basic;
        activities = other.activities;
        idle = other.idle;
        tuples = other.tuples;
    }

    /** OPEN when any tuple is open, CLOSED when there is a tuple and none is, UNKNOWN when no tuple says. */
    public int basic() {
        return basic;
    }

    public void addBasic(int value) {
        tuples++;
        if (basic != OPEN && value != UNKNOWN) {
            basic = value;
        }
    }

    /** Bits of {@link Activity}. */
    public int activities() {
        return activities;
    }

    public void addActivities(int bits) {
        activities |= bits;
    }

    public boolean isDoing(int bit) {
        return (activities & bit) != 0;
    }

    /** RPID user-input says idle. */
    public boolean isIdle() {
        return idle;
    }

    public void setIdle(boolean value) {
        idle = value;
    }

    public int tuples() {
        return tuples;
    }
}
