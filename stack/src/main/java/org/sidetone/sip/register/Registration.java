package org.sidetone.sip.register;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Flow;
import org.sidetone.sip.Header;
import org.sidetone.sip.Method;
import org.sidetone.sip.NameAddrView;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.transport.KeepAlive;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.ClientRequest;
import org.sidetone.sip.ua.ServerWay;
import org.sidetone.sip.ua.UserAgent;
import org.sidetone.time.Timer;
import org.sidetone.uri.UriView;

/**
 * Keeps one account registered (RFC 3261 section 10.2), and with an instance id its flow alive (RFC 5626); learns Service-Route
 * (RFC 3608), Path (RFC 3327) is taken note of by the registrar alone, and GRUU (RFC 5627).
 * <pre>
 *   state          input               next           action
 *   IDLE           start               REGISTERING    send
 *   REGISTERING    2xx                 REGISTERED     tell user; refresh at 40 to 50 % of the time granted
 *   REGISTERING    423                 REGISTERING    send again with the registrar's Min-Expires
 *   REGISTERING    other, no answer    WAITING        tell user; back off
 *   REGISTERED     refresh is due      REGISTERING    send
 *   REGISTERED     binding ran out     WAITING        tell user; the back-off goes on
 *   WAITING        backoff is over     REGISTERING    send
 *   REGISTERED     flow failed         WAITING        tell user; close the flow; register over a new one soon
 *   any            stop                UNREGISTERING  send with Expires 0
 *   UNREGISTERING  any answer          IDLE           tell user
 * </pre>
 */
public final class Registration implements Timer.Owner {
    public static final int IDLE = 0;
    public static final int REGISTERING = 1;
    public static final int REGISTERED = 2;
    public static final int WAITING = 3;
    public static final int UNREGISTERING = 4;

    /** Told of what a registrar has of an address of record. */
    public interface Fetched {
        /** One contact, whoever registered it. @param expiresSec -1 when the registrar does not say */
        void onContact(NameAddrView contact, long expiresSec);

        /** That was all. @param status 200, or why there is nothing to tell */
        void onFetched(int status, long nowMs);
    }

    /** Told of every change. */
    public interface User {
        /** @param status the response's, 0 when there is none to tell */
        void onRegistration(Registration registration, int state, int status, long nowMs);
    }

    private static final long MAX_RETRY_AFTER_SEC = 86_400;
    private static final byte[] SIPS = Ascii.bytes("sips:");
    private static final byte[] OUTBOUND = Ascii.bytes("outbound");
    private static final int REFRESH_LOW = 40;
    private static final int REFRESH_HIGH = 50;
    /** Section 4.5 of RFC 5626: when every way has failed, and when another is up. */
    private static final long BACKOFF_BASE_MS = 30_000;
    private static final long BACKOFF_BASE_OTHER_UP_MS = 90_000;
    private static final long BACKOFF_MAXIMUM_MS = 1_800_000;

    private final UserAgent agent;
    private final Account account;
    private final ServerWay way;
    private final User user;
    private final Request request;
    private final Timer timer;
    private final KeepAlive keepAlive;
    private final Query query;
    /** The contact that the registrar has of us, without brackets; empty: none. */
    private final FixedText registered = new FixedText(192);
    private final FixedText wanted = new FixedText(192);
    private final ByteSink sink = new ByteSink();
    private final Backoff backoff = new Backoff(BACKOFF_BASE_MS, BACKOFF_MAXIMUM_MS);
    private final NameAddrView address = new NameAddrView();
    private final UriView contact = new UriView();
    private final Slice slice = new Slice();
    private int state = IDLE;
    private boolean everRegistered;
    private long wantedSec;
    private long askedSec;
    private long retryAfterSec;
    /** Not before then after a failure. */
    private long againAtMs;
    private long expiresAtMs;
    private long refreshes;
    private long flowFailures;
    private int q = 1000;

    public Registration(UserAgent agent, Account account, User user) {
        this(agent, account, account.way(0), user);
    }

    /** @param way of the account's */
    Registration(UserAgent agent, Account account, ServerWay way, User user) {
        this.way = way;
        this.agent = agent;
        this.account = account;
        this.user = user;
        request = new Request(agent);
        timer = new Timer(agent.timers(), this);
        query = new Query(agent);
        keepAlive = new KeepAlive(agent.transactions().transport(), agent.timers(), agent.random(), new FlowUser());
    }

    /** @param expiresSec what to ask for, at least 1 */
    public void start(long expiresSec, long nowMs) {
        wantedSec = expiresSec;
        askedSec = expiresSec;
        request.setAccount(account);
        request.begin(account);
        backoff.reset();
        register(nowMs);
    }

    /** How much our contact is wanted among others of this address, 1 to 1000 thousandths; from the next registration on. */
    public void setQ(int thousandths) {
        if (thousandths < 1 || thousandths > 1000) {
            throw new IllegalArgumentException("q is 1 to 1000 thousandths");
        }
        q = thousandths;
    }

    /** Asks which contacts the registrar has of this address. @return false when it cannot be asked just now */
    public boolean fetch(Fetched asker, long nowMs) {
        return query.start(false, asker, nowMs);
    }

    /** Takes all contacts of this address away, other devices' too. @return false when it cannot be asked just now */
    public boolean removeAll(Fetched asker, long nowMs) {
        return query.start(true, asker, nowMs);
    }

    /** Leaves it to the registrar to forget the binding: another way has one of the same name. */
    void lapse(long nowMs) {
        keepAlive.stop();
        timer.stop();
        askedSec = 0;
        enter(IDLE, 0, nowMs);
    }

    ServerWay way() {
        return way;
    }

    /** Takes the binding away. */
    public void stop(long nowMs) {
        askedSec = 0;
        keepAlive.stop();
        timer.stop();
        if (state == IDLE || request.isPending() || !request.send(Method.REGISTER, nowMs)) {
            enter(IDLE, 0, nowMs);
        } else {
            enter(UNREGISTERING, 0, nowMs);
        }
    }

    /** The link came back or the address changed: at once instead of at the next refresh. */
    public void hurry(long nowMs) {
        if (state == WAITING || state == REGISTERED) {
            backoff.reset();
            register(nowMs);
        }
    }

    /** Looks whether our address is still the one that is registered, and registers the new one when it is not. */
    public void checkAddress(long nowMs) {
        if (state != REGISTERED || registered.isEmpty() || request.isPending()) {
            return;
        }
        wanted.sink(sink);
        agent.putContact(account.contactUser, isSecure(), way.flow, sink);
        if (wanted.take(sink) && !wanted.equals(registered)) {
            hurry(nowMs);
        }
    }

    /** Whether the address is a sips URI: then everything on the way to it is (RFC 3261 section 8.1.1.8). */
    private boolean isSecure() {
        return Ascii.startsWithIgnoreCase(account.registrar.bytes(), 0, account.registrar.length(), SIPS);
    }

    private void onFlowFailed(long nowMs) {
        if (state == REGISTERED || state == REGISTERING) {
            flowFailures++;
            agent.transactions().transport().close(way.flow);
            way.flow.withConnection(0);
            if (!request.isPending()) {
                timer.stop();
                enter(WAITING, 0, nowMs);
                register(nowMs);                                            // the first new flow at once, then by the backoff
            }
        }
    }

    private void register(long nowMs) {
        if (request.isPending()) {
            return;
        }
        if (state != REGISTERED) {
            state = REGISTERING;                       // before it is sent: the failure may come within the call
        }
        if (!request.send(Method.REGISTER, nowMs)) {
            fail(ClientRequest.UNREACHABLE, nowMs);
        }
    }

    private void fail(int status, long nowMs) {
        backoff.setBase(account.way().up && account.way() != way ? BACKOFF_BASE_OTHER_UP_MS : BACKOFF_BASE_MS);
        againAtMs = nowMs + Math.max(backoff.nextMs(agent.random()), 1000 * retryAfterSec);
        // what the registrar has of us ends: then we know that we are not registered any more
        timer.startAt(state == REGISTERED && nowMs < expiresAtMs ? Math.min(againAtMs, expiresAtMs) : againAtMs);
        retryAfterSec = 0;
        if (state != REGISTERED || nowMs >= expiresAtMs || status == 401 || status == 403 || status == 407) {
            enter(WAITING, status, nowMs);
        }
    }

    @Override
    public void onTimer(Timer fired, long nowMs) {
        if (state == REGISTERED && againAtMs - nowMs > 0) {
            timer.startAt(againAtMs);
            enter(WAITING, 0, nowMs);
            return;
        }
        if (state == REGISTERED || state == WAITING) {
            refreshes++;
            register(nowMs);
        }
    }

    private void enter(int newState, int status, long nowMs) {
        state = newState;
        way.up = newState == REGISTERED;
        user.onRegistration(this, newState, status, nowMs);
    }

    private void onFinal(int status, SipMessage response, long nowMs) {
        if (state == UNREGISTERING || askedSec == 0) {
            enter(IDLE, status, nowMs);
            return;
        }
        if (status / 100 == 2) {
            backoff.reset();
            againAtMs = nowMs;
            registered.set(wanted);
            learn(response, nowMs);
            long granted = grantedSec(response);
            expiresAtMs = nowMs + 1000 * granted;
            everRegistered = true;
            timer.startAt(nowMs + agent.between(1000 * granted, REFRESH_LOW, REFRESH_HIGH));
            enter(REGISTERED, status, nowMs);
            return;
        }
        long minimum = status == 423 ? response.decimal(Header.MIN_EXPIRES, 0xFFFFFFFFL) : -1;
        if (minimum > askedSec) {
            askedSec = minimum;
            if (request.send(Method.REGISTER, nowMs)) {
                return;
            }
        }
        if (response != null && status != 423) {
            askedSec = wantedSec;
            retryAfterSec = status == 503 ? Math.max(0, response.decimal(Header.RETRY_AFTER, MAX_RETRY_AFTER_SEC)) : 0;
        }
        fail(status, nowMs);
    }

    private void learn(SipMessage response, long nowMs) {
        way.serviceRoute.sink(sink);
        for (int i = 0; response.element(Header.SERVICE_ROUTE, i, slice); i++) {
            sink.put(i == 0 ? "" : ", ").put(slice);
        }
        way.serviceRoute.take(sink);
        account.gruu.clear();
        for (int i = 0; !account.instance.isEmpty() && response.address(Header.CONTACT, i, address); i++) {
            if (address.instance(slice) && account.instance.equals(slice) && address.publicGruu(slice)) {
                account.gruu.set(slice);
            }
        }
        way.outbound = !account.instance.isEmpty() && response.lists(Header.REQUIRE, OUTBOUND, slice);
        if (way.outbound) {
            keepAlive.start(way.flow, Math.max(0, response.decimal(Header.FLOW_TIMER, 86_400)), nowMs);
        } else {
            keepAlive.stop();
        }
    }

    /** Flows that were found dead. */
    public long flowFailures() {
        return flowFailures;
    }

    /** Answers to keep-alives. */
    public long keepAlives() {
        return keepAlive.answers();
    }

    /** Time granted to our binding (section 10.2.4); a moment that is too short to refresh counts as 1 s. */
    private long grantedSec(SipMessage response) {
        for (int i = 0; response.element(Header.CONTACT, i, slice); i++) {
            if (address.wrap(slice) && contact.wrap(address.uri()) && account.contactUser.equals(contact.user())
                    && isOurAddress() && address.expires() > 0 && (address.regId() <= 0 || address.regId() == way.regId)) {
                return address.expires();
            }
        }
        long general = response.decimal(Header.EXPIRES, 0xFFFFFFFFL);
        return general > 0 ? general : Math.max(1, askedSec);
    }

    private boolean isOurAddress() {
        agent.transactions().transport().local(way.flow, request.ours);
        return contact.port() == request.ours.port();
    }

    public int state() {
        return state;
    }

    public Account account() {
        return account;
    }

    /** Whether it ever succeeded since boot. */
    public boolean hasEverRegistered() {
        return everRegistered;
    }

    public long refreshes() {
        return refreshes;
    }

    private final class FlowUser implements KeepAlive.User {
        @Override
        public void onFlowFailed(long nowMs) {
            Registration.this.onFlowFailed(nowMs);
        }
    }

    /** Asks what the registrar has, or takes all of it away (section 10.2.1.2, 10.2.2). */
    private final class Query extends ClientRequest {
        private final Slice own = new Slice();
        private final Slice server = new Slice();
        private Fetched asker;
        private boolean removing;

        Query(UserAgent agent) {
            super(agent, agent.newDialog());
        }

        boolean start(boolean remove, Fetched newAsker, long nowMs) {
            if (isPending()) {
                return false;
            }
            asker = newAsker;
            removing = remove;
            setAccount(account);
            startDialog(account.address, account.address.slice(own), account.registrar.slice(server));
            return send(Method.REGISTER, nowMs);
        }

        @Override
        protected ServerWay way(Account of) {
            return way;
        }

        @Override
        protected void writeContent(SipWriter out, Flow to, long nowMs) {
            if (removing) {
                out.name(Header.CONTACT).sink().put('*');
                out.end().decimal(Header.EXPIRES, 0);
            }
        }

        @Override
        protected void onFinal(int status, SipMessage response, long nowMs) {
            for (int i = 0; status / 100 == 2 && response.address(Header.CONTACT, i, address); i++) {
                asker.onContact(address, address.expires());
            }
            asker.onFetched(status, nowMs);
        }
    }

    private final class Request extends ClientRequest {
        final Flow ours = new Flow();
        private final Slice registrar = new Slice();
        private final Slice own = new Slice();

        Request(UserAgent agent) {
            super(agent, agent.newDialog());
        }

        void begin(Account of) {
            startDialog(of.address, of.address.slice(own), of.registrar.slice(registrar));
        }

        @Override
        protected ServerWay way(Account of) {
            return way;
        }

        @Override
        protected void writeContent(SipWriter out, Flow to, long nowMs) {
            wanted.sink(sink);
            agent.putContact(account.contactUser, isSecure(), to, sink);
            wanted.take(sink);
            putContact(wanted, askedSec, out);
            if (!registered.isEmpty() && !registered.equals(wanted) && account.instance.isEmpty()) {
                out.name(Header.CONTACT).sink().put(registered).put(";expires=0");       // our address changed
                out.end();
            }
            out.header(Header.SUPPORTED, account.instance.isEmpty() ? "path" : "path, outbound, gruu");
            out.decimal(Header.EXPIRES, askedSec);
        }

        private void putContact(FixedText contactOfOurs, long expiresSec, SipWriter out) {
            out.name(Header.CONTACT).sink().put(contactOfOurs);
            if (q != 1000) {
                out.sink().put(";q=0.").putPadded(q, 3);
            }
            if (!account.instance.isEmpty()) {
                out.sink().put(";+sip.instance=\"").put(account.instance).put("\";reg-id=").putDecimal(way.regId);
            }
            out.end();
        }

        @Override
        protected void onFinal(int status, SipMessage response, long nowMs) {
            Registration.this.onFinal(status, response, nowMs);
        }
    }
}
