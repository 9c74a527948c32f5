package org.sidetone.firmware.screen;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.firmware.calendar.Calendar;
import org.sidetone.firmware.chats.Conversation;
import org.sidetone.firmware.chats.Conversations;
import org.sidetone.firmware.contacts.Contact;
import org.sidetone.firmware.contacts.ContactList;
import org.sidetone.firmware.files.FileEntry;
import org.sidetone.firmware.files.Files;
import org.sidetone.firmware.files.Ringtone;
import org.sidetone.firmware.input.MultiTap;
import org.sidetone.firmware.log.Log;
import org.sidetone.firmware.mailbox.Mailboxes;
import org.sidetone.firmware.messages.Entry;
import org.sidetone.firmware.messages.Messages;
import org.sidetone.firmware.presence.OwnPresence;
import org.sidetone.firmware.presence.Watcher;
import org.sidetone.firmware.presence.Watchers;
import org.sidetone.hal.Clock;
import org.sidetone.hal.Key;
import org.sidetone.sip.ua.UserAgent;
import org.sidetone.time.TimerQueue;
import org.sidetone.uri.UriView;

/** What the screens share: the phone's parts, the screens themselves, and which of them are open, one above the other. */
public final class Desk {
    private static final int MAX_OPEN = 8;
    /** Between two questions about watchers. */
    private static final long ASK_AGAIN_MS = 30_000;

    final ContactList contacts;
    final Messages messages;
    final OwnPresence own;
    final Watchers watchers;
    final Calendar calendar;
    final Mailboxes mailboxes;
    final Conversations conversations;
    final Files files;
    private final Ringtone ringtone;
    private final FixedText support = new FixedText(160);
    private Log log;
    final UserAgent agent;
    final Clock clock;
    final int contentRows;
    private final int columns;
    final HomeScreen home;
    final ContactsScreen contactsScreen;
    final ContactScreen contactScreen;
    final StatusScreen status;
    final MessagesScreen inbox;
    final MessagesScreen sent;
    final ReadScreen reader;
    final ComposeScreen compose;
    final ChatScreen chat;
    final PopUpScreen popUp;
    final WatchersScreen watchersScreen;
    final EditBookScreen editBook;
    final NewContactScreen newContact;
    final RenameScreen rename;
    final NoteScreen noteScreen;
    final CalendarScreen calendarScreen;
    final AppointmentScreen appointment;
    private final WatcherPopUp watcherPopUp;
    final FilesScreen filesScreen;
    private final FileScreen fileScreen;
    final PeopleScreen people;
    final SendToScreen sendTo;
    private final ScreenModel model = new ScreenModel();
    private final Screen[] open = new Screen[MAX_OPEN];
    private int depth;
    private boolean dirty = true;
    private final UriView uri = new UriView();
    private final Slice chatPeer = new Slice();
    private final FixedText missedFrom = new FixedText(160);
    private int missedCalls;
    private boolean registered;
    private boolean asked;
    private long askedMs;
    /** Why the server does not take the owner's decisions over; empty: it does. */
    final FixedText rulesTrouble = new FixedText(120);
    /** Why the server does not take over what was done with the book; empty: it does. */
    final FixedText bookTrouble = new FixedText(120);

    /** @param contentRows rows of the display less title and soft keys. @param columns of the display
     *  @param textBytes of a message */
    public Desk(ContactList contacts, Messages messages, OwnPresence own, Calendar calendar, Watchers watchers, Mailboxes mailboxes, Conversations conversations, Files files,
            Ringtone ringtone, UserAgent agent, TimerQueue timers, Clock clock, int contentRows, int columns, int textBytes) {
        this.contacts = contacts;
        this.messages = messages;
        this.own = own;
        this.calendar = calendar;
        this.watchers = watchers;
        this.mailboxes = mailboxes;
        this.conversations = conversations;
        this.files = files;
        this.ringtone = ringtone;
        this.agent = agent;
        this.clock = clock;
        this.columns = columns;
        this.contentRows = Math.min(contentRows, ScreenModel.MAX_ROWS);
        home = new HomeScreen(this);
        contactsScreen = new ContactsScreen(this);
        contactScreen = new ContactScreen(this);
        status = new StatusScreen(this);
        inbox = new MessagesScreen(this, true);
        sent = new MessagesScreen(this, false);
        reader = new ReadScreen(this);
        compose = new ComposeScreen(this, timers, textBytes);
        chat = new ChatScreen(this, timers, textBytes);
        popUp = new PopUpScreen(this);
        watchersScreen = new WatchersScreen(this);
        editBook = new EditBookScreen(this);
        newContact = new NewContactScreen(this, timers);
        rename = new RenameScreen(this, timers);
        noteScreen = new NoteScreen(this, timers);
        calendarScreen = new CalendarScreen(this);
        appointment = new AppointmentScreen(this, timers);
        watcherPopUp = new WatcherPopUp(this);
        filesScreen = new FilesScreen(this);
        fileScreen = new FileScreen(this);
        people = new PeopleScreen(this);
        sendTo = new SendToScreen(this);
        open[0] = home;
        depth = 1;
    }

    /** A key was pressed. */
    public void onKey(int key, long nowMs) {
        dirty = true;
        if (key >= Key.LINE_1 && !isTyping()) {
            openContact(key - Key.LINE_1, nowMs);
        } else if (key == Key.MESSAGES && !isTyping()) {
            show(inbox, nowMs);
        } else if (!front().onKey(key, nowMs) && key == Key.BACK) {
            back(nowMs);
        }
    }

    private void openContact(int line, long nowMs) {
        Contact c = contacts.book().atPlace(line);
        if (c != null) {
            contactScreen.open(c);
            home(nowMs);
            show(contactScreen, nowMs);
        }
    }

    public Screen front() {
        return open[depth - 1];
    }

    void show(Screen screen, long nowMs) {
        dirty = true;
        front().onHidden(nowMs);
        for (int i = 1; i < depth; i++) {
            if (open[i] == screen) {            // it is open below: go back to it
                depth = i + 1;
                screen.onShown(nowMs);
                return;
            }
        }
        if (depth == MAX_OPEN) {
            depth = 1;
        }
        open[depth++] = screen;
        screen.onShown(nowMs);
    }

    void back(long nowMs) {
        dirty = true;
        if (depth > 1) {
            front().onHidden(nowMs);
            depth--;
            front().onShown(nowMs);
        }
    }

    void home(long nowMs) {
        while (depth > 1) {
            back(nowMs);
        }
    }

    /** Something that may be on the screen changed. */
    public void changed() {
        dirty = true;
    }

    /** @return the newest picture, or null when nothing changed since the last */
    public ScreenModel redraw() {
        if (!dirty) {
            return null;
        }
        dirty = false;
        model.clear();
        front().draw(model);
        return model;
    }

    /** The picture as it was last drawn. */
    public ScreenModel model() {
        return model;
    }

    /** A message came. */
    public void onNewMessage(Entry entry, long nowMs) {
        dirty = true;
        if (!own.isUndisturbed() && !isTyping() && front() != reader && !entry.isExpired(unixSec())) {
            popUp.message(entry);
            show(popUp, nowMs);
        }
    }

    private boolean isTyping() {
        return front() == compose || front() instanceof EntryScreen || front() == chat && chat.isBusy();
    }

    /** Shows the conversation with somebody and calls him, unless one is under way. */
    void chatWith(int account, FixedText address, long nowMs) {
        Conversation c = conversations.with(account, address.slice(chatPeer));
        if (c != null) {
            chat.open(c);
            conversations.call(c, nowMs);
            show(chat, nowMs);
        }
    }

    void show(Conversation c, long nowMs) {
        chat.open(c);
        show(chat, nowMs);
    }

    /** Somebody offers a chat. */
    public void onChatOffered(Conversation c, long nowMs) {
        dirty = true;
        if (!own.isUndisturbed() && !isTyping()) {
            show(c, nowMs);
        }
    }

    /** Somebody said something in a chat. */
    public void onChatText(Conversation c, long nowMs) {
        dirty = true;
        if (front() == chat && chat.shows(c)) {
            conversations.seen(c, nowMs);
        } else if (!own.isUndisturbed() && !isTyping()) {
            show(c, nowMs);
        }
    }

    /** Who is sent the log when somebody presses the key for it, of the first account; at boot. */
    public void setSupport(String address, Log phonesLog) {
        support.set(address);
        log = phonesLog;
    }

    boolean canSendLog() {
        return !support.isEmpty() && files.isOffered();
    }

    void sendLog(long nowMs) {
        files.sendLog(agent.account(0), support.slice(chatPeer), log, nowMs);
        dirty = true;
    }

    Ringtone ringtone() {
        return ringtone;
    }

    void show(FileEntry e, long nowMs) {
        fileScreen.open(e);
        show(fileScreen, nowMs);
    }

    /** Somebody offers a file. */
    public void onFileOffered(FileEntry e, long nowMs) {
        dirty = true;
        if (!own.isUndisturbed() && !isTyping()) {
            show(e, nowMs);
        }
    }

    /** A file came, or arrived, or did not. */
    public void onFileThere(FileEntry e, long nowMs) {
        dirty = true;
        if (front() == fileScreen && fileScreen.shows(e)) {
            fileScreen.open(e);
        } else if (e.isIncoming() && e.state() == FileEntry.KEPT && !own.isUndisturbed() && !isTyping()) {
            show(e, nowMs);
        }
    }

    /** Sends a file on to somebody, and shows how that goes. */
    void sendOn(FileEntry file, int account, FixedText address, long nowMs) {
        if (files.sendOn(file, agent.account(account), address.slice(chatPeer), nowMs)) {
            show(files.get(0), nowMs);
        }
    }

    /** Sends one's own card to somebody, and shows how that goes. */
    void sendCard(int account, FixedText address, long nowMs) {
        if (files.sendCard(agent.account(account), address.slice(chatPeer), nowMs)) {
            show(files.get(0), nowMs);
        }
    }

    /** Somebody wants to see this phone's presence. Who types is not interrupted, nor anybody by many at once: the list of watchers keeps them. */
    public void onWatcherAsks(Watcher watcher, long nowMs) {
        dirty = true;
        boolean recently = asked && nowMs - askedMs < ASK_AGAIN_MS;
        if (!own.isUndisturbed() && !recently && !isTyping() && front() != reader && front() != watcherPopUp) {
            asked = true;
            askedMs = nowMs;
            watcherPopUp.ask(watcher);
            show(watcherPopUp, nowMs);
        }
    }

    /** The server does not take the owner's decisions over. @param why in words; empty: it has */
    public void onRulesRefused(FixedText why, long nowMs) {
        rulesTrouble.set(why);
        dirty = true;
    }

    /** Somebody came into the book or left it: who left is not shown any longer. */
    public void onBook(long nowMs) {
        dirty = true;
        if (front() == contactScreen && contactScreen.isGone()) {
            back(nowMs);
        }
    }

    /** The server does not take over what was done with the book. @param why in words; empty: it has */
    public void onBookRefused(FixedText why) {
        bookTrouble.set(why);
        dirty = true;
    }

    /** Somebody called; this phone carries no audio. */
    public void onMissedCall(Slice from, long nowMs) {
        dirty = true;
        missedCalls++;
        missedFrom.set(from);
        if (!own.isUndisturbed() && !isTyping()) {
            popUp.missedCall(missedFrom);
            show(popUp, nowMs);
        }
    }

    /** The typing can be checked from outside: the field's keys, or null when no text is being written. */
    public MultiTap textEntry() {
        return front() == compose ? compose.multiTap() : front() == chat ? chat.multiTap() : front() instanceof EntryScreen ? ((EntryScreen) front()).multiTap() : null;
    }

    public int missedCalls() {
        return missedCalls;
    }

    void seenMissedCalls() {
        missedCalls = 0;
    }

    public void setRegistered(boolean value) {
        dirty |= registered != value;
        registered = value;
    }

    /** Characters a row shows. */
    int columns() {
        return columns;
    }

    boolean isRegistered() {
        return registered;
    }

    /** Appends the name of who has an address: the contact's, else its user part, else the address. */
    void putName(Slice address, ByteSink out) {
        Contact c = contacts.find(address);
        if (c != null) {
            out.put(c.name);
        } else if (uri.wrap(address) && uri.hasUser()) {
            out.put(uri.user());
        } else {
            out.put(address);
        }
    }

    /** Appends hours and minutes of local time, or nothing while the time is not known. */
    void putTime(long unixSec, ByteSink out) {
        if (unixSec < 0) {
            return;
        }
        long local = unixSec + clock.zoneOffsetSec(unixSec);
        int minutes = (int) (local / 60 % 1440);
        out.putPadded(minutes / 60, 2).put(':').putPadded(minutes % 60, 2);
    }

    long unixSec() {
        long wall = clock.wallMs();
        return wall == Clock.UNKNOWN ? -1 : wall / 1000;
    }
}
