package org.sidetone.sip.transaction;

import org.sidetone.sip.SipMessage;

/** Whoever sent a request. After any but a provisional answer the transaction is no longer the user's. */
public interface ClientUser {
    /** @param response valid during the call */
    void onResponse(NonInviteClient transaction, SipMessage response, long nowMs);

    /** Timer F: nobody answered. */
    void onTimeout(NonInviteClient transaction, long nowMs);

    /** The request could not be sent. */
    void onTransportError(NonInviteClient transaction, long nowMs);
}
