package org.sidetone.event.publish;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sidetone.Bench;
import org.sidetone.StateTable;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.msg.MediaTypeView;
import org.sidetone.port.Capacity;
import org.sidetone.sip.SipMessage;

/** The event state compositor with each piece of event state and every input: {@code tables/compositor.tsv}. */
class CompositorTableTest {
    private static final List<String> INPUTS = List.of("initial", "initial 0", "initial 30", "initial of another type", "initial of another event", "initial that is bad",
            "initial that is large", "initial without body", "initial of somebody else", "refresh", "refresh 30", "modify", "modify of another type", "modify that is large",
            "remove", "old tag", "two tags", "hard", "soft", "timer expiry");

    private static final Map<String, List<String>> WAYS = new LinkedHashMap<>();

    static {
        WAYS.put("NONE", List.of());
        WAYS.put("PUBLISHED", List.of("initial"));
        WAYS.put("REMOVED", List.of("initial", "remove"));
        WAYS.put("HARD", List.of("hard"));
    }

    /** Room for one piece of event state. */
    private static final class Machine implements StateTable.Machine, EventStateCompositor.Policy, EventStateCompositor.User {
        private final Bench bench = new Bench();
        private final FixedText alice = new FixedText(20);
        private final EventStateCompositor compositor;
        private final List<String> seen = new ArrayList<>();
        private final Publication publication;
        private String tag = "none";
        private String oldTag = "none";
        private int sequence;

        Machine() {
            Capacity capacity = Capacity.desk();
            capacity.publications = 1;
            capacity.publicationBytes = 20;
            compositor = new EventStateCompositor(bench.agent, this, capacity, 60, 3600);
            compositor.register(this);
            publication = StateTable.first(compositor, "publications");
            alice.set("alice");
        }

        @Override
        public void apply(String input) throws ReflectiveOperationException {
            String[] words = input.split(" ", 2);
            String how = words.length == 1 ? "" : words[1];
            switch (words[0]) {
                case "initial" -> publish("", how, how.equals("without body") ? "" : how.equals("that is bad") ? "bad" : how.equals("that is large") ? "x".repeat(21) : "one");
                case "refresh" -> publish("SIP-If-Match: " + tag + "\r\n", how, "");
                case "modify" -> publish("SIP-If-Match: " + tag + "\r\n", how, how.equals("that is large") ? "x".repeat(21) : "two");
                case "remove" -> publish("SIP-If-Match: " + tag + "\r\n", "0", "");
                case "old" -> publish("SIP-If-Match: " + oldTag + "x\r\n", "", "two");
                case "two" -> publish("SIP-If-Match: " + tag + ", " + tag + "\r\n", "", "two");
                case "hard", "soft" -> compositor.setHard(new Slice().wrap(event()), alice, new Slice().wrap((words[0].equals("hard") ? "hard" : "").getBytes(StandardCharsets.US_ASCII)),
                        bench.nowMs);
                default -> {
                    if (publication.isOpen() && !publication.isHard()) {
                        StateTable.fire(publication, "expiry", bench.nowMs);
                    }
                }
            }
        }

        private void publish(String match, String how, String body) {
            sequence++;
            int at = seen.size();
            bench.arrives("PUBLISH sip:" + (how.equals("of somebody else") ? "bob" : "alice") + "@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKt" + sequence
                    + "\r\nFrom: <sip:alice@example.test>;tag=a\r\nTo: <sip:alice@example.test>\r\nCall-ID: p\r\nCSeq: " + sequence + " PUBLISH\r\nMax-Forwards: 70\r\nEvent: "
                    + (how.equals("of another event") ? "weather" : "presence") + "\r\n" + match + (how.matches("\\d+") ? "Expires: " + how + "\r\n" : "")
                    + (body.isEmpty() ? "" : "Content-Type: text/" + (how.equals("of another type") ? "html" : "plain") + "\r\n") + "Content-Length: " + body.length() + "\r\n\r\n" + body);
            String answer = bench.take();
            String given = Bench.header(answer, "SIP-ETag");
            seen.add(at, answer.substring(8, 11) + (given == null ? "" : given.equals(tag) ? " same tag" : " new tag"));
            oldTag = given == null ? oldTag : tag;
            tag = given == null ? tag : given;
        }

        @Override
        public String state() {
            return publication.isOpen() ? publication.body().toString() : "-";
        }

        @Override
        public Bench bench() {
            return bench;
        }

        @Override
        public List<String> seen() {
            return seen;
        }

        @Override
        public Map<String, Long> running() throws ReflectiveOperationException {
            return StateTable.running(publication, bench.nowMs);
        }

        @Override
        public byte[] event() {
            return "presence".getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public byte[] accept() {
            return "text/plain".getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public boolean reads(MediaTypeView type) {
            return type.is(accept());
        }

        @Override
        public int mayPublish(SipMessage publish, FixedText resource) {
            resource.set("alice");
            return publish.requestUri(new Slice()).toString().contains("alice") ? 200 : 403;
        }

        @Override
        public int take(MediaTypeView type, Slice body, Slice before, ByteSink out) {
            out.put(body);
            return body.toString().startsWith("bad") ? 400 : 200;
        }

        @Override
        public void keep(Publication of, long nowMs) {
            seen.add("keep " + state());
        }

        @Override
        public void onPublication(Publication of, long nowMs) {
            seen.add("tell " + state());
        }
    }

    @TestFactory
    List<DynamicTest> everyStateWithEveryInput() throws IOException {
        return new StateTable("compositor").tests(Machine::new, WAYS, INPUTS);
    }
}
