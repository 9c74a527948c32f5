package org.sidetone.sip.transaction;

import org.sidetone.port.Flow;
import org.sidetone.sip.SipMessage;

/** The core above the transactions. */
public interface TransactionUser {
    /** A new request. @param request valid during the call. @param transaction to answer by, now or later */
    void onRequest(SipMessage request, ServerTransaction transaction, long nowMs);

    /** An ACK that no INVITE server transaction of ours waits for: the ACK of a 2xx. @return false when it is nobody's */
    boolean onAck(SipMessage ack, Flow source, long nowMs);

    /**
     * A response could not be sent (section 17.2.4), or the ACK of a refusal never came.
     * @return true: another way is looked for (RFC 3263 section 5), and {@link ServerTransaction#sendAnotherWay} or
     * {@link ServerTransaction#giveUp} follows, as long as {@link ServerTransaction#isUnsent}
     */
    boolean onResponseUnsent(ServerTransaction transaction, long nowMs);

    /** A stream connection is gone; transactions that waited on it were told before. */
    void onConnectionLost(int connection, long nowMs);
}
