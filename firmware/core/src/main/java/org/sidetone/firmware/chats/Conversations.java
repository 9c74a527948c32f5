package org.sidetone.firmware.chats;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.bytes.Utf8;
import org.sidetone.chat.Chat;
import org.sidetone.chat.ChatUser;
import org.sidetone.chat.Chats;
import org.sidetone.event.Subscriber;
import org.sidetone.firmware.keeping.Records;
import org.sidetone.hal.Storage;
import org.sidetone.msrp.MsrpStatus;
import org.sidetone.port.Capacity;
import org.sidetone.port.MessageSecurity;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.UserAgent;
import org.sidetone.time.TimerQueue;
import org.sidetone.uri.UriView;

/** Every conversation there can be. A new one takes the place of the one not used longest. */
public final class Conversations implements ChatUser, Records.Owner {
    /** Told of what the person should see. */
    public interface User {
        /** Somebody offers a chat. @return 0 to let him, or the status to refuse him with */
        int accepts(Account account, Slice from, long nowMs);

        /** Somebody offers a chat. */
        void onChatOffered(Conversation conversation, long nowMs);

        /** Somebody said something. */
        void onChatText(Conversation conversation, Slice text, long nowMs);

        /** One began, ended, or changed. */
        void onChatsChanged(long nowMs);

        /** Somebody offered a session that has nothing to do with text. */
        void onMissedCall(Slice from, long nowMs);
    }

    private static final int TRANSCRIPT_BYTES = 4096;
    private static final int RECORD_HEAD = 4;
    private static final int RECORD_BYTES = TRANSCRIPT_BYTES + RECORD_HEAD + 160;
    /** A chat in which nobody says anything closes itself. */
    private static final long IDLE_MS = 10 * 60_000;
    private static final int VERSION = 1;
    /** Rooms of which it is known who is there, at a time. */
    private static final int ROSTERS = 2;
    /** Room for who says it before what is said. */
    private static final int NAME_BYTES = 128;
    private static final int GOOD = MessageSecurity.SIGNED | MessageSecurity.SENDERS | MessageSecurity.TRUSTED;
    private static final long FRESH_SEC = 600;

    private final UserAgent agent;
    private final User user;
    private final Subscriber subscriber;
    private final Conversation[] all;
    private final Roster[] rosters;
    private final UriView uri = new UriView();
    private final Slice said = new Slice();
    private final Slice sender = new Slice();
    private final FixedText line;
    private final ByteSink sink = new ByteSink();
    private final Records records;
    private Chats chats;
    private long order;
    private int loading;
    private final Slice slice = new Slice();
    private final Slice unreadable = new Slice().wrap(Utf8.bytes("(something that cannot be opened here)"));

    public Conversations(UserAgent agent, Subscriber subscriber, Storage storage, Capacity capacity, User user) {
        this.agent = agent;
        this.subscriber = subscriber;
        rosters = new Roster[Math.min(ROSTERS, capacity.messageSessions)];
        for (int i = 0; i < rosters.length; i++) {
            rosters[i] = new Roster(this);
        }
        this.user = user;
        line = new FixedText(capacity.messageSessions == 0 ? 0 : capacity.textBytes + NAME_BYTES);
        all = new Conversation[capacity.messageSessions];
        for (int i = 0; i < all.length; i++) {
            all[i] = new Conversation(this, i, TRANSCRIPT_BYTES);
        }
        records = new Records(storage, "chat", all.length, all.length == 0 ? 0 : RECORD_BYTES, this);
    }

    public void setChats(Chats newChats) {
        chats = newChats;
    }

    TimerQueue timers() {
        return agent.timers();
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

    public void doWork() {
        records.doWork();
    }

    @Override
    public void onRecord(int number, Slice record, long nowMs) {
        Conversation c = all[number];
        byte[] b = record.buffer();
        int at = record.offset();
        if (c.state != Conversation.EMPTY || record.length() < RECORD_HEAD || b[at] != VERSION) {
            return;
        }
        int peerLength = (b[at + 2] & 0xFF) << 8 | b[at + 3] & 0xFF;
        int from = at + RECORD_HEAD + peerLength;
        if (b[at + 1] >= 0 && b[at + 1] < agent.accounts() && from <= record.limit() && c.peer.set(b, at + RECORD_HEAD, peerLength)
                && c.transcript.restore(b, from, record.limit() - from)) {
            c.account = b[at + 1];
            c.state = Conversation.CLOSED;
            c.status = 0;
            c.usedOrder = ++order;
            user.onChatsChanged(nowMs);
        }
    }

    @Override
    public void writeRecord(int number, ByteSink out) {
        Conversation c = all[number];
        if (c.state != Conversation.EMPTY) {
            out.put(VERSION).put(c.account).put(c.peer.length() >> 8).put(c.peer.length()).put(c.peer).put(c.transcript.all(slice));
        }
    }

    // ---------------------------------------------------------------- what screens do

    public int capacity() {
        return all.length;
    }

    public Conversation get(int index) {
        return all[index];
    }

    /** Texts that nobody saw yet. */
    public int unread() {
        int n = 0;
        for (int i = 0; i < all.length; i++) {
            n += all[i].unread;
        }
        return n;
    }

    /** Whether some chat is open: the person is busy with it. */
    public boolean isTalking() {
        for (int i = 0; i < all.length; i++) {
            if (all[i].state == Conversation.OPEN) {
                return true;
            }
        }
        return false;
    }

    /** Whether somebody offers a chat and waits. */
    public boolean isOffered(Slice address) {
        for (int i = 0; i < all.length; i++) {
            if (all[i].state == Conversation.OFFERED && all[i].peer.equals(address)) {
                return true;
            }
        }
        return false;
    }

    /** The first with something new; null: there is none. */
    public Conversation withNews() {
        for (int i = 0; i < all.length; i++) {
            if (all[i].unread > 0 || all[i].state == Conversation.OFFERED) {
                return all[i];
            }
        }
        return null;
    }

    /** The conversation with somebody, a new one if need be; null when all of them are under way. */
    public Conversation with(int account, Slice address) {
        Conversation oldest = null;
        for (int i = 0; i < all.length; i++) {
            Conversation c = all[i];
            if (c.isWith(account, address)) {
                return c;
            }
            if (!c.isLive() && c.unread == 0 && (oldest == null || c.usedOrder < oldest.usedOrder)) {
                oldest = c;
            }
        }
        if (oldest != null && oldest.peer.set(address)) {
            oldest.account = account;
            oldest.state = Conversation.CLOSED;
            oldest.status = 0;
            oldest.transcript.clear();
            oldest.usedOrder = ++order;
            return oldest;
        }
        return null;
    }

    /** Calls the other side. @return false when there is no room or no way there */
    public boolean call(Conversation c, long nowMs) {
        if (c.isLive()) {
            return true;
        }
        Chat chat = chats.open(agent.account(c.account), c.peer.slice(slice), nowMs);
        if (chat == null) {
            c.status = 503;
            user.onChatsChanged(nowMs);
            return false;
        }
        c.chat = chat;
        c.state = Conversation.CALLING;
        c.usedOrder = ++order;
        user.onChatsChanged(nowMs);
        return true;
    }

    public void accept(Conversation c, long nowMs) {
        if (c.state == Conversation.OFFERED) {
            c.state = Conversation.CALLING;
            c.chat.accept(nowMs);
            user.onChatsChanged(nowMs);
        }
    }

    public void decline(Conversation c, long nowMs) {
        if (c.state == Conversation.OFFERED) {
            Chat was = c.chat;
            close(c, 0, nowMs);
            was.refuse(603, nowMs);
        }
    }

    /** Ends it; the transcript stays. */
    public void end(Conversation c, long nowMs) {
        if (c.state == Conversation.OFFERED) {
            decline(c, nowMs);
        } else if (c.isLive()) {
            Chat was = c.chat;
            close(c, 0, nowMs);
            was.end(nowMs);
        }
    }

    void onIdle(Conversation c, long nowMs) {
        end(c, nowMs);
    }

    /** Says something. @return false when there is no room, it is too long, or the chat is not open */
    public boolean say(Conversation c, Slice text, long nowMs) {
        boolean toOne = !c.toOnly.isEmpty();
        long id = c.state != Conversation.OPEN ? 0 : toOne ? c.chat.sendTo(c.toOnly.slice(sender), text, nowMs) : c.chat.send(text, nowMs);
        if (id == 0) {
            return false;
        }
        if (toOne) {
            putPerson(c, c.toOnly.slice(sender), line.sink(sink).put('('));
            sink.put(") ").put(text);
            c.toOnly.clear();
        }
        c.transcript.add(Transcript.SENDING, agent.unixSec(nowMs), id, toOne && line.take(sink) ? line.slice(said) : text);
        stayAwake(c, nowMs);
        changed(c, nowMs);
        return true;
    }

    /** Nobody has to say something in a room to stay there. */
    private void stayAwake(Conversation c, long nowMs) {
        if (!c.isRoom()) {
            c.idleTimer.startAt(nowMs + IDLE_MS);
        }
    }

    /** Appends what somebody is known by in a room, or the user part of his address. */
    public void putPerson(Conversation c, Slice address, ByteSink out) {
        Slice name = c.roster == null ? said.clear() : c.roster.nameOf(address, said);
        if (!name.isEmpty()) {
            out.put(name);
        } else if (uri.wrap(address) && uri.hasUser()) {
            out.put(uri.user());
        } else {
            out.put(address);
        }
    }

    /** What is said next in a room goes to one of those who are there. */
    public void sayToOnly(Conversation c, Slice address, long nowMs) {
        c.toOnly.set(address);
        user.onChatsChanged(nowMs);
    }

    void onRoster(long nowMs) {
        user.onChatsChanged(nowMs);
    }

    private void enter(Conversation room, long nowMs) {
        for (int i = 0; i < rosters.length && room.roster == null; i++) {
            if (rosters[i].of == null) {
                room.roster = rosters[i];
                rosters[i].begin(room, subscriber, room.chat.account(), nowMs);
            }
        }
        room.nicknames = 0;
        askNickname(room, nowMs);
    }

    /** The name on the display, else the user part of the address. */
    private void askNickname(Conversation room, long nowMs) {
        Account account = room.chat.account();
        Slice name = room.nicknames == 0 && !account.displayName.isEmpty() ? account.displayName.slice(slice) : account.contactUser.slice(slice);
        room.nicknames++;
        room.chat.useNickname(name, nowMs);
    }

    @Override
    public void onNickname(Chat chat, int status, long nowMs) {
        Conversation c = of(chat);
        if (c != null && status == 425 && c.nicknames == 1) {
            askNickname(c, nowMs);
        }
    }

    @Override
    public void onTextInRoom(Chat chat, Slice from, boolean toUs, Slice text, long dateSec, long nowMs) {
        Conversation c = of(chat);
        if (c == null) {
            return;
        }
        putPerson(c, from, line.sink(sink));
        sink.put(toUs ? " (to you): " : ": ").put(text);
        c.transcript.add(Transcript.THEIRS, dateSec >= 0 ? dateSec : agent.unixSec(nowMs), 0, line.take(sink) ? line.slice(slice) : text);
        c.unread++;
        changed(c, nowMs);
        user.onChatText(c, text, nowMs);
    }

    /** A key was pressed while writing. */
    public void onKey(Conversation c, long nowMs) {
        if (c.state == Conversation.OPEN) {
            c.chat.onKey(nowMs);
        }
    }

    /** It is on the display. */
    public void seen(Conversation c, long nowMs) {
        if (c.unread > 0) {
            c.unread = 0;
            user.onChatsChanged(nowMs);
        }
    }

    private void changed(Conversation c, long nowMs) {
        c.usedOrder = ++order;
        records.changed(c.slot);
        user.onChatsChanged(nowMs);
    }

    private void close(Conversation c, int status, long nowMs) {
        c.state = Conversation.CLOSED;
        c.status = status;
        c.chat = null;
        c.toOnly.clear();
        if (c.roster != null) {
            c.roster.end(nowMs);
            c.roster = null;
        }
        c.idleTimer.stop();
        c.transcript.failPending();
        changed(c, nowMs);
    }

    private Conversation of(Chat chat) {
        for (int i = 0; i < all.length; i++) {
            if (all[i].chat == chat) {
                return all[i];
            }
        }
        return null;
    }

    // ---------------------------------------------------------------- what chats tell

    @Override
    public void onOffered(Chat chat, long nowMs) {
        Account account = chat.account();
        int verdict = user.accepts(account, chat.peer(slice), nowMs);
        if (verdict != 0) {
            chat.refuse(verdict, nowMs);
            return;
        }
        Conversation c = with(account.index, chat.peer(slice));
        if (c == null || c.isLive()) {
            chat.refuse(486, nowMs);
            return;
        }
        c.chat = chat;
        c.state = Conversation.OFFERED;
        c.usedOrder = ++order;
        user.onChatOffered(c, nowMs);
        user.onChatsChanged(nowMs);
    }

    @Override
    public void onRinging(Chat chat, long nowMs) {
        Conversation c = of(chat);
        if (c != null && c.state == Conversation.CALLING) {
            c.state = Conversation.RINGING;
            user.onChatsChanged(nowMs);
        }
    }

    @Override
    public void onOpen(Chat chat, long nowMs) {
        Conversation c = of(chat);
        if (c != null) {
            c.state = Conversation.OPEN;
            if (chat.isRoom()) {
                enter(c, nowMs);
            }
            stayAwake(c, nowMs);
            user.onChatsChanged(nowMs);
        }
    }

    @Override
    public void onText(Chat chat, Slice text, long dateSec, int marks, long nowMs) {
        Conversation c = of(chat);
        if (c != null) {
            c.transcript.add(verdict(marks, dateSec, agent.unixSec(nowMs)), dateSec >= 0 ? dateSec : agent.unixSec(nowMs), 0, text);
            c.unread++;
            stayAwake(c, nowMs);
            changed(c, nowMs);
            user.onChatText(c, text, nowMs);
        }
    }

    /** What a signature is worth; one of long ago may be a replay. */
    private static int verdict(int marks, long dateSec, long nowSec) {
        if ((marks & (MessageSecurity.SIGNED | MessageSecurity.BROKEN)) == 0) {
            return Transcript.THEIRS;
        }
        boolean old = dateSec < 0 || nowSec >= 0 && Math.abs(nowSec - dateSec) > FRESH_SEC;
        boolean good = (marks & GOOD) == GOOD && (marks & MessageSecurity.BROKEN) == 0 && !old;
        return good ? Transcript.THEIRS_SIGNED : Transcript.THEIRS_DOUBTFUL;
    }

    @Override
    public void onUnreadable(Chat chat, long nowMs) {
        onText(chat, unreadable, -1, 0, nowMs);
    }

    @Override
    public void onComposing(Chat chat, long nowMs) {
        user.onChatsChanged(nowMs);
    }

    @Override
    public void onSent(Chat chat, long id, int status, long nowMs) {
        setState(chat, id, status == MsrpStatus.OK ? Transcript.SENT : Transcript.FAILED, nowMs);
    }

    @Override
    public void onDelivered(Chat chat, long id, long nowMs) {
        setState(chat, id, Transcript.DELIVERED, nowMs);
    }

    private void setState(Chat chat, long id, int state, long nowMs) {
        Conversation c = of(chat);
        if (c != null && c.transcript.setState(id, state)) {
            changed(c, nowMs);
        }
    }

    @Override
    public void onEnded(Chat chat, int status, long nowMs) {
        Conversation c = of(chat);
        if (c != null) {
            boolean missed = c.state == Conversation.OFFERED;
            close(c, status, nowMs);
            if (missed) {
                user.onMissedCall(c.peer.slice(slice), nowMs);
            }
        }
    }

    @Override
    public void onMissed(Slice from, long nowMs) {
        user.onMissedCall(from, nowMs);
    }
}
