package org.sidetone.sip.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sidetone.conformance.Shows;
import org.sidetone.port.Flow;
import org.sidetone.sip.SipMessage;

class ServerTransactionsTest implements TransactionUser {
    private final LoopWire wire = new LoopWire(2, 4);
    private final List<ServerTransaction> opened = new ArrayList<>();

    @BeforeEach
    void listen() {
        wire.layer.setUser(this);
    }

    @Override
    public void onRequest(SipMessage request, ServerTransaction transaction, long nowMs) {
        opened.add(transaction);
    }

    @Override
    public boolean onAck(SipMessage ack, Flow source, long nowMs) {
        return false;
    }

    @Override
    public void onConnectionLost(int connection, long nowMs) {
        // nothing hangs on one
    }

    @Override
    public boolean onResponseUnsent(ServerTransaction transaction, long nowMs) {
        // StateTablesTest looks at this
        return false;
    }

    private void request(String method, String branch, int transport) {
        wire.arrives(method + " sip:a@b SIP/2.0\nVia: SIP/2.0/" + (transport == Flow.TCP ? "TCP" : "UDP") + " 192.0.2.2:5060;branch=" + branch
                + ";rport\nFrom: <sip:a@b>;tag=1\nTo: <sip:c@d>\nCall-ID: x\nCSeq: 1 " + method + "\nMax-Forwards: 70\nContent-Length: 0\n\n", transport);
    }

    @Test
    void aRepeatedRequestIsAnsweredByTheSameBytesUntilTimerJ() {
        request("MESSAGE", "z9hG4bK1", Flow.UDP);
        request("MESSAGE", "z9hG4bK1", Flow.UDP);
        assertEquals(1, opened.size());
        assertEquals(0, wire.sent.size(), "nothing to repeat yet");
        wire.runTo(1000);
        opened.get(0).reply(200, wire.nowMs);
        request("MESSAGE", "z9hG4bK1", Flow.UDP);
        assertEquals(2, wire.sent.size());
        assertEquals(wire.sent.get(0), wire.sent.get(1));
        opened.get(0).reply(404, wire.nowMs);
        assertEquals(2, wire.sent.size(), "one final response is enough");
        request("MESSAGE", "z9hG4bK1", Flow.UDP);
        assertEquals(wire.sent.get(0), wire.sent.get(2), "and stays what it was");
        wire.runTo(32_999);
        assertEquals(1, wire.layer.serversInUse());
        wire.runTo(33_000);
        assertEquals(0, wire.layer.serversInUse());
        request("MESSAGE", "z9hG4bK1", Flow.UDP);
        assertEquals(2, opened.size(), "after timer J it is a new request");
    }

    @Test
    void theResponseCarriesReceivedAndRport() {
        request("MESSAGE", "z9hG4bK2", Flow.UDP);
        opened.get(0).reply(200, 0);
        assertTrue(wire.sent.get(0).contains(";rport=5060"), wire.sent.get(0));
        assertTrue(wire.sent.get(0).contains(";received=192.0.2.2"), wire.sent.get(0));
        assertTrue(wire.sent.get(0).contains("To: <sip:c@d>;tag="), wire.sent.get(0));
    }

    /** Whoever did not get the answer would have asked again by then. */
    @Test
    void underLoadTheOldestAnsweredMakesRoomAfterT1() {
        int places = 0;
        while (wire.sent.isEmpty()) {
            request("MESSAGE", "z9hG4bKload" + places++, Flow.UDP);
        }
        assertTrue(wire.sent.remove(0).startsWith("SIP/2.0 503 "), "all wait for their answers");
        int taken = opened.size();
        opened.get(1).reply(200, wire.nowMs);
        wire.runTo(wire.nowMs + 100);
        opened.get(0).reply(200, wire.nowMs);
        wire.sent.clear();
        request("MESSAGE", "z9hG4bKearly", Flow.UDP);
        assertTrue(wire.sent.remove(0).startsWith("SIP/2.0 503 "), "the request may still come again");
        wire.runTo(wire.nowMs + 400);
        request("MESSAGE", "z9hG4bKtime", Flow.UDP);
        assertEquals(taken + 1, opened.size());
        wire.sent.clear();
        request("MESSAGE", "z9hG4bKload0", Flow.UDP);
        assertTrue(wire.sent.remove(0).startsWith("SIP/2.0 200 "), "the newer answer is still there");
    }

    @Test
    void aFullPoolAnswers503WithRetryAfter() {
        for (int i = 0; i < 10; i++) {
            request("MESSAGE", "z9hG4bKfull" + i, Flow.UDP);
        }
        assertTrue(wire.sent.size() > 0);
        assertTrue(wire.sent.get(0).startsWith("SIP/2.0 503 ") && wire.sent.get(0).contains("Retry-After: "), wire.sent.get(0));
        for (ServerTransaction t : opened) {
            t.reply(200, 0);
        }
        wire.runTo(40_000);
        assertEquals(0, wire.layer.serversInUse());
        int before = opened.size();
        request("MESSAGE", "z9hG4bKagain", Flow.UDP);
        assertEquals(before + 1, opened.size());
    }

    @Test
    void aRefusedInviteIsRepeatedByTimerGUntilTheAckComes() {
        request("INVITE", "z9hG4bKi", Flow.UDP);
        opened.get(0).reply(488, 0);
        wire.runTo(4_000);
        assertEquals(List.of(0L, 500L, 1500L, 3500L), wire.sentAt);
        request("ACK", "z9hG4bKi", Flow.UDP);
        assertEquals(InviteServer.CONFIRMED, opened.get(0).state());
        wire.runTo(8_999);
        assertEquals(4, wire.sentAt.size());
        assertEquals(1, wire.layer.serversInUse());
        wire.runTo(9_000);
        assertEquals(0, wire.layer.serversInUse());
        request("ACK", "z9hG4bKi", Flow.UDP);
        assertEquals(1, wire.layer.strayAcks());
    }

    @Test
    void withoutAnAckTimerHEndsIt() {
        request("INVITE", "z9hG4bKj", Flow.UDP);
        opened.get(0).reply(488, 0);
        wire.runTo(31_999);
        assertEquals(1, wire.layer.serversInUse());
        wire.runTo(32_000);
        assertEquals(0, wire.layer.serversInUse());
        assertEquals(0, wire.timers.running());
    }

    @Test
    void anAcceptedInviteSendsRepeated2xxOfItsUserAndStaysForTimerL() {
        request("INVITE", "z9hG4bKk", Flow.UDP);
        opened.get(0).reply(200, 0);
        assertEquals(InviteServer.ACCEPTED, opened.get(0).state());
        request("INVITE", "z9hG4bKk", Flow.UDP);
        assertEquals(1, wire.sent.size(), "a repeated INVITE is absorbed");
        wire.runTo(32_000);
        assertEquals(0, wire.layer.serversInUse());
    }

    @Test
    void aRequestOfRfc2543IsMatchedWithoutABranch() {
        request("MESSAGE", "1", Flow.UDP);
        request("MESSAGE", "1", Flow.UDP);
        assertEquals(1, opened.size());
    }

    @Test
    void aCancelFindsItsInviteAndOnlyItsInvite() {
        request("INVITE", "z9hG4bKc", Flow.UDP);
        List<ServerTransaction> found = new ArrayList<>();
        wire.layer.setUser(new TransactionUser() {
            @Override
            public void onRequest(SipMessage request, ServerTransaction transaction, long nowMs) {
                found.add(wire.layer.cancelled(request));
            }

            @Override
            public boolean onAck(SipMessage ack, Flow source, long nowMs) {
                return false;
            }

            @Override
            public void onConnectionLost(int connection, long nowMs) {
                // nothing hangs on one
            }

            @Override
            public boolean onResponseUnsent(ServerTransaction transaction, long nowMs) {
                // not here
                return false;
            }
        });
        request("CANCEL", "z9hG4bKc", Flow.UDP);
        request("CANCEL", "z9hG4bKother", Flow.UDP);
        assertEquals(opened.get(0), found.get(0));
        assertEquals(null, found.get(1));
    }

    @Test
    @Shows("3261-8.2.2.2-1")
    void theSameRequestByTwoWaysIsMerged() {
        request("MESSAGE", "z9hG4bKone", Flow.UDP);
        assertEquals(false, wire.layer.isMerged(opened.get(0)));
        request("MESSAGE", "z9hG4bKtwo", Flow.UDP);
        assertEquals(true, wire.layer.isMerged(opened.get(1)));
    }
}
