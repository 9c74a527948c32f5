package org.sidetone.firmware.phone;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Message;
import org.sidetone.bytes.Slice;
import org.sidetone.bytes.Utf8;
import org.sidetone.doc.pidf.PartialPidf;
import org.sidetone.doc.rlmi.Rlmi;
import org.sidetone.chat.Chats;
import org.sidetone.doc.summary.MessageSummary;
import org.sidetone.event.Notifier;
import org.sidetone.event.Subscriber;
import org.sidetone.event.Subscription;
import org.sidetone.firmware.calendar.Appointment;
import org.sidetone.firmware.chats.Conversation;
import org.sidetone.firmware.chats.Conversations;
import org.sidetone.firmware.contacts.Acceptance;
import org.sidetone.firmware.contacts.Contact;
import org.sidetone.firmware.contacts.ContactList;
import org.sidetone.firmware.contacts.KeptBook;
import org.sidetone.firmware.contacts.ListWatch;
import org.sidetone.firmware.contacts.SharedBook;
import org.sidetone.firmware.files.FileEntry;
import org.sidetone.firmware.files.Files;
import org.sidetone.firmware.files.Ringtone;
import org.sidetone.firmware.input.KeyQueue;
import org.sidetone.firmware.input.MultiTap;
import org.sidetone.firmware.keeping.KeptSubscriptions;
import org.sidetone.firmware.keeping.KeptWatchers;
import org.sidetone.firmware.lamps.LampDirector;
import org.sidetone.firmware.log.Log;
import org.sidetone.firmware.mailbox.Mailboxes;
import org.sidetone.firmware.messages.Entry;
import org.sidetone.firmware.messages.Messages;
import org.sidetone.firmware.presence.LeftPresence;
import org.sidetone.firmware.presence.OwnPresence;
import org.sidetone.firmware.presence.OwnPresenceAgent;
import org.sidetone.firmware.presence.OwnRules;
import org.sidetone.firmware.presence.ServerRules;
import org.sidetone.firmware.presence.Watcher;
import org.sidetone.firmware.presence.Watchers;
import org.sidetone.firmware.render.TextRenderer;
import org.sidetone.firmware.rig.JsonWriter;
import org.sidetone.firmware.rig.RecordedDisplay;
import org.sidetone.firmware.rig.RecordedLamps;
import org.sidetone.firmware.rig.RigPort;
import org.sidetone.firmware.rig.RigSubject;
import org.sidetone.firmware.screen.Desk;
import org.sidetone.firmware.screen.ScreenModel;
import org.sidetone.firmware.settings.AccountSettings;
import org.sidetone.firmware.settings.ContactSettings;
import org.sidetone.firmware.settings.Settings;
import org.sidetone.hal.Buzzer;
import org.sidetone.hal.Clock;
import org.sidetone.hal.Hardware;
import org.sidetone.hal.HostAddress;
import org.sidetone.hal.Key;
import org.sidetone.hal.Keypad;
import org.sidetone.hal.Lamps;
import org.sidetone.hal.Network;
import org.sidetone.hal.Storage;
import org.sidetone.hal.Panel;
import org.sidetone.hal.TextDisplay;
import org.sidetone.hal.bind.DigestsHash;
import org.sidetone.hal.bind.EntropyRandom;
import org.sidetone.hal.bind.NetworkStreams;
import org.sidetone.hal.bind.NetworkWire;
import org.sidetone.hal.bind.ResolverLookup;
import org.sidetone.hal.bind.SmimeSecurity;
import org.sidetone.http.HttpClient;
import org.sidetone.im.Language;
import org.sidetone.msrp.Endpoint;
import org.sidetone.port.Capacity;
import org.sidetone.port.Domains;
import org.sidetone.port.Flow;
import org.sidetone.port.MessageSecurity;
import org.sidetone.port.Random;
import org.sidetone.presence.PartialPresence;
import org.sidetone.session.DialogEvents;
import org.sidetone.sip.locate.Locator;
import org.sidetone.sip.register.AccountRegistration;
import org.sidetone.sip.register.Registration;
import org.sidetone.sip.transaction.TransactionLayer;
import org.sidetone.sip.transport.SipTransport;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.UserAgent;
import org.sidetone.time.Timer;
import org.sidetone.time.TimerQueue;
import org.sidetone.uri.UriView;
import org.sidetone.xcap.XcapClient;

/**
 * One phone: made whole at boot, then turned by {@link #doWork}. Everything it is made of is made in the constructor; after
 * {@link #boot} the steady state allocates nothing.
 */
public final class Phone implements RigSubject, ContactList.User, Messages.User, OwnPresence.User, AccountRegistration.User,
        Conversations.User, Mailboxes.User, Watchers.User, ServerRules.User, LeftPresence.User, KeptBook.User, SharedBook.User, ListWatch.User, Files.User, Timer.Owner {
    public static final String PRODUCT = "Sidetone/0.1";

    /** Room in a chat for a text that is signed and sealed, with certificates. */
    private static final int SEALED_BYTES = 6144;
    private static final int KEYS_PER_TURN = 16;
    private static final int TIMERS_PER_TURN = 64;
    private static final int COMPLETIONS_PER_TURN = 32;
    /** A subscription to this phone that asks for less gets 423. */
    private static final int MIN_WATCH_SEC = 10;
    /** How often the server is asked whether rules and book are others. */
    private static final int DOCUMENTS_MINUTES = 5;
    private static final int NEW_MESSAGE_HERTZ = 1200;
    private static final int NEW_MESSAGE_MS = 150;
    private static final int NEW_CHAT_HERTZ = 900;
    private static final int NEW_CHAT_MS = 600;

    private final Hardware hardware;
    private final Settings settings;
    private final Clock clock;
    private final Panel panel;
    private final Log log;
    private final TimerQueue timers = new TimerQueue();
    private final NetworkWire wire;
    private final SipTransport transport;
    /** Where others connect for chats over TLS, which are agreed on over TLS alone; 0: not yet. */
    private int securePort;
    private final TransactionLayer transactions;
    private final UserAgent agent;
    private final Subscriber subscriber;
    private final AccountRegistration[] registrations;
    private final boolean[] registered;
    private final KeptSubscriptions kept;
    private final KeptWatchers keptWatchers;
    private final ContactList contacts;
    private final Acceptance acceptance;
    private final OwnPresence own;
    private final Notifier notifier;
    private final Watchers watchers;
    private final OwnRules ownRules;
    private final KeptBook keptBook;
    /** Null: no XCAP server. */
    private final ServerDocuments documents;
    /** Null: contacts are watched one by one. */
    private final ListWatch listWatch;
    private final OwnPresenceAgent presenceAgent;
    private final DialogEvents dialogEvents;
    private final Storage.Completion completion = new Storage.Completion();
    private final Messages messages;
    private final Mailboxes mailboxes;
    private final NetworkStreams streams;
    private final Endpoint msrp;
    private final Chats chats;
    private final Conversations conversations;
    private final Files files;
    private final Ringtone ringtone;
    private final Desk desk;
    private final KeyQueue keys;
    private final TextRenderer renderer;
    private final LampDirector lampDirector;
    private final RecordedDisplay recordedDisplay;
    private final RecordedLamps recordedLamps;
    private final RigPort rig;
    private final Locator locator;
    private final MessageSecurity security;
    private final MessageSecurity.Done secured = new MessageSecurity.Done();
    private final Timer minuteTimer;
    private final UriView uri = new UriView();
    private final Slice slice = new Slice();
    private int rigPort = -1;
    private boolean lampsDirty = true;
    private boolean linkUp = true;
    private long bootedMs;
    private long keysPressed;
    private long minutes;
    private final FixedText noTrouble = new FixedText(0);

    public Phone(Hardware hardware, Settings settings) {
        this.hardware = hardware;
        this.settings = settings;
        Capacity capacity = settings.capacity;
        if (hardware.smime() != null) {
            capacity.sessionBytes = Math.max(capacity.sessionBytes, SEALED_BYTES);
        }
        clock = hardware.clock();
        panel = hardware.panel();
        log = new Log(settings.logBytes);
        Random random = new EntropyRandom(hardware.entropy());
        Domains domains = new Domains(capacity.locations);
        wire = new NetworkWire(hardware.network(), clock, capacity.streams, domains);
        transport = new SipTransport(wire, capacity, random.nextLong());
        transactions = new TransactionLayer(transport, timers, random, capacity);
        agent = new UserAgent(transactions, timers, random, new DigestsHash(hardware.digests()), capacity, PRODUCT);
        locator = new Locator(new ResolverLookup(hardware.names()), random, capacity, domains);
        locator.support(Flow.TLS, hardware.network().hasTls());
        agent.setLocator(locator);
        subscriber = new Subscriber(agent, capacity);
        transport.tellTooLarge(subscriber);
        PartialPidf pidf = capacity.partialDocuments == 0 ? null : new PartialPidf(capacity.partialNodes, capacity.partialBytes);
        kept = new KeptSubscriptions(hardware.storage(), subscriber, ContactList.places(capacity) + 2 * capacity.accounts + 2);
        contacts = new ContactList(agent, subscriber, kept, pidf, capacity, this);
        own = new OwnPresence(agent, hardware.storage(), pidf, this);
        notifier = new Notifier(agent, capacity, MIN_WATCH_SEC, settings.expiresSec);
        keptWatchers = new KeptWatchers(hardware.storage(), notifier);
        watchers = new Watchers(hardware.storage(), this);
        acceptance = new Acceptance(contacts, settings.acceptsFrom, settings.strangersPerMinute, settings.contactPerMinute);
        messages = new Messages(agent, hardware.storage(), capacity, this);
        mailboxes = new Mailboxes(kept, ContactList.places(capacity), capacity.accounts, this);
        streams = new NetworkStreams(hardware.network(), clock, domains);
        msrp = new Endpoint(streams, timers, random, agent.digests(), capacity);
        streams.setUser(msrp);
        conversations = new Conversations(agent, subscriber, hardware.storage(), capacity, this);
        files = new Files(agent, hardware.storage(), capacity, this);
        ringtone = new Ringtone(hardware.buzzer(), hardware.storage(), timers);
        chats = new Chats(agent, msrp, hardware.network().hasTls(), capacity, conversations, files);
        conversations.setChats(chats);
        files.setChats(chats);
        registrations = new AccountRegistration[capacity.accounts];
        registered = new boolean[capacity.accounts];
        for (int i = 0; i < registrations.length; i++) {
            registrations[i] = new AccountRegistration(agent, agent.account(i), this);
        }
        boolean rigged = settings.rigPort >= 0;
        recordedDisplay = rigged ? new RecordedDisplay(hardware.display()) : null;
        recordedLamps = rigged ? new RecordedLamps(hardware.lamps()) : null;
        TextDisplay display = rigged ? recordedDisplay : hardware.display();
        Lamps lamps = rigged ? recordedLamps : hardware.lamps();
        desk = new Desk(contacts, messages, own, own.calendar(), watchers, mailboxes, conversations, files, ringtone, agent, timers, clock, display.rows() - 2, display.columns(),
                capacity.textBytes);
        desk.setSupport(settings.supportAddress, log);
        keys = new KeyQueue(hardware.keypad());
        renderer = new TextRenderer(display);
        lampDirector = new LampDirector(lamps, panel, timers);
        rig = rigged ? new RigPort(hardware.network(), clock, timers, this, recordedDisplay, recordedLamps, settings.rigToken) : null;
        minuteTimer = new Timer(timers, this);
        own.tellLastInput(settings.tellsLastInput);
        messages.tellRead(settings.tellsRead);
        if (hardware.smime() != null) {
            security = new SmimeSecurity(hardware.smime());
            messages.setSecurity(security);
            chats.setSecurity(security);
        } else {
            security = null;
        }
        messages.tellTyping(settings.tellsTyping);
        Language language = new Language();
        if (language.set(settings.language) && language.isKnown()) {
            messages.setLanguage(language);
            chats.setLanguage(language);
        }
        if (settings.asksForLess) {
            contacts.askForLess();
        }
        if (settings.learnsAddresses) {
            contacts.learnAddresses();
        }
        configure();
        ownRules = new OwnRules(watchers, contacts);
        keptBook = new KeptBook(hardware.storage(), contacts.book(), this);
        XcapClient xcap = xcap(domains, random);
        int places = ContactList.places(capacity) + 2 * capacity.accounts;
        documents = xcap == null ? null : new ServerDocuments(xcap, agent.account(0), watchers, ownRules, contacts.book(), keptBook, kept, places - capacity.accounts, capacity.accounts,
                places + 1, this);
        listWatch = settings.accounts.length == 0 || settings.accounts[0].standalone || !settings.accounts[0].watchesList ? null
                : new ListWatch(xcap, kept, places, contacts, agent.account(0), timers, this);
        if (documents != null) {
            documents.begin();
        }
        if (listWatch != null) {
            contacts.setList(agent.account(0), listWatch);
            agent.support(Rlmi.OPTION);
        }
        presenceAgent = new OwnPresenceAgent(agent, notifier, own, contacts, watchers, ownRules, PartialPresence.of(pidf, capacity), agent.account(0).address.toString());
        dialogEvents = new DialogEvents(agent, notifier, chats.sessions(), presenceAgent);
    }

    /** The way to the XCAP server, null when there is none. */
    private XcapClient xcap(Domains domains, Random random) {
        if (settings.accounts.length == 0 || settings.accounts[0].xcapRoot.length() == 0) {
            return null;
        }
        NetworkStreams own = new NetworkStreams(hardware.network(), clock, domains);
        HttpClient http = new HttpClient(own, timers, locator, agent.digests(), random, PRODUCT, Math.max(ServerRules.bytes(), SharedBook.bytes(settings.capacity.contacts)));
        own.setUser(http);
        XcapClient made = new XcapClient(http, random, timers);
        Account account = agent.account(0);
        if (!made.set(slice.wrap(Utf8.bytes(settings.accounts[0].xcapRoot)), account.address, account.credentials)) {
            throw new IllegalArgumentException("an XCAP root looks like https://example.test:8443/xcap-root, not ".concat(settings.accounts[0].xcapRoot));
        }
        return made;
    }

    private void configure() {
        if (settings.accounts.length > registrations.length) {
            throw new IllegalArgumentException(new Message("at most ").add(registrations.length).add(" accounts, not ")
                    .add(settings.accounts.length).toString());
        }
        for (int i = 0; i < settings.accounts.length; i++) {
            AccountSettings from = settings.accounts[i];
            Account to = agent.account(i);
            byte[] address = Utf8.bytes(from.address);
            if (!uri.wrap(address, 0, address.length) || !uri.isSip() || !uri.hasUser()) {
                throw new IllegalArgumentException("an account's address looks like sip:alice@example.test, not ".concat(from.address));
            }
            to.address.set(from.address);
            to.displayName.set(from.displayName);
            to.contactUser.set(uri.user());
            to.credentials.username.set(from.username.length() == 0 ? uri.user().toString() : from.username);
            to.credentials.password.set(from.password);
            to.registrar.set((uri.scheme() == UriView.SIPS ? "sips:" : "sip:").concat(uri.host().toString()));
            if (settings.instanceId.length() != 0) {
                to.instance.set(new Message("<urn:uuid:").add(settings.instanceId).add(">").toString());
            }
            if (!chats.setRelays(to, slice.wrap(Utf8.bytes(from.relays)))) {
                throw new IllegalArgumentException("relays look like msrps://relay.example.test:2855;tcp, not ".concat(from.relays));
            }
            if (!from.standalone) {
                to.way(0).uri.set(serverUri(from, from.serverHost.length() == 0 ? uri.host().toString() : from.serverHost, from.serverPort));
                if (from.secondServerHost.length() > 0) {
                    to.way(1).uri.set(serverUri(from, from.secondServerHost, from.secondServerPort));
                }
                if (from.mailbox) {
                    mailboxes.set(to, to.address);
                }
            }
        }
        for (int i = 0; i < settings.contacts.length; i++) {
            ContactSettings from = settings.contacts[i];
            Contact added = contacts.add(from.address, from.name, from.account);
            if (added == null || !contacts.setDirect(added, from.direct, from.secret)) {
                throw new IllegalArgumentException("this contact is no address, or one too many: ".concat(from.address));
            }
            if (from.calls) {
                contacts.showCalls(added);
            }
        }
        byte[] support = Utf8.bytes(settings.supportAddress);
        if (support.length > 0 && (!uri.wrap(support, 0, support.length) || !uri.isSip())) {
            throw new IllegalArgumentException("the log can be sent to an address like sip:support@example.test, not ".concat(settings.supportAddress));
        }
    }

    private static String serverUri(AccountSettings account, String host, int port) {
        Message text = new Message("sip:").add(host);
        if (port != 0) {
            text.add(":").add(port);
        }
        if (account.transport.length() != 0) {
            text.add(";transport=").add(account.transport);
        }
        return text.toString();
    }

    /** Opens the ports and starts reading what was kept; registration follows by itself. @return the SIP port, or a code of {@link Network} */
    public int boot() {
        long nowMs = clock.monotonicMs();
        bootedMs = nowMs;
        agent.onWallClock(nowMs, clock.wallMs());
        int port = wire.open(transport, transactions, new HostAddress().set(0, 0, settings.localPort));
        if (port < 0) {
            return port;
        }
        if (rig != null) {
            rigPort = rig.open(settings.rigPort, settings.rigOpen);
            if (rigPort < 0) {
                wire.shut();
                return rigPort;
            }
        }
        if (settings.capacity.messageSessions > 0 && streams.open(new HostAddress().set(0, 0, settings.chatPort)) < 0) {
            wire.shut();
            return NetworkWire.PORT_IN_USE;
        }
        log.line(nowMs).put("boot ").put(PRODUCT).put(" on ").put(panel.board()).put(", SIP port ").putDecimal(port);
        log.end();
        minuteTimer.startAt(nowMs + 1000);
        watchers.load();
        keptBook.load();
        own.calendar().load();
        messages.load();
        conversations.load();
        files.load();
        ringtone.load();
        return port;
    }

    /** The chats that are, and were. */
    public Conversations conversations() {
        return conversations;
    }

    /** Port of the rig after boot, or -1. */
    public int rigPort() {
        return rigPort;
    }

    public int sipPort() {
        return wire.port();
    }

    @Override
    public void onMessagesLoaded(long nowMs) {
        log.line(nowMs).put("messages kept: ").putDecimal(messages.inbox().count()).put(" received, ")
                .putDecimal(messages.sent().count()).put(" sent");
        log.end();
        for (int i = 0; i < settings.accounts.length; i++) {
            if (settings.accounts[i].standalone) {
                registered[i] = true;
                own.startAlone(nowMs);
                contacts.watch(agent.account(i), settings.expiresSec, nowMs);
                desk.setRegistered(isRegistered());
                lampsDirty = true;
            } else {
                registrations[i].start(settings.expiresSec, nowMs);
            }
        }
    }

    @Override
    public void onTimer(Timer timer, long nowMs) {
        if (timer == minuteTimer) {
            desk.changed();
            checkAddresses(nowMs);
            minutes++;
            if (documents != null && minutes % DOCUMENTS_MINUTES == 0 && registered[0]) {
                documents.look(nowMs);
            }
            long wall = clock.wallMs();
            minuteTimer.startAt(nowMs + (wall == Clock.UNKNOWN ? 1000 : 60_000 - wall % 60_000));
        }
    }

    /** One turn. Returns how much was done; 0 means the loop may sleep until {@link #nextDeadlineMs()}. */
    public int doWork(long nowMs) {
        agent.onWallClock(nowMs, clock.wallMs());
        if (recordedLamps != null) {
            recordedLamps.at(nowMs);
        }
        int work = takeCompletions(nowMs) + locator.doWork(nowMs);
        work += takeKeys(nowMs);
        work += timers.poll(nowMs, TIMERS_PER_TURN);
        watchLink(nowMs);
        dialogEvents.doWork(nowMs);
        if (lampsDirty) {
            lampsDirty = false;
            lampDirector.update(contacts, conversations, messages.unread() > 0 || conversations.unread() > 0 || mailboxes.isWaiting(), isRegistered(), nowMs);
        }
        ScreenModel model = desk.redraw();
        if (model != null) {
            renderer.render(model);
            work++;
        }
        if (rig != null && rig.doWork()) {
            work++;
        }
        hardware.watchdog().alive();
        return work;
    }

    private int takeCompletions(long nowMs) {
        int n = 0;
        while (n < COMPLETIONS_PER_TURN && hardware.storage().next(completion)) {
            n++;
            boolean taken = watchers.onCompletion(completion, nowMs) || own.onCompletion(completion, nowMs) || kept.onCompletion(completion, nowMs)
                    || keptWatchers.onCompletion(completion, nowMs) || keptBook.onCompletion(completion, nowMs) || conversations.onCompletion(completion, nowMs) || files.onCompletion(completion, nowMs)
                    || ringtone.onCompletion(completion, nowMs);
            if (!taken) {
                messages.onCompletion(completion, nowMs);
            }
        }
        watchers.doWork();
        own.doWork();
        kept.doWork();
        keptWatchers.doWork();
        keptBook.doWork();
        conversations.doWork();
        files.doWork(nowMs);
        ringtone.doWork();
        messages.doWork();
        while (security != null && security.next(secured)) {
            if (!messages.onSecured(secured, nowMs)) {
                chats.onDone(secured, nowMs);
            }
        }
        return n;
    }

    private int takeKeys(long nowMs) {
        int n = 0;
        while (n < KEYS_PER_TURN) {
            int event = keys.next();
            if (event == Keypad.NONE) {
                break;
            }
            n++;
            if ((event & 1) != 0) {
                keysPressed++;
                own.onKey(nowMs);
                desk.onKey(event >> 1, nowMs);
            }
        }
        return n;
    }

    private void checkAddresses(long nowMs) {
        for (int i = 0; i < settings.accounts.length; i++) {
            registrations[i].checkAddress(nowMs);
        }
    }

    private void watchLink(long nowMs) {
        boolean up = hardware.network().isLinkUp();
        if (up) {
            keptWatchers.begin();
        }
        if (up && !linkUp) {
            for (int i = 0; i < registrations.length; i++) {
                registrations[i].hurry(nowMs);
            }
        }
        linkUp = up;
    }

    /** When there is something to do by itself, in the monotonic milliseconds of the clock. */
    public long nextDeadlineMs() {
        return timers.nextDeadlineMs();
    }

    /** Turns and sleeps until {@code life} ends. */
    public void run(Life life) {
        Network network = hardware.network();
        while (life.goesOn()) {
            long nowMs = clock.monotonicMs();
            int work = doWork(nowMs);
            long wait = work > 0 ? 0 : Math.min(1000, Math.max(0, nextDeadlineMs() - nowMs));
            network.poll(wait);
        }
    }

    /** How long a phone runs. */
    public interface Life {
        boolean goesOn();
    }

    /** Closes the SIP ports without a word, as when the plug is pulled. */
    public void shut() {
        wire.shut();
        streams.shut();
        msrp.shut();
    }

    @Override
    public void onRegistration(Account account, int state, int status, long nowMs) {
        boolean was = registered[account.index];
        boolean is = state == Registration.REGISTERED;
        registered[account.index] = is;
        if (is) {
            if (account.server.transport() == Flow.TLS && securePort == 0) {
                securePort = streams.openSecure(new HostAddress());
            }
            own.start(account, settings.expiresSec, nowMs);
            contacts.watch(account, settings.expiresSec, nowMs);
            mailboxes.watch(account, settings.expiresSec, nowMs);
            if (documents != null && account.index == 0) {
                documents.onRegistered(settings.expiresSec, nowMs);
            }
            if (listWatch != null && account.index == 0) {
                listWatch.watch(settings.expiresSec, nowMs);
            }
        } else if (state != Registration.REGISTERING) {
            contacts.watchWithoutServer(account, settings.expiresSec, nowMs);
        }
        if (was != is || !is) {
            log.line(nowMs).put(account.address).put(is ? " registered, " : " not registered, ").putDecimal(status);
            log.end();
            desk.setRegistered(isRegistered());
            lampsDirty = true;
        }
    }

    @Override
    public boolean isRegistered() {
        for (int i = 0; i < settings.accounts.length; i++) {
            if (!registered[i]) {
                return false;
            }
        }
        return settings.accounts.length > 0;
    }

    @Override
    public void onContact(Contact contact, long nowMs) {
        lampsDirty = true;
        desk.changed();
        log.line(nowMs).put(contact.address).put(' ').put(contact.stateName());
        log.end();
    }

    @Override
    public void onBook(long nowMs) {
        lampsDirty = true;
        desk.onBook(nowMs);
        keptBook.changed();
        if (listWatch != null) {
            listWatch.onBook();
        }
        if (documents != null) {
            documents.onBook(nowMs);
        }
    }

    @Override
    public void onBookLoaded(long nowMs) {
        if (documents != null && registered[0]) {
            documents.onBookLoaded(nowMs);
        }
    }

    @Override
    public void onBookInStep(long nowMs) {
        desk.onBookRefused(noTrouble);
        if (listWatch != null) {
            listWatch.onBookInStep(nowMs);
        }
    }

    @Override
    public void onBookRefused(int status, FixedText why, long nowMs) {
        log.line(nowMs).put("the server refuses the book, ").putDecimal(status).put(": ").put(why);
        log.end();
        desk.onBookRefused(why);
    }

    @Override
    public int accepts(Account account, Slice from, long nowMs) {
        int verdict = acceptance.judge(account, from, nowMs);
        if (verdict != 0) {
            log.line(nowMs).put("refused, with ").putDecimal(verdict).put(", what came from ").put(from);
            log.end();
        }
        return verdict;
    }

    @Override
    public boolean isStranger(Slice from) {
        return acceptance.isStranger(from);
    }

    @Override
    public void onNewMessage(Entry entry, long nowMs) {
        lampsDirty = true;
        desk.onNewMessage(entry, nowMs);
        if (own.isUndisturbed() || !ringtone.play(nowMs)) {
            tone(NEW_MESSAGE_HERTZ, NEW_MESSAGE_MS);
        }
        log.line(nowMs).put("message from ").put(entry.peer);
        log.end();
    }

    @Override
    public void onMailboxes(long nowMs) {
        onMessagesChanged();
    }

    @Override
    public void onMessagesChanged() {
        lampsDirty = true;
        desk.changed();
    }

    @Override
    public void onOwnPresence(long nowMs) {
        desk.changed();
        presenceAgent.changed(nowMs);
        if (documents != null) {
            documents.onOwnPresence(own, nowMs);
        }
    }

    @Override
    public void onLeftRefused(int status, FixedText why, long nowMs) {
        log.line(nowMs).put("the server refuses what is to be seen while the phone is off, ").putDecimal(status).put(": ").put(why);
        log.end();
    }

    @Override
    public void onWatchersDecided(long nowMs) {
        desk.changed();
        presenceAgent.decided(nowMs);
        dialogEvents.decided(nowMs);
        if (documents != null) {
            documents.onDecided(nowMs);
        }
    }

    @Override
    public void onNoList(Account account, long nowMs) {
        log.line(nowMs).put("the server has no lists: contacts are watched one by one");
        log.end();
        contacts.setList(account, null);
        contacts.watch(account, settings.expiresSec, nowMs);
    }

    @Override
    public void onRulesPut(long nowMs) {
        log.line(nowMs).put("the server has the rules");
        log.end();
        desk.onRulesRefused(noTrouble, nowMs);
    }

    @Override
    public void onRulesRefused(int status, FixedText why, long nowMs) {
        log.line(nowMs).put("the server refuses the rules, ").putDecimal(status).put(": ").put(why);
        log.end();
        desk.onRulesRefused(why, nowMs);
    }

    @Override
    public void onWatcherAsks(Watcher watcher, long nowMs) {
        log.line(nowMs).put(watcher.address).put(" wants to watch");
        log.end();
        desk.onWatcherAsks(watcher, nowMs);
    }

    @Override
    public void onChatOffered(Conversation conversation, long nowMs) {
        lampsDirty = true;
        desk.onChatOffered(conversation, nowMs);
        tone(NEW_CHAT_HERTZ, NEW_CHAT_MS);
        log.line(nowMs).put("chat offered by ").put(conversation.peer);
        log.end();
    }

    @Override
    public void onChatText(Conversation conversation, Slice text, long nowMs) {
        desk.onChatText(conversation, nowMs);
        tone(NEW_MESSAGE_HERTZ, NEW_MESSAGE_MS);
    }

    @Override
    public void onChatsChanged(long nowMs) {
        lampsDirty = true;
        own.setTalking(conversations.isTalking(), nowMs);
        desk.changed();
    }

    @Override
    public void onFileOffered(FileEntry entry, long nowMs) {
        desk.onFileOffered(entry, nowMs);
        tone(NEW_CHAT_HERTZ, NEW_CHAT_MS);
        log.line(nowMs).put("file offered by ").put(entry.peer).put(", ").putDecimal(entry.size()).put(" octets");
        log.end();
    }

    @Override
    public void onFileThere(FileEntry entry, long nowMs) {
        desk.onFileThere(entry, nowMs);
        log.line(nowMs).put(entry.isIncoming() ? "file from " : "file to ").put(entry.peer).put(", ").put(FileEntry.stateName(entry.state()));
        log.end();
    }

    @Override
    public void onFilesChanged(long nowMs) {
        desk.changed();
    }

    private void tone(int hertz, int ms) {
        Buzzer buzzer = hardware.buzzer();
        if (buzzer != null && !own.isUndisturbed()) {
            buzzer.tone(hertz, ms);
        }
    }

    @Override
    public void onMissedCall(Slice from, long nowMs) {
        log.line(nowMs).put("missed call from ").put(from);
        log.end();
        desk.onMissedCall(from, nowMs);
    }

    @Override
    public KeyQueue keys() {
        return keys;
    }

    @Override
    public MultiTap textEntry() {
        return desk.textEntry();
    }

    @Override
    public Panel panel() {
        return panel;
    }

    @Override
    public ScreenModel model() {
        return desk.model();
    }

    @Override
    public Log log() {
        return log;
    }

    @Override
    public int lampOfContact(Slice name) {
        for (int i = 0; i < contacts.count(); i++) {
            Contact c = contacts.get(i);
            uri.wrap(c.address.slice(slice));
            boolean named = c.address.equals(name) || Ascii.equalsIgnoreCase(c.name.bytes(), 0, c.name.length(), name.buffer(),
                    name.offset(), name.length()) || uri.user().equals(name);
            for (int lamp = 0; named && lamp < panel.lamps(); lamp++) {
                if (panel.lampKey(lamp) == Key.LINE_1 + c.index) {
                    return lamp;
                }
            }
        }
        return -1;
    }

    @Override
    public void writeState(JsonWriter out) {
        out.name("product").text(PRODUCT).name("board").text(panel.board()).name("sipPort").number(wire.port());
        out.name("upMs").number(clock.monotonicMs() - bootedMs).name("registered").bool(isRegistered());
        out.name("presence").text(own.shownName()).name("accounts").open('[');
        for (int i = 0; i < settings.accounts.length; i++) {
            out.open('{').name("address").text(agent.account(i).address).name("registered").bool(registered[i])
                    .name("refreshes").number(registrations[i].refreshes()).name("outbound").bool(agent.account(i).isOutbound()).name("flows").number(registrations[i].flows())
                    .name("flowFailures").number(registrations[i].flowFailures()).name("keepAlives").number(registrations[i].keepAlives())
                    .name("gruu").text(agent.account(i).gruu).close('}');
        }
        out.close(']').name("contacts").open('[');
        for (int i = 0; i < contacts.count(); i++) {
            Contact c = contacts.get(i);
            out.open('{').name("address").text(c.address).name("state").text(c.stateName()).name("stale").bool(c.isStale()).name("subscription")
                    .text(Subscription.name(c.subscriptionState())).close('}');
        }
        out.close(']').name("calendar").open('[');
        for (int i = 0; i < own.calendar().count(); i++) {
            Appointment a = own.calendar().get(i);
            out.open('{').name("from").number(a.fromSec()).name("until").number(a.untilSec()).name("note").text(a.note).close('}');
        }
        out.close(']').name("inbox").number(messages.inbox().count()).name("unread").number(messages.unread());
        MessageSummary waiting = mailboxes.sum();
        out.name("voicemail").open('{').name("waiting").bool(waiting.isWaiting()).name("new").number(waiting.fresh(MessageSummary.VOICE))
                .name("old").number(waiting.old(MessageSummary.VOICE)).close('}');
        out.name("chats").open('[');
        for (int i = 0; i < conversations.capacity(); i++) {
            Conversation c = conversations.get(i);
            if (c.state() != Conversation.EMPTY) {
                out.open('{').name("peer").text(c.peer).name("state").text(Conversation.stateName(c.state())).name("unread").number(c.unread()).close('}');
            }
        }
        out.close(']').name("files").open('[');
        for (int i = 0; i < files.count(); i++) {
            FileEntry e = files.get(i);
            out.open('{').name("peer").text(e.peer).name("name").text(e.name).name("type").text(e.type).name("size").number(e.size()).name("state").text(FileEntry.stateName(e.state()))
                    .close('}');
        }
        out.close(']').name("sent").number(messages.sent().count()).name("missedCalls").number(desk.missedCalls());
        out.name("pools").open('{').name("clientTransactions").number(transactions.clientsInUse()).name("serverTransactions")
                .number(transactions.serversInUse()).name("subscriptions").number(subscriber.inUse()).name("timers")
                .number(timers.running()).close('}');
        out.name("counters").open('{').name("received").number(transport.received()).name("sent").number(transport.sent());
        out.name("failovers").number(locator.failovers()).name("unsendable").number(transport.unsendable()).name("rejected").number(transport.rejectedInAll());
        out.name("retransmissions").number(transactions.retransmissions()).name("repeatedRequests").number(transactions.repeatedRequests());
        out.name("strayResponses").number(transactions.strayResponses()).name("refusedForRoom").number(transactions.refusedForRoom());
        out.name("notifies").number(subscriber.notifies()).name("unmatchedNotifies").number(subscriber.unmatched());
        out.name("badDocuments").number(contacts.badDocuments() + mailboxes.badDocuments()).name("refusedMethods").number(agent.refusedMethods());
        out.name("messagesAccepted").number(messages.receiver().accepted()).name("messagesRepeated").number(messages.receiver().repeated());
        out.name("messagesRefused").number(messages.receiver().refused()).name("notAccepted").number(acceptance.refused()).name("storageFailures").number(messages.storageFailures());
        out.name("keys").number(keysPressed).close('}');
    }

    /** For a benchmark: the transport to put datagrams in. */
    public SipTransport transport() {
        return transport;
    }
}
