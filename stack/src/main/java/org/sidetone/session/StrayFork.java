package org.sidetone.session;

import org.sidetone.bytes.FixedText;
import org.sidetone.port.Flow;
import org.sidetone.sip.CSeqView;
import org.sidetone.sip.Header;
import org.sidetone.sip.Method;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.dialog.Dialog;
import org.sidetone.sip.locate.LocationUser;
import org.sidetone.sip.transaction.ClientTransaction;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.UserAgent;

/**
 * Another branch of a forked INVITE that accepted it too, or one that accepted what had been given up: acknowledged, and ended at once
 * (RFC 3261 sections 13.2.2.4, 15.1.1). While one is being ended the next waits until its 2xx comes again.
 */
final class StrayFork implements DialogRequest.User, Acknowledgement.Way, Acknowledgement.Writer {
    private final UserAgent agent;
    private final Dialog dialog;
    private final DialogRequest bye;
    private final Acknowledgement ack;
    private final CSeqView cseq = new CSeqView();
    private ClientTransaction invite;
    private InviteRequest writer;
    private long ended;

    StrayFork(UserAgent agent, int bytes) {
        this.agent = agent;
        dialog = agent.newDialog();
        bye = new DialogRequest(agent, dialog, this);
        ack = new Acknowledgement(agent, bytes, this, this);
        writer = new InviteRequest(agent, dialog, null);
    }

    /** @return false when one is under way */
    boolean end(Dialog of, Account account, ClientTransaction ofInvite, SipMessage success, long nowMs) {
        if (bye.isPending()) {
            return false;
        }
        dialog.startBeside(of);
        invite = ofInvite;
        if (!dialog.establishFromResponse(success) || !success.cseq(cseq)) {
            return true;                                        // nobody there that could be told
        }
        dialog.setSequences(cseq.number(), -1);
        bye.setAccount(account);
        writer.setAccount(account);
        ack.send(cseq.number(), nowMs);
        ended++;
        bye.begin(Method.BYE, nowMs);
        return true;
    }

    @Override
    public int find(LocationUser user, Flow out, long nowMs) {
        return agent.locateInDialog(dialog, bye.account(), user, out, nowMs);
    }

    @Override
    public int writeAck(byte[] buffer, FixedText branch, Flow to, long nowMs) {
        SipWriter w = writer.ack(buffer, branch, to, invite, cseq.number());
        return w.finishWithoutBody();
    }

    @Override
    public void writeRequest(int method, SipWriter out, Flow to, long nowMs) {
        out.header(Header.REASON, "SIP;cause=200;text=\"Call completed elsewhere\"");
    }

    @Override
    public void onRequestFinal(int method, int status, SipMessage response, long nowMs) {
        ack.clear();
    }

    /** Branches that were ended. */
    long ended() {
        return ended;
    }
}
