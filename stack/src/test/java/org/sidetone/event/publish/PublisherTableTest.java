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
import org.sidetone.sip.SipMessage;

/** The publisher in every state with every input: {@code tables/publisher.tsv}. */
class PublisherTableTest {
    private static final List<String> INPUTS = List.of("start", "200", "400", "403", "412", "415", "423", "500", "503", "no answer", "change", "stop", "hurry", "timer");

    private static final Map<String, List<String>> WAYS = new LinkedHashMap<>();

    static {
        WAYS.put("IDLE", List.of());
        WAYS.put("PUBLISHING", List.of("start"));
        WAYS.put("CHANGED", List.of("start", "change"));
        WAYS.put("STOPPED", List.of("start", "stop"));
        WAYS.put("PUBLISHED", List.of("start", "200"));
        WAYS.put("REFRESHING", List.of("start", "200", "timer"));
        WAYS.put("MODIFYING", List.of("start", "200", "change"));
        WAYS.put("WAITING", List.of("start", "503"));
        WAYS.put("WAITING TO MODIFY", List.of("start", "200", "change", "503"));
        WAYS.put("REMOVING", List.of("start", "200", "stop"));
    }

    private static final class Machine implements StateTable.Machine, EventState {
        private final Bench bench = new Bench();
        private final Publisher publisher = new Publisher(bench.agent, "presence".getBytes(StandardCharsets.US_ASCII), this);
        private final List<String> seen = new ArrayList<>();
        private String publish;
        private int tags;
        private int state = 1;

        @Override
        public void apply(String input) throws ReflectiveOperationException {
            switch (input) {
                case "start" -> {
                    if (publisher.state() == Publisher.IDLE) {
                        publisher.start(bench.account, 600, bench.nowMs);
                    }
                }
                case "change" -> {
                    state++;
                    publisher.changed(bench.nowMs);
                }
                case "stop" -> publisher.stop(bench.nowMs);
                case "hurry" -> publisher.hurry(bench.nowMs);
                case "timer" -> StateTable.fire(publisher, "timer", bench.nowMs);
                case "no answer" -> StateTable.noAnswer(publisher, bench.nowMs);
                default -> {
                    if (publish != null) {
                        bench.answer(publish, input + " x", input.equals("200") ? "Expires: 500\r\nSIP-ETag: e" + ++tags + "\r\n"
                                : input.equals("423") ? "Min-Expires: 900\r\n" : "");
                    }
                }
            }
            while (!bench.sent.isEmpty()) {
                publish = bench.take();
                String tag = Bench.header(publish, "SIP-If-Match");
                seen.add("PUBLISH " + Bench.header(publish, "Expires") + (tag == null ? "" : " if " + tag) + (Bench.body(publish).isEmpty() ? "" : " body " + Bench.body(publish)));
            }
        }

        @Override
        public String state() {
            return StateTable.constant(Publisher.class, publisher.state());
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
            return StateTable.running(publisher, bench.nowMs);
        }

        @Override
        public byte[] contentType() {
            return "text/plain".getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public void write(boolean modifies, long nowMs, ByteSink out) {
            out.putDecimal(state);
        }

        @Override
        public void onAccepted() {
            // nothing is told as a change here
        }

        @Override
        public void onServerAccepts(SipMessage accept) {
            // it has one type
        }

        @Override
        public void onTag(FixedText entityTag) {
            // the table sees it in what is sent
        }

        @Override
        public boolean onTypeRefused() {
            return false;
        }
    }

    @TestFactory
    List<DynamicTest> everyStateWithEveryInput() throws IOException {
        return new StateTable("publisher").tests(Machine::new, WAYS, INPUTS);
    }
}
