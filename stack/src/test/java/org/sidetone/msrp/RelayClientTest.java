package org.sidetone.msrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.sidetone.JdkHash;
import org.sidetone.LoopPeer;
import org.sidetone.LoopStreams;
import org.sidetone.SeededRandom;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;
import org.sidetone.digest.Credentials;
import org.sidetone.digest.DigestFunction;
import org.sidetone.port.Capacity;
import org.sidetone.port.Flow;
import org.sidetone.time.TimerQueue;

/** A client that asks a relay, which the test plays. */
class RelayClientTest {
    private static final int RELAY = 0xC0000209;
    private static final int DEVICE = 0xC0000202;

    private final LoopStreams net = new LoopStreams(1, 100_000);
    private final LoopPeer relay = new LoopPeer(net, net.host(RELAY, 2855));
    private final EndpointTest.Log log = new EndpointTest.Log();
    private final Endpoint device;

    RelayClientTest() {
        LoopStreams.Host host = net.host(DEVICE, 2855);
        device = new Endpoint(host, new TimerQueue(), new SeededRandom(1), new DigestFunction(new JdkHash()), Capacity.desk());
        host.user = device;
    }

    private MsrpSession ask() {
        MsrpSession session = device.open(log);
        session.assign(new Flow().setIpv4(Flow.TCP, RELAY, 0));
        Credentials who = new Credentials();
        who.username.set("bob");
        who.password.set("secret");
        assertTrue(session.authorize(new Slice().wrap("msrp://192.0.2.9:2855;tcp".getBytes(StandardCharsets.US_ASCII)),
                new Flow().setIpv4(Flow.TCP, RELAY, 2855), who, 0, 0));
        net.run();
        return session;
    }

    private void answer(String request, String status, String fields) {
        String id = request.split(" ", 3)[1];
        String from = request.replaceAll("(?s).*\nFrom-Path: ([^\n]*)\n.*", "$1");
        relay.write("MSRP " + id + " " + status + "\nTo-Path: " + from + "\nFrom-Path: msrp://192.0.2.9:2855;tcp\n" + fields + "-------" + id + "$\n");
    }

    private static String path(MsrpSession session) {
        ByteSink sink = new ByteSink().wrap(new byte[600]);
        session.putPath(sink);
        return sink.slice(new Slice()).toString();
    }

    @Test
    @Shows({"4976-9.1-6", "4976-9.1-8", "4976-9.1-10", "4976-8-1"})
    void theCredentialsHaveAllThatTheRfcWants() {
        MsrpSession session = ask();
        String first = relay.take();
        assertTrue(first.matches("(?s)MSRP [0-9a-f]{16} AUTH\nTo-Path: msrp://192.0.2.9:2855;tcp\nFrom-Path: msrp://192.0.2.2:2855/[0-9a-f]+;tcp\n-------[0-9a-f]{16}\\$\n"), first);
        answer(first, "401 Unauthorized", "WWW-Authenticate: Digest realm=\"r\", nonce=\"n1\", domain=\"msrp://elsewhere.test/\", algorithm=SHA-256, qop=\"auth\"\n");
        String second = relay.take();
        String credentials = second.lines().filter(l -> l.startsWith("Authorization: Digest ")).findFirst().orElseThrow();
        assertTrue(credentials.contains("uri=\"msrp://192.0.2.9:2855;tcp\"") && credentials.contains("qop=auth") && credentials.matches(".*cnonce=\"[^\"]+\".*")
                && credentials.contains("nc=00000001") && credentials.contains("username=\"bob\"") && !credentials.contains("elsewhere"), credentials);
        answer(second, "200 OK", "Use-Path: msrp://192.0.2.9:2855/h1;tcp\nExpires: 900\n");
        assertEquals("relays 200", log.take());
        assertTrue(path(session).startsWith("msrp://192.0.2.9:2855/h1;tcp msrp://192.0.2.2:2855/"), path(session));
    }

    @Test
    @Shows({"4976-5.2-1", "4976-3.1-1"})
    void aSecondSessionUsesTheConnectionAndAnotherUri() {
        MsrpSession one = ask();
        int connection = relay.connection();
        answer(relay.take(), "200 OK", "Use-Path: msrp://192.0.2.9:2855/h1;tcp\nExpires: 900\n");
        MsrpSession two = ask();
        assertEquals(connection, relay.connection(), "no second connection");
        answer(relay.take(), "200 OK", "Use-Path: msrp://192.0.2.9:2855/h2;tcp\nExpires: 900\n");
        assertEquals("relays 200, relays 200", log.take());
        assertNotEquals(path(one), path(two));
        assertEquals(1, device.connectionsInUse());
    }
}
