package org.sidetone.sip.ua;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.digest.DigestClient;
import org.sidetone.digest.DigestClients;
import org.sidetone.port.Flow;
import org.sidetone.sip.Header;
import org.sidetone.sip.Method;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.dialog.Dialog;
import org.sidetone.sip.locate.LocationUser;
import org.sidetone.sip.locate.Locator;
import org.sidetone.sip.transaction.ClientUser;
import org.sidetone.sip.transaction.ClientTransaction;
import org.sidetone.sip.transaction.InviteClient;
import org.sidetone.sip.transport.SipTransport;

/**
 * A request of one usage, sent again with credentials when it is challenged (RFC 3261 section 22) and over a stream when it is
 * too large for a datagram (18.1.1), and to the next server when one fails (RFC 3263 section 4.3). One at a time; made at boot and used again and again.
 */
public abstract class ClientRequest implements ClientUser, LocationUser {
    /** What {@link #onFinal} says when nobody answered (section 8.1.3.1). */
    public static final int TIMEOUT = 408;
    /** What {@link #onFinal} says when the request could not be sent (section 8.1.3.1). */
    public static final int UNREACHABLE = 503;

    private static final int MAX_CHALLENGES = 6;

    protected final UserAgent agent;
    protected final Dialog dialog;
    private final Flow flow = new Flow();
    private Account account;
    private ServerWay way;
    private int method;
    private boolean pending;
    /** The transaction that waits for a final response; null while servers are looked up, and afterwards. */
    private ClientTransaction current;
    private long sequence;
    private ClientTransaction answering;
    private int attempt;
    private int challenges;
    /** Realms of servers and of proxies, by their numbers: those that this request has answered; those that have challenged this dialog. */
    private int answeredServers;
    private int answeredProxies;
    private int heardServers;
    private int heardProxies;
    /** The dialog that {@link #heardServers} and {@link #heardProxies} are of. */
    private int heardIn;
    private int taken;
    private boolean overStream;
    private boolean datagramOnly;
    private final Slice uri = new Slice();
    private final Slice value = new Slice();
    private final Slice body = new Slice();

    protected ClientRequest(UserAgent agent, Dialog dialog) {
        this.agent = agent;
        this.dialog = dialog;
    }

    /** Appends the usage's own headers and, after {@link SipWriter#body()}, its body. Called once for every sending. */
    protected abstract void writeContent(SipWriter out, Flow to, long nowMs);

    /** The way to the server that this request takes where no dialog directs it elsewhere. */
    protected ServerWay way(Account of) {
        return of.way();
    }

    /** The outcome. @param response null when there was none: {@link #TIMEOUT} or {@link #UNREACHABLE} */
    protected abstract void onFinal(int status, SipMessage response, long nowMs);

    /** A provisional response, 100 included. */
    protected void onProvisional(SipMessage response, long nowMs) {
        // most usages wait for the outcome
    }

    /** A 2xx to an INVITE after the first: the same again, or of another branch of a fork (RFC 3261 section 13.2.2.4). */
    protected void onAnotherSuccess(ClientTransaction transaction, SipMessage response, long nowMs) {
        // only an INVITE has them
    }

    /** Gives an INVITE up (section 9.1): {@link #onFinal} says how it ended. @return false when it was not sent yet, and now will not be */
    protected final boolean cancel(long nowMs) {
        if (current instanceof InviteClient) {
            ((InviteClient) current).cancel(nowMs);
            return true;
        }
        agent.locator().forget(this);
        pending = false;
        return false;
    }

    /** The flow that the last request took. */
    protected final Flow flow() {
        return flow;
    }

    /** The transaction whose final response is being told. */
    protected final ClientTransaction answered() {
        return answering;
    }

    /** The last sequence number; of the INVITE, for its ACK. */
    protected final long lastSequence() {
        return sequence;
    }

    /** Whether a request is under way. */
    public final boolean isPending() {
        return pending;
    }

    public final Account account() {
        return account;
    }

    /** @param newAccount null for a request of a server's own, which has no credentials */
    public final void setAccount(Account newAccount) {
        account = newAccount;
    }

    /** Sends. @return false when there is no room for a transaction, the request does not fit, or no way leads there: nothing was
     *  sent and {@link #onFinal} will not be called */
    public final boolean send(int newMethod, long nowMs) {
        if (pending) {
            return false;
        }
        method = newMethod;
        challenges = 0;
        answeredServers = 0;
        answeredProxies = 0;
        attempt = 0;
        overStream = false;
        datagramOnly = false;
        way = account == null ? null : way(account);
        forgetForeign();
        return transmit(nowMs);
    }

    @Override
    public final void onLocated(long nowMs) {
        pending = false;
        if (!transmit(nowMs)) {
            onFinal(UNREACHABLE, null, nowMs);
        }
    }

    /** A new dialog or half-dialog of our own: Call-ID, tag, identities (section 8.1.1). */
    protected final void startDialog(FixedText localUri, Slice remoteUri, Slice target) {
        dialog.clear();
        agent.newCallId(dialog.callId);
        agent.newTag(dialog.localTag);
        dialog.localUri.set(localUri);
        agent.setAsSip(remoteUri, dialog.remoteUri);
        dialog.remoteTarget.set(target);
        dialog.setSequences(agent.firstSequence(), -1);
    }

    private boolean transmit(long nowMs) {
        int found = agent.nextHop(dialog, account, way, method, this, attempt, flow, nowMs);
        if (found != Locator.FOUND) {
            pending = found == Locator.PENDING;
            return pending;
        }
        if (overStream) {
            flow.withTransport(Flow.TCP);
        }
        ClientTransaction transaction = method == Method.INVITE ? agent.transactions().newInviteClient() : agent.transactions().newClient();
        if (transaction == null) {
            return false;
        }
        sequence = dialog.nextSequence();
        int length = write(transaction, nowMs);
        if (length > SipTransport.MAX_DATAGRAM_REQUEST && flow.transport() == Flow.UDP && !datagramOnly) {
            overStream = true;
            flow.withTransport(Flow.TCP);
            length = write(transaction, nowMs);
        }
        if (length < 0) {
            transaction.abandon();
            return false;
        }
        pending = true;
        current = transaction;
        transaction.start(this, method, flow, length, nowMs);
        return true;
    }

    /** The body by itself, where credentials have to cover it. */
    private void readAhead(ClientTransaction transaction, long nowMs) {
        body.clear();
        if (account != null && (coversBody(account.forServers) || coversBody(account.forProxies))) {
            SipWriter w = agent.writer().wrap(transaction.buffer(), 0, transaction.buffer().length);
            writeContent(w, flow, nowMs);
            w.writtenBody(value);
            body.wrap(account.scratch, 0, value.length());
            System.arraycopy(value.buffer(), value.offset(), account.scratch, 0, value.length());
        }
    }

    private static boolean coversBody(DigestClients clients) {
        boolean covers = false;
        for (int i = 0; i < clients.size(); i++) {
            covers |= clients.of(i).coversBody();
        }
        return covers;
    }

    private int write(ClientTransaction transaction, long nowMs) {
        readAhead(transaction, nowMs);
        SipWriter w = agent.writer().wrap(transaction.buffer(), 0, transaction.buffer().length);
        putHead(w, method, transaction.branch(), sequence);
        if (account != null) {
            putCredentials(w, Header.AUTHORIZATION, account.forServers, heardServers);
            if (isForProxy()) {
                putCredentials(w, Header.PROXY_AUTHORIZATION, account.forProxies, heardProxies);
            }
        }
        w.header(Header.USER_AGENT, agent.product());
        writeContent(w, flow, nowMs);
        return w.hasBody() ? w.finish() : w.finishWithoutBody();
    }

    private void putCredentials(SipWriter w, int header, DigestClients clients, int heard) {
        for (int i = 0; i < clients.size(); i++) {
            DigestClient client = clients.of(i);
            if (client.isReady() && ((heard & 1 << i) != 0 || account.isOwnRealm(client.realm()))) {
                client.putCredentials(account.credentials, Method.name(method), uri, body, w.name(header).sink());
                w.end();
            }
        }
    }

    /** What was heard in another dialog, or by realms that gave their numbers to others, does not count. */
    private void forgetForeign() {
        int now = account == null ? 0 : Ascii.hash(dialog.callId.bytes(), 0, dialog.callId.length()) + account.forServers.replaced() + account.forProxies.replaced();
        if (now != heardIn) {
            heardIn = now;
            heardServers = 0;
            heardProxies = 0;
        }
    }

    /** From the request line to CSeq; leaves the Request-URI in {@link #uri}. */
    private void putHead(SipWriter w, int ofMethod, FixedText branch, long number) {
        boolean byServiceRoute = UserAgent.takesServiceRoute(dialog, way, ofMethod);
        boolean strict = !byServiceRoute && agent.strictRoute().applies(dialog, uri);
        if (!strict) {
            agent.requestUri(dialog.remoteTarget, uri);
        }
        w.requestLine(ofMethod, uri);
        agent.putVia(w, flow, branch);
        w.decimal(Header.MAX_FORWARDS, 70);
        if (byServiceRoute) {
            w.header(Header.ROUTE, way.serviceRoute);
        } else if (strict) {
            agent.strictRoute().putRoutes(dialog, w.name(Header.ROUTE).sink());
            w.end();
        } else if (!dialog.routeSet.isEmpty()) {
            w.header(Header.ROUTE, dialog.routeSet);
        }
        w.name(Header.FROM);
        if (account != null && !account.displayName.isEmpty()) {
            w.sink().put('"').put(account.displayName).put('"').put(' ');
        }
        w.sink().put('<').put(dialog.localUri).put(">;tag=").put(dialog.localTag);
        w.end().name(Header.TO).sink().put('<').put(dialog.remoteUri).put('>');
        if (dialog.isEstablished()) {
            w.sink().put(";tag=").put(dialog.remoteTag);
        }
        w.end().header(Header.CALL_ID, dialog.callId);
        w.name(Header.CSEQ).sink().putDecimal(number).put(' ').put(Method.name(ofMethod));
        w.end();
    }

    /** Writes the ACK of a 2xx, with the credentials of its INVITE (RFC 3261 section 13.2.2.4); the caller adds a body. @param to where it goes */
    protected final SipWriter writeAck(byte[] buffer, FixedText branch, Flow to, ClientTransaction invite, long number) {
        flow.set(to);
        SipWriter w = agent.writer().wrap(buffer, 0, buffer.length);
        putHead(w, Method.ACK, branch, number);
        SipMessage sent = agent.transactions().requestOf(invite);
        if (sent != null) {
            w.copy(sent, Header.AUTHORIZATION).copy(sent, Header.PROXY_AUTHORIZATION);
        }
        return w;
    }

    /** REGISTER, PUBLISH and SUBSCRIBE end at the server itself. */
    private boolean isForProxy() {
        return method != Method.REGISTER && method != Method.PUBLISH;
    }

    @Override
    public final void onResponse(ClientTransaction transaction, SipMessage response, long nowMs) {
        int status = response.status();
        if (transaction != current) {
            if (status / 100 == 2) {
                onAnotherSuccess(transaction, response, nowMs);
            }
            return;
        }
        if (status < 200) {
            onProvisional(response, nowMs);
            return;
        }
        answering = transaction;
        current = null;
        pending = false;
        for (int i = 0; account != null && i < Account.WAYS; i++) {
            if (account.way(i).flow.sameEnd(transaction.flow())) {
                account.way(i).flow.withConnection(transaction.flow().connection());
            }
        }
        if (status != 503) {
            agent.locator().onAnswered(flow, nowMs);
        } else {
            agent.locator().onRefused(flow, response.decimal(Header.RETRY_AFTER, Integer.MAX_VALUE), nowMs);
            if (tryNext(nowMs)) {
                return;
            }
        }
        if ((status == 401 || status == 407) && account != null && answerChallenges(response) && transmit(nowMs)) {
            return;
        }
        if (status / 100 == 2 && account != null) {
            readInfo(response, Header.AUTHENTICATION_INFO, account.forServers);
            readInfo(response, Header.PROXY_AUTHENTICATION_INFO, account.forProxies);
        }
        onFinal(status, response, nowMs);
    }

    /** Who wrote it is not said: it is taken where one realm's credentials alone went with the request. */
    private void readInfo(SipMessage response, int header, DigestClients clients) {
        DigestClient used = null;
        int n = 0;
        for (int i = 0; i < clients.size(); i++) {
            if (clients.of(i).isReady()) {
                used = clients.of(i);
                n++;
            }
        }
        if (n == 1 && response.value(header, value) && !used.onInfo(value, response.body(body))) {
            agent.countUntrusted();
        }
    }

    /** Servers and proxies of several realms may challenge at once (section 22.3). @return whether there is something new to send */
    private boolean answerChallenges(SipMessage response) {
        if (++challenges > MAX_CHALLENGES) {
            return false;
        }
        boolean again = take(response, Header.WWW_AUTHENTICATE, account.forServers, answeredServers);
        int servers = taken;
        again &= take(response, Header.PROXY_AUTHENTICATE, account.forProxies, answeredProxies);
        forgetForeign();
        answeredServers |= servers;
        heardServers |= servers;
        answeredProxies |= taken;
        heardProxies |= taken;
        return again && (servers | taken) != 0;
    }

    /** Leaves the realms in {@link #taken}. @return false when one refused what it had been answered: the same secret would be refused again (section 22.1) */
    private boolean take(SipMessage response, int header, DigestClients clients, int answered) {
        taken = 0;
        boolean good = true;
        for (int line = response.firstLine(header); line != SipMessage.NONE; line = response.nextLine(line)) {
            int realm = clients.challenge(response.lineValue(line, value), taken);
            if (realm != DigestClients.NONE) {
                taken |= 1 << realm;
                good &= (answered & 1 << realm) == 0 || clients.of(realm).isStale();
                if (method == Method.REGISTER) {
                    account.ownRealm.set(clients.of(realm).realm());
                }
            }
        }
        return good;
    }

    @Override
    public final void onTimeout(ClientTransaction transaction, long nowMs) {
        if (transaction != current) {
            return;
        }
        current = null;
        pending = false;
        if (!fallBack(nowMs) && !silent(nowMs)) {
            onFinal(TIMEOUT, null, nowMs);
        }
    }

    @Override
    public final void onTransportError(ClientTransaction transaction, long nowMs) {
        if (transaction != current) {
            return;
        }
        current = null;
        pending = false;
        if (!fallBack(nowMs) && !silent(nowMs)) {
            onFinal(UNREACHABLE, null, nowMs);
        }
    }

    private boolean silent(long nowMs) {
        agent.locator().onSilent(flow, nowMs);
        return tryNext(nowMs) || tryOtherWay(nowMs);
    }

    /** A proxy of the account's is lost, and we did not know it yet: the request goes by the next that we are registered through (RFC 5626 section 4.3). */
    private boolean tryOtherWay(long nowMs) {
        if (way == null || way != way(account) || dialog.isEstablished() || !dialog.routeSet.isEmpty()) {
            return false;
        }
        for (int i = 0; i < Account.WAYS; i++) {
            if (account.way(i) != way && account.way(i).up && method != Method.REGISTER) {
                way = account.way(i);
                attempt = -1;
                return tryNext(nowMs);
            }
        }
        return false;
    }

    /** The next server, in a transaction of its own. */
    private boolean tryNext(long nowMs) {
        attempt++;
        overStream = false;
        datagramOnly = false;
        return transmit(nowMs);
    }

    /** A stream that was chosen for size alone and is not to be had: the datagram after all (section 18.1.1). */
    private boolean fallBack(long nowMs) {
        if (!overStream) {
            return false;
        }
        overStream = false;
        datagramOnly = true;
        return transmit(nowMs);
    }
}
