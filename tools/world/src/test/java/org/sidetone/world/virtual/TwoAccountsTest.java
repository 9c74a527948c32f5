package org.sidetone.world.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sidetone.firmware.settings.AccountSettings;
import org.sidetone.firmware.settings.Settings;
import org.sidetone.hal.board.Boards;

/** A phone that belongs to two domains: each registers and publishes, and everybody is spoken to with the account of his domain. */
class TwoAccountsTest {
    private static final String ONE = "sip:alice@example.test";
    private static final String OTHER = "sip:a.smith@example.org";

    private World world;
    private ScriptedServer server;
    private VirtualDesk desk;

    @BeforeEach
    void powerOn() throws Exception {
        world = new World(1, Faults.NONE);
        server = new ScriptedServer(world, 0xC0000201);
        Settings s = ScriptedServer.aliceWithBob();
        AccountSettings other = new AccountSettings();
        other.address = OTHER;
        other.serverHost = "192.0.2.1";
        other.serverPort = 5060;
        s.accounts = new AccountSettings[] {s.accounts[0], other};
        s.capacity.accounts = 2;
        desk = new VirtualDesk(world, "alice", Boards.load("desk-text-36x8"), 0xC000020A, s);
        desk.powerOn();
        world.runTo(3_000);
    }

    private void ask(String request) {
        assertTrue(desk.ask(request).path("ok").asBoolean(), () -> request + "\n" + desk.ask("lcd"));
    }

    private void add(String address) {
        ask("press back back back back back soft1 soft2 ok");
        ask("type \"" + address + "\"");
        ask("press soft4");
        world.runTo(world.nowMs() + 3_000);
    }

    /** Who asks whom: {@code from -> request-URI}, of the requests with a method. */
    private List<String> asked(String method) {
        return server.requests.stream().filter(r -> r.startsWith(method + " ") && !r.contains("Event: reg\r\n") && !r.contains("Event: message-summary\r\n"))
                .map(r -> r.replaceAll("(?s).*\r\nFrom: [^<]*<([^>]*)>.*", "$1") + " -> " + r.replaceAll("(?s)^\\S+ (\\S+) .*", "$1")).distinct().toList();
    }

    @Test
    void bothRegisterAndPublish() {
        assertEquals(List.of(ONE + " -> sip:example.test", OTHER + " -> sip:example.org"), asked("REGISTER"));
        assertEquals(List.of(ONE + " -> " + ONE, OTHER + " -> " + OTHER), asked("PUBLISH"));
    }

    @Test
    void whoIsTypedInIsWatchedAndWrittenToWithTheAccountOfHisDomain() {
        add("carol");
        add("dave@Example.ORG");
        add("erin@example.net");
        List<String> watched = asked("SUBSCRIBE");
        assertTrue(watched.contains(ONE + " -> sip:carol@example.test"), watched.toString());
        assertTrue(watched.contains(OTHER + " -> sip:dave@Example.ORG"), watched.toString());
        assertTrue(watched.contains(ONE + " -> sip:erin@example.net"), watched.toString());
        desk.powerOff();
        desk.powerOn();
        world.runTo(world.nowMs() + 5_000);
        server.requests.clear();
        ask("press back back back back back soft1 down down soft3");
        ask("type \"hello\"");
        ask("press ok");
        world.runTo(world.nowMs() + 3_000);
        assertEquals(List.of(OTHER + " -> sip:dave@Example.ORG"), asked("MESSAGE"), desk.ask("lcd").toString());
    }
}
