package org.sidetone.event;

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
import org.sidetone.port.Capacity;
import org.sidetone.sip.SipMessage;

/** The notifier in every state with every input: {@code tables/watcher.tsv}. */
class WatcherTableTest {
    private static final List<String> INPUTS = List.of("SUBSCRIBE", "SUBSCRIBE pending", "SUBSCRIBE 0", "SUBSCRIBE of 30 s", "SUBSCRIBE before", "SUBSCRIBE forbidden",
            "change", "permit", "pend", "refuse", "gone", "200", "481", "500", "500 Retry-After", "no answer", "timer expiry", "timer due");

    private static final Map<String, List<String>> WAYS = new LinkedHashMap<>();

    static {
        WAYS.put("INIT", List.of());
        WAYS.put("ACTIVE", List.of("SUBSCRIBE", "200"));
        WAYS.put("NOTIFYING", List.of("SUBSCRIBE"));
        WAYS.put("CHANGED", List.of("SUBSCRIBE", "change"));
        WAYS.put("SUSPECT", List.of("SUBSCRIBE", "no answer"));
        WAYS.put("ONCE MORE", List.of("SUBSCRIBE", "no answer", "timer due"));
        WAYS.put("PENDING", List.of("SUBSCRIBE pending", "200"));
        WAYS.put("ENDING", List.of("SUBSCRIBE", "200", "refuse"));
        WAYS.put("ENDED", List.of("SUBSCRIBE", "200", "refuse", "200"));
    }

    /** One watcher of one resource, and the package that he watches. */
    private static final class Machine extends ServerPackage implements StateTable.Machine {
        private final Bench bench = new Bench();
        private final Notifier notifier;
        private final List<String> seen = new ArrayList<>();
        private final WatcherSubscription subscription;
        private int standing = ALLOW;
        private int state = 1;
        private int cseq = 5;
        private String dialog = "";
        private String notify;

        Machine() {
            Capacity capacity = Capacity.desk();
            capacity.watchers = 1;
            notifier = new Notifier(bench.agent, capacity, 60, 7200);
            notifier.register(this);
            subscription = StateTable.first(notifier, "subscriptions");
        }

        @Override
        public void apply(String input) throws ReflectiveOperationException {
            switch (input.split(" ")[0]) {
                case "SUBSCRIBE" -> subscribe(input.substring(9).trim());
                case "change" -> {
                    state++;
                    notifier.stateChanged(this, new Slice().wrap("alice".getBytes(StandardCharsets.US_ASCII)), bench.nowMs);
                }
                case "permit" -> decide(ALLOW);
                case "pend" -> decide(PENDING);
                case "refuse" -> decide(FORBIDDEN);
                case "gone" -> decide(NOT_FOUND);
                case "no" -> StateTable.noAnswer(subscription, bench.nowMs);
                case "timer" -> StateTable.fire(subscription, input.substring(6), bench.nowMs);
                default -> {
                    if (notify != null) {
                        bench.answer(notify, input.substring(0, 3) + " x", input.endsWith("Retry-After") ? "Retry-After: 9\r\n" : "");
                    }
                }
            }
            while (!bench.sent.isEmpty()) {
                String message = bench.take();
                if (message.startsWith("NOTIFY")) {
                    notify = message;
                    seen.add("NOTIFY " + Bench.header(message, "Subscription-State").replaceFirst(";expires=.*", "") + (Bench.body(message).isEmpty() ? "" : " " + Bench.body(message)));
                } else {
                    dialog = message.startsWith("SIP/2.0 200") ? ";tag=" + Bench.param(Bench.header(message, "To"), "tag") : dialog;
                    seen.add(message.substring(8, 11));
                }
            }
        }

        private void subscribe(String how) {
            standing = how.equals("pending") ? PENDING : how.equals("forbidden") ? FORBIDDEN : standing;
            String expires = how.equals("0") ? "0" : how.equals("of 30 s") ? "30" : "600";
            int number = how.equals("before") ? 5 : ++cseq;
            bench.arrives("SUBSCRIBE sip:alice@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKw" + number + how.length()
                    + "\r\nFrom: <sip:bob@example.test>;tag=b\r\nTo: <sip:alice@example.test>" + dialog + "\r\nCall-ID: w\r\nCSeq: " + number
                    + " SUBSCRIBE\r\nMax-Forwards: 70\r\nContact: <sip:bob@192.0.2.2>\r\nEvent: presence\r\nExpires: " + expires + "\r\nContent-Length: 0\r\n\r\n");
        }

        private void decide(int verdict) {
            standing = verdict;
            notifier.reconsider(this, bench.nowMs);
        }

        @Override
        public String state() {
            return StateTable.constant(WatcherSubscription.class, subscription.state());
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
            return StateTable.running(subscription, bench.nowMs);
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
        public boolean writeState(Slice resource, Slice watcher, long version, long nowMs, ByteSink out) {
            out.putDecimal(state);
            return true;
        }

        @Override
        public long stateTag(Slice resource, Slice watcher, long nowMs) {
            return state;
        }

        @Override
        public int authorize(SipMessage subscribe, FixedText resource, FixedText watcher, long nowMs) {
            resource.set("alice");
            watcher.set("bob");
            return standing;
        }

        @Override
        public int standing(Slice resource, Slice watcher, long nowMs) {
            return standing;
        }

        @Override
        public long defaultExpiresSec() {
            return 3600;
        }
    }

    @TestFactory
    List<DynamicTest> everyStateWithEveryInput() throws IOException {
        return new StateTable("watcher").tests(Machine::new, WAYS, INPUTS);
    }
}
