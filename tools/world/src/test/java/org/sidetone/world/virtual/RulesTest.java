package org.sidetone.world.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sidetone.bytes.FixedText;
import org.sidetone.conformance.Shows;
import org.sidetone.hal.board.Boards;
import org.sidetone.switchboard.xcap.XcapAnswer;

/** Who may see whom is decided on the phones and kept on the exchange (RFC 5025, 4825), which tells them who watches (RFC 3857). */
class RulesTest {
    private static final String ROOT = "http://192.0.2.1:" + VirtualHttp.PORT + "/xcap-root";
    private static final String RULES = "/pres-rules/users/sip:alice@example.test/index";

    private VirtualOffice office;
    private VirtualDesk alice;
    private VirtualDesk bob;
    private VirtualHttp http;
    private final List<String> said = new ArrayList<>();

    private void start(long seed, Faults faults, boolean bobToo) throws Exception {
        office = new VirtualOffice(seed, faults, Boards.load("desk-text-36x8"), false);
        office.world.setTap((from, bytes, length, datagram) -> said.add(new String(bytes, 0, length, StandardCharsets.UTF_8)));
        http = new VirtualHttp(office.exchangeNetwork, office.exchange.xcap());
        alice = office.alice;
        bob = office.bob;
        alice.settings().accounts[0].xcapRoot = ROOT;
        bob.settings().accounts[0].xcapRoot = bobToo ? ROOT : "";
        alice.settings().contacts[0].secret = "";
        bob.settings().contacts[0].secret = "";
        alice.settings().contacts[0].direct = "";
        bob.settings().contacts[0].direct = "";
        office.powerOn();
        expect(alice, "registered");
        expect(bob, "registered");
    }

    private static void expect(VirtualDesk desk, String condition) {
        JsonNode answer = desk.ask("wait 300000 " + condition);
        assertTrue(answer.path("ok").asBoolean() && !answer.path("timeout").asBoolean(), desk.name() + ": " + condition + ": " + answer + "\n" + desk.ask("lcd"));
    }

    private static void press(VirtualDesk desk, String keys) {
        assertTrue(desk.ask("press " + keys).path("ok").asBoolean(), keys);
    }

    private static String shown(VirtualDesk desk) {
        return desk.ask("state").path("contacts").get(0).path("state").asText();
    }

    /** Lets up to five minutes pass until a phone's one contact is in a state. */
    private void shows(VirtualDesk desk, String state) {
        for (int i = 0; i < 300 && !shown(desk).equals(state); i++) {
            office.world.runTo(office.world.nowMs() + 1_000);
        }
        assertEquals(state, shown(desk), desk.name());
    }

    /** Asks the XCAP server as alice, from elsewhere. */
    private XcapAnswer ask(String method, String body) {
        return ask(method, RULES, "application/auth-policy+xml", body);
    }

    private XcapAnswer ask(String method, String target, String type, String body) {
        return OtherClient.ask(office, method, target, type, body);
    }

    private String rules() {
        return new String(ask("GET", null).body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    @Shows({"3857-4.5-4", "3857-4.9-1", "3857-6.2-2", "3857-6.2-5", "3858-4-1", "4825-5.3-5", "4825-5.3-6", "4825-6.1-1", "4825-7.1-1", "4825-7.1-2", "4825-7.10-3"})
    void whoeverWatchesIsAskedAboutAndSeesAtOnceWhatIsDecided(long seed) throws Exception {
        start(seed, seed == 1 ? Faults.NONE : Faults.ROUGH, false);
        expect(alice, "lcd contains \"May see your\"");
        shows(bob, "Asked");
        press(alice, "soft2");
        if (seed == 1) {
            office.world.runTo(office.world.nowMs() + 1_000);
            assertEquals("Available", shown(bob), "within a second");
        }
        shows(bob, "Available");
        assertTrue(rules().contains("<cp:rule id=\"allowed\"><cp:conditions><cp:identity><cp:one id=\"sip:bob@example.test\"/>"), rules());
        press(alice, "back back back back soft3 soft2");
        expect(alice, "lcd contains \"Bob allowed, watches\"");
        press(alice, "soft3");
        shows(bob, "Offline");
        assertFalse(said.get(lastNotifyToBob()).contains("tuple"), said.get(lastNotifyToBob()));
        press(alice, "soft4");
        expect(alice, "lcd contains \"blocked\"");
        shows(bob, "Refused");
    }

    private int lastNotifyToBob() {
        for (int i = said.size() - 1; i >= 0; i--) {
            if (said.get(i).startsWith("NOTIFY sip:bob@") && said.get(i).contains("Event: presence\r\n")) {
                return i;
            }
        }
        throw new AssertionError("none");
    }

    @Test
    void bothMayAsk() throws Exception {
        start(5, Faults.NONE, true);
        expect(alice, "lcd contains \"May see your\"");
        expect(bob, "lcd contains \"May see your\"");
        press(alice, "soft2");
        press(bob, "soft2");
        shows(bob, "Available");
        shows(alice, "Available");
    }

    @Test
    void whatIsDecidedWhileTheServerIsAwayIsPutThereLater() throws Exception {
        start(6, Faults.NONE, false);
        expect(alice, "lcd contains \"May see your\"");
        http.away = true;
        press(alice, "soft2");
        office.world.runTo(office.world.nowMs() + 20_000);
        assertFalse(rules().contains("sip:bob"), rules());
        alice.powerOff();
        alice.powerOn();
        expect(alice, "registered");
        http.away = false;
        shows(bob, "Available");
        assertTrue(rules().contains("sip:bob"), rules());
    }

    @Test
    void whatIsDecidedElsewhereIsLearntAndSomebodyElsesRulesStay() throws Exception {
        start(7, Faults.NONE, false);
        expect(alice, "lcd contains \"May see your\"");
        press(alice, "soft1");
        String mine = "<cp:rule id=\"boss\"><cp:conditions><cp:identity><cp:one id=\"sip:boss@example.test\"/></cp:identity></cp:conditions><cp:actions>"
                + "<pr:sub-handling>allow</pr:sub-handling></cp:actions></cp:rule></cp:ruleset>";
        String elsewhere = rules().replace("</cp:ruleset>", "<cp:rule id=\"allowed\"><cp:conditions><cp:identity><cp:one id=\"sip:bob@example.test\"/></cp:identity></cp:conditions>"
                + "<cp:actions><pr:sub-handling>allow</pr:sub-handling></cp:actions></cp:rule>" + mine);
        int asked = http.answered.size();
        assertEquals(200, ask("PUT", elsewhere).status());
        office.world.runTo(office.world.nowMs() + 2_000);
        assertEquals(asked, http.answered.size(), "the phone was told how its document changed, and fetches none");
        press(alice, "back back back back soft3 soft2");
        expect(alice, "lcd contains \"allowed\"");
        expect(alice, "lcd contains \"1 rule made elsewhere\"");
        press(alice, "soft4");
        office.world.runTo(office.world.nowMs() + 2_000);
        assertTrue(rules().contains("<cp:one id=\"sip:boss@example.test\"/>") && rules().contains("<cp:rule id=\"blocked\">"), rules());
        shows(bob, "Refused");
    }

    @Test
    void whoWasFasterIsNotOverwritten() throws Exception {
        start(8, Faults.NONE, false);
        expect(alice, "lcd contains \"May see your\"");
        String mine = "<cp:rule id=\"boss\"><cp:actions><pr:sub-handling>block</pr:sub-handling></cp:actions></cp:rule></cp:ruleset>";
        assertEquals(200, ask("PUT", rules().replace("</cp:ruleset>", mine)).status());
        press(alice, "soft2");
        shows(bob, "Available");
        assertTrue(rules().contains("\"boss\"") && rules().contains("sip:bob@"), rules());
    }

    private static String ruleSet(String handling, String shown) {
        return "<cp:ruleset xmlns:cp=\"urn:ietf:params:xml:ns:common-policy\" xmlns:pr=\"urn:ietf:params:xml:ns:pres-rules\"><cp:rule id=\"bob\"><cp:conditions><cp:identity>"
                + "<cp:one id=\"sip:bob@example.test\"/></cp:identity></cp:conditions><cp:actions><pr:sub-handling>" + handling + "</pr:sub-handling></cp:actions><cp:transformations>"
                + shown + "</cp:transformations></cp:rule></cp:ruleset>";
    }

    /** Rules, states and the network change all the time; whatever is sent to the watcher is what the rules let him see when it is sent first. */
    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25})
    void atNoTimeIsMoreSeenThanTheRulesAllow(long seed) throws Exception {
        office = new VirtualOffice(seed, Faults.ROUGH, Boards.load("desk-text-36x8"), false);
        alice = office.alice;
        bob = office.bob;
        bob.settings().contacts[0].secret = "";
        bob.settings().contacts[0].direct = "";
        String services = "<pr:provide-services><pr:all-services/></pr:provide-services>";
        String persons = "<pr:provide-persons><pr:all-persons/></pr:provide-persons><pr:provide-activities>true</pr:provide-activities>";
        String[][] sets = {{"allow", services + persons}, {"allow", services}, {"allow", persons}, {"polite-block", services + persons}, {"confirm", services + persons}};
        int[] inForce = {0};
        java.util.Set<String> seen = new java.util.HashSet<>();
        List<String> wrong = new ArrayList<>();
        int[] told = new int[sets.length];
        office.world.setTap((from, bytes, length, datagram) -> {
            String m = new String(bytes, 0, length, StandardCharsets.UTF_8);
            boolean first = m.startsWith("NOTIFY sip:bob@") && m.contains("\r\nEvent: presence") && seen.add(m.replaceFirst("(?s).*\r\nCall-ID: ([^\r]*)\r.*", "$1")
                    + m.replaceFirst("(?s).*\r\nCSeq: ([^\r]*)\r.*", "$1"));
            if (first) {
                String[] rules = sets[inForce[0]];
                told[inForce[0]]++;
                boolean good = (rules[0].equals("allow") && rules[1].contains("services") || !m.contains("<tuple"))
                        && (rules[0].equals("allow") && rules[1].contains("persons") || !m.contains("person>"))
                        && (!rules[0].equals("confirm") || m.contains("\r\nSubscription-State: pending") && m.endsWith("\r\n\r\n"));
                if (!good) {
                    wrong.add(rules[0] + " " + rules[1] + ":\n" + m);
                }
            }
        });
        assertEquals(201, ask("PUT", ruleSet(sets[0][0], sets[0][1])).status());
        office.powerOn();
        expect(bob, "registered");
        java.util.Random random = new java.util.Random(seed);
        for (int i = 0; i < 60; i++) {
            int next = random.nextInt(sets.length);
            inForce[0] = next;
            assertEquals(200, ask("PUT", ruleSet(sets[next][0], sets[next][1])).status());
            office.world.runTo(office.world.nowMs() + random.nextInt(4_000));
            alice.ask("press back back back back soft3 " + (random.nextBoolean() ? "down " : "up ").repeat(1 + random.nextInt(4)) + "ok");
            office.world.runTo(office.world.nowMs() + random.nextInt(4_000));
        }
        assertEquals(List.of(), wrong);
        inForce[0] = 0;
        assertEquals(200, ask("PUT", ruleSet(sets[0][0], sets[0][1])).status());
        for (int i = 0; i < 20 && !shown(bob).equals("Busy"); i++) {
            alice.ask("press back back back back soft3 " + (i < 8 ? "down" : "up") + " ok");
            office.world.runTo(office.world.nowMs() + 60_000);
        }
        assertEquals("Busy", shown(bob), "in the end everything is seen");
        for (int i = 0; i < sets.length; i++) {
            assertTrue(told[i] > 0, "nothing told under rules " + i);
        }
    }

    /** RFC 4827: it stays when nobody publishes, and counts as older than what somebody does. */
    @Test
    void presenceThatWasLeftOnTheServerIsSeen() throws Exception {
        office = new VirtualOffice(31, Faults.NONE, Boards.load("desk-text-36x8"), false);
        alice = office.alice;
        bob = office.bob;
        bob.settings().contacts[0].secret = "";
        bob.settings().contacts[0].direct = "";
        bob.powerOn();
        String target = "/pidf-manipulation/users/sip:alice@example.test/index";
        String left = "<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" xmlns:d=\"urn:ietf:params:xml:ns:pidf:data-model\" xmlns:r=\"urn:ietf:params:xml:ns:pidf:rpid\" entity=\"sip:alice@example.test\">"
                + "<tuple id=\"left\"><status><basic>open</basic></status></tuple><d:person id=\"p\"><r:activities><r:meeting/></r:activities></d:person></presence>";
        assertEquals(201, ask("PUT", target, "application/pidf+xml", left).status());
        shows(bob, "Meeting");
        alice.powerOn();
        alice.ask("wait 20000 registered");
        alice.ask("press soft3 down down ok");
        shows(bob, "Busy");
        alice.powerOff();
        shows(bob, "Meeting");
        assertEquals(200, ask("PUT", target + "/~~/presence/tuple/status/basic", "application/xcap-el+xml", "<basic>closed</basic>").status());
        shows(bob, "Offline");
        assertEquals(200, ask("PUT", target, "application/pidf+xml", left).status());
        shows(bob, "Meeting");
        assertEquals(200, ask("DELETE", target, null, null).status());
        shows(bob, "Offline");
    }

    /** RFC 4827: where somebody went is seen while his phone is off; what others left stays. */
    @ParameterizedTest
    @ValueSource(longs = {41, 42, 43})
    void whereSomebodyWentIsSeenWhileHisPhoneIsOff(long seed) throws Exception {
        start(seed, seed == 41 ? Faults.NONE : Faults.ROUGH, false);
        String target = "/pidf-manipulation/users/sip:alice@example.test/index";
        expect(alice, "lcd contains \"May see your\"");
        press(alice, "soft2");
        shows(bob, "Available");
        assertEquals(404, ask("GET", target, null, null).status());
        press(alice, "back back back back soft3" + " down".repeat(6) + " ok");
        shows(bob, "Away");
        press(alice, "soft3" + " down".repeat(8) + " ok");
        assertTrue(alice.ask("type \"Sea & sun\"").path("ok").asBoolean());
        press(alice, "soft4");
        expect(bob, "lcd contains \"Sea & sun\"");
        for (int i = 0; i < 100 && !new String(ask("GET", target, null, null).body(), StandardCharsets.UTF_8).contains(">Off work: Sea &amp; sun<"); i++) {
            office.world.runTo(office.world.nowMs() + 1_000);
        }
        String left = new String(ask("GET", target, null, null).body(), StandardCharsets.UTF_8);
        assertTrue(left.contains("<dm:note>Off work: Sea &amp; sun</dm:note>") && !left.contains("tuple"), left);
        alice.powerOff();
        shows(bob, "Offline");
        expect(bob, "lcd contains \"Off work: Sea & sun\"");
        String others = "<d:person xmlns:d=\"urn:ietf:params:xml:ns:pidf:data-model\" id=\"p\"><d:note>Somebody else's</d:note></d:person></presence>";
        assertEquals(seed == 41, ask("PUT", target, "application/pidf+xml", seed == 41 ? left.replace("</presence>", others) : "<").status() == 200);
        alice.powerOn();
        expect(alice, "registered");
        shows(bob, "Available");
        for (int i = 0; i < 100 && new String(ask("GET", target, null, null).body(), StandardCharsets.UTF_8).contains("Sea"); i++) {
            office.world.runTo(office.world.nowMs() + 1_000);
        }
        String now = new String(ask("GET", target, null, null).body(), StandardCharsets.UTF_8);
        assertTrue(!now.contains("Sea") && now.contains("Somebody else's") == (seed == 41), now);
        if (seed != 41) {
            assertEquals(404, ask("GET", target, null, null).status());
        }
    }

    /** Rules and presence that was left are on the medium, and hold from the first moment on. */
    @Test
    void afterARestartOfTheServerNobodySeesMoreThanBefore() throws Exception {
        office = new VirtualOffice(32, Faults.NONE, Boards.load("desk-text-36x8"), false);
        office.world.setTap((from, bytes, length, datagram) -> said.add(new String(bytes, 0, length, StandardCharsets.UTF_8)));
        bob = office.bob;
        bob.settings().contacts[0].secret = "";
        bob.settings().contacts[0].direct = "";
        String left = "<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" xmlns:d=\"urn:ietf:params:xml:ns:pidf:data-model\" xmlns:r=\"urn:ietf:params:xml:ns:pidf:rpid\" entity=\"sip:alice@example.test\">"
                + "<tuple id=\"left\"><status><basic>open</basic></status></tuple><d:person id=\"p\"><r:activities><r:meeting/></r:activities></d:person></presence>";
        assertEquals(201, ask("PUT", "/pidf-manipulation/users/sip:alice@example.test/index", "application/pidf+xml", left).status());
        String services = "<pr:provide-services><pr:all-services/></pr:provide-services>";
        assertEquals(201, ask("PUT", ruleSet("allow", services)).status());
        bob.powerOn();
        shows(bob, "Available");
        for (String handling : List.of("allow", "polite-block", "allow")) {
            assertEquals(200, ask("PUT", ruleSet(handling, services)).status());
            office.world.runTo(office.world.nowMs() + 1_000);
            said.clear();
            office.restartExchange();
            office.world.runTo(office.world.nowMs() + 60_000);
            List<String> told = said.stream().filter(m -> m.startsWith("NOTIFY sip:bob@") && m.contains("Event: presence\r\n")).toList();
            assertFalse(told.isEmpty(), "he is told again " + handling + said);
            assertTrue(told.stream().noneMatch(m -> m.contains("meeting")), told.toString());
            assertTrue(told.stream().allMatch(m -> m.contains("<tuple") == handling.equals("allow")), handling + told);
            assertEquals(handling.equals("allow") ? "Available" : "Offline", shown(bob));
        }
        assertEquals(200, ask("PUT", ruleSet("allow", services + "<pr:provide-persons><pr:all-persons/></pr:provide-persons><pr:provide-activities>true</pr:provide-activities>")).status());
        shows(bob, "Meeting");
    }

    @Test
    void aServerThatRefusesIsShown() throws Exception {
        office = new VirtualOffice(9, Faults.NONE, Boards.load("desk-text-36x8"), false);
        http = new VirtualHttp(office.exchangeNetwork, office.exchange.xcap());
        alice = office.alice;
        alice.settings().accounts[0].xcapRoot = ROOT;
        alice.settings().accounts[0].username = "alice";
        office.powerOn();
        expect(alice, "registered");
        office.world.runTo(office.world.nowMs() + 5_000);
        assertEquals(201, Integer.parseInt(http.answered.get(http.answered.size() - 1).replaceFirst(".* ", "")), http.answered.toString());
        assertTrue(http.answered.get(0).endsWith(" 401"), http.answered.toString());
        FixedText why = new FixedText(100);
        why.set("it is somebody else's");
        alice.phone().onRulesRefused(403, why, office.world.nowMs());
        press(alice, "back back back back soft3 soft2");
        expect(alice, "lcd contains \"somebody else\"");
    }
}
