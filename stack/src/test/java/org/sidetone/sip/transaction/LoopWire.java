package org.sidetone.sip.transaction;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.sidetone.port.Capacity;
import org.sidetone.port.Flow;
import org.sidetone.port.Wire;
import org.sidetone.sip.transport.SipTransport;
import org.sidetone.time.TimerQueue;

/** A transaction layer on a virtual clock whose wire remembers what was sent, and when. */
final class LoopWire implements Wire {
    final List<Long> sentAt = new ArrayList<>();
    final List<String> sent = new ArrayList<>();
    /** What was sent, "ack" or "send", in order with what a test adds. */
    final List<String> events = new ArrayList<>();
    final TimerQueue timers = new TimerQueue();
    final SipTransport transport;
    final TransactionLayer layer;
    int answer = SENT;
    long nowMs;
    private long random = 1;

    LoopWire(int clients, int servers) {
        Capacity capacity = Capacity.desk();
        capacity.clientTransactions = clients;
        capacity.serverTransactions = servers;
        transport = new SipTransport(this, capacity, 1);
        layer = new TransactionLayer(transport, timers, () -> random++, capacity);
    }

    @Override
    public int send(Flow flow, byte[] buffer, int offset, int length) {
        if (answer == SENT) {
            events.add(buffer[offset] == 'A' ? "ack" : "send");
            sentAt.add(nowMs);
            sent.add(new String(buffer, offset, length, StandardCharsets.UTF_8));
        }
        return answer;
    }

    @Override
    public void localAddress(Flow flow, Flow out) {
        out.setIpv4(flow.transport(), 0xC0000201, 5060);
    }

    @Override
    public void close(int connection) {
        // the tests look at messages
    }

    void runTo(long untilMs) {
        while (timers.nextDeadlineMs() <= untilMs) {
            nowMs = Math.max(nowMs, timers.nextDeadlineMs());
            timers.poll(nowMs, 100);
        }
        nowMs = untilMs;
    }

    static Flow peer(int transport) {
        return new Flow().set(transport, 0, 0xFFFF00000000L | 0xC0000202L, 5060, transport == Flow.TCP ? 9 : 0);
    }

    void arrives(String message, int overTransport) {
        byte[] b = message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        transport.onDatagram(peer(overTransport), b, 0, b.length, nowMs);
    }

    @Override
    public boolean isOpen(int connection) {
        return true;
    }
}
