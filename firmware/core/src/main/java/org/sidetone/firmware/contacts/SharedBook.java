package org.sidetone.firmware.contacts;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.lists.BookList;
import org.sidetone.doc.lists.People;
import org.sidetone.xcap.XcapClient;
import org.sidetone.xcap.XcapDocument;
import org.sidetone.xcap.XcapEdit;

/**
 * The owner's book on the XCAP server, the same for all his devices (RFC 4826 section 3). What he does here is done there, contact by contact, when the server is there; what
 * he did on another device is done here. Both may have happened since the two were in step:
 * <pre>
 *   here       there                  then
 *   the same   not in it any more     he leaves the book here
 *   -          in it                  he comes into the book here
 *   the same   another name           he has that name here
 *   added      in it                  that is all
 *   renamed    another name           the name given here counts, also when he was removed there
 *   removed    in it                  he is removed there
 *   removed    another name           he comes back, with that name
 * </pre>
 */
public final class SharedBook implements XcapDocument.Owner, BookList.Reader, People {
    /** Told how it goes. */
    public interface User {
        /** Both books are the same. */
        void onBookInStep(long nowMs);

        /** The server does not take something. @param why in words */
        void onBookRefused(int status, FixedText why, long nowMs);
    }

    private static final int BYTES_OF_ONE = 300;
    private static final int BYTES_OF_ALL = 4096;
    private static final int CONFLICT = 409;

    private final Book book;
    private final KeptBook kept;
    private final int account;
    private final User user;
    private final BookList list = new BookList();
    private final XcapDocument document;
    /** Who is in the server's book, by place. */
    private final boolean[] there;
    private boolean looked;
    /** Whether the server takes no book with all people at once: then one without any is put, and one after the other follows. */
    private boolean bare;
    private final FixedText unreadable = new FixedText(64);
    private int found = BookList.NO_LIST;
    private long now;
    private final Slice slice = new Slice();

    public SharedBook(XcapClient xcap, Book book, KeptBook kept, int account, User user) {
        this.book = book;
        this.kept = kept;
        this.account = account;
        this.user = user;
        there = new boolean[book.places()];
        unreadable.set("the lists cannot be read");
        document = new XcapDocument(xcap, BookList.AUID, BookList.CONTENT_TYPE, bytes(book.places()), this);
    }

    /** Octets of the document for so many contacts, with room for lists of others. */
    public static int bytes(int contacts) {
        return BYTES_OF_ALL + BYTES_OF_ONE * contacts;
    }

    /** Looks what is in the server's book, and does there what was done here meanwhile. */
    public void look(long nowMs) {
        if (kept.isLoaded()) {
            looked = true;
            document.look(nowMs);
        }
    }

    /** Something was done with the book here. */
    public void changed(long nowMs) {
        if (looked && isOwing()) {
            document.change(nowMs);
        }
    }

    private boolean isOwing() {
        for (int i = 0; i < book.places(); i++) {
            if (isOwing(book.at(i))) {
                return true;
            }
        }
        return false;
    }

    private boolean isOwing(Contact c) {
        return c.account == account && !c.refused && (c.edit == Contact.ADDED && c.used || c.edit == Contact.RENAMED || c.edit == Contact.REMOVED);
    }

    @Override
    public void onDocument(Slice content, long nowMs) {
        now = nowMs;
        for (int i = 0; i < there.length; i++) {
            there[i] = false;
        }
        found = content.isEmpty() ? BookList.NO_LIST : list.read(content, this);
        if (found == BookList.GOOD) {
            takeOver();
        }
        kept.changed();
        if (found == BookList.NO_LIST || isOwing()) {
            document.change(nowMs);
        } else {
            user.onBookInStep(nowMs);
        }
    }

    @Override
    public void onEntry(Slice uri, Slice name) {
        Contact c = book.findAny(uri);
        if (c == null) {
            c = book.learn(uri, name, account, now);
        } else if (c.account != account) {
            c = null;                                            // another account's, and stays that
        } else if (c.edit == Contact.GONE || c.edit == Contact.REMOVED && isRenamed(c, name)) {
            book.revive(c, name, now);
        } else if (c.edit == Contact.SAME) {
            book.learnName(c, name, now);
        } else if (c.edit == Contact.ADDED) {
            c.edit = c.named && !c.name.equals(name) ? Contact.RENAMED : Contact.SAME;
            if (c.edit == Contact.SAME) {
                book.learnName(c, name, now);
            }
        }
        if (c != null) {
            there[c.index] = true;
        }
    }

    /** Whether somebody was given another name elsewhere after he was removed here. */
    private static boolean isRenamed(Contact c, Slice name) {
        return !c.renamedBefore && !c.sending && !name.isEmpty() && name.length() <= c.name.capacity() && !c.name.equals(name);
    }

    /** Who is not in the server's book. */
    private void takeOver() {
        for (int i = 0; i < there.length; i++) {
            Contact c = book.at(i);
            if (there[i] || c.account != account) {
                continue;
            }
            if (c.edit == Contact.SAME && c.used) {
                book.drop(c, c.fixed ? Contact.GONE : Contact.SAME, now);
            }
            notThere(c);
        }
    }

    private static void notThere(Contact c) {
        if (c.edit == Contact.RENAMED) {
            c.edit = Contact.ADDED;
        } else if (c.edit == Contact.REMOVED) {
            settle(c);
        }
    }

    /** Both books say the same of somebody. */
    private static void settle(Contact c) {
        c.sending = false;
        c.edit = c.used || !c.fixed ? Contact.SAME : Contact.GONE;
    }

    @Override
    public boolean write(Slice before, XcapEdit edit) {
        if (found == BookList.BAD) {
            user.onBookRefused(0, unreadable, now);              // somebody else's: it stays as it is
            return false;
        }
        if (found == BookList.NO_LIST) {
            if (before.isEmpty() && !document.isPartial()) {
                list.write(this, edit.document());
            } else {
                stepToBook(edit);
                list.writeList(this, edit.element());
            }
            for (int i = 0; i < book.places(); i++) {
                book.at(i).sending = !bare && book.at(i).account == account;
            }
            return true;
        }
        for (int i = 0; i < book.places(); i++) {
            book.at(i).sending = false;                          // what was on its way last time did not arrive
            if (book.at(i).account == account && !there[i]) {
                notThere(book.at(i));
            }
        }
        for (int i = 0; i < book.places(); i++) {
            if (isOwing(book.at(i))) {
                writeOne(book.at(i), edit);
                return true;
            }
        }
        user.onBookInStep(now);
        return false;
    }

    private void writeOne(Contact c, XcapEdit edit) {
        c.sending = true;
        stepToBook(edit).step("entry", "uri", c.publicAddress().slice(slice));
        if (c.edit == Contact.REMOVED) {
            edit.delete();
        } else if (c.edit == Contact.ADDED) {
            list.writeEntry(this, index(c), edit.element());
        } else {
            edit.step("display-name");
            list.writeName(this, index(c), edit.element());
        }
    }

    private XcapEdit stepToBook(XcapEdit edit) {
        return edit.step("resource-lists").step("list", "name", slice.wrap(BookList.BOOK));
    }

    /** The book is enough; other lists may be as long as they like. */
    @Override
    public boolean part(XcapEdit steps) {
        stepToBook(steps);
        return true;
    }

    @Override
    public void onPut(long nowMs) {
        found = BookList.GOOD;
        for (int i = 0; i < book.places(); i++) {
            Contact c = book.at(i);
            if (c.sending) {
                settle(c);
                there[i] = c.used;
            }
        }
        kept.changed();
        if (isOwing()) {
            document.change(nowMs);
        } else {
            user.onBookInStep(nowMs);
        }
    }

    @Override
    public void onRefused(int status, FixedText why, long nowMs) {
        if (status == CONFLICT && found == BookList.NO_LIST && !bare) {
            bare = true;
            document.change(nowMs);
            return;
        }
        for (int i = 0; i < book.places(); i++) {
            book.at(i).refused |= book.at(i).sending && status == CONFLICT;
            book.at(i).sending = false;
        }
        user.onBookRefused(status, why, nowMs);
        if (status == CONFLICT && isOwing()) {
            document.change(nowMs);                              // the others are not to wait for him
        }
    }

    @Override
    public int count() {
        int n = 0;
        for (int i = 0; i < book.count() && !(bare && found == BookList.NO_LIST); i++) {
            n += book.get(i).account == account ? 1 : 0;
        }
        return n;
    }

    /** Which of the {@link People} somebody is. */
    private int index(Contact c) {
        int n = 0;
        for (int i = 0; book.get(i) != c; i++) {
            n += book.get(i).account == account ? 1 : 0;
        }
        return n;
    }

    private Contact one(int index) {
        int n = index;
        int i = 0;
        while (book.get(i).account != account || n > 0) {
            n -= book.get(i).account == account ? 1 : 0;
            i++;
        }
        return book.get(i);
    }

    @Override
    public Slice address(int index, Slice out) {
        return one(index).publicAddress().slice(out);
    }

    @Override
    public Slice name(int index, Slice out) {
        return one(index).name.slice(out);
    }
}
