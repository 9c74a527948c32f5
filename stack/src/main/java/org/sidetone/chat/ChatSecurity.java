package org.sidetone.chat;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.im.Entity;
import org.sidetone.port.MessageSecurity;

/** S/MIME inside message sessions (RFC 4975 section 14.3): what is to be signed and sealed, or opened, somewhere else, and whose it is when it is done. */
final class ChatSecurity {
    private static final int TASKS = 8;
    private static final int NONE = -1;
    private static final String TYPE_FIELD = "Content-Type: ";
    private static final String END_OF_HEAD = "\r\n\r\n";

    /** Something under way. */
    private static final class Task {
        int ticket = NONE;
        Chat chat;
        int generation;
        /** What is sealed, by the number of its message; 0: something is opened. */
        long messageId;
    }

    private final MessageSecurity security;
    private final Task[] tasks = new Task[TASKS];
    private final byte[] room = new byte[MessageSecurity.MAX_BYTES];
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private final Entity entity = new Entity();

    ChatSecurity(MessageSecurity security) {
        this.security = security;
        for (int i = 0; i < TASKS; i++) {
            tasks[i] = new Task();
        }
    }

    boolean canProtect(Slice peer) {
        return security.canProtect(peer);
    }

    /** Begins an entity of a type; its content is appended. */
    ByteSink entity(Slice type) {
        return sink.wrap(room).put(TYPE_FIELD).put(type).put(END_OF_HEAD);
    }

    ByteSink entity(byte[] type) {
        return sink.wrap(room).put(TYPE_FIELD).put(type).put(END_OF_HEAD);
    }

    /** Whether what was begun fits, and there is room for one task more. */
    boolean isReady() {
        return !sink.overflowed() && free() != null;
    }

    /** Has what {@link #entity} began signed and sealed for a message. @return false: not just now */
    boolean seal(Chat chat, Slice peer, long messageId) {
        return begin(chat, messageId, security.protect(peer, sink.slice(slice)));
    }

    /** Has what {@link #entity} began opened. @return false: not just now, or it is too large */
    boolean open(Chat chat, Slice peer) {
        return isReady() && begin(chat, 0, security.open(peer, sink.slice(slice)));
    }

    private Task free() {
        for (int i = 0; i < TASKS; i++) {
            if (tasks[i].ticket == NONE) {
                return tasks[i];
            }
        }
        return null;
    }

    private boolean begin(Chat chat, long messageId, int ticket) {
        if (ticket < 0) {
            return false;
        }
        Task t = free();
        t.ticket = ticket;
        t.chat = chat;
        t.generation = chat.generation();
        t.messageId = messageId;
        return true;
    }

    /** @return false: it was not ours */
    boolean onDone(MessageSecurity.Done done, long nowMs) {
        for (int i = 0; i < TASKS; i++) {
            Task t = tasks[i];
            if (t.ticket == done.ticket) {
                t.ticket = NONE;
                Chat chat = t.chat;
                t.chat = null;
                boolean good = done.result == 0 && entity.wrap(done.entity);
                if (chat.generation() == t.generation) {
                    if (t.messageId != 0) {
                        chat.onSealed(t.messageId, good ? entity : null, nowMs);
                    } else {
                        chat.onOpened(good ? entity : null, done.marks, nowMs);
                    }
                }
                return true;
            }
        }
        return false;
    }
}
