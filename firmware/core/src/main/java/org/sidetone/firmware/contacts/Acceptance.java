package org.sidetone.firmware.contacts;

import org.sidetone.bytes.Slice;
import org.sidetone.sip.ua.Account;
import org.sidetone.uri.UriView;

/**
 * Whom messages and chats are taken from, and how many a minute. Strangers share one limit, so that many names do not help; each contact
 * has his own, so that none keeps another from being heard.
 */
public final class Acceptance {
    public static final int EVERYBODY = 0;
    /** Contacts, and addresses in the account's own domain. */
    public static final int DOMAIN = 1;
    public static final int CONTACTS = 2;

    /** Not wanted. */
    private static final int FORBIDDEN = 403;
    /** Not now. */
    private static final int UNAVAILABLE = 480;

    private final ContactList contacts;
    private final int whom;
    private final int strangersPerMinute;
    private final int contactPerMinute;
    private final RateLimit strangers = new RateLimit();
    private final UriView own = new UriView();
    private final UriView other = new UriView();
    private final Slice slice = new Slice();
    private long refused;

    /** @param whom {@link #EVERYBODY}, {@link #DOMAIN} or {@link #CONTACTS}. @param strangersPerMinute all of them together. @param contactPerMinute each */
    public Acceptance(ContactList contacts, int whom, int strangersPerMinute, int contactPerMinute) {
        this.contacts = contacts;
        this.whom = whom;
        this.strangersPerMinute = strangersPerMinute;
        this.contactPerMinute = contactPerMinute;
    }

    public boolean isStranger(Slice from) {
        return contacts.find(from) == null;
    }

    /** Counts one message or offer. @return 0 to take it, or the status to refuse it with */
    public int judge(Account account, Slice from, long nowMs) {
        Contact contact = contacts.find(from);
        int verdict = 0;
        if (contact != null) {
            verdict = contact.heard.take(contactPerMinute, nowMs) ? 0 : UNAVAILABLE;
        } else if (whom == CONTACTS || whom == DOMAIN && !isOfDomain(account, from)) {
            verdict = FORBIDDEN;
        } else if (!strangers.take(strangersPerMinute, nowMs)) {
            verdict = UNAVAILABLE;
        }
        refused += verdict == 0 ? 0 : 1;
        return verdict;
    }

    private boolean isOfDomain(Account account, Slice from) {
        return own.wrap(account.address.slice(slice)) && other.wrap(from) && other.host().equalsIgnoreCase(own.host());
    }

    /** Messages and offers refused so far. */
    public long refused() {
        return refused;
    }
}
