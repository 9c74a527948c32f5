package org.sidetone.doc.pidf;

import org.sidetone.bytes.Slice;

/** A part of the data model of presence (RFC 4479 section 3): a service, which PIDF calls a tuple, a person or a device. */
public final class Component {
    public static final int SERVICE = 0;
    public static final int PERSON = 1;
    public static final int DEVICE = 2;

    /** Timed statuses of a service that are kept. */
    public static final int TIMED = 3;
    /** Devices that a service says it runs on. */
    public static final int DEVICES = 2;

    public int kind;
    public final Slice id = new Slice();
    /** Of a service: {@link Presence#OPEN}, {@link Presence#CLOSED} or {@link Presence#UNKNOWN}. */
    public int basic;
    /** Of a service. */
    public final Slice contact = new Slice();
    /** Of the contact, in thousandths; -1 when not said. */
    public int priority;
    /** Unix seconds, or {@link Period#OPEN}. */
    public long timestampSec;
    /** Of a device the one it is, of a service those it runs on (RFC 4479 section 3.3.1.4). */
    public final Slice[] deviceIds = {new Slice(), new Slice()};
    public int deviceCount;
    public final Notes notes = new Notes();
    public final Rpid rpid = new Rpid();
    public final Cipid cipid = new Cipid();
    public final Capabilities capabilities = new Capabilities();
    public final TimedStatus[] timed = {new TimedStatus(), new TimedStatus(), new TimedStatus()};
    public int timedCount;
    /** Something in it must be understood and is not (RFC 3863 section 4.2.4): nothing of it counts. */
    public boolean isBeyondUs;

    void clear(int newKind) {
        kind = newKind;
        id.clear();
        basic = Presence.UNKNOWN;
        contact.clear();
        priority = -1;
        timestampSec = Period.OPEN;
        deviceCount = 0;
        notes.clear();
        rpid.clear();
        cipid.clear();
        capabilities.clear();
        timedCount = 0;
        isBeyondUs = false;
    }

    /** @return the next timed status to fill, or null when there is no room */
    public TimedStatus addTimed() {
        if (timedCount == TIMED) {
            return null;
        }
        timed[timedCount].clear();
        return timed[timedCount++];
    }
}
