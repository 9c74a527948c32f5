package org.sidetone.sip.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sidetone.Bench;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;
import org.sidetone.port.Flow;
import org.sidetone.sip.Method;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.transaction.InviteServer;
import org.sidetone.sip.transaction.ServerTransaction;
import org.sidetone.sip.transaction.TransactionUser;

/** RFC 3261 section 16 and RFC 5393, step by step: a proxy between a caller and as many callees as a test wants. */
class ProxyTest implements ProxyUser, TransactionUser {
    private final Bench bench = new Bench();
    private Proxy proxy;
    private final Map<String, Integer> callees = new TreeMap<>();
    private boolean records;
    private int count;

    @BeforeEach
    void start() {
        bench.capacity.proxied = 4;
        proxy = new Proxy(bench.agent, bench.capacity, "example.test");
        bench.transactions.setUser(this);
    }

    @Override
    public void onRequest(SipMessage request, ServerTransaction transaction, long nowMs) {
        if (request.method() == Method.CANCEL) {
            ServerTransaction cancelled = bench.transactions.cancelled(request);
            transaction.reply(cancelled == null ? 481 : 200, nowMs);
            if (cancelled instanceof InviteServer invite) {
                assertTrue(proxy.cancel(invite, nowMs));
            }
            return;
        }
        if (!proxy.accepts(request, transaction, nowMs)) {
            return;
        }
        ProxyContext context = proxy.open(request, transaction, this, 0);
        if (records) {
            context.recordRoute();
        }
        int host = 10;
        for (Map.Entry<String, Integer> callee : callees.entrySet()) {
            byte[] uri = callee.getKey().getBytes(StandardCharsets.US_ASCII);
            assertTrue(context.addTarget(new Slice().wrap(uri), new Flow().setIpv4(Flow.UDP, 0xC0000200 | host++, 5060), null,
                    callee.getValue()));
        }
        context.forward(0, nowMs);
    }

    @Override
    public boolean onAck(SipMessage ack, Flow source, long nowMs) {
        return false;
    }

    @Override
    public boolean onResponseUnsent(ServerTransaction transaction, long nowMs) {
        // the tests look at messages
        return false;
    }

    @Override
    public boolean onFailed(ProxyContext context, int status, long nowMs) {
        return false;
    }

    @Override
    public void onSucceeded(ProxyContext context, int status, long nowMs) {
        // the tests look at messages
    }

    @Override
    public boolean onSilence(ProxyContext context, long nowMs) {
        return false;
    }

    @Override
    public void onDone(ProxyContext context, long nowMs) {
        // the tests look at messages
    }

    private String request(String method, String more) {
        count++;
        return method + " sip:bob@example.test SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKc" + count
                + "\r\nMax-Forwards: 70\r\nFrom: <sip:alice@example.test>;tag=a\r\nTo: <sip:bob@example.test>\r\nCall-ID: c" + count
                + "\r\nCSeq: 1 " + method + "\r\nContact: <sip:alice@192.0.2.2>\r\n" + more + "Content-Length: 0\r\n\r\n";
    }

    private List<String> taken() {
        List<String> out = new ArrayList<>(bench.sent);
        bench.sent.clear();
        return out;
    }

    private List<String> arrives(String message) {
        bench.arrives(message);
        return taken();
    }

    private List<String> answer(String request, String status) {
        return answer(request, status, "");
    }

    private List<String> answer(String request, String status, String more) {
        StringBuilder vias = new StringBuilder();
        for (String line : request.split("\r\n")) {
            if (line.startsWith("Via:") || line.startsWith("Record-Route:")) {
                vias.append(line).append("\r\n");
            }
        }
        String to = Bench.header(request, "To");
        return arrives("SIP/2.0 " + status + "\r\n" + vias + "From: " + Bench.header(request, "From") + "\r\nTo: " + to + ";tag=b"
                + Bench.header(request, "Via").hashCode() + "\r\nCall-ID: " + Bench.header(request, "Call-ID") + "\r\nCSeq: "
                + Bench.header(request, "CSeq") + "\r\n" + more + "Content-Length: 0\r\n\r\n");
    }

    private static String first(String message) {
        return message.split("\r\n")[0];
    }

    private static List<String> firsts(List<String> messages) {
        return messages.stream().map(ProxyTest::first).toList();
    }

    @Test
    @Shows("6665-4.4.4-3")
    void oneViaIsPutOnTopOneHopTakenAndTheAnswerComesBackWithoutIt() {
        callees.put("sip:bob@192.0.2.10", 0);
        List<String> out = arrives(request("MESSAGE", "X-Unknown: stays;as=it is\r\n"));
        assertEquals(1, out.size());
        String sent = out.get(0);
        assertEquals("MESSAGE sip:bob@192.0.2.10 SIP/2.0", first(sent));
        assertEquals("69", Bench.header(sent, "Max-Forwards"));
        assertEquals("60", Bench.header(sent, "Max-Breadth"));
        assertEquals("stays;as=it is", Bench.header(sent, "X-Unknown"));
        assertTrue(sent.indexOf("z9hG4bKc") > sent.indexOf("Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK"), sent);
        assertFalse(sent.contains("Record-Route"), sent);
        assertFalse(sent.contains("Allow-Events"), sent);
        String back = answer(sent, "200 OK").get(0);
        assertEquals("SIP/2.0 200 OK", first(back));
        assertEquals(1, back.split("Via:").length - 1);
        assertTrue(Bench.header(back, "Via").contains("branch=z9hG4bKc"), back);
    }

    @Test
    void requestsThatMustNotGoOnAreAnswered() {
        callees.put("sip:bob@192.0.2.10", 0);
        assertEquals(List.of("SIP/2.0 483 Too Many Hops"), firsts(arrives(request("MESSAGE", "").replace("Max-Forwards: 70", "Max-Forwards: 0"))));
        List<String> refused = arrives(request("MESSAGE", "Proxy-Require: teleport\r\n"));
        assertEquals("SIP/2.0 420 Bad Extension", first(refused.get(0)));
        assertEquals("teleport", Bench.header(refused.get(0), "Unsupported"));
        assertEquals(List.of("SIP/2.0 440 Max-Breadth Exceeded"), firsts(arrives(request("MESSAGE", "Max-Breadth: 0\r\n"))));
    }

    /** What came back from us by way of somebody who only put a Via on top. */
    private static String returned(String sent, String newUri) {
        return sent.replaceFirst("MESSAGE \\S+ SIP", "MESSAGE " + newUri + " SIP")
                .replaceFirst("Via:", "Via: SIP/2.0/UDP 192.0.2.77;branch=z9hG4bKother" + newUri.hashCode() + "\r\nVia:");
    }

    @Test
    void aLoopIsFoundAndASpiralIsNot() {
        callees.put("sip:bob@192.0.2.10", 0);
        String sent = arrives(request("MESSAGE", "")).get(0);
        assertEquals(List.of("SIP/2.0 482 Loop Detected"), firsts(arrives(returned(sent, "sip:bob@example.test"))));
        assertEquals(1, proxy.loops());
        assertEquals(List.of("MESSAGE sip:bob@192.0.2.10 SIP/2.0"), firsts(arrives(returned(sent, "sip:robert@example.test"))));
    }

    @Test
    void breadthIsSharedAmongBranchesAndNotExceeded() {
        callees.put("sip:bob@192.0.2.10", 0);
        callees.put("sip:bob@192.0.2.11", 0);
        List<String> out = arrives(request("MESSAGE", "Max-Breadth: 5\r\n"));
        assertEquals(List.of("2", "2"), out.stream().map(m -> Bench.header(m, "Max-Breadth")).toList());
        assertEquals(List.of("SIP/2.0 440 Max-Breadth Exceeded"), firsts(arrives(request("MESSAGE", "Max-Breadth: 1\r\n"))));
    }

    @Test
    void theFirstWhoTakesACallCancelsTheOthers() {
        callees.put("sip:bob@192.0.2.10", 0);
        callees.put("sip:bob@192.0.2.11", 0);
        List<String> out = arrives(request("INVITE", ""));
        String one = out.get(0);
        String two = out.get(1);
        assertEquals(List.of(), answer(one, "100 Trying"));
        assertEquals(List.of("SIP/2.0 180 Ringing"), firsts(answer(one, "180 Ringing")));
        assertEquals(List.of("SIP/2.0 183 Session Progress"), firsts(answer(two, "183 Session Progress")));
        assertEquals(List.of("SIP/2.0 200 OK", "CANCEL sip:bob@192.0.2.10 SIP/2.0"), firsts(answer(two, "200 OK")));
        assertEquals(List.of("ACK sip:bob@192.0.2.10 SIP/2.0"), firsts(answer(one, "487 Request Terminated")));
        assertEquals(List.of("SIP/2.0 200 OK"), firsts(answer(two, "200 OK")), "a 2xx that comes again goes on");
        bench.runTo(bench.nowMs + 40_000);
        taken();
        assertEquals(List.of(), answer(two, "200 OK"), "a stray one does not (RFC 6026)");
        assertEquals(0, proxy.inUse());
    }

    @Test
    void everySuccessOfACallGoesBack() {
        callees.put("sip:bob@192.0.2.10", 0);
        callees.put("sip:bob@192.0.2.11", 0);
        List<String> out = arrives(request("INVITE", ""));
        answer(out.get(0), "180 Ringing");
        answer(out.get(1), "180 Ringing");
        answer(out.get(0), "200 OK");
        assertEquals(List.of("SIP/2.0 200 OK"), firsts(answer(out.get(1), "200 OK")));
    }

    @Test
    void aGlobalRefusalCancelsTheOthersAndWins() {
        callees.put("sip:bob@192.0.2.10", 0);
        callees.put("sip:bob@192.0.2.11", 0);
        callees.put("sip:bob@192.0.2.12", -1);
        List<String> out = arrives(request("INVITE", ""));
        answer(out.get(1), "180 Ringing");
        assertEquals(List.of("ACK sip:bob@192.0.2.10 SIP/2.0", "CANCEL sip:bob@192.0.2.11 SIP/2.0"), firsts(answer(out.get(0), "603 Decline")));
        assertEquals(List.of("ACK sip:bob@192.0.2.11 SIP/2.0", "SIP/2.0 603 Decline"), firsts(answer(out.get(1), "487 Request Terminated")));
    }

    @Test
    void theLowestClassIsTheBestFailureAndWhatHelpsTheClientTheBestOfIt() {
        callees.put("sip:bob@192.0.2.10", 0);
        callees.put("sip:bob@192.0.2.11", 0);
        callees.put("sip:bob@192.0.2.12", 0);
        List<String> out = arrives(request("MESSAGE", ""));
        answer(out.get(0), "500 Server Internal Error");
        answer(out.get(1), "404 Not Found");
        assertEquals(List.of("SIP/2.0 415 Unsupported Media Type"), firsts(answer(out.get(2), "415 Unsupported Media Type")));
        out = arrives(request("MESSAGE", ""));
        answer(out.get(0), "302 Moved");
        answer(out.get(1), "404 Not Found");
        assertEquals(List.of("SIP/2.0 302 Moved"), firsts(answer(out.get(2), "500 Server Internal Error")));
    }

    @Test
    void aServersRefusalForItselfIsNotPassedOn() {
        callees.put("sip:bob@192.0.2.10", 0);
        assertEquals(List.of("SIP/2.0 500 Server Internal Error"), firsts(answer(arrives(request("MESSAGE", "")).get(0), "503 Service Unavailable")));
    }

    @Test
    @Shows({"3261-22.3-4", "3261-22.3-14"})
    void theChallengesOfAllAreCollected() {
        callees.put("sip:bob@192.0.2.10", 0);
        callees.put("sip:bob@192.0.2.11", 0);
        List<String> out = arrives(request("MESSAGE", ""));
        answer(out.get(0), "401 Unauthorized", "WWW-Authenticate: Digest realm=\"one\", nonce=\"1\"\r\n");
        String back = answer(out.get(1), "407 Proxy Authentication Required", "Proxy-Authenticate: Digest realm=\"two\", nonce=\"2\"\r\n").get(0);
        assertTrue(back.contains("WWW-Authenticate: Digest realm=\"one\"") && back.contains("Proxy-Authenticate: Digest realm=\"two\""), back);
    }

    @Test
    void thoseLessWantedAreTriedWhenTheOthersFailed() {
        callees.put("sip:bob@192.0.2.10", 1);
        callees.put("sip:bob@192.0.2.11", 9);
        String first = arrives(request("MESSAGE", "")).get(0);
        assertEquals("MESSAGE sip:bob@192.0.2.11 SIP/2.0", first(first));
        List<String> next = answer(first, "480 Temporarily Unavailable");
        assertEquals(List.of("MESSAGE sip:bob@192.0.2.10 SIP/2.0"), firsts(next));
        assertEquals(List.of("SIP/2.0 200 OK"), firsts(answer(next.get(0), "200 OK")));
    }

    @Test
    void theCallerGivesUpAndHearsThatItEnded() {
        callees.put("sip:bob@192.0.2.10", 0);
        String invite = request("INVITE", "");
        String sent = arrives(invite).get(0);
        answer(sent, "180 Ringing");
        List<String> out = arrives(invite.replace("INVITE sip", "CANCEL sip").replace("1 INVITE", "1 CANCEL"));
        assertEquals(List.of("SIP/2.0 200 OK", "CANCEL sip:bob@192.0.2.10 SIP/2.0"), firsts(out));
        assertEquals(Bench.header(sent, "Via"), Bench.header(out.get(1), "Via"));
        assertEquals(List.of("ACK sip:bob@192.0.2.10 SIP/2.0", "SIP/2.0 487 Request Terminated"), firsts(answer(sent, "487 Request Terminated")));
        assertEquals(0, proxy.inUse());
    }

    @Test
    void timerCCancelsWhoRingsForThreeMinutesAndGivesUpOnWhoSaysNothing() {
        callees.put("sip:bob@192.0.2.10", 0);
        String sent = arrives(request("INVITE", "")).get(0);
        answer(sent, "180 Ringing");
        bench.runTo(170_000);
        answer(sent, "180 Ringing");                                           // starts it anew
        bench.runTo(350_000);
        assertEquals(List.of(), firsts(taken()));
        bench.runTo(351_001);
        assertEquals("CANCEL sip:bob@192.0.2.10 SIP/2.0", first(taken().get(0)));
    }

    @Test
    void aCalleeWhoIsNotThereIsATimeoutOfACallAndUnavailableForTheRest() {
        callees.put("sip:bob@192.0.2.10", 0);
        arrives(request("INVITE", ""));
        bench.runTo(33_000);
        assertTrue(firsts(taken()).contains("SIP/2.0 408 Request Timeout"));
        arrives(request("MESSAGE", ""));
        bench.runTo(66_000);
        assertTrue(firsts(taken()).contains("SIP/2.0 480 Temporarily Unavailable"), "a 408 is of no use to a non-INVITE (RFC 4320)");
    }

    @Test
    void itStaysOnThePathWhereItIsAskedTo() {
        records = true;
        callees.put("sip:bob@192.0.2.10", 0);
        String sent = arrives(request("INVITE", "Record-Route: <sip:192.0.2.50;lr>\r\n")).get(0);
        assertEquals("<sip:192.0.2.1:5060;lr>", Bench.header(sent, "Record-Route"));
        assertTrue(sent.indexOf("192.0.2.1:5060;lr") < sent.indexOf("192.0.2.50;lr"), sent);
        assertTrue(answer(sent, "200 OK").get(0).contains("Record-Route: <sip:192.0.2.1:5060;lr>"));
    }

    @Test
    @Shows({"3261-22.3-3", "3261-22.3-11"})
    void credentialsForOthersGoOnOursAreTakenOff() {
        callees.put("sip:bob@192.0.2.10", 0);
        String sent = arrives(request("MESSAGE", "Proxy-Authorization: Digest username=\"a\", realm=\"example.test\", nonce=\"1\"\r\n"
                + "Proxy-Authorization: Digest username=\"a\", realm=\"example.org\", nonce=\"2\"\r\n")).get(0);
        assertTrue(sent.contains("realm=\"example.org\"") && !sent.contains("realm=\"example.test\""), sent);
    }

    @Override
    public void onConnectionLost(int connection, long nowMs) {
        // nothing hangs on one
    }
}
