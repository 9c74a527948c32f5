package org.sidetone.doc.winfo;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;
import org.sidetone.bytes.Words;

/** The words of watcher information (RFC 3858 section 3; their meaning: RFC 3857 section 4.7.1). */
public final class Watcherinfo {
    public static final byte[] CONTENT_TYPE = Ascii.bytes("application/watcherinfo+xml");
    public static final String NAMESPACE = "urn:ietf:params:xml:ns:watcherinfo";

    public static final int UNKNOWN = 0;
    /** Statuses of a subscription. */
    public static final int PENDING = 1;
    public static final int ACTIVE = 2;
    public static final int WAITING = 3;
    public static final int TERMINATED = 4;

    /** What led to the status. */
    public static final int SUBSCRIBE = 1;
    public static final int APPROVED = 2;
    public static final int DEACTIVATED = 3;
    public static final int PROBATION = 4;
    public static final int REJECTED = 5;
    public static final int TIMEOUT = 6;
    public static final int GIVEUP = 7;
    public static final int NORESOURCE = 8;

    private static final String[] STATUSES = {"", "pending", "active", "waiting", "terminated"};
    private static final String[] EVENTS = {"", "subscribe", "approved", "deactivated", "probation", "rejected", "timeout", "giveup", "noresource"};

    private Watcherinfo() {
    }

    public static String statusName(int status) {
        return STATUSES[status];
    }

    public static String eventName(int event) {
        return EVENTS[event];
    }

    static int status(Slice name) {
        return Words.indexOf(STATUSES, name);
    }

    static int event(Slice name) {
        return Words.indexOf(EVENTS, name);
    }
}
