package org.sidetone.world.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sidetone.conformance.Shows;
import org.sidetone.firmware.settings.AccountSettings;
import org.sidetone.firmware.settings.ContactSettings;
import org.sidetone.firmware.settings.Settings;
import org.sidetone.hal.board.Boards;

/** What a PBX tells beside presence drives the lamps: calls (RFC 4235) and voice mail (RFC 3842). */
class LampsOfAServerTest {
    private static final int SERVER = 0xC0000201;
    private static final int ALICE = 0xC000020A;
    private static final String DIALOGS = "application/dialog-info+xml";
    private static final String SUMMARY = "application/simple-message-summary";

    private final World world = new World(7, Faults.NONE);
    private final ScriptedServer server = new ScriptedServer(world, SERVER);
    private VirtualDesk alice;
    private int version;

    @BeforeEach
    void start() throws Exception {
        Settings s = new Settings();
        AccountSettings account = new AccountSettings();
        account.address = "sip:alice@example.test";
        account.displayName = "Alice";
        account.serverHost = "192.0.2.1";
        account.serverPort = 5060;
        account.transport = "udp";
        s.accounts = new AccountSettings[] {account};
        s.contacts = new ContactSettings[] {new ContactSettings("sip:bob@example.test", "Bob", 0)};
        s.contacts[0].calls = true;
        s.capacity.accounts = 1;
        s.capacity.contacts = 4;
        s.capacity.subscriptions = 8;
        s.localPort = 5060;
        s.rigPort = 0;
        alice = new VirtualDesk(world, "alice", Boards.load("pi-text-20x4"), ALICE, s);
        server.unknownEvents.add("presence");
        alice.powerOn();
        world.runTo(3_000);
        assertTrue(server.hasSubscription("dialog") && server.hasSubscription("message-summary"), server.requests.toString());
    }

    private void calls(String tag, String state, String... dialogs) {
        StringBuilder text = new StringBuilder("<dialog-info xmlns=\"urn:ietf:params:xml:ns:dialog-info\" version=\"" + version++ + "\" state=\"" + state
                + "\" entity=\"sip:bob@example.test\">");
        for (String d : dialogs) {
            String[] w = d.split(" ");
            text.append("<dialog id=\"").append(w[0]).append("\" direction=\"recipient\"><state>").append(w[1]).append("</state><local><target uri=\"sip:b@c\">"
                    + "<param pname=\"+sip.rendering\" pval=\"").append(w.length > 2 ? "no" : "yes")
                    .append("\"/></target></local><remote><identity display=\"Carol\">sip:carol@example.test</identity></remote></dialog>");
        }
        server.notify("dialog", tag, "active;expires=3600", DIALOGS, text.append("</dialog-info>").toString());
        world.runTo(world.nowMs() + 100);
        assertEquals("SIP/2.0 200 OK", server.responses.get(server.responses.size() - 1));
    }

    private String shown() {
        return alice.ask("state").path("contacts").get(0).path("state").asText();
    }

    private String lamp() {
        JsonNode l = alice.ask("lamp @bob");
        return l.path("colour").asText() + " " + l.path("on").asInt() + " " + l.path("off").asInt();
    }

    private static void expect(VirtualDesk desk, String condition) {
        JsonNode answer = desk.ask("wait 10000 " + condition);
        assertTrue(answer.path("ok").asBoolean() && !answer.path("timeout").asBoolean(), condition + ": " + answer + "\n" + desk.ask("lcd"));
    }

    /** What was told is good for as long as was granted; then nobody knows. */
    @Test
    void withTheServerGoneTheLastStateIsShownAsSuchUntilItExpires() {
        server.unknownEvents.clear();
        alice.ask("power off");
        alice.ask("power on");
        world.runTo(world.nowMs() + 3_000);
        server.notify("presence", "first", "active;expires=600", "application/pidf+xml", "<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"sip:bob@example.test\">"
                + "<tuple id=\"t\"><status><basic>open</basic></status></tuple></presence>");
        long toldAt = world.nowMs();
        expect(alice, "lamp @bob green");
        server.unplug();
        world.runTo(toldAt + 595_000);
        assertTrue(alice.ask("state").path("contacts").get(0).path("stale").asBoolean(), alice.ask("state").toString());
        expect(alice, "lcd contains \"Bob Available?\"");
        expect(alice, "lamp @bob green");
        world.runTo(toldAt + 660_000);
        assertEquals("Offline", shown());
        expect(alice, "lamp @bob off");
    }

    private void presenceOfBob(String more) {
        server.unknownEvents.clear();
        alice.ask("power off");
        alice.ask("power on");
        world.runTo(world.nowMs() + 3_000);
        server.notify("presence", "first", "active;expires=3600", "application/pidf+xml", "<presence xmlns=\"urn:ietf:params:xml:ns:pidf\""
                + " xmlns:ts=\"urn:ietf:params:xml:ns:pidf:timed-status\" xmlns:r=\"urn:ietf:params:xml:ns:pidf:rpid\" entity=\"sip:bob@example.test\">"
                + "<tuple id=\"t\"><status><basic>open</basic></status>" + more + "</tuple></presence>");
        expect(alice, "lamp @bob green");
    }

    private String moment(int minutes) {
        return java.time.Instant.ofEpochMilli(world.wallMs()).truncatedTo(java.time.temporal.ChronoUnit.HOURS).plusSeconds(3600 + 60L * minutes).toString();
    }

    private String line(String start) {
        for (int i = 0; i < 12; i++) {
            for (JsonNode row : alice.ask("lcd").path("rows")) {
                if (row.asText().startsWith(start)) {
                    return row.asText().trim();
                }
            }
            alice.ask("press down");
            world.runTo(world.nowMs() + 100);
        }
        return alice.ask("lcd").toString();
    }

    /** Two announcements about the same time are both shown (RFC 4481 section 3), the earlier first. */
    @Test
    @Shows("4481-3-3")
    void announcementsThatOverlapAreAllShown() {
        String meeting = "<ts:timed-status from=\"%s\" until=\"%s\"><ts:basic>%s</ts:basic></ts:timed-status>";
        presenceOfBob(String.format(meeting, moment(30), moment(90), "open") + String.format(meeting, moment(0), moment(60), "closed"));
        assertTrue(alice.ask("press L1").path("ok").asBoolean());
        String hour = moment(0).substring(11, 14);
        assertTrue(line("From " + hour + "00").length() > 10, line("From " + hour + "00"));
        assertTrue(line("From " + hour + "30").length() > 10, line("From " + hour + "30"));
    }

    @Test
    void aCallOfTheContactGoesOverTheLamp() {
        calls("first", "full");
        assertEquals("Refused", shown());
        calls("first", "partial", "c1 early");
        assertEquals("Ringing", shown());
        world.runTo(world.nowMs() + 1_000);
        assertEquals("red 200 200", lamp());
        calls("first", "partial", "c1 confirmed");
        assertEquals("On the phone", shown());
        expect(alice, "lamp @bob red");
        assertTrue(alice.ask("press L1").path("ok").asBoolean());
        expect(alice, "lcd contains \"With Carol\"");
        calls("first", "partial", "c1 confirmed held");
        assertEquals("On hold", shown());
        world.runTo(world.nowMs() + 4_000);
        assertEquals("red 1000 1000", lamp());
        calls("first", "partial", "c1 terminated");
        assertEquals("Refused", shown());
        expect(alice, "lamp @bob off");
    }

    @Test
    void eachPhoneOfTheContactIsHeard() {
        calls("first", "full");
        calls("second", "full", "c2 confirmed");
        assertEquals("On the phone", shown());
        calls("first", "partial", "c1 early");
        assertEquals("On the phone", shown(), "a talk says more than a second call that rings");
        calls("second", "partial", "c2 terminated");
        assertEquals("Ringing", shown());
        assertEquals(3, alice.ask("state").path("pools").path("subscriptions").asInt() - 1, "presence refused, mailbox, two phones");
    }

    @Test
    void aGapIsFilledByAskingAgain() {
        calls("first", "full");
        long before = asked("dialog");
        version += 3;
        calls("first", "partial", "c1 confirmed");
        assertEquals("On the phone", shown(), "what is told is shown");
        world.runTo(world.nowMs() + 1_000);
        assertEquals(before + 1, asked("dialog"));
    }

    private long asked(String event) {
        return server.requests.stream().filter(r -> r.startsWith("SUBSCRIBE") && r.contains("\r\nEvent: " + event + "\r\n")).count();
    }

    @Test
    void whatWaitsInTheMailboxLightsTheMessageLampAndIsSaidInWords() {
        server.notify("message-summary", "first", "active", SUMMARY, "Messages-Waiting: yes\r\nVoice-Message: 2/8 (1/0)\r\n");
        world.runTo(world.nowMs() + 100);
        expect(alice, "lcd contains \"2 new voice\"");
        assertTrue(alice.ask("state").path("voicemail").path("waiting").asBoolean());
        expect(alice, "lamp MSG red");
        server.notify("message-summary", "first", "active", SUMMARY, "Messages-Waiting: no\r\nVoice-Message: 0/10\r\n");
        expect(alice, "lamp MSG off");
        assertEquals(10, alice.ask("state").path("voicemail").path("old").asInt());
        server.notify("message-summary", "first", "active", SUMMARY, "You have mail!\r\n");
        world.runTo(world.nowMs() + 100);
        assertEquals("SIP/2.0 400", server.responses.get(server.responses.size() - 1).substring(0, 11));
        assertEquals(10, alice.ask("state").path("voicemail").path("old").asInt(), "what cannot be read changes nothing");
    }
}
