package org.sidetone.sip.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sidetone.conformance.Shows;
import org.sidetone.port.Flow;
import org.sidetone.port.Wire;
import org.sidetone.sip.Method;
import org.sidetone.sip.SipMessage;

class NonInviteClientTest implements ClientUser {
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

    private NonInviteClient start(int transport) {
        NonInviteClient client = wire.layer.newClient();
        assertNotNull(client);
        byte[] text = "REQUEST".getBytes();
        System.arraycopy(text, 0, client.buffer(), 0, text.length);
        client.start(this, Method.MESSAGE, LoopWire.peer(transport), text.length, wire.nowMs);
        return client;
    }

    private void answer(NonInviteClient client, String status) {
        wire.arrives("SIP/2.0 " + status + "\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=" + client.branch()
                + "\nFrom: <sip:a@b>;tag=1\nTo: <sip:c@d>;tag=2\nCall-ID: x\nCSeq: 1 MESSAGE\nContent-Length: 0\n\n", Flow.UDP);
    }

    @Test
    void resendsAtT1ThenDoublesUpToT2UntilTimerF() {
        start(Flow.UDP);
        wire.runTo(40_000);
        assertEquals(List.of(0L, 500L, 1500L, 3500L, 7500L, 11500L, 15500L, 19500L, 23500L, 27500L, 31500L), wire.sentAt);
        assertEquals(List.of("32000 timeout"), told);
        assertEquals(0, wire.layer.clientsInUse());
    }

    @Test
    void afterAProvisionalResponseItResendsAtT2() {
        NonInviteClient client = start(Flow.UDP);
        wire.runTo(600);
        answer(client, "100 Trying");
        assertEquals(NonInviteClient.PROCEEDING, client.state());
        wire.runTo(10_000);
        assertEquals(List.of(0L, 500L, 1500L, 5500L, 9500L), wire.sentAt);
        assertEquals(List.of("600 100"), told);
    }

    @Test
    void underLoadTheOldestAnsweredMakesRoom() {
        NonInviteClient first = start(Flow.UDP);
        NonInviteClient second = start(Flow.UDP);
        assertNull(wire.layer.newClient(), "both wait for their answers");
        answer(second, "200 OK");
        answer(first, "200 OK");
        assertSame(second, wire.layer.newClient(), "answered first, given up first");
        assertEquals(NonInviteClient.COMPLETED, first.state());
        assertSame(first, wire.layer.newClient());
        assertNull(wire.layer.newClient());
    }

    @Test
    void aFinalResponseEndsItAndTimerKAbsorbsRepetitions() {
        NonInviteClient client = start(Flow.UDP);
        wire.runTo(100);
        answer(client, "200 OK");
        answer(client, "200 OK");
        answer(client, "404 Not Found");
        assertEquals(List.of("100 200"), told);
        assertEquals(NonInviteClient.COMPLETED, client.state());
        wire.runTo(5_099);
        assertEquals(1, wire.layer.clientsInUse());
        wire.runTo(5_100);
        assertEquals(0, wire.layer.clientsInUse());
        assertEquals(List.of(0L), wire.sentAt);
        answer(client, "200 OK");
        assertEquals(1, wire.layer.strayResponses());
    }

    @Test
    void overAStreamNothingIsResentAndNothingLingers() {
        NonInviteClient client = start(Flow.TCP);
        wire.runTo(20_000);
        assertEquals(List.of(0L), wire.sentAt);
        answer(client, "200 OK");
        assertEquals(0, wire.layer.clientsInUse());
    }

    @Test
    void whenTheRequestCannotBeSentTheUserHearsAtOnce() {
        wire.answer = Wire.UNREACHABLE;
        start(Flow.UDP);
        assertEquals(List.of("0 transport error"), told);
        assertEquals(0, wire.layer.clientsInUse());
        assertEquals(0, wire.timers.running());
    }

    @Test
    void aFullPoolSaysSoAndRecovers() {
        start(Flow.UDP);
        start(Flow.UDP);
        assertNull(wire.layer.newClient());
        wire.runTo(40_000);
        assertNotNull(wire.layer.newClient());
    }

    @Test
    @Shows("3261-18.1.2-2")
    void aResponseOfAnotherMethodIsNotOurs() {
        NonInviteClient client = start(Flow.UDP);
        wire.arrives("SIP/2.0 200 OK\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=" + client.branch()
                + "\nFrom: <sip:a@b>;tag=1\nTo: <sip:c@d>;tag=2\nCall-ID: x\nCSeq: 1 OPTIONS\nContent-Length: 0\n\n", Flow.UDP);
        assertEquals(List.of(), told);
    }
}
