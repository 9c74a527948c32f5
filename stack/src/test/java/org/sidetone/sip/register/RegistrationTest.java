package org.sidetone.sip.register;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sidetone.Bench;
import org.sidetone.conformance.Shows;
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
    @Shows({"3261-10.2-4", "3261-10.2-6", "3261-10.2-7"})
    void asksForTheAddressOfRecordAtTheRegistrar() {
        String register = start();
        assertTrue(register.startsWith("REGISTER sip:example.test SIP/2.0\r\n"), register);
        assertEquals("<sip:alice@example.test>", Bench.header(register, "To"));
        assertEquals("600", Bench.header(register, "Expires"));
        assertTrue(Bench.header(register, "Contact").startsWith("<sip:alice@192.0.2.1:5060>"), register);
    }

    @Test
    @Shows("3261-10.2-9")
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
            long upper = Math.min(1_800_000, 60_000L << i);
            assertTrue(waited >= upper / 2 && waited <= upper, "failure " + i + ": waited " + waited + ", at most " + upper);
        }
        bench.answer(request, "200 OK", "Contact: <sip:alice@192.0.2.1:5060>;expires=60\r\n");
        request = bench.runUntilSent(bench.nowMs + 60_000);
        bench.answer(request, "500 Server Internal Error", "");
        last = bench.nowMs;
        bench.runUntilSent(bench.nowMs + 2_000_000);
        assertTrue(bench.nowMs - last <= 60_000, "after a success the waits start anew");
    }

    @Test
    void aServerThatCannotBeReachedIsTriedAgain() {
        bench.answer = Wire.UNREACHABLE;
        registration.start(600, 0);
        assertEquals(Registration.WAITING, registration.state());
        bench.answer = Wire.SENT;
        assertTrue(bench.runUntilSent(60_000).startsWith("REGISTER "));
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

    private String outbound() {
        bench.account.instance.set("<urn:uuid:00000000-0000-1000-8000-000a95a0e128>");
        String register = start();
        assertTrue(Bench.header(register, "Supported").contains("outbound"), register);
        assertTrue(Bench.header(register, "Contact").endsWith(";+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-000a95a0e128>\";reg-id=1"), register);
        return register;
    }

    private static final String OUR_CONTACT = "Contact: <sip:alice@192.0.2.1:5060>;expires=3600;reg-id=1;"
            + "+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-000a95a0e128>\";pub-gruu=\"sip:alice@example.test;gr=urn:uuid:1\"\r\n";

    @Test
    void aFlowThatTheServerKeepsIsKeptAliveByStun() {
        bench.answer(outbound(), "200 OK", OUR_CONTACT + "Require: outbound\r\nFlow-Timer: 100\r\n");
        assertEquals("sip:alice@example.test;gr=urn:uuid:1", bench.account.gruu.toString());
        byte[] ask = bench.runUntilRaw(100_000);
        assertTrue(bench.nowMs >= 80_000 && bench.nowMs <= 100_000, "at " + bench.nowMs);
        assertEquals(20, ask.length);
        bench.answerStun(ask, 0xC0000201, 5060);
        assertEquals(1, registration.keepAlives());
        bench.answerStun(bench.runUntilRaw(300_000), 0xC0000201, 5060);
        assertEquals(0, registration.flowFailures());
        assertEquals(Registration.REGISTERED, registration.state());
    }

    @Test
    void aFlowThatDiesIsReplacedAtOnceWithTheSameRegId() {
        bench.answer(outbound(), "200 OK", OUR_CONTACT + "Require: outbound\r\n");
        bench.runUntilRaw(30_000);
        String again = bench.runUntilSent(100_000);                     // 500 ms, doubling, seven times: 63.5 s
        assertEquals(1, registration.flowFailures());
        assertTrue(Bench.header(again, "Contact").contains("reg-id=1"), again);
        assertEquals(Registration.REGISTERING, registration.state());
    }

    @Test
    void aNewAddressInFrontOfTheServerIsANewFlow() {
        bench.answer(outbound(), "200 OK", OUR_CONTACT + "Require: outbound\r\n");
        bench.answerStun(bench.runUntilRaw(30_000), 0xC0000201, 40_000);
        bench.answerStun(bench.runUntilRaw(60_000), 0xC0000201, 40_001);
        assertEquals(1, registration.flowFailures());
        assertTrue(bench.take().startsWith("REGISTER "));
    }

    @Test
    void withoutOutboundAtTheServerNothingIsKeptAlive() {
        bench.answer(outbound(), "200 OK", OUR_CONTACT);
        bench.runTo(1_000_000);
        assertEquals(0, bench.raw.size());
    }

    @Test
    void whenOurAddressChangesTheOldContactIsTakenAwayInTheSameRequest() {
        bench.answer(start(), "200 OK", "Contact: <sip:alice@192.0.2.1:5060>;expires=3600\r\n");
        registration.checkAddress(bench.nowMs);
        assertTrue(bench.sent.isEmpty(), "nothing changed");
        bench.localAddress = 0xC0000263;
        registration.checkAddress(bench.nowMs);
        String register = bench.take();
        assertTrue(register.contains("Contact: <sip:alice@192.0.2.99:5060>\r\nContact: <sip:alice@192.0.2.1:5060>;expires=0\r\n"), register);
    }

    @Test
    void requestsThatStartSomethingTakeTheServiceRoute() {
        bench.answer(start(), "200 OK", "Contact: <sip:alice@192.0.2.1:5060>;expires=3600\r\n"
                + "Service-Route: <sip:192.0.2.50;lr>,\r\n <sip:192.0.2.51;lr>\r\n");
        assertEquals("<sip:192.0.2.50;lr>, <sip:192.0.2.51;lr>", bench.account.serviceRoute.toString());
        assertNull(Bench.header(bench.runUntilSent(2_000_000), "Route"), "a registration does not");
    }

    @Test
    @Shows("3261-10.2.2-2")
    void theRegistrarTellsWhatItHas() {
        List<String> contacts = new ArrayList<>();
        Registration.Fetched asker = new Registration.Fetched() {
            @Override
            public void onContact(org.sidetone.sip.NameAddrView contact, long expiresSec) {
                contacts.add(contact.uri() + " " + expiresSec + " " + contact.q());
            }

            @Override
            public void onFetched(int status, long nowMs) {
                contacts.add("" + status);
            }
        };
        assertTrue(registration.fetch(asker, 0));
        String fetch = bench.take();
        assertNull(Bench.header(fetch, "Contact"));
        assertNull(Bench.header(fetch, "Expires"));
        bench.answer(fetch, "200 OK", "Contact: <sip:a@192.0.2.8>;expires=60;q=0.5\r\nContact: <sip:b@192.0.2.9>;expires=70\r\n");
        assertEquals(List.of("sip:a@192.0.2.8 60 500", "sip:b@192.0.2.9 70 -1", "200"), contacts);
        assertTrue(registration.removeAll(asker, 0));
        String remove = bench.take();
        assertEquals("*", Bench.header(remove, "Contact"));
        assertEquals("0", Bench.header(remove, "Expires"));
    }

    @Test
    void whoIsAskedFirstIsSaidByQ() {
        registration.setQ(700);
        assertTrue(Bench.header(start(), "Contact").endsWith(";q=0.700"));
    }

    @Test
    @Shows({"3261-10.2-2", "3261-10.2-3"})
    void recordRouteInTheAnswerMakesNoRoute() {
        bench.answer(start(), "200 OK", "Contact: <sip:alice@192.0.2.1:5060>;expires=60\r\nRecord-Route: <sip:192.0.2.50;lr>\r\n");
        assertNull(Bench.header(bench.runUntilSent(60_000), "Route"));
        assertEquals(0xC0000202L, bench.lastFlow.addressLow() & 0xFFFFFFFFL);
    }

    @Test
    @Shows("3261-10.2-11")
    void nothingNewIsAskedForBeforeTheAnswer() {
        String first = start();
        registration.hurry(100);
        registration.checkAddress(100);
        assertTrue(bench.sent.isEmpty());
        bench.answer(first, "200 OK", "Contact: <sip:alice@192.0.2.1:5060>;expires=60\r\n");
        registration.hurry(200);
        assertTrue(bench.take().startsWith("REGISTER "));
    }

    @Test
    @Shows("3261-8.1.3.2-1")
    void unknownAnswersAreThoseOfTheirClass() {
        bench.answer(start(), "299 Strange", "Contact: <sip:alice@192.0.2.1:5060>;expires=60\r\n");
        assertEquals(Registration.REGISTERED, registration.state());
        registration.hurry(bench.nowMs);
        for (String status : new String[] {"499 Strange", "599 Strange", "699 Strange", "399 Strange"}) {
            RegistrationTest other = new RegistrationTest();
            other.bench.answer(other.start(), status, "");
            assertEquals(Registration.WAITING, other.registration.state(), status);
        }
    }
}
