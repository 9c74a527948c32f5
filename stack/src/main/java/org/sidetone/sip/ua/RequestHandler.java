package org.sidetone.sip.ua;

import org.sidetone.sip.SipMessage;
import org.sidetone.sip.transaction.ServerTransaction;

/** Takes the requests of one method. It answers by the transaction, now or later. */
public interface RequestHandler {
    /** @param request valid during the call */
    void onRequest(SipMessage request, ServerTransaction transaction, long nowMs);
}
