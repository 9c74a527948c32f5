package org.sidetone.firmware.messages;

import org.sidetone.bytes.FixedText;
import org.sidetone.im.Expiry;
import org.sidetone.im.IncomingMessage;
import org.sidetone.port.MessageSecurity;

/** One message in a box. */
public final class Entry {
    public static final int EMPTY = 0;
    /** Received, not on the medium yet: not shown, not answered. */
    public static final int ARRIVING = 1;
    public static final int UNREAD = 2;
    public static final int READ = 3;
    /** To be sent as soon as its turn comes. */
    public static final int QUEUED = 4;
    public static final int SENDING = 5;
    public static final int DELIVERED = 6;
    /** 202: kept by a server for later. */
    public static final int WAITING = 7;
    public static final int FAILED = 8;
    /** The other side says that it was read. */
    public static final int SEEN = 9;

    public final int slot;
    final String record;
    public final FixedText peer = new FixedText(160);
    public final FixedText text;
    /** By which both sides speak of it (RFC 5438 section 6.3); empty: by nothing. */
    final FixedText messageId = new FixedText(64);
    /** The way that notifications about it go (RFC 5438 section 6.5). */
    final FixedText routes = new FixedText(IncomingMessage.ROUTE_BYTES);
    /** Whether its sender wants to hear that it was read. */
    boolean wantsDisplay;
    int state = EMPTY;
    int account;
    long dateSec = -1;
    /** {@link Expiry#NEVER}: it does not. */
    long expiresSec = Expiry.NEVER;
    long order;
    long identity;
    long content;
    int status;
    /** How often nobody answered. */
    int silences;
    int marks;

    Entry(int slot, String record, int textBytes) {
        this.slot = slot;
        this.record = record;
        text = new FixedText(textBytes);
    }

    public int state() {
        return state;
    }

    public int account() {
        return account;
    }

    /** Seconds since 1970; negative: not known. */
    public long dateSec() {
        return dateSec;
    }

    /** Whether it lost its sense before now (RFC 3428 section 7). @param unixSec now; negative: the time is not known */
    public boolean isExpired(long unixSec) {
        return unixSec > expiresSec;
    }

    /** Grows with every message of the box: the larger, the newer. */
    public long order() {
        return order;
    }

    /** What the last try to send ended with. */
    public int status() {
        return status;
    }

    /** The state in words, with the reason of a failure. */
    public String stateName() {
        switch (state) {
            case QUEUED: case SENDING: return "sending";
            case DELIVERED: return "delivered";
            case SEEN: return "read";
            case WAITING: return "waiting at the exchange";
            case FAILED: return failure();
            default: return "";
        }
    }

    /** How it was secured, in words; empty: not at all. */
    public String securityName() {
        if ((marks & MessageSecurity.BROKEN) != 0) {
            return "CHANGED ON THE WAY";
        }
        boolean sealed = (marks & MessageSecurity.SEALED) != 0;
        if ((marks & MessageSecurity.SIGNED) == 0) {
            return sealed ? "sealed, not signed" : "";
        }
        if ((marks & MessageSecurity.SENDERS) == 0) {
            return "SIGNED BY ANOTHER";
        }
        if ((marks & MessageSecurity.TRUSTED) == 0) {
            return "signer not known";
        }
        if ((marks & MessageSecurity.OLD) != 0) {
            return "signed long ago";
        }
        return sealed ? "sealed, signed" : "signed";
    }

    private String failure() {
        switch (status) {
            case 401: case 407: return "failed: wrong password";
            case 403: case 603: return "failed: not allowed";
            case 404: return "failed: unknown address";
            case 408: return "failed: no answer";
            case 413: case 513: return "failed: too long";
            case 415: return "failed: cannot be shown there";
            case 480: return "failed: not there";
            case 493: return "failed: cannot be sealed";
            case 503: return "failed: no connection";
            default: return "failed";
        }
    }
}
