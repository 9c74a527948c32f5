package org.sidetone.sip.ua;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.digest.DigestFunction;
import org.sidetone.port.Capacity;
import org.sidetone.port.Domains;
import org.sidetone.port.Flow;
import org.sidetone.port.Hash;
import org.sidetone.port.Random;
import org.sidetone.sip.Header;
import org.sidetone.sip.Method;
import org.sidetone.sip.NameAddrView;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.dialog.Dialog;
import org.sidetone.sip.locate.LocationUser;
import org.sidetone.sip.locate.Locator;
import org.sidetone.sip.transaction.InviteServer;
import org.sidetone.sip.transaction.ServerTransaction;
import org.sidetone.sip.transaction.TransactionLayer;
import org.sidetone.sip.transaction.TransactionUser;
import org.sidetone.time.TimerQueue;
import org.sidetone.uri.IpText;
import org.sidetone.uri.UriView;

/** The user agent core (RFC 3261 section 8): hands requests to the usage of their method, answers what no usage takes. */
public final class UserAgent implements TransactionUser {
    /** The wall clock is not known. */
    public static final long UNKNOWN = -1;

    private static final byte[] SIPS = Ascii.bytes("sips:");
    /** Realms that may challenge one request: the own server's, and those of proxies on the way. */
    private static final int REALMS = 3;
    /** Responses at a time that another way is looked for. */
    private static final int RESPONSE_ROUTES = 4;
    /** A server's Contact needs no user. */
    private static final FixedText NOBODY = new FixedText(0);

    private final TransactionLayer transactions;
    private final TimerQueue timers;
    private final Random random;
    private final DigestFunction digests;
    private final Account[] accounts;
    private final RequestHandler[] handlers = new RequestHandler[Method.COUNT];
    private final SipWriter writer = new SipWriter();
    private final FixedText requestUri = new FixedText(256);
    private final FixedText product = new FixedText(64);
    private final FixedText allowEvents = new FixedText(160);
    private final FixedText accept = new FixedText(240);
    private final FixedText acceptLanguage = new FixedText(40);
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private final UriView uri = new UriView();
    private final NameAddrView address = new NameAddrView();
    private final Flow local = new Flow();
    private final FixedText supported = new FixedText(96);
    private InviteHandler invites;
    private Locator locator;
    private long wallOffsetMs;
    private final int bodyBytes;
    private final StrictRoute strictRoute = new StrictRoute();
    private boolean wallKnown;
    private long refusedMethods;
    private long refusedExtensions;
    private long mergedRequests;
    private long unsentResponses;
    private long untrustedServers;
    private final ResponseRoute[] responseRoutes = new ResponseRoute[RESPONSE_ROUTES];
    private final Dialog.Views dialogViews = new Dialog.Views();

    public UserAgent(TransactionLayer transactions, TimerQueue timers, Random random, Hash hash, Capacity capacity, String product) {
        this.transactions = transactions;
        this.timers = timers;
        this.random = random;
        this.product.set(product);
        digests = new DigestFunction(hash);
        bodyBytes = capacity.transactionBytes;
        accounts = new Account[capacity.accounts];
        for (int i = 0; i < accounts.length; i++) {
            accounts[i] = new Account(i, REALMS, digests, random, capacity.transactionBytes);
        }
        for (int i = 0; i < responseRoutes.length; i++) {
            responseRoutes[i] = new ResponseRoute(this);
        }
        locator = new Locator(null, random, capacity, new Domains(capacity.locations));
        transactions.setUser(this);
    }

    /** A dialog for a usage, made at start-up. */
    public Dialog newDialog() {
        return new Dialog(dialogViews);
    }

    /** Without one of the owner's, numeric addresses alone are found. */
    public void setLocator(Locator newLocator) {
        locator = newLocator;
    }

    public Locator locator() {
        return locator;
    }

    /** Gives a method to a usage. */
    public void handle(int method, RequestHandler handler) {
        handlers[method] = handler;
    }

    /** Gives INVITE, and what belongs to it beside requests, to a usage. */
    public void handleInvites(InviteHandler handler) {
        invites = handler;
        handle(Method.INVITE, handler);
    }

    /** Adds an option tag that requests may ask for (section 8.2.2.3). */
    public void support(byte[] optionTag) {
        append(supported, optionTag);
    }

    /** Adds a value to the Allow-Events of our answers. */
    public void allowEvent(byte[] type) {
        append(allowEvents, type);
    }

    /** Adds a value to the Accept of our answers. */
    public void acceptType(byte[] type) {
        append(accept, type);
    }

    /** What Accept-Language of our answers says; empty: it is left out. At boot only. */
    public void acceptLanguage(FixedText tag) {
        acceptLanguage.set(tag);
    }

    private void append(FixedText list, byte[] item) {
        int n = list.length();
        list.sink(sink).truncate(n);
        sink.put(n == 0 ? "" : ", ").put(item);
        list.take(sink);
    }

    /** Another account for requests that go to somebody directly: the same identity, no server, a secret of its own. At boot only. */
    public Account peerOf(Account of) {
        Account peer = new Account(of.index, 1, digests, random, bodyBytes);
        peer.address.set(of.address);
        peer.displayName.set(of.displayName);
        peer.contactUser.set(of.contactUser);
        peer.instance.set(of.instance);
        return peer;
    }

    public Account account(int index) {
        return accounts[index];
    }

    public int accounts() {
        return accounts.length;
    }

    public TransactionLayer transactions() {
        return transactions;
    }

    public TimerQueue timers() {
        return timers;
    }

    public Random random() {
        return random;
    }

    public DigestFunction digests() {
        return digests;
    }

    StrictRoute strictRoute() {
        return strictRoute;
    }

    SipWriter writer() {
        return writer;
    }

    FixedText product() {
        return product;
    }

    /** @param unixMs milliseconds since 1970, or {@link #UNKNOWN} */
    public void onWallClock(long nowMs, long unixMs) {
        wallKnown = unixMs != UNKNOWN;
        wallOffsetMs = unixMs - nowMs;
    }

    /** Seconds since 1970, or {@link #UNKNOWN}. */
    public long unixSec(long nowMs) {
        return wallKnown ? (nowMs + wallOffsetMs) / 1000 : UNKNOWN;
    }

    public void newTag(FixedText out) {
        out.take(out.sink(sink).putHex(random.nextLong(), 16));
    }

    public void newCallId(FixedText out) {
        out.take(out.sink(sink).putHex(random.nextLong(), 16).putHex(random.nextLong(), 16));
    }

    /** Where a CSeq starts: anywhere below 2^31 with much room above (section 8.1.1.5). */
    long firstSequence() {
        return random.nextLong() & 0xFFFFF;
    }

    /** A moment between two shares of an interval, in percent; spreads refreshes. */
    public long between(long intervalMs, int lowPercent, int highPercent) {
        long low = intervalMs * lowPercent / 100;
        long span = intervalMs * (highPercent - lowPercent) / 100;
        return span <= 0 ? low : low + (random.nextLong() >>> 1) % (span + 1);
    }

    /** Copies a URI that a request is meant for; im: and pres: become sip:. */
    void setAsSip(Slice of, FixedText out) {
        if (!uri.wrap(of)) {
            out.set(of);
            return;
        }
        uri.putAsSip(out.sink(sink));
        out.take(sink);
    }

    /** The Request-URI for a dialog's target; valid until the next call. */
    Slice requestUri(FixedText target, Slice out) {
        setAsSip(target.slice(out), requestUri);
        return requestUri.slice(out);
    }

    void putVia(SipWriter w, Flow to, FixedText branch) {
        transactions.transport().local(to, local);
        w.via(to.transport(), local, branch);
    }

    /** Appends {@code <sip:user@address:port;transport=tcp>} of an account, as the other end of a flow reaches it. */
    public void putContact(FixedText user, Flow to, ByteSink out) {
        putContact(user, false, to, out);
    }

    /** @param secure whether it has to be a sips URI (RFC 3261 sections 8.1.1.8, 12.1.1) */
    public void putContact(FixedText user, boolean secure, Flow to, ByteSink out) {
        transactions.transport().local(to, local);
        out.put(secure ? "<sips:" : "<sip:").put(user);
        if (!user.isEmpty()) {
            out.put('@');
        }
        IpText.put(local, out);
        out.put(':').putDecimal(local.port());
        if (to.isReliable() && !secure) {                                       // sips says it all (RFC 5630 section 3.1.4)
            out.put(to.transport() == Flow.TLS ? ";transport=tls" : ";transport=tcp");
        }
        out.put('>');
    }

    /**
     * Where a request goes next: topmost route, else within a dialog its target, else the account's server, else the target (section
     * 8.1.2). A name that leads nowhere is left to the account's server. A request to a sips URI takes TLS whatever the way there.
     * @param attempt servers tried before. @return a code of {@link Locator}
     */
    int nextHop(Dialog dialog, Account account, ServerWay way, int method, LocationUser user, int attempt, Flow out, long nowMs) {
        if (attempt == 0 && transactions.transport().isOpen(dialog.flow)) {
            out.set(dialog.flow);
            return Locator.FOUND;
        }
        int found = Locator.FAILED;
        boolean secure = Ascii.startsWithIgnoreCase(dialog.remoteTarget.bytes(), 0, dialog.remoteTarget.length(), SIPS);
        if (takesServiceRoute(dialog, way, method) && address.firstOf(way.serviceRoute.slice(slice))) {
            found = locator.locate(address.parsed(), secure, user, attempt, out, nowMs);
        } else if (!dialog.routeSet.isEmpty()) {
            if (address.firstOf(dialog.routeSet.slice(slice))) {
                found = locator.locate(address.parsed(), secure, user, attempt, out, nowMs);
            }
        } else if ((dialog.isEstablished() || account == null || !account.hasServer()) && uri.wrap(dialog.remoteTarget.slice(slice))) {
            found = locator.locate(uri, user, attempt, out, nowMs);
        }
        if (found == Locator.FOUND) {
            preferServerFlow(account, secure, out);
        }
        return found == Locator.FAILED && account != null && account.hasServer() ? serverOf(way, secure, user, attempt, out, nowMs) : found;
    }

    /** Where an ACK, which has no transaction, goes within a dialog. @return a code of {@link Locator} */
    public int locateInDialog(Dialog dialog, Account account, LocationUser user, Flow out, long nowMs) {
        return nextHop(dialog, account, account == null ? null : account.way(), Method.ACK, user, 0, out, nowMs);
    }

    /** RFC 3608 section 6.1: requests that start something; not the registration itself. */
    static boolean takesServiceRoute(Dialog dialog, ServerWay way, int method) {
        return way != null && !way.serviceRoute.isEmpty() && dialog.routeSet.isEmpty() && !dialog.isEstablished()
                && method != Method.REGISTER;
    }

    private int serverOf(ServerWay way, boolean secure, LocationUser user, int attempt, Flow out, long nowMs) {
        if (way.uri.isEmpty()) {
            out.set(way.flow);
            return attempt == 0 && (!secure || out.transport() == Flow.TLS) ? Locator.FOUND : Locator.FAILED;
        }
        int found = uri.wrap(way.uri.slice(slice)) ? locator.locate(uri, secure, user, attempt, out, nowMs) : Locator.FAILED;
        if (found == Locator.FOUND && way.flow.sameEnd(out)) {
            out.set(way.flow);                           // with its connection
        } else if (found == Locator.FOUND && (!secure || uri.scheme() == UriView.SIPS)) {
            way.flow.set(out);
        }
        return found;
    }

    /** Appends the Contact of a request or response that makes a dialog: the GRUU where it is to be used, else the address. */
    public void putDialogContact(Account account, boolean secure, Flow to, ByteSink out) {
        if (account.usesGruu && !account.gruu.isEmpty()) {
            out.put('<').put(account.gruu).put('>');
            return;
        }
        putContact(account.contactUser, secure, to, out);
        if (account.isOutbound() && !out.overflowed()) {
            out.truncate(out.position() - 1);
            out.put(";ob>");                                                    // RFC 5626 section 4.3
        }
        if (!account.features.isEmpty()) {
            out.put(';').put(account.features);
        }
    }

    /** The Contact of a notifier: the GRUU of the account that is watched, where it has one (RFC 6665 section 4.5.1). */
    public void putNotifierContact(FixedText resource, boolean secure, Flow to, ByteSink out) {
        for (int i = 0; i < accounts.length; i++) {
            if (accounts[i].isConfigured() && accounts[i].usesGruu && !accounts[i].gruu.isEmpty() && accounts[i].address.equals(resource)) {
                putDialogContact(accounts[i], secure, to, out);
                return;
            }
        }
        putContact(NOBODY, secure, to, out);
    }

    /** A numeric URI as a flow. @return false for a name */
    public boolean resolve(Slice text, Flow out) {
        if (!uri.wrap(text) || !uri.isSip() || uri.transport() < 0) {
            return false;
        }
        int transport = uri.transport() == Flow.NONE ? Flow.UDP : uri.transport();
        int port = uri.port() != 0 ? uri.port() : transport == Flow.TLS ? 5061 : 5060;
        return IpText.parse(uri.host().buffer(), uri.host().offset(), uri.host().length(), out, transport, port);
    }

    /** The same end as the account's server is reached as the account says. */
    private static void preferServerFlow(Account account, boolean secure, Flow out) {
        for (int i = 0; account != null && i < Account.WAYS; i++) {
            Flow flow = account.way(i).flow;
            if (flow.isSet() && (!secure || flow.transport() == Flow.TLS) && flow.sameAddress(out) && flow.port() == out.port()) {
                out.set(flow);
                return;
            }
        }
    }

    /** The account a request is for, by the user part of its Request-URI, or by To; the only one there is otherwise. Null: none. */
    public Account accountFor(SipMessage request) {
        if (uri.wrap(request.requestUri(slice))) {
            for (int i = 0; i < accounts.length; i++) {
                if (accounts[i].isConfigured() && accounts[i].contactUser.equals(uri.user())) {
                    return accounts[i];
                }
            }
        }
        if (request.address(Header.TO, 0, address)) {
            for (int i = 0; i < accounts.length; i++) {
                if (accounts[i].isConfigured() && accounts[i].address.equals(address.uri())) {
                    return accounts[i];
                }
            }
        }
        return accounts.length > 0 && accounts[0].isConfigured() && (accounts.length == 1 || !accounts[1].isConfigured())
                ? accounts[0] : null;
    }

    @Override
    public void onRequest(SipMessage request, ServerTransaction transaction, long nowMs) {
        int method = request.method();
        if (method == Method.CANCEL) {
            onCancel(request, transaction, nowMs);
            return;
        }
        if (method != Method.OPTIONS && (method == Method.OTHER || handlers[method] == null)) {
            refusedMethods++;
            SipWriter w = transaction.respond(405);
            putAllow(w);
            transaction.send(w, nowMs);
            return;
        }
        if (!uri.wrap(request.requestUri(slice)) || !uri.isSip()) {
            transaction.reply(416, nowMs);
            return;
        }
        if (request.has(Header.REQUIRE) && !isSupported(request, transaction, nowMs)) {
            return;
        }
        // a MESSAGE may come again from a store that heard no answer: its usage knows it and says 200 once more
        if (method != Method.MESSAGE && transactions.isMerged(transaction)) {
            mergedRequests++;
            transaction.reply(482, nowMs);
            return;
        }
        if (method == Method.OPTIONS) {
            options(request, transaction, nowMs);
            return;
        }
        handlers[method].onRequest(request, transaction, nowMs);
    }

    /** Section 8.2.2.3. @return false when it was answered 420 */
    private boolean isSupported(SipMessage request, ServerTransaction transaction, long nowMs) {
        SipWriter refused = null;
        for (int i = 0; request.element(Header.REQUIRE, i, slice); i++) {
            if (!lists(supported, slice)) {
                refused = refused == null ? transaction.respond(420) : refused;
                refused.header(Header.UNSUPPORTED, slice);
            }
        }
        if (refused == null) {
            return true;
        }
        refusedExtensions++;
        transaction.send(refused, nowMs);
        return false;
    }

    private static boolean lists(FixedText list, Slice item) {
        byte[] b = list.bytes();
        int at = 0;
        while (at < list.length()) {
            int end = Ascii.indexOf(b, at, list.length(), ',');
            if (Ascii.equalsIgnoreCase(b, at, end - at, item.buffer(), item.offset(), item.length())) {
                return true;
            }
            at = end + 2;
        }
        return false;
    }

    /** Section 9.2: an INVITE that has no final answer yet gets 487, any other request goes on as if nothing had been said. */
    private void onCancel(SipMessage request, ServerTransaction transaction, long nowMs) {
        ServerTransaction cancelled = transactions.cancelled(request);
        transaction.reply(cancelled == null ? 481 : 200, nowMs);
        if (cancelled instanceof InviteServer && !cancelled.isAnswered()) {
            cancelled.reply(487, nowMs);
            if (invites != null) {
                invites.onCancelled((InviteServer) cancelled, nowMs);
            }
        }
    }

    @Override
    public boolean onAck(SipMessage ack, Flow source, long nowMs) {
        return invites != null && invites.onAck(ack, nowMs);
    }

    @Override
    public boolean onResponseUnsent(ServerTransaction transaction, long nowMs) {
        ResponseRoute free = null;
        for (int i = 0; transaction.isUnsent() && i < responseRoutes.length; i++) {
            if (responseRoutes[i].isOf(transaction)) {
                return responseRoutes[i].next(nowMs);
            }
            free = responseRoutes[i].isOf(null) ? responseRoutes[i] : free;
        }
        if (free != null && free.begin(transaction, nowMs)) {
            return true;
        }
        unsentResponses++;
        return false;
    }

    /** Section 11.2. */
    private void options(SipMessage request, ServerTransaction transaction, long nowMs) {
        int status = invites == null ? 200 : invites.readiness(request);
        SipWriter w = transaction.respond(status);
        putAllow(w);
        if (!allowEvents.isEmpty()) {
            w.header(Header.ALLOW_EVENTS, allowEvents);
        }
        if (status == 200) {
            if (!accept.isEmpty()) {
                w.header(Header.ACCEPT, accept);
            }
            if (!acceptLanguage.isEmpty()) {
                w.header(Header.ACCEPT_LANGUAGE, acceptLanguage);
            }
            putSupported(w);
            w.header(Header.ACCEPT_ENCODING, "identity");
        }
        transaction.send(w.header(Header.SERVER, product), nowMs);
    }

    /** Appends the methods we take. */
    public void putAllow(SipWriter w) {
        ByteSink out = w.name(Header.ALLOW).sink();
        out.put("OPTIONS");
        for (int i = 1; i < handlers.length; i++) {
            if (handlers[i] != null && i != Method.OPTIONS) {
                out.put(", ").put(Method.name(i));
                if (i == Method.INVITE) {
                    out.put(", ACK, CANCEL");
                }
            }
        }
        w.end();
    }

    /** Appends the option tags of {@link #support}, where there are some. */
    public void putSupported(SipWriter w) {
        if (!supported.isEmpty()) {
            w.header(Header.SUPPORTED, supported);
        }
    }

    /** Appends the event packages of {@link #allowEvent}, for a 489. */
    public void putAllowEvents(SipWriter w) {
        w.header(Header.ALLOW_EVENTS, allowEvents);
    }

    void countUnsent() {
        unsentResponses++;
    }

    void countUntrusted() {
        untrustedServers++;
    }

    /** Answers whose Authentication-Info shows that whoever wrote them does not know the secret (RFC 7616 section 3.5). */
    public long untrustedServers() {
        return untrustedServers;
    }

    public long refusedMethods() {
        return refusedMethods;
    }

    public long refusedExtensions() {
        return refusedExtensions;
    }

    /** Requests that came by a second way and got 482 (section 8.2.2.2). */
    public long mergedRequests() {
        return mergedRequests;
    }

    /** Responses that could not be sent, or whose ACK never came. */
    public long unsentResponses() {
        return unsentResponses;
    }

    @Override
    public void onConnectionLost(int connection, long nowMs) {
        // keep-alives notice by themselves
    }
}
