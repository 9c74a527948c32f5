package org.sidetone.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.sidetone.JdkHash;
import org.sidetone.LoopStreams;
import org.sidetone.SeededRandom;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;
import org.sidetone.digest.DigestFunction;
import org.sidetone.digest.DigestServer;
import org.sidetone.msrp.Endpoint;
import org.sidetone.msrp.relay.Relay;
import org.sidetone.msrp.relay.RelaySettings;
import org.sidetone.port.Capacity;
import org.sidetone.port.Domains;
import org.sidetone.port.Flow;
import org.sidetone.port.StreamsUser;
import org.sidetone.port.Wire;
import org.sidetone.sip.locate.Locator;
import org.sidetone.sip.transaction.TransactionLayer;
import org.sidetone.sip.transport.SipTransport;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.UserAgent;
import org.sidetone.time.TimerQueue;

/** Two phones without a server, their signalling and their streams, on a virtual clock. */
abstract class TwoPhones {
    static final int ALICE = 0xC0000201;
    static final int BOB = 0xC0000202;
    static final int RELAY = 0xC0000209;
    static final int OTHER = 0xC000020A;

    final LoopStreams net = new LoopStreams(3, 16_384);
    final TimerQueue timers = new TimerQueue();
    final ArrayDeque<Runnable> datagrams = new ArrayDeque<>();
    final List<String> carried = new ArrayList<>();
    /** Changes what Alice's phone sends, as another make would say it. */
    UnaryOperator<String> rewrite = m -> m;
    UnaryOperator<String> rewriteBob = m -> m;

    /** Whom datagrams lead to; others go to the other phone. */
    final Map<Integer, SipTransport> transports = new HashMap<>();
    /** What their signalling goes over; with TLS each has a certificate as well. */
    int signalling = Flow.UDP;

    /** One phone. */
    final class Desk implements Wire, ChatUser, FileUser {
        final int address;
        final Capacity capacity = Capacity.desk();
        final SipTransport transport;
        final UserAgent agent;
        final Account account;
        final LoopStreams.Host host;
        final Chats chats;
        final List<String> told = new ArrayList<>();
        Desk other;
        Chat chat;
        boolean takes = true;

        Desk(String name, int address, int sessionBytes) {
            this.address = address;
            capacity.textBytes = Math.max(capacity.textBytes, sessionBytes - capacity.sessionBytes);
            capacity.sessionBytes = sessionBytes;
            transport = new SipTransport(this, capacity, address);
            transport.setLocalPort(5060);
            TransactionLayer transactions = new TransactionLayer(transport, timers, new SeededRandom(address), capacity);
            agent = new UserAgent(transactions, timers, new SeededRandom(address + 1), new JdkHash(), capacity, "test");
            account = agent.account(0);
            account.address.set("sip:" + name + "@example.test");
            account.contactUser.set(name);
            host = net.host(address, 2855);
            Endpoint endpoint = new Endpoint(host, timers, new SeededRandom(address + 2), new DigestFunction(new JdkHash()), capacity);
            host.user = endpoint;
            if (signalling == Flow.TLS) {
                Locator locator = new Locator(null, new SeededRandom(1), capacity, new Domains(4));
                locator.support(Flow.TLS, true);
                agent.setLocator(locator);
                host.certificate = address & 0xFF;
            }
            chats = new Chats(agent, endpoint, signalling == Flow.TLS, capacity, this, this);
        }

        @Override
        public int send(Flow flow, byte[] buffer, int offset, int length) {
            String message = new String(buffer, offset, length, StandardCharsets.UTF_8);
            String sent = this == alice ? rewrite.apply(message) : rewriteBob.apply(message);
            carried.add(sent);
            byte[] copy = sent.getBytes(StandardCharsets.UTF_8);
            SipTransport to = transports.getOrDefault((int) flow.addressLow(), other.transport);
            datagrams.add(() -> to.onDatagram(new Flow().setIpv4(signalling, address, 5060).withConnection(signalling == Flow.TLS ? 1 : 0), copy, 0, copy.length, net.nowMs));
            return Wire.SENT;
        }

        @Override
        public void localAddress(Flow flow, Flow out) {
            out.setIpv4(flow.transport(), address, 5060);
        }

        @Override
        public boolean isOpen(int connection) {
            return connection != 0;
        }

        @Override
        public void close(int connection) {
            // datagrams alone
        }

        @Override
        public void onOffered(Chat offered, long nowMs) {
            chat = offered;
            told.add("offered by " + offered.peer(new Slice()));
            if (takes) {
                offered.accept(nowMs);
            }
        }

        @Override
        public void onRinging(Chat c, long nowMs) {
            told.add("ringing");
        }

        @Override
        public void onOpen(Chat c, long nowMs) {
            told.add("open");
        }

        @Override
        public void onText(Chat c, Slice text, long dateSec, int marks, long nowMs) {
            told.add("text " + text);
        }

        @Override
        public void onTextInRoom(Chat c, Slice from, boolean toUs, Slice text, long dateSec, long nowMs) {
            told.add((toUs ? "to us " : "") + from + ": " + text);
        }

        @Override
        public void onNickname(Chat c, int status, long nowMs) {
            told.add("nickname " + status);
        }

        @Override
        public void onUnreadable(Chat c, long nowMs) {
            told.add("unreadable");
        }

        @Override
        public void onComposing(Chat c, long nowMs) {
            told.add(c.isPeerComposing() ? "writes" : "pauses");
        }

        @Override
        public void onSent(Chat c, long id, int status, long nowMs) {
            told.add("sent " + status);
        }

        @Override
        public void onDelivered(Chat c, long id, long nowMs) {
            told.add("delivered");
        }

        @Override
        public void onEnded(Chat c, int status, long nowMs) {
            told.add("ended " + status);
        }

        @Override
        public void onMissed(Slice from, long nowMs) {
            told.add("missed " + from);
        }

        FileTransfer transfer;
        /** Gives a file to who asks for one; null: has none. */
        java.util.function.Predicate<FileTransfer> gives;

        @Override
        public void onFileOffered(FileTransfer t, long nowMs) {
            transfer = t;
            told.add("offered the file " + t.file.name + ", " + t.file.type + ", " + t.file.size());
            if (takes) {
                t.accept(nowMs);
            }
        }

        @Override
        public void onFileRequested(FileTransfer t, long nowMs) {
            transfer = t;
            told.add("asked for the file " + t.file.name);
            if (gives != null && gives.test(t)) {
                t.accept(nowMs);
            } else {
                t.refuse(404, nowMs);
            }
        }

        @Override
        public void onFileProgress(FileTransfer t, long nowMs) {
            progress.add(t.passed());
        }

        final List<Long> progress = new ArrayList<>();

        @Override
        public void onFileEnded(FileTransfer t, int status, long nowMs) {
            told.add("file " + status);
        }

        String take() {
            String all = String.join(", ", told);
            told.clear();
            return all;
        }
    }

    Desk alice;
    Desk bob;

    TwoPhones() {
        desks(Capacity.desk().sessionBytes);
    }

    void desks(int sessionBytes) {
        bob = new Desk("bob", BOB, sessionBytes);
        alice = new Desk("alice", ALICE, sessionBytes);
        alice.other = bob;
        bob.other = alice;
    }

    static Slice text(String s) {
        return new Slice().wrap(s.getBytes(StandardCharsets.UTF_8));
    }

    void run() {
        for (int i = 0; i < 100_000; i++) {
            net.run();
            Runnable next = datagrams.poll();
            if (next == null) {
                net.run();
                if (datagrams.isEmpty()) {
                    return;
                }
            } else {
                next.run();
            }
        }
        throw new AssertionError("no rest");
    }

    void runTo(long ms) {
        while (timers.nextDeadlineMs() <= ms) {
            net.nowMs = Math.max(net.nowMs, timers.nextDeadlineMs());
            timers.poll(net.nowMs, 100);
            run();
        }
        net.nowMs = ms;
    }

    static String withSdp(String m, UnaryOperator<String> change) {
        int at = m.indexOf("\r\n\r\n");
        if (!m.contains("application/sdp") || at < 0) {
            return m;
        }
        String body = change.apply(m.substring(at + 4));
        return m.substring(0, at).replaceAll("Content-Length: +\\d+", "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length) + "\r\n\r\n" + body;
    }

    String offer() {
        return carried.stream().filter(m -> m.startsWith("INVITE")).findFirst().orElseThrow();
    }

    String answer() {
        return carried.stream().filter(m -> m.startsWith("SIP/2.0 200") && m.contains(" INVITE\r\n")).findFirst().orElseThrow();
    }
}
