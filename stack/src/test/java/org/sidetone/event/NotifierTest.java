package org.sidetone.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sidetone.Bench;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;
import org.sidetone.doc.filter.SimpleFilters;
import org.sidetone.port.Capacity;
import org.sidetone.presence.PresenceFilterRules;
import org.sidetone.sip.Header;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.transaction.ClientTransaction;

/** The notifier of RFC 6665 section 4.2 with RFC 6446 and RFC 5839; the test plays the watcher. */
class NotifierTest implements EventPackage {
    private final Bench bench = new Bench();
    private final Notifier notifier;
    private int standing = ALLOW;
    private String resourceName = "alice";
    private boolean proven = true;
    private long tag = 7;
    private String state = "one";
    private int sequence;
    private String toTag;

    NotifierTest() {
        Capacity capacity = Capacity.desk();
        capacity.watchers = 4;
        notifier = new Notifier(bench.agent, capacity, 60, 7200);
        notifier.register(this);
    }

    @Override
    public byte[] name() {
        return "presence".getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public byte[] contentType() {
        return "text/plain".getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void putTypeParameters(ByteSink out) {
        // it has none
    }

    @Override
    public byte[] bodyType() {
        return null;
    }

    @Override
    public int takeBody(WatcherSubscription subscription, SipMessage subscribe) {
        return 200;
    }

    @Override
    public byte[] required() {
        return null;
    }

    @Override
    public long defaultExpiresSec() {
        return 3600;
    }

    @Override
    public long shortestIntervalMs() {
        return 0;
    }

    @Override
    public int authorize(SipMessage subscribe, FixedText resource, FixedText watcher, long nowMs) {
        resource.set(resourceName);
        watcher.set("bob");
        return standing;
    }

    @Override
    public boolean isProven(SipMessage subscribe, Slice watcher, long nowMs) {
        return proven;
    }

    @Override
    public void putChallenges(SipWriter out) {
        out.header(Header.WWW_AUTHENTICATE, "Digest realm=\"r\", nonce=\"n\"");
    }

    @Override
    public int standing(Slice resource, Slice watcher, long nowMs) {
        return standing;
    }

    /** RFC 3261 section 12.1.1, RFC 6665 section 4.5.1. */
    @Test
    @Shows({"3261-12.1.1-4", "3856-9.2-4", "3903-14.4-3", "3903-14.5-2"})
    void whoAsksByASipsUriIsAnsweredWithOne() {
        sequence++;
        bench.arrives("SUBSCRIBE sips:alice@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKx\r\nFrom: <sips:bob@example.test>;tag=b\r\n"
                + "To: <sips:alice@example.test>\r\nCall-ID: x\r\nCSeq: 1 SUBSCRIBE\r\nMax-Forwards: 70\r\nContact: <sips:bob@192.0.2.2>\r\nEvent: presence\r\n"
                + "Content-Length: 0\r\n\r\n");
        assertTrue(Bench.header(bench.take(), "Contact").startsWith("<sips:"));
        assertTrue(Bench.header(subscribe("presence", ""), "Contact").startsWith("<sip:"));
    }

    @Test
    @Shows("6665-4.5.1-1")
    void aNotifierWithAGruuIsReachedByIt() {
        bench.account.usesGruu = true;
        bench.account.gruu.set("sip:alice@example.test;gr=urn:uuid:1");
        resourceName = "sip:alice@example.test";
        assertEquals("<sip:alice@example.test;gr=urn:uuid:1>", Bench.header(subscribe("presence", ""), "Contact"));
        assertEquals("<sip:alice@example.test;gr=urn:uuid:1>", Bench.header(notified(), "Contact"));
    }

    /** Tells {@code old>new}, and the whole as {@code =new}, each with its number; what is said in capitals cannot be told as a change. */
    @Override
    public PartialState partial() {
        return new PartialState() {
            @Override
            public byte[] contentType() {
                return "text/change".getBytes(StandardCharsets.US_ASCII);
            }

            @Override
            public boolean writeFull(Slice whole, long version, ByteSink out) {
                out.putDecimal(version).put('=').put(whole);
                return true;
            }

            @Override
            public boolean writeChange(Slice before, Slice whole, long version, ByteSink out) {
                if (Character.isUpperCase(whole.byteAt(0))) {
                    return false;
                }
                out.putDecimal(version).put(':').put(before).put('>').put(whole);
                return true;
            }
        };
    }

    private static final String CHANGES = "Accept: text/plain;q=0.3, text/change\r\n";

    @Test
    void aWatcherWhoWantsToHearsOfChangesAlone() {
        subscribe("presence", CHANGES);
        String first = notified();
        assertEquals("text/change", Bench.header(first, "Content-Type"));
        assertEquals("1=one", Bench.body(first));
        change("two");
        assertEquals("2:one>two", Bench.body(notified()));
        change("Three");
        assertEquals("3=Three", Bench.body(notified()), "the whole where a change cannot be told");
        change("four");
        assertEquals("4:Three>four", Bench.body(notified()));
        subscribe("presence", CHANGES);
        assertEquals("5=four", Bench.body(notified()), "a SUBSCRIBE asks for the whole");
        subscribe("presence", "Accept: text/plain\r\n");
        String plain = notified();
        assertEquals("text/plain", Bench.header(plain, "Content-Type"));
        assertEquals("four", Bench.body(plain));
        subscribe("presence", CHANGES);
        assertEquals("6=four", Bench.body(notified()), "the numbers go on");
    }

    @Test
    void qualitiesDecide() {
        subscribe("presence", "Accept: text/plain, text/change;q=0.5\r\n");
        assertEquals("one", Bench.body(notified()));
        toTag = null;
        subscribe("presence;id=2", "Accept: */*\r\n");
        assertEquals("1=one", Bench.body(notified()), "as good as any other");
        toTag = null;
        assertTrue(subscribe("presence;id=3", "Accept: text/plain;q=0, text/html\r\n").startsWith("SIP/2.0 406 "));
    }

    @Test
    void afterANotifyThatDidNotArriveTheWholeIsToldAgain() {
        subscribe("presence", CHANGES);
        notified();
        change("two");
        String lost = bench.take();
        assertEquals("2:one>two", Bench.body(lost));
        bench.runTo(bench.nowMs + 63_000);
        String again = bench.sent.get(bench.sent.size() - 1);
        assertEquals("3=two", Bench.body(again));
    }

    @Test
    void oneIsUnderWayAtATime() {
        subscribe("presence", CHANGES);
        String first = bench.take();
        change("two");
        change("three");
        assertTrue(bench.sent.isEmpty());
        bench.answer(first, "200 OK", "");
        assertEquals("2:one>three", Bench.body(notified()));
    }

    @Test
    void withoutAFreePlaceTheWholeIsToldToThoseWhoWantChanges() {
        Capacity none = Capacity.desk();
        none.watchers = 4;
        none.partialDocuments = 1;
        new Notifier(bench.agent, none, 60, 7200).register(this);
        subscribe("presence", CHANGES);
        assertEquals("1=one", Bench.body(notified()));
        toTag = null;
        subscribe("presence;id=2", CHANGES);
        String second = notified();
        assertEquals("one", Bench.body(second));
        assertEquals("text/plain", Bench.header(second, "Content-Type"));
    }

    @Override
    public SimpleFilters.Mandatory filterRules() {
        return rules;
    }

    private SimpleFilters.Mandatory rules = new PresenceFilterRules();

    private static String filters(String... inside) {
        return "<filter-set xmlns=\"urn:ietf:params:xml:ns:simple-filter\">" + String.join("", inside) + "</filter-set>";
    }

    private static String filter(String id, String more, String inside) {
        return "<filter id=\"" + id + "\"" + more + ">" + inside + "</filter>";
    }

    private String subscribeWith(String body) {
        return subscribe("presence", "Content-Type: application/simple-filter+xml\r\n", body);
    }

    private static final String NO_B = "<what><exclude>/a/b</exclude></what>";
    private static final String NO_C = "<what><exclude>/a/c</exclude></what>";

    @Test
    void aFilterDecidesWhatIsTold() {
        state = "<a><b>1</b><c>2</c></a>";
        assertTrue(subscribeWith(filters(filter("1", "", NO_B))).startsWith("SIP/2.0 200 "));
        assertEquals("<a><c>2</c></a>", Bench.body(notified()));
        change("<a><b>3</b><c>4</c></a>");
        assertEquals("<a><c>4</c></a>", Bench.body(notified()));
        subscribe("presence", "");
        assertEquals("<a><c>4</c></a>", Bench.body(notified()), "a refresh leaves it");
        subscribeWith(filters(filter("1", "", NO_C)));
        assertEquals("<a><b>3</b></a>", Bench.body(notified()), "replaced by its id");
        subscribeWith(filters(filter("1", " enabled=\"false\"", "")));
        assertEquals("<a><b>3</b><c>4</c></a>", Bench.body(notified()));
        subscribeWith(filters(filter("1", " enabled=\"true\"", "")));
        assertEquals("<a><b>3</b></a>", Bench.body(notified()));
        subscribeWith(filters(filter("1", " remove=\"true\"", "")));
        assertEquals("<a><b>3</b><c>4</c></a>", Bench.body(notified()));
        subscribeWith(filters(filter("2", "", "<what><include>/a/d</include></what>")));
        String nothing = notified();
        assertEquals("", Bench.body(nothing));
        assertNull(Bench.header(nothing, "Content-Type"));
    }

    @Test
    void changesAloneAreOfWhatTheFilterLeaves() {
        state = "<a><b>1</b><c>2</c></a>";
        subscribe("presence", CHANGES + "Content-Type: application/simple-filter+xml\r\n", filters(filter("1", "", NO_B)));
        assertEquals("1=<a><c>2</c></a>", Bench.body(notified()));
        change("<a><b>1</b><c>3</c></a>");
        assertEquals("2:<a><c>2</c></a>><a><c>3</c></a>", Bench.body(notified()));
    }

    @Test
    void aTriggerDecidesWhen() {
        state = "<a><b>1</b><c>1</c></a>";
        subscribeWith(filters(filter("1", "", "<trigger><changed to=\"9\">/a/b</changed></trigger>")));
        assertEquals(state, Bench.body(notified()), "the first ignores triggers");
        change("<a><b>2</b><c>2</c></a>");
        nothingWasSent(1_000);
        change("<a><b>9</b><c>3</c></a>");
        assertEquals(state, Bench.body(notified()));
        change("<a><b>9</b><c>4</c></a>");
        nothingWasSent(2_000);
        subscribe("presence", "");
        assertEquals(state, Bench.body(notified()), "a refresh is answered in any case");
    }

    @Test
    void whatIsForSomethingElseIsLeftAndTheResourceGoesBeforeItsDomain() {
        state = "<a><b>1</b><c>2</c></a>";
        resourceName = "sip:alice@example.test";
        subscribeWith(filters(filter("1", " uri=\"sip:carol@example.test\"", NO_B), filter("2", " domain=\"example.com\"", NO_B)));
        assertEquals(state, Bench.body(notified()));
        subscribeWith(filters(filter("3", " domain=\"EXAMPLE.test\"", NO_B)));
        assertEquals("<a><c>2</c></a>", Bench.body(notified()));
        subscribeWith(filters(filter("4", " uri=\"sip:alice@Example.TEST:5060\"", NO_C)));
        assertEquals("<a><b>1</b></a>", Bench.body(notified()));
    }

    @Test
    void whatCannotBeHadIsRefusedAndChangesNothing() {
        state = "<a><b>1</b><c>2</c></a>";
        subscribeWith(filters(filter("1", "", NO_B)));
        notified();
        String two = subscribeWith(filters(filter("2", "", NO_C)));
        assertTrue(two.startsWith("SIP/2.0 488 "), "a second one for the same resource: " + two);
        assertTrue(Bench.header(two, "Warning").startsWith("399 "), two);
        assertTrue(subscribeWith(filters(filter("1", "", NO_C), filter("2", "", NO_B))).startsWith("SIP/2.0 488 "));
        assertTrue(subscribeWith("<filter-set/>").startsWith("SIP/2.0 488 "));
        assertTrue(subscribeWith(filters(filter("1", "", "<what><exclude>a[</exclude></what>"))).startsWith("SIP/2.0 488 "));
        assertTrue(subscribeWith(filters(filter("1", " remove=\"true\"", ""), filter("2", "", ""))).startsWith("SIP/2.0 488 "), "a new one must say something");
        assertTrue(subscribeWith(filters(filter("1", "", "<what><exclude>/a/" + "b".repeat(1100) + "</exclude></what>"))).startsWith("SIP/2.0 488 "));
        String type = subscribe("presence", "Content-Type: text/plain\r\n", "b");
        assertTrue(type.startsWith("SIP/2.0 415 "), type);
        assertEquals("application/simple-filter+xml", Bench.header(type, "Accept"));
        change("<a><b>3</b><c>4</c></a>");
        assertEquals("<a><c>4</c></a>", Bench.body(notified()), "the first is still in force");
        rules = null;
        assertTrue(subscribeWith(filters(filter("1", "", NO_B))).startsWith("SIP/2.0 415 "), "a package without filters");
    }

    @Test
    void filtersOfSubscriptionsThatEndAreFree() {
        state = "<a><b>1</b></a>";
        for (int i = 0; i < 20; i++) {
            toTag = null;
            assertTrue(subscribeWith(filters(filter("1", "", "<trigger><added>/a/c</added></trigger>"))).startsWith("SIP/2.0 200 "), "subscription " + i);
            notified();
            subscribe("presence", "Expires: 0\r\n");
            notified();
        }
    }

    @Override
    public long stateTag(Slice resource, Slice watcher, long nowMs) {
        return tag;
    }

    @Override
    public boolean writeState(Slice resource, Slice watcher, long version, long nowMs, ByteSink out) {
        out.put(state);
        return true;
    }

    @Override
    public boolean isAllTold(WatcherSubscription subscription) {
        return true;
    }

    @Override
    public boolean writeSince(long since, Slice resource, Slice watcher, long version, long nowMs, ByteSink out) {
        return false;
    }

    /** Sends a SUBSCRIBE, and hands the answer back. */
    private String subscribe(String event, String more) {
        return subscribe(event, more, "");
    }

    private String subscribe(String event, String more, String body) {
        sequence++;
        bench.arrives("SUBSCRIBE sip:alice@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKs" + sequence
                + "\r\nFrom: <sip:bob@example.test>;tag=b\r\nTo: <sip:alice@example.test>" + (toTag == null ? "" : ";tag=" + toTag)
                + "\r\nCall-ID: s\r\nCSeq: " + sequence + " SUBSCRIBE\r\nMax-Forwards: 70\r\nContact: <sip:bob@192.0.2.2>\r\nEvent: " + event
                + "\r\n" + more + "Content-Length: " + body.length() + "\r\n\r\n" + body);
        String answer = bench.take();
        toTag = Bench.param(Bench.header(answer, "To"), "tag");
        return answer;
    }

    private String open() {
        subscribe("presence", "");
        return notified();
    }

    /** Takes the NOTIFY that went out, and answers it 200. */
    private String notified() {
        String notify = bench.take();
        assertTrue(notify.startsWith("NOTIFY "), notify);
        bench.answer(notify, "200 OK", "");
        return notify;
    }

    private void change(String to) {
        tag++;
        state = to;
        notifier.stateChanged(this, new Slice().wrap("alice".getBytes(StandardCharsets.US_ASCII)), bench.nowMs);
    }

    private void nothingWasSent(long untilMs) {
        bench.runTo(untilMs);
        assertTrue(bench.sent.isEmpty(), bench.sent.toString());
    }

    @Test
    @Shows({"6665-3.1.1-2", "6665-3.1.1-3", "6665-3.1.1-4", "6665-3.2.1-1", "6665-3.2.1-2", "6665-4.2.1.1-7", "6665-4.2.1.2-1", "6665-4.2.1.4-1", "6665-4.2.2-1", "6665-4.2.2-5", "6665-4.2.2-6", "6665-4.2.2-7", "6665-4.5.2-7", "6665-8.3.1-2"})
    void theAnswerAndTheNotifySayHowLong() {
        String answer = subscribe("presence;id=7", "Expires: 600\r\n");
        assertTrue(answer.startsWith("SIP/2.0 200 "), answer);
        assertEquals("600", Bench.header(answer, "Expires"));
        String notify = notified();
        assertEquals("active;expires=600", Bench.header(notify, "Subscription-State"));
        assertEquals("presence;id=7", Bench.header(notify, "Event"));
        assertEquals("text/plain", Bench.header(notify, "Content-Type"));
        bench.runTo(100_000);
        change("two");
        assertEquals("active;expires=500", Bench.header(notified(), "Subscription-State"));
        assertEquals("7200", Bench.header(subscribe("presence;id=7", "Expires: 90000\r\n"), "Expires"), "cut, never more");
        assertEquals("active;expires=7200", Bench.header(notified(), "Subscription-State"));
        assertEquals("300", Bench.header(subscribe("presence;id=7", "Expires: 300\r\n"), "Expires"));
        assertEquals("active;expires=300", Bench.header(notified(), "Subscription-State"));
        assertEquals("3600", Bench.header(subscribe("presence;id=7", ""), "Expires"), "the package's own");
        notified();
        bench.runTo(100_000 + 3_600_000);
        assertEquals("terminated;reason=timeout", Bench.header(notified(), "Subscription-State"));
    }

    @Test
    @Shows("6665-8.2.1-2")
    void aSecondEventIsRefused() {
        assertTrue(subscribe("presence\r\nEvent: dialog", "").startsWith("SIP/2.0 400 "));
        assertEquals(0, notifier.inUse());
    }

    @Test
    @Shows({"6665-3.2.1-3", "3856-6.7-5"})
    void whoDoesNotReadWhatThereIsIsToldSo() {
        String answer = subscribe("presence", "Accept: text/html, application/xml\r\n");
        assertTrue(answer.startsWith("SIP/2.0 406 "), answer);
        assertEquals("text/plain", Bench.header(answer, "Accept"));
        assertEquals(0, notifier.inUse());
        for (String good : new String[] {"text/html, text/plain", "text/*", "*/*", "TEXT/PLAIN;q=0.1"}) {
            toTag = null;
            assertTrue(subscribe("presence", "Accept: " + good + "\r\n").startsWith("SIP/2.0 200 "), good);
            bench.answer(bench.take(), "481 Gone", "");
        }
    }

    @Test
    void theNewestOfABurstIsTold() {
        subscribe("presence", "");
        String first = bench.take();
        change("two");
        change("three");
        assertTrue(bench.sent.isEmpty(), "one NOTIFY at a time");
        bench.answer(first, "200 OK", "");
        assertEquals("three", Bench.body(notified()));
        assertTrue(bench.sent.isEmpty());
    }

    @Test
    void aChangeThatTheWatcherCannotSeeMakesNoNotify() {
        open();
        tag--;
        change("the same to him");
        assertTrue(bench.sent.isEmpty());
        change("another");
        assertEquals("another", Bench.body(notified()));
    }

    @Test
    @Shows("6665-4.2.1.1-1")
    void aPendingWatcherIsToldNothingUntilHeIsLetIn() {
        standing = PENDING;
        subscribe("presence", "");
        String pending = notified();
        assertTrue(Bench.header(pending, "Subscription-State").startsWith("pending;expires="), pending);
        assertEquals("", Bench.body(pending));
        change("two");
        assertTrue(bench.sent.isEmpty());
        standing = ALLOW;
        notifier.reconsider(this, bench.nowMs);
        String active = notified();
        assertTrue(Bench.header(active, "Subscription-State").startsWith("active;expires="), active);
        assertEquals("two", Bench.body(active));
    }

    @Test
    void aRefusedWatcherHearsItAndNothingElse() {
        standing = PENDING;
        subscribe("presence", "");
        notified();
        standing = FORBIDDEN;
        notifier.reconsider(this, bench.nowMs);
        String last = notified();
        assertEquals("terminated;reason=rejected", Bench.header(last, "Subscription-State"));
        assertEquals("", Bench.body(last));
        assertEquals(0, notifier.inUse());
    }

    @Test
    void whoHasToProveHimselfIsChallengedAtFirstAndAtARefresh() {
        standing = CHALLENGE;
        String answer = subscribe("presence", "");
        assertTrue(answer.startsWith("SIP/2.0 401 ") && answer.contains("WWW-Authenticate: Digest"), answer);
        assertEquals(0, notifier.inUse());
        standing = ALLOW;
        toTag = null;
        open();
        proven = false;
        assertTrue(subscribe("presence", "Expires: 0\r\n").startsWith("SIP/2.0 401 "));
        assertEquals(1, notifier.inUse(), "nobody else ends it");
        assertTrue(bench.sent.isEmpty());
    }

    @Test
    void whoIsShownAnotherStateHearsItAtOnce() {
        open();
        tag = 99;
        state = "offline to him";
        notifier.reconsider(this, bench.nowMs);
        assertEquals("offline to him", Bench.body(notified()));
        notifier.reconsider(this, bench.nowMs);
        assertTrue(bench.sent.isEmpty());
    }

    @Test
    void aRefusalWhileANotifyIsUnderWayIsSaidAfterIt() {
        subscribe("presence", "");
        String first = bench.take();
        standing = FORBIDDEN;
        notifier.reconsider(this, bench.nowMs);
        bench.answer(first, "200 OK", "");
        assertEquals("terminated;reason=rejected", Bench.header(notified(), "Subscription-State"));
        assertEquals(0, notifier.inUse());
    }

    @Test
    void silenceIsForgivenOnce() {
        subscribe("presence", "");
        bench.take();
        bench.runTo(32_000);
        bench.sent.clear();
        change("two");
        nothingWasSent(61_000);
        String again = bench.runUntilSent(63_000);
        assertEquals("two", Bench.body(again), "the newest state, 30 s after the silence");
        bench.answer(again, "200 OK", "");
        change("three");
        assertEquals("three", Bench.body(notified()));
        assertEquals(1, notifier.inUse());
    }

    @Test
    void silenceTwiceEndsIt() {
        subscribe("presence", "");
        bench.runTo(32_000 + 30_000 + 33_000);
        assertEquals(0, notifier.inUse());
        bench.sent.clear();
        nothingWasSent(4_000_000);
    }

    /** RFC 6665 section 4.2.2. */
    @Test
    @Shows("6665-4.2.2-4")
    void refusalsThatEndASubscriptionEndItAndOthersDoNot() {
        for (String gone : new String[] {"404 Not Found", "405 No", "410 Gone", "416 No", "480 No", "481 Subscription Does Not Exist",
            "482 No", "483 No", "484 No", "485 No", "489 Bad Event", "501 No", "604 Does Not Exist Anywhere"}) {
            toTag = null;
            subscribe("presence", "");
            bench.answer(bench.take(), gone, "");
            assertEquals(0, notifier.inUse(), gone);
        }
        toTag = null;
        subscribe("presence", "");
        bench.answer(bench.take(), "503 Service Unavailable", "Retry-After: 7\r\n");
        long before = bench.nowMs;
        assertNotNull(bench.runUntilSent(before + 60_000));
        assertEquals(before + 7_000, bench.nowMs);
    }

    /** RFC 6446 section 5.2. */
    @Test
    void changesComeNoFasterThanTheWatcherWishes() {
        subscribe("presence;max-rate=0.1", "");
        String first = notified();
        assertTrue(Bench.header(first, "Subscription-State").endsWith(";max-rate=0.1"), first);
        change("two");
        change("three");
        nothingWasSent(9_999);
        bench.runTo(10_000);
        assertEquals("three", Bench.body(notified()));
        subscribe("presence;max-rate=0.1", "");
        assertNotNull(notified(), "a SUBSCRIBE is answered at once");
        subscribe("presence", "");
        notified();
        change("four");
        assertEquals("four", Bench.body(notified()), "the wish was not said again");
    }

    /** RFC 6446 section 5.3. */
    @Test
    void aRateThatWouldSayNothingBeforeTheEndIsRaised() {
        subscribe("presence;max-rate=0.0000000001", "Expires: 100\r\n");
        String first = notified();
        assertTrue(Bench.header(first, "Subscription-State").endsWith(";max-rate=0.0100000000"), first);
    }

    /** RFC 6446 section 6.2. */
    @Test
    void theStateComesAtLeastAsOftenAsTheWatcherWishes() {
        subscribe("presence;min-rate=0.05", "");
        notified();
        bench.runTo(19_999);
        assertTrue(bench.sent.isEmpty());
        bench.runTo(20_000);
        assertEquals("one", Bench.body(notified()));
        bench.runTo(40_000);
        notified();
    }

    /** RFC 6446 section 7.4: the more came of themselves, the later the next has to. */
    @Test
    void theAdaptiveRateCountsWhatCame() {
        subscribe("presence;adaptive-min-rate=0.1", "");
        notified();
        bench.runTo(1_250);
        notified();
        bench.runTo(1_250 + 2_500);
        notified();
        bench.runTo(1_250 + 2_500 + 3_749);
        assertTrue(bench.sent.isEmpty());
        bench.runTo(1_250 + 2_500 + 3_750);
        notified();
    }

    @Test
    void aRateThatIsNoneIsNotKept() {
        for (String bad : new String[] {"0", "0.0", "-1", "100", "1.", ".5", "1.12345678901", "x", "\"1\""}) {
            toTag = null;
            subscribe("presence;max-rate=" + bad, "");
            String notify = bench.take();
            assertFalse(Bench.header(notify, "Subscription-State").contains("max-rate"), bad);
            bench.answer(notify, "481 Gone", "");
        }
    }

    /** RFC 6446 section 9.3. */
    @Test
    void theAnswerToANotifyMayChangeTheRate() {
        subscribe("presence", "");
        bench.answer(bench.take(), "200 OK", "Event: presence;max-rate=0.1\r\n");
        change("two");
        nothingWasSent(9_999);
        bench.runTo(10_000);
        assertTrue(Bench.header(notified(), "Subscription-State").endsWith(";max-rate=0.1"));
    }

    /** RFC 5839 sections 6.2, 6.3. */
    @Test
    void whoHasTheStateAlreadyIsNotToldAgain() {
        String etag = Bench.header(open(), "SIP-ETag");
        assertNotNull(etag);
        String answer = subscribe("presence", "Suppress-If-Match: " + etag + "\r\nExpires: 600\r\n");
        assertTrue(answer.startsWith("SIP/2.0 204 "), answer);
        assertEquals("600", Bench.header(answer, "Expires"));
        assertTrue(bench.sent.isEmpty());
        change("two");
        String notify = notified();
        assertEquals("two", Bench.body(notify));
        assertNotEquals(etag, Bench.header(notify, "SIP-ETag"));
        assertTrue(subscribe("presence", "Suppress-If-Match: " + etag + "\r\n").startsWith("SIP/2.0 200 "));
        assertEquals("two", Bench.body(notified()));
    }

    @Test
    void aStateThatComesBackIsToldThoughItWasTheConditionOnce() {
        String etag = Bench.header(open(), "SIP-ETag");
        assertTrue(subscribe("presence", "Suppress-If-Match: " + etag + "\r\n").startsWith("SIP/2.0 204 "));
        change("two");
        assertEquals("two", Bench.body(notified()));
        tag -= 2;
        change("one");
        String back = notified();
        assertEquals("one", Bench.body(back));
        assertEquals(etag, Bench.header(back, "SIP-ETag"));
    }

    @Test
    void aNewSubscriptionWithTheTagGetsANotifyWithoutABody() {
        String etag = Bench.header(open(), "SIP-ETag");
        toTag = null;
        assertTrue(subscribe("presence", "Suppress-If-Match: " + etag + "\r\n").startsWith("SIP/2.0 200 "));
        String notify = notified();
        assertEquals("", Bench.body(notify));
        assertNull(Bench.header(notify, "Content-Type"));
        assertEquals(etag, Bench.header(notify, "SIP-ETag"));
    }

    @Test
    void anAsteriskQuenchesTheSubscription() {
        open();
        assertTrue(subscribe("presence", "Suppress-If-Match: *\r\n").startsWith("SIP/2.0 204 "));
        change("two");
        assertTrue(bench.sent.isEmpty());
        assertTrue(subscribe("presence", "").startsWith("SIP/2.0 200 "));
        assertEquals("two", Bench.body(notified()));
    }

    /** RFC 5839 section 5.7. */
    @Test
    void withTheTagAnEndNeedsNoNotify() {
        String etag = Bench.header(open(), "SIP-ETag");
        assertTrue(subscribe("presence", "Suppress-If-Match: " + etag + "\r\nExpires: 0\r\n").startsWith("SIP/2.0 204 "));
        assertTrue(bench.sent.isEmpty());
        assertEquals(0, notifier.inUse());
    }

    @Test
    void aTagThatIsNoneOfOursIsNoCondition() {
        open();
        assertTrue(subscribe("presence", "Suppress-If-Match: zzz\r\n").startsWith("SIP/2.0 200 "));
        assertEquals("one", Bench.body(notified()));
    }

    /** Without room for a transaction at the moment of a change, the watcher hears of it later. */
    @Test
    void whatCannotBeSentIsToldLater() {
        subscribe("presence", "");
        notified();
        List<ClientTransaction> taken = new ArrayList<>();
        for (ClientTransaction one = bench.transactions.newClient(); one != null; one = bench.transactions.newClient()) {
            taken.add(one);
        }
        state = "two";
        tag++;
        notifier.stateChanged(this, new Slice().wrap(resourceName.getBytes(StandardCharsets.US_ASCII)), bench.nowMs);
        assertTrue(bench.sent.isEmpty());
        taken.forEach(ClientTransaction::abandon);
        assertEquals("two", Bench.body(bench.runUntilSent(bench.nowMs + 60_000)));
    }
}
