package org.sidetone.sip.ua;

import org.sidetone.sip.SipMessage;
import org.sidetone.sip.transaction.InviteServer;

/** Takes INVITEs, and what belongs to them beside requests and responses. */
public interface InviteHandler extends RequestHandler {
    /** What an INVITE in the place of an OPTIONS would be answered, as far as that does not depend on what it offers (RFC 3261 section 11.2): 200, or why not. */
    int readiness(SipMessage options);

    /** The ACK of a 2xx. @return false when it is for none of ours */
    boolean onAck(SipMessage ack, long nowMs);

    /** The other side gave an INVITE up, which has been answered 487 (RFC 3261 section 9.2). */
    void onCancelled(InviteServer invite, long nowMs);
}
