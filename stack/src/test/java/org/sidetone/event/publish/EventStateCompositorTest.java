package org.sidetone.event.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sidetone.Bench;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;
import org.sidetone.msg.MediaTypeView;
import org.sidetone.port.Capacity;
import org.sidetone.sip.SipMessage;

/** The event state compositor of RFC 3903 section 6; the test plays the publisher. */
class EventStateCompositorTest implements EventStateCompositor.Policy, EventStateCompositor.User {
    private final Bench bench = new Bench();
    private final EventStateCompositor compositor;
    private final List<String> told = new ArrayList<>();
    private final FixedText alice = new FixedText(20);
    private int sequence;

    EventStateCompositorTest() {
        Capacity capacity = Capacity.desk();
        capacity.publications = 2;
        capacity.publicationBytes = 20;
        compositor = new EventStateCompositor(bench.agent, this, capacity, 60, 7200);
        compositor.register(this);
        alice.set("alice");
    }

    @Override
    public byte[] event() {
        return "presence".getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public byte[] accept() {
        return "text/plain, text/change".getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public boolean reads(MediaTypeView type) {
        return type.is("text/plain".getBytes(StandardCharsets.US_ASCII)) || type.is("text/change".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public int mayPublish(SipMessage publish, FixedText resource) {
        resource.set(publish.requestUri(new Slice()).toString().contains("alice") ? "alice" : "");
        return resource.isEmpty() ? 404 : 200;
    }

    @Override
    public int take(MediaTypeView type, Slice body, Slice before, ByteSink out) {
        if (type.subtype().toString().equals("change")) {
            out.put(before).put('+');
        }
        out.put(body);
        return body.toString().startsWith("bad") || type.subtype().toString().equals("change") && before.isEmpty() ? 400 : 200;
    }

    @Override
    public void keep(Publication p, long nowMs) {
        told.add((p.isOpen() ? p.body().toString() : "gone") + " again");
    }

    /** Told after {@link #keep}, when it is not the same again. */
    @Override
    public void onPublication(Publication p, long nowMs) {
        told.set(told.size() - 1, p.isOpen() ? p.body().toString() : "gone");
    }

    @Test
    void aChangeIsMadeOfWhatIsThereAndTheWholeIsKept() {
        String first = publish("alice", "Event: presence\r\n", "one");
        String second = publish("alice", "Event: presence\r\nSIP-If-Match: " + Bench.header(first, "SIP-ETag") + "\r\nX-Type: change\r\n", "two");
        assertTrue(second.startsWith("SIP/2.0 200 "), second);
        assertEquals("one+two", compositor.next(this, alice.slice(new Slice()), null).body().toString());
        String large = publish("alice", "Event: presence\r\nSIP-If-Match: " + Bench.header(second, "SIP-ETag") + "\r\nX-Type: change\r\n", "three and four and");
        assertTrue(large.startsWith("SIP/2.0 413 "), "what it becomes is too large: " + large);
        assertEquals("one+two", compositor.next(this, alice.slice(new Slice()), null).body().toString());
        assertTrue(publish("alice", "Event: presence\r\nX-Type: change\r\n", "two").startsWith("SIP/2.0 400 "), "there is nothing to change");
    }

    private String publish(String user, String more, String body) {
        sequence++;
        bench.arrives("PUBLISH sip:" + user + "@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKp" + sequence
                + "\r\nFrom: <sip:alice@example.test>;tag=a\r\nTo: <sip:" + user + "@example.test>\r\nCall-ID: p\r\nCSeq: " + sequence
                + " PUBLISH\r\nMax-Forwards: 70\r\n" + more + (body.isEmpty() ? "" : more.contains("X-Type: change") ? "Content-Type: text/change\r\n" : "Content-Type: text/plain\r\n") + "Content-Length: "
                + body.length() + "\r\n\r\n" + body);
        return bench.take();
    }

    private static String status(String answer) {
        return answer.substring(8, 11);
    }

    /** Publishes, and hands the tag back. */
    private String published(String more, String body) {
        String answer = publish("alice", "Event: presence\r\n" + more, body);
        assertEquals("200", status(answer), answer);
        return Bench.header(answer, "SIP-ETag");
    }

    private int count() {
        return compositor.inUse();
    }

    @Test
    @Shows({"3903-6-8", "3903-6-11", "3903-6-12", "3903-6-23", "3903-6-24"})
    void theFirstPublicationIsKeptWithATagAndAnExpiry() {
        String answer = publish("alice", "Event: presence\r\nExpires: 600\r\n", "one");
        assertEquals("600", Bench.header(answer, "Expires"));
        assertTrue(Bench.header(answer, "SIP-ETag").length() > 8, answer);
        assertEquals(List.of("one"), told);
        String other = publish("alice", "Event: presence\r\n", "two");
        assertTrue(Integer.parseInt(Bench.header(other, "Expires")) > 0, "a default of its own");
        bench.runTo(600_000);
        assertEquals(List.of("one", "two", "gone"), told, "what was asked for counts");
    }

    @Test
    @Shows({"3903-6-25", "3903-6-26"})
    void everySuccessHasATagThatNeverWas() {
        Set<String> tags = new HashSet<>();
        String tag = published("", "one");
        tags.add(tag);
        for (int i = 0; i < 25; i++) {
            String next = published("SIP-If-Match: " + tag + "\r\n", i % 2 == 0 ? "" : "body " + i);
            assertTrue(tags.add(next), next);
            assertEquals("412", status(publish("alice", "Event: presence\r\nSIP-If-Match: " + tag + "\r\n", "")), "the tag before is over");
            bench.runTo(bench.nowMs + 33_000);
            tag = next;
        }
        assertEquals(1, count());
    }

    @Test
    @Shows({"3903-6-6", "3903-6-7", "3903-6-9", "3903-6-10", "3903-6-16"})
    void eachStepRefusesInItsOrder() {
        assertEquals("404", status(publish("nobody", "", "")), "before anything else is looked at");
        String noEvent = publish("alice", "SIP-If-Match: x\r\n", "one");
        assertEquals("489", status(noEvent));
        assertEquals("489", status(publish("alice", "Event: dialog\r\nSIP-If-Match: x\r\n", "one")));
        assertEquals("400", status(publish("alice", "Event: presence\r\nSIP-If-Match: x, y\r\n", "one")));
        assertEquals("400", status(publish("alice", "Event: presence\r\nSIP-If-Match: x\r\nSIP-If-Match: y\r\n", "one")));
        assertEquals("412", status(publish("alice", "Event: presence\r\nSIP-If-Match: x\r\nExpires: 1\r\n", "one")));
        assertEquals("400", status(publish("alice", "Event: presence\r\n", "")), "a first publication without a body");
        String other = publish("alice", "Event: presence\r\nContent-Type: text/html\r\n", "");
        assertEquals("400", status(other));
        assertEquals(0, count());
        sequence++;
        bench.arrives("PUBLISH sip:alice@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKp" + sequence
                + "\r\nFrom: <sip:alice@example.test>;tag=a\r\nTo: <sip:alice@example.test>\r\nCall-ID: p\r\nCSeq: " + sequence
                + " PUBLISH\r\nEvent: presence\r\nContent-Type: text/html\r\nContent-Length: 3\r\n\r\none");
        String type = bench.take();
        assertEquals("415", status(type));
        assertEquals("text/plain, text/change", Bench.header(type, "Accept"));
        assertEquals(List.of(), told);
    }

    @Test
    @Shows("3903-6-15")
    void aShortIntervalIsRefusedWithTheShortestThereIs() {
        String answer = publish("alice", "Event: presence\r\nExpires: 59\r\n", "one");
        assertEquals("423", status(answer));
        assertEquals("60", Bench.header(answer, "Min-Expires"));
    }

    @Test
    @Shows({"3903-6-19", "3903-6-20"})
    void zeroRemovesAndLeavesNothing() {
        String tag = published("", "one");
        published("SIP-If-Match: " + tag + "\r\nExpires: 0\r\n", "");
        assertEquals(0, count());
        assertEquals(List.of("one", "gone"), told);
        published("Expires: 0\r\n", "two");
        assertEquals(0, count(), "one that is gone as it comes");
        assertEquals(List.of("one", "gone"), told);
        assertNull(compositor.next(this, alice.slice(new Slice()), null));
    }

    @Test
    @Shows({"3903-6-5", "3903-6-21"})
    void aRefusedChangeLeavesTheStateAndItsTagAsTheyWere() {
        String tag = published("Expires: 600\r\n", "one");
        assertEquals("400", status(publish("alice", "Event: presence\r\nExpires: 6000\r\nSIP-If-Match: " + tag + "\r\n", "bad")));
        assertEquals("413", status(publish("alice", "Event: presence\r\nExpires: 6000\r\nSIP-If-Match: " + tag + "\r\n", "much too long for the room there is")));
        assertEquals("423", status(publish("alice", "Event: presence\r\nExpires: 5\r\nSIP-If-Match: " + tag + "\r\n", "two")));
        Publication p = compositor.next(this, alice.slice(new Slice()), null);
        assertEquals("one", p.body().toString());
        assertEquals(tag, p.entityTag().toString());
        assertEquals(600_000, p.expiresAtMs());
    }

    @Test
    @Shows({"3903-6-1", "3903-6-2", "3903-6-3"})
    void recordRouteAndContactMeanNothing() {
        String answer = publish("alice", "Event: presence\r\nRecord-Route: <sip:192.0.2.9;lr>\r\nContact: <sip:alice@192.0.2.2>\r\n", "one");
        assertEquals("200", status(answer));
        assertNull(Bench.header(answer, "Record-Route"));
        assertNull(Bench.header(answer, "Contact"));
    }

    @Test
    @Shows("3903-6-4")
    void publicationsAreTakenInTheOrderOfTheirArrival() {
        String tag = published("", "one");
        String next = published("SIP-If-Match: " + tag + "\r\n", "two");
        published("SIP-If-Match: " + next + "\r\n", "three");
        assertEquals(List.of("one", "two", "three"), told);
    }

    @Test
    void aRefreshIsToldAsOne() {
        String tag = published("", "one");
        assertNotEquals(tag, published("SIP-If-Match: " + tag + "\r\n", ""));
        assertEquals(List.of("one", "one again"), told);
    }

    @Test
    @Shows("3903-6-22")
    void aFullPoolRefusesPolitely() {
        published("", "one");
        published("", "two");
        String answer = publish("alice", "Event: presence\r\n", "three");
        assertEquals("503", status(answer));
        assertTrue(Integer.parseInt(Bench.header(answer, "Retry-After")) > 0);
        assertEquals(2, count());
    }
}
