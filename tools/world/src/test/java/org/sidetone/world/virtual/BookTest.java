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
import org.sidetone.firmware.settings.ContactSettings;
import org.sidetone.firmware.settings.Settings;
import org.sidetone.hal.board.Boards;
import org.sidetone.switchboard.xcap.XcapAnswer;

/** The owner's book is edited on his phones, and is the same on all of them by way of the XCAP server (RFC 4826). */
class BookTest {
    private static final String ROOT = "http://192.0.2.1:" + VirtualHttp.PORT + "/xcap-root";
    private static final String BOOK = "/resource-lists/users/sip:alice@example.test/index";
    private static final String TYPE = "application/resource-lists+xml";

    private VirtualOffice office;
    private VirtualDesk alice;
    private VirtualDesk another;
    private VirtualDesk bob;
    private VirtualHttp http;

    private void start(long seed, Faults faults, boolean lists) throws Exception {
        office = new VirtualOffice(seed, faults, Boards.load("desk-text-36x8"), false);
        http = new VirtualHttp(office.exchangeNetwork, office.exchange.xcap());
        alice = office.alice;
        bob = office.bob;
        another = office.anotherOfAlice(Boards.load("desk-text-36x8"));
        for (VirtualDesk desk : List.of(alice, another)) {
            desk.settings().accounts[0].xcapRoot = ROOT;
            desk.settings().accounts[0].watchesList = lists;
        }
        alice.settings().contacts[0].direct = "";
        alice.settings().contacts[0].secret = "";
        office.powerOn();
        another.powerOn();
        for (VirtualDesk desk : List.of(alice, another, bob)) {
            expect(desk, "registered");
        }
        if (lists) {
            alice.ask("wait 20000 lcd contains \"May see\"");       // somebody who is let in is watched by all
        }
        for (VirtualDesk desk : List.of(alice, another)) {
            press(desk, "back back back back");
        }
    }

    private static void expect(VirtualDesk desk, String condition) {
        JsonNode answer = desk.ask("wait 300000 " + condition);
        assertTrue(answer.path("ok").asBoolean() && !answer.path("timeout").asBoolean(), desk.name() + ": " + condition + ": " + answer + "\n" + desk.ask("lcd") + desk.ask("log"));
    }

    private static void press(VirtualDesk desk, String keys) {
        assertTrue(desk.ask("press " + keys).path("ok").asBoolean(), keys);
    }

    private static void type(VirtualDesk desk, String text) {
        JsonNode answer = desk.ask("type \"" + text + "\"");
        assertTrue(answer.path("ok").asBoolean(), answer + "\n" + desk.ask("lcd"));
    }

    /** Home, the contacts, the menu of the one at an index. */
    private static void edit(VirtualDesk desk, int index) {
        press(desk, "back back back back back soft1" + " up".repeat(16) + " down".repeat(index) + " soft2");
    }

    private static void add(VirtualDesk desk, String address) {
        edit(desk, 0);
        press(desk, "ok");
        type(desk, address);
        press(desk, "soft4");
    }

    private static void rename(VirtualDesk desk, int index, String from, String to) {
        edit(desk, index);
        press(desk, "down ok" + " soft1".repeat(from.length()));
        type(desk, to);
        press(desk, "soft4");
    }

    private static void remove(VirtualDesk desk, int index) {
        edit(desk, index);
        press(desk, "down down ok ok");
    }

    /** How often the log says something of somebody. */
    private static long told(VirtualDesk desk, String user) {
        long n = 0;
        for (JsonNode line : desk.ask("log").path("lines")) {
            n += line.asText().contains("sip:" + user + "@example.test ") ? 1 : 0;
        }
        return n;
    }

    /** Addresses in the book, in order. */
    private static List<String> book(VirtualDesk desk) {
        List<String> out = new ArrayList<>();
        desk.ask("state").path("contacts").forEach(c -> out.add(c.path("address").asText().replace("sip:", "").replace("@example.test", "")));
        return out;
    }

    private void becomes(VirtualDesk desk, String... people) {
        for (int i = 0; i < 400 && !book(desk).equals(List.of(people)); i++) {
            office.world.runTo(office.world.nowMs() + 1_000);
        }
        assertEquals(List.of(people), book(desk), desk.name() + " " + desk.ask("log") + http.answered);
    }

    private void shows(VirtualDesk desk, int index, String state) {
        for (int i = 0; i < 300 && !desk.ask("state").path("contacts").path(index).path("state").asText().equals(state); i++) {
            office.world.runTo(office.world.nowMs() + 1_000);
        }
        assertEquals(state, desk.ask("state").path("contacts").path(index).path("state").asText(), desk.name() + desk.ask("log"));
    }

    private XcapAnswer ask(String method, String target, String type, String body) {
        return OtherClient.ask(office, method, target, type, body);
    }

    private String document() {
        return new String(ask("GET", BOOK, null, null).body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsDoneOnOnePhoneIsDoneOnTheOther(long seed) throws Exception {
        start(seed, seed == 1 ? Faults.NONE : Faults.ROUGH, false);
        becomes(another, "bob");
        shows(another, 0, "Available");
        expect(another, "lamp @bob green");
        add(another, "carol");
        becomes(another, "bob", "carol");
        becomes(alice, "bob", "carol");
        rename(alice, 1, "carol", "Caro");
        press(another, "back back back back soft1");
        expect(another, "lcd contains \"Caro\"");
        remove(another, 0);
        becomes(another, "carol");
        becomes(alice, "carol");
        alice.powerOff();
        alice.powerOn();
        expect(alice, "registered");
        becomes(alice, "carol");
        assertTrue(document().contains("<entry uri=\"sip:carol@example.test\"><display-name>Caro</display-name></entry>") || document().contains(">Caro</display-name>"), document());
        add(another, "bob");
        becomes(alice, "bob", "carol");
        shows(alice, 0, "Available");
    }

    /** One after the other when the server is there again; he who edited somebody wants to keep him. */
    @Test
    void whatBothDidWhileTheServerWasAwayIsBroughtTogether() throws Exception {
        start(4, Faults.NONE, false);
        add(alice, "carol");
        add(alice, "dave");
        becomes(another, "bob", "carol", "dave");
        becomes(alice, "bob", "carol", "dave");
        http.away = true;
        rename(alice, 1, "carol", "Caro");
        remove(alice, 2);
        add(alice, "eve");
        remove(another, 1);
        remove(another, 0);
        add(another, "frank@elsewhere.test");
        office.world.runTo(office.world.nowMs() + 60_000);
        assertEquals(List.of("bob", "carol", "eve"), book(alice));
        alice.powerOff();
        alice.powerOn();
        expect(alice, "registered");
        assertEquals(List.of("bob", "carol", "eve"), book(alice));
        http.away = false;
        for (VirtualDesk desk : List.of(alice, another)) {
            for (int i = 0; i < 900 && book(desk).size() != 3 | book(desk).contains("dave") | book(desk).contains("bob"); i++) {
                office.world.runTo(office.world.nowMs() + 1_000);
            }
            assertEquals(List.of("carol", "eve", "frank@elsewhere.test"), book(desk).stream().sorted().toList(), desk.name() + desk.ask("log") + http.answered);
        }
        assertTrue(document().contains(">Caro</display-name>"), document());
        assertEquals(3, document().split("<entry ").length - 1, document());
    }

    @Test
    void whoWasRenamedHereAndRemovedElsewhereIsKept() throws Exception {
        start(10, Faults.NONE, false);
        add(alice, "carol");
        becomes(another, "bob", "carol");
        another.powerOff();
        http.away = true;
        rename(alice, 1, "carol", "Caro");
        office.world.runTo(office.world.nowMs() + 1_000);
        assertEquals(200, ask("DELETE", BOOK + "/~~/resource-lists/list%5b@name=%22book%22%5d/entry%5b@uri=%22sip:carol@example.test%22%5d", null, null).status());
        http.away = false;
        for (int i = 0; i < 600 && !document().contains("Caro"); i++) {
            office.world.runTo(office.world.nowMs() + 1_000);
        }
        assertTrue(document().contains(">Caro</display-name>"), document());
        assertEquals(List.of("bob", "carol"), book(alice));
    }

    @Test
    void whoIsTakenOutOfTheSettingsLeavesTheServersBookToo() throws Exception {
        start(13, Faults.NONE, false);
        becomes(another, "bob");
        add(another, "carol");
        becomes(alice, "bob", "carol");
        office.world.runTo(office.world.nowMs() + 2_000);
        alice.powerOff();
        alice.settings().contacts = new ContactSettings[0];
        alice.powerOn();
        expect(alice, "registered");
        becomes(alice, "carol");
        becomes(another, "carol");
        assertFalse(document().contains("sip:bob@"), document());
    }

    @Test
    void whoWasAddedOrRenamedOnBothSidesIsThereOnceByTheNameGivenHere() throws Exception {
        start(12, Faults.NONE, false);
        another.powerOff();
        office.world.runTo(office.world.nowMs() + 2_000);
        http.away = true;
        add(alice, "carol");
        rename(alice, 0, "Bob", "Bobby");
        String entry = BOOK + "/~~/resource-lists/list%5b@name=%22book%22%5d/entry%5b@uri=%22sip:";
        String ns = " xmlns=\"urn:ietf:params:xml:ns:resource-lists\"";
        assertEquals(201, ask("PUT", entry + "carol@example.test%22%5d", "application/xcap-el+xml",
                "<entry" + ns + " uri=\"sip:carol@example.test\"><display-name>C. C.</display-name></entry>").status());
        assertEquals(200, ask("PUT", entry + "bob@example.test%22%5d/display-name", "application/xcap-el+xml", "<display-name" + ns + ">Robert</display-name>").status());
        http.away = false;
        for (int i = 0; i < 600 && !document().contains("Bobby"); i++) {
            office.world.runTo(office.world.nowMs() + 1_000);
        }
        assertTrue(document().contains(">Bobby</display-name>") && document().contains(">C. C.</display-name>") && document().split("<entry ").length == 3, document());
        assertEquals(List.of("bob", "carol"), book(alice));
        press(alice, "back back back back back soft1");
        expect(alice, "lcd contains \"C. C.\"");
        expect(alice, "lcd contains \"Bobby\"");
    }

    /** Whether a change was made is not known where its answer was lost. */
    @Test
    void whoWasAddedUnheardAndRemovedAgainDoesNotComeBack() throws Exception {
        start(11, Faults.NONE, false);
        another.powerOff();
        http.mute = true;
        add(alice, "carol");
        office.world.runTo(office.world.nowMs() + 1_000);
        assertTrue(document().contains("sip:carol@"), http.answered.toString());
        remove(alice, 1);
        http.mute = false;
        http.away = false;
        office.world.runTo(office.world.nowMs() + 400_000);
        assertFalse(document().contains("sip:carol@"), document() + http.answered);
        assertEquals(List.of("bob"), book(alice));
    }

    @Test
    void anotherClientsListsStayAndItsEntriesAreContacts() throws Exception {
        office = new VirtualOffice(5, Faults.NONE, Boards.load("desk-text-36x8"), false);
        http = new VirtualHttp(office.exchangeNetwork, office.exchange.xcap());
        alice = office.alice;
        alice.settings().accounts[0].xcapRoot = ROOT;
        String others = "<rl:resource-lists xmlns:rl=\"urn:ietf:params:xml:ns:resource-lists\" xmlns:x=\"urn:x\"><rl:list name=\"friends\"><rl:entry uri=\"sip:zoe@example.test\"/>"
                + "<x:colour/></rl:list></rl:resource-lists>";
        assertEquals(201, ask("PUT", BOOK, TYPE, others).status());
        alice.powerOn();
        expect(alice, "registered");
        becomes(alice, "bob");
        office.world.runTo(office.world.nowMs() + 5_000);
        assertTrue(document().contains("<rl:list name=\"friends\"><rl:entry uri=\"sip:zoe@example.test\"/><x:colour/></rl:list>"), document());
        assertTrue(document().contains("uri=\"sip:bob@example.test\""), document());
        String list = BOOK + "/~~/resource-lists/list%5b@name=%22book%22%5d";
        assertEquals(201, ask("PUT", list + "/entry%5b@uri=%22sip:a&amp;b@example.test%22%5d", "application/xcap-el+xml",
                "<entry xmlns=\"urn:ietf:params:xml:ns:resource-lists\" uri=\"sip:a&amp;b@example.test\"><display-name> A &amp; B\n</display-name></entry>").status());
        becomes(alice, "bob", "a&b");
        press(alice, "back back back back soft1");
        expect(alice, "lcd contains \"A & B\"");
        remove(alice, 1);
        becomes(alice, "bob");
        office.world.runTo(office.world.nowMs() + 5_000);
        assertFalse(document().contains("A &amp; B"), document());
        assertTrue(document().contains("<x:colour/>"), document());
        assertEquals(200, ask("DELETE", list, null, null).status());
        office.world.runTo(office.world.nowMs() + 5_000);
        assertEquals(List.of("bob"), book(alice), "the list is gone, not everybody in it");
        assertTrue(document().contains("uri=\"sip:bob@example.test\"") && document().contains("<x:colour/>"), document());
        assertEquals(200, ask("DELETE", list + "/entry", null, null).status());
        becomes(alice);
        alice.powerOff();
        alice.powerOn();
        expect(alice, "registered");
        office.world.runTo(office.world.nowMs() + 5_000);
        assertEquals(List.of(), book(alice));
    }

    /** The list that all are watched by is the book itself. */
    @Test
    void whoeverComesIntoTheBookIsWatchedByTheOneSubscription() throws Exception {
        start(6, Faults.NONE, true);
        shows(alice, 0, "Available");
        shows(another, 0, "Available");
        assertTrue(another.ask("state").path("contacts").get(0).path("subscription").asText().equals("active"));
        remove(another, 0);
        becomes(alice);
        List<String> said = new ArrayList<>();
        office.world.setTap((from, bytes, length, datagram) -> said.add(new String(bytes, 0, length, StandardCharsets.UTF_8)));
        add(alice, "bob");
        becomes(another, "bob");
        office.world.runTo(office.world.nowMs() + 1_000);
        assertTrue(said.stream().anyMatch(m -> m.startsWith("SUBSCRIBE ") && m.contains("\r\nTo: <sip:alice-book@")), "a server that does not look by itself is asked to");
        shows(alice, 0, "Available");
        shows(another, 0, "Available");
        assertEquals(201, http.answered.stream().filter(a -> a.startsWith("PUT") && a.contains("rls-services")).count() > 0 ? 201 : 0);
        press(bob, "back back back back soft3 down down ok");
        shows(alice, 0, "Busy");
        shows(another, 0, "Busy");
    }

    @Test
    void withoutAServerTheBookIsThisPhonesOwn() throws Exception {
        office = new VirtualOffice(7, Faults.NONE, Boards.load("desk-text-36x8"), false);
        alice = office.alice;
        http = new VirtualHttp(office.exchangeNetwork, office.exchange.xcap());
        alice.settings().contacts[0].direct = "";
        alice.settings().contacts[0].secret = "";
        office.powerOn();
        expect(alice, "registered");
        add(alice, "bob");
        expect(alice, "lcd contains \"Already in the book\"");
        press(alice, "soft1 soft1 soft1 soft1 soft1");
        add(alice, "@");
        expect(alice, "lcd contains \"no address\"");
        press(alice, "soft1 soft1 soft1");
        add(alice, "carol");
        rename(alice, 1, "carol", "Caro");
        remove(alice, 0);
        becomes(alice, "carol");
        office.world.runTo(office.world.nowMs() + 5_000);
        alice.powerOff();
        alice.powerOn();
        expect(alice, "registered");
        becomes(alice, "carol");
        press(alice, "back back soft1");
        expect(alice, "lcd contains \"Caro\"");
        assertEquals("carol@example.test", alice.ask("state").path("contacts").get(0).path("address").asText().replace("sip:", ""));
        add(alice, "sip:bob@example.test");
        becomes(alice, "bob", "carol");
        shows(alice, 0, "Available");
        long told = told(alice, "bob");
        remove(alice, 0);
        office.world.runTo(office.world.nowMs() + 5_000);
        assertEquals(told, told(alice, "bob"), "what is still told of him is nothing any more");
        add(alice, "bob");
        remove(alice, 0);
        add(alice, "bob");
        assertEquals(List.of("bob", "carol"), book(alice), "he has his place again");
        shows(alice, 0, "Offline");
        shows(alice, 0, "Available");
        office.exchangeNetwork.plug(false);
        remove(alice, 0);
        add(alice, "bob");
        office.exchangeNetwork.plug(true);
        shows(alice, 0, "Available");
        for (int i = 0; i < 14; i++) {
            add(alice, "p" + i);
        }
        add(alice, "onemore");
        expect(alice, "lcd contains \"The book is full\"");
        assertEquals(16, book(alice).size());
        remove(alice, 3);
        office.world.runTo(office.world.nowMs() + 40_000);
        add(alice, "");
        assertEquals(16, book(alice).size(), "the draft was still there");
    }

    /** RFC 5875 section 4.8: patches that cannot be used are not sent again. */
    @Test
    void aDocumentTooLargeToBePatchedIsFetchedAndNoPatchesAreAskedForAnyMore() throws Exception {
        office = new VirtualOffice(8, Faults.NONE, Boards.load("desk-text-36x8"), false);
        List<String> said = new ArrayList<>();
        office.world.setTap((from, bytes, length, datagram) -> said.add(new String(bytes, 0, length, StandardCharsets.UTF_8)));
        http = new VirtualHttp(office.exchangeNetwork, office.exchange.xcap());
        alice = office.alice;
        alice.settings().accounts[0].xcapRoot = ROOT;
        alice.settings().contacts = new ContactSettings[0];
        alice.settings().capacity.contacts = 64;
        StringBuilder large = new StringBuilder("<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list name=\"friends\">");
        for (int i = 0; i < 200; i++) {
            large.append("<entry uri=\"sip:somebody-or-other-").append(i).append("@example.test\"/>");
        }
        assertEquals(201, ask("PUT", BOOK, TYPE, large + "</list><list name=\"book\"/></resource-lists>").status());
        alice.powerOn();
        expect(alice, "registered");
        office.world.runTo(office.world.nowMs() + 3_000);
        for (String name : List.of("carol", "dave")) {
            said.clear();
            int asked = http.answered.size();
            assertEquals(201, ask("PUT", BOOK + "/~~/resource-lists/list%5b@name=%22book%22%5d/entry%5b@uri=%22sip:" + name + "@example.test%22%5d", "application/xcap-el+xml",
                    "<entry xmlns=\"urn:ietf:params:xml:ns:resource-lists\" uri=\"sip:" + name + "@example.test\"/>").status());
            office.world.runTo(office.world.nowMs() + 3_000);
            assertTrue(book(alice).contains(name), book(alice).toString());
            assertTrue(http.answered.subList(asked, http.answered.size()).stream().anyMatch(a -> a.startsWith("GET") && a.contains("resource-lists")), "it is fetched");
            boolean patches = said.stream().anyMatch(m -> m.startsWith("NOTIFY ") && m.contains("Event: xcap-diff") && m.contains("sel=\"*/"));
            assertEquals(name.equals("carol"), patches, String.join("\n", said));
            assertEquals(name.equals("carol"), said.stream().anyMatch(m -> m.startsWith("SUBSCRIBE ") && m.contains("Event: xcap-diff;diff-processing=no-patching")));
        }
    }

    /** Other lists may be as long as they like: of what does not fit the book alone is fetched. */
    @Test
    void ofADocumentWithLongListsOfOthersTheBookAloneIsFetched() throws Exception {
        office = new VirtualOffice(9, Faults.NONE, Boards.load("desk-text-36x8"), false);
        http = new VirtualHttp(office.exchangeNetwork, office.exchange.xcap());
        alice = office.alice;
        alice.settings().accounts[0].xcapRoot = ROOT;
        StringBuilder large = new StringBuilder("<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list name=\"friends\">");
        for (int i = 0; i < 400; i++) {
            large.append("<entry uri=\"sip:somebody-or-other-").append(i).append("@example.test\"/>");
        }
        assertEquals(201, ask("PUT", BOOK, TYPE, large + "</list></resource-lists>").status());
        alice.powerOn();
        expect(alice, "registered");
        office.world.runTo(office.world.nowMs() + 3_000);
        assertTrue(document().contains("uri=\"sip:bob@example.test\"") && document().contains("somebody-or-other-399"), http.answered.toString());
        add(alice, "carol");
        assertEquals(201, ask("PUT", BOOK + "/~~/resource-lists/list%5b@name=%22book%22%5d/entry%5b@uri=%22sip:dave@example.test%22%5d", "application/xcap-el+xml",
                "<entry xmlns=\"urn:ietf:params:xml:ns:resource-lists\" uri=\"sip:dave@example.test\"/>").status());
        becomes(alice, "bob", "carol", "dave");
        remove(alice, 0);
        office.world.runTo(office.world.nowMs() + 3_000);
        assertTrue(!document().contains("bob") && document().contains("carol") && document().contains("somebody-or-other-399"), http.answered.toString());
    }

    @Test
    void whatIsStillToldOfWhoWasRemovedIsNotListenedTo() throws Exception {
        World world = new World(1, Faults.NONE);
        ScriptedServer server = new ScriptedServer(world, 0xC0000201);
        Settings s = ScriptedServer.aliceWithBob();
        VirtualDesk desk = new VirtualDesk(world, "alice", Boards.load("desk-text-36x8"), 0xC000020A, s);
        desk.powerOn();
        world.runTo(3_000);
        String open = "<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"sip:bob@example.test\"><tuple id=\"t\"><status><basic>open</basic></status></tuple></presence>";
        server.notify("presence", "first", "active;expires=3600", "application/pidf+xml", open);
        world.runTo(4_000);
        long told = told(desk, "bob");
        assertTrue(desk.ask("log").toString().contains("sip:bob@example.test Available"), desk.ask("log").toString());
        remove(desk, 0);
        server.notify("presence", "first", "active;expires=3600", "application/pidf+xml", open.replace("open", "closed"));
        server.notify("presence", "first", "terminated", "application/pidf+xml", open);
        world.runTo(9_000);
        assertEquals(told, told(desk, "bob"), desk.ask("log").toString());
        assertEquals(List.of(), book(desk));
    }

    /** One whom the server does not take together with the others does not keep them out. */
    @Test
    void aBookThatIsRefusedAsAWholeIsPutOneByOne() throws Exception {
        office = new VirtualOffice(14, Faults.NONE, Boards.load("desk-text-36x8"), false);
        http = new VirtualHttp(office.exchangeNetwork, office.exchange.xcap());
        alice = office.alice;
        alice.settings().accounts[0].xcapRoot = ROOT;
        alice.settings().contacts = new ContactSettings[] {new ContactSettings("sip:bob@example.test", "Bob", 0), new ContactSettings("sip:bob@example.test:5060", "Bob too", 0),
            new ContactSettings("sip:carol@example.test", "Carol", 0)};
        alice.powerOn();
        expect(alice, "registered");
        office.world.runTo(office.world.nowMs() + 5_000);
        assertTrue(http.answered.stream().anyMatch(a -> a.startsWith("PUT") && a.contains("resource-lists") && a.endsWith(" 409")), "the same twice is not unique: " + http.answered);
        assertTrue(document().contains("uri=\"sip:bob@example.test\"") && document().contains("uri=\"sip:carol@example.test\"") && document().split("<entry ").length == 3, document());
    }

    /** What somebody else's server has there and is no document of lists stays as it is; the owner is told, and his book goes there once it can be read. */
    @Test
    void listsThatCannotBeReadAreLeftAlone() throws Exception {
        start(15, Faults.NONE, false);
        becomes(alice, "bob");
        String before = document();
        http.instead.put("resource-lists", "<lists xmlns=\"urn:example:lists\"/>");
        alice.powerOff();
        alice.powerOn();
        expect(alice, "lcd contains \"May see\"");
        press(alice, "soft2");
        office.world.runTo(office.world.nowMs() + 5_000);
        http.answered.clear();
        add(alice, "carol");
        press(alice, "back back back back back soft1");
        expect(alice, "lcd contains \"Server: the lists cannot be read\"");
        office.world.runTo(office.world.nowMs() + 100_000);
        assertEquals(List.of("bob", "carol"), book(alice));
        assertEquals(before, document());
        assertTrue(http.answered.stream().noneMatch(a -> a.startsWith("PUT") || a.startsWith("DELETE")), http.answered.toString());
        http.instead.clear();
        add(alice, "dave");
        becomes(another, "bob", "carol", "dave");
        press(alice, "back back back back back soft1");
        expect(alice, "lcd lacks \"Server:\"");
    }
}
