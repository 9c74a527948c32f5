package org.sidetone.bench.core;

import org.sidetone.hal.Clock;
import org.sidetone.hal.HostAddress;
import org.sidetone.hal.bind.NetworkWire;
import org.sidetone.hal.host.NioNetwork;
import org.sidetone.port.Capacity;
import org.sidetone.port.Domains;
import org.sidetone.port.Flow;
import org.sidetone.sip.SipMessage;
import org.sidetone.sip.transaction.ServerTransaction;
import org.sidetone.sip.transaction.TransactionLayer;
import org.sidetone.sip.transaction.TransactionUser;
import org.sidetone.sip.transport.SipTransport;
import org.sidetone.time.TimerQueue;

/** Our transports and transactions on real sockets, with a clock that is stepped between rounds. */
final class SidetoneStack implements CoreServer.Contender, TransactionUser, Clock {
    private static final long PAST_TIMER_J_MS = 33_000;
    private static final int TIMERS_PER_TURN = 256;

    private final TimerQueue timers = new TimerQueue();
    private NioNetwork network;
    private TransactionLayer transactions;
    private volatile long nowMs = 1;
    private volatile boolean settling;

    @Override
    public int open(int count) throws Exception {
        network = new NioNetwork();
        Capacity capacity = Capacity.desk();
        capacity.serverTransactions = 2 * count;
        capacity.transactionBytes = 1024;
        NetworkWire wire = new NetworkWire(network, this, capacity.streams, new Domains(1));
        SipTransport transport = new SipTransport(wire, capacity, 1);
        transactions = new TransactionLayer(transport, timers, new java.util.Random(1)::nextLong, capacity);
        transactions.setUser(this);
        return wire.open(transport, transactions, new HostAddress().setIpv4(0x7F000001, 0));
    }

    @Override
    public void run() {
        while (true) {
            network.poll(1000);
            int fired = timers.poll(nowMs, TIMERS_PER_TURN);
            while (fired > 0) {
                fired = timers.poll(nowMs, TIMERS_PER_TURN);
            }
            if (transactions.serversInUse() == 0) {
                settling = false;
            }
        }
    }

    @Override
    public void settle() throws Exception {
        settling = true;
        nowMs += PAST_TIMER_J_MS;
        while (settling) {
            network.wakeUp();
            Thread.onSpinWait();
        }
    }

    @Override
    public void onRequest(SipMessage request, ServerTransaction transaction, long now) {
        transaction.reply(200, now);
    }

    @Override
    public boolean onAck(SipMessage ack, Flow source, long now) {
        return false;
    }

    @Override
    public boolean onResponseUnsent(ServerTransaction transaction, long now) {
        throw new IllegalStateException("a response could not be sent");
    }

    @Override
    public long monotonicMs() {
        return nowMs;
    }

    @Override
    public long wallMs() {
        return UNKNOWN;
    }

    @Override
    public int zoneOffsetSec(long unixSec) {
        return 0;
    }

    @Override
    public void onConnectionLost(int connection, long nowMs) {
        // nothing hangs on one
    }
}
