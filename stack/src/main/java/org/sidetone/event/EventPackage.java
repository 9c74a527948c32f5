package org.sidetone.event;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.filter.SimpleFilters;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;

/** What an event package adds to the notifier (RFC 6665 section 5). */
public interface EventPackage {
    int ALLOW = 200;
    /** The subscription is kept, and told nothing yet. */
    int PENDING = 202;
    int FORBIDDEN = 403;
    /** Whoever asks has to prove who he is: {@link #putChallenges} writes how. */
    int CHALLENGE = 401;
    int NOT_FOUND = 404;

    /** Event type. */
    byte[] name();

    /** Content type of the notifications, without parameters. */
    byte[] contentType();

    /** Appends the parameters of the content type, where it has some. */
    void putTypeParameters(ByteSink out);

    /** Option tag without which its notifications are not understood; null: none. */
    byte[] required();

    /** Content type of the bodies that its SUBSCRIBEs have; null: filters alone. */
    byte[] bodyType();

    /** Takes the body of a SUBSCRIBE over, whose type is {@link #bodyType}, or hears that it has none. @return 200, or the status to refuse it with: nothing changed then */
    int takeBody(WatcherSubscription subscription, SipMessage subscribe);

    /** Used when a SUBSCRIBE says none; section 5.4.4. Seconds. */
    long defaultExpiresSec();

    /** Milliseconds that lie between two notifications of changes at least, whatever the watcher wishes (RFC 6665 section 5.4.10); 0: none. */
    long shortestIntervalMs();

    /**
     * Decides on a new subscription.
     * @param resource receives the canonical name of what is subscribed to. @param watcher receives who watches
     */
    int authorize(SipMessage subscribe, FixedText resource, FixedText watcher, long nowMs);

    /** Whether whoever refreshes is who subscribed; false is answered as {@link #CHALLENGE} is. */
    boolean isProven(SipMessage subscribe, Slice watcher, long nowMs);

    /** Appends the challenges of a 401, right after {@link #CHALLENGE}. */
    void putChallenges(SipWriter out);

    /** The standing of a watcher whose subscription was let in before: one of the verdicts above. */
    int standing(Slice resource, Slice watcher, long nowMs);

    /** How changes alone are told; null: this package tells the whole state every time. */
    PartialState partial();

    /** What a filter must leave of the package's documents (RFC 4660 section 5.3.1); null: filters are not read. */
    SimpleFilters.Mandatory filterRules();

    /** A number that is another whenever the state that a watcher is shown is another, also after a restart; 0: this package has none
     *  (RFC 5839 section 6.1). */
    long stateTag(Slice resource, Slice watcher, long nowMs);

    /**
     * Appends the full state of a resource for a watcher.
     * @param version counts the notifications of the subscription from 0. @return false: there is nothing to tell, the NOTIFY has no body
     */
    boolean writeState(Slice resource, Slice watcher, long version, long nowMs, ByteSink out);

    /** Whether everything found room in the notification of a subscription that just arrived; the rest is {@link #writeSince written} next. */
    boolean isAllTold(WatcherSubscription subscription);

    /**
     * Appends what changed in the content type of the package itself, for one that is known to have the state with a {@link #stateTag tag}.
     * @return false, and nothing appended, when the whole has to be told
     */
    boolean writeSince(long tag, Slice resource, Slice watcher, long version, long nowMs, ByteSink out);
}
