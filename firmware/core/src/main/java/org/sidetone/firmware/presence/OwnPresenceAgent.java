package org.sidetone.firmware.presence;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.digest.DigestServer;
import org.sidetone.doc.pidf.PidfReader;
import org.sidetone.doc.pidf.PidfWriter;
import org.sidetone.doc.pidf.PresenceDocument;
import org.sidetone.doc.filter.SimpleFilters;
import org.sidetone.event.EventPackage;
import org.sidetone.event.Notifier;
import org.sidetone.event.PartialState;
import org.sidetone.firmware.contacts.Contact;
import org.sidetone.firmware.contacts.ContactList;
import org.sidetone.port.Hash;
import org.sidetone.presence.PartialPresence;
import org.sidetone.presence.PresenceFilterRules;
import org.sidetone.presence.PresencePackage;
import org.sidetone.sip.Header;
import org.sidetone.sip.Method;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.UserAgent;

/**
 * The phone as its own presence agent (RFC 3856 sections 5, 6.6): who asks it directly is shown what the server is told. A contact with
 * a secret proves himself by it (section 6.6.1); anybody else waits until the owner has decided.
 */
public final class OwnPresenceAgent implements EventPackage, DigestServer.Users {
    private static final long NONCE_LIFE_MS = 300_000;
    private static final int NONCES = 16;
    private static final int NO_ROOM = 480;

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
    private final PresenceFilterRules rules = new PresenceFilterRules();
    private final long salt;
    private long now;
    private boolean stale;

    /** @param partial null: changes alone are not told. @param realm names this phone in challenges */
    public OwnPresenceAgent(UserAgent agent, Notifier notifier, OwnPresence own, ContactList contacts, Watchers watchers, PartialPresence partial,
            String realm) {
        this.agent = agent;
        this.own = own;
        this.contacts = contacts;
        this.watchers = watchers;
        this.partial = partial;
        this.notifier = notifier;
        salt = agent.random().nextLong();
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
    public long defaultExpiresSec() {
        return PresencePackage.DEFAULT_EXPIRES_SEC;
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
        Watcher w = watchers.find(watcher.slice(slice));
        if (w == null && (contact == null || !contact.hasSecret())) {
            w = watchers.meet(watcher, nowMs);
            if (w == null) {
                return NO_ROOM;
            }
        }
        return verdict(w);
    }

    @Override
    public boolean isProven(SipMessage subscribe, Slice watcher, long nowMs) {
        Contact contact = contacts.find(watcher);
        now = nowMs;
        return contact == null || !contact.hasSecret() || isProven(subscribe, contact, nowMs);
    }

    private static int verdict(Watcher w) {
        return w == null || w.decision == Watcher.ALLOWED || w.decision == Watcher.POLITELY_BLOCKED ? ALLOW
                : w.decision == Watcher.BLOCKED ? FORBIDDEN : PENDING;
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
    public int standing(Slice resource, Slice watcher) {
        return verdict(watchers.find(watcher));
    }

    private boolean isPolite(Slice watcher) {
        Watcher w = watchers.find(watcher);
        return w != null && w.decision == Watcher.POLITELY_BLOCKED;
    }

    @Override
    public SimpleFilters.Mandatory filterRules() {
        return rules;
    }

    @Override
    public PartialState partial() {
        return partial;
    }

    @Override
    public long stateTag(Slice resource, Slice watcher) {
        long tag = salt ^ (isPolite(watcher) ? 0 : own.version() + 1);
        return tag == 0 ? 1 : tag;
    }

    /** One who is politely blocked sees what a server shows of somebody who never published. */
    @Override
    public boolean writeState(Slice resource, Slice watcher, long version, long nowMs, ByteSink out) {
        Account account = accountOf(resource);
        if (isPolite(watcher) || account == null) {
            nobody.clear();
            nobody.entity.set(resource);
            writer.write(nobody, out);
        } else {
            own.write(account, nowMs, out);
        }
        return true;
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
