package org.sidetone.firmware.messages;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Hex;
import org.sidetone.bytes.Message;
import org.sidetone.hal.Storage;
import org.sidetone.im.IncomingMessage;
import org.sidetone.im.Expiry;

/** A fixed number of messages, each in a storage record of its own, newest first. The oldest that may go makes room. */
public final class Box {
    private static final int VERSION = 4;
    /** Version, state, account, five numbers, status, flags, two lengths. */
    /** The version before had no routes. */
    private static final int WITHOUT_ROUTES = 3;
    private static final int FIXED_BYTES = 3 + 80 + 2 + 1 + 1 + 2;
    private static final int ID_BYTES = 64;

    private final Entry[] entries;
    private final Entry[] sorted;
    private int count;
    private long newest;
    private final byte[] record;
    private final ByteSink sink = new ByteSink();

    /** @param name of its records. @param size messages. @param textBytes of one */
    Box(String name, int size, int textBytes) {
        entries = new Entry[size];
        sorted = new Entry[size];
        for (int i = 0; i < size; i++) {
            entries[i] = new Entry(i, new Message(name).add(".").add(i).toString(), textBytes);
        }
        record = new byte[FIXED_BYTES + 1 + ID_BYTES + 160 + IncomingMessage.ROUTE_BYTES + textBytes];
    }

    public int capacity() {
        return entries.length;
    }

    /** Messages that are shown. */
    public int count() {
        return count;
    }

    /** The n-th newest message. */
    public Entry get(int index) {
        return sorted[index];
    }

    Entry slot(int slot) {
        return entries[slot];
    }

    byte[] recordBuffer() {
        return record;
    }

    /** A free entry, or the oldest read or finished one; null when everything there is must stay. */
    Entry make() {
        Entry chosen = null;
        for (int i = 0; i < entries.length; i++) {
            Entry e = entries[i];
            if (e.state == Entry.EMPTY) {
                chosen = e;
                break;
            }
            boolean mayGo = e.state == Entry.READ || e.state == Entry.DELIVERED || e.state == Entry.SEEN || e.state == Entry.WAITING || e.state == Entry.FAILED;
            if (mayGo && (chosen == null || e.order < chosen.order)) {
                chosen = e;
            }
        }
        if (chosen != null) {
            chosen.order = ++newest;
            chosen.status = 0;
            chosen.identity = 0;
            chosen.content = 0;
            chosen.expiresSec = Expiry.NEVER;
            chosen.messageId.clear();
            chosen.routes.clear();
            chosen.wantsDisplay = false;
            chosen.marks = 0;
        }
        return chosen;
    }

    /** Sorts anew after a change of what is shown. */
    void sort() {
        count = 0;
        for (int i = 0; i < entries.length; i++) {
            Entry e = entries[i];
            if (e.state == Entry.EMPTY || e.state == Entry.ARRIVING) {
                continue;
            }
            int at = count++;
            while (at > 0 && sorted[at - 1].order < e.order) {
                sorted[at] = sorted[at - 1];
                at--;
            }
            sorted[at] = e;
        }
    }

    /** Starts writing an entry. @return a ticket, or {@link Storage#BUSY} */
    int write(Entry e, int asState, Storage storage) {
        sink.wrap(record).put(VERSION).put(asState).put(e.account);
        sink.putHex(e.dateSec, 16).putHex(e.order, 16).putHex(e.identity, 16).putHex(e.content, 16).putHex(e.expiresSec, 16);
        sink.put(e.status >> 8).put(e.status).put(e.marks << 1 | (e.wantsDisplay ? 1 : 0)).put(e.messageId.length());
        sink.put(e.peer.length() >> 8).put(e.peer.length()).put(e.wantsDisplay ? e.routes.length() : 0);
        sink.put(e.messageId).put(e.peer);
        if (e.wantsDisplay) {
            sink.put(e.routes);
        }
        sink.put(e.text);
        return storage.replace(e.record, record, 0, sink.length());
    }

    /** Fills an entry from its record. @return false when the record is not one */
    boolean read(Entry e, byte[] b, int length) {
        if (length <= FIXED_BYTES || b[0] != VERSION && b[0] != WITHOUT_ROUTES) {
            return false;
        }
        int idAt = b[0] == VERSION ? FIXED_BYTES + 1 : FIXED_BYTES;
        int idLength = b[FIXED_BYTES - 3];
        int peerLength = (b[FIXED_BYTES - 2] & 0xFF) << 8 | b[FIXED_BYTES - 1] & 0xFF;
        int routesLength = b[0] == VERSION ? b[FIXED_BYTES] & 0xFF : 0;
        int peerAt = idAt + idLength;
        int routesAt = peerAt + peerLength;
        int textAt = routesAt + routesLength;
        if (idLength < 0 || textAt > length || !e.messageId.set(b, idAt, idLength) || !e.peer.set(b, peerAt, peerLength)
                || !e.routes.set(b, routesAt, routesLength) || !e.text.set(b, textAt, length - textAt)) {
            return false;
        }
        e.wantsDisplay = (b[FIXED_BYTES - 4] & 1) != 0;
        e.marks = (b[FIXED_BYTES - 4] & 0xFF) >> 1;
        e.state = b[1];
        e.account = b[2];
        e.dateSec = hex(b, 3);
        e.order = hex(b, 19);
        e.identity = hex(b, 35);
        e.content = hex(b, 51);
        e.expiresSec = hex(b, 67);
        e.status = (b[83] & 0xFF) << 8 | b[84] & 0xFF;
        newest = Math.max(newest, e.order);
        return true;
    }

    private static long hex(byte[] b, int at) {
        long n = 0;
        for (int i = 0; i < 16; i++) {
            n = n << 4 | Hex.value(b[at + i]) & 0xF;
        }
        return n;
    }

    /** Messages in a state. */
    public int countOf(int state) {
        int n = 0;
        for (int i = 0; i < entries.length; i++) {
            n += entries[i].state == state ? 1 : 0;
        }
        return n;
    }
}
