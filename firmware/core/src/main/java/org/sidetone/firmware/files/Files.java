package org.sidetone.firmware.files;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.chat.Chats;
import org.sidetone.chat.FileTransfer;
import org.sidetone.chat.FileUser;
import org.sidetone.doc.vcard.VCard;
import org.sidetone.firmware.keeping.Records;
import org.sidetone.firmware.log.Log;
import org.sidetone.hal.Storage;
import org.sidetone.port.Capacity;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.UserAgent;

/** Every file there can be. A new one takes the place of the oldest that nothing passes of. */
public final class Files implements FileUser, Records.Owner, Log.LineUser {
    /** Told of what the person should see. */
    public interface User {
        /** Somebody offers something. @return 0 to let him, or the status to refuse him with */
        int accepts(Account account, Slice from, long nowMs);

        /** Somebody offers a file: {@link Files#accept} or {@link Files#decline}. */
        void onFileOffered(FileEntry entry, long nowMs);

        /** A file came and is kept, or one that was sent arrived. */
        void onFileThere(FileEntry entry, long nowMs);

        /** Something about files changed. */
        void onFilesChanged(long nowMs);
    }

    private static final int COUNT = 6;
    private static final int VERSION = 1;
    private static final int HEAD_BYTES = 400;
    /** Of a file that is looked at, as much as is shown. */
    private static final int VIEW_BYTES = 2048;
    private static final byte[] PLAIN = {'t', 'e', 'x', 't', '/', 'p', 'l', 'a', 'i', 'n'};
    private static final byte[] LOG_NAME = {'l', 'o', 'g', '.', 't', 'x', 't'};
    private static final int LOG_LINES = 1_000;

    private final UserAgent agent;
    private final User user;
    private final FileEntry[] all;
    private final Records records;
    private final byte[] view;
    private int viewLength;
    /** The entry whose content {@link #view} has, or waits for; null: none. */
    private FileEntry viewed;
    /** What is being read to be passed on, and whence; null: nothing. */
    private FileEntry passedOn;
    private int passedFrom;
    private final Slice typeSlice = new Slice();
    private Chats chats;
    private long order;
    private final ByteSink sink = new ByteSink();
    private final FixedText cardName = new FixedText(64);
    private final Slice slice = new Slice();
    private final Slice slice2 = new Slice();

    public Files(UserAgent agent, Storage storage, Capacity capacity, User user) {
        this.agent = agent;
        this.user = user;
        all = new FileEntry[capacity.transfers == 0 ? 0 : COUNT];
        for (int i = 0; i < all.length; i++) {
            all[i] = new FileEntry(i);
        }
        view = new byte[all.length == 0 ? 0 : VIEW_BYTES];
        records = new Records(storage, "file", all.length, all.length == 0 ? 0 : HEAD_BYTES + capacity.fileBytes, this);
    }

    public void setChats(Chats newChats) {
        chats = newChats;
    }

    /** Starts reading what was kept. */
    public void load() {
        for (int i = 0; i < all.length; i++) {
            records.read(i);
        }
    }

    public boolean onCompletion(Storage.Completion completion, long nowMs) {
        return records.onCompletion(completion, nowMs);
    }

    /** Writes what is not on the medium yet; what is gives its place back. */
    public void doWork(long nowMs) {
        records.doWork();
        for (int i = 0; i < all.length; i++) {
            FileEntry e = all[i];
            if (e.state == FileEntry.STORING && records.isWritten(e.slot)) {
                FileTransfer t = e.transfer;
                e.transfer = null;
                e.state = FileEntry.KEPT;
                t.release();
                user.onFileThere(e, nowMs);
            }
        }
    }

    @Override
    public void onRecord(int number, Slice record, long nowMs) {
        FileEntry e = all[number];
        if (passedOn != null && number == passedFrom) {
            sendRead(record, nowMs);
        }
        if (e.state == FileEntry.EMPTY) {
            if (read(e, record)) {
                user.onFilesChanged(nowMs);
            }
        } else if (e == viewed && e.state == FileEntry.KEPT && record.length() > HEAD_BYTES) {
            viewLength = Math.min(VIEW_BYTES, Math.min(e.size, record.length() - HEAD_BYTES));
            System.arraycopy(record.buffer(), record.offset() + HEAD_BYTES, view, 0, viewLength);
            user.onFilesChanged(nowMs);
        }
    }

    private boolean read(FileEntry e, Slice record) {
        byte[] b = record.buffer();
        int at = record.offset();
        if (record.length() < HEAD_BYTES || b[at] != VERSION || b[at + 1] < 0 || b[at + 1] >= agent.accounts()) {
            return false;
        }
        e.account = b[at + 1];
        e.size = (int) number(b, at + 2, 4);
        e.dateSec = number(b, at + 6, 8);
        int p = text(b, at + 14, e.name);
        p = text(b, p, e.type);
        text(b, p, e.peer);
        e.order = ++order;
        e.incoming = true;
        e.state = e.size <= record.length() - HEAD_BYTES ? FileEntry.KEPT : FileEntry.EMPTY;
        return e.state == FileEntry.KEPT;
    }

    private static long number(byte[] b, int at, int octets) {
        long n = 0;
        for (int i = 0; i < octets; i++) {
            n = n << 8 | b[at + i] & 0xFF;
        }
        return n;
    }

    private static int text(byte[] b, int at, FixedText out) {
        int n = Math.min(b[at] & 0xFF, out.capacity());
        out.set(b, at + 1, n);
        return at + 1 + n;
    }

    @Override
    public void writeRecord(int number, ByteSink out) {
        FileEntry e = all[number];
        if (e.state != FileEntry.STORING) {
            return;
        }
        int start = out.position();
        out.put(VERSION).put(e.account);
        put(e.size, 4, out);
        put(e.dateSec, 8, out);
        out.put(e.name.length()).put(e.name).put(e.type.length()).put(e.type).put(e.peer.length()).put(e.peer);
        while (out.position() < start + HEAD_BYTES) {
            out.put(0);
        }
        out.put(e.transfer.content(slice));
    }

    private static void put(long n, int octets, ByteSink out) {
        for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
            out.put((int) (n >> shift));
        }
    }

    // ---------------------------------------------------------------- what screens do

    /** Files there are, the newest first. */
    public int count() {
        int n = 0;
        for (int i = 0; i < all.length; i++) {
            n += all[i].state == FileEntry.EMPTY ? 0 : 1;
        }
        return n;
    }

    public FileEntry get(int index) {
        FileEntry found = null;
        long below = Long.MAX_VALUE;
        for (int n = 0; n <= index; n++) {
            found = null;
            for (int i = 0; i < all.length; i++) {
                FileEntry e = all[i];
                if (e.state != FileEntry.EMPTY && e.order < below && (found == null || e.order > found.order)) {
                    found = e;
                }
            }
            below = found == null ? 0 : found.order;
        }
        return found;
    }

    /** Whether files can be sent and taken at all. */
    public boolean isOffered() {
        return all.length > 0;
    }

    public void accept(FileEntry e, long nowMs) {
        if (e.state == FileEntry.OFFERED) {
            e.state = FileEntry.COMING;
            e.transfer.accept(nowMs);
            user.onFilesChanged(nowMs);
        }
    }

    public void decline(FileEntry e, long nowMs) {
        if (e.state == FileEntry.OFFERED) {
            FileTransfer t = e.transfer;
            clear(e);
            t.refuse(603, nowMs);
            user.onFilesChanged(nowMs);
        }
    }

    /** Breaks off what passes, and forgets it. */
    public void delete(FileEntry e, long nowMs) {
        if (e.state == FileEntry.OFFERED) {
            decline(e, nowMs);
            return;
        }
        FileTransfer t = e.transfer;
        boolean kept = e.state == FileEntry.KEPT || e.state == FileEntry.STORING;
        clear(e);
        if (t != null) {
            t.end(nowMs);
            t.release();
        }
        if (kept) {
            records.changed(e.slot);
        }
        user.onFilesChanged(nowMs);
    }

    private void clear(FileEntry e) {
        e.state = FileEntry.EMPTY;
        e.transfer = null;
        viewed = viewed == e ? null : viewed;
    }

    /** Has the content of a file read; {@link #shown} has it soon. */
    public void open(FileEntry e) {
        viewed = e;
        viewLength = 0;
        if (e.state == FileEntry.KEPT) {
            records.read(e.slot);
        }
    }

    /** The beginning of what {@link #open} asked for, empty until it is there. */
    public Slice shown(Slice out) {
        return out.wrap(view, 0, viewLength);
    }

    /** Sends a file that is kept on to somebody. @return false when nothing can be sent just now */
    public boolean sendOn(FileEntry kept, Account by, Slice to, long nowMs) {
        FileEntry place = kept.state == FileEntry.KEPT && passedOn == null ? freeBeside(kept) : null;
        FileTransfer t = place == null || to.length() > 160 ? null : chats.newTransfer();
        if (t == null) {
            return false;
        }
        FileEntry e = take(place, by.index, to);
        e.name.set(kept.name);
        e.type.set(kept.type);
        e.size = kept.size;
        e.incoming = false;
        e.dateSec = agent.unixSec(nowMs);
        e.transfer = t;
        e.state = FileEntry.GOING;
        passedOn = e;
        passedFrom = kept.slot;
        records.read(kept.slot);
        user.onFilesChanged(nowMs);
        return true;
    }

    /** The content of what is passed on was read. */
    private void sendRead(Slice record, long nowMs) {
        FileEntry e = passedOn;
        passedOn = null;
        if (e.state != FileEntry.GOING || e.transfer == null) {
            return;                                             // given up meanwhile
        }
        boolean whole = record.length() >= HEAD_BYTES + e.size;
        if (whole) {
            System.arraycopy(record.buffer(), record.offset() + HEAD_BYTES, e.transfer.room(), 0, e.size);
        }
        if (!whole || !e.transfer.send(agent.account(e.account), e.peer.slice(slice), e.name.slice(slice2), e.type.slice(typeSlice), e.size, nowMs)) {
            e.transfer.release();
            e.transfer = null;
            e.state = FileEntry.FAILED;
            e.status = 503;
        }
        user.onFilesChanged(nowMs);
    }

    /** Sends an account's card to somebody. @return false when nothing can be sent just now */
    public boolean sendCard(Account by, Slice to, long nowMs) {
        FileTransfer t = room(to);
        if (t == null) {
            return false;
        }
        VCard.write(by.displayName.isEmpty() ? by.contactUser.slice(slice) : by.displayName.slice(slice), by.address.slice(slice2), sink.wrap(t.room()));
        int octets = sink.length();
        cardName.take(cardName.sink(sink).put(by.contactUser).put(".vcf"));
        return send(t, by, to, cardName.slice(slice), slice2.wrap(VCard.TYPE, 0, VCard.TYPE.length), octets, nowMs);
    }

    /** Sends the log to somebody who is to find out what is wrong. @return false when nothing can be sent just now */
    public boolean sendLog(Account by, Slice to, Log log, long nowMs) {
        FileTransfer t = room(to);
        if (t == null) {
            return false;
        }
        sink.wrap(t.room(), 0, t.maxBytes());
        log.copyLast(LOG_LINES, this);
        return send(t, by, to, slice.wrap(LOG_NAME, 0, LOG_NAME.length), slice2.wrap(PLAIN, 0, PLAIN.length), sink.length(), nowMs);
    }

    @Override
    public void onLine(ByteSink line) {
        if (sink.remaining() > line.length()) {
            sink.put(line.buffer(), line.start(), line.length()).put('\n');
        }
    }

    private FileTransfer room(Slice to) {
        return to.length() <= 160 && free() != null ? chats.newTransfer() : null;
    }

    private boolean send(FileTransfer t, Account by, Slice to, Slice name, Slice type, int octets, long nowMs) {
        FileEntry e = take(free(), by.index, to);
        e.name.set(name);
        e.type.set(type);
        e.size = octets;
        e.incoming = false;
        e.dateSec = agent.unixSec(nowMs);
        e.transfer = t;
        e.state = FileEntry.GOING;
        if (!t.send(by, to, name, type, octets, nowMs)) {
            e.transfer = null;
            e.state = FileEntry.FAILED;
            e.status = 503;
        }
        user.onFilesChanged(nowMs);
        return true;
    }

    /** An empty place, or the oldest one that nothing passes of; null: all of them are under way. */
    private FileEntry free() {
        return freeBeside(null);
    }

    private FileEntry freeBeside(FileEntry spared) {
        FileEntry oldest = null;
        for (int i = 0; i < all.length; i++) {
            FileEntry e = all[i];
            if (e == spared) {
                continue;
            }
            if (e.state == FileEntry.EMPTY) {
                return e;
            }
            if (!e.isBusy() && (oldest == null || e.order < oldest.order)) {
                oldest = e;
            }
        }
        return oldest;
    }

    private FileEntry take(FileEntry e, int account, Slice peer) {
        if (e.state == FileEntry.KEPT) {
            records.changed(e.slot);                            // nothing is there any more until something else is
        }
        clear(e);
        e.account = account;
        e.peer.set(peer);
        e.status = 0;
        e.order = ++order;
        return e;
    }

    private FileEntry of(FileTransfer t) {
        for (int i = 0; i < all.length; i++) {
            if (all[i].transfer == t && all[i].state != FileEntry.EMPTY) {
                return all[i];
            }
        }
        return null;
    }

    // ---------------------------------------------------------------- what transfers tell

    @Override
    public void onFileOffered(FileTransfer t, long nowMs) {
        int verdict = user.accepts(t.account(), t.peer(slice), nowMs);
        FileEntry e = verdict == 0 ? free() : null;
        if (e == null) {
            t.refuse(verdict == 0 ? 486 : verdict, nowMs);
            return;
        }
        FileEntry begun = begun(t);
        e = take(begun == null ? e : begun, t.account().index, t.peer(slice));
        e.name.set(t.file.name);
        e.type.set(t.file.type);
        e.size = (int) Math.max(0, t.file.size());
        e.dateSec = agent.unixSec(nowMs);
        e.incoming = true;
        e.transfer = t;
        e.state = FileEntry.OFFERED;
        if (begun != null) {
            accept(e, nowMs);                                   // the rest of what the person has accepted
        } else {
            user.onFileOffered(e, nowMs);
        }
        user.onFilesChanged(nowMs);
    }

    /** What broke off when its connection did, and is offered again now. */
    private FileEntry begun(FileTransfer t) {
        for (int i = 0; i < all.length; i++) {
            FileEntry e = all[i];
            if (e.state == FileEntry.FAILED && e.incoming && (e.status == 503 || e.status == 408) && e.account == t.account().index && e.peer.equals(t.peer(slice))
                    && e.name.equals(t.file.name) && e.size == t.file.size()) {
                return e;
            }
        }
        return null;
    }

    /** Nothing here is anybody's to ask for. */
    @Override
    public void onFileRequested(FileTransfer t, long nowMs) {
        t.refuse(404, nowMs);
    }

    @Override
    public void onFileProgress(FileTransfer t, long nowMs) {
        user.onFilesChanged(nowMs);
    }

    @Override
    public void onFileEnded(FileTransfer t, int status, long nowMs) {
        FileEntry e = of(t);
        if (e == null) {
            t.release();
            return;
        }
        e.status = status;
        if (e.incoming && status == FileUser.WHOLE) {
            e.state = FileEntry.STORING;
            e.size = t.content(slice).length();
            if (e.type.isEmpty()) {
                e.type.set(t.file.type);
            }
            records.changed(e.slot);
        } else {
            e.transfer = null;
            e.state = !e.incoming && (status == FileUser.WHOLE || status == FileUser.SENT) ? FileEntry.SENT : FileEntry.FAILED;
            if (!e.incoming) {
                t.release();
            }
            user.onFileThere(e, nowMs);
        }
        user.onFilesChanged(nowMs);
    }
}
