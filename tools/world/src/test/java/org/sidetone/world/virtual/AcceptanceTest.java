package org.sidetone.world.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sidetone.firmware.contacts.Acceptance;
import org.sidetone.hal.HostAddress;
import org.sidetone.hal.NetworkListener;
import org.sidetone.hal.board.Boards;
import org.sidetone.port.Capacity;

/** Whom the phone listens to, and how often: strangers fill no inbox, and a contact is heard whatever they do. */
class AcceptanceTest implements NetworkListener {
    private static final int ALICE = 0xC000020A;
    private static final int STRANGERS = 0xC0000263;
    private static final String OFFER = "v=0\r\no=- 1 1 IN IP4 192.0.2.99\r\ns=-\r\nc=IN IP4 192.0.2.99\r\nt=0 0\r\nm=message 2855 TCP/MSRP *\r\n"
            + "a=accept-types:text/plain\r\na=path:msrp://192.0.2.99:2855/s;tcp\r\n";

    private VirtualOffice office;
    private VirtualNetwork host;
    private int socket;
    private final List<String> heard = new ArrayList<>();
    private int count;

    private void start(int acceptsFrom) throws Exception {
        office = new VirtualOffice(1, Faults.NONE, Boards.load("pi-text-20x4"), false);
        office.alice.settings().acceptsFrom = acceptsFrom;
        office.alice.settings().capacity.serverTransactions = Capacity.desk().serverTransactions;
        office.powerOn();
        assertTrue(office.alice.ask("wait 10000 registered").path("ok").asBoolean());
        host = office.world.host(STRANGERS);
        socket = host.openDatagrams(new HostAddress().setIpv4(STRANGERS, 5060), this);
    }

    private int say(String from, String method, String type, String body) {
        count++;
        String request = method + " sip:alice@192.0.2.10 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.99:5060;branch=z9hG4bKa" + count + "\r\nFrom: <" + from
                + ">;tag=c\r\nTo: <sip:alice@example.test>\r\nCall-ID: a" + count + "\r\nCSeq: 1 " + method + "\r\nMax-Forwards: 70\r\nContact: <sip:192.0.2.99>\r\n"
                + "Content-Type: " + type + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        byte[] b = (method.equals("MESSAGE") ? request.replaceFirst("Contact: [^\r]*\r\n", "") : request).getBytes(StandardCharsets.UTF_8);
        heard.clear();
        host.send(socket, new HostAddress().setIpv4(ALICE, office.alice.phone().sipPort()), b, 0, b.length);
        office.world.runTo(office.world.nowMs() + 100);
        return heard.isEmpty() ? 0 : Integer.parseInt(heard.get(heard.size() - 1).substring(8, 11));
    }

    private int message(String from) {
        return say(from, "MESSAGE", "text/plain", "hello");
    }

    private int inbox() {
        return office.alice.ask("state").path("inbox").asInt();
    }

    @Test
    void contactsAloneWhereTheOwnerWantsIt() throws Exception {
        start(Acceptance.CONTACTS);
        assertEquals(403, message("sip:carol@example.test"));
        assertEquals(403, say("sip:carol@example.test", "INVITE", "application/sdp", OFFER));
        assertEquals(0, inbox());
        assertTrue(office.alice.ask("lcd").toString().contains("Bob"), "nothing popped up");
        assertEquals(200, message("sip:bob@example.test"));
        assertEquals(180, say("sip:bob@example.test", "INVITE", "application/sdp", OFFER));
        assertEquals(1, inbox());
    }

    @Test
    void theDomainsPeople() throws Exception {
        start(Acceptance.DOMAIN);
        assertEquals(403, message("sip:carol@elsewhere.test"));
        assertEquals(403, message("sip:carol@notexample.test"));
        assertEquals(403, message("sip:carol@example.test.elsewhere.test"));
        assertEquals(200, message("sip:carol@EXAMPLE.test"));
        assertEquals(1, inbox());
    }

    @Test
    void aFloodOfStrangersIsPutOffAndAContactIsHeard() throws Exception {
        start(Acceptance.EVERYBODY);
        for (int i = 0; i < 10; i++) {
            assertEquals(200, message("sip:stranger" + i + "@elsewhere.test"));
        }
        for (int i = 0; i < 200; i++) {
            int status = message("sip:stranger" + i + "@elsewhere.test");
            assertTrue(status == 480 && heard.get(0).contains("\r\nRetry-After: 60\r\n") || status == 200, "status " + status);
        }
        assertEquals(480, say("sip:stranger@elsewhere.test", "INVITE", "application/sdp", OFFER));
        int taken = inbox();
        assertTrue(taken >= 10 && taken <= 14, taken + " in 21 s");
        assertEquals(200, message("sip:bob@example.test"));
        office.world.runTo(office.world.nowMs() + 60_000);
        assertEquals(200, message("sip:stranger@elsewhere.test"));
        assertEquals(taken + 2, inbox());
    }

    @Test
    void strangersFillHalfTheInboxAtMost() throws Exception {
        start(Acceptance.EVERYBODY);
        for (int i = 0; i < 50; i++) {
            office.world.runTo(office.world.nowMs() + 6_000);
            assertEquals(200, message("sip:stranger" + i + "@elsewhere.test"));
        }
        office.world.runTo(office.world.nowMs() + 6_000);
        assertEquals(480, message("sip:stranger@elsewhere.test"));
        assertEquals(200, message("sip:bob@example.test"));
        assertEquals(51, inbox());
        office.alice.ask("press back back back messages down ok");
        office.world.runTo(office.world.nowMs() + 6_000);
        assertEquals(200, message("sip:stranger@elsewhere.test"), "one of theirs was read");
    }

    @Test
    void aContactThatWritesWithoutEndIsPutOffAlone() throws Exception {
        start(Acceptance.EVERYBODY);
        int taken = 0;
        for (int i = 0; i < 100; i++) {
            taken += message("sip:bob@example.test") == 200 ? 1 : 0;
        }
        assertTrue(taken >= 30 && taken <= 36, taken + " in 10 s");
        assertEquals(200, message("sip:carol@example.test"));
    }

    @Override
    public void onDatagram(int handle, HostAddress from, byte[] buffer, int offset, int length) {
        String message = new String(buffer, offset, length, StandardCharsets.UTF_8);
        if (message.startsWith("SIP/2.0 ") && !message.startsWith("SIP/2.0 100")) {
            heard.add(message);
        }
    }

    @Override
    public void onAccepted(int listeningHandle, int connection, HostAddress from) {
        host.close(connection);
    }

    @Override
    public void onConnected(int connection) {
        // it connects to nobody
    }

    @Override
    public void onData(int connection, byte[] buffer, int offset, int length) {
        // no streams
    }

    @Override
    public void onClosed(int connection) {
        // no streams
    }
}
