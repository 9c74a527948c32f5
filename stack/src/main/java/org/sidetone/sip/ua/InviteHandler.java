package org.sidetone.sip.ua;

import org.sidetone.sip.SipMessage;
import org.sidetone.sip.transaction.InviteServer;

/** Takes INVITEs, and what belongs to them beside requests and responses. */
public interface InviteHandler extends RequestHandler {
    /** The ACK of a 2xx. @return false when it is for none of ours */
    boolean onAck(SipMessage ack, long nowMs);

    /** The other side gave an INVITE up, which has been answered 487 (RFC 3261 section 9.2). */
    void onCancelled(InviteServer invite, long nowMs);
}
