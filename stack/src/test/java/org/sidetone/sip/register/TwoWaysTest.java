package org.sidetone.sip.register;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sidetone.Bench;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Flow;
import org.sidetone.port.Wire;
import org.sidetone.sip.Method;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.ua.ClientRequest;

/** One account by two proxies of its server (RFC 5626 sections 4.2.1, 4.3, 4.5): 192.0.2.2 and 192.0.2.3. */
class TwoWaysTest {
    private static final String OUTBOUND = "Require: outbound\r\nFlow-Timer: 86400\r\nContact: <sip:alice@192.0.2.1:5060>;expires=600;reg-id=1\r\n";
    private String firstFlowTimer = "86400";
    private final Bench bench = new Bench();
    private final List<String> told = new ArrayList<>();
    private final AccountRegistration registration = new AccountRegistration(bench.agent, bench.account,
            (account, state, status, nowMs) -> told.add(state + " " + status));

    @BeforeEach
    void configure() {
        bench.account.instance.set("<urn:uuid:00000000-0000-1000-8000-000A95A0E128>");
        bench.account.way(1).flow.setIpv4(Flow.UDP, 0xC0000203, 5060);
    }

    private long lastHost() {
        return bench.lastFlow.addressLow() & 0xFF;
    }

    private final class Probe extends ClientRequest {
        Probe() {
            super(bench.agent, bench.agent.newDialog());
            setAccount(bench.account);
            Slice bob = new Slice().wrap("sip:bob@example.test".getBytes(StandardCharsets.US_ASCII));
            startDialog(bench.account.address, bob, bob);
            assertTrue(send(Method.MESSAGE, bench.nowMs));
        }

        @Override
        protected void writeContent(SipWriter out, Flow to, long nowMs) {
            // nothing of its own
        }

        @Override
        protected void onFinal(int status, SipMessage response, long nowMs) {
            // the test looks at where it went
        }
    }

    /** Registered by both. */
    private void both() {
        registration.start(600, 0);
        String first = bench.take();
        assertEquals(2, lastHost());
        assertTrue(first.contains(";reg-id=1\r\n"), first);
        bench.answer(first, "200 OK", OUTBOUND.replace("86400", firstFlowTimer) + "Service-Route: <sip:192.0.2.2;lr;one>\r\n");
        String second = bench.take();
        assertEquals(3, lastHost());
        assertTrue(second.contains(";reg-id=2\r\n"), second);
        assertNotEquals(Bench.header(first, "Call-ID"), Bench.header(second, "Call-ID"));
        bench.answer(second, "200 OK", OUTBOUND.replace("reg-id=1", "reg-id=2") + "Service-Route: <sip:192.0.2.3;lr;two>\r\n");
        assertEquals(List.of("2 200", "2 200"), told);
        assertEquals(2, registration.flows());
        told.clear();
    }

    private String message() {
        bench.sent.clear();
        new Probe();
        return Bench.header(bench.take(), "Route") + " at " + lastHost();
    }

    @Test
    void theAccountIsRegisteredByBothAndAsksByTheFirst() {
        both();
        assertEquals("<sip:192.0.2.2;lr;one> at 2", message());
        assertTrue(bench.account.isOutbound());
    }

    @Test
    void aRequestThatFailsByTheFirstGoesByTheSecond() {
        both();
        bench.reachable = flow -> (flow.addressLow() & 0xFF) != 2;
        assertEquals("<sip:192.0.2.3;lr;two> at 3", message());
        bench.reachable = flow -> true;
        new Probe();
        bench.take();
        bench.runTo(33_000);
        assertEquals("<sip:192.0.2.3;lr;two>", Bench.header(bench.sent.get(bench.sent.size() - 1), "Route"), "nobody answers by the first");
    }

    @Test
    void whenTheFirstIsLostNothingIsToldAndRequestsGoByTheSecondAndBack() {
        firstFlowTimer = "30";
        both();
        bench.reachable = flow -> (flow.addressLow() & 0xFF) != 2;
        bench.runTo(299_000);
        bench.sent.clear();
        assertEquals("<sip:192.0.2.3;lr;two> at 3", message());
        assertEquals(1, registration.flows());
        assertTrue(told.stream().allMatch(t -> t.equals("2 200")), told.toString());
        assertEquals(Registration.REGISTERED, registration.state());
        bench.reachable = flow -> true;
        while (registration.flows() < 2) {
            String request = bench.runUntilSent(bench.nowMs + 2_000_000);
            if (request.startsWith("REGISTER")) {
                bench.answer(request, "200 OK", lastHost() == 2 ? OUTBOUND + "Service-Route: <sip:192.0.2.2;lr;one>\r\n"
                        : OUTBOUND.replace("reg-id=1", "reg-id=2"));
            }
        }
        assertEquals("<sip:192.0.2.2;lr;one> at 2", message());
    }

    @Test
    void theWaitIsLongerWhileAnotherWayIsUp() {
        for (boolean otherUp : new boolean[] {true, false}) {
            for (int i = 0; i < 20; i++) {
                TwoWaysTest t = new TwoWaysTest();
                t.configure();
                t.registration.start(600, 0);
                String first = t.bench.take();
                t.bench.answer(first, "500 Server Internal Error", "");
                String second = t.bench.take();
                t.bench.answer(second, otherUp ? "200 OK" : "500 Server Internal Error", otherUp ? OUTBOUND.replace("reg-id=1", "reg-id=2") : "");
                t.bench.answer(t.bench.runUntilSent(70_000), "500 Server Internal Error", "");
                long failed = t.bench.nowMs;
                String again = t.bench.runUntilSent(failed + 400_000);
                while (!again.contains(";reg-id=1")) {
                    again = t.bench.runUntilSent(failed + 400_000);
                }
                long waited = t.bench.nowMs - failed;
                assertTrue(otherUp ? waited >= 90_000 && waited <= 360_000 : waited <= 120_000, otherUp + ": " + waited);
            }
        }
    }

    @Test
    void whereTheRegistrarKeepsNoFlowsTheSecondIsForEmergenciesAlone() {
        registration.start(600, 0);
        bench.answer(bench.take(), "200 OK", "Contact: <sip:alice@192.0.2.1:5060>;expires=600\r\n");
        assertTrue(bench.sent.isEmpty());
        bench.answer(bench.runUntilSent(300_000), "503 Service Unavailable", "Retry-After: 400\r\n");
        assertFalse(bench.sent.isEmpty() && registration.flows() == 0 && bench.account.way(1).up);
        long failed = bench.nowMs;
        String request = bench.runUntilSent(failed + 2_000_000);
        while (lastHost() != 3) {
            assertTrue(bench.nowMs - failed >= 400_000, "Retry-After is kept");
            bench.answer(request, "500 Server Internal Error", "");
            request = bench.runUntilSent(bench.nowMs + 2_000_000);
        }
        bench.answer(request, "200 OK", "Contact: <sip:alice@192.0.2.1:5060>;expires=600\r\n");
        assertEquals(Registration.REGISTERED, registration.state());
        assertEquals("null at 3", message());
        request = bench.runUntilSent(bench.nowMs + 2_000_000);
        while (lastHost() != 2 || !request.startsWith("REGISTER")) {
            if (request.startsWith("REGISTER")) {
                bench.answer(request, "200 OK", "Contact: <sip:alice@192.0.2.1:5060>;expires=600\r\n");
            }
            request = bench.runUntilSent(bench.nowMs + 2_000_000);
        }
        bench.answer(request, "200 OK", "Contact: <sip:alice@192.0.2.1:5060>;expires=600\r\n");
        assertEquals(1, registration.flows());
        assertEquals("null at 2", message());
    }

    @Test
    void whenBothAreLostItIsTold() {
        both();
        bench.answer = Wire.UNREACHABLE;
        bench.runTo(600_000);
        assertEquals(0, registration.flows());
        assertTrue(told.get(told.size() - 1).startsWith(Registration.WAITING + " "), told.toString());
    }
}
