package org.sidetone.firmware.presence;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.digest.DigestServer;
import org.sidetone.doc.pidf.PidfReader;
import org.sidetone.doc.pidf.PidfWriter;
import org.sidetone.doc.pidf.PresenceDocument;
import org.sidetone.doc.filter.SimpleFilters;
import org.sidetone.doc.policy.Permissions;
import org.sidetone.event.EventPackage;
import org.sidetone.event.Notifier;
import org.sidetone.event.PartialState;
import org.sidetone.event.WatcherSubscription;
import org.sidetone.firmware.contacts.Contact;
import org.sidetone.firmware.contacts.ContactList;
import org.sidetone.port.Hash;
import org.sidetone.presence.PartialPresence;
import org.sidetone.presence.PresenceAuthorization;
import org.sidetone.presence.PresenceFilterRules;
import org.sidetone.presence.PresencePackage;
import org.sidetone.session.DialogEvents;
import org.sidetone.sip.Header;
import org.sidetone.sip.Method;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.UserAgent;

/**
 * The phone as its own presence agent (RFC 3856 sections 5, 6.6): who asks it directly is shown what the server is told, as far as the owner's rules let him. A contact with
 * a secret proves himself by it (section 6.6.1); anybody else is believed by his address and waits until the owner has decided.
 */
public final class OwnPresenceAgent implements EventPackage, DigestServer.Users, PresenceAuthorization.User, DialogEvents.Policy {
    private static final long NONCE_LIFE_MS = 300_000;
    private static final int NONCES = 16;
    private static final int NO_ROOM = 480;
    /** Of a document of our own. */
    private static final int DOCUMENT_BYTES = 2048;
    private static final int NODES = 96;

    private final UserAgent agent;
    private final OwnPresence own;
    private final ContactList contacts;
    private final Watchers watchers;
    private final Notifier notifier;
    private final DigestServer digest;
    private final PidfWriter writer = new PidfWriter();
    private final PresenceDocument nobody = new PresenceDocument(0, 0);
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private final Slice body = new Slice();
    private final PartialPresence partial;
    private final PresenceFilterRules filterRules = new PresenceFilterRules();
    private final OwnRules ownRules;
    private final PresenceAuthorization authorization;
    private final byte[] whole;
    private final byte[] shown;
    private final ByteSink wholeSink = new ByteSink();
    private final ByteSink shownSink = new ByteSink();
    private final Slice noSphere = new Slice();
    private final Slice document = new Slice();
    private long now;
    private boolean stale;

    /** @param partial null: changes alone are not told. @param realm names this phone in challenges */
    public OwnPresenceAgent(UserAgent agent, Notifier notifier, OwnPresence own, ContactList contacts, Watchers watchers, OwnRules rules, PartialPresence partial,
            String realm) {
        this.agent = agent;
        this.own = own;
        this.contacts = contacts;
        this.watchers = watchers;
        this.partial = partial;
        this.notifier = notifier;
        ownRules = rules;
        authorization = new PresenceAuthorization(agent, ownRules, Permissions.CONFIRM, NODES);
        authorization.setUser(this);
        whole = new byte[DOCUMENT_BYTES];
        shown = new byte[DOCUMENT_BYTES];
        digest = new DigestServer(agent.digests(), agent.random(), this, realm, NONCE_LIFE_MS, NONCES);
        notifier.register(this);
    }

    /** What is shown changed. */
    public void changed(long nowMs) {
        for (int i = 0; i < agent.accounts(); i++) {
            if (agent.account(i).isConfigured()) {
                notifier.stateChanged(this, agent.account(i).address.slice(slice), nowMs);
            }
        }
    }

    /** The owner decided on somebody. */
    public void decided(long nowMs) {
        ownRules.changed();
        authorization.rulesChanged();
        notifier.reconsider(this, nowMs);
    }

    @Override
    public void onRulesDue(long nowMs) {
        notifier.reconsider(this, nowMs);
    }

    @Override
    public byte[] name() {
        return PresencePackage.EVENT;
    }

    @Override
    public byte[] contentType() {
        return PidfReader.CONTENT_TYPE;
    }

    @Override
    public void putTypeParameters(ByteSink out) {
        // it has none
    }

    @Override
    public byte[] bodyType() {
        return null;
    }

    @Override
    public int takeBody(WatcherSubscription subscription, SipMessage subscribe) {
        return 200;
    }

    @Override
    public byte[] required() {
        return null;
    }

    @Override
    public long defaultExpiresSec() {
        return PresencePackage.DEFAULT_EXPIRES_SEC;
    }

    @Override
    public long shortestIntervalMs() {
        return 0;
    }

    @Override
    public int authorize(SipMessage subscribe, FixedText resource, FixedText watcher, long nowMs) {
        Account account = agent.accountFor(subscribe);
        subscribe.from().parsed().putAddressOfRecord(watcher.sink(sink));
        if (account == null || !watcher.take(sink) || !resource.set(account.address)) {
            return NOT_FOUND;
        }
        Contact contact = contacts.find(watcher.slice(slice));
        if (contact != null && contact.hasSecret() && !isProven(subscribe, contact, nowMs)) {
            now = nowMs;
            return CHALLENGE;
        }
        int verdict = standing(resource.slice(body), watcher.slice(slice), nowMs);
        boolean unknown = verdict == PENDING && watchers.find(watcher.slice(slice)) == null;
        return unknown && watchers.meet(watcher, nowMs) == null ? NO_ROOM : verdict;
    }

    @Override
    public boolean isProven(SipMessage subscribe, Slice watcher, long nowMs) {
        Contact contact = contacts.find(watcher);
        now = nowMs;
        return contact == null || !contact.hasSecret() || isProven(subscribe, contact, nowMs);
    }

    private boolean isProven(SipMessage subscribe, Contact contact, long nowMs) {
        stale = false;
        for (int line = subscribe.firstLine(Header.AUTHORIZATION); line != SipMessage.NONE; line = subscribe.nextLine(line)) {
            subscribe.lineValue(line, slice);
            int verdict = digest.isOurs(slice) ? digest.check(slice, Method.name(Method.SUBSCRIBE), subscribe.body(body), nowMs) : DigestServer.MISSING;
            if (verdict == DigestServer.GOOD) {
                return contact.isNamed(digest.authenticated());
            }
            stale |= verdict == DigestServer.STALE;
        }
        return false;
    }

    @Override
    public void putChallenges(SipWriter out) {
        digest.putChallenge(Hash.SHA_256, stale, now, out.name(Header.WWW_AUTHENTICATE).sink());
        out.end();
        digest.putChallenge(Hash.MD5, stale, now, out.name(Header.WWW_AUTHENTICATE).sink());
        out.end();
    }

    @Override
    public boolean password(Slice username, FixedText password) {
        for (int i = 0; i < contacts.count(); i++) {
            if (contacts.get(i).hasSecret() && contacts.get(i).isNamed(username)) {
                return password.set(contacts.get(i).secret());
            }
        }
        return false;
    }

    @Override
    public boolean unhash(int algorithm, Slice userHash, FixedText username) {
        return false;
    }

    @Override
    public int standing(Slice resource, Slice watcher, long nowMs) {
        authorization.decide(resource, watcher, noSphere, nowMs);
        return authorization.verdict();
    }

    /** What a watcher is shown; empty: nothing. */
    private Slice shownTo(Slice resource, Slice watcher, long nowMs) {
        Account account = accountOf(resource);
        authorization.decide(resource, watcher, noSphere, nowMs);
        wholeSink.wrap(whole);
        shownSink.wrap(shown);
        if (account != null) {
            own.write(account, nowMs, wholeSink);
        }
        boolean any = account != null && authorization.show(wholeSink.slice(document), shownSink) && !shownSink.overflowed();
        return any ? shownSink.slice(document) : document.clear();
    }

    @Override
    public boolean isAllTold(WatcherSubscription subscription) {
        return true;
    }

    @Override
    public boolean writeSince(long tag, Slice resource, Slice watcher, long version, long nowMs, ByteSink out) {
        return false;
    }

    @Override
    public SimpleFilters.Mandatory filterRules() {
        return filterRules;
    }

    @Override
    public PartialState partial() {
        return partial;
    }

    @Override
    public long stateTag(Slice resource, Slice watcher, long nowMs) {
        return authorization.tag(shownTo(resource, watcher, nowMs));
    }

    /** One who may see nothing is shown what a server shows of somebody who never published. */
    @Override
    public boolean writeState(Slice resource, Slice watcher, long version, long nowMs, ByteSink out) {
        if (!shownTo(resource, watcher, nowMs).isEmpty()) {
            out.put(document);
            return true;
        }
        nobody.clear();
        nobody.entity.set(resource);
        writer.write(nobody, out);
        return true;
    }

    @Override
    public EventPackage presence() {
        return this;
    }

    /** Who may see that somebody is on the phone may see that he is. */
    @Override
    public boolean showsCalls(Slice resource, Slice watcher, long nowMs) {
        return !shownTo(resource, watcher, nowMs).isEmpty();
    }

    private Account accountOf(Slice address) {
        for (int i = 0; i < agent.accounts(); i++) {
            if (agent.account(i).isConfigured() && agent.account(i).address.equals(address)) {
                return agent.account(i);
            }
        }
        return null;
    }
}
