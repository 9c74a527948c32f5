package org.sidetone.world.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sidetone.conformance.Shows;
import org.sidetone.firmware.settings.AccountSettings;
import org.sidetone.firmware.settings.ContactSettings;
import org.sidetone.firmware.settings.Settings;
import org.sidetone.hal.board.Boards;

/** Phones that are their own presence agents: without a server, and while the server is away (RFC 3856 section 5). */
class DirectPresenceTest {
    private static final int ALICE = 0xC000020A;
    private static final int BOB = 0xC000020B;

    private final List<String> said = new ArrayList<>();
    private World world;
    private boolean watchesCalls;
    private VirtualDesk alice;
    private VirtualDesk bob;

    private static Settings phone(String user, int address, String other, int otherAddress, String secret, boolean calls) {
        Settings s = new Settings();
        AccountSettings account = new AccountSettings();
        account.address = "sip:" + user + "@192.0.2." + (address & 0xFF);
        account.displayName = user;
        account.standalone = true;
        s.accounts = new AccountSettings[] {account};
        s.contacts = new ContactSettings[] {new ContactSettings("sip:" + other + "@192.0.2." + (otherAddress & 0xFF), other, 0)};
        s.contacts[0].secret = secret;
        s.contacts[0].calls = calls;
        s.capacity.accounts = 1;
        s.capacity.contacts = 16;
        s.capacity.subscriptions = 16;
        s.localPort = 5060;
        s.expiresSec = 60;
        s.rigPort = 0;
        s.instanceId = UUID.nameUUIDFromBytes(user.getBytes(StandardCharsets.UTF_8)).toString();
        return s;
    }

    private void start(Faults faults, String secretOfAlice, String secretOfBob) throws Exception {
        world = new World(3, faults);
        CarriedMessages carried = new CarriedMessages();
        world.setTap((from, bytes, length, datagram) -> {
            carried.onSent(from, bytes, length, datagram);
            said.add(new String(bytes, 0, length, StandardCharsets.UTF_8));
        });
        alice = new VirtualDesk(world, "alice", Boards.load("pi-text-20x4"), ALICE, phone("alice", ALICE, "bob", BOB, secretOfAlice, false));
        bob = new VirtualDesk(world, "bob", Boards.load("pi-text-20x4"), BOB, phone("bob", BOB, "alice", ALICE, secretOfBob, watchesCalls));
        alice.powerOn();
        bob.powerOn();
    }

    private static void expect(VirtualDesk desk, String condition) {
        JsonNode answer = desk.ask("wait 300000 " + condition);
        assertTrue(answer.path("ok").asBoolean() && !answer.path("timeout").asBoolean(), condition + ": " + answer + "\n" + desk.ask("lcd"));
    }

    private static void press(VirtualDesk desk, String keys) {
        assertTrue(desk.ask("press " + keys).path("ok").asBoolean(), keys);
    }

    private long requests(String start, String with) {
        return said.stream().filter(m -> m.startsWith(start) && m.contains(with)).count();
    }

    @Test
    @Shows({"3856-9.2-2", "3856-9.4-4"})
    void twoPhonesWithASecretSeeEachOtherWithoutAServer() throws Exception {
        start(Faults.NONE, "sesame", "sesame");
        expect(alice, "lamp @bob green");
        expect(bob, "lamp @alice green");
        press(bob, "soft3 down down ok");
        expect(alice, "lamp @bob red");
        assertEquals(0, requests("PUBLISH", ""), "there is nobody to publish to");
        assertEquals(0, requests("REGISTER", ""));
        assertTrue(requests("SUBSCRIBE", "Authorization: Digest") > 0);
    }

    @Test
    void overALossyNetworkToo() throws Exception {
        start(Faults.ROUGH, "sesame", "sesame");
        expect(alice, "lamp @bob green");
        press(bob, "soft3 down down ok");
        expect(alice, "lamp @bob red");
        expect(bob, "lamp @alice green");
    }

    @Test
    void aChangeOfMindIsSeenAtOnce() throws Exception {
        start(Faults.NONE, "", "");
        expect(bob, "lcd contains \"May see your\"");
        press(bob, "soft2");
        expect(alice, "lamp @bob green");
        press(bob, "back back soft3 soft2 soft3");
        world.runTo(world.nowMs() + 1_000);
        assertEquals("Offline", shown(alice));
        press(bob, "soft2");
        world.runTo(world.nowMs() + 1_000);
        assertEquals("Available", shown(alice));
        press(bob, "soft4");
        world.runTo(world.nowMs() + 1_000);
        assertEquals("Refused", shown(alice));
    }

    @Test
    void aSecretIsProvenAtEachRefreshAlsoWhenTheNonceIsOld() throws Exception {
        start(Faults.NONE, "sesame", "sesame");
        expect(alice, "lamp @bob green");
        world.runTo(world.nowMs() + 900_000);
        assertTrue(requests("SIP/2.0 401", "stale=true") > 0, "nonces live five minutes");
        said.clear();
        press(bob, "soft3 down down ok");
        expect(alice, "lamp @bob red");
        assertEquals(0, said.stream().filter(m -> m.startsWith("SIP/2.0 481")).count(), "one subscription all the time");
    }

    @Test
    @Shows("3856-6.6.1-1")
    void whoDoesNotKnowTheSecretSeesNothing() throws Exception {
        start(Faults.NONE, "guess", "sesame");
        expect(bob, "lamp @alice off");
        world.runTo(world.nowMs() + 60_000);
        expect(alice, "lamp @bob off");
        assertEquals(0, requests("NOTIFY", "<basic>"));
    }

    @Test
    @Shows({"3856-6.6.2-1", "6665-4.1.3-19"})
    void withoutASecretTheOwnerIsAskedOnceAndRemembered() throws Exception {
        start(Faults.NONE, "", "");
        expect(bob, "lcd contains \"May see your\"");
        assertEquals(0, requests("NOTIFY", "<basic>"), "nothing is told before he decides");
        press(bob, "soft2");
        expect(alice, "lamp @bob green");
        world.runTo(world.nowMs() + 10_000);
        bob.ask("power off");
        expect(alice, "lamp @bob off");
        bob.ask("power on");
        expect(alice, "lamp @bob green");
        assertFalse(bob.ask("lcd").toString().contains("May see your"), "asked once");
    }

    @Test
    void aBlockedWatcherIsRefused() throws Exception {
        start(Faults.NONE, "", "");
        expect(bob, "lcd contains \"May see your\"");
        press(bob, "soft4");
        world.runTo(world.nowMs() + 5_000);
        assertEquals(1, requests("NOTIFY sip:alice", "Subscription-State: terminated;reason=rejected"));
        press(alice, "soft2");
        expect(bob, "lamp @alice green");
        assertEquals(0, requests("NOTIFY sip:alice", "<basic>"));
    }

    /** What he is shown is, but for the entity, what is shown of somebody who appears offline, and changes nothing. */
    @Test
    @Shows("6665-6.2-2")
    void aPolitelyBlockedWatcherCannotTellItFromOffline() throws Exception {
        start(Faults.NONE, "", "");
        expect(bob, "lcd contains \"May see your\"");
        expect(alice, "lcd contains \"May see your\"");
        press(bob, "soft3");
        press(alice, "soft2");
        world.runTo(world.nowMs() + 5_000);
        String polite = last("NOTIFY sip:alice");
        assertTrue(polite.contains("Subscription-State: active;"), polite);
        long before = requests("NOTIFY sip:alice", "");
        assertTrue(before > 0);
        press(bob, "soft3 down down ok");
        world.runTo(world.nowMs() + 5_000);
        assertEquals(before, requests("NOTIFY sip:alice", ""), "a hidden change makes no NOTIFY");
        press(alice, "back back back soft3 down down down down down down down ok");
        world.runTo(world.nowMs() + 5_000);
        String offline = last("NOTIFY sip:bob");
        assertEquals(body(offline).replace("alice@192.0.2.10", "X"), body(polite).replace("bob@192.0.2.11", "X"));
    }

    private static String between(String text, String start, String end) {
        int at = text.indexOf(start) + start.length();
        return text.substring(at, text.indexOf(end, at));
    }

    @Test
    @Shows({"3903-10.4-2", "3903-10.4-3", "3863-4.1.7-4", "3856-9.4-2"})
    void statesThatFollowEachOtherHaveTheSameIdAndNotTheSameTime() throws Exception {
        start(Faults.NONE, "sesame", "sesame");
        expect(alice, "lamp @bob green");
        press(bob, "soft3 down down ok");
        press(bob, "soft3 up up ok");
        press(bob, "soft3 down down down ok");
        world.runTo(world.nowMs() + 1_000);
        List<String> told = said.stream().filter(m -> m.startsWith("NOTIFY sip:alice") && m.contains("<tuple")).toList();
        assertTrue(told.size() >= 3, told.toString());
        assertEquals(1, told.stream().map(m -> between(m, "<tuple id=\"", "\"")).distinct().count());
        assertEquals(told.size(), told.stream().map(m -> between(m, "<timestamp>", "<")).distinct().count());
    }

    @Test
    @Shows("4480-3.14-1")
    void idleSaysSinceWhenUnlessItsOwnerDoesNotWantThat() throws Exception {
        start(Faults.NONE, "sesame", "sesame");
        world.runTo(world.nowMs() + 400_000);
        assertTrue(last("NOTIFY sip:alice").contains(" last-input=\""), last("NOTIFY sip:alice"));
        said.clear();
        Settings discreet = phone("bob", BOB, "alice", ALICE, "sesame", false);
        discreet.tellsLastInput = false;
        bob.powerOff();
        bob = new VirtualDesk(world, "bob", Boards.load("pi-text-20x4"), BOB, discreet);
        bob.powerOn();
        world.runTo(world.nowMs() + 1_000_000);
        assertTrue(last("NOTIFY sip:alice").contains("idle-threshold=") && last("NOTIFY sip:alice").contains("<rpid:away/>"), last("NOTIFY sip:alice"));
        assertFalse(said.stream().anyMatch(m -> m.startsWith("NOTIFY sip:alice") && (m.contains("last-input") || m.contains("activities from="))));
    }

    private String last(String start) {
        return said.stream().filter(m -> m.startsWith(start)).reduce((a, b) -> b).orElseThrow();
    }

    private static String body(String message) {
        return message.substring(message.indexOf("\r\n\r\n") + 4);
    }

    @Test
    void withoutTheServerThePhonesGoOnAloneAndBackWithoutAFlicker() throws Exception {
        JsonNode state = serverAwayAndBack(new VirtualOffice(5, Faults.NONE, Boards.load("pi-text-20x4"), false));
        assertEquals(2, state.path("pools").path("subscriptions").asInt(), "the mailbox and bob; the direct one was given up: " + state);
    }

    @Test
    void theSameWithAddressesLearntFromTheServerWhileItWasThere() throws Exception {
        JsonNode state = serverAwayAndBack(VirtualOffice.learning(5, Faults.NONE, Boards.load("pi-text-20x4")));
        assertEquals(3, state.path("pools").path("subscriptions").asInt(), "the mailbox, bob, and where he is: " + state);
    }

    /** The server goes and comes back: what changes meanwhile is seen, and the lamp never goes dark. */
    private JsonNode serverAwayAndBack(VirtualOffice office) {
        office.powerOn();
        expect(office.alice, "lamp @bob green");
        expect(office.bob, "lamp @alice green");
        office.exchangeNetwork.plug(false);
        long until = office.world.nowMs() + 180_000;
        while (office.world.nowMs() < until) {
            office.world.runTo(office.world.nowMs() + 1_000);
            assertEquals("green", lamp(office.alice, "bob"), "after " + (office.world.nowMs() - until + 180_000) + " ms without a server");
        }
        press(office.bob, "soft3 down down ok");
        expect(office.alice, "lamp @bob red");
        office.exchangeNetwork.plug(true);
        until = office.world.nowMs() + 700_000;
        while (office.world.nowMs() < until) {
            office.world.runTo(office.world.nowMs() + 1_000);
            assertEquals("red", lamp(office.alice, "bob"), "after " + (office.world.nowMs() - until + 700_000) + " ms with the server again");
        }
        return office.alice.ask("state");
    }

    /** What a phone calls the state of its only contact. */
    private static String shown(VirtualDesk desk) {
        return desk.ask("state").path("contacts").get(0).path("state").asText();
    }

    /** The colour a lamp has now, or off. */
    private static String lamp(VirtualDesk desk, String contact) {
        for (String colour : List.of("green", "red", "amber", "off")) {
            JsonNode answer = desk.ask("wait 1 lamp @" + contact + " " + colour);
            if (answer.path("ok").asBoolean() && !answer.path("timeout").asBoolean()) {
                return colour;
            }
        }
        return "none of these";
    }

    /** RFC 4235: the phone tells of its own calls, to whom it tells how its owner is. */
    @Test
    void aPhoneTellsOfItsCalls() throws Exception {
        watchesCalls = true;
        start(Faults.NONE, "open sesame", "open sesame");
        expect(bob, "lamp @alice green");
        assertTrue(bob.ask("press L1 soft3").path("ok").asBoolean());
        expect(alice, "lcd contains \"offers a chat\"");
        world.runTo(world.nowMs() + 3_000);
        assertEquals("Ringing", bob.ask("state").path("contacts").get(0).path("state").asText());
        assertTrue(bob.ask("press soft2").path("ok").asBoolean());
        world.runTo(world.nowMs() + 3_000);
        assertEquals("Available", bob.ask("state").path("contacts").get(0).path("state").asText());
        assertTrue(said.stream().noneMatch(m -> m.startsWith("SIP/2.0 489 ")));
    }

    /** RFC 6665 section 4.1.3, deactivated: nobody shows what was before a power cut. */
    @Test
    void aPhoneThatComesBackHasItsWatchersAskAnew() throws Exception {
        watchesCalls = true;
        start(Faults.NONE, "open sesame", "open sesame");
        expect(bob, "lamp @alice green");
        assertTrue(alice.ask("press soft3 down down ok").path("ok").asBoolean());
        expect(bob, "lamp @alice red");
        world.runTo(world.nowMs() + 5_000);
        alice.powerOff();
        world.runTo(world.nowMs() + 1_000);
        said.clear();
        alice.powerOn();
        world.runTo(world.nowMs() + 3_000);
        assertEquals(2, said.stream().filter(m -> m.startsWith("NOTIFY sip:bob@") && m.contains("terminated;reason=deactivated") && m.endsWith("Content-Length: 0\r\n\r\n")).count(),
                "of presence and of calls, once each");
        assertTrue(said.stream().anyMatch(m -> m.startsWith("SUBSCRIBE sip:alice@") && m.contains("From: \"bob\"") && m.contains("Event: presence")));
        assertTrue(said.stream().noneMatch(m -> m.startsWith("SIP/2.0 481") || m.startsWith("SIP/2.0 500")), said.toString());
        world.runTo(world.nowMs() + 2_000);
        said.clear();
        alice.powerOff();
        alice.powerOn();
        world.runTo(world.nowMs() + 3_000);
        assertEquals(2, said.stream().filter(m -> m.contains("terminated;reason=deactivated")).count(), "the new ones alone");
        expect(bob, "lcd contains \"alice\"");
    }
}
