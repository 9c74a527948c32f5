package org.sidetone.session;

import org.sidetone.port.Flow;
import org.sidetone.sip.Method;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.dialog.Dialog;
import org.sidetone.sip.ua.ClientRequest;
import org.sidetone.sip.ua.UserAgent;

/** A BYE, UPDATE or PRACK within a dialog of a session. */
final class DialogRequest extends ClientRequest {
    /** Whose request it is. */
    interface User {
        void writeRequest(int method, SipWriter out, Flow to, long nowMs);

        /** @param response null when there was none */
        void onRequestFinal(int method, int status, SipMessage response, long nowMs);
    }

    private final User user;
    private int method;

    DialogRequest(UserAgent agent, Dialog dialog, User user) {
        super(agent, dialog);
        this.user = user;
    }

    boolean begin(int newMethod, long nowMs) {
        if (isPending()) {
            return false;
        }
        method = newMethod;
        return send(newMethod, nowMs);
    }

    /** What is under way; meaningful while something is. */
    int method() {
        return method;
    }

    @Override
    protected void writeContent(SipWriter out, Flow to, long nowMs) {
        user.writeRequest(method, out, to, nowMs);
    }

    @Override
    protected void onFinal(int status, SipMessage response, long nowMs) {
        user.onRequestFinal(method, status, response, nowMs);
    }

    /** A BYE needs nothing more. */
    static boolean isBare(int method) {
        return method == Method.BYE;
    }
}
