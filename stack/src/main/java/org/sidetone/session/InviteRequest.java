package org.sidetone.session;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Flow;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.dialog.Dialog;
import org.sidetone.sip.transaction.ClientTransaction;
import org.sidetone.sip.ua.ClientRequest;
import org.sidetone.sip.ua.UserAgent;

/** The INVITE of a session, initial or again; its session decides. */
final class InviteRequest extends ClientRequest {
    private final Session session;

    InviteRequest(UserAgent agent, Dialog dialog, Session session) {
        super(agent, dialog);
        this.session = session;
    }

    void start(FixedText localUri, Slice remoteUri) {
        startDialog(localUri, remoteUri, remoteUri);
    }

    boolean giveUp(long nowMs) {
        return cancel(nowMs);
    }

    Flow way() {
        return flow();
    }

    long sequence() {
        return lastSequence();
    }

    ClientTransaction transaction() {
        return answered();
    }

    SipWriter ack(byte[] buffer, FixedText branch, Flow to, ClientTransaction invite, long number) {
        return writeAck(buffer, branch, to, invite, number);
    }

    @Override
    protected void writeContent(SipWriter out, Flow to, long nowMs) {
        session.writeInvite(out, to, nowMs);
    }

    @Override
    protected void onProvisional(SipMessage response, long nowMs) {
        session.onProvisional(response, nowMs);
    }

    @Override
    protected void onFinal(int status, SipMessage response, long nowMs) {
        session.onInviteFinal(status, response, nowMs);
    }

    @Override
    protected void onAnotherSuccess(ClientTransaction transaction, SipMessage response, long nowMs) {
        session.onAnotherSuccess(transaction, response, nowMs);
    }
}
