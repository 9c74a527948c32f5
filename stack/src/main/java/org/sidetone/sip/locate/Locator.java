package org.sidetone.sip.locate;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Capacity;
import org.sidetone.port.Domains;
import org.sidetone.port.Flow;
import org.sidetone.port.NameLookup;
import org.sidetone.port.NameRecords;
import org.sidetone.port.Random;
import org.sidetone.uri.IpText;
import org.sidetone.uri.UriView;

/**
 * Finds where SIP URIs lead, remembers it as long as the DNS says, and goes on to the next server when one fails (RFC 3263); im: and pres: URIs lead to
 * the SIP servers that their domain names for them (RFC 3861), else to those of its SIP URIs.
 */
public final class Locator {
    public static final int FOUND = 0;
    /** The user is told when to ask again. */
    public static final int PENDING = 1;
    /** No such name, nobody answers, no server is left to try, or no room. */
    public static final int FAILED = -1;

    /** How long a server that did not answer is tried last. */
    private static final long ASIDE_MS = 60_000;
    private static final byte[] MADDR = Ascii.bytes("maddr");

    private final NameLookup names;
    private final Domains domains;
    private final Random random;
    private final Location[] locations;
    private final LocationUser[] users;
    private final int[] waitsFor;
    private final boolean[] supported = new boolean[Flow.TLS + 1];
    private final NameRecords records = new NameRecords();
    private final FixedText key = new FixedText(200);
    private final ByteSink sink = new ByteSink();
    private final Slice host = new Slice();
    private long failovers;

    /** @param domains shared with the owner's wire. @param names null where nobody looks up names: numeric addresses alone are found */
    public Locator(NameLookup names, Random random, Capacity capacity, Domains domains) {
        this.domains = domains;
        this.names = names;
        this.random = random;
        locations = new Location[names == null ? 0 : capacity.locations];
        for (int i = 0; i < locations.length; i++) {
            locations[i] = new Location(this, i);
        }
        users = new LocationUser[capacity.clientTransactions + capacity.inviteClients];
        waitsFor = new int[users.length];
        supported[Flow.UDP] = true;
        supported[Flow.TCP] = true;
    }

    /** Says whether we have a transport; UDP and TCP from the start. */
    public void support(int transport, boolean yes) {
        supported[transport] = yes;
    }

    boolean supports(int transport) {
        return supported[transport];
    }

    Random random() {
        return random;
    }

    /**
     * Looks where a URI leads.
     * @param user told when a {@link #PENDING} ends. @param attempt how many servers were tried for this request before
     * @param out receives transport, address and port when {@link #FOUND}
     */
    public int locate(UriView uri, LocationUser user, int attempt, Flow out, long nowMs) {
        return locate(uri, false, user, attempt, out, nowMs);
    }

    /** @param secure as if it were a sips URI, since the Request-URI is one (RFC 3261 section 8.1.2) */
    public int locate(UriView uri, boolean secure, LocationUser user, int attempt, Flow out, long nowMs) {
        boolean secured = secure || uri.scheme() == UriView.SIPS;
        int asked = uri.transport() > Flow.NONE && secured ? Flow.TLS : uri.transport();
        if (!uri.hasDomain() || asked < 0 || asked != Flow.NONE && !supported[asked]) {
            return FAILED;
        }
        if (!uri.params().find(MADDR, host)) {
            host.set(uri.host());
        }
        int transport = asked != Flow.NONE ? asked : secured ? Flow.TLS : Flow.UDP;
        int port = uri.port() != 0 ? uri.port() : transport == Flow.TLS ? 5061 : 5060;
        if (IpText.parse(host.buffer(), host.offset(), host.length(), out, transport, port)) {
            return attempt == 0 ? found(out) : FAILED;
        }
        return locate(secured ? UriView.SIPS : uri.scheme(), secured ? explicitSecure(uri) : asked, uri.port(), user, attempt, out, nowMs);
    }

    /** Looks where a host is that something else than SIP is spoken with, on a port that is known: addresses alone are asked for. @param transport TCP or TLS */
    public int locateHost(Slice name, int port, int transport, LocationUser user, int attempt, Flow out, long nowMs) {
        if (!supported[transport] || port <= 0) {
            return FAILED;
        }
        host.set(name);
        if (IpText.parse(host.buffer(), host.offset(), host.length(), out, transport, port)) {
            return attempt == 0 ? found(out) : FAILED;
        }
        return locate(UriView.SIP, transport, port, user, attempt, out, nowMs);
    }

    private int locate(int scheme, int wanted, int port, LocationUser user, int attempt, Flow out, long nowMs) {
        Location location = locationOf(host, scheme, wanted, port, nowMs);
        if (location == null) {
            return FAILED;
        }
        if (location.isAsking()) {
            return wait(location, user) ? PENDING : FAILED;
        }
        int chosen = location.choose(attempt, nowMs);
        if (chosen < 0) {
            return FAILED;
        }
        failovers += attempt > 0 ? 1 : 0;
        out.set(location.target(chosen));
        return found(out);
    }

    /** The domain as it was asked for, before any look-up (RFC 5922 section 7.3). */
    private int found(Flow out) {
        if (out.transport() == Flow.TLS) {
            out.withDomain(domains.numberOf(host));
        }
        return FOUND;
    }

    /** A sips URI always goes over TLS; a transport parameter says that the DNS need not be asked which. */
    private static int explicitSecure(UriView uri) {
        return uri.params().count() > 0 && uri.hasTransport() ? Flow.TLS : Flow.NONE;
    }

    private Location locationOf(Slice name, int scheme, int transport, int port, long nowMs) {
        if (name.length() > 128) {
            return null;
        }
        key.sink(sink).putDecimal(port).put('/').putDecimal(scheme).put('/').putDecimal(transport).put('/');
        for (int i = 0; i < name.length(); i++) {
            sink.put(Ascii.lower(name.byteAt(i)));
        }
        if (!key.take(sink)) {
            return null;
        }
        int hash = Ascii.hash(key.bytes(), 0, key.length());
        Location place = null;
        for (int i = 0; i < locations.length; i++) {
            Location l = locations[i];
            if (l.state() != Location.FREE && l.keyHash == hash && l.key.equals(key)) {
                if (l.isAsking() || l.isFresh(nowMs)) {
                    return l;
                }
                place = l;
                break;
            }
            if (!l.isAsking() && (place == null || place.state() != Location.FREE
                    && (l.state() == Location.FREE || l.usedMs() < place.usedMs()))) {
                place = l;
            }
        }
        if (place != null) {
            place.key.set(key);
            place.keyHash = hash;
            place.start(name, scheme, transport, port, nowMs);
        }
        return place;
    }

    private boolean wait(Location location, LocationUser user) {
        int free = -1;
        for (int i = 0; i < users.length; i++) {
            if (users[i] == user) {
                waitsFor[i] = location.index;
                return true;
            }
            free = users[i] == null ? i : free;
        }
        if (free < 0) {
            return false;
        }
        users[free] = user;
        waitsFor[free] = location.index;
        return true;
    }

    /** A user does not wait any more. */
    public void forget(LocationUser user) {
        for (int i = 0; i < users.length; i++) {
            if (users[i] == user) {
                users[i] = null;
            }
        }
    }

    boolean ask(int question, int type, FixedText name) {
        return names.ask(question, type, name.bytes(), 0, name.length());
    }

    void finished(Location location, long nowMs) {
        for (int i = 0; i < users.length; i++) {
            if (users[i] != null && waitsFor[i] == location.index) {
                LocationUser user = users[i];
                users[i] = null;
                user.onLocated(nowMs);
            }
        }
    }

    /** Takes the answers that came. @return how many */
    public int doWork(long nowMs) {
        int n = 0;
        while (names != null && names.next(records)) {
            n++;
            if (records.question() >= 0 && records.question() < locations.length) {
                locations[records.question()].onAnswer(records, nowMs);
            }
        }
        return n;
    }

    /** No answer from a server, or no way to it: it is tried last for a while. */
    public void onSilent(Flow server, long nowMs) {
        for (int i = 0; i < locations.length; i++) {
            locations[i].setDown(server, nowMs + ASIDE_MS, false);
        }
    }

    /** A server asked to be left alone (503). @param retryAfterSec what it said, 0 for nothing */
    public void onRefused(Flow server, long retryAfterSec, long nowMs) {
        for (int i = 0; i < locations.length; i++) {
            locations[i].setDown(server, nowMs + (retryAfterSec > 0 ? 1000 * retryAfterSec : ASIDE_MS), retryAfterSec > 0);
        }
    }

    /** A server answered. */
    public void onAnswered(Flow server, long nowMs) {
        for (int i = 0; i < locations.length; i++) {
            locations[i].setUp(server, nowMs);
        }
    }

    /** Requests that went to another server because the one before had failed. */
    public long failovers() {
        return failovers;
    }
}
