package org.sidetone.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sidetone.Bench;
import org.sidetone.SchemaValidation;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;
import org.sidetone.doc.policy.OwnersRules;
import org.sidetone.doc.policy.Permissions;
import org.sidetone.doc.policy.RuleSet;
import org.sidetone.doc.rlmi.ListNotification;
import org.sidetone.event.Notifier;
import org.sidetone.event.list.ResourceLists;
import org.sidetone.event.publish.EventStateCompositor;
import org.sidetone.event.publish.Publication;
import org.sidetone.event.winfo.WatcherInformation;
import org.sidetone.msg.MediaTypeView;
import org.sidetone.port.Capacity;
import org.sidetone.sip.Header;
import org.sidetone.sip.NameAddrView;
import org.sidetone.sip.SipMessage;

/** A presence agent with rules, and what it tells of its watchers (RFC 5025, RFC 3857); the test plays the phones. */
class AuthorizedPresenceTest {
    private static final String PERSON = "<dm:person xmlns:dm='urn:ietf:params:xml:ns:pidf:data-model' xmlns:r='urn:ietf:params:xml:ns:pidf:rpid' id='p'>";
    private static final long WALL_MS = 1_700_000_000_000L;

    private final Bench bench = new Bench();
    private final Map<String, String> rules = new HashMap<>();
    private final Map<String, String> dialogs = new HashMap<>();
    private PresenceAgent presence;
    private Notifier notifier;
    private int sequence;

    @BeforeEach
    void start() {
        Capacity capacity = Capacity.desk();
        capacity.watchers = 16;
        capacity.publications = 8;
        capacity.publicationBytes = 4096;
        notifier = new Notifier(bench.agent, capacity, 10, 3600);
        EventStateCompositor compositor = new EventStateCompositor(bench.agent, new EventStateCompositor.Policy() {
            @Override
            public int mayPublish(SipMessage publish, FixedText resource) {
                return name(publish, Header.TO, resource);
            }

            @Override
            public void keep(Publication publication, long nowMs) {
                // nothing is kept
            }
        }, capacity, 10, 3600);
        PresenceAuthorization authorization = new PresenceAuthorization(bench.agent, (presentity, index, out) -> {
            String of = rules.get(presentity + (index == 0 ? "" : " " + index));
            if (of != null) {
                out.wrap(of.getBytes(StandardCharsets.UTF_8));
            }
            return of != null;
        }, Permissions.CONFIRM, 400);
        presence = new PresenceAgent(bench.agent, notifier, compositor, AuthorizedPresenceTest::mayAsk, authorization, capacity);
        WatcherInformation watchers = new WatcherInformation(bench.agent, notifier, presence, AuthorizedPresenceTest::mayAsk, 6);
        new WatcherInformation(bench.agent, notifier, watchers, AuthorizedPresenceTest::mayAsk, 6);
        lists = new ResourceLists(bench.agent, notifier, presence, new ResourceLists.Source() {
            @Override
            public void onEnded(Slice list) {
                // none was brought along
            }

            @Override
            public int mayAsk(SipMessage subscribe, FixedText list, FixedText watcher) {
                AuthorizedPresenceTest.mayAsk(subscribe, list, watcher);
                return watcher.toString().equals("sip:alice@e.test") ? 200 : 403;
            }

            @Override
            public boolean isList(SipMessage subscribe) {
                return subscribe.requestUri(new Slice()).toString().equals("sip:friends@e.test");
            }

            @Override
            public int count(Slice list) {
                return isThere ? friends.size() : -1;
            }

            @Override
            public boolean resource(Slice list, int index, Slice uri, Slice name) {
                uri.set(slice("sip:" + friends.get(index)));
                name.set(slice(index == 0 ? "First & Best" : ""));
                return friends.get(index).endsWith("@e.test");
            }

            @Override
            public long version(Slice list) {
                return friends.hashCode();
            }

            @Override
            public boolean contains(Slice list, Slice resource) {
                return friends.contains(resource.toString().substring(4));
            }
        }, capacity);
        bench.agent.onWallClock(0, WALL_MS);
    }

    private ResourceLists lists;
    private boolean isThere = true;
    private final List<String> friends = new ArrayList<>(List.of("bob@e.test", "carol@e.test", "dave@e.test", "eve@elsewhere.test"));
    private static final String EVENTLIST = "Supported: eventlist\r\nAccept: application/pidf+xml, application/rlmi+xml, multipart/related\r\n";

    private void allow(String who, String handling) {
        rules.put("sip:" + who + "@e.test", "<ruleset xmlns='urn:ietf:params:xml:ns:common-policy' xmlns:p='urn:ietf:params:xml:ns:pres-rules'>"
                + rule("x", one("alice"), handling, ALL) + "</ruleset>");
        presence.rulesChanged(slice("sip:" + who + "@e.test"), bench.nowMs);
    }

    private final Map<String, String> tags = new HashMap<>();

    private void publishAs(String who, String basic) {
        String document = "<presence xmlns='urn:ietf:params:xml:ns:pidf' entity='sip:" + who + "@e.test'>" + tuple(basic) + "</presence>";
        String response = request("PUBLISH", who, who, "presence", "pub" + who, "Content-Type: application/pidf+xml\r\n"
                + (tags.containsKey(who) ? "SIP-If-Match: " + tags.get(who) + "\r\n" : ""), document);
        tags.put(who, Bench.header(response, "SIP-ETag"));
    }

    /** What a notification of the list says: version and kind, then a line an instance. */
    private static List<String> listed(String notify) {
        assertEquals("eventlist", Bench.header(notify, "Require"));
        String body = Bench.body(notify);
        ListNotification reader = new ListNotification();
        assertEquals(ListNotification.GOOD, reader.begin(slice(Bench.header(notify, "Content-Type")), slice(body)), notify);
        List<String> out = new ArrayList<>(List.of(reader.version() + (reader.isFull() ? " full" : " partial")));
        reader.tell(new ListNotification.User() {
            private String of;
            private boolean any;

            @Override
            public void onResource(Slice uri) {
                of = uri.toString().replaceAll("sip:|@.*", "");
                out.add(of);
            }

            @Override
            public void onInstance(int state, Slice reason, MediaTypeView type, Slice content) {
                any = true;
                String basic = content.toString().replaceFirst("(?s).*<basic>(\\w+)<.*", "$1");
                out.set(out.size() - 1, of + " " + List.of("", "active", "pending", "terminated").get(state) + (reason.isEmpty() ? "" : " " + reason)
                        + (content.isEmpty() ? "" : " " + (basic.startsWith("<") ? "nothing" : basic)));
            }
        });
        try {
            int end = body.contains("</list>") ? body.indexOf("</list>") + 7 : body.indexOf("/>") + 2;
            String rlmi = body.substring(body.indexOf("<?xml"), end);
            SchemaValidation.validate("rlmi", rlmi.getBytes(StandardCharsets.UTF_8));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return out;
    }

    @Test
    @Shows({"4662-4.1-1", "4662-4.3-1", "4662-4.5-2", "4662-4.5-3", "4662-5.1-1", "4662-5.2-1", "4662-5.2-2", "4662-5.2-3", "4662-5.2-5", "4662-5.3-1", "4662-5.5-1", "4662-5.5-2",
        "4662-5.5-3", "4662-7.2-1"})
    void oneSubscriptionTellsOfAWholeList() {
        allow("bob", "allow");
        allow("carol", "block");
        publishAs("bob", "open");
        publishAs("carol", "open");
        publishAs("dave", "open");
        String ok = request("SUBSCRIBE", "alice", "friends", "presence", "list", EVENTLIST, "");
        assertTrue(ok.startsWith("SIP/2.0 200"), ok);
        assertEquals("eventlist", Bench.header(ok, "Require"));
        String first = newest("alice", "presence");
        assertTrue(Bench.body(first).contains("<name>First &amp; Best</name>"), first);
        assertEquals(List.of("0 full", "bob active open", "carol terminated rejected", "dave pending", "eve terminated noresource"), listed(first));
        publishAs("bob", "closed");
        assertEquals(List.of("1 partial", "bob active closed"), listed(newest("alice", "presence")));
        publishAs("carol", "closed");
        publishAs("dave", "closed");
        assertEquals(List.of(), notified("alice", "presence"), "not hers to see");
        allow("dave", "allow");
        assertEquals(List.of("2 partial", "dave active closed"), listed(newest("alice", "presence")));
        allow("bob", "polite-block");
        assertEquals(List.of("3 partial", "bob active nothing"), listed(newest("alice", "presence")));
        request("SUBSCRIBE", "alice", "friends", "presence", "list", EVENTLIST, "");
        assertEquals(List.of("4 full", "bob active nothing", "carol terminated rejected", "dave active closed", "eve terminated noresource"), listed(newest("alice", "presence")));
        friends.remove(3);
        friends.add("bob2@e.test");
        lists.changed(bench.nowMs);
        assertEquals(List.of("5 full", "bob active nothing", "carol terminated rejected", "dave active closed", "bob2 pending"), listed(newest("alice", "presence")), "another list");
        friends.clear();
        lists.changed(bench.nowMs);
        assertEquals(List.of("6 full"), listed(newest("alice", "presence")), "a list of nobody is a list");
        isThere = false;
        lists.changed(bench.nowMs);
        assertEquals("terminated;reason=noresource", state(newest("alice", "presence")));
    }

    @Test
    void aListIsForWhoUnderstandsItAndOwnsIt() {
        String without = request("SUBSCRIBE", "alice", "friends", "presence", "l1", "", "");
        assertTrue(without.startsWith("SIP/2.0 421 "), without);
        assertEquals("eventlist", Bench.header(without, "Require"));
        assertTrue(request("SUBSCRIBE", "bob", "friends", "presence", "l2", EVENTLIST, "").startsWith("SIP/2.0 403 "));
        assertTrue(request("SUBSCRIBE", "alice", "friends", "presence", "l3", "Supported: eventlist\r\nAccept: application/pidf+xml\r\n", "").startsWith("SIP/2.0 406 "));
        String single = request("SUBSCRIBE", "alice", "bob", "presence", "l4", EVENTLIST, "");
        assertNull(Bench.header(single, "Require"), "one person is no list");
        assertNull(Bench.header(newest("alice", "presence"), "Require"));
    }

    @Test
    void aNotificationThatIsLostIsFollowedByTheWhole() {
        allow("bob", "allow");
        publishAs("bob", "open");
        request("SUBSCRIBE", "alice", "friends", "presence", "list", EVENTLIST, "");
        newest("alice", "presence");
        publishAs("bob", "closed");
        String lost = bench.sent.stream().filter(m -> m.startsWith("NOTIFY")).findFirst().orElseThrow();
        bench.sent.remove(lost);
        bench.answer(lost, "500 Broken", "");
        publishAs("bob", "open");
        assertEquals("2 full", listed(newest("alice", "presence")).get(0));
    }

    @Test
    void whatFindsNoRoomFollows() {
        friends.clear();
        String large = "<note>" + "x".repeat(3500) + "</note>";
        for (int i = 0; i < 30; i++) {
            String who = "f" + i;
            friends.add(who + "@e.test");
            allow(who, "allow");
        }
        for (int i = 0; i < 6; i++) {
            String who = "f" + i;
            String document = "<presence xmlns='urn:ietf:params:xml:ns:pidf' entity='sip:" + who + "@e.test'>" + tuple("open") + large + "</presence>";
            assertTrue(request("PUBLISH", who, who, "presence", "pub" + who, "Content-Type: application/pidf+xml\r\n", document).startsWith("SIP/2.0 200"));
        }
        request("SUBSCRIBE", "alice", "friends", "presence", "list", EVENTLIST, "");
        Map<String, String> table = new HashMap<>();
        int notifications = 0;
        for (List<String> all = notified("alice", "presence"); !all.isEmpty(); all = notified("alice", "presence")) {
            for (String one : all) {
                List<String> said = listed(one);
                assertEquals(notifications + (notifications == 0 ? " full" : " partial"), said.get(0));
                said.subList(1, said.size()).forEach(line -> table.put(line.split(" ")[0], line));
                assertTrue(one.length() <= 4096, one.length() + " octets");
                notifications++;
            }
        }
        assertEquals(30, table.size());
        assertEquals(24, table.values().stream().filter(l -> l.endsWith("active nothing")).count(), table.toString());
        assertEquals(6, table.values().stream().filter(l -> l.matches("f[0-5]")).count(), "too large for any: " + table);
        publishAs("f9", "open");
        assertEquals(List.of(notifications + " partial", "f9 active open"), listed(newest("alice", "presence")));
    }

    private static int name(SipMessage request, int header, FixedText out) {
        NameAddrView address = new NameAddrView();
        request.address(header, 0, address);
        ByteSink sink = new ByteSink();
        address.parsed().putAddressOfRecord(out.sink(sink));
        out.take(sink);
        return 200;
    }

    private static int mayAsk(SipMessage subscribe, FixedText resource, FixedText watcher) {
        name(subscribe, Header.TO, resource);
        return name(subscribe, Header.FROM, watcher);
    }

    private void setRules(String of) {
        rules.put("sip:alice@e.test", "<ruleset xmlns='urn:ietf:params:xml:ns:common-policy' xmlns:p='urn:ietf:params:xml:ns:pres-rules'>" + of + "</ruleset>");
        assertEquals(RuleSet.GOOD, new RuleSet().check(slice(rules.get("sip:alice@e.test"))));
        presence.rulesChanged(slice("sip:alice@e.test"), bench.nowMs);
    }

    private static String rule(String id, String conditions, String handling, String transformations) {
        return "<rule id='" + id + "'><conditions>" + conditions + "</conditions><actions><p:sub-handling>" + handling + "</p:sub-handling></actions><transformations>"
                + transformations + "</transformations></rule>";
    }

    private static String one(String who) {
        return "<identity><one id='sip:" + who + "@e.test'/></identity>";
    }

    private static final String ALL = "<p:provide-services><p:all-services/></p:provide-services><p:provide-persons><p:all-persons/></p:provide-persons><p:provide-all-attributes/>";
    private static final String SERVICES = "<p:provide-services><p:all-services/></p:provide-services>";

    private static Slice slice(String text) {
        return new Slice().wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private String request(String method, String from, String to, String event, String callId, String more, String body) {
        sequence++;
        String tag = dialogs.get(callId);
        bench.arrives(method + " sip:" + to + "@e.test SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bK" + sequence + "\r\nFrom: <sip:" + from + "@e.test>;tag=f\r\nTo: <sip:"
                + to + "@e.test>" + (tag == null ? "" : ";tag=" + tag) + "\r\nCall-ID: " + callId + "\r\nCSeq: " + sequence + " " + method + "\r\nMax-Forwards: 70\r\nContact: <sip:"
                + from + "@192.0.2.2>\r\nEvent: " + event + "\r\n" + more + "Content-Length: " + body.length() + "\r\n\r\n" + body);
        for (int i = 0; i < bench.sent.size(); i++) {
            if (bench.sent.get(i).startsWith("SIP/2.0") && bench.sent.get(i).contains("CSeq: " + sequence + " " + method)) {
                String response = bench.sent.remove(i);
                if (method.equals("SUBSCRIBE") && response.startsWith("SIP/2.0 200")) {
                    dialogs.put(callId, Bench.param(Bench.header(response, "To"), "tag"));
                }
                return response;
            }
        }
        throw new AssertionError("no answer to " + method);
    }

    private String subscribe(String from, String event, String more) {
        return request("SUBSCRIBE", from, "alice", event, from + event, more, "");
    }

    private String etag;

    private void publish(String parts) {
        String document = "<presence xmlns='urn:ietf:params:xml:ns:pidf' entity='sip:alice@e.test'>" + parts + "</presence>";
        String response = request("PUBLISH", "alice", "alice", "presence", "pub", "Content-Type: application/pidf+xml\r\n"
                + (etag == null ? "" : "SIP-If-Match: " + etag + "\r\n"), document);
        assertTrue(response.startsWith("SIP/2.0 200"), response);
        etag = Bench.header(response, "SIP-ETag");
    }

    private static String tuple(String basic) {
        return "<tuple id='t'><status><basic>" + basic + "</basic></status></tuple>";
    }

    /** Answers every NOTIFY that was sent. @return those to one watcher for a package, oldest first */
    private List<String> notified(String watcher, String event) {
        List<String> out = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            for (String m : new ArrayList<>(bench.sent)) {
                bench.sent.remove(m);
                if (m.startsWith("NOTIFY")) {
                    bench.answer(m, "200 OK", "");
                    others.add(m);
                }
            }
        }
        for (String m : new ArrayList<>(others)) {
            if (m.startsWith("NOTIFY sip:" + watcher + "@") && Bench.header(m, "Event").equals(event)) {
                out.add(m);
                others.remove(m);
            }
        }
        return out;
    }

    private final List<String> others = new ArrayList<>();

    private String newest(String watcher, String event) {
        if (event.endsWith(".winfo")) {
            bench.runTo(bench.nowMs + 5_000);                      // they come no closer
        }
        List<String> all = notified(watcher, event);
        assertFalse(all.isEmpty(), "nothing told to " + watcher);
        return all.get(all.size() - 1);
    }

    private static String state(String notify) {
        return Bench.header(notify, "Subscription-State").replaceAll(";expires=[0-9]*", "");
    }

    @Test
    void eachHandlingIsWhatTheWatcherSees() {
        setRules(rule("a", one("bob"), "allow", ALL) + rule("b", one("carol"), "polite-block", ALL) + rule("c", one("dave"), "confirm", ALL)
                + rule("d", one("erin"), "block", ALL));
        publish(tuple("open"));
        assertTrue(subscribe("bob", "presence", "").startsWith("SIP/2.0 200"));
        assertTrue(Bench.body(newest("bob", "presence")).contains("open"));
        subscribe("carol", "presence", "");
        String polite = newest("carol", "presence");
        assertEquals("active", state(polite));
        assertFalse(Bench.body(polite).contains("tuple"));
        subscribe("dave", "presence", "");
        String pending = newest("dave", "presence");
        assertEquals("pending", state(pending));
        assertEquals("", Bench.body(pending));
        assertTrue(subscribe("erin", "presence", "").startsWith("SIP/2.0 403"));
        assertTrue(subscribe("frank", "presence", "").startsWith("SIP/2.0 403"), "nobody permitted it");
        subscribe("alice", "presence", "");
        assertTrue(Bench.body(newest("alice", "presence")).contains("open"), "one's own presence is one's own");
    }

    /** As long as nothing is told that he may not see: the same octets, the same life of the subscription, and no NOTIFY when something hidden changes. */
    @Test
    void whoIsPolitelyBlockedSeesWhatIsSeenOfSomebodyWhoNeverPublished() {
        setRules(rule("b", one("carol"), "polite-block", ALL));
        rules.put("sip:nobody@e.test", rules.get("sip:alice@e.test").replace("polite-block", "allow"));
        publish(tuple("open"));
        String first = subscribe("carol", "presence", "Expires: 600\r\n");
        String second = request("SUBSCRIBE", "carol", "nobody", "presence", "other", "Expires: 600\r\n", "");
        assertEquals(Bench.header(first, "Expires"), Bench.header(second, "Expires"));
        List<String> both = notified("carol", "presence");
        assertEquals(2, both.size());
        assertEquals(Bench.body(both.get(0)).replace("alice", "nobody"), Bench.body(both.get(1)));
        assertEquals(Bench.header(both.get(0), "Subscription-State"), Bench.header(both.get(1), "Subscription-State"));
        assertEquals(Bench.header(both.get(0), "SIP-ETag"), Bench.header(both.get(1), "SIP-ETag"), "the tags neither");
        publish(tuple("closed"));
        publish(tuple("open") + PERSON + "<r:activities><r:away/></r:activities></dm:person>");
        assertEquals(List.of(), notified("carol", "presence"));
    }

    @Test
    void aChangeThatIsHiddenIsNotTold() {
        setRules(rule("a", one("bob"), "allow", SERVICES));
        publish(tuple("open") + PERSON + "<r:mood><r:happy/></r:mood></dm:person>");
        subscribe("bob", "presence", "");
        assertFalse(Bench.body(newest("bob", "presence")).contains("happy"));
        publish(tuple("open") + PERSON + "<r:mood><r:sad/></r:mood></dm:person>");
        assertEquals(List.of(), notified("bob", "presence"));
        publish(tuple("closed") + PERSON + "<r:mood><r:sad/></r:mood></dm:person>");
        assertTrue(Bench.body(newest("bob", "presence")).contains("closed"));
        publish(PERSON + "<r:mood><r:sad/></r:mood></dm:person>");
        String empty = newest("bob", "presence");
        setRules(rule("a", one("bob"), "polite-block", SERVICES));
        assertEquals(List.of(), notified("bob", "presence"), "it is the same to him: " + Bench.body(empty));
    }

    @Test
    @Shows("5025-5-1")
    void newRulesTakeEffectAtOnce() {
        setRules(rule("c", one("bob"), "confirm", ALL));
        publish(tuple("open"));
        subscribe("bob", "presence", "");
        assertEquals("pending", state(newest("bob", "presence")));
        setRules(rule("c", one("bob"), "allow", ALL));
        String allowed = newest("bob", "presence");
        assertEquals("active", state(allowed));
        assertTrue(Bench.body(allowed).contains("open"));
        setRules(rule("c", one("bob"), "polite-block", ALL));
        String polite = newest("bob", "presence");
        assertEquals("active", state(polite));
        assertFalse(Bench.body(polite).contains("open"));
        setRules(rule("c", one("bob"), "confirm", ALL));
        assertEquals("pending", state(newest("bob", "presence")));
        setRules("");
        String over = newest("bob", "presence");
        assertEquals("terminated;reason=rejected", state(over));
        assertEquals("", Bench.body(over));
        dialogs.remove("bobpresence");
        assertTrue(subscribe("bob", "presence", "").startsWith("SIP/2.0 403"));
    }

    @Test
    void aSphereThatIsPublishedDecidesWhichRulesHold() {
        setRules(rule("a", one("bob"), "allow", SERVICES) + rule("b", one("bob") + "<sphere value='home'/>", "allow", ALL));
        String work = tuple("open") + PERSON + "<r:mood><r:happy/></r:mood><r:sphere><r:work/></r:sphere></dm:person>";
        publish(work);
        subscribe("bob", "presence", "");
        assertFalse(Bench.body(newest("bob", "presence")).contains("happy"));
        publish(work.replace("r:work", "r:home"));
        assertTrue(Bench.body(newest("bob", "presence")).contains("happy"));
        publish(work);
        assertFalse(Bench.body(newest("bob", "presence")).contains("happy"));
        setRules(rule("b", one("bob") + "<sphere value='home'/>", "allow", ALL));
        assertEquals("terminated;reason=rejected", state(newest("bob", "presence")));
    }

    @Test
    void aValidityBeginsAndEndsByItself() {
        String from = java.time.Instant.ofEpochMilli(WALL_MS + 60_000).toString();
        String until = java.time.Instant.ofEpochMilli(WALL_MS + 120_000).toString();
        setRules(rule("a", one("bob") + "<validity><from>" + from + "</from><until>" + until + "</until></validity>", "allow", ALL) + rule("b", one("bob"), "confirm", ""));
        publish(tuple("open"));
        subscribe("bob", "presence", "");
        assertEquals("pending", state(newest("bob", "presence")));
        bench.runTo(59_000);
        assertEquals(List.of(), notified("bob", "presence"));
        bench.runTo(60_500);
        assertEquals("active", state(newest("bob", "presence")));
        bench.runTo(120_500);
        assertEquals("pending", state(newest("bob", "presence")));
        bench.runTo(1_000_000);
        assertEquals(List.of(), notified("bob", "presence"));
    }

    private static List<String> watchers(String notify) {
        String body = Bench.body(notify);
        try {
            SchemaValidation.validate("watcherinfo", body.getBytes(StandardCharsets.UTF_8));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        List<String> out = new ArrayList<>();
        Matcher m = Pattern.compile("<watcher id=\"(\\w+)\" status=\"(\\w+)\" event=\"(\\w+)\".*?>sip:(\\w+)@").matcher(body);
        while (m.find()) {
            out.add(m.group(4) + " " + m.group(2) + " " + m.group(3));
        }
        Matcher head = Pattern.compile("version=\"(\\d+)\" state=\"(\\w+)\"").matcher(body);
        assertTrue(head.find());
        out.add(0, head.group(1) + " " + head.group(2));
        return out;
    }

    @Test
    @Shows({"3857-4.5-1", "3857-4.5-3", "3857-4.5-5", "3858-3-1", "3858-3-2", "3858-3-4", "3858-3-5", "3858-3-7", "3858-3-9", "3858-3-10", "3858-3-11"})
    void theOwnerHearsOfEveryWatcher() {
        setRules(rule("a", one("bob"), "allow", ALL) + rule("c", "<identity><many/></identity>", "confirm", ""));
        String ok = subscribe("alice", "presence.winfo", "");
        assertEquals("3600", Bench.header(ok, "Expires"));
        String first = newest("alice", "presence.winfo");
        assertEquals("application/watcherinfo+xml", Bench.header(first, "Content-Type"));
        assertEquals(List.of("0 full"), watchers(first));
        subscribe("bob", "presence", "");
        assertEquals(List.of("1 partial", "bob active subscribe"), watchers(newest("alice", "presence.winfo")));
        subscribe("carol", "presence", "");
        assertEquals(List.of("2 partial", "carol pending subscribe"), watchers(newest("alice", "presence.winfo")));
        subscribe("alice", "presence.winfo", "");
        assertEquals(List.of("3 full", "bob active subscribe", "carol pending subscribe"), sorted(watchers(newest("alice", "presence.winfo"))), "a refresh gets everything");
        setRules(rule("a", one("bob"), "allow", ALL) + rule("b", one("carol"), "allow", ""));
        assertEquals(List.of("4 partial", "carol active approved"), watchers(newest("alice", "presence.winfo")));
        setRules(rule("b", one("carol"), "allow", ""));
        assertEquals(List.of("5 partial", "bob terminated rejected"), watchers(newest("alice", "presence.winfo")));
        subscribe("carol", "presence", "Expires: 0\r\n");
        assertEquals(List.of("6 partial", "carol terminated timeout"), watchers(newest("alice", "presence.winfo")));
        subscribe("alice", "presence.winfo", "");
        assertEquals(List.of("7 full"), watchers(newest("alice", "presence.winfo")));
    }

    @Test
    void whatHappensWithinFiveSecondsIsToldAtOnce() {
        setRules(rule("a", "<identity><many/></identity>", "allow", ALL));
        request("SUBSCRIBE", "alice", "alice", "presence.winfo;max-rate=1", "alicepresence.winfo", "", "");
        String first = notified("alice", "presence.winfo").get(0);
        assertEquals("active;max-rate=0.2000000000", state(first), "a wish for more is answered by what there is");
        bench.runTo(bench.nowMs + 1_000);
        subscribe("bob", "presence", "");
        bench.runTo(bench.nowMs + 2_000);
        subscribe("carol", "presence", "");
        bench.runTo(bench.nowMs + 1_900);
        assertEquals(List.of(), notified("alice", "presence.winfo"));
        bench.runTo(bench.nowMs + 100);
        List<String> told = notified("alice", "presence.winfo");
        assertEquals(1, told.size());
        assertEquals(List.of("1 partial", "bob active subscribe", "carol active subscribe"), sorted(watchers(told.get(0))));
        bench.runTo(bench.nowMs + 60_000);
        subscribe("dave", "presence", "");
        assertEquals(List.of("2 partial", "dave active subscribe"), watchers(notified("alice", "presence.winfo").get(0)), "after a quiet time at once");
    }

    private static List<String> sorted(List<String> of) {
        List<String> out = new ArrayList<>(of.subList(1, of.size()));
        java.util.Collections.sort(out);
        out.add(0, of.get(0));
        return out;
    }

    @Test
    void whoWaitsForADecisionIsRemembered() {
        setRules(rule("c", "<identity><many/></identity>", "confirm", ""));
        subscribe("bob", "presence", "Expires: 60\r\n");
        subscribe("carol", "presence", "Expires: 0\r\n");
        notified("bob", "presence");
        bench.runTo(70_000);
        notified("bob", "presence");
        subscribe("alice", "presence.winfo", "");
        assertEquals(List.of("0 full", "bob waiting timeout", "carol waiting timeout"), sorted(watchers(newest("alice", "presence.winfo"))));
        dialogs.remove("carolpresence");
        subscribe("carol", "presence", "");
        assertEquals(List.of("1 partial", "carol pending subscribe", "carol terminated giveup"), sorted(watchers(newest("alice", "presence.winfo"))));
        setRules(rule("c", one("bob"), "allow", ""));
        bench.runTo(bench.nowMs + 5_000);
        List<String> decided = new ArrayList<>();
        notified("alice", "presence.winfo").forEach(n -> decided.addAll(watchers(n)));
        assertTrue(decided.contains("bob terminated approved") && decided.contains("carol terminated rejected"), decided.toString());
    }

    @Test
    void whoAsksOfManyTakesNoPlaceOfOthers() {
        setRules(rule("c", "<identity><many/></identity>", "confirm", ""));
        subscribe("bob", "presence", "Expires: 0\r\n");
        notified("bob", "presence");
        for (int i = 0; i < 10; i++) {
            bench.runTo(bench.nowMs + 1_000);
            request("SUBSCRIBE", "mallory", "m" + i, "presence", "many" + i, "Expires: 0\r\n", "");
            notified("mallory", "presence");
        }
        subscribe("alice", "presence.winfo", "");
        assertEquals(List.of("0 full", "bob waiting timeout"), watchers(newest("alice", "presence.winfo")));
    }

    @Test
    void nobodyWaitsForEver() {
        setRules(rule("c", "<identity><many/></identity>", "confirm", ""));
        subscribe("bob", "presence", "Expires: 0\r\n");
        notified("bob", "presence");
        bench.runTo(8L * 24 * 3_600_000);
        subscribe("alice", "presence.winfo", "");
        assertEquals(List.of("0 full"), watchers(newest("alice", "presence.winfo")));
    }

    @Test
    void aFetchThatIsAllowedIsNotTold() {
        setRules(rule("a", one("bob"), "allow", ALL));
        subscribe("alice", "presence.winfo", "");
        newest("alice", "presence.winfo");
        subscribe("bob", "presence", "Expires: 0\r\n");
        assertEquals(List.of(), notified("alice", "presence.winfo"));
    }

    @Test
    void whoIsForgottenIsToldOfByTheWhole() {
        setRules(rule("a", "<identity><many/></identity>", "allow", ALL));
        subscribe("alice", "presence.winfo", "");
        String first = bench.sent.stream().filter(m -> m.startsWith("NOTIFY")).findFirst().orElseThrow();
        bench.sent.remove(first);
        for (int i = 0; i < 8; i++) {
            subscribe("w" + i, "presence", "");
            notified("w" + i, "presence");
            subscribe("w" + i, "presence", "Expires: 0\r\n");
            notified("w" + i, "presence");
        }
        bench.answer(first, "200 OK", "");
        assertEquals(List.of("1 full"), watchers(newest("alice", "presence.winfo")), "there is room for six ends, and there were eight");
    }

    @Test
    void anotherSeesHimselfAloneAndOnlyWhileHeMayWatch() {
        setRules(rule("a", one("bob"), "allow", ALL) + rule("c", one("carol"), "confirm", ""));
        subscribe("bob", "presence", "");
        subscribe("carol", "presence", "");
        assertTrue(subscribe("bob", "presence.winfo", "").startsWith("SIP/2.0 200"));
        assertEquals(List.of("0 full", "bob active subscribe"), watchers(newest("bob", "presence.winfo")));
        assertTrue(subscribe("carol", "presence.winfo", "").startsWith("SIP/2.0 403"));
        subscribe("carol", "presence", "Expires: 0\r\n");
        assertEquals(List.of(), notified("bob", "presence.winfo"), "what becomes of carol is not his to know");
        setRules(rule("a", one("bob"), "confirm", ALL));
        assertEquals("terminated;reason=rejected", state(newest("bob", "presence.winfo")));
    }

    @Test
    void whoAsksForTheWatchersIsKnownToTheOwnerAlone() {
        setRules(rule("a", one("bob"), "allow", ALL));
        subscribe("bob", "presence.winfo", "");
        assertTrue(subscribe("alice", "presence.winfo.winfo", "").startsWith("SIP/2.0 200"));
        String notify = newest("alice", "presence.winfo.winfo");
        assertEquals(List.of("0 full", "bob active subscribe"), watchers(notify));
        assertTrue(Bench.body(notify).contains("package=\"presence.winfo\""));
        assertTrue(subscribe("bob", "presence.winfo.winfo", "").startsWith("SIP/2.0 403"));
        assertTrue(subscribe("alice", "presence.winfo.winfo.winfo", "").startsWith("SIP/2.0 489"));
    }

    @Test
    void afterADocumentThatDidNotArriveTheNextIsWhole() {
        setRules(rule("a", "<identity><many/></identity>", "allow", ALL));
        subscribe("alice", "presence.winfo", "");
        newest("alice", "presence.winfo");
        subscribe("bob", "presence", "");
        notified("bob", "presence.none");
        others.clear();
        subscribe("carol", "presence", "");
        bench.runTo(bench.nowMs + 5_000);
        String lost = bench.sent.stream().filter(m -> m.startsWith("NOTIFY sip:alice")).findFirst().orElseThrow();
        bench.sent.remove(lost);
        bench.answer(lost, "500 Broken", "");
        subscribe("dave", "presence", "");
        assertEquals(List.of("3 full", "bob active subscribe", "carol active subscribe", "dave active subscribe"), sorted(watchers(newest("alice", "presence.winfo"))));
    }

    @Test
    void theOwnersRulesAreARuleSetThatReadsBack() throws Exception {
        String[][] people = {{"sip:bob@e.test", "30"}, {"sip:a&b@e.test", "20"}, {"sip:erin@e.test", "0"}};
        OwnersRules.People list = new OwnersRules.People() {
            @Override
            public int count() {
                return people.length;
            }

            @Override
            public Slice address(int index, Slice out) {
                return out.set(slice(people[index][0]));
            }

            @Override
            public int handling(int index) {
                return Integer.parseInt(people[index][1]);
            }
        };
        OwnersRules owners = new OwnersRules();
        ByteSink out = new ByteSink().wrap(new byte[4096]);
        String before = "<x:ruleset xmlns:x='urn:ietf:params:xml:ns:common-policy' xmlns:q='urn:ietf:params:xml:ns:pres-rules'><x:rule id='allowed'/>"
                + "<x:rule id='mine'><x:actions><q:sub-handling>allow</q:sub-handling></x:actions></x:rule></x:ruleset>";
        assertTrue(owners.write(list, slice(before), out));
        String document = out.slice(new Slice()).toString();
        SchemaValidation.validate("policy-bundle", document.getBytes(StandardCharsets.UTF_8));
        RuleSet set = new RuleSet();
        assertEquals(RuleSet.GOOD, set.check(slice(document)));
        List<String> read = new ArrayList<>();
        assertTrue(owners.read(slice(document), (address, handling) -> read.add(address + " " + handling)));
        assertEquals(List.of("sip:bob@e.test 30", "sip:a&b@e.test 20", "sip:erin@e.test 0"), read);
        assertEquals(1, owners.others());
        assertTrue(document.contains("xmlns:x=") && document.contains("q:sub-handling"), document);
        rules.put("sip:alice@e.test", document.replaceAll("<x:rule .*</x:rule>", ""));
        publish(tuple("open"));
        subscribe("bob", "presence", "");
        assertTrue(Bench.body(newest("bob", "presence")).contains("open"));
        assertTrue(subscribe("erin", "presence", "").startsWith("SIP/2.0 403"));
        subscribe("zoe", "presence", "");
        assertEquals("pending", state(newest("zoe", "presence")));
    }
}
