package org.sidetone.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sidetone.Bench;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;
import org.sidetone.port.Flow;
import org.sidetone.doc.filter.SimpleFilters;
import org.sidetone.port.Wire;
import org.sidetone.sip.SipMessage;

class SubscriptionTest implements SubscriptionUser {
    private static final byte[] PRESENCE = "presence".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PIDF = "application/pidf+xml".getBytes(StandardCharsets.US_ASCII);

    private final Bench bench = new Bench();
    private final Subscriber subscriber = new Subscriber(bench.agent, bench.capacity);
    private final List<String> states = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();
    private Subscription subscription;
    private boolean forks;
    private byte[] filter;

    @Override
    public void onSubscription(Subscription of, int state, long nowMs) {
        states.add(Subscription.name(state));
    }

    @Override
    public byte[] filter(int id) {
        return filter;
    }

    @Override
    public byte[] bodyType(int id) {
        return SimpleFilters.CONTENT_TYPE;
    }

    @Test
    void aFilterIsAskedForOnceInADialogAndDroppedWhereItIsNotTaken() {
        filter = "<filter-set/>".getBytes(StandardCharsets.US_ASCII);
        String subscribe = start();
        assertEquals("application/simple-filter+xml", Bench.header(subscribe, "Content-Type"));
        assertEquals("<filter-set/>", Bench.body(subscribe));
        bench.answer(subscribe, "200 OK", "Expires: 600\r\n");
        bench.notify(subscribe, 1, "active;expires=600", "", "a");
        bench.take();
        assertEquals("", Bench.body(bench.runUntilSent(600_000)), "it stays in force");
        subscription = null;
        for (String refusal : List.of("415 Unsupported Media Type", "488 Not Acceptable Here")) {
            String with = start();
            bench.answer(with, refusal, "");
            String without = bench.take();
            assertEquals("", Bench.body(without));
            assertNotEquals(Bench.header(with, "Call-ID"), Bench.header(without, "Call-ID"));
            bench.notify(without, 1, "active;expires=600", "", "a");
            bench.take();
            assertEquals(Subscription.ACTIVE, subscription.state());
        }
    }

    @Override
    public String parameters(int id) {
        return "";
    }

    @Override
    public void onTooLarge(Subscription subscription, long nowMs) {
        throw new AssertionError("there is room");
    }

    @Override
    public boolean takesForks() {
        return forks;
    }

    @Override
    public boolean takesLists(int id) {
        return false;
    }

    @Override
    public int onNotify(Subscription of, SipMessage notify, long nowMs) {
        bodies.add(notify.body(new Slice()).toString());
        return 200;
    }

    private final List<String> records = new ArrayList<>();

    private void keeps() {
        subscriber.setKeeper(new SubscriptionKeeper() {
            @Override
            public void keep(Subscription s) {
                byte[] b = new byte[1000];
                ByteSink sink = new ByteSink().wrap(b);
                s.putRecord(sink);
                records.add(new String(b, 0, sink.length(), StandardCharsets.US_ASCII));
            }

            @Override
            public void forget(Subscription s) {
                records.add("");
            }
        });
    }

    private Subscription restore(String record) {
        return subscriber.restore(bench.account, PRESENCE, PIDF, new Slice().wrap("sip:bob@example.test".getBytes(StandardCharsets.US_ASCII)), 600, this, 7,
                new Slice().wrap(record.getBytes(StandardCharsets.US_ASCII)), bench.nowMs);
    }

    @Test
    void aDialogIsKeptOnceForAThousandRequests() {
        keeps();
        String subscribe = start();
        subscription.keepAt(3);
        bench.answer(subscribe, "200 OK", "Expires: 600\r\nContact: <sip:bob@192.0.2.2>\r\n");
        bench.notify(subscribe, 1, "active;expires=600", "", "a");
        bench.take();
        assertEquals(1, records.size());
        long first = Long.parseLong(Bench.header(subscribe, "CSeq").split(" ")[0]);
        for (int i = 0; i < 1005; i++) {
            String refresh = bench.runUntilSent(bench.nowMs + 600_000);
            bench.answer(refresh, "204 No Notification", "Expires: 600\r\n");
        }
        assertEquals(2, records.size());
        long reserved = Long.parseLong(records.get(0).split("\n")[9]);
        assertEquals(first + 1000, reserved);
        assertTrue(Long.parseLong(records.get(1).split("\n")[9]) > reserved);
        subscription.unsubscribe(bench.nowMs);
        bench.take();
        bench.notify(subscribe, 2, "terminated;reason=timeout", "", "");
        assertEquals("", records.get(2), "and nothing once it is over");
    }

    @Test
    void aKeptDialogIsGoneOnWithAndReplacedWhenTheNotifierDoesNotKnowIt() {
        keeps();
        String subscribe = start();
        subscription.keepAt(3);
        bench.answer(subscribe, "200 OK", "Expires: 600\r\n");
        bench.notify(subscribe, 5, "active;expires=600", "Record-Route: <sip:192.0.2.50;lr>\r\n", "a");
        bench.take();
        String record = records.get(0);
        subscription.unsubscribe(bench.nowMs);
        bench.answer(bench.take(), "200 OK", "");
        bench.notify(subscribe, 6, "terminated;reason=timeout", "", "");
        bench.take();
        subscription = restore(record);
        String refresh = bench.take();
        assertEquals(Bench.header(subscribe, "Call-ID"), Bench.header(refresh, "Call-ID"));
        assertEquals(Bench.header(subscribe, "From"), Bench.header(refresh, "From"));
        assertTrue(Bench.header(refresh, "To").endsWith(";tag=server"), refresh);
        assertTrue(refresh.startsWith("SUBSCRIBE sip:bob@192.0.2.2 "), refresh);
        assertEquals("<sip:192.0.2.50;lr>", Bench.header(refresh, "Route"));
        assertTrue(Long.parseLong(Bench.header(refresh, "CSeq").split(" ")[0]) > Long.parseLong(Bench.header(subscribe, "CSeq").split(" ")[0]) + 999);
        bench.answer(refresh, "481 Call/Transaction Does Not Exist", "");
        String anew = bench.take();
        assertNotEquals(Bench.header(refresh, "Call-ID"), Bench.header(anew, "Call-ID"));
        assertTrue(anew.startsWith("SUBSCRIBE sip:bob@example.test "), anew);
        bench.notify(anew, 1, "active;expires=600", "", "new");
        assertEquals(Subscription.ACTIVE, subscription.state());
    }

    @Test
    void aKeptDialogThatCannotBeAskedForAtOnceIsBegunAnewLater() {
        keeps();
        String subscribe = start();
        subscription.keepAt(3);
        bench.answer(subscribe, "200 OK", "Expires: 600\r\nContact: <sip:bob@192.0.2.2>\r\n");
        bench.notify(subscribe, 1, "active;expires=600", "", "a");
        bench.take();
        String record = records.get(0);
        records.clear();
        bench.answer = Wire.UNREACHABLE;
        subscription = restore(record);
        bench.answer = Wire.SENT;
        assertEquals(List.of(), records, "whose place nobody has said yet cannot be forgotten");
        subscription.keepAt(3);
        String anew = bench.runUntilSent(bench.nowMs + 600_000);
        assertNotEquals(Bench.header(subscribe, "Call-ID"), Bench.header(anew, "Call-ID"));
        bench.answer(anew, "200 OK", "Expires: 600\r\nContact: <sip:bob@192.0.2.2>\r\n");
        bench.notify(anew, 1, "active;expires=600", "", "new");
        assertEquals(1, records.size(), "the new dialog takes the place of the old");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "presence\nsip:carol@example.test\nsip:alice@example.test\nsip:bob@example.test\nc\nl\nr\nsip:x@y\n\n9\n",
        "presence\nsip:bob@example.test\nsip:mallory@example.test\nsip:bob@example.test\nc\nl\nr\nsip:x@y\n\n9\n", "presence\nsip:bob@example.test\nsip:alice@example.test\nsip:bob@example.test\nc\nl\n\nsip:x@y\n\n9\n",
        "presence\nsip:bob@example.test\nsip:alice@example.test\nsip:bob@example.test\nc\nl\nr\nsip:x@y\n\nnine\n", "presence\nsip:bob@example.test\nsip:alice@example.test\nsip:bob@example.test\nc\nl\nr\nsip:x@y\n\n9"})
    void aRecordOfSomethingElseIsNotTaken(String record) {
        assertEquals(null, restore(record));
        assertTrue(bench.sent.isEmpty());
        assertEquals(0, subscriber.inUse());
    }

    /** A NOTIFY of another notifier that the SUBSCRIBE reached. */
    private String other(String subscribe, int cseq, String state, String body) {
        bench.notify(subscribe, cseq, state, "", body, "other");
        return bench.take();
    }

    @Test
    void withoutForksAnotherNotifierGets481() {
        String subscribe = active();
        assertTrue(other(subscribe, 1, "active;expires=600", "b").startsWith("SIP/2.0 481 "));
        assertEquals(1, subscriber.inUse());
    }

    @Test
    void withForksEachNotifierHasASubscriptionOfItsOwn() {
        forks = true;
        String subscribe = active();
        assertTrue(other(subscribe, 1, "active;expires=600", "b").startsWith("SIP/2.0 200 "));
        assertEquals(2, subscriber.inUse());
        assertTrue(other(subscribe, 2, "active;expires=600", "c").startsWith("SIP/2.0 200 "));
        assertTrue(other(subscribe, 2, "active;expires=600", "again").startsWith("SIP/2.0 500 "), "its CSeqs are its own");
        bench.notify(subscribe, 2, "active;expires=600", "", "d");
        assertTrue(bench.take().startsWith("SIP/2.0 200 "));
        assertEquals(2, subscriber.inUse());
        String one = bench.runUntilSent(600_000);
        bench.answer(one, "200 OK", "Expires: 600\r\n");
        String two = bench.runUntilSent(600_000);
        assertNotEquals(Bench.header(one, "To"), Bench.header(two, "To"), "each is refreshed");
        assertEquals(Bench.header(one, "From"), Bench.header(two, "From"));
    }

    @Test
    void oneOfAForkThatEndsIsFreeAndTheOtherGoesOn() {
        forks = true;
        String subscribe = active();
        other(subscribe, 1, "active;expires=600", "b");
        assertTrue(other(subscribe, 2, "terminated;reason=timeout", "").startsWith("SIP/2.0 200 "));
        assertEquals(1, subscriber.inUse());
        assertEquals(Subscription.ACTIVE, subscription.state());
    }

    @Test
    void leavingLeavesThemAll() {
        forks = true;
        String subscribe = active();
        other(subscribe, 1, "active;expires=600", "b");
        subscription.unsubscribe(bench.nowMs);
        assertEquals("0", Bench.header(bench.take(), "Expires"));
        assertEquals("0", Bench.header(bench.take(), "Expires"));
        bench.notify(subscribe, 2, "terminated;reason=timeout", "", "");
        bench.take();
        other(subscribe, 2, "terminated;reason=timeout", "");
        assertEquals(0, subscriber.inUse());
    }

    private String start() {
        subscription = subscriber.subscribe(bench.account, PRESENCE, PIDF,
                new Slice().wrap("sip:bob@example.test".getBytes(StandardCharsets.US_ASCII)), 600, this, 7, 0);
        return bench.take();
    }

    /** A subscription that is active, with a NOTIFY answered. @return its SUBSCRIBE */
    private String active() {
        String subscribe = start();
        bench.answer(subscribe, "200 OK", "Expires: 600\r\nContact: <sip:bob@192.0.2.2>\r\n");
        bench.notify(subscribe, 1, "active;expires=600", "", "a");
        assertTrue(bench.take().startsWith("SIP/2.0 200 "));
        assertEquals(Subscription.ACTIVE, subscription.state());
        return subscribe;
    }

    @Test
    @Shows("6665-4.1.2.4-3")
    void theNotifyThatComesBeforeTheResponseMakesTheDialog() {
        String subscribe = start();
        bench.notify(subscribe, 1, "active;expires=600", "", "early");
        assertTrue(bench.take().startsWith("SIP/2.0 200 "));
        assertEquals(Subscription.ACTIVE, subscription.state());
        bench.answer(subscribe, "200 OK", "Expires: 600\r\nContact: <sip:bob@192.0.2.2>\r\n");
        String refresh = bench.runUntilSent(600_000);
        assertTrue(Bench.header(refresh, "To").contains("tag=server"), refresh);
        assertEquals(List.of("early"), bodies);
    }

    @Test
    void theRoutesOfTheNotifyThatMadeTheDialogGoBackAndAreTaken() {
        String subscribe = start();
        bench.notify(subscribe, 1, "active;expires=600", "Record-Route: <sip:192.0.2.50;lr>\r\n", "early");
        assertEquals("<sip:192.0.2.50;lr>", Bench.header(bench.take(), "Record-Route"));
        bench.answer(subscribe, "200 OK", "Expires: 600\r\nContact: <sip:bob@192.0.2.2>\r\n");
        assertEquals("<sip:192.0.2.50;lr>", Bench.header(bench.runUntilSent(600_000), "Route"));
    }

    @Test
    @Shows({"3261-12.1.2-7", "3261-12.1.2-9"})
    void isRefreshedInItsDialogBetween40And50PercentOfTheTime() {
        String subscribe = active();
        String refresh = bench.runUntilSent(600_000);
        assertTrue(bench.nowMs >= 240_000 && bench.nowMs <= 300_000, "at " + bench.nowMs);
        assertTrue(refresh.startsWith("SUBSCRIBE sip:bob@192.0.2.2 SIP/2.0"), refresh);
        assertEquals(Bench.header(subscribe, "Call-ID"), Bench.header(refresh, "Call-ID"));
    }

    @Test
    void theExpiresOfANotifyMovesTheRefresh() {
        String subscribe = active();
        bench.notify(subscribe, 2, "active;expires=60", "", "b");
        bench.take();
        bench.runUntilSent(600_000);
        assertTrue(bench.nowMs >= 24_000 && bench.nowMs <= 30_000, "at " + bench.nowMs);
    }

    @Test
    @Shows({"3261-8.1.1.8-3", "3261-12.1.2-2", "3261-12.2.1.1-18"})
    void toASipsUriGoesASipsContact() {
        bench.agent.locator().support(Flow.TLS, true);
        bench.account.server.set(Flow.TLS, 0, 0xFFFF00000000L | 0xC0000202L, 5061, 9);
        subscription = subscriber.subscribe(bench.account, PRESENCE, PIDF, new Slice().wrap("sips:bob@example.test".getBytes(StandardCharsets.US_ASCII)), 600, this, 7, 0);
        String subscribe = bench.take();
        assertTrue(Bench.header(subscribe, "Contact").startsWith("<sips:alice@"), subscribe);
        bench.answer(subscribe, "200 OK", "Expires: 600\r\n");
        bench.notify(subscribe, 1, "active;expires=600", "Record-Route: <sips:192.0.2.50;lr>\r\n", "a");
        bench.take();
        String refresh = bench.runUntilSent(600_000);
        assertTrue(Bench.header(refresh, "Contact").startsWith("<sips:alice@"), "its first route is sips: " + refresh);
        assertTrue(Bench.header(start(), "Contact").startsWith("<sip:alice@"));
    }

    @Test
    void pendingIsNotActive() {
        String subscribe = start();
        bench.answer(subscribe, "200 OK", "Expires: 600\r\nContact: <sip:bob@192.0.2.2>\r\n");
        bench.notify(subscribe, 1, "pending;expires=600", "", "");
        assertEquals(Subscription.PENDING, subscription.state());
        bench.notify(subscribe, 2, "active;expires=600", "", "now");
        assertEquals(List.of("notify-wait", "pending", "active"), states);
    }

    /** RFC 6665 section 4.1.3: what each reason means for the subscriber. */
    @ParameterizedTest
    @CsvSource({
        "terminated;reason=deactivated, retry-wait, 0, 1000",
        "terminated;expires=3600;reason=deactivated, retry-wait, 0, 1000",
        "terminated;reason=timeout, retry-wait, 0, 1000",
        "terminated;reason=probation;retry-after=90, retry-wait, 90000, 90000",
        "terminated;reason=probation, retry-wait, 1000, 4000",
        "terminated;reason=giveup;retry-after=20, retry-wait, 20000, 20000",
        "terminated;reason=giveup, retry-wait, 1000, 4000",
        "terminated, retry-wait, 1000, 4000",
        "terminated;reason=tired, retry-wait, 1000, 4000",
        "terminated;reason=rejected, refused, -1, -1",
        "terminated;reason=noresource, refused, -1, -1",
        "terminated;reason=invariant, refused, -1, -1"})
    @Shows({"6665-4.1.3-6", "6665-4.1.3-7"})
    void eachReasonForTheEndIsObeyed(String subscriptionState, String state, long earliestMs, long latestMs) {
        String subscribe = active();
        bench.notify(subscribe, 2, subscriptionState, "", "");
        assertTrue(bench.take().startsWith("SIP/2.0 200 "));
        assertEquals(state, Subscription.name(subscription.state()));
        if (earliestMs < 0) {
            bench.runTo(10_000_000);
            assertTrue(bench.sent.isEmpty(), "never again by itself");
            return;
        }
        String anew = bench.runUntilSent(10_000_000);
        assertTrue(bench.nowMs >= earliestMs && bench.nowMs <= latestMs, "at " + bench.nowMs);
        assertNotEquals(Bench.header(subscribe, "Call-ID"), Bench.header(anew, "Call-ID"), "a dialog of its own");
        assertFalse(Bench.header(anew, "To").contains("tag="), anew);
        assertTrue(anew.startsWith("SUBSCRIBE sip:bob@example.test "), anew);
    }

    /** RFC 6665 sections 4.1.2.1 and 4.1.2.2. */
    @ParameterizedTest
    @CsvSource({"489 Bad Event, refused", "403 Forbidden, refused", "404 Not Found, refused", "603 Decline, refused",
        "500 Server Internal Error, retry-wait", "480 Temporarily Unavailable, retry-wait"})
    void aRefusedSubscribeEndsOrWaits(String status, String state) {
        bench.answer(start(), status, "");
        assertEquals(state, Subscription.name(subscription.state()));
    }

    @Test
    void a503SaysItselfWhenToComeBack() {
        bench.answer(start(), "503 Service Unavailable", "Retry-After: 77\r\n");
        bench.runUntilSent(1_000_000);
        assertEquals(77_000, bench.nowMs);
    }

    @Test
    void an423IsAskedAgainWithTheMinimum() {
        bench.answer(start(), "423 Interval Too Brief", "Min-Expires: 3600\r\n");
        assertEquals("3600", Bench.header(bench.take(), "Expires"));
    }

    @Test
    void a481ToARefreshGivesACleanNewSubscription() {
        String subscribe = active();
        bench.answer(bench.runUntilSent(600_000), "481 Subscription does not exist", "");
        long refused = bench.nowMs;
        String anew = bench.runUntilSent(refused + 10_000);
        assertTrue(bench.nowMs - refused <= 1_000);
        assertNotEquals(Bench.header(subscribe, "Call-ID"), Bench.header(anew, "Call-ID"));
    }

    @Test
    void another5xxToARefreshLeavesTheSubscriptionUntilItExpires() {
        String subscribe = active();
        bench.answer(bench.runUntilSent(600_000), "500 Server Internal Error", "");
        assertEquals(Subscription.ACTIVE, subscription.state());
        String again = bench.runUntilSent(600_000);
        assertEquals(Bench.header(subscribe, "Call-ID"), Bench.header(again, "Call-ID"));
    }

    @Test
    void withoutANotifyTimerNEndsIt() {
        String subscribe = start();
        bench.answer(subscribe, "200 OK", "Expires: 600\r\nContact: <sip:bob@192.0.2.2>\r\n");
        bench.runTo(31_999);
        assertEquals(Subscription.NOTIFY_WAIT, subscription.state());
        bench.runTo(32_000);
        assertEquals(Subscription.RETRY_WAIT, subscription.state());
    }

    @Test
    void aNotifyOutOfOrderIsRefusedAndChangesNothing() {
        String subscribe = active();
        bench.notify(subscribe, 5, "active;expires=600", "", "five");
        assertTrue(bench.take().startsWith("SIP/2.0 200 "));
        bench.notify(subscribe, 4, "active;expires=600", "", "four");
        assertTrue(bench.take().startsWith("SIP/2.0 500 "));
        assertEquals(List.of("a", "five"), bodies);
    }

    @Test
    @Shows({"3261-12.2.2-2", "6665-4.1.3-1"})
    void aNotifyOfAnotherDialogGets481() {
        String subscribe = active();
        bench.notify(subscribe.replace("Call-ID: ", "Call-ID: other"), 2, "active", "", "x");
        assertTrue(bench.take().startsWith("SIP/2.0 481 "));
        assertEquals(List.of("a"), bodies);
    }

    @Test
    void unsubscribingAsksForNothingMoreAndWaitsForTheLastNotify() {
        String subscribe = active();
        subscription.unsubscribe(bench.nowMs);
        String last = bench.take();
        assertEquals("0", Bench.header(last, "Expires"));
        bench.answer(last, "200 OK", "Expires: 0\r\n");
        assertEquals(Subscription.LEAVING, subscription.state());
        bench.notify(subscribe, 2, "terminated;reason=timeout", "", "");
        assertEquals(Subscription.FREE, subscription.state());
        assertEquals(0, subscriber.inUse());
        bench.runTo(10_000_000);
        assertEquals(1, bench.sent.size(), "the 200 to the NOTIFY alone");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405, 410, 416, 480, 481, 482, 483, 484, 485, 489, 501, 604})
    @Shows("6665-4.1.2.2-1")
    void theseRefusalsOfARefreshEndTheSubscription(int status) {
        active();
        bench.answer(bench.runUntilSent(600_000), status + " No", "");
        assertEquals(Subscription.RETRY_WAIT, subscription.state());
    }

    @Test
    @Shows({"6665-8.3.1-1", "6665-3.1.2-1", "3856-6.5-3"})
    void a202MeansWhatA200Does() {
        String subscribe = start();
        assertEquals("presence", Bench.header(subscribe, "Event"));
        assertEquals("application/pidf+xml", Bench.header(subscribe, "Accept"));
        bench.answer(subscribe, "202 Accepted", "Expires: 100\r\nContact: <sip:bob@192.0.2.2>\r\n");
        bench.notify(subscribe, 1, "active", "", "a");
        bench.take();
        bench.runUntilSent(600_000);
        assertTrue(bench.nowMs >= 40_000 && bench.nowMs <= 50_000, "its Expires counts: " + bench.nowMs);
    }

    @Test
    @Shows("6665-4.1.3-3")
    void aNotifyWithoutAStateIsRefused() {
        String subscribe = active();
        String notify = "NOTIFY sip:alice@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKnone\r\nFrom: "
                + Bench.header(subscribe, "To") + ";tag=server\r\nTo: " + Bench.header(subscribe, "From") + "\r\nCall-ID: "
                + Bench.header(subscribe, "Call-ID") + "\r\nCSeq: 9 NOTIFY\r\nEvent: presence\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
        bench.arrives(notify);
        assertTrue(bench.take().startsWith("SIP/2.0 400 "));
        assertEquals(Subscription.ACTIVE, subscription.state());
    }

    private void notifyFromFork(String subscribe, String tag, int cseq, String body) {
        bench.arrives("NOTIFY sip:alice@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bK" + tag + cseq + "\r\nFrom: "
                + Bench.header(subscribe, "To") + ";tag=" + tag + "\r\nTo: " + Bench.header(subscribe, "From") + "\r\nCall-ID: "
                + Bench.header(subscribe, "Call-ID") + "\r\nCSeq: " + cseq + " NOTIFY\r\nEvent: presence\r\nMax-Forwards: 70\r\n"
                + "Contact: <sip:bob@192.0.2.8>\r\nSubscription-State: active;expires=600\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    @Test
    @Shows("6665-4.1.4-1")
    void theNotifyMakesTheDialogThoughTheAnswerWasOfAnotherFork() {
        String subscribe = start();
        bench.answer(subscribe, "200 OK", "Expires: 600\r\nContact: <sip:bob@192.0.2.2>\r\n");
        notifyFromFork(subscribe, "fork", 1, "a");
        assertTrue(bench.take().startsWith("SIP/2.0 200 "));
        assertEquals(Subscription.ACTIVE, subscription.state());
        notifyFromFork(subscribe, "other", 1, "b");
        assertTrue(bench.take().startsWith("SIP/2.0 481 "), "one subscription, one dialog");
        String refresh = bench.runUntilSent(600_000);
        assertTrue(refresh.startsWith("SUBSCRIBE sip:bob@192.0.2.8 ") && Bench.header(refresh, "To").endsWith(";tag=fork"), refresh);
    }

    @Test
    void anExpiredSubscriptionIsMadeAnew() {
        active();
        bench.answer = Wire.NO_ROOM;
        bench.runTo(600_000);
        assertEquals(Subscription.RETRY_WAIT, subscription.state());
    }

    @Test
    void aChallengeWithinTheDialogIsAnswered() {
        active();
        bench.answer(bench.runUntilSent(600_000), "407 Proxy Authentication Required",
                "Proxy-Authenticate: Digest realm=\"example.test\", nonce=\"n\", qop=\"auth\"\r\n");
        String again = bench.take();
        assertTrue(Bench.header(again, "Proxy-Authorization").contains("nonce=\"n\""), again);
        assertTrue(Bench.header(again, "To").contains("tag=server"), again);
        assertEquals(Subscription.ACTIVE, subscription.state());
    }

    @Test
    void aServerThatCannotBeReachedIsTriedAgain() {
        bench.answer = Wire.UNREACHABLE;
        subscription = subscriber.subscribe(bench.account, PRESENCE, PIDF,
                new Slice().wrap("sip:bob@example.test".getBytes(StandardCharsets.US_ASCII)), 600, this, 7, 0);
        assertEquals(Subscription.RETRY_WAIT, subscription.state());
        bench.answer = Wire.SENT;
        assertTrue(bench.runUntilSent(10_000).startsWith("SUBSCRIBE "));
        assertEquals(Subscription.NOTIFY_WAIT, subscription.state());
    }

    /** RFC 5839 section 5.6. */
    @Test
    @Shows("6665-4.1.2.2-2")
    void aRefreshSaysWhichStateItHasAndNeedsNoNotify() {
        String subscribe = active();
        bench.notify(subscribe, 2, "active;expires=600", "SIP-ETag: e1\r\n", "b");
        bench.take();
        String refresh = bench.runUntilSent(600_000);
        assertEquals("e1", Bench.header(refresh, "Suppress-If-Match"));
        bench.answer(refresh, "204 No Notification", "Expires: 600\r\n");
        bench.runTo(bench.nowMs + 60_000);
        assertEquals(Subscription.ACTIVE, subscription.state(), "no NOTIFY is waited for");
        long refreshed = bench.nowMs;
        bench.notify(subscribe, 3, "active;expires=600", "", "c");
        bench.take();
        assertEquals(null, Bench.header(bench.runUntilSent(refreshed + 600_000), "Suppress-If-Match"), "a state without a tag is no condition");
    }

    /** RFC 5839 section 5.7. */
    @Test
    void withTheTagTheEndIsTheAnswer() {
        String subscribe = active();
        bench.notify(subscribe, 2, "active;expires=600", "SIP-ETag: e1\r\n", "b");
        bench.take();
        subscription.unsubscribe(bench.nowMs);
        bench.answer(bench.take(), "204 No Notification", "");
        assertEquals(Subscription.FREE, subscription.state());
    }

    @Test
    void aNewDialogHasNoCondition() {
        String subscribe = active();
        bench.notify(subscribe, 2, "active;expires=600", "SIP-ETag: e1\r\n", "b");
        bench.take();
        bench.notify(subscribe, 3, "terminated;reason=deactivated", "", "");
        bench.take();
        assertEquals(null, Bench.header(bench.runUntilSent(600_000), "Suppress-If-Match"));
    }

    /** RFC 6446 section 5.1. */
    @Test
    void aWishForARateGoesOutAtOnceAndWithEachRefresh() {
        active();
        assertTrue(subscription.wish(";max-rate=0.2", bench.nowMs));
        String refresh = bench.take();
        assertEquals("presence;max-rate=0.2", Bench.header(refresh, "Event"));
        bench.answer(refresh, "200 OK", "Expires: 600\r\n");
        assertEquals("presence;max-rate=0.2", Bench.header(bench.runUntilSent(bench.nowMs + 600_000), "Event"));
    }
}
