package org.sidetone.sip.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sidetone.conformance.Shows;
import org.sidetone.port.Capacity;
import org.sidetone.port.Flow;
import org.sidetone.sip.Method;
import org.sidetone.sip.SipMessage;

/** What the state table does not say of an INVITE client transaction: what ACK and CANCEL look like, and when they go. */
class InviteClientTest implements ClientUser {
    private final LoopWire wire = new LoopWire(2, 4);
    private final List<String> told = new ArrayList<>();

    @Override
    public void onResponse(ClientTransaction transaction, SipMessage response, long nowMs) {
        told.add(nowMs + " " + response.status());
    }

    @Override
    public void onTimeout(ClientTransaction transaction, long nowMs) {
        told.add(nowMs + " timeout");
    }

    @Override
    public void onTransportError(ClientTransaction transaction, long nowMs) {
        told.add(nowMs + " transport error");
    }

    private InviteClient start() {
        InviteClient client = wire.layer.newInviteClient();
        byte[] text = ("INVITE sip:c@192.0.2.9 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=" + client.branch()
                + "\r\nMax-Forwards: 70\r\nRoute: <sip:p1;lr>, <sip:p2;lr>\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\nCall-ID: x\r\nCSeq: 7 INVITE\r\n"
                + "Subject: lunch\r\nRequire: 100rel\r\nProxy-Require: x\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.UTF_8);
        System.arraycopy(text, 0, client.buffer(), 0, text.length);
        client.start(this, Method.INVITE, LoopWire.peer(Flow.UDP), text.length, wire.nowMs);
        return client;
    }

    private void answer(InviteClient client, String status) {
        wire.arrives("SIP/2.0 " + status + "\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=" + client.branch()
                + "\nFrom: <sip:a@b>;tag=1\nTo: <sip:c@d>;tag=2\nCall-ID: x\nCSeq: 7 INVITE\nContent-Length: 0\n\n", Flow.UDP);
    }

    @Test
    @Shows("3261-17.1.1.2-7")
    void isSentAgainAtDoublingIntervalsWithoutABoundUntilTimerB() {
        start();
        wire.runTo(40_000);
        assertEquals(List.of(0L, 500L, 1500L, 3500L, 7500L, 15500L, 31500L), wire.sentAt);
        assertEquals(List.of("32000 timeout"), told);
    }

    @Test
    @Shows({"3261-8.2.2.3-3", "3261-17.1.1.3-6", "3261-17.1.1.3-2", "3261-17.1.1.3-3", "3261-17.1.1.3-4", "3261-17.1.1.3-5", "3261-17.1.1.2-20"})
    void theAckOfARefusalIsMadeOfTheInviteAndTheToOfTheResponse() {
        InviteClient client = start();
        answer(client, "486 Busy Here");
        assertEquals("ACK sip:c@192.0.2.9 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=" + client.branch()
                + "\r\nMax-Forwards: 70\r\nRoute: <sip:p1;lr>, <sip:p2;lr>\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>;tag=2\r\nCall-ID: x\r\nCSeq: 7 ACK\r\n"
                + "Content-Length: 0\r\n\r\n", wire.sent.get(1));
    }

    /** Whoever is refused again and again can still call. */
    @Test
    void aFullPoolGivesUpTheOldestThatWasRefused() {
        int pool = Capacity.desk().inviteClients;
        InviteClient[] all = new InviteClient[pool];
        for (int i = 0; i < pool; i++) {
            wire.nowMs++;
            all[i] = start();
        }
        assertNull(wire.layer.newInviteClient(), "all of them wait for an answer");
        answer(all[2], "486 Busy Here");
        wire.nowMs++;
        answer(all[5], "486 Busy Here");
        assertSame(all[2], start(), "refused, and before the other");
        assertSame(all[5], start());
        assertNull(wire.layer.newInviteClient());
        assertEquals(pool, wire.layer.clientsInUse());
    }

    @Test
    void aCancelWaitsForAProvisionalResponseAndSharesTheBranch() {
        InviteClient client = start();
        client.cancel(0);
        assertEquals(1, wire.sent.size());
        answer(client, "180 Ringing");
        assertEquals("CANCEL sip:c@192.0.2.9 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=" + client.branch()
                + "\r\nMax-Forwards: 70\r\nRoute: <sip:p1;lr>, <sip:p2;lr>\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\nCall-ID: x\r\nCSeq: 7 CANCEL\r\n"
                + "Content-Length: 0\r\n\r\n", wire.sent.get(1));
        client.cancel(0);
        assertEquals(2, wire.sent.size(), "one CANCEL is enough");
        answer(client, "487 Request Terminated");
        assertEquals(List.of("0 180", "0 487"), told);
    }

    @Test
    void aCancelledInviteWithoutAFinalResponseEndsAfter64TimesT1() {
        InviteClient client = start();
        answer(client, "180 Ringing");
        wire.runTo(1_000);
        client.cancel(1_000);
        wire.runTo(32_999);
        assertEquals(List.of("0 180"), told);
        wire.runTo(33_000);
        assertEquals(List.of("0 180", "33000 timeout"), told);
    }

    @Test
    void everyAnswerOfAForkReachesTheUser() {
        InviteClient client = start();
        answer(client, "200 OK");
        answer(client, "200 OK");
        assertEquals(List.of("0 200", "0 200"), told);
        assertTrue(wire.sent.stream().noneMatch(m -> m.startsWith("ACK")), "the ACK of a 2xx is the user's");
    }
}
