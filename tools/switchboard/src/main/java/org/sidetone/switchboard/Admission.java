package org.sidetone.switchboard;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.digest.DigestServer;
import org.sidetone.port.Flow;
import org.sidetone.sip.Header;
import org.sidetone.sip.Method;
import org.sidetone.sip.NameAddrView;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.transaction.ServerTransaction;
import org.sidetone.uri.UriView;

/** Lets requests in that carry good credentials of the user they say they come from; challenges the others (RFC 3261 section 22). */
final class Admission {
    /** What the exchange answers for. */
    interface Domain {
        /** Whether a URI's host is the exchange, by name or by the address that a request reached it at. */
        boolean isOurs(UriView of, Flow source);
    }

    private final DigestServer digest;
    private final int[] algorithms;
    private final Domain domain;
    private final FixedText name = new FixedText(128);
    private final ByteSink sink = new ByteSink();
    private final Slice value = new Slice();
    private final Slice method = new Slice();
    private final Slice body = new Slice();
    private long challenged;
    private long refused;

    /** @param algorithms of challenges, in their order */
    Admission(DigestServer digest, int[] algorithms, Domain domain) {
        this.domain = domain;
        this.digest = digest;
        this.algorithms = algorithms;
    }

    /** @return true when the request may go on; else it has been answered */
    boolean admit(SipMessage request, ServerTransaction transaction, long nowMs) {
        boolean endsHere = request.method() == Method.REGISTER || request.method() == Method.PUBLISH || request.method() == Method.SUBSCRIBE;
        int header = endsHere ? Header.AUTHORIZATION : Header.PROXY_AUTHORIZATION;
        int verdict = DigestServer.MISSING;
        for (int line = request.firstLine(header); line != SipMessage.NONE; line = request.nextLine(line)) {
            request.lineValue(line, value);
            if (digest.isOurs(value)) {
                request.methodName(method);
                byte[] name = new byte[method.length()];
                System.arraycopy(method.buffer(), method.offset(), name, 0, name.length);
                verdict = digest.check(value, name, request.body(body), nowMs);
            }
        }
        if (verdict == DigestServer.MALFORMED) {
            transaction.send(transaction.respond(400, "Bad Credentials"), nowMs);
            return false;
        }
        if (verdict != DigestServer.GOOD) {
            challenge(transaction, endsHere, verdict == DigestServer.STALE, nowMs);
            return false;
        }
        if (!isSender(request.from()) || !domain.isOurs(request.from().parsed(), transaction.source())
                || request.method() == Method.REGISTER && !isSender(request.to())) {
            refused++;
            transaction.send(transaction.respond(403, "Not Your Address"), nowMs);
            return false;
        }
        if (endsHere) {
            putInfo(transaction);
        }
        return true;
    }

    /** Shows the client that we know its secret, too (RFC 7616 section 3.5). */
    private void putInfo(ServerTransaction transaction) {
        SipWriter w = transaction.forSuccess();
        if (digest.putInfo(w.name(Header.AUTHENTICATION_INFO).sink())) {
            transaction.keepForSuccess(w.end());
        }
    }

    private boolean isSender(NameAddrView address) {
        address.parsed().putUser(name.sink(sink));
        return name.take(sink) && digest.authenticated().equals(name);
    }

    private void challenge(ServerTransaction transaction, boolean endsHere, boolean stale, long nowMs) {
        challenged++;
        SipWriter w = transaction.respond(endsHere ? 401 : 407);
        int header = endsHere ? Header.WWW_AUTHENTICATE : Header.PROXY_AUTHENTICATE;
        for (int i = 0; i < algorithms.length; i++) {
            digest.putChallenge(algorithms[i], stale, nowMs, w.name(header).sink());
            w.end();
        }
        transaction.send(w, nowMs);
    }

    long challenged() {
        return challenged;
    }

    long refused() {
        return refused;
    }
}
