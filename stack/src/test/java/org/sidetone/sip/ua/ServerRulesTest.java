package org.sidetone.sip.ua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sidetone.Bench;
import org.sidetone.conformance.Shows;
import org.sidetone.port.Flow;
import org.sidetone.sip.Method;
import org.sidetone.sip.transaction.ServerTransaction;

/** What a user agent server answers, and with what (RFC 3261 sections 8.2, 11.2, 18.2, 18.3). */
class ServerRulesTest {
    private final Bench bench = new Bench();
    private final List<ServerTransaction> taken = new ArrayList<>();
    private final List<Integer> bodies = new ArrayList<>();
    private int count;

    @BeforeEach
    void start() {
        bench.agent.handle(Method.MESSAGE, (request, transaction, nowMs) -> {
            taken.add(transaction);
            bodies.add(request.bodyLength());
        });
        bench.agent.handle(Method.INVITE, (request, transaction, nowMs) -> taken.add(transaction));
    }

    private String request(String method, String more, String body) {
        count++;
        return method + " sip:alice@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.2:5070;branch=z9hG4bKs" + count
                + "\r\nVia: SIP/2.0/TCP 192.0.2.77;branch=z9hG4bKfar;x=\"y\"\r\nMax-Forwards: 70\r\nFrom: \"B\" <sip:bob@example.test>;tag=b;p=q\r\n"
                + "To: <sip:alice@example.test>\r\nCall-ID: s" + count + "@x\r\nCSeq: 7 " + method + "\r\n" + more + "Content-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private String ask(String message) {
        bench.arrives(message);
        return bench.sent.isEmpty() ? "" : bench.take();
    }

    private static String first(String message) {
        return message.split("\r\n")[0];
    }

    @Test
    @Shows({"3261-8.2.1-1", "3261-8.2.1-2", "3261-8.2.1-3", "3261-8.2.1-4", "3261-20.5-1"})
    void aMethodWeDoNotHaveIsRefusedWithThoseWeHave() {
        String answer = ask(request("DANCE", "", ""));
        assertEquals("SIP/2.0 405 Method Not Allowed", first(answer));
        List<String> allowed = List.of(Bench.header(answer, "Allow").split(", "));
        assertEquals(List.of("ACK", "CANCEL", "INVITE", "MESSAGE", "OPTIONS"), allowed.stream().sorted().toList());
        assertEquals("SIP/2.0 405 Method Not Allowed", first(ask(request("REFER", "", ""))));
    }

    @Test
    @Shows({"3261-8.2.2-1", "3261-20-8"})
    void headersWeDoNotKnowArePassedOver() {
        ask(request("MESSAGE", "X-Strange: 1;2;3\r\nMin-Expires: not a number, and not for a request\r\n", ""));
        assertEquals(1, taken.size());
    }

    @Test
    @Shows({"3261-8.2.2.3-1", "3261-8.2.2.3-2", "3261-20.32-1", "3261-20.32-2", "3261-8.2-2"})
    void extensionsWeDoNotKnowAreRefusedByName() {
        String answer = ask(request("MESSAGE", "Require: teleport, timetravel\r\n", ""));
        assertEquals("SIP/2.0 420 Bad Extension", first(answer));
        assertTrue(answer.contains("Unsupported: teleport\r\n") && answer.contains("Unsupported: timetravel\r\n"), answer);
        assertEquals(0, taken.size());
    }

    @Test
    @Shows("3261-8.2.2.3-4")
    void requireInACancelIsPassedOver() {
        bench.arrives(request("INVITE", "Contact: <sip:bob@192.0.2.2>\r\n", ""));
        String cancel = request("CANCEL", "Require: teleport\r\n", "").replace("z9hG4bKs2", "z9hG4bKs1").replace("s2@x", "s1@x");
        bench.arrives(cancel);
        assertEquals("SIP/2.0 200 OK", first(bench.sent.get(0)));
        assertEquals("SIP/2.0 487 Request Terminated", first(bench.sent.get(1)));
    }

    @Test
    @Shows({"6665-4.6-1", "6665-4.6-2"})
    void aCancelOfARequestThatIsNoInviteIsAnsweredAndDoesNothing() {
        for (String method : List.of("SUBSCRIBE", "NOTIFY")) {
            bench.agent.handle(method.equals("NOTIFY") ? Method.NOTIFY : Method.SUBSCRIBE, (request, transaction, nowMs) -> taken.add(transaction));
            int before = count;
            bench.arrives(request(method, "Event: presence\r\nContact: <sip:bob@192.0.2.2>\r\n", ""));
            String branch = "s" + (before + 1);
            String cancel = request("CANCEL", "", "").replace("z9hG4bKs" + count, "z9hG4bK" + branch).replace("s" + count + "@x", branch + "@x");
            bench.arrives(cancel);
            assertEquals("SIP/2.0 200 OK", first(bench.take()));
            assertTrue(bench.sent.isEmpty(), "the request waits for its own answer");
            taken.get(taken.size() - 1).reply(200, 0);
            assertTrue(Bench.header(bench.take(), "CSeq").endsWith(method));
        }
    }

    @Test
    @Shows({"3261-8.2.6.2-1", "3261-8.2.6.2-2", "3261-8.2.6.2-3", "3261-8.2.6.2-4", "3261-8.2.6.2-6", "3261-8.2.6.2-7", "3261-20-6"})
    void aResponseIsMadeOfItsRequest() {
        bench.arrives(request("INVITE", "Contact: <sip:bob@192.0.2.2>\r\n", ""));
        taken.get(0).reply(180, 0);
        taken.get(0).reply(486, 0);
        String ringing = bench.take();
        String busy = bench.take();
        for (String answer : List.of(ringing, busy)) {
            assertEquals("\"B\" <sip:bob@example.test>;tag=b;p=q", Bench.header(answer, "From"));
            assertEquals("s1@x", Bench.header(answer, "Call-ID"));
            assertEquals("7 INVITE", Bench.header(answer, "CSeq"));
            int one = answer.indexOf("Via: SIP/2.0/UDP 192.0.2.2:5070;branch=z9hG4bKs1");
            int two = answer.indexOf("Via: SIP/2.0/TCP 192.0.2.77;branch=z9hG4bKfar;x=\"y\"\r\n");
            assertTrue(one > 0 && two > one, answer);
            assertTrue(Bench.header(answer, "To").matches("<sip:alice@example.test>;tag=[0-9a-f]{16}"), answer);
        }
        assertEquals(Bench.header(ringing, "To"), Bench.header(busy, "To"));
    }

    @Test
    @Shows("3261-8.2.6.2-5")
    void aToWithATagStaysAsItIs() {
        bench.arrives(request("MESSAGE", "", "").replace("To: <sip:alice@example.test>", "To: <sip:alice@example.test>;tag=mine;z=1"));
        taken.get(0).reply(200, 0);
        assertEquals("<sip:alice@example.test>;tag=mine;z=1", Bench.header(bench.take(), "To"));
    }

    @Test
    @Shows({"3261-8.2.6.1-3", "3261-17.2.1-1"})
    void tryingTakesTheTimestampBack() {
        bench.arrives(request("INVITE", "Timestamp: 54.3\r\nContact: <sip:bob@192.0.2.2>\r\n", ""));
        bench.runTo(199);
        assertTrue(bench.sent.isEmpty());
        bench.runTo(200);
        String trying = bench.take();
        assertEquals("SIP/2.0 100 Trying", first(trying));
        assertEquals("54.3", Bench.header(trying, "Timestamp"));
    }

    @Test
    @Shows({"3261-8.2.7-1", "3261-8.2.7-2", "3261-8.2.7-3", "3261-8.2.7-5"})
    void whatCannotBeReadIsAnsweredWithoutKeepingAnything() {
        String bad = request("MESSAGE", "Max-Forwards: 300\r\n", "");
        String one = ask(bad);
        String two = ask(bad);
        assertTrue(first(one).startsWith("SIP/2.0 400 "), one);
        assertEquals(one, two);
        assertTrue(Bench.header(one, "To").contains(";tag="), one);
        bench.runTo(60_000);
        assertTrue(bench.sent.isEmpty());
        assertEquals("", ask(request("ACK", "Max-Forwards: 300\r\n", "")));
        assertEquals(0, bench.transactions.serversInUse());
    }

    @Test
    @Shows("3261-11-1")
    void optionsAreAnswered() {
        String answer = ask(request("OPTIONS", "", ""));
        assertEquals("SIP/2.0 200 OK", first(answer));
        assertTrue(Bench.header(answer, "Allow").contains("MESSAGE"), answer);
    }

    @Test
    @Shows({"3261-18.2.1-4", "3261-18.2.1-5", "3261-18.2.1-6", "3261-18.2.2-7", "3261-18.2.2-1"})
    void anotherSourceIsWrittenIntoTheViaAndAnswered() {
        bench.arrives(request("OPTIONS", "", "").replace("192.0.2.2:5070", "192.0.2.200:5070"));
        String answer = bench.take();
        assertTrue(Bench.header(answer, "Via").contains(";received=192.0.2.2"), answer);
        assertEquals(0xC0000202L, bench.lastFlow.addressLow() & 0xFFFFFFFFL);
        assertEquals(5070, bench.lastFlow.port());
        bench.arrives(request("OPTIONS", "", "").replace("192.0.2.2:5070", "client.example.test"));
        answer = bench.take();
        assertTrue(Bench.header(answer, "Via").contains(";received=192.0.2.2"), answer);
        assertEquals(5060, bench.lastFlow.port());
    }

    @Test
    @Shows("3261-18.2.2-9")
    void theSameSourceIsAnsweredAtSentBy() {
        bench.arrives(request("OPTIONS", "", ""));
        assertFalse(Bench.header(bench.take(), "Via").contains("received"));
        assertEquals(5070, bench.lastFlow.port());
    }

    @Test
    @Shows({"3261-18.2.2-2", "3261-18-3"})
    void whatCameOnAStreamIsAnsweredOnItAndADatagramByADatagram() {
        byte[] b = request("OPTIONS", "", "").replace("/UDP", "/TCP").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        Flow peer = new Flow().set(Flow.TCP, 0, 0xFFFF00000000L | 0xC0000202L, 40_000, 9);
        bench.transport.onStreamOpened(9, peer);
        bench.transport.onStreamData(9, b, 0, b.length, 0);
        assertTrue(bench.take().startsWith("SIP/2.0 200"));
        assertEquals(9, bench.lastFlow.connection());
        assertEquals(Flow.TCP, bench.lastFlow.transport());
        bench.arrives(request("OPTIONS", "", ""));
        assertTrue(bench.take().startsWith("SIP/2.0 200"));
        assertEquals(Flow.UDP, bench.lastFlow.transport());
    }

    @Test
    @Shows("3261-18.2.2-5")
    void maddrSaysWhereDatagramsAreAnswered() {
        String asked = request("OPTIONS", "", "").replace(";branch=z9hG4bKs", ";maddr=192.0.2.99;rport;branch=z9hG4bKs");
        bench.arrives(asked);
        bench.take();
        assertEquals(0xC0000263L, bench.lastFlow.addressLow() & 0xFFFFFFFFL);
        assertEquals(5070, bench.lastFlow.port());
        bench.arrives(request("OPTIONS", "", "").replace("192.0.2.2:5070;", "192.0.2.2;maddr=192.0.2.99;"));
        bench.take();
        assertEquals(5060, bench.lastFlow.port());
    }

    @Test
    @Shows("3261-18.3-1")
    void whatFollowsTheBodyIsDropped() {
        bench.arrives(request("MESSAGE", "", "hello") + "MESSAGE sip:alice@192.0.2.1 SIP/2.0\r\n");
        assertEquals(List.of(5), bodies);
    }

    @Test
    @Shows("3261-18.1.1-3")
    void aDatagramMayBeAsLargeAsTheyCome() {
        bench.arrives(request("MESSAGE", "", "x".repeat(64_000)));
        assertEquals(List.of(64_000), bodies);
    }

    @Test
    @Shows("3261-18.3-2")
    void aResponseWhoseBodyIsCutIsDroppedAndARequestRefused() {
        bench.arrives("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>;tag=2\r\n"
                + "Call-ID: 1\r\nCSeq: 1 MESSAGE\r\nContent-Length: 9\r\n\r\nhello");
        assertEquals(0, bench.transactions.strayResponses(), "it did not even get that far");
        assertTrue(first(ask(request("MESSAGE", "", "hello").replace("Content-Length: 5", "Content-Length: 9"))).startsWith("SIP/2.0 400 "));
    }
}
