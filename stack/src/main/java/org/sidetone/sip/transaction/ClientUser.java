package org.sidetone.sip.transaction;

import org.sidetone.sip.SipMessage;

/**
 * Whoever sent a request. After a final answer, a timeout or an error the transaction is no longer the user's; an INVITE's 2xx may be
 * followed by more of them, from other branches of a fork.
 */
public interface ClientUser {
    /** @param response valid during the call */
    void onResponse(ClientTransaction transaction, SipMessage response, long nowMs);

    /** Timer B or F: nobody answered. */
    void onTimeout(ClientTransaction transaction, long nowMs);

    /** The request, or the ACK to a refusal, could not be sent. */
    void onTransportError(ClientTransaction transaction, long nowMs);
}
