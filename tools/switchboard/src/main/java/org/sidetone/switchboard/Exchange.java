package org.sidetone.switchboard;

import java.util.Arrays;
import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.bytes.Utf8;
import org.sidetone.digest.DigestServer;
import org.sidetone.doc.lists.RecipientList;
import org.sidetone.doc.rlmi.Rlmi;
import org.sidetone.event.EventPackage;
import org.sidetone.event.Notifier;
import org.sidetone.event.list.ResourceLists;
import org.sidetone.event.publish.EventStateCompositor;
import org.sidetone.event.publish.Publication;
import org.sidetone.event.reg.RegistrationEvents;
import org.sidetone.event.reg.RegistrationPackage;
import org.sidetone.event.summary.MailboxAgent;
import org.sidetone.event.summary.SummaryPackage;
import org.sidetone.event.winfo.WatcherInformation;
import org.sidetone.hal.Clock;
import org.sidetone.hal.Digests;
import org.sidetone.hal.DnsResolver;
import org.sidetone.hal.Entropy;
import org.sidetone.hal.HostAddress;
import org.sidetone.hal.Network;
import org.sidetone.hal.bind.DigestsHash;
import org.sidetone.hal.bind.EntropyRandom;
import org.sidetone.hal.bind.NetworkStreams;
import org.sidetone.hal.bind.NetworkWire;
import org.sidetone.hal.bind.ResolverLookup;
import org.sidetone.msrp.relay.Relay;
import org.sidetone.msrp.relay.RelaySettings;
import org.sidetone.port.Capacity;
import org.sidetone.port.Domains;
import org.sidetone.port.Flow;
import org.sidetone.port.Hash;
import org.sidetone.port.Random;
import org.sidetone.presence.PresenceAgent;
import org.sidetone.presence.PresenceAuthorization;
import org.sidetone.presence.PresencePackage;
import org.sidetone.sip.Header;
import org.sidetone.sip.Method;
import org.sidetone.sip.NameAddrView;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.locate.Locator;
import org.sidetone.sip.proxy.Proxy;
import org.sidetone.sip.proxy.ProxyContext;
import org.sidetone.sip.proxy.ProxyUser;
import org.sidetone.sip.register.Binding;
import org.sidetone.sip.register.Registrar;
import org.sidetone.sip.transaction.InviteServer;
import org.sidetone.sip.transaction.ServerTransaction;
import org.sidetone.sip.transaction.TransactionLayer;
import org.sidetone.sip.transaction.TransactionUser;
import org.sidetone.sip.transport.SipTransport;
import org.sidetone.sip.ua.UserAgent;
import org.sidetone.switchboard.lists.ServedLists;
import org.sidetone.switchboard.store.Store;
import org.sidetone.switchboard.xcap.Documents;
import org.sidetone.switchboard.xcap.OwnersDocuments;
import org.sidetone.switchboard.xcap.XcapDiff;
import org.sidetone.switchboard.xcap.XcapDoor;
import org.sidetone.switchboard.xcap.XcapServer;
import org.sidetone.time.TimerQueue;
import org.sidetone.uri.IpText;
import org.sidetone.uri.UriView;

/** One exchange for one domain, turned by {@link #doWork}: says who may come in and where each request goes. */
public final class Exchange implements TransactionUser, EventStateCompositor.Policy, PresenceAgent.Policy, Registrar.User, ProxyUser,
        RegistrationEvents.Policy, MailboxAgent.Policy {
    public static final String PRODUCT = "Sidetone-Switchboard/0.1";

    private static final int TIMERS_PER_TURN = 256;
    private static final long NOTHING_KEPT = 0;
    private static final int FLOWS_OF_ONE = 8;
    /** Publications that one document is made of at most. */
    private static final int COMPOSED = 8;
    private static final int HTTP_NONCES = 1024;
    private static final byte[] XCAP_DIFF = Ascii.bytes("xcap-diff");
    private static final byte[] WINFO = Ascii.bytes("presence.winfo");
    private static final byte[] OUTBOUND = Ascii.bytes("outbound");
    private static final byte[] PATH = Ascii.bytes("path");
    private static final byte[] GRUU = Ascii.bytes("gruu");
    private static final byte[] GR = Ascii.bytes("gr");

    private final ExchangeSettings settings;
    private final Clock clock;
    private final Store store;
    private final TimerQueue timers = new TimerQueue();
    private final NetworkWire wire;
    private final SipTransport transport;
    private final TransactionLayer transactions;
    private final UserAgent agent;
    private final Admission admission;
    private final Registrar registrar;
    private final PresenceAgent presence;
    private final OwnersDocuments rules;
    private final XcapDoor door;
    private final XcapDiff diff;
    private final ServedLists servedLists;
    private final ResourceLists lists;
    private final Notifier notifier;
    private final EventStateCompositor compositor;
    private final RegistrationEvents registrations;
    private final Proxy proxy;
    private final MessageStore messages;
    private final Keeper keeper;
    /** Null: there are none. */
    private final RoomHost rooms;
    private final NetworkStreams relayStreams;
    private final Relay relay;
    private final UriView uri = new UriView();
    private final NameAddrView address = new NameAddrView();
    private final FixedText addressOfRecord = new FixedText(160);
    private final FixedText name = new FixedText(128);
    private final FixedText recipient = new FixedText(160);
    private final FixedText domain = new FixedText(128);
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private final Slice slice2 = new Slice();
    private final Slice nameSlice = new Slice();
    private final Flow local = new Flow();
    private final Flow numeric = new Flow();
    private final Flow target = new Flow();
    private int securePort = -1;
    private int relayPort = -1;
    private int insecureRelayPort = -1;

    /** @param names null: others are reached at numeric addresses alone */
    public Exchange(ExchangeSettings settings, Network network, DnsResolver names, Clock clock, Entropy entropy, Digests digests, Store store) {
        this.settings = settings;
        this.clock = clock;
        this.store = store;
        domain.set(settings.domain);
        Capacity capacity = settings.capacity;
        RoomHost.plan(capacity, settings.rooms.size());
        Random random = new EntropyRandom(entropy);
        Domains domains = new Domains(capacity.locations);
        wire = new NetworkWire(network, clock, capacity.streams, domains);
        transport = new SipTransport(wire, capacity, random.nextLong());
        transactions = new TransactionLayer(transport, timers, random, capacity);
        agent = new UserAgent(transactions, timers, random, new DigestsHash(digests), capacity, PRODUCT);
        Locator locator = new Locator(names == null ? null : new ResolverLookup(names), random, capacity, domains);
        locator.support(Flow.TLS, network.hasTls());
        agent.setLocator(locator);
        transactions.setUser(this);
        admission = new Admission(new DigestServer(agent.digests(), random, settings.users, settings.domain, settings.nonceLifeMs,
                2 * settings.capacity.bindings), settings.algorithms, this::isOurs);
        registrar = new Registrar(agent, this, capacity, settings.minExpiresSec, settings.maxExpiresSec);
        notifier = new Notifier(agent, capacity, settings.minExpiresSec, settings.maxExpiresSec);
        compositor = new EventStateCompositor(agent, this, capacity, settings.minExpiresSec, settings.maxExpiresSec);
        Documents documents = new Documents(store, random::nextLong);
        rules = new OwnersDocuments(documents);
        presence = new PresenceAgent(agent, notifier, compositor, this, new PresenceAuthorization(agent, rules, settings.withoutRules, COMPOSED * capacity.partialNodes), capacity);
        WatcherInformation watchers = new WatcherInformation(agent, notifier, presence, this::mayWatch, settings.pastWatchers);
        new WatcherInformation(agent, notifier, watchers, this::mayWatch, settings.pastWatchers);
        servedLists = new ServedLists(documents, this::watcher, this::isUser, random.nextLong());
        agent.support(RecipientList.OPTION);
        agent.support(Rlmi.OPTION);
        lists = new ResourceLists(agent, notifier, presence, servedLists, capacity);
        XcapServer xcap = new XcapServer(documents, settings.domain, user -> settings.users.contains(new Slice().wrap(Utf8.bytes(user))), this::onDocument);
        diff = new XcapDiff(notifier, documents, xcap, this::mayWatchOwn, "http://" + settings.domain + "/xcap-root/", random.nextLong() >>> 33);
        door = new XcapDoor(xcap,
                new DigestServer(agent.digests(), random, settings.users, settings.domain, settings.nonceLifeMs, HTTP_NONCES), httpAlgorithms(settings.algorithms));
        new MailboxAgent(notifier, compositor, this);
        registrations = new RegistrationEvents(notifier, registrar, this);
        proxy = new Proxy(agent, capacity, settings.domain);
        messages = new MessageStore(store, registrar, proxy, settings.keptPerUser, settings.kept, settings.keptSec, agent, this::nameUser);
        keeper = new Keeper(store, clock);
        rooms = settings.rooms.isEmpty() ? null
                : new RoomHost(settings.rooms, settings.domain, agent, notifier, network, clock, domains, timers, random, capacity, this::nameUser);
        relayStreams = new NetworkStreams(network, clock, domains);
        relay = settings.relayPort < 0 && settings.insecureRelayPort < 0 ? null : relay(random);
    }

    /** Without SHA-512/256, where there is another: HTTP clients that do not know it often look no further than the first challenge. */
    private static int[] httpAlgorithms(int[] all) {
        int[] known = Arrays.stream(all).filter(a -> a != Hash.SHA_512_256).toArray();
        return known.length == 0 ? all : known;
    }

    private Relay relay(Random random) {
        RelaySettings of = new RelaySettings();
        of.host = settings.relayHost.isEmpty() ? settings.domain : settings.relayHost;
        of.realm = settings.domain;
        of.insecure = settings.insecureRelayPort >= 0;
        of.nonceLifeMs = settings.nonceLifeMs;
        Relay made = new Relay(of, relayStreams, timers, random, agent.digests(), settings.users, agent.locator());
        relayStreams.setUser(made);
        return made;
    }

    /** Opens the port and takes up what was kept. @return the port, or a code of {@link Network} */
    public int open() {
        long nowMs = clock.monotonicMs();
        agent.onWallClock(nowMs, clock.wallMs());
        keeper.restoreBindings(registrar, nowMs);
        keeper.restorePublications(compositor, nowMs);
        rules.forEachHard((owner, content) -> setHard(owner, content, nowMs));
        messages.begin(nowMs);
        int port = wire.open(transport, transactions, new HostAddress().set(0, 0, settings.port));
        if (port > 0 && settings.securePort >= 0) {
            securePort = wire.openSecure(new HostAddress().set(0, 0, settings.securePort));
        }
        if (port > 0 && rooms != null && !rooms.open()) {
            return Network.IN_USE;
        }
        if (port > 0 && settings.relayPort >= 0) {
            relayPort = relayStreams.openSecure(new HostAddress().set(0, 0, settings.relayPort));
        }
        if (port > 0 && settings.insecureRelayPort >= 0) {
            insecureRelayPort = relayStreams.open(new HostAddress().set(0, 0, settings.insecureRelayPort));
        }
        return port;
    }

    /** The port with TLS after {@link #open}; negative: there is none. */
    public int securePort() {
        return securePort;
    }

    /** The relay's port with TLS after {@link #open}; negative: there is none. */
    public int relayPort() {
        return relayPort;
    }

    /** The relay's port without TLS after {@link #open}; negative: there is none. */
    public int insecureRelayPort() {
        return insecureRelayPort;
    }

    /** One turn. Returns how much was done; 0 means the loop may sleep until {@link #nextDeadlineMs()}. */
    public int doWork(long nowMs) {
        agent.onWallClock(nowMs, clock.wallMs());
        int work = 0;
        for (long ticket = store.nextCompleted(); ticket != Store.NONE; ticket = store.nextCompleted()) {
            messages.onCompleted(ticket >= 0 ? ticket : -ticket - 1, ticket >= 0, nowMs);
            door.onCompleted(ticket >= 0 ? ticket : -ticket - 1, ticket >= 0);
            work++;
        }
        work += door.doWork(nowMs) + agent.locator().doWork(nowMs);
        return work + timers.poll(nowMs, TIMERS_PER_TURN);
    }

    public long nextDeadlineMs() {
        return timers.nextDeadlineMs();
    }

    /** Where requests for documents are handed in. */
    public XcapDoor xcap() {
        return door;
    }

    /** Says where requests for documents come in from outside. @param root with a slash at its end */
    public void setXcapRoot(String root) {
        diff.setRoot(root);
    }

    private void onDocument(String auid, String owner, String name, byte[] content) {
        long nowMs = clock.monotonicMs();
        rules.changed(auid, owner);
        diff.onDocument(owner, nowMs);
        if (servedLists.changed(auid)) {
            lists.changed(nowMs);
        }
        if (auid.equals(OwnersDocuments.RULES)) {
            presence.rulesChanged(new Slice().wrap(Utf8.bytes(owner)), nowMs);
        } else if (auid.equals(OwnersDocuments.HARD_STATE)) {
            setHard(owner, content, nowMs);
        }
    }

    private void setHard(String owner, byte[] content, long nowMs) {
        FixedText of = new FixedText(160);
        if (of.set(owner)) {
            compositor.setHard(new Slice().wrap(PresencePackage.EVENT), of, content == null ? new Slice().clear() : new Slice().wrap(content), nowMs);
        }
    }

    /** Closes the port without a word. */
    public void shut() {
        wire.shut();
        relayStreams.shut();
        if (rooms != null) {
            rooms.shut();
        }
        if (relay != null) {
            relay.shut();
        }
    }

    @Override
    public void onRequest(SipMessage request, ServerTransaction transaction, long nowMs) {
        if (request.method() == Method.CANCEL) {
            onCancel(request, transaction, nowMs);
            return;
        }
        if (!request.requestUri(uri) || !uri.isSip()) {
            transaction.reply(416, nowMs);
            return;
        }
        boolean ours = isOurs(uri, transaction.source());
        boolean forUser = uri.hasUser();
        boolean here = ours && (!forUser || request.method() == Method.REGISTER || request.method() == Method.PUBLISH);
        if (!here && !proxy.accepts(request, transaction, nowMs)) {
            return;
        }
        boolean inDialog = isInDialog(request);
        if (!ours && !inDialog) {
            transaction.send(transaction.respond(403, "Relaying Denied"), nowMs);
            return;
        }
        if (request.method() == Method.OPTIONS && !forUser) {
            agent.onRequest(request, transaction, nowMs);
            return;
        }
        if ((ours || !isPartOfDialog(request)) && !admission.admit(request, transaction, nowMs)) {
            return;
        }
        if (ours) {
            route(request, transaction, here, nowMs);
        } else {
            withinDialog(request, transaction, nowMs);
        }
    }

    /** Section 16.10; the presence agent has no INVITE to give up. */
    private void onCancel(SipMessage request, ServerTransaction transaction, long nowMs) {
        if (isForRoom(request)) {
            agent.onRequest(request, transaction, nowMs);
            return;
        }
        ServerTransaction cancelled = transactions.cancelled(request);
        transaction.reply(cancelled == null ? 481 : 200, nowMs);
        if (cancelled instanceof InviteServer invite && !proxy.cancel(invite, nowMs) && !invite.isAnswered()) {
            invite.reply(487, nowMs);
        }
    }

    /** Whether the Request-URI is a room's, or the Contact that a room gave. */
    private boolean isForRoom(SipMessage request) {
        return rooms != null && request.requestUri(uri) && uri.isSip() && rooms.isRoom(uri.user());
    }

    /** What only goes on in a dialog with a registered contact is that contact's to check, who answers 481 when there is none. */
    private boolean isPartOfDialog(SipMessage request) {
        int method = request.method();
        return (method == Method.BYE || method == Method.PRACK || method == Method.UPDATE || method == Method.NOTIFY)
                && registrar.ofContact(request.requestUri(slice)) != null;
    }

    private boolean isInDialog(SipMessage request) {
        return request.to().tag(slice);
    }

    @Override
    public boolean onAck(SipMessage ack, Flow source, long nowMs) {
        if (isForRoom(ack)) {
            return agent.onAck(ack, source, nowMs);
        }
        int routes = ownRoutes(ack, source);
        if (!ack.requestUri(uri) || !uri.isSip() || !findWithinDialog(ack)) {
            return false;
        }
        proxy.forwardAck(ack, source, uri.whole(), target, routes);
        return true;
    }

    @Override
    public void onConnectionLost(int connection, long nowMs) {
        registrar.onConnectionLost(connection);
    }

    /** A request on the path of a dialog that we stayed on (section 16.4): to a contact that is registered here, over its flow. */
    private void withinDialog(SipMessage request, ServerTransaction transaction, long nowMs) {
        int routes = ownRoutes(request, transaction.source());
        if (request.element(Header.ROUTE, routes, slice)) {
            transaction.send(transaction.respond(403, "Relaying Denied"), nowMs);
            return;
        }
        if (!findWithinDialog(request)) {
            transaction.reply(404, nowMs);
            return;
        }
        ProxyContext context = proxy.open(request, transaction, this, NOTHING_KEPT);
        if (context == null) {
            transaction.reply(503, nowMs);
            return;
        }
        context.setRoutesDone(routes);
        if (request.method() == Method.NOTIFY && routes > 0) {
            context.recordRoute();                      // it made the dialog on a path that we are on (RFC 6665 section 4.3)
        }
        context.addTarget(request.requestUri(slice2), target);
        context.forward(0, nowMs);
    }

    /** Finds the flow to the contact that a Request-URI is, as {@link #target}. */
    private boolean findWithinDialog(SipMessage request) {
        Binding b = registrar.ofContact(request.requestUri(slice));
        if (b != null) {
            target.set(b.flow());
            return true;
        }
        return agent.resolve(request.requestUri(slice), target);
    }

    /** How many Route values in front lead here (section 16.4). */
    private int ownRoutes(SipMessage request, Flow source) {
        int n = 0;
        while (request.address(Header.ROUTE, n, address) && isOurs(address.parsed(), source)) {
            n++;
        }
        return n;
    }

    @Override
    public boolean onResponseUnsent(ServerTransaction transaction, long nowMs) {
        return agent.onResponseUnsent(transaction, nowMs);
    }

    private void route(SipMessage request, ServerTransaction transaction, boolean here, long nowMs) {
        if (!here && isForRoom(request)) {
            agent.onRequest(request, transaction, nowMs);
            return;
        }
        switch (request.method()) {
            case Method.REGISTER:
                register(request, transaction, nowMs);
                return;
            case Method.PUBLISH:
                agent.onRequest(request, transaction, nowMs);
                return;
            case Method.SUBSCRIBE:
                boolean oursToTell = request.event() == null || request.event().type().equals(PresencePackage.EVENT)
                        || request.event().type().equals(RegistrationPackage.EVENT) || request.event().type().equals(SummaryPackage.EVENT)
                        || Ascii.startsWith(request.event().type().buffer(), request.event().type().offset(), request.event().type().limit(), WINFO)
                        || Ascii.startsWith(request.event().type().buffer(), request.event().type().offset(), request.event().type().limit(), XCAP_DIFF);
                if (here || oursToTell || isInDialog(request)) {
                    agent.onRequest(request, transaction, nowMs);
                    return;
                }
                break;
            default:
                break;
        }
        if (here) {
            agent.onRequest(request, transaction, nowMs);
        } else {
            toUser(request, transaction, nowMs);
        }
    }

    /** Section 10.3, steps 2 to 5. */
    private void register(SipMessage request, ServerTransaction transaction, long nowMs) {
        SipWriter refused = null;
        for (int i = 0; request.element(Header.REQUIRE, i, slice); i++) {
            if (!slice.equalsIgnoreCase(OUTBOUND) && !slice.equalsIgnoreCase(PATH) && !slice.equalsIgnoreCase(GRUU)) {
                refused = refused == null ? transaction.respond(420) : refused;
                refused.header(Header.UNSUPPORTED, slice);
            }
        }
        if (refused != null) {
            transaction.send(refused, nowMs);
        } else if (!isOurs(request.to().parsed(), transaction.source()) || !nameUser(request.to().uri(), addressOfRecord)) {
            transaction.reply(404, nowMs);
        } else {
            registrar.onRegister(request, addressOfRecord, transaction, nowMs);
        }
    }

    private void toUser(SipMessage request, ServerTransaction transaction, long nowMs) {
        boolean gruu = uri.params().has(GR);
        Binding device = gruu ? registrar.nextOfGruu(uri, null) : null;
        if (device != null) {
            recipient.set(device.addressOfRecord());
        } else if (gruu || !nameUser(request.requestUri(slice), recipient)) {
            transaction.reply(404, nowMs);
            return;
        }
        ProxyContext context = proxy.open(request, transaction, this, NOTHING_KEPT);
        if (context == null) {
            transaction.reply(request.bodyLength() > settings.capacity.transactionBytes ? 513 : 503, nowMs);
            return;
        }
        context.setRoutesDone(ownRoutes(request, transaction.source()));
        int method = request.method();
        if ((method == Method.INVITE || method == Method.SUBSCRIBE || method == Method.REFER) && !isInDialog(request)) {
            context.recordRoute();
        }
        if (gruu) {
            for (int rank = 0; device != null; rank--) {
                context.addTarget(device.contact().slice(slice2), device.flow(), device.path(), rank);
                request.requestUri(uri);
                device = registrar.nextOfGruu(uri, device);
            }
        } else {
            addBindings(recipient, registrar, context, slice, slice2);
        }
        context.forward(method == Method.MESSAGE ? settings.patienceMs : 0, nowMs);
    }

    /** Every binding by its q; of a device that keeps several flows, one after the other (RFC 5626 section 7). */
    static void addBindings(FixedText user, Registrar registrar, ProxyContext context, Slice key, Slice scratch) {
        for (Binding b = registrar.next(user.slice(key), null); b != null; b = registrar.next(user.slice(key), b)) {
            int behind = 0;
            for (Binding before = registrar.next(user.slice(key), null); before != b; before = registrar.next(user.slice(key), before)) {
                behind += b.regId() > 0 && before.instance().equals(b.instance()) ? 1 : 0;
            }
            context.addTarget(b.contact().slice(scratch), b.flow(), b.path(), FLOWS_OF_ONE * b.q() - behind);
        }
    }

    /** Whether a URI's host is this domain, or this exchange by its address. */
    private boolean isOurs(UriView of, Flow source) {
        Slice host = of.host();
        if (Ascii.equalsIgnoreCase(host.buffer(), host.offset(), host.length(), domain.bytes(), 0, domain.length())) {
            return true;
        }
        transport.local(source, local);
        return IpText.parse(host.buffer(), host.offset(), host.length(), numeric, Flow.UDP, of.port())
                && numeric.sameAddress(local) && isOurPort(of.port());
    }

    private boolean isOurPort(int port) {
        return port == wire.port() || port == securePort || port == 0 && (wire.port() == 5060 || securePort == 5061);
    }

    /** Writes the address of record of a user of ours. @return false: there is no such user */
    private boolean nameUser(Slice text, FixedText out) {
        if (!uri.wrap(text) || !uri.hasUser()) {
            return false;
        }
        uri.putUser(name.sink(sink));
        if (!name.take(sink) || !settings.users.contains(name.slice(nameSlice))) {
            return false;
        }
        out.sink(sink).put("sip:").put(name).put('@').put(domain);
        return out.take(sink);
    }

    @Override
    public int mayPublish(SipMessage publish, FixedText presentity) {
        if (!nameUser(publish.requestUri(slice), presentity)) {
            return 404;
        }
        publish.address(Header.FROM, 0, address);
        return nameUser(address.uri(), recipient) && recipient.equals(presentity) ? 200 : 403;
    }

    @Override
    public int mayWatch(SipMessage subscribe, FixedText presentity, FixedText watcher) {
        if (!nameUser(subscribe.requestUri(slice), presentity)) {
            return EventPackage.NOT_FOUND;
        }
        subscribe.address(Header.FROM, 0, address);
        return nameUser(address.uri(), watcher) ? EventPackage.ALLOW : EventPackage.FORBIDDEN;
    }

    private boolean watcher(SipMessage subscribe, FixedText out) {
        return nameUser(subscribe.from().uri(), out);
    }

    private boolean isUser(String addressOfRecord) {
        String suffix = "@" + settings.domain;
        return addressOfRecord.startsWith("sip:") && addressOfRecord.endsWith(suffix)
                && settings.users.contains(new Slice().wrap(Utf8.bytes(addressOfRecord.substring(4, addressOfRecord.length() - suffix.length()))));
    }

    /** His own alone, unless all may see all (RFC 3680 section 4.6). */
    @Override
    public int mayWatchRegistration(SipMessage subscribe, FixedText resource, FixedText watcher) {
        return settings.showRegistrations ? mayWatch(subscribe, resource, watcher) : mayWatchOwn(subscribe, resource, watcher);
    }

    /** His own alone (RFC 3842 section 3.7). */
    @Override
    public int mayWatchMailbox(SipMessage subscribe, FixedText resource, FixedText watcher) {
        return mayWatchOwn(subscribe, resource, watcher);
    }

    private int mayWatchOwn(SipMessage subscribe, FixedText resource, FixedText watcher) {
        if (!nameUser(subscribe.requestUri(slice), resource)) {
            return EventPackage.NOT_FOUND;
        }
        return nameUser(subscribe.from().uri(), watcher) && watcher.equals(resource) ? EventPackage.ALLOW : EventPackage.FORBIDDEN;
    }

    @Override
    public void keep(Publication publication, long nowMs) {
        if (!publication.isHard()) {
            keeper.keep(publication, nowMs);
        }
    }

    @Override
    public void onBinding(Binding binding, long nowMs) {
        keeper.keep(binding, nowMs);
        registrations.onBinding(binding, nowMs);
        if (binding.isOpen()) {
            messages.deliver(binding.addressOfRecord(), nowMs);
        }
    }

    @Override
    public boolean onFailed(ProxyContext context, int status, long nowMs) {
        if (context.reference() != NOTHING_KEPT) {
            return true;                                // kept when the patience ended
        }
        boolean away = status == 408 || status == 480 || status == 503;
        return away && isMessage(context) && keep(context);
    }

    @Override
    public boolean onSilence(ProxyContext context, long nowMs) {
        return isMessage(context) && keep(context);
    }

    private boolean isMessage(ProxyContext context) {
        return proxy.request(context).method() == Method.MESSAGE;
    }

    private boolean keep(ProxyContext context) {
        SipMessage request = proxy.request(context);
        if (!nameUser(request.requestUri(slice), recipient)) {
            return false;
        }
        context.message(slice2);
        if (!request.has(Header.DATE) && agent.unixSec(clock.monotonicMs()) >= 0) {
            slice2.wrap(dated(slice2));
        }
        long id = messages.keep(recipient, slice2, context.server(), clock.monotonicMs());
        if (id == 0) {
            return false;
        }
        context.setReference(id);
        return true;
    }

    /** The message with a Date behind its start line. */
    private byte[] dated(Slice message) {
        byte[] line = MessageStore.dateLine(agent.unixSec(clock.monotonicMs()));
        byte[] out = new byte[message.length() + line.length];
        int head = 0;
        while (message.byteAt(head++) != '\n') {
            continue;
        }
        System.arraycopy(message.buffer(), message.offset(), out, 0, head);
        System.arraycopy(line, 0, out, head, line.length);
        System.arraycopy(message.buffer(), message.offset() + head, out, head + line.length, message.length() - head);
        return out;
    }

    @Override
    public void onSucceeded(ProxyContext context, int status, long nowMs) {
        if (context.reference() != NOTHING_KEPT) {
            messages.drop(context.reference());
        }
    }

    @Override
    public void onDone(ProxyContext context, long nowMs) {
        // nothing of ours hangs on it
    }

    /** One line of figures for a person. */
    public String figures() {
        return "bindings " + registrar.inUse() + ", watchers " + notifier.inUse() + ", publications " + compositor.inUse()
                + ", messages kept " + messages.count() + ", received " + transport.received() + ", sent " + transport.sent()
                + (relay == null ? "" : ", relayed for " + relay.authorized() + " sessions") + (rooms == null ? "" : ", said in rooms " + rooms.passed()) + ", challenged " + admission.challenged() + ", refused " + (admission.refused() + transport.rejectedInAll());
    }

    public int port() {
        return wire.port();
    }
}
