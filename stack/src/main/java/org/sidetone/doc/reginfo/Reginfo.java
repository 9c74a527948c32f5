package org.sidetone.doc.reginfo;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;
import org.sidetone.bytes.Words;

/** The words of registration information (RFC 3680 section 5.1). */
public final class Reginfo {
    public static final byte[] CONTENT_TYPE = Ascii.bytes("application/reginfo+xml");
    public static final String NAMESPACE = "urn:ietf:params:xml:ns:reginfo";

    public static final int UNKNOWN = 0;
    /** States of a registration. */
    public static final int INIT = 1;
    public static final int ACTIVE = 2;
    public static final int TERMINATED = 3;

    /** Why a contact is as it is. */
    public static final int REGISTERED = 1;
    public static final int CREATED = 2;
    public static final int REFRESHED = 3;
    public static final int SHORTENED = 4;
    public static final int EXPIRED = 5;
    public static final int DEACTIVATED = 6;
    public static final int PROBATION = 7;
    public static final int UNREGISTERED = 8;
    public static final int REJECTED = 9;

    private static final String[] STATES = {"", "init", "active", "terminated"};
    private static final String[] EVENTS = {"", "registered", "created", "refreshed", "shortened", "expired", "deactivated", "probation",
        "unregistered", "rejected"};

    private Reginfo() {
    }

    public static String stateName(int state) {
        return STATES[state];
    }

    public static String eventName(int event) {
        return EVENTS[event];
    }

    /** Code of a state, {@link #UNKNOWN} for none. */
    public static int state(Slice name) {
        return Words.indexOf(STATES, name);
    }

    /** Code of an event, {@link #UNKNOWN} for none. */
    public static int event(Slice name) {
        return Words.indexOf(EVENTS, name);
    }
}
