package org.sidetone.sip.register;

import org.sidetone.bytes.Slice;
import org.sidetone.port.Flow;
import org.sidetone.sip.Header;
import org.sidetone.sip.Method;
import org.sidetone.sip.NameAddrView;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.dialog.Dialog;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.ClientRequest;
import org.sidetone.sip.ua.UserAgent;
import org.sidetone.time.Timer;
import org.sidetone.uri.UriView;

/**
 * Keeps one account registered (RFC 3261 section 10.2).
 * <pre>
 *   state          input               next           action
 *   IDLE           start               REGISTERING    send
 *   REGISTERING    2xx                 REGISTERED     tell user; refresh at 40 to 50 % of the time granted
 *   REGISTERING    423                 REGISTERING    send again with the registrar's Min-Expires
 *   REGISTERING    other, no answer    WAITING        tell user; back off
 *   REGISTERED     refresh is due      REGISTERING    send
 *   WAITING        backoff is over     REGISTERING    send
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

    /** Told of every change. */
    public interface User {
        /** @param status the response's, 0 when there is none to tell */
        void onRegistration(Registration registration, int state, int status, long nowMs);
    }

    private static final int REFRESH_LOW = 40;
    private static final int REFRESH_HIGH = 50;
    private static final long BACKOFF_BASE_MS = 4_000;
    private static final long BACKOFF_MAXIMUM_MS = 1_800_000;

    private final UserAgent agent;
    private final Account account;
    private final User user;
    private final Request request;
    private final Timer timer;
    private final Backoff backoff = new Backoff(BACKOFF_BASE_MS, BACKOFF_MAXIMUM_MS);
    private final NameAddrView address = new NameAddrView();
    private final UriView contact = new UriView();
    private final Slice slice = new Slice();
    private int state = IDLE;
    private boolean everRegistered;
    private long wantedSec;
    private long askedSec;
    private long expiresAtMs;
    private long refreshes;

    public Registration(UserAgent agent, Account account, User user) {
        this.agent = agent;
        this.account = account;
        this.user = user;
        request = new Request(agent);
        timer = new Timer(agent.timers(), this);
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

    /** Takes the binding away. */
    public void stop(long nowMs) {
        askedSec = 0;
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
        timer.startAt(nowMs + backoff.nextMs(agent.random()));
        if (state != REGISTERED || nowMs >= expiresAtMs || status == 401 || status == 403 || status == 407) {
            enter(WAITING, status, nowMs);
        }
    }

    @Override
    public void onTimer(Timer fired, long nowMs) {
        if (state == REGISTERED || state == WAITING) {
            refreshes++;
            register(nowMs);
        }
    }

    private void enter(int newState, int status, long nowMs) {
        state = newState;
        user.onRegistration(this, newState, status, nowMs);
    }

    private void onFinal(int status, SipMessage response, long nowMs) {
        if (state == UNREGISTERING || askedSec == 0) {
            enter(IDLE, status, nowMs);
            return;
        }
        if (status / 100 == 2) {
            backoff.reset();
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
        }
        fail(status, nowMs);
    }

    /** Time granted to our binding (section 10.2.4); a moment that is too short to refresh counts as 1 s. */
    private long grantedSec(SipMessage response) {
        for (int i = 0; response.element(Header.CONTACT, i, slice); i++) {
            if (address.wrap(slice) && contact.wrap(address.uri()) && account.contactUser.equals(contact.user())
                    && isOurAddress() && address.expires() > 0) {
                return address.expires();
            }
        }
        long general = response.decimal(Header.EXPIRES, 0xFFFFFFFFL);
        return general > 0 ? general : Math.max(1, askedSec);
    }

    private boolean isOurAddress() {
        agent.transactions().transport().local(account.server, request.ours);
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

    private final class Request extends ClientRequest {
        final Flow ours = new Flow();
        private final Slice registrar = new Slice();
        private final Slice own = new Slice();

        Request(UserAgent agent) {
            super(agent, new Dialog());
        }

        void begin(Account of) {
            startDialog(of.address, of.address.slice(own), of.registrar.slice(registrar));
        }

        @Override
        protected void writeContent(SipWriter out, Flow to, long nowMs) {
            agent.putContact(account.contactUser, to, out.name(Header.CONTACT).sink());
            out.end().decimal(Header.EXPIRES, askedSec);
        }

        @Override
        protected void onFinal(int status, SipMessage response, long nowMs) {
            Registration.this.onFinal(status, response, nowMs);
        }
    }
}
