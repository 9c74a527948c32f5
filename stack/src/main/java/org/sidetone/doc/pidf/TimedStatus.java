package org.sidetone.doc.pidf;

/** What a service will be, or was (RFC 4481): never the status of now, which has a place of its own. */
public final class TimedStatus {
    public final Period period = new Period();
    /** {@link Presence#OPEN}, {@link Presence#CLOSED} or {@link Presence#UNKNOWN}. */
    public int basic;
    public final Notes notes = new Notes();
    /** Bits of {@link Activity} that stand there. */
    public int activities;

    void clear() {
        period.clear();
        basic = Presence.UNKNOWN;
        notes.clear();
        activities = 0;
    }
}
