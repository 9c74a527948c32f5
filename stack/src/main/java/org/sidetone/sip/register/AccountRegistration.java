package org.sidetone.sip.register;

import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.UserAgent;

/**
 * Keeps one account registered by every way it has to its server (RFC 5626 section 4.2.1), so that it stays reachable when one proxy is lost. The second
 * way begins when the first was answered, or failed; where the registrar keeps no flows it is used only as long as the first is away.
 */
public final class AccountRegistration implements Registration.User {
    /** Told of every change of the whole. */
    public interface User {
        /** @param state a code of {@link Registration}; REGISTERED by any way is REGISTERED. @param status the response's, 0 when there is none to tell */
        void onRegistration(Account account, int state, int status, long nowMs);
    }

    private final Account account;
    private final User user;
    private final Registration[] ways = new Registration[Account.WAYS];
    private long expiresSec;

    public AccountRegistration(UserAgent agent, Account account, User user) {
        this.account = account;
        this.user = user;
        for (int i = 0; i < ways.length; i++) {
            ways[i] = new Registration(agent, account, account.way(i), this);
        }
    }

    /** @param forSec what to ask for, at least 1 */
    public void start(long forSec, long nowMs) {
        expiresSec = forSec;
        ways[0].start(forSec, nowMs);
    }

    /** The link came back or the address changed: at once instead of at the next refresh. */
    public void hurry(long nowMs) {
        for (int i = 0; i < ways.length; i++) {
            ways[i].hurry(nowMs);
        }
    }

    /** Looks whether our address is still the one that is registered, and registers the new one when it is not. */
    public void checkAddress(long nowMs) {
        for (int i = 0; i < ways.length; i++) {
            ways[i].checkAddress(nowMs);
        }
    }

    @Override
    public void onRegistration(Registration of, int state, int status, long nowMs) {
        boolean first = of == ways[0];
        if (first && state != Registration.IDLE) {
            followFirst(state == Registration.REGISTERED, nowMs);
        }
        boolean other = (first ? ways[1] : ways[0]).state() == Registration.REGISTERED;
        if (other && state != Registration.REGISTERED) {
            return;                                            // we are still reachable, and can still ask
        }
        user.onRegistration(account, state, status, nowMs);
    }

    private void followFirst(boolean up, long nowMs) {
        Registration second = ways[1];
        if (!second.way().isSet()) {
            return;
        }
        if (up && !account.way(0).outbound) {
            if (second.state() != Registration.IDLE) {
                second.lapse(nowMs);
            }
        } else if (second.state() == Registration.IDLE) {
            second.start(expiresSec, nowMs);
        }
    }

    /** A code of {@link Registration}: of the way that requests take. */
    public int state() {
        return ways[account.way().regId - 1].state();
    }


    public long refreshes() {
        return ways[0].refreshes() + ways[1].refreshes();
    }

    /** Flows that were found dead. */
    public long flowFailures() {
        return ways[0].flowFailures() + ways[1].flowFailures();
    }

    /** Answers to keep-alives. */
    public long keepAlives() {
        return ways[0].keepAlives() + ways[1].keepAlives();
    }

    /** Ways that we are registered by. */
    public int flows() {
        int n = 0;
        for (int i = 0; i < ways.length; i++) {
            n += ways[i].way().up ? 1 : 0;
        }
        return n;
    }
}
