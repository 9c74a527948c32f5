package org.sidetone.firmware.phone;

import org.sidetone.bytes.Slice;
import org.sidetone.sip.Header;
import org.sidetone.sip.NameAddrView;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.transaction.ServerTransaction;
import org.sidetone.sip.ua.RequestHandler;
import org.sidetone.sip.ua.UserAgent;

/** This phone carries no audio: an INVITE is answered 488 with a warning that says so, and shown as a missed call. */
final class MissedCalls implements RequestHandler {
    /** Told who called. */
    interface User {
        void onMissedCall(Slice from, long nowMs);
    }

    private final UserAgent agent;
    private final User user;
    private final NameAddrView address = new NameAddrView();
    private final Slice tag = new Slice();

    MissedCalls(UserAgent agent, User user) {
        this.agent = agent;
        this.user = user;
    }

    @Override
    public void onRequest(SipMessage request, ServerTransaction transaction, long nowMs) {
        if (request.address(Header.TO, 0, address) && address.tag(tag)) {
            transaction.reply(481, nowMs);
            return;
        }
        SipWriter w = transaction.respond(488);
        w.header(Header.WARNING, "304 sidetone \"Media type not available: this phone carries text, no audio\"");
        agent.putAllow(w);
        transaction.send(w, nowMs);
        if (request.address(Header.FROM, 0, address)) {
            user.onMissedCall(address.uri(), nowMs);
        }
    }
}
