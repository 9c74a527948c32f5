package org.sidetone.sip.transport;

import org.sidetone.port.Flow;
import org.sidetone.sip.SipMessage;

/** Takes messages that were read and checked. The message is valid during the call. */
public interface MessageHandler {
    void onRequest(SipMessage request, Flow source, long nowMs);

    void onResponse(SipMessage response, Flow source, long nowMs);
}
