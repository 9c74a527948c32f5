package org.sidetone.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.sidetone.JdkHash;
import org.sidetone.LoopStreams;
import org.sidetone.SeededRandom;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.digest.DigestFunction;
import org.sidetone.doc.conference.ConferenceReader;
import org.sidetone.doc.conference.ConferenceWriter;
import org.sidetone.msrp.Endpoint;
import org.sidetone.port.Capacity;
import org.sidetone.port.Flow;
import org.sidetone.port.Wire;
import org.sidetone.sip.transaction.TransactionLayer;
import org.sidetone.sip.transport.SipTransport;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.UserAgent;

/** Two phones and a host of rooms (RFC 7701). */
class RoomTest extends TwoPhones {
    private static final int HOST = 0xC0000205;
    private static final int CAROL = 0xC0000206;
    private static final String ROOM = "sip:lunch@192.0.2.5";

    private final Host host = new Host();

    private final class Host implements Wire, RoomUser {
        final SipTransport transport;
        final UserAgent agent;
        final Rooms rooms;
        final Account lunch;
        final LoopStreams.Host streams = net.host(HOST, 2855);
        int rosters;

        Host() {
            Capacity capacity = Capacity.desk();
            capacity.messageSessions = 0;
            capacity.transfers = 0;
            capacity.participants = 3;
            capacity.accounts = 2;
            transport = new SipTransport(this, capacity, HOST);
            transport.setLocalPort(5060);
            agent = new UserAgent(new TransactionLayer(transport, timers, new SeededRandom(HOST), capacity), timers, new SeededRandom(HOST + 1), new JdkHash(), capacity, "host");
            lunch = agent.account(0);
            name(lunch, "lunch");
            name(agent.account(1), "dinner");
            Endpoint endpoint = new Endpoint(streams, timers, new SeededRandom(HOST + 2), new DigestFunction(new JdkHash()), capacity);
            streams.user = endpoint;
            rooms = new Rooms(agent, endpoint, false, capacity, this);
            transports.put(HOST, transport);
            transports.put(ALICE, alice.transport);
            transports.put(BOB, bob.transport);
        }

        private void name(Account room, String name) {
            room.address.set("sip:" + name + "@192.0.2.5");
            room.displayName.set("The " + name);
            room.contactUser.set(name);
            room.features.set("isfocus");
        }

        @Override
        public int send(Flow flow, byte[] buffer, int offset, int length) {
            byte[] copy = java.util.Arrays.copyOfRange(buffer, offset, offset + length);
            carried.add(new String(copy, StandardCharsets.UTF_8));
            SipTransport to = transports.get((int) flow.addressLow());
            datagrams.add(() -> to.onDatagram(new Flow().setIpv4(Flow.UDP, HOST, 5060), copy, 0, copy.length, net.nowMs));
            return SENT;
        }

        @Override
        public void localAddress(Flow flow, Flow out) {
            out.setIpv4(flow.transport(), HOST, 5060);
        }

        @Override
        public boolean isOpen(int connection) {
            return false;
        }

        @Override
        public void close(int connection) {
            // datagrams alone
        }

        @Override
        public int mayJoin(Account room, Slice address, FixedText known) {
            known.set(address);
            return address.toString().contains("stranger") ? 403 : 0;
        }

        @Override
        public boolean prepareNickname(Slice nickname, FixedText out) {
            return !nickname.toString().isBlank() && out.set(nickname.toString().strip().toLowerCase(Locale.ROOT));
        }

        @Override
        public void onRosterChanged(Account room, long nowMs) {
            rosters++;
        }

        String roster(Account room) {
            ByteSink out = new ByteSink().wrap(new byte[4000]);
            rooms.write(room, 7, new ConferenceWriter(), out);
            List<String> all = new ArrayList<>();
            ConferenceReader reader = new ConferenceReader();
            assertEquals(ConferenceReader.GOOD, reader.read(out.slice(new Slice()), new ConferenceReader.User() {
                @Override
                public void onParticipants(boolean whole) {
                    assertTrue(whole);
                }

                @Override
                public void onParticipant(Slice address, Slice displayed, boolean gone) {
                    assertFalse(gone);
                    all.add(address + "=" + displayed);
                }
            }));
            assertEquals(7, reader.version());
            return String.join(", ", all);
        }
    }

    private void join(Desk desk) {
        desk.chat = desk.chats.open(desk.account, text(ROOM), net.nowMs);
        assertNotNull(desk.chat);
        run();
        assertEquals("ringing, open", desk.take());
    }

    private void both() {
        join(alice);
        join(bob);
    }

    @Test
    void whatOneSaysAllOthersHear() {
        both();
        assertTrue(alice.chat.isRoom() && bob.chat.isRoom());
        assertNotEquals(0, alice.chat.send(text("who is hungry?"), net.nowMs));
        run();
        assertEquals("sip:alice@example.test: who is hungry?", bob.take());
        assertEquals(List.of("delivered", "sent 200"), alice.told.stream().sorted().toList());
        bob.chat.send(text("I am"), net.nowMs);
        alice.take();
        run();
        assertEquals("sip:bob@example.test: I am", alice.take());
        String said = carried.stream().filter(m -> m.startsWith("SIP/2.0 200") && m.contains(" INVITE\r\n")).findFirst().orElseThrow();
        assertTrue(said.contains(">;isfocus\r\n") && said.contains("a=accept-types:message/cpim\r\n") && said.contains("a=chatroom:nickname private-messages\r\n"), said);
        assertEquals("sip:alice@example.test=, sip:bob@example.test=", host.roster(host.lunch));
        alice.chat.end(net.nowMs);
        run();
        assertEquals("sip:bob@example.test=", host.roster(host.lunch));
        assertEquals("", host.roster(host.agent.account(1)));
    }

    @Test
    void privateWordsReachOneAlone() {
        both();
        alice.chat.sendTo(text("sip:bob@example.test"), text("between us"), net.nowMs);
        run();
        assertEquals("to us sip:alice@example.test: between us", bob.take());
        alice.take();
        alice.chat.sendTo(text("sip:carol@example.test"), text("and you?"), net.nowMs);
        run();
        assertTrue(alice.told.contains("sent 404"), alice.told.toString());
        assertEquals("", bob.take());
    }

    @Test
    void privateWordsReachNobodyElse() {
        both();
        Desk carol = new Desk("carol", CAROL, Capacity.desk().sessionBytes);
        carol.other = alice;
        transports.put(CAROL, carol.transport);
        join(carol);
        alice.chat.sendTo(text("sip:bob@example.test"), text("between us"), net.nowMs);
        run();
        assertEquals("to us sip:alice@example.test: between us", bob.take());
        assertEquals("", carol.take());
        alice.chat.send(text("all of you"), net.nowMs);
        run();
        assertEquals("sip:alice@example.test: all of you", bob.take());
        assertEquals("sip:alice@example.test: all of you", carol.take());
    }

    @Test
    void whoseDeviceKnowsNoPrivateWordsGetsNone() {
        rewriteBob = m -> withSdp(m, s -> s.replace("a=chatroom:nickname private-messages\r\n", ""));
        both();
        alice.take();
        alice.chat.sendTo(text("im:bob@example.test"), text("between us"), net.nowMs);
        run();
        assertTrue(alice.told.contains("sent 428"), alice.told.toString());
        alice.chat.send(text("all of you"), net.nowMs);
        run();
        assertEquals("sip:alice@example.test: all of you", bob.take());
    }

    @Test
    void nobodySpeaksForAnother() {
        both();
        alice.account.address.set("sip:bob@example.test");
        alice.chat.send(text("I am bob"), net.nowMs);
        run();
        assertTrue(alice.told.contains("sent 403"), alice.told.toString());
        assertEquals("", bob.take());
    }

    @Test
    void nicknamesAreOnePersons() {
        both();
        int before = host.rosters;
        assertTrue(alice.chat.useNickname(text("The \"Boss\""), net.nowMs));
        run();
        assertEquals("nickname 200", alice.take());
        assertEquals("sip:alice@example.test=The \"Boss\", sip:bob@example.test=", host.roster(host.lunch));
        assertTrue(host.rosters > before);
        bob.chat.useNickname(text(" the \"boss\" "), net.nowMs);
        run();
        assertEquals("nickname 425", bob.take());
        bob.chat.useNickname(text("  "), net.nowMs);
        run();
        assertEquals("nickname 424", bob.take());
        bob.chat.useNickname(text("x".repeat(200)), net.nowMs);
        run();
        assertEquals("nickname 424", bob.take());
        alice.chat.useNickname(text(""), net.nowMs);
        run();
        bob.chat.useNickname(text("the \"boss\""), net.nowMs);
        run();
        assertEquals("nickname 200", bob.take());
        assertEquals("sip:alice@example.test=, sip:bob@example.test=the \"boss\"", host.roster(host.lunch));
    }

    @Test
    void whoMayNotJoinHearsIt() {
        alice.account.address.set("sip:stranger@example.test");
        alice.chat = alice.chats.open(alice.account, text(ROOM), net.nowMs);
        run();
        assertTrue(alice.take().endsWith("ended 403"));
        alice.chat = alice.chats.open(alice.account, text("sip:nothing@192.0.2.5"), net.nowMs);
        run();
        assertEquals("ended 404", alice.take());
        join(bob);
    }

    @Test
    void whoCannotReadWrappedTextsCannotJoin() {
        rewrite = m -> withSdp(m, s -> s.replace("message/cpim ", ""));
        alice.chat = alice.chats.open(alice.account, text(ROOM), net.nowMs);
        run();
        assertEquals("ended 488", alice.take());
    }

    @Test
    void theRoomGoesOnWhereAConnectionBreaks() {
        both();
        net.nowMs += 20_000;
        bob.host.breakAll();
        run();
        assertEquals("sip:alice@example.test=", host.roster(host.lunch));
        alice.chat.send(text("anybody?"), net.nowMs);
        run();
        runTo(net.nowMs + 10_000);
        assertEquals("sip:alice@example.test=, sip:bob@example.test=", host.roster(host.lunch));
        assertEquals("open", bob.take());
        alice.chat.send(text("again"), net.nowMs);
        run();
        assertEquals("sip:alice@example.test: again", bob.take());
        assertTrue(bob.chat.isRoom());
    }

    @Test
    void aPlainChatIsNoRoom() {
        alice.chat = alice.chats.open(alice.account, text("sip:bob@192.0.2.2"), net.nowMs);
        run();
        assertFalse(alice.chat.isRoom());
        assertFalse(alice.chat.useNickname(text("x"), net.nowMs));
        assertEquals(0, alice.chat.sendTo(text("sip:bob@example.test"), text("x"), net.nowMs));
        bob.chat.end(net.nowMs);
        run();
    }
}
