package org.sidetone.sip.ua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sidetone.Bench;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;
import org.sidetone.port.Domains;
import org.sidetone.port.Flow;
import org.sidetone.port.Wire;
import org.sidetone.sip.Header;
import org.sidetone.sip.Method;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.dialog.Dialog;
import org.sidetone.sip.locate.Locator;

/** What a user agent client puts into its requests and makes of the answers (RFC 3261 sections 8.1, 12.2.1, 18.1.1, 22). */
class ClientRulesTest {
    private final Bench bench = new Bench();
    private final List<Integer> ended = new ArrayList<>();
    private String body = "";

    /** A request that says nothing of its own. */
    private final class Probe extends ClientRequest {
        Probe() {
            super(bench.agent, bench.agent.newDialog());
            setAccount(bench.account);
        }

        String start(int method) {
            byte[] to = "sip:bob@example.test".getBytes(StandardCharsets.US_ASCII);
            startDialog(bench.account.address, new Slice().wrap(to), new Slice().wrap(to));
            assertTrue(send(method, bench.nowMs));
            return bench.take();
        }

        Dialog dialog() {
            return dialog;
        }

        @Override
        protected void writeContent(SipWriter out, Flow to, long nowMs) {
            agent.putContact(account().contactUser, to, out.name(Header.CONTACT).sink());
            out.end();
            if (!body.isEmpty()) {
                out.header(Header.CONTENT_TYPE, "text/plain");
                out.body().sink().put(body);
            }
        }

        @Override
        protected void onFinal(int status, SipMessage response, long nowMs) {
            ended.add(status);
        }
    }

    @Test
    @Shows({"3261-8.1.1-1", "3261-8.1.1.2-2", "3261-8.1.1.2-4", "3261-8.1.1.3-2", "3261-8.1.1.5-1", "3261-8.1.1.5-2", "3261-8.1.1.6-1",
        "3261-8.1.1.7-1", "3261-8.1.1.7-2", "3261-8.1.1.7-3", "3261-8.1.1.7-5", "3261-20.42-1", "3261-18.1.1-6", "3261-20-5", "3261-20.14-3",
        "3261-20-3", "3261-20.14-2", "3261-12.1.2-1", "3261-8.1.1.8-1", "3261-8.1.1.8-2"})
    void aRequestThatStartsSomethingIsComplete() {
        String request = new Probe().start(Method.SUBSCRIBE);
        assertTrue(request.startsWith("SUBSCRIBE sip:bob@example.test SIP/2.0\r\n"), request);
        assertEquals("<sip:bob@example.test>", Bench.header(request, "To"));
        assertTrue(Bench.header(request, "From").matches("<sip:alice@example.test>;tag=[0-9a-f]{16}"), request);
        String[] cseq = Bench.header(request, "CSeq").split(" ");
        assertEquals("SUBSCRIBE", cseq[1]);
        assertTrue(Long.parseLong(cseq[0]) < 1L << 31);
        assertTrue(Bench.header(request, "Call-ID").length() >= 16);
        assertEquals("70", Bench.header(request, "Max-Forwards"));
        assertTrue(Bench.header(request, "Via").matches("SIP/2\\.0/UDP 192\\.0\\.2\\.1:5060;branch=z9hG4bK[0-9a-f]{16};rport"), request);
        assertEquals("<sip:alice@192.0.2.1:5060>", Bench.header(request, "Contact"));
        assertEquals("0", Bench.header(request, "Content-Length"));
    }

    @Test
    @Shows({"3261-8.1.1.4-3", "3261-8.1.1.7-4"})
    void callIdAndBranchAreNewEachTime() {
        String one = new Probe().start(Method.MESSAGE);
        String two = new Probe().start(Method.MESSAGE);
        assertNotEquals(Bench.header(one, "Call-ID"), Bench.header(two, "Call-ID"));
        assertNotEquals(Bench.param(Bench.header(one, "Via"), "branch"), Bench.param(Bench.header(two, "Via"), "branch"));
        assertNotEquals(Bench.param(Bench.header(one, "From"), "tag"), Bench.param(Bench.header(two, "From"), "tag"));
    }

    @Test
    @Shows("3261-8.1.3.1-1")
    void silenceIsATimeout() {
        new Probe().start(Method.MESSAGE);
        bench.runTo(31_999);
        assertEquals(List.of(), ended);
        bench.runTo(32_000);
        assertEquals(List.of(408), ended);
    }

    @Test
    @Shows("3261-8.1.3.1-2")
    void abrokenTransportIsUnavailable() {
        Probe probe = new Probe();
        byte[] to = "sip:bob@example.test".getBytes(StandardCharsets.US_ASCII);
        probe.startDialog(bench.account.address, new Slice().wrap(to), new Slice().wrap(to));
        bench.answer = Wire.UNREACHABLE;
        probe.send(Method.MESSAGE, 0);
        assertEquals(List.of(503), ended);
    }

    @Test
    @Shows({"3261-8.1.3.2-2", "3261-8.1.3.2-3"})
    void provisionalAnswersOfEveryKindAreWaitedThrough() {
        String request = new Probe().start(Method.MESSAGE);
        for (String status : List.of("100 Trying", "183 Session Progress", "199 Whatever")) {
            bench.answer(request, status, "");
        }
        assertEquals(List.of(), ended);
        bench.answer(request, "200 OK", "");
        assertEquals(List.of(200), ended);
    }

    /** A dialog as a subscription has it, and the request in it. */
    private String within(String routes) {
        Probe probe = new Probe();
        String first = probe.start(Method.SUBSCRIBE);
        bench.answer(first, "200 OK", "");
        Dialog d = probe.dialog();
        d.remoteTag.set("theirs");
        d.remoteTarget.set("sip:bob@192.0.2.9");
        d.routeSet.set(routes);
        assertTrue(probe.send(Method.SUBSCRIBE, bench.nowMs));
        String second = bench.take();
        assertEquals(Bench.header(first, "Call-ID"), Bench.header(second, "Call-ID"));
        assertEquals(Bench.header(first, "From"), Bench.header(second, "From"));
        long one = Long.parseLong(Bench.header(first, "CSeq").split(" ")[0]);
        assertEquals(one + 1 + " SUBSCRIBE", Bench.header(second, "CSeq"));
        assertEquals("<sip:bob@example.test>;tag=theirs", Bench.header(second, "To"));
        assertTrue(second.startsWith("SUBSCRIBE sip:" + (routes.isEmpty() || routes.contains(";lr") ? "bob@192.0.2.9" : "192.0.2.50;x=y") + " "), second);
        return second;
    }

    @Test
    @Shows({"3261-12.2.1.1-1", "3261-12.2.1.1-2", "3261-12.2.1.1-3", "3261-12.2.1.1-4", "3261-12.2.1.1-6", "3261-12.2.1.1-7", "3261-12.2.1.1-8",
        "3261-12.2.1.1-9", "3261-12.2.1.1-10", "3261-12.2.1.1-11", "3261-12.2.1.1-12", "3261-8.1.1.4-1", "3261-12.1-2"})
    void aRequestInADialogGoesToItsTargetAndCountsUp() {
        assertNull(Bench.header(within(""), "Route"));
        assertEquals(0xC0000209L, bench.lastFlow.addressLow() & 0xFFFFFFFFL);
    }

    @Test
    @Shows("3261-12.2.1.1-13")
    void withARouteSetItGoesToTheFirstOfIt() {
        String request = within("<sip:192.0.2.50;lr;x=y>, <sip:192.0.2.51;lr>");
        assertEquals("<sip:192.0.2.50;lr;x=y>, <sip:192.0.2.51;lr>", Bench.header(request, "Route"));
        assertEquals(0xC0000232L, bench.lastFlow.addressLow() & 0xFFFFFFFFL);
    }

    @Test
    @Shows({"3261-8.1.2-2", "3261-12.2.1.1-14", "3261-12.2.1.1-15", "3261-12.2.1.1-16"})
    void aStrictRouterBecomesTheRequestUriAndTheTargetTheLastRoute() {
        String request = within("<sip:192.0.2.50;x=y;method=INVITE?subject=z>, <sip:192.0.2.51>");
        assertTrue(request.startsWith("SUBSCRIBE sip:192.0.2.50;x=y SIP/2.0\r\n"), request);
        assertEquals("<sip:192.0.2.51>, <sip:bob@192.0.2.9>", Bench.header(request, "Route"));
        assertEquals(0xC0000232L, bench.lastFlow.addressLow() & 0xFFFFFFFFL);
        assertEquals("<sip:bob@192.0.2.9>", Bench.header(within("<sip:192.0.2.50;x=y>"), "Route"));
    }

    @Test
    @Shows("3261-8.1.2-3")
    void aRequestToASipsUriTakesTlsWhateverTheRouteSays() {
        Locator locator = new Locator(null, () -> 0, bench.capacity, new Domains(4));
        locator.support(Flow.TLS, true);
        bench.agent.setLocator(locator);
        Dialog d = new Probe().dialog();
        for (String route : List.of("<sip:192.0.2.50;lr>", "<sip:192.0.2.50;transport=udp;lr>", "<sips:192.0.2.50;lr>", "")) {
            bench.account.serverUri.set(route.isEmpty() ? "sip:192.0.2.50" : "sip:192.0.2.2");
            d.clear();
            d.routeSet.set(route);
            d.remoteTarget.set("sips:bob@example.test");
            d.remoteTag.set(route.isEmpty() ? "" : "x");
            Flow out = new Flow();
            assertEquals(Locator.FOUND, bench.agent.nextHop(d, bench.account, bench.account.way(), Method.MESSAGE, nowMs -> { }, 0, out, 0), route);
            assertEquals("192.0.2.50 TLS 5061", "192.0.2." + (out.addressLow() & 0xFF) + (out.transport() == Flow.TLS ? " TLS " : " no TLS ") + out.port(), route);
        }
        assertEquals(Flow.UDP, bench.account.server.transport(), "the account's own way is as it was");
        bench.account.serverUri.clear();
        assertEquals(Locator.FAILED, bench.agent.nextHop(d, bench.account, bench.account.way(), Method.MESSAGE, nowMs -> { }, 0, new Flow(), 0), "there is no secure way");
    }

    @Test
    @Shows({"3261-8.1.1.1-3"})
    void routesKnownBeforehandLeadThere() {
        bench.account.serviceRoute.set("<sip:192.0.2.50;lr>, <sip:192.0.2.51;lr>");
        String request = new Probe().start(Method.MESSAGE);
        assertTrue(request.startsWith("MESSAGE sip:bob@example.test SIP/2.0\r\n"), request);
        assertEquals("<sip:192.0.2.50;lr>, <sip:192.0.2.51;lr>", Bench.header(request, "Route"));
        assertEquals(0xC0000232L, bench.lastFlow.addressLow() & 0xFFFFFFFFL);
    }

    @Test
    @Shows({"3261-18.1.1-1", "3261-18.1.1-2", "3261-18-5", "3428-8-2"})
    void whatIsLargeGoesOverAStreamAndSaysSo() {
        body = "x".repeat(600);
        String small = new Probe().start(Method.MESSAGE);
        assertTrue(small.length() < 1300 && Bench.header(small, "Via").startsWith("SIP/2.0/UDP "), small);
        assertEquals(Flow.UDP, bench.lastFlow.transport());
        body = "x".repeat(1000);
        String large = new Probe().start(Method.MESSAGE);
        assertTrue(large.length() > 1300 && Bench.header(large, "Via").startsWith("SIP/2.0/TCP "), large);
        assertEquals(Flow.TCP, bench.lastFlow.transport());
    }

    private static String challenge(String more) {
        return "WWW-Authenticate: Digest realm=\"example.test\", nonce=\"n\"" + more + "\r\n";
    }

    @Test
    @Shows({"3261-22.2-8", "3261-22.4-3", "3261-22.4-7"})
    void aChallengedRequestComesAgainWithCredentialsAndAHigherNumber() {
        String first = new Probe().start(Method.MESSAGE);
        bench.answer(first, "401 Unauthorized", challenge(", qop=\"auth\""));
        String second = bench.take();
        long one = Long.parseLong(Bench.header(first, "CSeq").split(" ")[0]);
        assertEquals(one + 1 + " MESSAGE", Bench.header(second, "CSeq"));
        assertEquals(Bench.header(first, "Call-ID"), Bench.header(second, "Call-ID"));
        String credentials = Bench.header(second, "Authorization");
        assertTrue(credentials.contains("uri=\"sip:bob@example.test\""), credentials);
        assertTrue(credentials.contains("qop=auth") && credentials.contains("cnonce="), credentials);
    }

    @Test
    @Shows("3261-22.4-5")
    void withoutQopThereIsNoCnonce() {
        bench.answer(new Probe().start(Method.MESSAGE), "401 Unauthorized", challenge(""));
        String credentials = Bench.header(bench.take(), "Authorization");
        assertFalse(credentials.contains("cnonce") || credentials.contains("qop"), credentials);
    }

    @Test
    @Shows("3261-22.1-13")
    void rejectedCredentialsAreNotSentAgainButAStaleNonceIs() {
        bench.answer(new Probe().start(Method.MESSAGE), "401 Unauthorized", challenge(", qop=\"auth\""));
        bench.answer(bench.take(), "401 Unauthorized", challenge(", qop=\"auth\"").replace("\"n\"", "\"m\""));
        assertTrue(bench.sent.isEmpty(), "the same secret would be refused again");
        assertEquals(List.of(401), ended);
        ended.clear();
        bench.account.forgetChallenges();
        bench.answer(new Probe().start(Method.MESSAGE), "401 Unauthorized", challenge(", qop=\"auth\""));
        bench.answer(bench.take(), "401 Unauthorized", challenge(", qop=\"auth\", stale=true").replace("\"n\"", "\"m\""));
        bench.answer(bench.take(), "200 OK", "");
        assertEquals(List.of(200), ended);
    }

    private void onStream(int connection, String text) {
        byte[] b = text.getBytes(StandardCharsets.US_ASCII);
        bench.transport.onStreamOpened(connection, new Flow().set(Flow.TCP, 0, 0xFFFF00000000L | 0xC0000202L, 5060, connection));
        bench.transport.onStreamData(connection, b, 0, b.length, bench.nowMs);
    }

    private static String ok(String request) {
        return "SIP/2.0 200 OK\r\nVia: " + Bench.header(request, "Via") + "\r\nFrom: " + Bench.header(request, "From") + "\r\nTo: " + Bench.header(request, "To")
                + ";tag=x\r\nCall-ID: " + Bench.header(request, "Call-ID") + "\r\nCSeq: " + Bench.header(request, "CSeq") + "\r\nContent-Length: 0\r\n\r\n";
    }

    @Test
    @Shows({"3261-18.1.1-8", "3261-18.1.1-9", "3261-18.1.1-11"})
    void theAnswerIsTakenOnTheConnectionOnANewOneAndAtThePortThatViaNames() {
        bench.account.server.set(Flow.TCP, 0, 0xFFFF00000000L | 0xC0000202L, 5060, 9);
        String request = new Probe().start(Method.MESSAGE);
        assertEquals(9, bench.lastFlow.connection());
        onStream(9, ok(request));
        assertEquals(List.of(200), ended);
        request = new Probe().start(Method.MESSAGE);
        assertTrue(Bench.header(request, "Via").startsWith("SIP/2.0/TCP 192.0.2.1:5060;"), "where we listen");
        onStream(10, ok(request));
        assertEquals(List.of(200, 200), ended);
        bench.account.server.setIpv4(Flow.UDP, 0xC0000202, 5060);
        request = new Probe().start(Method.MESSAGE);
        assertTrue(Bench.header(request, "Via").startsWith("SIP/2.0/UDP 192.0.2.1:5060;"), "where we listen");
        bench.answer(request, "200 OK", "");
        assertEquals(List.of(200, 200, 200), ended);
    }

    @Test
    void imAndPresAreAskedForBySip() {
        for (String scheme : List.of("im", "pres")) {
            Probe probe = new Probe();
            byte[] to = (scheme + ":bob@example.test").getBytes(StandardCharsets.US_ASCII);
            probe.startDialog(bench.account.address, new Slice().wrap(to), new Slice().wrap(to));
            assertTrue(probe.send(Method.MESSAGE, bench.nowMs));
            String first = bench.take();
            assertTrue(first.startsWith("MESSAGE sip:bob@example.test SIP/2.0\r\n"), first);
            assertEquals("<sip:bob@example.test>", Bench.header(first, "To"));
            bench.answer(first, "401 Unauthorized", challenge(", qop=\"auth\""));
            assertTrue(Bench.header(bench.take(), "Authorization").contains("uri=\"sip:bob@example.test\""));
            bench.account.forgetChallenges();
        }
    }

    private static String proxyChallenge(String realm, String nonce) {
        return "Proxy-Authenticate: Digest realm=\"" + realm + "\", nonce=\"" + nonce + "\", algorithm=MD5, qop=\"auth\"\r\n";
    }

    private static List<String> realms(String request) {
        return request.lines().filter(l -> l.startsWith("Proxy-Authorization:") || l.startsWith("Authorization:"))
                .map(l -> l.substring(0, l.indexOf(':')) + " " + l.replaceAll(".*realm=\"([^\"]*)\".*", "$1")).toList();
    }

    @Test
    void everyProxyOfAChainIsAnswered() {
        bench.answer(new Probe().start(Method.MESSAGE), "407 Proxy Authentication Required", proxyChallenge("one.test", "1"));
        String second = bench.take();
        assertEquals(List.of("Proxy-Authorization one.test"), realms(second));
        bench.answer(second, "407 Proxy Authentication Required", proxyChallenge("two.test", "2"));
        String third = bench.take();
        assertEquals(List.of("Proxy-Authorization one.test", "Proxy-Authorization two.test"), realms(third));
        bench.answer(third, "401 Unauthorized", challenge(", qop=\"auth\""));
        String fourth = bench.take();
        assertEquals(List.of("Authorization example.test", "Proxy-Authorization one.test", "Proxy-Authorization two.test"), realms(fourth));
        bench.answer(fourth, "407 Proxy Authentication Required", proxyChallenge("two.test", "3"));
        assertEquals(List.of(407), ended, "the second proxy refused the secret");
    }

    @Test
    void challengesOfAForkAreAnsweredTogetherTheTopmostOfEachRealm() {
        String first = new Probe().start(Method.MESSAGE);
        bench.answer(first, "401 Unauthorized", challenge(", qop=\"auth\", algorithm=SHA-256") + challenge(", qop=\"auth\", algorithm=MD5")
                + proxyChallenge("one.test", "1") + proxyChallenge("two.test", "2") + challenge(", qop=\"auth\"").replace("example.test", "far.test"));
        String second = bench.take();
        assertEquals(List.of("Authorization example.test", "Authorization far.test", "Proxy-Authorization one.test", "Proxy-Authorization two.test"),
                realms(second));
        assertTrue(Bench.header(second, "Authorization").contains("algorithm=SHA-256"), second);
    }

    @Test
    @Shows("3261-22.3-9")
    void credentialsForForeignRealmsStayInTheirDialogThoseOfTheOwnDomainDoNot() {
        Probe probe = new Probe();
        bench.answer(probe.start(Method.SUBSCRIBE), "407 Proxy Authentication Required", proxyChallenge("far.test", "1") + proxyChallenge("Example.test", "2"));
        bench.answer(bench.take(), "200 OK", "");
        assertTrue(probe.send(Method.SUBSCRIBE, bench.nowMs));
        String refresh = bench.take();
        assertEquals(List.of("Proxy-Authorization far.test", "Proxy-Authorization Example.test"), realms(refresh));
        assertTrue(refresh.contains("nc=00000002"), refresh);
        assertEquals(List.of("Proxy-Authorization Example.test"), realms(new Probe().start(Method.SUBSCRIBE)));
        bench.answer(refresh, "200 OK", "");
        assertEquals(List.of("Proxy-Authorization Example.test"), realms(probe.start(Method.SUBSCRIBE)), "another dialog of the same usage");
    }

    @Test
    void aRealmThatTheRegistrarNamedIsTheOwn() {
        bench.answer(new Probe().start(Method.REGISTER), "401 Unauthorized", challenge(", qop=\"auth\"").replace("example.test", "asterisk"));
        bench.answer(bench.take(), "200 OK", "");
        assertEquals(List.of("Authorization asterisk"), realms(new Probe().start(Method.MESSAGE)));
    }

    @Test
    void moreRealmsThanThereIsRoomForTakeThePlaceOfTheOldest() {
        Probe probe = new Probe();
        for (int i = 0; i < 8; i++) {
            bench.answer(probe.start(Method.MESSAGE), "407 Proxy Authentication Required", proxyChallenge("realm" + i, "1"));
            String second = bench.take();
            assertEquals(List.of("Proxy-Authorization realm" + i), realms(second));
            bench.answer(second, "200 OK", "");
        }
        assertEquals(8, ended.size());
    }

    @Test
    @Shows("3261-18.1.2-1")
    void aResponseToSomebodyElsesViaIsDropped() {
        String request = new Probe().start(Method.MESSAGE);
        bench.answer(request.replace("192.0.2.1:5060;branch", "192.0.2.66:5060;branch"), "200 OK", "");
        assertEquals(List.of(), ended);
        assertEquals(1, bench.transactions.strayResponses());
        bench.answer(request, "200 OK", "");
        assertEquals(List.of(200), ended);
    }
}
