package org.sidetone.firmware.presence;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.policy.OwnersRules;
import org.sidetone.doc.policy.Permissions;
import org.sidetone.firmware.contacts.Contact;
import org.sidetone.firmware.contacts.ContactList;
import org.sidetone.presence.PresenceAuthorization;

/**
 * What the owner decided on his watchers, as the rule set by which the phone's own presence agent goes (RFC 5025). A contact with a secret is allowed until
 * something else is decided on him; anybody else is asked about.
 */
public final class OwnRules implements PresenceAuthorization.Source, OwnersRules.People {
    /** A rule for one person twice: with his handling and as an exception. */
    private static final int BYTES_OF_ONE = 240;
    private static final int BYTES_OF_ALL = 1400;
    static final int MOST_BYTES = BYTES_OF_ALL + BYTES_OF_ONE * Watchers.MOST;

    private final Watchers watchers;
    private final ContactList contacts;
    private final OwnersRules writer = new OwnersRules();
    private final byte[] document;
    private int length;
    private final ByteSink sink = new ByteSink();
    private final Slice nothing = new Slice();
    private final Slice slice = new Slice();

    public OwnRules(Watchers watchers, ContactList contacts) {
        this.watchers = watchers;
        this.contacts = contacts;
        document = new byte[MOST_BYTES];
        changed();
    }

    /** Writes the rules anew. */
    void changed() {
        sink.wrap(document);
        writer.write(this, nothing, sink);
        length = sink.overflowed() ? 0 : sink.length();      // too long for the room there is: then nobody is let in
    }

    @Override
    public boolean rules(Slice presentity, int index, Slice out) {
        out.wrap(document, 0, length);
        return index == 0;
    }

    @Override
    public int count() {
        return watchers.count() + contacts.count();
    }

    private Contact contact(int index) {
        return contacts.get(index - watchers.count());
    }

    @Override
    public Slice address(int index, Slice out) {
        return index < watchers.count() ? watchers.get(index).address.slice(out) : contact(index).address.slice(out);
    }

    @Override
    public int handling(int index) {
        if (index < watchers.count()) {
            return handlingOf(watchers.get(index).decision);
        }
        Contact contact = contact(index);
        return contact.hasSecret() && watchers.find(contact.address.slice(slice)) == null ? Permissions.ALLOW : OwnersRules.UNDECIDED;
    }

    static int decisionOf(int handling) {
        return handling == Permissions.ALLOW ? Watcher.ALLOWED : handling == Permissions.POLITE_BLOCK ? Watcher.POLITELY_BLOCKED : Watcher.BLOCKED;
    }

    private static int handlingOf(int decision) {
        return decision == Watcher.ALLOWED ? Permissions.ALLOW : decision == Watcher.POLITELY_BLOCKED ? Permissions.POLITE_BLOCK
                : decision == Watcher.BLOCKED ? Permissions.BLOCK : OwnersRules.UNDECIDED;
    }
}
