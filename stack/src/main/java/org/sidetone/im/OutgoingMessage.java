package org.sidetone.im;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.date.Dates;
import org.sidetone.port.Flow;
import org.sidetone.sip.Header;
import org.sidetone.sip.Method;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.dialog.Dialog;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.ClientRequest;
import org.sidetone.sip.ua.UserAgent;

/** One MESSAGE under way. It has no Contact (RFC 3428 section 4). */
final class OutgoingMessage extends ClientRequest {
    private final MessageSender sender;
    private final FixedText text;
    private final Dates dates = new Dates();
    private long dateSec;
    private long id;

    OutgoingMessage(UserAgent agent, MessageSender sender, int textBytes) {
        super(agent, new Dialog());
        this.sender = sender;
        text = new FixedText(textBytes);
    }

    boolean send(Account account, Slice to, Slice newText, long newDateSec, long newId, long nowMs) {
        if (!text.set(newText)) {
            return false;
        }
        dateSec = newDateSec;
        id = newId;
        setAccount(account);
        startDialog(account.address, to, to);
        return send(Method.MESSAGE, nowMs);
    }

    @Override
    protected void writeContent(SipWriter out, Flow to, long nowMs) {
        if (dateSec >= 0) {
            dates.putRfc1123(dateSec, out.name(Header.DATE).sink());
            out.end();
        }
        out.header(Header.CONTENT_TYPE, "text/plain;charset=UTF-8").body().sink().put(text);
    }

    @Override
    protected void onFinal(int status, SipMessage response, long nowMs) {
        sender.onSent(id, status, response, nowMs);
    }
}
