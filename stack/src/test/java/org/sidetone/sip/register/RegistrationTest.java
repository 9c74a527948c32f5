package org.sidetone.sip.register;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sidetone.Bench;
import org.sidetone.port.Wire;

class RegistrationTest {
    private final Bench bench = new Bench();
    private final List<String> told = new ArrayList<>();
    private final Registration registration = new Registration(bench.agent, bench.account,
            (r, state, status, nowMs) -> told.add(state + " " + status));

    private String start() {
        registration.start(600, 0);
        return bench.take();
    }

    @Test
    void asksForTheAddressOfRecordAtTheRegistrar() {
        String register = start();
        assertTrue(register.startsWith("REGISTER sip:example.test SIP/2.0\r\n"), register);
        assertEquals("<sip:alice@example.test>", Bench.header(register, "To"));
        assertEquals("600", Bench.header(register, "Expires"));
        assertTrue(Bench.header(register, "Contact").startsWith("<sip:alice@192.0.2.1:5060>"), register);
    }

    @Test
    void refreshesBetween40And50PercentOfWhatWasGrantedWithTheSameCallIdAndAHigherCseq() {
        String first = start();
        bench.answer(first, "200 OK", "Contact: <sip:alice@192.0.2.1:5060>;expires=300\r\n");
        assertEquals(List.of("2 200"), told);
        String second = bench.runUntilSent(300_000);
        assertTrue(bench.nowMs >= 120_000 && bench.nowMs <= 150_000, "at " + bench.nowMs);
        assertEquals(Bench.header(first, "Call-ID"), Bench.header(second, "Call-ID"));
        int one = Integer.parseInt(Bench.header(first, "CSeq").split(" ")[0]);
        assertEquals(one + 1 + " REGISTER", Bench.header(second, "CSeq"));
    }

    @Test
    void anIntervalTooBriefIsRaisedToTheRegistrarsMinimum() {
        bench.answer(start(), "423 Interval Too Brief", "Min-Expires: 1800\r\n");
        String again = bench.take();
        assertEquals("1800", Bench.header(again, "Expires"));
        bench.answer(again, "200 OK", "Contact: <sip:alice@192.0.2.1:5060>;expires=1800\r\n");
        assertEquals(Registration.REGISTERED, registration.state());
    }

    @Test
    void a423WithoutAnUsableMinimumDoesNotLoop() {
        bench.answer(start(), "423 Interval Too Brief", "Min-Expires: 60\r\n");
        assertTrue(bench.sent.isEmpty());
        assertEquals(Registration.WAITING, registration.state());
    }

    @Test
    void answersAChallengeOnceAndKeepsTheNonce() {
        String first = start();
        assertNull(Bench.header(first, "Authorization"));
        bench.answer(first, "401 Unauthorized", "WWW-Authenticate: Digest realm=\"example.test\", nonce=\"n1\", qop=\"auth\", algorithm=MD5\r\n");
        String second = bench.take();
        assertTrue(Bench.header(second, "Authorization").contains("nc=00000001"), second);
        bench.answer(second, "200 OK", "Contact: <sip:alice@192.0.2.1:5060>;expires=60\r\n");
        String third = bench.runUntilSent(60_000);
        assertTrue(Bench.header(third, "Authorization").contains("nc=00000002"), third);
    }

    @Test
    void aWrongSecretIsNotTriedForEver() {
        String challenge = "WWW-Authenticate: Digest realm=\"example.test\", nonce=\"n%d\", qop=\"auth\", algorithm=MD5\r\n";
        bench.answer(start(), "401 Unauthorized", String.format(challenge, 1));
        bench.answer(bench.take(), "401 Unauthorized", String.format(challenge, 2));
        int more = 0;
        while (!bench.sent.isEmpty()) {
            bench.answer(bench.take(), "401 Unauthorized", String.format(challenge, 3 + more++));
        }
        assertTrue(more <= 1, "tries after the second refusal: " + more);
        assertEquals(Registration.WAITING, registration.state());
        assertTrue(told.get(told.size() - 1).endsWith(" 401"), told.toString());
    }

    @Test
    void failuresBackOffDoublingAndABlinkDoesNot() {
        String request = start();
        long last = 0;
        for (int i = 0; i < 12; i++) {
            bench.answer(request, "500 Server Internal Error", "");
            last = bench.nowMs;
            request = bench.runUntilSent(bench.nowMs + 2_000_000);
            long waited = bench.nowMs - last;
            long upper = Math.min(1_800_000, 4_000L << i);
            assertTrue(waited >= upper / 2 && waited <= upper, "failure " + i + ": waited " + waited + ", at most " + upper);
        }
        bench.answer(request, "200 OK", "Contact: <sip:alice@192.0.2.1:5060>;expires=60\r\n");
        request = bench.runUntilSent(bench.nowMs + 60_000);
        bench.answer(request, "500 Server Internal Error", "");
        last = bench.nowMs;
        bench.runUntilSent(bench.nowMs + 2_000_000);
        assertTrue(bench.nowMs - last <= 4_000, "after a success the waits start anew");
    }

    @Test
    void aServerThatCannotBeReachedIsTriedAgain() {
        bench.answer = Wire.UNREACHABLE;
        registration.start(600, 0);
        assertEquals(Registration.WAITING, registration.state());
        bench.answer = Wire.SENT;
        assertTrue(bench.runUntilSent(10_000).startsWith("REGISTER "));
    }

    @Test
    void stoppingTakesTheBindingAway() {
        bench.answer(start(), "200 OK", "Contact: <sip:alice@192.0.2.1:5060>;expires=60\r\n");
        registration.stop(bench.nowMs);
        String last = bench.take();
        assertEquals("0", Bench.header(last, "Expires"));
        bench.answer(last, "200 OK", "");
        assertEquals(Registration.IDLE, registration.state());
        bench.runTo(1_000_000);
        assertTrue(bench.sent.isEmpty());
        assertNotEquals(0, told.size());
    }
}
