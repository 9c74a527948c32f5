package org.sidetone.sip.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sidetone.conformance.Shows;
import org.sidetone.port.Flow;
import org.sidetone.sip.Method;
import org.sidetone.sip.SipMessage;
import org.sidetone.time.Timer;

/** Every state of the four transactions with every input, by tables written from the RFC: {@code resources/tables/*.tsv}. */
class StateTablesTest {
    private static final List<String> CLIENT_INPUTS = List.of("1xx", "2xx", "300-699", "transport error");
    private static final List<String> SERVER_INPUTS = List.of("request", "user 1xx", "user 2xx", "user 300-699", "transport error");

    /** One machine on a wire of its own. */
    private static final class Bench implements ClientUser, TransactionUser {
        final String machine;
        final int over;
        final LoopWire wire = new LoopWire(2, 4);
        ClientTransaction client;
        ServerTransaction server;

        Bench(String machine, int over) {
            this.machine = machine;
            this.over = over;
            wire.layer.setUser(this);
        }

        Class<?> type() {
            return switch (machine) {
                case "non-invite-client" -> NonInviteClient.class;
                case "invite-client" -> InviteClient.class;
                case "non-invite-server" -> NonInviteServer.class;
                default -> InviteServer.class;
            };
        }

        boolean isInvite() {
            return machine.startsWith("invite");
        }

        Object subject() {
            return client != null ? client : server;
        }

        void apply(String input) throws ReflectiveOperationException {
            if (input.startsWith("timer ")) {
                Timer timer = timer(input.substring(6));
                timer.stop();
                ((Timer.Owner) subject()).onTimer(timer, wire.nowMs);
            } else if (machine.endsWith("client")) {
                applyToClient(input);
            } else {
                applyToServer(input);
            }
        }

        private void applyToClient(String input) {
            switch (input) {
                case "request" -> {
                    client = isInvite() ? wire.layer.newInviteClient() : wire.layer.newClient();
                    byte[] text = request(isInvite() ? "INVITE" : "MESSAGE", client.branch().toString()).getBytes(StandardCharsets.UTF_8);
                    System.arraycopy(text, 0, client.buffer(), 0, text.length);
                    client.start(this, isInvite() ? Method.INVITE : Method.MESSAGE, LoopWire.peer(over), text.length, wire.nowMs);
                }
                case "transport error" -> client.onTransportError(wire.nowMs);
                default -> wire.arrives("SIP/2.0 " + (input.equals("1xx") ? "180 Ringing" : input.equals("2xx") ? "200 OK" : "404 Not Found")
                        + "\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=" + client.branch() + "\nFrom: <sip:a@b>;tag=1\nTo: <sip:c@d>;tag=2"
                        + "\nCall-ID: x\nCSeq: 1 " + (isInvite() ? "INVITE" : "MESSAGE") + "\nContent-Length: 0\n\n", over);
            }
        }

        private void applyToServer(String input) {
            switch (input) {
                case "request" -> wire.arrives(request(isInvite() ? "INVITE" : "MESSAGE", "z9hG4bKs").replace("\r", ""), over);
                case "ACK" -> wire.arrives(request("ACK", "z9hG4bKs").replace("\r", ""), over);
                case "transport error" -> server.onTransportError(wire.nowMs);
                default -> {
                    if (server.state() != ServerTransaction.FREE) {
                        server.reply(input.equals("user 1xx") ? isInvite() ? 180 : 100 : input.equals("user 2xx") ? 200 : 404, wire.nowMs);
                    }
                }
            }
        }

        private String request(String method, String branch) {
            return method + " sip:a@b SIP/2.0\r\nVia: SIP/2.0/" + (over == Flow.TCP ? "TCP" : "UDP") + " 192.0.2.1:5060;branch=" + branch
                    + "\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\nCall-ID: x\r\nCSeq: 1 " + method
                    + "\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
        }

        Timer timer(String name) throws ReflectiveOperationException {
            Field field = type().getDeclaredField("timer" + name);
            field.setAccessible(true);
            return (Timer) field.get(subject());
        }

        List<String> timers() {
            return Stream.of(type().getDeclaredFields()).filter(f -> f.getType() == Timer.class).map(f -> f.getName().substring(5))
                    .filter(n -> !n.equals("Cancelled")).toList();
        }

        Map<String, Long> running() throws ReflectiveOperationException {
            Map<String, Long> running = new LinkedHashMap<>();
            for (String name : timers()) {
                if (timer(name).isRunning()) {
                    running.put(name, timer(name).deadlineMs() - wire.nowMs);
                }
            }
            return running;
        }

        String state() throws ReflectiveOperationException {
            int state = client != null ? client.state() : server.state();
            if (state == ServerTransaction.FREE) {
                return "TERMINATED";
            }
            for (Field f : type().getDeclaredFields()) {
                if (f.getType() == int.class && f.getName().equals(f.getName().toUpperCase()) && f.getInt(null) == state) {
                    return f.getName();
                }
            }
            return "?" + state;
        }

        @Override
        public void onResponse(ClientTransaction transaction, SipMessage response, long nowMs) {
            wire.events.add("tell " + (response.status() < 200 ? "1xx" : response.status() < 300 ? "2xx" : "300-699"));
        }

        @Override
        public void onTimeout(ClientTransaction transaction, long nowMs) {
            wire.events.add("tell timeout");
        }

        @Override
        public void onTransportError(ClientTransaction transaction, long nowMs) {
            wire.events.add("tell error");
        }

        @Override
        public void onRequest(SipMessage request, ServerTransaction transaction, long nowMs) {
            server = transaction;
            wire.events.add("tell request");
        }

        @Override
        public boolean onAck(SipMessage ack, Flow source, long nowMs) {
            wire.events.add("tell ack");
            return true;
        }

        @Override
        public void onConnectionLost(int connection, long nowMs) {
            // nothing hangs on one
        }

        @Override
        public boolean onResponseUnsent(ServerTransaction transaction, long nowMs) {
            wire.events.add("tell error");
            return false;
        }
    }

    private record Row(String state, String over, String input, String next, String action, String running) {
        boolean isFor(String ofState, String ofOver, String ofInput) {
            return state.equals(ofState) && (over.equals("both") || over.equals(ofOver)) && input.equals(ofInput);
        }
    }

    private static List<Row> table(String machine) throws IOException {
        try (var in = StateTablesTest.class.getResourceAsStream("/tables/" + machine + ".tsv")) {
            assertNotNull(in, machine);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(l -> !l.startsWith("#")).skip(1)
                    .map(l -> l.split("\t", -1)).map(c -> new Row(c[0], c[1], c[2], c[3], c[4], c[5])).toList();
        }
    }

    private static final Map<String, Map<String, List<String>>> WAYS = Map.of(
            "non-invite-client", Map.of("TRYING", List.of("request"), "PROCEEDING", List.of("request", "1xx"),
                    "COMPLETED", List.of("request", "2xx")),
            "invite-client", Map.of("CALLING", List.of("request"), "PROCEEDING", List.of("request", "1xx"),
                    "COMPLETED", List.of("request", "300-699"), "ACCEPTED", List.of("request", "2xx")),
            "non-invite-server", Map.of("TRYING", List.of("request"), "PROCEEDING", List.of("request", "user 1xx"),
                    "COMPLETED", List.of("request", "user 2xx")),
            "invite-server", Map.of("PROCEEDING", List.of("request"), "RINGING", List.of("request", "user 1xx"),
                    "COMPLETED", List.of("request", "user 300-699"), "CONFIRMED", List.of("request", "user 300-699", "ACK"),
                    "ACCEPTED", List.of("request", "user 2xx")));

    @TestFactory
    @Shows({"3261-17.1.1.2-1", "3261-17.1.1.2-2", "3261-17.1.1.2-3", "3261-17.1.1.2-5", "3261-17.1.1.2-6",
        "3261-17.1.1.2-8", "3261-17.1.1.2-12", "3261-17.1.1.2-14", "3261-17.1.1.2-16", "3261-17.1.1.2-17",
        "3261-17.1.1.2-18", "3261-17.1.1.2-19", "3261-17.1.1.2-22", "3261-17.1.1.2-23", "3261-17.1.1.2-24",
        "3261-17.1.1.2-25", "3261-17.1.2.2-2", "3261-17.1.2.2-3", "3261-17.1.2.2-5", "3261-17.1.2.2-6",
        "3261-17.1.2.2-7", "3261-17.1.2.2-8", "3261-17.1.2.2-9", "3261-17.1.2.2-10", "3261-17.1.2.2-11",
        "3261-17.1.2.2-12", "3261-17.2.1-3", "3261-17.2.1-4", "3261-17.2.1-5", "3261-17.2.1-6", "3261-17.2.1-7",
        "3261-17.2.1-8", "3261-17.2.1-9", "3261-17.2.1-11", "3261-17.2.1-12", "3261-17.2.1-13", "3261-17.2.1-14",
        "3261-17.2.2-1", "3261-17.2.2-2", "3261-17.2.2-3", "3261-17.2.2-4", "3261-17.2.2-5", "3261-17.2.2-6",
        "3261-17.2.2-7", "3261-17.2.2-8", "3261-17.2.2-9", "3261-17.2.2-10"})
    List<DynamicTest> everyStateWithEveryInput() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String machine : WAYS.keySet()) {
            List<Row> table = table(machine);
            for (String over : List.of("udp", "tcp")) {
                int transport = over.equals("tcp") ? Flow.TCP : Flow.UDP;
                Row start = table.stream().filter(r -> r.isFor("start", over, "request")).findFirst().orElseThrow();
                tests.add(DynamicTest.dynamicTest(machine + " over " + over + ": starts", () -> {
                    Bench bench = new Bench(machine, transport);
                    bench.apply("request");
                    expect(bench, start);
                }));
                WAYS.get(machine).forEach((state, way) -> {
                    if (over.equals("tcp") && table.stream().noneMatch(r -> r.state.equals(state) && !r.over.equals("udp"))) {
                        return;                              // a state that streams do not have
                    }
                    for (String input : inputs(machine)) {
                        tests.add(DynamicTest.dynamicTest(machine + " over " + over + ": " + state + ", " + input, () -> {
                            Bench bench = new Bench(machine, transport);
                            for (String step : way) {
                                bench.apply(step);
                            }
                            bench.wire.events.clear();
                            bench.wire.nowMs += 10;
                            Map<String, Long> before = bench.running();
                            String stateBefore = bench.state();
                            if (input.startsWith("timer ")) {
                                before.remove(input.substring(6));
                            }
                            bench.apply(input);
                            Row row = table.stream().filter(r -> r.isFor(state, over, input)).findFirst().orElse(null);
                            if (row != null) {
                                expect(bench, row);
                            } else {
                                assertEquals(stateBefore, bench.state());
                                assertEquals(List.of(), bench.wire.events);
                                assertEquals(before, bench.running());
                            }
                        }));
                    }
                });
            }
        }
        assertTrue(tests.size() > 150, "tests made of the tables: " + tests.size());
        return tests;
    }

    private static List<String> inputs(String machine) {
        List<String> inputs = new ArrayList<>(machine.endsWith("client") ? CLIENT_INPUTS : SERVER_INPUTS);
        if (machine.equals("invite-server")) {
            inputs.add("ACK");
        }
        new Bench(machine, Flow.UDP).timers().forEach(t -> inputs.add("timer " + t));
        return inputs;
    }

    private static void expect(Bench bench, Row row) throws ReflectiveOperationException {
        assertEquals(row.next, bench.state());
        assertEquals(row.action, String.join(", ", bench.wire.events), row.toString());
        Map<String, Long> running = bench.running();
        List<String> wanted = row.running.isEmpty() ? List.of() : List.of(row.running.split(" "));
        assertEquals(wanted.stream().map(t -> t.split("=")[0]).toList(), List.copyOf(running.keySet()));
        for (String timer : wanted) {
            String[] parts = timer.split("=");
            if (parts.length == 2) {
                assertEquals(Long.parseLong(parts[1]), running.get(parts[0]), "timer " + parts[0]);
            }
        }
        if (row.next.equals("TERMINATED")) {
            assertEquals(0, bench.wire.layer.clientsInUse() + bench.wire.layer.serversInUse());
            assertEquals(0, bench.wire.timers.running());
        }
    }
}
