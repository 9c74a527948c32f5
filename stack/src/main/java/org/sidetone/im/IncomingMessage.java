package org.sidetone.im;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.sip.ua.Account;

/** A message that came, as views that are valid during the call. */
public final class IncomingMessage {
    /** Octets that the recorded routes of a message may have. */
    public static final int ROUTE_BYTES = 240;

    /** Octets that what it is about may have. */
    static final int SUBJECT_BYTES = 160;

    /** Null when it is for none of ours. */
    Account account;
    final Slice from = new Slice();
    final Slice displayName = new Slice();
    final Slice text = new Slice();
    /** Longer ones are not kept. */
    final FixedText subject = new FixedText(SUBJECT_BYTES);
    final Slice messageId = new Slice();
    /** Longer ones are not kept, and then nothing is told. */
    final FixedText routes = new FixedText(ROUTE_BYTES);
    boolean wantsDelivery;
    boolean wantsDisplay;
    long dateSec;
    long expiresSec;
    int marks;
    long identity;
    long content;

    public Account account() {
        return account;
    }

    /** URI of the sender. */
    public Slice from() {
        return from;
    }

    /** As it stands in From, quotes included; may be empty. */
    public Slice displayName() {
        return displayName;
    }

    /** UTF-8. */
    public Slice text() {
        return text;
    }

    /** What it is about: what the wrapping says, else the head; empty: not said. */
    public FixedText subject() {
        return subject;
    }

    /** Its imdn.Message-ID; empty: it has none. */
    public Slice messageId() {
        return messageId;
    }

    /** The way that notifications go, a hop on each line, the first first; empty: straight to the sender. */
    public FixedText routes() {
        return routes;
    }

    /** Whether the sender wants to hear that it arrived (RFC 5438 section 6.2). */
    public boolean wantsDelivery() {
        return wantsDelivery;
    }

    /** Whether he wants to hear that it was read. */
    public boolean wantsDisplay() {
        return wantsDisplay;
    }

    /** When it was written, seconds since 1970; negative: the sender did not say. */
    public long dateSec() {
        return dateSec;
    }

    /** How it was secured: {@link org.sidetone.port.MessageSecurity#SIGNED} and so on, added up; 0: not at all. */
    public int marks() {
        return marks;
    }

    /** When it loses its sense, seconds since 1970, or {@link Expiry#NEVER}. */
    public long expiresSec() {
        return expiresSec;
    }

    /** Recognises the message when it comes again in a new transaction: its imdn.Message-ID, else sender, Call-ID, CSeq. */
    public long identity() {
        return identity;
    }

    /** Recognises it when it comes again from a store that gave it a new Call-ID: sender, Date, text; 0 without Date. */
    public long content() {
        return content;
    }
}
