package org.sidetone.session;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Flow;

/** Whose session it is. Arguments are valid during the call. A session may be ended within each of them. */
public interface SessionUser {
    /** What {@link #onEnded} says of a session that was established and that the other side ended. */
    int HUNG_UP = 200;
    /** Nobody answered, or refreshed the session in time. */
    int TIMEOUT = 408;
    /** The other side gave its INVITE up, or ours was. */
    int CANCELLED = 487;

    /**
     * Appends our session description.
     * @param offer whether it is an offer; else the answer to the offer that {@link #onDescription} brought. @param to where it goes
     */
    void writeDescription(Session session, boolean offer, ByteSink out, Flow to, long nowMs);

    /** The other side's session description. @return 0, or the status that refuses an offer, such as 488; refusing an answer ends the session */
    int onDescription(Session session, boolean offer, Slice description, long nowMs);

    /** A provisional response that says more than 100. */
    void onProgress(Session session, int status, long nowMs);

    /** The INVITE was accepted, and offer and answer are complete. Told once. */
    void onEstablished(Session session, long nowMs);

    /** An offer of ours in an established session was answered, or refused and nothing changed. @param status of the response */
    void onModified(Session session, int status, long nowMs);

    /** It is over. @param status {@link #HUNG_UP}, or the final response's */
    void onEnded(Session session, int status, long nowMs);
}
