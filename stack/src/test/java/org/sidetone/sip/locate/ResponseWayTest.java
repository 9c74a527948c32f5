package org.sidetone.sip.locate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.sidetone.Bench;
import org.sidetone.port.Domains;
import org.sidetone.port.Flow;
import org.sidetone.sip.Header;
import org.sidetone.sip.Method;
import org.sidetone.sip.SipWriter;
import org.sidetone.sip.transaction.ServerTransaction;

/** RFC 3263 section 5: an answer that does not get back the way its request came is sent where the sender's name leads. */
class ResponseWayTest {
    private static final long SOURCE = 0xC0000202L;
    private final Bench bench = new Bench();
    private ZoneFile zone;
    private Locator locator;
    private ServerTransaction taken;
    private int requests;

    private void zone(String... lines) {
        zone = new ZoneFile(lines);
        locator = new Locator(zone, () -> 0, bench.capacity, new Domains(8));
        bench.agent.setLocator(locator);
        bench.agent.handle(Method.MESSAGE, (request, transaction, nowMs) -> taken = transaction);
        bench.reachable = flow -> (flow.addressLow() & 0xFFFFFFFFL) != SOURCE;
    }

    private void arrives(String sentBy, String transport) {
        byte[] b = ("MESSAGE sip:alice@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/" + transport + " " + sentBy + ";branch=z9hG4bK" + requests++
                + "\r\nMax-Forwards: 70\r\nFrom: <sip:b@x>;tag=1\r\nTo: <sip:a@x>\r\nCall-ID: c" + requests
                + "\r\nCSeq: 1 MESSAGE\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        int over = transport.equals("TCP") ? Flow.TCP : Flow.UDP;
        bench.transport.onDatagram(new Flow().set(over, 0, 0xFFFF00000000L | SOURCE, 5070, over == Flow.TCP ? 9 : 0), b, 0, b.length, bench.nowMs);
    }

    private String sentTo() {
        return Long.toHexString(bench.lastFlow.addressLow() & 0xFFFFFFFFL) + ":" + bench.lastFlow.port() + "/" + bench.lastFlow.transport();
    }

    @Test
    void aNameWithAPortIsAskedForAddresses() {
        zone("client.example.test 300 A 192.0.2.50");
        arrives("client.example.test:5099", "UDP");
        taken.reply(200, 0);
        assertEquals(0, bench.sent.size());
        locator.doWork(0);
        assertTrue(bench.take().startsWith("SIP/2.0 200 OK"));
        assertEquals("c0000232:5099/1", sentTo());
        assertEquals(0, bench.agent.unsentResponses());
        bench.runTo(32_000);
        assertEquals(0, bench.transactions.serversInUse());
    }

    /** As a proxy does: the response is not of our making. */
    @Test
    void aForwardedResponseGoesAnotherWayToo() {
        zone("client.example.test 300 A 192.0.2.50");
        arrives("client.example.test:5099", "UDP");
        SipWriter w = taken.forward(200).statusLine(200, "OK");
        w.name(Header.VIA).sink().put("SIP/2.0/UDP client.example.test:5099;branch=z9hG4bK0;received=192.0.2.2");
        w.end().header(Header.CALL_ID, "c1").body();
        taken.sendForwarded(w, 0);
        locator.doWork(0);
        assertTrue(bench.take().startsWith("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP client.example.test:5099"));
        assertEquals("c0000232:5099/1", sentTo());
    }

    @Test
    void aNameAloneIsAskedForItsServersAndTheyAreTriedInTurn() {
        zone("_sip._tcp.client.example.test 300 SRV 1 1 5081 one.example.test", "_sip._tcp.client.example.test 300 SRV 2 1 5082 two.example.test",
                "one.example.test 300 A 192.0.2.2", "two.example.test 300 A 192.0.2.52");
        arrives("client.example.test", "TCP");
        taken.reply(200, 0);
        locator.doWork(0);
        locator.doWork(0);
        assertTrue(bench.take().startsWith("SIP/2.0 200 OK"));
        assertEquals("c0000234:5082/2", sentTo());
    }

    @Test
    void aRequestThatComesAgainWhileTheNameIsLookedUpChangesNothing() {
        zone("client.example.test 300 A 192.0.2.50");
        arrives("client.example.test:5099", "UDP");
        taken.reply(200, 0);
        requests--;
        arrives("client.example.test:5099", "UDP");
        assertEquals(1, bench.transactions.serversInUse());
        locator.doWork(0);
        assertEquals(1, bench.sent.size());
        assertEquals("c0000232:5099/1", sentTo());
    }

    @Test
    void withoutAnotherWayItIsGivenUp() {
        zone();
        arrives("client.example.test", "UDP");
        taken.reply(200, 0);
        assertEquals(1, bench.transactions.serversInUse());
        locator.doWork(0);
        assertEquals(0, bench.transactions.serversInUse());
        assertEquals(1, bench.agent.unsentResponses());
        arrives("192.0.2.2:5070", "UDP");
        taken.reply(200, 0);
        assertEquals(2, bench.agent.unsentResponses());
        assertEquals(0, bench.transactions.serversInUse());
    }

    @Test
    void moreThanAFewAtATimeAreGivenUpAtOnce() {
        zone("client.example.test 300 A 192.0.2.50");
        for (int i = 0; i < 6; i++) {
            arrives("client.example.test:5099", "UDP");
            taken.reply(200, 0);
        }
        assertEquals(2, bench.agent.unsentResponses());
        locator.doWork(0);
        assertEquals(4, bench.sent.size());
    }

    @Test
    void whatIsAskedAgainMeanwhileIsAnsweredOnce() {
        zone("client.example.test 300 A 192.0.2.50");
        arrives("client.example.test:5099", "UDP");
        taken.reply(200, 0);
        bench.reachable = flow -> true;
        requests--;
        arrives("client.example.test:5099", "UDP");                           // the source can be reached again
        assertEquals(1, bench.sent.size());
        locator.doWork(0);
        assertEquals(1, bench.sent.size());
    }
}
