package org.sidetone.sip.transaction;

import org.sidetone.sip.SipMessage;

/** The core above the transactions. */
public interface TransactionUser {
    /** A new request. @param request valid during the call. @param transaction to answer by, now or later */
    void onRequest(SipMessage request, ServerTransaction transaction, long nowMs);
}
