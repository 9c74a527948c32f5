package org.sidetone.sip.transport;

import org.sidetone.sip.SipMessage;

/** Told of requests whose bodies there is no room for, ever; they have been answered 513. */
public interface TooLargeHandler {
    /** @param request its head alone; valid during the call */
    void onTooLarge(SipMessage request, long nowMs);
}
