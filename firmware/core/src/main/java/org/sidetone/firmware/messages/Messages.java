package org.sidetone.firmware.messages;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.composing.IsComposing;
import org.sidetone.doc.imdn.Imdn;
import org.sidetone.hal.Storage;
import org.sidetone.im.Composition;
import org.sidetone.im.IncomingMessage;
import org.sidetone.im.Language;
import org.sidetone.im.MessageReceiver;
import org.sidetone.im.MessageSender;
import org.sidetone.port.Capacity;
import org.sidetone.port.MessageSecurity;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.transaction.ServerTransaction;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.UserAgent;
import org.sidetone.time.Timer;

/**
 * Inbox and sent messages. A message that arrives is answered 200 only when it is on the medium; a message that was written
 * is sent only when it is there, one at a time to each recipient.
 */
public final class Messages implements MessageReceiver.User, MessageSender.User, Timer.Owner,
        Composition.User, Typing.User {
    /** Told of what the person should see. */
    public interface User {
        /** A message came. @return 0 to take it, or the status to refuse it with */
        int accepts(Account account, Slice from, long nowMs);

        /** Whether somebody is no contact: strangers do not fill the inbox. */
        boolean isStranger(Slice from);

        /** A new message is in the inbox. */
        void onNewMessage(Entry entry, long nowMs);

        /** A message of ours changed its state, or a box was loaded. */
        void onMessagesChanged();

        /** Everything kept is read: the phone may register. */
        void onMessagesLoaded(long nowMs);
    }

    /** As if nobody had been there: what the store says of a message that nobody fetched in time. */
    private static final int NEVER_FETCHED = 480;
    /** So often nobody answers before the owner is told. */
    private static final int MOST_SILENCES = 2;
    private static final int NOTHING = -1;
    private static final int BOX_SIZE = 100;
    /** So many unread messages of strangers, then no more of theirs. */
    private static final int STRANGERS_UNREAD = 50;
    private static final long RETRY_MS = 1_000;

    private final UserAgent agent;
    private final Storage storage;
    private final User user;
    private final Box inbox;
    private final Box sent;
    private final MessageReceiver receiver;
    private final MessageSender sender;
    private final Timer pump;
    private final Composition composition;
    private final Typing typing;
    private final FixedText writingTo = new FixedText(160);
    private int writingAs;
    private boolean tellsTyping = true;
    private final int[] inboxTickets;
    private final ServerTransaction[] transactions;
    private final int[] sentTickets;
    private final boolean[] deliveryWanted = new boolean[BOX_SIZE];
    private final Slice slice = new Slice();
    private final ByteSink sink = new ByteSink();
    private final Slice slice2 = new Slice();
    private final Slice slice3 = new Slice();
    private boolean tellsRead = true;
    private int loading;
    private int loadTicket = NOTHING;
    private boolean loaded;
    private long refusedForRoom;
    private long storageFailures;

    public Messages(UserAgent agent, Storage storage, Capacity capacity, User user) {
        this.agent = agent;
        this.storage = storage;
        this.user = user;
        inbox = new Box("inbox", BOX_SIZE, capacity.textBytes);
        sent = new Box("sent", BOX_SIZE, capacity.textBytes);
        receiver = new MessageReceiver(agent, capacity, this);
        sender = new MessageSender(agent, capacity, this);
        pump = new Timer(agent.timers(), this);
        composition = new Composition(agent.timers(), this);
        typing = new Typing(agent.timers(), this);
        inboxTickets = new int[BOX_SIZE];
        sentTickets = new int[BOX_SIZE];
        transactions = new ServerTransaction[BOX_SIZE];
        for (int i = 0; i < BOX_SIZE; i++) {
            inboxTickets[i] = NOTHING;
            sentTickets[i] = NOTHING;
        }
    }

    /** From then on messages are signed and sealed, and opened. At boot only. */
    public void setSecurity(MessageSecurity newSecurity) {
        receiver.setSecurity(newSecurity);
        sender.setSecurity(newSecurity);
    }

    /** What its owner writes and likes to read. At boot only. */
    public void setLanguage(Language language) {
        receiver.setLanguage(language);
        sender.setLanguage(language);
    }

    /** Starts reading what was kept. */
    public void load() {
        loading = 0;
        readNext();
    }

    private void readNext() {
        Box box = loading < BOX_SIZE ? inbox : sent;
        loadTicket = storage.read(box.slot(loading % BOX_SIZE).record, box.recordBuffer(), 0, box.recordBuffer().length);
    }

    /** Takes a completion of the storage; one that is not ours changes nothing. */
    public void onCompletion(Storage.Completion completion, long nowMs) {
        if (!loaded && completion.ticket == loadTicket) {
            onLoaded(completion, nowMs);
        } else {
            onWritten(completion, nowMs);
        }
    }

    /** Something was sealed, or opened. @return false: it was not ours */
    public boolean onSecured(MessageSecurity.Done done, long nowMs) {
        return receiver.onDone(done, nowMs) || sender.onDone(done, nowMs);
    }

    /** Reads on where the storage was too busy. */
    public void doWork() {
        if (!loaded && loadTicket == Storage.BUSY) {
            readNext();
        }
    }

    private void onLoaded(Storage.Completion completion, long nowMs) {
        Box box = loading < BOX_SIZE ? inbox : sent;
        Entry e = box.slot(loading % BOX_SIZE);
        if (completion.result > 0 && box.read(e, box.recordBuffer(), completion.result)) {
            if (box == inbox) {
                receiver.remember(e.identity, e.content);
            } else if (e.state == Entry.SENDING || e.state == Entry.QUEUED) {
                e.state = Entry.FAILED;             // nobody knows how far it came: the person decides
            }
        }
        if (++loading < 2 * BOX_SIZE) {
            readNext();
            return;
        }
        loaded = true;
        inbox.sort();
        sent.sort();
        user.onMessagesChanged();
        user.onMessagesLoaded(nowMs);
    }

    public boolean isLoaded() {
        return loaded;
    }

    private void onWritten(Storage.Completion completion, long nowMs) {
        for (int i = 0; i < BOX_SIZE; i++) {
            if (inboxTickets[i] == completion.ticket) {
                inboxTickets[i] = NOTHING;
                onInboxWritten(inbox.slot(i), completion.result, nowMs);
                return;
            }
            if (sentTickets[i] == completion.ticket) {
                sentTickets[i] = NOTHING;
                storageFailures += completion.result < 0 ? 1 : 0;
                pumpOut(nowMs);
                return;
            }
        }
    }

    private void onInboxWritten(Entry e, int result, long nowMs) {
        if (e.state != Entry.ARRIVING) {
            return;
        }
        ServerTransaction transaction = transactions[e.slot];
        transactions[e.slot] = null;
        if (result < 0) {
            storageFailures++;
            e.state = Entry.EMPTY;
            receiver.notKept(e.identity);
            transaction.reply(500, nowMs);
            return;
        }
        e.state = Entry.UNREAD;
        inbox.sort();
        receiver.kept(e.identity);
        transaction.reply(200, nowMs);
        if (deliveryWanted[e.slot]) {
            sender.notify(agent.account(e.account), e.peer.slice(slice), e.routes, e.messageId.slice(slice2), e.dateSec, Imdn.DELIVERY, Imdn.DELIVERED, nowMs);
        }
        deliveryWanted[e.slot] = false;
        typing.onMessage(e.peer.slice(slice));
        user.onNewMessage(e, nowMs);
    }

    @Override
    public int onMessage(IncomingMessage message, ServerTransaction transaction, long nowMs) {
        int verdict = user.accepts(message.account(), message.from(), nowMs);
        if (verdict != 0) {
            return verdict;
        }
        Entry e = loaded && !isFullOfStrangers(message.from()) ? inbox.make() : null;
        if (e == null || !e.peer.set(message.from()) || !setText(e, message)) {
            refusedForRoom++;
            inbox.sort();
            return 480;
        }
        e.state = Entry.ARRIVING;
        e.account = message.account().index;
        e.dateSec = message.dateSec() >= 0 ? message.dateSec() : agent.unixSec(nowMs);
        e.expiresSec = message.expiresSec();
        e.marks = message.marks();
        e.identity = message.identity();
        e.content = message.content();
        boolean tellable = e.messageId.set(message.messageId()) && e.routes.set(message.routes());
        e.wantsDisplay = tellable && message.wantsDisplay();
        deliveryWanted[e.slot] = tellable && message.wantsDelivery();
        int ticket = inbox.write(e, Entry.UNREAD, storage);
        if (ticket < 0) {
            e.state = Entry.EMPTY;
            inbox.sort();
            return 480;
        }
        inboxTickets[e.slot] = ticket;
        transactions[e.slot] = transaction;
        inbox.sort();
        return 0;
    }

    /** What it is about goes before it, where there is room for both. */
    private boolean setText(Entry e, IncomingMessage message) {
        if (!message.subject().isEmpty()) {
            e.text.sink(sink).put(message.subject()).put('\n').put(message.text());
            if (e.text.take(sink)) {
                return true;
            }
        }
        return e.text.set(message.text());
    }

    private boolean isFullOfStrangers(Slice from) {
        if (!user.isStranger(from)) {
            return false;
        }
        int unread = 0;
        for (int i = 0; i < inbox.count(); i++) {
            unread += inbox.get(i).state == Entry.UNREAD && user.isStranger(inbox.get(i).peer.slice(slice)) ? 1 : 0;
        }
        return unread >= STRANGERS_UNREAD;
    }

    public void markRead(Entry e, long nowMs) {
        if (e.state == Entry.UNREAD) {
            e.state = Entry.READ;
            if (e.wantsDisplay && tellsRead) {
                sender.notify(agent.account(e.account), e.peer.slice(slice), e.routes, e.messageId.slice(slice2), e.dateSec, Imdn.DISPLAY, Imdn.DISPLAYED, nowMs);
            }
            e.wantsDisplay = false;
            int ticket = inbox.write(e, Entry.READ, storage);
            if (ticket >= 0) {
                inboxTickets[e.slot] = ticket;
            }
            user.onMessagesChanged();
        }
    }

    /** The same for one that may be null. */
    public void markReadIf(Entry e, long nowMs) {
        if (e != null) {
            markRead(e, nowMs);
        }
    }

    /** Writes a message into the outbox; it goes out by itself. @return false when there is no room or the storage is busy */
    public boolean submit(int account, Slice to, Slice text, long nowMs) {
        Entry e = sent.make();
        if (e == null || !e.peer.set(to) || !e.text.set(text)) {
            sent.sort();
            return false;
        }
        e.account = account;
        e.marks = sender.protects(to) ? MessageSecurity.SEALED | MessageSecurity.SIGNED | MessageSecurity.TRUSTED | MessageSecurity.SENDERS : 0;
        e.dateSec = agent.unixSec(nowMs);
        composition.onMessageSent();
        agent.newTag(e.messageId);
        e.silences = 0;
        e.state = Entry.QUEUED;
        keep(e);
        sent.sort();
        user.onMessagesChanged();
        pumpOut(nowMs);
        return true;
    }

    /** Sends a failed message again. */
    public void sendAgain(Entry e, long nowMs) {
        if (e.state == Entry.FAILED) {
            e.silences = 0;
            e.state = Entry.QUEUED;
            keep(e);
            user.onMessagesChanged();
            pumpOut(nowMs);
        }
    }

    private void keep(Entry e) {
        int ticket = sent.write(e, e.state, storage);
        if (ticket >= 0) {
            sentTickets[e.slot] = ticket;
        } else {
            storageFailures++;
        }
    }

    /** Sends what is on the medium and whose recipient has nothing else under way, oldest first. */
    private void pumpOut(long nowMs) {
        for (int i = sent.count() - 1; i >= 0; i--) {
            Entry e = sent.get(i);
            if (e.state == Entry.QUEUED && sentTickets[e.slot] == NOTHING && !isSendingTo(e)) {
                e.state = Entry.SENDING;
                if (!sender.send(agent.account(e.account), e.peer.slice(slice), e.text.slice(slice2), e.messageId.slice(slice3), e.dateSec, e.slot, nowMs)) {
                    if (e.state == Entry.SENDING) {
                        e.state = Entry.QUEUED;
                        pump.startAt(nowMs + RETRY_MS);
                    }
                    return;
                }
            }
        }
    }

    private boolean isSendingTo(Entry other) {
        for (int i = 0; i < sent.count(); i++) {
            Entry e = sent.get(i);
            if (e.state == Entry.SENDING && e.account == other.account && e.peer.equals(other.peer)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        pumpOut(nowMs);
    }

    @Override
    public void onSent(long id, int status, SipMessage response, long nowMs) {
        Entry e = sent.slot((int) id);
        e.status = status;
        boolean again = e.state == Entry.SENDING && status == 408 && e.silences < MOST_SILENCES;
        if (again) {                                            // lost, or its answer was: who has it already knows it by its id
            e.silences++;
            e.state = Entry.QUEUED;
            pump.startAt(nowMs + RETRY_MS);
        } else if (e.state == Entry.SENDING) {                  // else the other side was faster than the answer
            e.state = status == 202 ? Entry.WAITING : status / 100 == 2 ? Entry.DELIVERED : Entry.FAILED;
        }
        keep(e);
        user.onMessagesChanged();
        if (!again) {
            pumpOut(nowMs);
        }
    }

    /** A key was pressed in a text for somebody. */
    public void onKey(int account, Slice to, long nowMs) {
        if (account != writingAs || !writingTo.equals(to)) {
            composition.clear();
            writingAs = account;
            writingTo.set(to);
        }
        composition.onKey(nowMs);
    }

    @Override
    public void sayComposing(boolean active, long nowMs) {
        if (tellsTyping) {
            sender.sign(agent.account(writingAs), writingTo.slice(slice), active, nowMs);
        }
    }

    @Override
    public void onPeerComposing(long nowMs) {
        // of others each is known by his address: Typing
    }

    @Override
    public void onComposing(Account to, Slice from, IsComposing sign, long nowMs) {
        typing.onSign(from, sign, nowMs);
    }

    @Override
    public void onTypingChanged() {
        user.onMessagesChanged();
    }

    /** Whether somebody is writing to us. */
    public boolean isTyping(Slice peer) {
        return typing.isTyping(peer);
    }

    /** Whether others see that one writes to them; from the start they do. */
    public void tellTyping(boolean value) {
        tellsTyping = value;
    }

    @Override
    public void onCpim(Slice from) {
        sender.takesCpim(from);
    }

    /** What the other side says became of a message of ours; only he whom it went to is believed. */
    @Override
    public void onNotification(Account to, Slice from, Imdn notification) {
        for (int i = 0; i < sent.count(); i++) {
            Entry e = sent.get(i);
            if (e.account == to.index && e.peer.equals(from) && !e.messageId.isEmpty() && e.messageId.equals(notification.messageId(slice))) {
                int state = stateOf(e, notification);
                if (state != e.state) {
                    e.state = state;
                    e.status = state == Entry.FAILED ? NEVER_FETCHED : e.status;
                    keep(e);
                    user.onMessagesChanged();
                }
                return;
            }
        }
    }

    private static int stateOf(Entry e, Imdn said) {
        switch (said.status()) {
            case Imdn.DISPLAYED: return Entry.SEEN;
            case Imdn.DELIVERED: return e.state == Entry.SEEN ? Entry.SEEN : Entry.DELIVERED;
            case Imdn.FAILED: return e.state == Entry.SEEN || e.state == Entry.DELIVERED ? e.state : Entry.FAILED;
            default: return e.state;
        }
    }

    /** Whether those who ask for it hear that their messages were read (RFC 5438 section 14.2 wants a choice). */
    public void tellRead(boolean value) {
        tellsRead = value;
    }

    public Box inbox() {
        return inbox;
    }

    public Box sent() {
        return sent;
    }

    public int unread() {
        return inbox.countOf(Entry.UNREAD);
    }

    public MessageReceiver receiver() {
        return receiver;
    }

    public long refusedForRoom() {
        return refusedForRoom;
    }

    public long storageFailures() {
        return storageFailures;
    }
}
