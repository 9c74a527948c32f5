package org.sidetone.event.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.sidetone.Bench;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;
import org.sidetone.sip.Header;
import org.sidetone.sip.SipMessage;

class PublisherTest implements EventState {
    private final Bench bench = new Bench();
    private final Publisher publisher = new Publisher(bench.agent, "presence".getBytes(StandardCharsets.US_ASCII), this);
    private String state = "one";
    private boolean another;
    private boolean accepts;
    private String tag;
    private int accepted;

    @Override
    public byte[] contentType() {
        return "text/plain".getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void write(boolean modifies, long nowMs, ByteSink out) {
        out.put(state).put(modifies && another ? "+" : "");
    }

    @Override
    public void onAccepted() {
        accepted++;
    }

    @Override
    public void onTag(FixedText entityTag) {
        tag = entityTag.toString();
    }

    @Override
    public void onServerAccepts(SipMessage accept) {
        accepts = accept.value(Header.ACCEPT, new Slice());
    }

    @Test
    void whatTheServerReadsIsHeard() {
        String first = start();
        published(first, "e1");
        assertFalse(accepts);
        publisher.changed(bench.nowMs);
        bench.answer(bench.take(), "200 OK", "SIP-ETag: e2\r\nExpires: 600\r\nAccept: text/plain\r\n");
        assertTrue(accepts);
    }

    @Override
    public boolean onTypeRefused() {
        boolean was = another;
        another = false;
        return was;
    }

    @Test
    void aTypeThatIsNotReadIsPublishedInTheOtherForm() {
        another = true;
        bench.answer(start(), "415 Unsupported Media Type", "Accept: text/plain\r\n");
        String again = bench.take();
        assertEquals("one", Bench.body(again));
        assertEquals(0, accepted);
        published(again, "e1");
        assertEquals(1, accepted);
        state = "two";
        publisher.changed(bench.nowMs);
        String modify = bench.take();
        assertEquals("two", Bench.body(modify), "and from now on");
        bench.answer(modify, "415 Unsupported Media Type", "");
        assertEquals(Publisher.WAITING, publisher.state(), "there is no third form");
    }

    @Test
    void aTagThatWasKeptIsGoneOnWithAndReplacedWhenItIsNotKnown() {
        publisher.start(bench.account, 600, new Slice().wrap("kept".getBytes(StandardCharsets.US_ASCII)), 0);
        String modify = bench.take();
        assertEquals("kept", Bench.header(modify, "SIP-If-Match"));
        assertEquals("one", Bench.body(modify), "what is so now may be another state than before");
        bench.answer(modify, "412 Conditional Request Failed", "");
        String initial = bench.take();
        assertNull(Bench.header(initial, "SIP-If-Match"));
        published(initial, "e9");
        assertEquals("e9", tag);
        publisher.stop(bench.nowMs);
        bench.answer(bench.take(), "200 OK", "");
        assertEquals("", tag, "nothing is published any more");
    }

    @Test
    void whatChangesIsToldToAServerThatHasTheRest() {
        another = true;
        published(start(), "e1");
        state = "two";
        publisher.changed(bench.nowMs);
        String modify = bench.take();
        assertEquals("two+", Bench.body(modify));
        bench.answer(modify, "412 Conditional Request Failed", "");
        assertEquals("two", Bench.body(bench.take()), "it lost what it had");
    }

    @Test
    void aChangeThatCannotBeAppliedIsFollowedByTheWhole() {
        another = true;
        published(start(), "e1");
        publisher.changed(bench.nowMs);
        bench.answer(bench.take(), "400 Bad Request", "");
        String whole = bench.take();
        assertNull(Bench.header(whole, "SIP-If-Match"));
        assertEquals("one", Bench.body(whole));
    }

    private String start() {
        publisher.start(bench.account, 600, 0);
        return bench.take();
    }

    private void published(String publish, String tag) {
        bench.answer(publish, "200 OK", "SIP-ETag: " + tag + "\r\nExpires: 600\r\n");
    }

    @Test
    @Shows({"3903-4.1-1", "3903-4.2-1", "3903-4.2-3"})
    void theInitialPublicationHasABodyAndNoTag() {
        String publish = start();
        assertTrue(publish.startsWith("PUBLISH sip:alice@example.test SIP/2.0\r\n"), publish);
        assertEquals("presence", Bench.header(publish, "Event"));
        assertEquals("600", Bench.header(publish, "Expires"));
        assertNull(Bench.header(publish, "SIP-If-Match"));
        assertEquals("one", Bench.body(publish));
        published(publish, "e1");
        assertEquals(Publisher.PUBLISHED, publisher.state());
    }

    @Test
    @Shows({"3903-4.1-2", "3903-4.1-3", "3903-4.3-1", "3903-4.3-2", "3903-4.3-4"})
    void aRefreshNamesTheTagAndHasNoBody() {
        published(start(), "e1");
        String refresh = bench.runUntilSent(600_000);
        assertTrue(bench.nowMs >= 240_000 && bench.nowMs <= 300_000, "at " + bench.nowMs);
        assertEquals("e1", Bench.header(refresh, "SIP-If-Match"));
        assertNull(Bench.header(refresh, "Content-Type"));
        assertEquals("", Bench.body(refresh));
        published(refresh, "e2");
        assertEquals("e2", Bench.header(bench.runUntilSent(1_200_000), "SIP-If-Match"), "each answer's tag is the next one's");
    }

    @Test
    @Shows({"3903-4-6", "3903-4.4-1", "3903-4.4-2", "3903-4.4-3"})
    void aChangeMeanwhileGoesOutAfterItAsTheNewestState() {
        String first = start();
        state = "two";
        publisher.changed(0);
        state = "three";
        publisher.changed(0);
        assertTrue(bench.sent.isEmpty(), "one at a time");
        published(first, "e1");
        String modify = bench.take();
        assertEquals("e1", Bench.header(modify, "SIP-If-Match"));
        assertEquals("three", Bench.body(modify));
        published(modify, "e2");
        assertTrue(bench.sent.isEmpty(), "nothing is left to say");
    }

    @Test
    @Shows({"3903-5-1", "3903-5-3"})
    void afterA412TheWholeStateIsPublishedAnewWithoutATag() {
        published(start(), "e1");
        bench.answer(bench.runUntilSent(600_000), "412 Conditional Request Failed", "");
        String anew = bench.take();
        assertNull(Bench.header(anew, "SIP-If-Match"));
        assertEquals("one", Bench.body(anew));
        published(anew, "f1");
        assertEquals(Publisher.PUBLISHED, publisher.state());
    }

    @Test
    void a423RaisesTheInterval() {
        bench.answer(start(), "423 Interval Too Brief", "Min-Expires: 900\r\n");
        String again = bench.take();
        assertEquals("900", Bench.header(again, "Expires"));
        assertEquals("one", Bench.body(again));
    }

    @Test
    @Shows({"3903-4-2", "3903-4-3"})
    void aRecordRouteOfTheAnswerMeansNothing() {
        bench.answer(start(), "200 OK", "SIP-ETag: e1\r\nExpires: 600\r\nRecord-Route: <sip:192.0.2.9;lr>\r\n");
        assertNull(Bench.header(bench.runUntilSent(600_000), "Route"));
    }

    @Test
    void aFailedModificationIsNotForgotten() {
        published(start(), "e1");
        state = "two";
        publisher.changed(0);
        bench.answer(bench.take(), "503 Service Unavailable", "");
        String again = bench.runUntilSent(60_000);
        assertEquals("two", Bench.body(again));
        assertEquals("e1", Bench.header(again, "SIP-If-Match"));
    }

    @Test
    @Shows("3903-14.2-2")
    void aChallengedModificationStillHasItsBody() {
        published(start(), "e1");
        state = "two";
        publisher.changed(0);
        bench.answer(bench.take(), "401 Unauthorized", "WWW-Authenticate: Digest realm=\"example.test\", nonce=\"n\", algorithm=MD5, qop=\"auth\"\r\n");
        String again = bench.take();
        assertNotNull(Bench.header(again, "Authorization"));
        assertEquals("two", Bench.body(again));
        published(again, "e2");
        assertTrue(bench.sent.isEmpty(), "said once");
    }

    @Test
    @Shows({"3903-4.5-1", "3903-4.5-2"})
    void stoppingRemovesThePublication() {
        published(start(), "e1");
        publisher.stop(bench.nowMs);
        String removal = bench.take();
        assertEquals("0", Bench.header(removal, "Expires"));
        assertEquals("e1", Bench.header(removal, "SIP-If-Match"));
        assertEquals("", Bench.body(removal));
        bench.answer(removal, "200 OK", "SIP-ETag: e2\r\nExpires: 0\r\n");
        assertEquals(Publisher.IDLE, publisher.state());
        bench.runTo(2_000_000);
        assertTrue(bench.sent.isEmpty());
    }

    @Test
    void stoppingWhileAPublishIsUnderWayRemovesItAfterwards() {
        String first = start();
        publisher.stop(0);
        assertTrue(bench.sent.isEmpty());
        published(first, "e1");
        String removal = bench.take();
        assertEquals("0", Bench.header(removal, "Expires"));
        assertNotNull(Bench.header(removal, "SIP-If-Match"));
    }
}
