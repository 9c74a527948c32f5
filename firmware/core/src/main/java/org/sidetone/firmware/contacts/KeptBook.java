package org.sidetone.firmware.contacts;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.firmware.keeping.Records;
import org.sidetone.hal.Storage;

/**
 * What the owner did with his book, over a reboot: whom he added, renamed and removed, and what of that the server does not know yet. A line a contact: his place, what is to
 * be said of him, whether he came from the settings, whether he was given his name, the account, the address, a tab, the name.
 */
public final class KeptBook implements Records.Owner {
    /** Told when the book is as it was before the boot. */
    public interface User {
        void onBookLoaded(long nowMs);
    }

    private static final String RECORD = "book";
    private static final int PER_RECORD = 16;
    private static final int BYTES_OF_ONE = 248;
    private static final int FIXED = 1;
    private static final int NAMED = 2;

    private final Book book;
    private final User user;
    private final Records records;
    private final int[] hashes;
    private final byte[] room = new byte[PER_RECORD * BYTES_OF_ONE];
    private final ByteSink sink = new ByteSink();
    private int loaded;
    private final Slice line = new Slice();
    private final Slice address = new Slice();
    private final FixedText name = new FixedText(64);
    private final FixedText noName = new FixedText(0);
    private int at;

    public KeptBook(Storage storage, Book book, User user) {
        this.book = book;
        this.user = user;
        hashes = new int[(book.places() + PER_RECORD - 1) / PER_RECORD];
        records = new Records(storage, RECORD, hashes.length, PER_RECORD * BYTES_OF_ONE, this);
    }

    /** Starts reading what was kept. */
    public void load() {
        for (int i = 0; i < hashes.length; i++) {
            records.read(i);
        }
    }

    public boolean isLoaded() {
        return loaded == hashes.length;
    }

    /** Has the book written where it is another. */
    public void changed() {
        for (int i = 0; i < hashes.length && isLoaded(); i++) {
            writeRecord(i, sink.wrap(room));
            int hash = Ascii.hash(room, 0, sink.length());
            if (hash != hashes[i]) {
                hashes[i] = hash;
                records.changed(i);
            }
        }
    }

    /** Takes a completion that is ours. @return false when it is not */
    public boolean onCompletion(Storage.Completion completion, long nowMs) {
        return records.onCompletion(completion, nowMs);
    }

    public void doWork() {
        records.doWork();
    }

    @Override
    public void writeRecord(int number, ByteSink out) {
        for (int i = number * PER_RECORD; i < Math.min(book.places(), (number + 1) * PER_RECORD); i++) {
            Contact c = book.at(i);
            boolean plain = c.fixed && c.used && c.edit == Contact.ADDED && !c.named;          // as the settings say it
            if ((c.used || c.edit != Contact.SAME) && !plain) {
                out.putDecimal(i).put(' ').putDecimal(c.edit).putDecimal((c.fixed ? FIXED : 0) | (c.named ? NAMED : 0)).putDecimal(c.account).put(' ');
                out.put(c.address).put('\t').put(c.name).put('\n');
            }
        }
    }

    @Override
    public void onRecord(int number, Slice record, long nowMs) {
        loaded++;
        byte[] b = record.buffer();
        hashes[number] = Ascii.hash(b, record.offset(), record.length());
        for (at = record.offset(); at < record.limit();) {
            int end = Ascii.indexOf(b, at, record.limit(), '\n');
            take(line.wrap(b, at, end - at), nowMs);
            at = end + 1;
        }
        if (isLoaded()) {
            changed();
            user.onBookLoaded(nowMs);
        }
    }

    private void take(Slice of, long nowMs) {
        byte[] b = of.buffer();
        int space = Ascii.indexOf(b, of.offset(), of.limit(), ' ');
        int tab = Ascii.indexOf(b, space, of.limit(), '\t');
        long place = Ascii.decimal(b, of.offset(), space, book.places() - 1);
        boolean good = place >= 0 && tab < of.limit() && tab > space + 5 && b[space + 4] == ' ';
        int edit = good ? b[space + 1] - '0' : -1;
        int account = good ? b[space + 3] - '0' : -1;
        if (edit < Contact.SAME || edit > Contact.GONE || account < 0 || account >= book.accounts()) {
            return;                                                // of another version, or broken: the others count
        }
        int flags = b[space + 2] - '0';
        boolean wasFixed = (flags & FIXED) != 0;
        boolean named = (flags & NAMED) != 0;
        name.set(b, tab + 1, of.limit() - tab - 1);
        address.wrap(b, space + 5, tab - space - 5);
        Contact c = book.findAny(address);
        if (c != null) {
            if (c.account == account) {
                book.recall(c, edit, named ? name : noName, nowMs);
            }
        } else if (!wasFixed) {
            book.recall((int) place, address, name, named, account, edit, nowMs);
        } else if (edit == Contact.SAME || edit == Contact.RENAMED || edit == Contact.REMOVED) {
            book.recall((int) place, address, name, named, account, Contact.REMOVED, nowMs);    // the settings had him, the server still has
        }
    }
}
