package org.sidetone.firmware.contacts;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.bytes.Utf8;
import org.sidetone.sip.ua.Account;
import org.sidetone.uri.UriView;

/**
 * Who is in the book. A contact keeps his place, and with it his lamp key, as long as he is in it; a new one takes the first that is free.
 */
public final class Book {
    /** Does what has to be done when somebody comes or goes. */
    interface Owner {
        void onCome(Contact contact, long nowMs);

        void onGone(Contact contact, long nowMs);

        /** Somebody came, went, or has another name. */
        void onBook(long nowMs);
    }

    private static final int NOBODY = -1;

    private final Owner owner;
    private final int accounts;
    private final Contact[] contacts;
    /** Those that are in the book, by their places. */
    private final Contact[] shown;
    private int count;
    private int sharedAccount = NOBODY;
    private final UriView uri = new UriView();
    private final Slice slice = new Slice();
    private final Slice slice2 = new Slice();
    private final ByteSink sink = new ByteSink();

    /** @param contacts the places */
    Book(Contact[] contacts, int accounts, Owner owner) {
        this.contacts = contacts;
        this.accounts = accounts;
        this.owner = owner;
        shown = new Contact[contacts.length];
    }

    /** From now on the contacts of an account are to be in a book on the server, too. At boot only. */
    public void share(Account account) {
        sharedAccount = account.index;
    }

    boolean isShared(Contact c) {
        return c.account == sharedAccount;
    }

    /** Adds a contact of the settings. @param name empty: the user part of the address. @return null when the book is full or the address is none */
    Contact add(String address, String name, int account) {
        Contact c = take(slice.wrap(Utf8.bytes(address)), account);
        if (c == null) {
            return null;
        }
        c.fixed = true;
        c.edit = Contact.ADDED;
        if (name.length() == 0 || !c.name.set(name)) {
            c.name.set(uri.hasUser() ? uri.user() : uri.whole());
        }
        order();
        return c;
    }

    /** Puts somebody at a free place. @return null when there is none, or the address is none */
    private Contact take(Slice address, int account) {
        int place = 0;
        while (place < contacts.length && !contacts[place].isFree()) {
            place++;
        }
        return place == contacts.length ? null : take(place, address, account);
    }

    private Contact take(int place, Slice address, int account) {
        Contact c = contacts[place];
        if (!uri.wrap(address) || !c.address.set(address)) {
            return null;
        }
        c.addressOfRecord.clear();
        if (uri.hasDomain()) {
            uri.putAddressOfRecord(c.addressOfRecord.sink(sink));
            c.addressOfRecord.take(sink);
        }
        c.account = account;
        c.used = true;
        c.fixed = false;
        c.named = false;
        c.sending = false;
        c.refused = false;
        return c;
    }

    private void order() {
        count = 0;
        for (int i = 0; i < contacts.length; i++) {
            if (contacts[i].used) {
                shown[count++] = contacts[i];
            }
        }
    }

    /** The owner adds somebody. @param name empty: the user part of the address. @return null when the book is full or the address is none; who is in it already stays as he is */
    public Contact addOwn(Slice address, Slice name, int account, long nowMs) {
        Contact c = findAny(address);
        if (c != null && c.used) {
            return c;
        }
        if (c == null) {
            c = take(address, account);
            if (c == null) {
                return null;
            }
            c.edit = Contact.ADDED;
        } else {
            c.edit = c.edit == Contact.GONE ? Contact.ADDED : Contact.RENAMED;
            c.sending = false;
            c.refused = false;
            c.used = true;
        }
        setName(c, name);
        begin(c, nowMs);
        return c;
    }

    private void setName(Contact c, Slice name) {
        uri.wrap(c.address.slice(slice));
        c.named = !name.isEmpty() && c.name.set(name);
        for (int i = 0; i < c.name.length(); i++) {
            if (c.name.bytes()[i] >= 0 && c.name.bytes()[i] < ' ') {
                c.name.bytes()[i] = ' ';                         // a line is a line, on the display and on the medium
            }
        }
        if (!c.named) {
            c.name.set(uri.hasUser() ? uri.user() : uri.whole());
        }
    }

    private void begin(Contact c, long nowMs) {
        order();
        owner.onCome(c, nowMs);
        owner.onBook(nowMs);
    }

    /** Somebody is in the server's book. @param name may be empty. @return null: no room, or no address */
    Contact learn(Slice address, Slice name, int account, long nowMs) {
        Contact c = take(address, account);
        if (c != null) {
            c.edit = Contact.SAME;
            setName(c, name);
            begin(c, nowMs);
        }
        return c;
    }

    /** Somebody was in the book before the boot, at a place. @param named whether he was given that name. @param edit what is still to be said of him */
    void recall(int place, Slice address, FixedText name, boolean named, int account, int edit, long nowMs) {
        Contact c = contacts[place].isFree() ? take(place, address, account) : take(address, account);
        if (c != null) {
            c.edit = edit;
            c.used = edit != Contact.REMOVED;
            setName(c, name.slice(slice2));
            c.named = named;
            begin(c, nowMs);
        }
    }

    /** What was done with a contact of the settings before the boot. @param name empty: he was given none */
    void recall(Contact c, int edit, FixedText name, long nowMs) {
        if (!name.isEmpty()) {
            setName(c, name.slice(slice2));
        }
        if (edit == Contact.GONE || edit == Contact.REMOVED) {
            drop(c, edit, nowMs);
        } else {
            c.edit = edit;
        }
    }

    int accounts() {
        return accounts;
    }

    /** Somebody who was not wanted any more is in the server's book again. */
    void revive(Contact c, Slice name, long nowMs) {
        c.used = true;
        c.edit = Contact.SAME;
        setName(c, name);
        begin(c, nowMs);
    }

    /** The server's book has another name for him. */
    void learnName(Contact c, Slice name, long nowMs) {
        if (!name.isEmpty() && !c.name.equals(name)) {
            setName(c, name);
            owner.onBook(nowMs);
        }
    }

    /** The owner gives somebody another name. @return false: it is none, or too long */
    public boolean rename(Contact c, Slice name, long nowMs) {
        if (!c.used || name.isEmpty() || name.length() > c.name.capacity()) {
            return false;
        }
        setName(c, name);
        c.edit = c.edit == Contact.ADDED && !c.sending ? Contact.ADDED : Contact.RENAMED;
        c.sending = false;
        c.refused = false;
        owner.onBook(nowMs);
        return true;
    }

    /** The owner does not want somebody in the book any more. */
    public void remove(Contact c, long nowMs) {
        if (!c.used) {
            return;
        }
        boolean onServer = isShared(c) && (c.edit != Contact.ADDED || c.sending);
        c.renamedBefore = c.edit == Contact.RENAMED;
        c.sending = false;
        c.refused = false;
        drop(c, onServer ? Contact.REMOVED : c.fixed ? Contact.GONE : Contact.SAME, nowMs);
    }

    /** He leaves the book. @param edit what is still to be said of that */
    void drop(Contact c, int edit, long nowMs) {
        c.used = false;
        c.edit = edit;
        order();
        owner.onGone(c, nowMs);
        owner.onBook(nowMs);
    }

    /** How many are in the book. */
    public int count() {
        return count;
    }

    /** @param index up to {@link #count()}: not his place */
    public Contact get(int index) {
        return shown[index];
    }

    /** Who has a place, from 0 on, or null. */
    public Contact atPlace(int place) {
        return place < contacts.length && contacts[place].used ? contacts[place] : null;
    }

    int places() {
        return contacts.length;
    }

    /** A place, whether somebody has it or not. */
    Contact at(int place) {
        return contacts[place];
    }

    /** The contact with an address, or null. */
    public Contact find(Slice address) {
        for (int i = 0; i < count; i++) {
            if (shown[i].is(address)) {
                return shown[i];
            }
        }
        return null;
    }

    /** The same, also when he is in the book no longer and something is still to be said of that. */
    Contact findAny(Slice address) {
        for (int i = 0; i < contacts.length; i++) {
            if ((contacts[i].used || contacts[i].edit != Contact.SAME) && contacts[i].is(address)) {
                return contacts[i];
            }
        }
        return null;
    }
}
