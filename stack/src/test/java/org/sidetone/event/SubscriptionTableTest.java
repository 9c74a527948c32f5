package org.sidetone.event;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sidetone.Bench;
import org.sidetone.StateTable;
import org.sidetone.bytes.Slice;
import org.sidetone.sip.SipMessage;

/** The subscriber in every state with every input: {@code tables/subscription.tsv}. */
class SubscriptionTableTest {
    private static final List<String> INPUTS = List.of("subscribe", "200", "204", "423", "403", "481", "503", "no answer", "NOTIFY active", "NOTIFY pending",
            "NOTIFY before", "NOTIFY terminated;reason=deactivated", "NOTIFY terminated;reason=timeout",
            "NOTIFY terminated;reason=probation;retry-after=10", "NOTIFY terminated;reason=giveup", "NOTIFY terminated",
            "NOTIFY terminated;reason=rejected", "NOTIFY terminated;reason=noresource", "NOTIFY terminated;reason=invariant",
            "timer refresh", "timer N", "timer expiry", "timer retry", "unsubscribe", "hurry");

    private static final Map<String, List<String>> WAYS = new LinkedHashMap<>();

    static {
        WAYS.put("ASKED", List.of("subscribe"));
        WAYS.put("ANSWERED", List.of("subscribe", "200"));
        WAYS.put("PENDING", List.of("subscribe", "200", "NOTIFY pending"));
        WAYS.put("ACTIVE", List.of("subscribe", "200", "NOTIFY active"));
        WAYS.put("REFRESHING", List.of("subscribe", "200", "NOTIFY active", "timer refresh"));
        WAYS.put("RETRY_WAIT", List.of("subscribe", "503"));
        WAYS.put("REFUSED", List.of("subscribe", "403"));
        WAYS.put("LEAVING", List.of("subscribe", "200", "NOTIFY active", "unsubscribe"));
        WAYS.put("LEFT", List.of("subscribe", "200", "NOTIFY active", "unsubscribe", "200"));
        WAYS.put("FREE", List.of("subscribe", "200", "NOTIFY active", "unsubscribe", "200", "NOTIFY terminated;reason=timeout"));
    }

    private static final class Machine implements StateTable.Machine, SubscriptionUser {
        private final Bench bench = new Bench();
        private final Subscriber subscriber = new Subscriber(bench.agent, bench.capacity);
        private final Set<String> callIds = new HashSet<>();
        private final List<String> seen = new ArrayList<>();
        private Subscription subscription;
        private String subscribe;
        private int cseq = 10;

        @Override
        public void apply(String input) throws ReflectiveOperationException {
            drain();
            String kind = input.split(" ")[0];
            switch (kind) {
                case "subscribe" -> {
                    if (subscription == null || subscription.state() == Subscription.FREE) {
                        subscription = subscriber.subscribe(bench.account, bytes("presence"), bytes("application/pidf+xml"),
                                new Slice().wrap(bytes("sip:bob@example.test")), 600, this, 7, bench.nowMs);
                    }
                }
                case "NOTIFY" -> {
                    boolean before = input.equals("NOTIFY before");
                    bench.notify(subscribe, before ? 9 : ++cseq, before ? "active;expires=600" : input.substring(7)
                            + (input.contains("terminated") ? "" : ";expires=300"), "", "");
                }
                case "timer" -> StateTable.fire(subscription, input.substring(6), bench.nowMs);
                case "unsubscribe" -> {
                    if (subscription.state() != Subscription.FREE) {
                        subscription.unsubscribe(bench.nowMs);
                    }
                }
                case "hurry" -> subscription.hurry(bench.nowMs);
                case "no" -> StateTable.noAnswer(subscription, bench.nowMs);
                default -> bench.answer(subscribe, input + " x", input.equals("200") || input.equals("204") ? "Expires: 500\r\n"
                        : input.equals("423") ? "Min-Expires: 900\r\n" : input.equals("503") ? "Retry-After: 7\r\n" : "");
            }
            drain();
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }

        private void drain() {
            while (!bench.sent.isEmpty()) {
                String message = bench.take();
                if (message.startsWith("SIP/2.0")) {
                    seen.add(message.substring(8, 11));
                } else {
                    subscribe = message;
                    boolean anew = callIds.add(Bench.header(message, "Call-ID"));
                    seen.add("SUBSCRIBE " + Bench.header(message, "Expires") + (anew ? " new" : ""));
                }
            }
        }

        @Override
        public String state() {
            return StateTable.constant(Subscription.class, subscription.state());
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
        public int onNotify(Subscription of, SipMessage notify, long nowMs) {
            return 200;
        }

        @Override
        public void onSubscription(Subscription of, int state, long nowMs) {
            // the table asks for it
        }

        @Override
        public byte[] filter(int id) {
            return null;
        }

        @Override
        public byte[] bodyType(int id) {
            return null;
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
            return false;
        }

        @Override
        public boolean takesLists(int id) {
            return false;
        }
    }

    @TestFactory
    List<DynamicTest> everyStateWithEveryInput() throws IOException {
        return new StateTable("subscription").tests(Machine::new, WAYS, INPUTS);
    }
}
