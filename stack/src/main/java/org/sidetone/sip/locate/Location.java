package org.sidetone.sip.locate;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Flow;
import org.sidetone.port.NameLookup;
import org.sidetone.port.NameRecords;
import org.sidetone.uri.UriView;

/**
 * One name with what the DNS says of it, RFC 3263 sections 4.1 and 4.2.
 * <pre>
 *   state     input                           next        action
 *   FREE      URI without port and transport  NAPTR       ask
 *   FREE      URI with transport, no port     SRV         ask for that one
 *   FREE      im: or pres: URI                MESSAGING   ask for _im._sip or _pres._sip (RFC 3861)
 *   MESSAGING records                         ADDRESS     ask for A of the first server
 *   MESSAGING none                            NAPTR       as of a SIP URI
 *   FREE      URI with port                   ADDRESS     ask for A
 *   NAPTR     records for us                  SRV         ask for the best; others wait their turn
 *   NAPTR     none                            SRV         ask for UDP, TCP, TLS in turn, as far as we have them
 *   SRV       records                         ADDRESS     ask for A of the first server
 *   SRV       none, another service left      SRV         ask for it
 *   SRV       none left                       ADDRESS     ask for A of the name itself, default port
 *   ADDRESS   A answered                      ADDRESS     ask for AAAA of the same server
 *   ADDRESS   AAAA answered, servers left     ADDRESS     ask for A of the next
 *   ADDRESS   AAAA answered, none left        READY, or FAILED without any address
 *   any       nobody answers                  as if there were no records
 * </pre>
 */
final class Location {
    static final int FREE = 0;
    static final int NAPTR = 1;
    static final int SRV = 2;
    static final int ADDRESS = 3;
    static final int READY = 4;
    static final int FAILED = 5;
    static final int MESSAGING = 6;

    static final int TARGETS = 8;
    private static final int MIN_TTL_SEC = 5;
    private static final int MAX_TTL_SEC = 86_400;
    /** How long it is believed that a name is not there. */
    private static final int MISSING_SEC = 60;
    /** How long nobody is asked again who did not answer. */
    private static final int SILENT_SEC = 15;
    private static final byte[] SIPS_TCP = Ascii.bytes("_sips._tcp.");
    private static final byte[] SIP_TCP = Ascii.bytes("_sip._tcp.");
    private static final byte[] SIP_UDP = Ascii.bytes("_sip._udp.");
    private static final byte[] IM_SIP = Ascii.bytes("_im._sip.");
    private static final byte[] PRES_SIP = Ascii.bytes("_pres._sip.");
    private static final byte[] NAPTR_UDP = Ascii.bytes("SIP+D2U");
    private static final byte[] NAPTR_TCP = Ascii.bytes("SIP+D2T");
    private static final byte[] NAPTR_TLS = Ascii.bytes("SIPS+D2T");
    private static final byte[] FLAG_S = Ascii.bytes("s");

    private final Locator locator;
    final int index;
    final FixedText key = new FixedText(200);
    int keyHash;
    private final FixedText host = new FixedText(128);
    private final FixedText service = new FixedText(160);
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private final Services servers = new Services();
    private final Flow[] targets = new Flow[TARGETS];
    private final long[] downUntilMs = new long[TARGETS];
    private final boolean[] refused = new boolean[TARGETS];
    /** Service names that NAPTR records gave, best first, with their transports. */
    private final FixedText[] candidates = new FixedText[4];
    private final int[] candidateTransport = new int[4];
    private int candidateCount;
    private int candidate;
    private int targetCount;
    private int server;
    private int state = FREE;
    private int askedType;
    private boolean secure;
    private int port;
    private int transport;
    private boolean silent;
    private long ttlSec;
    private long goodUntilMs;
    private long usedMs;

    Location(Locator locator, int index) {
        this.locator = locator;
        this.index = index;
        for (int i = 0; i < TARGETS; i++) {
            targets[i] = new Flow();
        }
        for (int i = 0; i < candidates.length; i++) {
            candidates[i] = new FixedText(128);
        }
    }

    /** Starts looking. @param scheme a code of {@link UriView}. @param ofTransport {@link Flow#NONE}: whatever the DNS offers. @param ofPort 0: likewise */
    void start(Slice name, int scheme, int ofTransport, int ofPort, long nowMs) {
        host.set(name);
        secure = scheme == UriView.SIPS;
        port = ofPort;
        transport = ofTransport;
        targetCount = 0;
        candidateCount = 0;
        candidate = 0;
        servers.clear();
        silent = false;
        ttlSec = MAX_TTL_SEC;
        if (port != 0) {
            transport = transport != Flow.NONE ? transport : secure ? Flow.TLS : Flow.UDP;
            startAddresses(port, nowMs);
        } else if (transport != Flow.NONE) {
            addDefaultCandidate(transport);
            nextService(nowMs);
        } else if (scheme == UriView.IM || scheme == UriView.PRES) {
            service.take(service.sink(sink).put(scheme == UriView.IM ? IM_SIP : PRES_SIP).put(host));
            state = MESSAGING;
            ask(NameLookup.SRV, service, nowMs);
        } else {
            askForTransports(nowMs);
        }
    }

    private void askForTransports(long nowMs) {
        state = NAPTR;
        ask(NameLookup.NAPTR, host, nowMs);
    }

    private void ask(int type, FixedText name, long nowMs) {
        askedType = type;
        if (!locator.ask(index, type, name)) {
            goodUntilMs = nowMs;
            fail(nowMs, 0);
        }
    }

    void onAnswer(NameRecords answer, long nowMs) {
        if (answer.state() == NameRecords.UNAVAILABLE) {
            silent = true;
        }
        for (int i = 0; i < answer.count(); i++) {
            ttlSec = Math.min(ttlSec, answer.get(i).ttlSec);
        }
        switch (state) {
            case NAPTR:
                onNaptr(answer, nowMs);
                break;
            case SRV:
                onSrv(answer, nowMs);
                break;
            case MESSAGING:
                onMessaging(answer, nowMs);
                break;
            case ADDRESS:
                onAddress(answer, nowMs);
                break;
            default:
                break;
        }
    }

    private void onNaptr(NameRecords answer, long nowMs) {
        long after = -1;
        while (candidateCount < candidates.length) {
            int best = -1;
            for (int i = 0; i < answer.count(); i++) {
                if (rank(answer, i) > after && (best < 0 || rank(answer, i) < rank(answer, best))) {
                    best = i;
                }
            }
            if (best < 0) {
                break;
            }
            after = rank(answer, best);
            int found = transportOf(answer.get(best));
            if (found != Flow.NONE && candidates[candidateCount].set(answer.get(best).name)) {
                candidateTransport[candidateCount++] = found;
            }
        }
        if (candidateCount == 0) {
            if (!secure) {
                addDefaultCandidate(Flow.UDP);
                addDefaultCandidate(Flow.TCP);
            }
            addDefaultCandidate(Flow.TLS);
        }
        nextService(nowMs);
    }

    /** Order, preference, and the place in the answer, as one number. */
    private static long rank(NameRecords answer, int i) {
        return ((long) answer.get(i).priority << 16 | answer.get(i).weight) << 8 | i;
    }

    /** What we can use of a NAPTR record; for sips only what is secure (RFC 3263 section 4.1). */
    private int transportOf(NameRecords.Record record) {
        record.service.slice(slice);
        int found = slice.equalsIgnoreCase(NAPTR_TLS) ? Flow.TLS : slice.equalsIgnoreCase(NAPTR_TCP) ? Flow.TCP
                : slice.equalsIgnoreCase(NAPTR_UDP) ? Flow.UDP : Flow.NONE;
        boolean ours = found != Flow.NONE && locator.supports(found) && (!secure || found == Flow.TLS);
        return ours && record.flags.slice(slice).equalsIgnoreCase(FLAG_S) ? found : Flow.NONE;
    }

    private void addDefaultCandidate(int ofTransport) {
        if (!locator.supports(ofTransport)) {
            return;
        }
        byte[] prefix = ofTransport == Flow.TLS ? SIPS_TCP : ofTransport == Flow.TCP ? SIP_TCP : SIP_UDP;
        candidates[candidateCount].sink(sink).put(prefix).put(host);
        if (candidates[candidateCount].take(sink)) {
            candidateTransport[candidateCount++] = ofTransport;
        }
    }

    private void nextService(long nowMs) {
        if (candidate < candidateCount) {
            transport = candidateTransport[candidate];
            service.set(candidates[candidate++]);
            state = SRV;
            ask(NameLookup.SRV, service, nowMs);
            return;
        }
        transport = secure ? Flow.TLS : candidateCount == 1 ? candidateTransport[0] : Flow.UDP;
        startAddresses(transport == Flow.TLS ? 5061 : 5060, nowMs);
    }

    private void onSrv(NameRecords answer, long nowMs) {
        servers.take(answer, locator.random());
        if (servers.count() == 0) {
            nextService(nowMs);
        } else {
            askForFirst(nowMs);
        }
    }

    /** The records name no transport: a large message finds its way to TCP by itself. */
    private void onMessaging(NameRecords answer, long nowMs) {
        servers.take(answer, locator.random());
        if (servers.count() == 0) {
            askForTransports(nowMs);
        } else {
            transport = Flow.UDP;
            askForFirst(nowMs);
        }
    }

    private void askForFirst(long nowMs) {
        server = 0;
        state = ADDRESS;
        ask(NameLookup.A, servers.names[0], nowMs);
    }

    private void startAddresses(int ofPort, long nowMs) {
        servers.clear();
        servers.addOne(host.slice(slice), ofPort);
        server = 0;
        state = ADDRESS;
        ask(NameLookup.A, host, nowMs);
    }

    private void onAddress(NameRecords answer, long nowMs) {
        for (int i = 0; i < answer.count() && targetCount < TARGETS; i++) {
            downUntilMs[targetCount] = nowMs;
            refused[targetCount] = false;
            targets[targetCount++].set(transport, answer.get(i).high, answer.get(i).low, servers.ports[server], 0);
        }
        if (askedType == NameLookup.A) {
            ask(NameLookup.AAAA, servers.names[server], nowMs);
        } else if (++server < servers.count() && targetCount < TARGETS) {
            ask(NameLookup.A, servers.names[server], nowMs);
        } else if (targetCount > 0) {
            state = READY;
            goodUntilMs = nowMs + 1000 * Math.max(MIN_TTL_SEC, ttlSec);
            locator.finished(this, nowMs);
        } else {
            fail(nowMs, silent ? SILENT_SEC : MISSING_SEC);
        }
    }

    private void fail(long nowMs, int seconds) {
        state = FAILED;
        goodUntilMs = nowMs + 1000L * seconds;
        locator.finished(this, nowMs);
    }

    /** @return index of the target to use at an attempt; -1: none is left */
    int choose(int attempt, long nowMs) {
        usedMs = nowMs;
        if (attempt >= targetCount) {
            return -1;
        }
        int soonest = -1;
        for (int i = 0; i < targetCount; i++) {
            if (downUntilMs[i] - nowMs <= 0) {
                return i;
            }
            if (!refused[i] && (soonest < 0 || downUntilMs[i] < downUntilMs[soonest])) {
                soonest = i;
            }
        }
        return soonest;
    }

    /** Leaves a target aside. @param said the server itself asked for that */
    void setDown(Flow flow, long untilMs, boolean said) {
        for (int i = 0; i < targetCount; i++) {
            if (targets[i].sameEnd(flow)) {
                downUntilMs[i] = untilMs;
                refused[i] = said;
            }
        }
    }

    /** It answered: it is not aside any more. */
    void setUp(Flow flow, long nowMs) {
        for (int i = 0; i < targetCount; i++) {
            if (targets[i].sameEnd(flow)) {
                downUntilMs[i] = nowMs;
                refused[i] = false;
            }
        }
    }

    Flow target(int i) {
        return targets[i];
    }

    int state() {
        return state;
    }

    boolean isAsking() {
        return state == NAPTR || state == SRV || state == ADDRESS || state == MESSAGING;
    }

    boolean isFresh(long nowMs) {
        return (state == READY || state == FAILED) && goodUntilMs - nowMs > 0;
    }

    long usedMs() {
        return usedMs;
    }
}
