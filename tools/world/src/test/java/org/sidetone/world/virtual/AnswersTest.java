package org.sidetone.world.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;
import org.sidetone.digest.Credentials;
import org.sidetone.digest.DigestClient;
import org.sidetone.digest.DigestFunction;
import org.sidetone.hal.HostAddress;
import org.sidetone.hal.NetworkListener;
import org.sidetone.hal.bind.DigestsHash;
import org.sidetone.hal.board.Boards;
import org.sidetone.hal.crypto.BouncyDigests;
import org.sidetone.world.story.StoryDesk;

/** Somebody on the network says this and that to a phone and to the exchange: each gets the right answer, and both go on. */
class AnswersTest implements NetworkListener {
    private static final int EXCHANGE = 0xC0000201;
    private static final int ALICE = 0xC000020A;

    private VirtualOffice office;
    private VirtualNetwork host;
    private int socket;
    private final List<String> heard = new ArrayList<>();
    private int count;
    private DigestClient client;

    @BeforeEach
    void start() throws Exception {
        office = new VirtualOffice(1, Faults.NONE, Boards.load("pi-text-20x4"), false);
        office.powerOn();
        assertTrue(office.alice.ask("wait 10000 lamp @bob green").path("ok").asBoolean());
        assertTrue(office.bob.ask("wait 10000 lamp @alice green").path("ok").asBoolean());
        host = office.world.host(0xC0000263);
        socket = host.openDatagrams(new HostAddress().setIpv4(0xC0000263, 5060), this);
    }

    /** Sends a text as a datagram and gives the world half a second. @return the first line of the answer, or "" */
    private String say(int to, int port, byte[] message) {
        heard.clear();
        host.send(socket, new HostAddress().setIpv4(to, port), message, 0, message.length);
        office.world.runTo(office.world.nowMs() + 400);
        return heard.isEmpty() ? "" : heard.get(0).split("\r\n")[0];
    }

    private String request(String method, String more, String body) {
        count++;
        return method + " sip:alice@192.0.2.10 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.99:5060;branch=z9hG4bKt" + count
                + "\r\nFrom: <sip:carol@192.0.2.99>;tag=c\r\nTo: <sip:alice@example.test>\r\nCall-ID: t" + count + "\r\nCSeq: 1 " + method
                + "\r\nMax-Forwards: 70\r\n" + more + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private String ask(String method, String more, String body) {
        return say(ALICE, office.alice.phone().sipPort(), request(method, more, body).getBytes(StandardCharsets.ISO_8859_1));
    }

    private void stillWorks() {
        assertEquals("SIP/2.0 200 OK", ask("OPTIONS", "", ""));
        assertTrue(office.alice.ask("state").path("registered").asBoolean());
    }

    @Test
    void optionsTellWhatThePhoneTakes() {
        assertEquals("SIP/2.0 200 OK", ask("OPTIONS", "", ""));
        String all = heard.get(0);
        assertTrue(all.contains("Allow: ") && all.contains("MESSAGE") && all.contains("NOTIFY"), all);
        assertTrue(all.contains("Accept: text/plain"), all);
    }

    private List<String> receiptsOf(String routes) {
        List<String> receipts = new ArrayList<>();
        office.world.setTap((from, bytes, length, datagram) -> {
            String m = new String(bytes, 0, length, StandardCharsets.UTF_8);
            if (m.startsWith("MESSAGE") && m.contains("message/imdn+xml") && m.contains("From: \"Alice\"")) {
                receipts.add(m);
            }
        });
        assertEquals("SIP/2.0 200 OK", ask("MESSAGE", "Content-Type: message/cpim\r\n", "From: <sip:carol@192.0.2.99>\r\nTo: <sip:alice@example.test>\r\n"
                + "DateTime: 2026-11-25T12:00:00Z\r\nNS: imdn <urn:ietf:params:imdn>\r\nimdn.Message-ID: id" + count + "\r\n"
                + "imdn.Disposition-Notification: positive-delivery, display\r\n" + routes + "\r\nContent-Type: text/plain\r\n\r\nhello " + count));
        assertTrue(office.alice.ask("press ok").path("ok").asBoolean());
        office.world.runTo(office.world.nowMs() + 3_000);
        return receipts;
    }

    /** RFC 5438 section 7.2.1: what was recorded is the way back, in its order. */
    @Test
    @Shows({"5438-7.2.1-8"})
    void receiptsGoTheWayThatWasRecorded() {
        List<String> receipts = receiptsOf("imdn.IMDN-Record-Route: \"Archive\" <sip:archive@192.0.2.99>\r\nimdn.IMDN-Record-Route: <sip:far@192.0.2.98>\r\n");
        assertTrue(receipts.stream().anyMatch(m -> m.contains("<delivered/>")) && receipts.stream().anyMatch(m -> m.contains("<displayed/>")), receipts.toString());
        for (String receipt : receipts) {
            assertTrue(receipt.startsWith("MESSAGE sip:archive@192.0.2.99 "), receipt);
            assertTrue(receipt.contains("imdn.IMDN-Route: \"Archive\" <sip:archive@192.0.2.99>\r\nimdn.IMDN-Route: <sip:far@192.0.2.98>\r\n"), receipt);
            assertTrue(receipt.contains("To: <sip:carol@192.0.2.99>\r\n"), receipt);
        }
        assertTrue(receiptsOf("").stream().allMatch(m -> m.startsWith("MESSAGE sip:carol@192.0.2.99 ")), "without any: to the sender");
        assertEquals(List.of(), receiptsOf("imdn.IMDN-Record-Route: <sip:" + "a".repeat(240) + "@192.0.2.99>\r\n"), "too long to be gone back");
        assertEquals(List.of(), receiptsOf("imdn.IMDN-Record-Route: nowhere\r\n"));
    }

    @Test
    void anInviteIsAMissedCallAndAMessageAway() {
        assertEquals("SIP/2.0 488 Not Acceptable Here", ask("INVITE", "Contact: <sip:carol@192.0.2.99>\r\nContent-Type: application/sdp\r\n",
                "v=0\r\no=- 1 1 IN IP4 192.0.2.99\r\ns=-\r\nc=IN IP4 192.0.2.99\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n"));
        assertTrue(heard.get(0).contains("Warning: 304 "), heard.get(0));
        assertTrue(office.alice.ask("wait 1000 lcd contains \"Missed call\"").path("ok").asBoolean());
        assertEquals("Message", office.alice.ask("screen").path("softKeys").path(3).asText());
        office.alice.ask("press soft4");
        assertTrue(office.alice.ask("wait 1000 lcd contains \"To carol\"").path("ok").asBoolean());
    }

    @Test
    void thePhoneSaysWhichLanguageItsOwnerReads() {
        ask("OPTIONS", "", "");
        assertFalse(heard.get(0).contains("Accept-Language"), heard.get(0));
        office.alice.powerOff();
        office.alice.settings().language = "pt-BR";
        office.alice.powerOn();
        assertTrue(office.alice.ask("wait 10000 lamp @bob green").path("ok").asBoolean());
        ask("OPTIONS", "", "");
        assertTrue(heard.get(0).contains("Accept-Language: pt-BR\r\n"), heard.get(0));
        office.alice.ask("press soft3");
        ask("MESSAGE", "Content-Type: multipart/alternative;boundary=b\r\n",
                "--b\r\nContent-Language: en\r\n\r\nhello\r\n--b\r\nContent-Language: pt\r\n\r\nbom dia\r\n--b--");
        office.alice.ask("press back back back messages ok");
        assertTrue(office.alice.ask("lcd").toString().contains("bom dia"));
        office.alice.ask("press soft4");
        office.alice.ask("type \"oi\"");
        List<String> sent = new ArrayList<>();
        office.world.setTap((from, bytes, length, datagram) -> {
            String m = new String(bytes, 0, length, StandardCharsets.UTF_8);
            if (m.startsWith("MESSAGE sip:carol@")) {
                sent.add(m);
            }
        });
        office.alice.ask("press ok");
        office.world.runTo(office.world.nowMs() + 400);
        assertTrue(sent.get(0).contains("Content-Language: pt-BR\r\n"), sent.toString());
    }

    /** RFC 3428 section 4: some send it within a dialog that they have with us. */
    @Test
    void aMessageWithinADialogIsShownAsAnyOther() {
        String within = request("MESSAGE", "Content-Type: text/plain\r\n", "in passing").replace("To: <sip:alice@example.test>", "To: <sip:alice@example.test>;tag=ours");
        assertEquals("SIP/2.0 200 OK", say(ALICE, office.alice.phone().sipPort(), within.getBytes(StandardCharsets.ISO_8859_1)));
        office.alice.ask("press back back back messages ok");
        assertTrue(office.alice.ask("lcd").toString().contains("in passing"));
    }

    @Test
    void whatAMessageIsAboutStandsBeforeIt() {
        assertEquals("SIP/2.0 200 OK", ask("MESSAGE", "Subject: lunch\r\nContent-Type: text/plain\r\n", "at noon?"));
        assertEquals("SIP/2.0 200 OK", ask("MESSAGE", "Subject: not this\r\nContent-Type: message/cpim\r\n", "From: <sip:carol@192.0.2.99>\r\nTo: <sip:alice@example.test>\r\n"
                + "Subject: dinner\r\n\r\nContent-Type: text/plain\r\n\r\nat eight?"));
        office.alice.ask("press back back back messages ok");
        String shown = office.alice.ask("lcd").toString();
        assertTrue(shown.contains("dinner") && shown.contains("at eight?") && !shown.contains("not this"), shown);
        office.alice.ask("press back down ok");
        shown = office.alice.ask("lcd").toString();
        assertTrue(shown.contains("lunch") && shown.contains("at noon?"), shown);
    }

    @Test
    @Shows("6665-4.4.4-1")
    void unknownMethodsExtensionsAndEventsAreRefusedByName() {
        assertEquals("SIP/2.0 405 Method Not Allowed", ask("PUBLISH", "Event: presence\r\n", ""));
        assertEquals("SIP/2.0 405 Method Not Allowed", ask("DANCE", "", ""));
        assertTrue(heard.get(0).contains("Allow: "), heard.get(0));
        assertEquals("SIP/2.0 420 Bad Extension", ask("MESSAGE", "Require: teleport\r\n", ""));
        assertTrue(heard.get(0).contains("Unsupported: teleport"), heard.get(0));
        assertEquals("SIP/2.0 489 Bad Event", ask("NOTIFY", "", ""));
        assertEquals("SIP/2.0 489 Bad Event", ask("SUBSCRIBE", "Event: weather\r\nContact: <sip:x@192.0.2.99>\r\n", ""));
        assertTrue(heard.get(0).contains("\r\nAllow-Events: presence, dialog\r\n"), heard.get(0));
        assertEquals("SIP/2.0 481 Call/Transaction Does Not Exist",
                ask("NOTIFY", "Event: presence\r\nSubscription-State: active\r\nContact: <sip:x@192.0.2.99>\r\n", ""));
        assertEquals("SIP/2.0 400 Missing Subscription-State", ask("NOTIFY", "Event: presence\r\n", ""));
        assertEquals("SIP/2.0 481 Call/Transaction Does Not Exist", ask("CANCEL", "", ""));
        stillWorks();
    }

    @Test
    @Shows({"3261-20.12-1", "3261-8.2.3-1", "3261-8.2.3-2", "3261-8.2.3-3", "3428-7-2", "3428-7-3", "3428-7-5"})
    void messagesThatCannotBeShownAreRefused() {
        assertEquals("SIP/2.0 415 Unsupported Media Type", ask("MESSAGE", "Content-Type: image/png\r\n", "x"));
        assertTrue(heard.get(0).contains("Accept: text/plain"), heard.get(0));
        assertEquals("SIP/2.0 415 Unsupported Media Type", ask("MESSAGE", "Content-Type: text/plain\r\nContent-Encoding: deflate\r\n", "x"));
        assertTrue(heard.get(0).contains("Accept-Encoding: identity"), heard.get(0));
        assertEquals("SIP/2.0 413 Request Entity Too Large", ask("MESSAGE", "Content-Type: text/plain\r\n", "x".repeat(1100)));
        assertEquals("SIP/2.0 415 Unsupported Media Type", ask("MESSAGE", "Content-Type: text/plain\r\n", "\u00c3("));
        assertEquals(0, office.alice.ask("state").path("inbox").asInt());
        assertEquals("SIP/2.0 200 OK", ask("MESSAGE", "Content-Type: text/plain\r\n", "hello"));
        assertTrue(heard.get(0).contains("Content-Length: 0\r\n") && !heard.get(0).contains("Contact:"), heard.get(0));
        assertEquals(1, office.alice.ask("state").path("inbox").asInt());
    }

    @Test
    void theSameMessageInANewTransactionIsShownOnce() {
        String message = request("MESSAGE", "Content-Type: text/plain\r\n", "once");
        int port = office.alice.phone().sipPort();
        assertEquals("SIP/2.0 200 OK", say(ALICE, port, message.getBytes(StandardCharsets.US_ASCII)));
        assertEquals("SIP/2.0 200 OK", say(ALICE, port, message.replace("z9hG4bKt", "z9hG4bKu").getBytes(StandardCharsets.US_ASCII)));
        assertEquals(1, office.alice.ask("state").path("inbox").asInt());
    }

    @Test
    void garbageMovesACounterAndNothingElse() {
        Random random = new Random(4);
        int port = office.alice.phone().sipPort();
        for (int i = 0; i < 300; i++) {
            byte[] garbage = new byte[random.nextInt(3000)];
            random.nextBytes(garbage);
            say(ALICE, port, garbage);
            say(EXCHANGE, 5060, garbage);
        }
        byte[] good = request("MESSAGE", "Content-Type: text/plain\r\n", "cut me").getBytes(StandardCharsets.US_ASCII);
        for (int n = 0; n < good.length; n += 3) {
            say(ALICE, port, java.util.Arrays.copyOf(good, n));
            say(EXCHANGE, 5060, java.util.Arrays.copyOf(good, n));
        }
        assertEquals("SIP/2.0 513 Header Fields Too Large", ask("OPTIONS", "X-Long: " + "y".repeat(9000) + "\r\n", ""));
        assertTrue(office.alice.ask("state").path("counters").path("rejected").asInt() > 100);
        stillWorks();
    }

    @Test
    @Shows({"3261-22.1-1", "3261-22.3-2"})
    void theExchangeChallengesRefusesAndGoesOn() {
        String register = request("REGISTER", "Contact: <sip:alice@192.0.2.99>\r\n", "").replace("sip:alice@192.0.2.10", "sip:example.test");
        assertEquals("SIP/2.0 401 Unauthorized", say(EXCHANGE, 5060, register.getBytes(StandardCharsets.US_ASCII)));
        assertTrue(heard.get(0).indexOf("algorithm=SHA-256") < heard.get(0).indexOf("algorithm=MD5"), "the strongest first");
        String wrong = register.replace("CSeq: 1", "CSeq: 2").replace("z9hG4bKt", "z9hG4bKw").replace("Max-Forwards",
                "Authorization: Digest username=\"alice\", realm=\"example.test\", nonce=\"1\", uri=\"sip:example.test\", response=\"2\"\r\nMax-Forwards");
        assertEquals("SIP/2.0 401 Unauthorized", say(EXCHANGE, 5060, wrong.getBytes(StandardCharsets.US_ASCII)));
        String message = request("MESSAGE", "Content-Type: text/plain\r\n", "x").replace("sip:alice@192.0.2.10", "sip:alice@example.test");
        assertEquals("SIP/2.0 407 Proxy Authentication Required", say(EXCHANGE, 5060, message.getBytes(StandardCharsets.US_ASCII)));
        String elsewhere = request("MESSAGE", "Content-Type: text/plain\r\n", "x").replace("sip:alice@192.0.2.10", "sip:alice@elsewhere.test");
        assertEquals("SIP/2.0 403 Relaying Denied", say(EXCHANGE, 5060, elsewhere.getBytes(StandardCharsets.US_ASCII)));
        String tired = elsewhere.replace("Max-Forwards: 70", "Max-Forwards: 0").replace("z9hG4bKt", "z9hG4bKx");
        assertEquals("SIP/2.0 483 Too Many Hops", say(EXCHANGE, 5060, tired.getBytes(StandardCharsets.US_ASCII)));
        stillWorks();
    }

    private String toExchange(String method, String uri, String to, String more) {
        count++;
        String text = method + " " + uri + " SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.99:5060;branch=z9hG4bKx" + count
                + "\r\nFrom: <sip:carol@example.test>;tag=c\r\nTo: <" + to + ">\r\nCall-ID: x" + count + "\r\nCSeq: 1 " + method
                + "\r\nMax-Forwards: 70\r\n" + more + "Content-Length: 0\r\n\r\n";
        return say(EXCHANGE, 5060, text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    @Shows({"3261-22.1-9", "3261-22.1-10"})
    void neitherAckNorCancelIsChallenged() {
        assertEquals("SIP/2.0 407 Proxy Authentication Required", toExchange("MESSAGE", "sip:bob@example.test", "sip:bob@example.test", ""));
        assertEquals("", toExchange("ACK", "sip:bob@example.test", "sip:bob@example.test", ""));
        assertEquals("SIP/2.0 481 Call/Transaction Does Not Exist", toExchange("CANCEL", "sip:bob@example.test", "sip:bob@example.test", ""));
    }

    @Test
    @Shows("3261-22.2-2")
    void aRegistrationIsChallengedByTheRegistrarItself() {
        assertEquals("SIP/2.0 401 Unauthorized", toExchange("REGISTER", "sip:example.test", "sip:alice@example.test", ""));
        String all = heard.get(0);
        assertEquals(3, all.split("WWW-Authenticate: Digest ").length - 1, all);
        assertTrue(all.indexOf("SHA-512-256") < all.indexOf("SHA-256,") && all.indexOf("SHA-256,") < all.indexOf("MD5"), all);
    }

    /** A request to the exchange with credentials of alice's, asked for and given. @return the first line of the last answer */
    private String asAlice(String method, String uri, String from, String to, String more) {
        toExchange(method, uri, to, "");
        String header = heard.get(0).contains("WWW-Authenticate") ? "WWW-Authenticate: " : "Proxy-Authenticate: ";
        String challenge = heard.get(0).split(header)[1].split("\r\n")[0];
        client = new DigestClient(new DigestFunction(new DigestsHash(new BouncyDigests())), () -> 7);
        assertTrue(client.challenge(new Slice().wrap(Ascii.bytes(challenge))));
        Credentials who = new Credentials();
        who.username.set("alice");
        who.password.set("secret-alice");
        byte[] out = new byte[1024];
        ByteSink sink = new ByteSink().wrap(out);
        client.putCredentials(who, Ascii.bytes(method), new Slice().wrap(Ascii.bytes(uri)), new Slice(), sink);
        String credentials = new String(out, 0, sink.length(), StandardCharsets.US_ASCII);
        count++;
        String body = more.contains("\r\n\r\n") ? more.substring(more.indexOf("\r\n\r\n") + 4) : "";
        String fields = more.substring(0, more.length() - body.length() - (body.isEmpty() ? 0 : 2));
        String text = method + " " + uri + " SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.99:5060;branch=z9hG4bKx" + count
                + "\r\nFrom: <" + from + ">;tag=c\r\nTo: <" + to + ">\r\nCall-ID: x" + count + "\r\nCSeq: 2 " + method
                + "\r\nMax-Forwards: 70\r\n" + (header.startsWith("W") ? "Authorization: " : "Proxy-Authorization: ") + credentials
                + "\r\n" + fields + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        return say(EXCHANGE, 5060, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** RFC 5367, what is no list; the lists that phones bring are in ListTest. */
    @Test
    void aListThatIsNoneIsRefusedAndNothingIsKeptOfIt() {
        String alice = "sip:alice@example.test";
        String head = "Event: presence\r\nContact: <sip:x@192.0.2.99>\r\nSupported: eventlist\r\nRequire: recipient-list-subscribe\r\nContent-Disposition: recipient-list; handling=required\r\n";
        String type = "Content-Type: application/resource-lists+xml\r\n\r\n";
        String list = "<resource-lists xmlns='urn:ietf:params:xml:ns:resource-lists'><list>%s</list></resource-lists>";
        assertEquals("SIP/2.0 400 Bad Request", asAlice("SUBSCRIBE", "sip:example.test", alice, "sip:example.test", head + type + "<resource-lists"));
        assertEquals("SIP/2.0 400 Bad Request", asAlice("SUBSCRIBE", "sip:example.test", alice, "sip:example.test", head + type + String.format(list, "")));
        assertEquals("SIP/2.0 415 Unsupported Media Type", asAlice("SUBSCRIBE", "sip:example.test", alice, "sip:example.test", head + type.replace("resource-lists+xml", "json") + "{}"));
        assertEquals("SIP/2.0 421 Extension Required", asAlice("SUBSCRIBE", "sip:example.test", alice, "sip:example.test",
                head.replace("Supported: eventlist\r\n", "") + type + String.format(list, "<entry uri='sip:bob@example.test'/>")));
        assertEquals("SIP/2.0 200 OK", asAlice("SUBSCRIBE", "sip:example.test", alice, "sip:example.test", head + type + String.format(list, "<entry uri='sip:bob@example.test'/>")));
        String notify = heard.stream().filter(m -> m.startsWith("NOTIFY ")).findFirst().orElseThrow();
        assertTrue(notify.contains("uri=\"sip:bob@example.test\"") && notify.contains("<basic>open</basic>"), notify);
        assertEquals("SIP/2.0 401 Unauthorized", toExchange("SUBSCRIBE", "sip:example.test", "sip:example.test", head));
    }

    @Test
    @Shows("3261-18.2.1-3")
    void whereDatagramsAreTakenStreamsAreToo() {
        String options = request("OPTIONS", "", "").replace("/UDP", "/TCP");
        for (int[] end : new int[][] {{ALICE, office.alice.phone().sipPort()}, {EXCHANGE, 5060}}) {
            heard.clear();
            int connection = host.connect(new HostAddress().setIpv4(end[0], end[1]), this);
            office.world.runTo(office.world.nowMs() + 400);
            byte[] text = options.getBytes(StandardCharsets.US_ASCII);
            host.write(connection, text, 0, text.length);
            office.world.runTo(office.world.nowMs() + 400);
            assertTrue(heard.get(0).startsWith("SIP/2.0 "), heard.toString());
            assertTrue(say(end[0], end[1], request("OPTIONS", "", "").getBytes(StandardCharsets.US_ASCII)).startsWith("SIP/2.0 "));
            host.close(connection);
        }
    }

    @Test
    @Shows({"6665-4.3-1", "6665-4.3-3"})
    void theExchangeRecordsItsRouteInTheNotifiesOfDialogsItIsOnAndInNoOthers() {
        String alice = "sip:alice@example.test";
        assertEquals("SIP/2.0 200 OK", asAlice("REGISTER", "sip:example.test", alice, alice, "Contact: <sip:alice@192.0.2.99>\r\nExpires: 600\r\n"));
        asAlice("SUBSCRIBE", alice, alice, alice, "Event: dialog\r\nContact: <sip:alice@192.0.2.99>\r\nExpires: 600\r\n");
        String subscribe = heard.stream().filter(m -> m.startsWith("SUBSCRIBE ")).findFirst().orElseThrow();
        String route = subscribe.split("\r\nRecord-Route: ")[1].split("\r\n")[0];
        for (String by : List.of("Route: " + route + "\r\n", "")) {
            String notify = request("NOTIFY", by + "Event: dialog\r\nSubscription-State: active\r\nContact: <sip:alice@192.0.2.99>\r\n", "")
                    .replace("sip:alice@192.0.2.10 ", "sip:alice@192.0.2.99 ").replace("<sip:alice@example.test>", "<sip:alice@example.test>;tag=c");
            heard.clear();
            host.send(socket, new HostAddress().setIpv4(EXCHANGE, 5060), notify.getBytes(StandardCharsets.US_ASCII), 0, notify.length());
            office.world.runTo(office.world.nowMs() + 400);
            List<String> carried = heard.stream().filter(m -> m.startsWith("NOTIFY ") && m.contains("Call-ID: t" + count + "\r\n")).toList();
            if (by.isEmpty()) {
                assertTrue(carried.size() == 1 && !carried.get(0).contains("Record-Route"), heard.toString());
            } else {
                assertTrue(carried.size() == 1 && carried.get(0).contains("Record-Route: " + route), route + ": " + heard);
            }
        }
    }

    @Test
    void theExchangeShowsThatItKnowsTheSecretToo() {
        String alice = "sip:alice@example.test";
        String contact = "Contact: <sip:alice@192.0.2.99>\r\nExpires: 600\r\n";
        assertEquals("SIP/2.0 200 OK", asAlice("REGISTER", "sip:example.test", alice, alice, contact));
        String info = heard.get(0).split("\r\nAuthentication-Info: ")[1].split("\r\n")[0];
        assertTrue(client.onInfo(new Slice().wrap(Ascii.bytes(info)), new Slice()), info);
        assertTrue(heard.get(0).contains("Contact: "), heard.get(0));
        String forged = info.replaceFirst("rspauth=\"[0-9a-f]{4}", "rspauth=\"0000");
        assertFalse(client.onInfo(new Slice().wrap(Ascii.bytes(forged)), new Slice()), forged);
        assertEquals("SIP/2.0 423 Interval Too Brief", asAlice("REGISTER", "sip:example.test", alice, alice, contact.replace("600", "1")));
        assertFalse(heard.get(0).contains("Authentication-Info"), heard.get(0));
    }

    @Test
    void theExchangeDeliversNoMessageThatMakesNoSenseAnyMore() {
        office.bob.powerOff();
        String bob = "sip:bob@example.test";
        for (String expires : new String[] {"Expires: 60\r\n", "Expires: 600\r\n", "", "Date: Mon, 01 Jan 2024 00:00:00 GMT\r\nExpires: 100000\r\n"}) {
            asAlice("MESSAGE", bob, "sip:alice@example.test", bob, "Content-Type: text/plain\r\n" + expires);
            office.world.runTo(office.world.nowMs() + 10_000);
            assertTrue(heard.get(heard.size() - 1).startsWith("SIP/2.0 202 "), heard.toString());
        }
        office.world.runTo(office.world.nowMs() + 60_000);
        office.bob.powerOn();
        office.world.runTo(office.world.nowMs() + 20_000);
        assertEquals(2, office.bob.ask("state").path("inbox").asInt());
    }

    @Test
    void aMessageThatMakesNoSenseAnyMoreSaysSo() {
        assertEquals("SIP/2.0 200 OK", ask("MESSAGE", "Content-Type: text/plain\r\nDate: Mon, 01 Jan 2024 00:00:00 GMT\r\nExpires: 60\r\n", "come now"));
        assertTrue(office.alice.ask("lcd").toString().contains("Bob"), "no pop-up for it");
        assertEquals("SIP/2.0 200 OK", ask("MESSAGE", "Content-Type: text/plain\r\nExpires: 60\r\n", "lunch"));
        assertTrue(office.alice.ask("wait 1000 lcd contains \"lunch\"").path("ok").asBoolean());
        office.alice.ask("press back back back messages ok");
        assertTrue(office.alice.ask("lcd").toString().contains("lunch"));
        assertFalse(office.alice.ask("lcd").toString().contains("no longer valid"));
        office.alice.ask("press back down ok");
        assertTrue(office.alice.ask("lcd").toString().contains("come now") && office.alice.ask("lcd").toString().contains("no longer valid"), office.alice.ask("lcd").toString());
        office.world.runTo(office.world.nowMs() + 61_000);
        office.alice.ask("press back up ok");
        assertTrue(office.alice.ask("lcd").toString().contains("lunch") && office.alice.ask("lcd").toString().contains("no longer valid"), office.alice.ask("lcd").toString());
    }

    @Test
    @Shows({"3261-10.3-13", "3261-10.3-14"})
    void aUserChangesTheBindingsOfItsOwnAddressAlone() {
        String me = "sip:alice@example.test";
        String contact = "Contact: <sip:alice@192.0.2.99>\r\n";
        assertEquals("SIP/2.0 403 Not Your Address", asAlice("REGISTER", "sip:example.test", me, "sip:bob@example.test", contact));
        assertEquals("SIP/2.0 403 Not Your Address", asAlice("REGISTER", "sip:example.test", "sip:bob@example.test", me, contact));
        assertEquals("SIP/2.0 403 Not Your Address", asAlice("MESSAGE", "sip:bob@example.test", "sip:alice@bank.test", "sip:bob@example.test", ""));
        assertEquals("SIP/2.0 404 Not Found", asAlice("REGISTER", "sip:example.test", me, "sip:alice@elsewhere.test", contact));
        assertEquals("SIP/2.0 200 OK", asAlice("REGISTER", "sip:example.test", me, me, contact));
        assertTrue(heard.get(0).contains("<sip:alice@192.0.2.99>"), heard.get(0));
    }

    @Test
    @Shows({"3261-10.3-15", "3261-10.3-16"})
    void everySpellingOfAnAddressHasTheSameBindings() {
        String contact = "Contact: <sip:alice@192.0.2.99>\r\n";
        String spelled = "sip:%61lic%65@EXAMPLE.test:5060;transport=udp;user=phone";
        assertEquals("SIP/2.0 200 OK", asAlice("REGISTER", "sip:example.test", spelled, spelled, contact));
        assertEquals("SIP/2.0 200 OK", asAlice("REGISTER", "sip:example.test", "sip:alice@example.test", "sip:alice@example.test", ""));
        assertTrue(heard.get(0).contains("<sip:alice@192.0.2.99>"), heard.get(0));
    }

    @Test
    @Shows("3261-10.3-9")
    void aRegistrationThatRequiresWhatTheExchangeHasNotChangesNothing() {
        String me = "sip:alice@example.test";
        assertEquals("SIP/2.0 420 Bad Extension", asAlice("REGISTER", "sip:example.test", me, me,
                "Require: path, teleport\r\nContact: <sip:alice@192.0.2.99>\r\n"));
        assertTrue(heard.get(0).contains("Unsupported: teleport"), heard.get(0));
        asAlice("REGISTER", "sip:example.test", me, me, "");
        assertTrue(!heard.get(0).contains("192.0.2.99>"), heard.get(0));
    }

    @Test
    void everyTransactionComesBackToItsPool() {
        garbageMovesACounterAndNothingElse();
        office.world.runTo(office.world.nowMs() + 40_000);
        var pools = office.alice.ask("state").path("pools");
        assertTrue(pools.path("clientTransactions").asInt() <= 3 && pools.path("serverTransactions").asInt() <= 6, pools.toString());
    }

    /** Pools of 0, 1, 2 ... entries: each ends in a clean "no room" or works; nothing breaks, and what works comes back. */
    @Test
    void theStoryWithSmallPoolsIsRefusedPolitelyOrPlays() throws Exception {
        int played = 0;
        for (int n = 0; n <= 6; n++) {
            VirtualOffice small = new VirtualOffice(1, Faults.NONE, Boards.load("pi-text-20x4"), false, n, 2 * n);
            small.powerOn();
            StoryDesk alice = small.alice;
            boolean green = alice.ask("wait 120000 lamp @bob green").path("ok").asBoolean();
            assertTrue(alice.ask("state").path("ok").asBoolean());
            played += green ? 1 : 0;
            assertTrue(n > 0 || !green, "without a transaction nothing can register");
        }
        assertTrue(played >= 3, "only " + played + " of 7 sizes were enough");
    }

    @Test
    void theRigSaysWhatItDoesNotUnderstand() {
        for (String bad : new String[] {"dance", "press", "press q", "lamp", "lamp L9", "lamp @nobody", "wait", "wait x lcd contains \"a\"",
            "wait 5 lcd contains a", "type hello", "type \"hello\"", "watch nothing", "power sideways"}) {
            var answer = office.alice.ask(bad);
            assertTrue(!answer.path("ok").asBoolean() && !answer.path("error").asText().isEmpty(), bad + ": " + answer);
        }
        assertTrue(office.alice.ask("dance").path("error").asText().contains("press, down, up, type"));
        assertTrue(office.alice.ask("link down").path("error").asText().contains("needs a bench"));
        assertEquals("#7", office.alice.ask("#7 lcd").path("id").asText());
        assertTrue(office.alice.ask("log 5").path("lines").size() == 5);
    }

    @Override
    public void onDatagram(int handle, HostAddress from, byte[] buffer, int offset, int length) {
        heard.add(new String(buffer, offset, length, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void onAccepted(int listeningHandle, int connection, HostAddress from) {
        // datagrams alone here
    }

    @Override
    public void onConnected(int connection) {
        // datagrams alone here
    }

    @Override
    public void onData(int connection, byte[] buffer, int offset, int length) {
        onDatagram(socket, null, buffer, offset, length);
    }

    @Override
    public void onClosed(int connection) {
        // datagrams alone here
    }
}
