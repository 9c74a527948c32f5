package org.sidetone.im;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.composing.IsComposing;
import org.sidetone.doc.cpim.CpimView;
import org.sidetone.port.Flow;
import org.sidetone.sip.Header;
import org.sidetone.sip.Method;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.ClientRequest;
import org.sidetone.sip.ua.UserAgent;

/** Asks somebody's phone by OPTIONS which types it takes (RFC 3261 section 11). */
final class AbilityQuery extends ClientRequest {
    private final PeerAbilities abilities;
    private final FixedText peer = new FixedText(160);
    private final Slice slice = new Slice();
    private final Slice scratch = new Slice();

    AbilityQuery(UserAgent agent, PeerAbilities abilities) {
        super(agent, agent.newDialog());
        this.abilities = abilities;
    }

    void ask(Account account, Slice of, long nowMs) {
        if (isPending() || !peer.set(of)) {
            return;
        }
        setAccount(account);
        startDialog(account.address, of, of);
        abilities.set(of, PeerAbilities.ASKED);
        if (!send(Method.OPTIONS, nowMs)) {
            abilities.set(of, PeerAbilities.UNKNOWN);
        }
    }

    @Override
    protected void writeContent(SipWriter out, Flow to, long nowMs) {
        out.header(Header.ACCEPT, "application/sdp, text/plain");
    }

    @Override
    protected void onFinal(int status, SipMessage response, long nowMs) {
        peer.slice(slice);
        if (status / 100 == 2) {
            abilities.set(slice, response.lists(Header.ACCEPT, CpimView.CONTENT_TYPE, scratch) ? PeerAbilities.CPIM : PeerAbilities.PLAIN);
            abilities.setTakesSigns(slice, response.lists(Header.ACCEPT, IsComposing.CONTENT_TYPE, scratch));
        } else {
            abilities.set(slice, PeerAbilities.UNKNOWN);        // nobody there, or busy: the next message asks again
        }
    }
}
