package org.sidetone.world.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sidetone.conformance.Shows;
import org.sidetone.firmware.settings.ContactSettings;
import org.sidetone.firmware.settings.Settings;
import org.sidetone.hal.board.Boards;

/** A phone that watches all its contacts by one subscription (RFC 4662), through the exchange. */
class ListTest {
    private final List<String> said = new ArrayList<>();
    private VirtualOffice office;
    private VirtualDesk alice;
    private VirtualDesk bob;
    private VirtualHttp http;

    private void start(long seed, Faults faults) throws Exception {
        office = new VirtualOffice(seed, faults, Boards.load("desk-text-36x8"), false);
        office.world.setTap((from, bytes, length, datagram) -> said.add(new String(bytes, 0, length, StandardCharsets.UTF_8)));
        http = new VirtualHttp(office.exchangeNetwork, office.exchange.xcap());
        alice = office.alice;
        bob = office.bob;
        alice.settings().accounts[0].xcapRoot = "http://192.0.2.1:" + VirtualHttp.PORT + "/xcap-root";
        alice.settings().accounts[0].watchesList = true;
        ContactSettings contact = alice.settings().contacts[0];
        contact.direct = "";
        alice.settings().contacts = new ContactSettings[] {contact, new ContactSettings("sip:nobody@example.test", "Nobody", 0), new ContactSettings("sip:eve@elsewhere.test", "Eve & Co", 0)};
    }

    private static String shown(VirtualDesk desk) {
        return desk.ask("state").path("contacts").get(0).path("state").asText();
    }

    private void shows(VirtualDesk desk, String state) {
        for (int i = 0; i < 300 && !shown(desk).equals(state); i++) {
            office.world.runTo(office.world.nowMs() + 1_000);
        }
        assertEquals(state, shown(desk), desk.name() + " " + http.answered + desk.ask("log"));
    }

    private static void expect(VirtualDesk desk, String condition) {
        JsonNode answer = desk.ask("wait 300000 " + condition);
        assertTrue(answer.path("ok").asBoolean() && !answer.path("timeout").asBoolean(), desk.name() + ": " + condition + ": " + answer);
    }

    private long subscribes(String to) {
        return said.stream().filter(m -> m.startsWith("SUBSCRIBE") && m.contains("From: <sip:alice@") || m.startsWith("SUBSCRIBE") && m.contains("From: \"Alice\" <sip:alice@"))
                .filter(m -> m.contains("\r\nEvent: presence\r\n") && m.contains("\r\nTo: <sip:" + to + "@")).count();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @Shows({"4662-4.3-2", "4662-4.7-1"})
    void oneSubscriptionShowsAll(long seed) throws Exception {
        start(seed, seed == 1 ? Faults.NONE : Faults.ROUGH);
        office.powerOn();
        shows(alice, "Available");
        expect(alice, "lamp @bob green");
        bob.ask("press soft3 down down ok");
        expect(alice, "lamp @bob red");
        bob.ask("press soft3 up ok");
        assertEquals(0, subscribes("bob") + subscribes("nobody") + subscribes("eve"));
        assertTrue(subscribes("alice-book") > 0);
        String subscribe = said.stream().filter(m -> m.startsWith("SUBSCRIBE sip:alice-book@")).findFirst().orElseThrow();
        assertTrue(subscribe.contains("\r\nSupported: eventlist\r\n") && subscribe.contains("application/rlmi+xml") && subscribe.contains("multipart/related"), subscribe);
        bob.powerOff();
        shows(alice, "Offline");
        bob.powerOn();
        shows(alice, "Available");
        alice.powerOff();
        int puts = (int) http.answered.stream().filter(a -> a.startsWith("PUT") && a.contains("rls-services")).count();
        alice.powerOn();
        shows(alice, "Available");
        bob.ask("press soft3 down down ok");
        expect(alice, "lamp @bob red");
        assertEquals(puts, http.answered.stream().filter(a -> a.startsWith("PUT") && a.contains("rls-services")).count(), "it was there already");
        assertEquals(0, subscribes("bob"));
    }

    /** RFC 5367: without an XCAP server the SUBSCRIBE brings the list along. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void withoutAnXcapServerTheSubscriptionBringsTheListAlong(long seed) throws Exception {
        start(seed, seed == 11 ? Faults.NONE : Faults.ROUGH);
        alice.settings().accounts[0].xcapRoot = "";
        office.powerOn();
        shows(alice, "Available");
        String subscribe = said.stream().filter(m -> m.startsWith("SUBSCRIBE sip:example.test ") && m.contains("recipient-list")).findFirst().orElseThrow();
        assertTrue(subscribe.contains("\r\nRequire: recipient-list-subscribe\r\n") && subscribe.contains("\r\nContent-Disposition: recipient-list\r\n")
                && subscribe.contains("\r\nContent-Type: application/resource-lists+xml\r\n") && subscribe.contains("\r\nSupported: eventlist\r\n"), subscribe);
        assertTrue(subscribe.endsWith("<list><entry uri=\"sip:bob@example.test\"/><entry uri=\"sip:nobody@example.test\"/><entry uri=\"sip:eve@elsewhere.test\"/></list></resource-lists>"), subscribe);
        assertEquals(0, subscribes("bob") + subscribes("nobody") + subscribes("eve"));
        bob.ask("press soft3 down down ok");
        expect(alice, "lamp @bob red");
        office.world.runTo(office.world.nowMs() + 400_000);
        assertTrue(said.stream().filter(m -> m.startsWith("SUBSCRIBE ") && m.contains("tag=") && m.contains("Event: presence") && m.split("\r\nTo: ")[1].split("\r\n")[0].contains("tag=")
                && m.contains("\"Alice\"")).noneMatch(m -> m.contains("recipient-list")), "a refresh brings none");
        bob.ask("press soft3 up ok");
        expect(alice, "lamp @bob green");
        alice.powerOff();
        alice.powerOn();
        shows(alice, "Available");
        bob.powerOff();
        shows(alice, "Offline");
        assertEquals(0, subscribes("bob"));
    }

    /** Kamailio passes over Require and body, and takes the SUBSCRIBE for one to the domain's own presence. */
    @Test
    void whoTakesTheListForSomebodyIsNotBelieved() throws Exception {
        World world = new World(1, Faults.NONE);
        ScriptedServer server = new ScriptedServer(world, 0xC0000201);
        Settings s = ScriptedServer.aliceWithBob();
        s.accounts[0].watchesList = true;
        VirtualDesk desk = new VirtualDesk(world, "alice", Boards.load("pi-text-20x4"), 0xC000020A, s);
        desk.powerOn();
        world.runTo(3_000);
        assertTrue(server.requests.stream().anyMatch(m -> m.startsWith("SUBSCRIBE sip:example.test ") && m.contains("recipient-list")), server.requests.toString());
        String pidf = "<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"%s\"><tuple id=\"t\"><status><basic>open</basic></status></tuple></presence>";
        server.notify("presence", "first", "active;expires=3600", "application/pidf+xml", String.format(pidf, "sip:example.test"));
        world.runTo(6_000);
        List<String> later = server.requests.stream().filter(m -> m.startsWith("SUBSCRIBE ") && m.contains("Event: presence")).toList();
        assertTrue(later.stream().anyMatch(m -> m.contains("\r\nExpires: 0\r\n")), "the other is given back: " + later);
        assertTrue(later.get(later.size() - 1).startsWith("SUBSCRIBE sip:bob@example.test "), later.toString());
        server.notify("presence", "first", "active;expires=3600", "application/pidf+xml", String.format(pidf, "sip:bob@example.test"));
        world.runTo(9_000);
        assertEquals("Available", shown(desk));
    }

    /** More than the phone has room for, all at once: it is told so, and asks for one after the other. */
    @Test
    void aListThatIsTooMuchAtOnceIsGivenUp() throws Exception {
        World world = new World(1, Faults.NONE);
        ScriptedServer server = new ScriptedServer(world, 0xC0000201);
        Settings s = ScriptedServer.aliceWithBob();
        s.accounts[0].watchesList = true;
        s.capacity.bodyBytes = 3000;
        VirtualDesk desk = new VirtualDesk(world, "alice", Boards.load("pi-text-20x4"), 0xC000020A, s);
        desk.powerOn();
        world.runTo(3_000);
        assertTrue(server.requests.stream().anyMatch(m -> m.startsWith("SUBSCRIBE sip:example.test ") && m.contains("recipient-list")), server.requests.toString());
        server.notify("presence", "first", "active;expires=3600", "multipart/related;type=\"application/rlmi+xml\";boundary=x\r\nRequire: eventlist", "x".repeat(2900));
        world.runTo(4_000);
        assertTrue(server.requests.stream().noneMatch(m -> m.startsWith("SUBSCRIBE ") && m.contains("\r\nExpires: 0\r\n")), "there is room for that");
        server.notify("presence", "first", "active;expires=3600", "multipart/related;type=\"application/rlmi+xml\";boundary=x\r\nRequire: eventlist", "x".repeat(3001));
        world.runTo(7_000);
        List<String> later = server.requests.stream().filter(m -> m.startsWith("SUBSCRIBE ") && m.contains("Event: presence")).toList();
        assertTrue(later.stream().anyMatch(m -> m.contains("\r\nExpires: 0\r\n")), "the list is given back: " + later);
        assertTrue(later.get(later.size() - 1).startsWith("SUBSCRIBE sip:bob@example.test "), later.toString());
    }

    @Test
    void whereThereIsNoListContactsAreWatchedOneByOne() throws Exception {
        start(4, Faults.NONE);
        http.away = true;
        office.powerOn();
        shows(alice, "Available");
        assertTrue(subscribes("bob") > 0);
        bob.ask("press soft3 down down ok");
        expect(alice, "lamp @bob red");
    }

    @Test
    void whileTheServerIsAwayTheContactIsAskedItself() throws Exception {
        start(5, Faults.NONE);
        alice.settings().contacts[0].direct = "sip:bob@192.0.2.11";
        office.powerOn();
        shows(alice, "Available");
        office.exchangeNetwork.plug(false);
        office.world.runTo(office.world.nowMs() + 120_000);
        bob.ask("press soft3 down down ok");
        expect(alice, "lamp @bob red");
        office.exchangeNetwork.plug(true);
        expect(alice, "registered");
        office.world.runTo(office.world.nowMs() + 120_000);
        expect(alice, "lamp @bob red");
    }
}
