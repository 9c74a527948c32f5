package org.sidetone.xcap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sidetone.JdkHash;
import org.sidetone.LoopStreams;
import org.sidetone.SeededRandom;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;
import org.sidetone.digest.Credentials;
import org.sidetone.digest.DigestFunction;
import org.sidetone.doc.xcapdiff.XcapDiffReader;
import org.sidetone.http.HttpClient;
import org.sidetone.port.Capacity;
import org.sidetone.port.Domains;
import org.sidetone.port.Flow;
import org.sidetone.port.StreamsUser;
import org.sidetone.sip.locate.Locator;
import org.sidetone.time.TimerQueue;

/** The states of a document; the test plays the server and answers each request with the next of its answers. */
class XcapDocumentTest implements XcapDocument.Owner {
    private final LoopStreams world = new LoopStreams(4825, 100_000);
    private final LoopStreams.Host phone = world.host(0x0A000001, 1);
    private final LoopStreams.Host server = world.host(0x0A000002, 80);
    private final TimerQueue timers = new TimerQueue();
    private final List<String> requests = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final ArrayDeque<String> answers = new ArrayDeque<>();
    private final XcapDocument document;
    private final XcapClient client;
    private int last;
    private String wanted = "<new/>";
    /** Leads to another part. */
    private Consumer<XcapEdit> way;
    /** Whether a part of a document will do. */
    private boolean part;
    /** Changes a node instead. */
    private Consumer<XcapEdit> node;
    /** What the server says it has, before it gives the answers above. */
    private String capabilities = "HTTP/1.1 404 None\r\nContent-Length: 0\r\n\r\n";

    XcapDocumentTest() {
        Locator locator = new Locator(null, new SeededRandom(1), Capacity.desk(), new Domains(4));
        HttpClient http = new HttpClient(phone, timers, locator, new DigestFunction(new JdkHash()), new SeededRandom(2), "test", 200);
        phone.user = http;
        client = new XcapClient(http, new SeededRandom(3), timers);
        FixedText user = new FixedText(100);
        user.set("sip:alice@e.test");
        assertTrue(client.set(slice("http://10.0.0.2/root"), user, new Credentials()));
        document = new XcapDocument(client, "pres-rules".getBytes(), "application/auth-policy+xml".getBytes(), 100, this);
        server.user = new StreamsUser() {
            @Override
            public boolean onAccepted(int connection, Flow from, long nowMs) {
                return true;
            }

            @Override
            public void onConnected(int connection, long nowMs) {
                throw new AssertionError("the server connects to nobody");
            }

            private final StringBuilder in = new StringBuilder();

            @Override
            public void onData(int connection, byte[] buffer, int offset, int length, long nowMs) {
                in.append(new String(buffer, offset, length, StandardCharsets.UTF_8));
                int end = in.indexOf("\r\n\r\n");
                int body = end < 0 || in.indexOf("Content-Length: ") < 0 ? 0 : Integer.parseInt(in.substring(in.indexOf("Content-Length: ") + 16, in.indexOf("\r", in.indexOf("Content-Length: "))));
                if (end < 0 || in.length() < end + 4 + body) {
                    return;
                }
                last = connection;
                boolean first = in.indexOf("GET /root/xcap-caps/global/index ") == 0;
                if (!first) {
                    requests.add(in.toString());
                }
                in.setLength(0);
                String answer = first ? capabilities : answers.poll();
                if (answer != null) {
                    byte[] b = answer.getBytes(StandardCharsets.UTF_8);
                    server.write(connection, b, 0, b.length);
                }
            }

            @Override
            public void onWritable(int connection, long nowMs) {
                // all fits
            }

            @Override
            public void onClosed(int connection, long nowMs) {
                in.setLength(0);
            }
        };
    }

    private static Slice slice(String text) {
        return new Slice().wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void onDocument(Slice content, long nowMs) {
        told.add("document " + content);
    }

    @Override
    public boolean write(Slice before, XcapEdit edit) {
        told.add("write on " + before);
        if (node != null) {
            node.accept(edit);
        } else {
            edit.document().put(wanted);
        }
        return !wanted.isEmpty();
    }

    @Override
    public boolean part(XcapEdit steps) {
        if (part && way != null) {
            way.accept(steps);
        } else if (part) {
            steps.step("l").step("e", "x", slice("1"));
        }
        return part;
    }

    @Override
    public void onPut(long nowMs) {
        told.add("put");
    }

    @Override
    public void onRefused(int status, FixedText why, long nowMs) {
        told.add("refused " + status + " " + why);
    }

    private void answer(String status, String tag, String body) {
        answers.add("HTTP/1.1 " + status + "\r\n" + (tag.isEmpty() ? "" : "ETag: " + tag + "\r\n") + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** Answers a request that waits for it. */
    private void reply(String status, String tag, String body) {
        byte[] b = ("HTTP/1.1 " + status + "\r\nETag: " + tag + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8);
        server.write(last, b, 0, b.length);
    }

    private List<String> told() {
        world.run();
        List<String> out = new ArrayList<>(told);
        told.clear();
        return out;
    }

    private String request() {
        return requests.remove(0);
    }

    private void pass(long ms) {
        long until = world.nowMs + ms;
        while (timers.nextDeadlineMs() <= until) {
            world.nowMs = Math.max(world.nowMs, timers.nextDeadlineMs());
            timers.poll(world.nowMs, 100);
            world.run();
        }
        world.nowMs = until;
    }

    @Test
    @Shows({"4825-7.1-1", "4825-7.1-2"})
    void aChangeIsMadeOnWhatIsThere() {
        answer("200 OK", "\"1\"", "<old/>");
        answer("200 OK", "\"2\"", "");
        document.change(0);
        assertEquals(List.of("document <old/>", "write on <old/>", "put"), told());
        assertTrue(request().startsWith("GET /root/pres-rules/users/sip:alice@e.test/index HTTP/1.1\r\n"));
        String put = request();
        assertTrue(put.startsWith("PUT /root/pres-rules/users/sip:alice@e.test/index ") && put.contains("\r\nIf-Match: \"1\"\r\n")
                && put.contains("\r\nContent-Type: application/auth-policy+xml\r\n") && put.endsWith("\r\n\r\n<new/>"), put);
        answer("304 Not Modified", "\"2\"", "");
        document.look(0);
        assertEquals(List.of(), told(), "it is what was put");
        assertTrue(request().contains("\r\nIf-None-Match: \"2\"\r\n"));
    }

    @Test
    void whereThereIsNoneItIsMade() {
        answer("404 None", "", "none");
        answer("201 Created", "\"1\"", "");
        document.change(0);
        assertEquals(List.of("document ", "write on ", "put"), told());
        request();
        assertTrue(request().contains("\r\nIf-None-Match: *\r\n"));
    }

    @Test
    void whoWasFasterIsReadFirst() {
        answer("200 OK", "\"1\"", "<old/>");
        answer("412 Changed", "\"2\"", "");
        answer("200 OK", "\"2\"", "<other/>");
        answer("200 OK", "\"3\"", "");
        document.change(0);
        assertEquals(List.of("document <old/>", "write on <old/>", "document <other/>", "write on <other/>", "put"), told());
        assertTrue(requests.get(3).contains("\r\nIf-Match: \"2\"\r\n"));
    }

    @Test
    void aChangeDuringAPutFollowsIt() {
        answer("404 None", "", "");
        document.change(0);
        assertEquals(List.of("document ", "write on "), told());
        wanted = "<newer/>";
        document.change(0);
        assertEquals(2, requests.size(), "one at a time");
        pass(20_100);
        answers.clear();
        answer("404 None", "", "");
        answer("201 Created", "\"1\"", "");
        pass(10_000);
        assertEquals(List.of("document ", "write on ", "put"), told());
        assertTrue(requests.get(requests.size() - 1).endsWith("<newer/>"));
        pass(1_000_000);
        assertEquals(List.of(), told(), "that was all");
    }

    @ParameterizedTest
    @CsvSource({"500 Broken", "503 Busy"})
    void whatFailsForNowIsTriedAgainEverMoreSeldom(String failure) {
        answer(failure, "", "");
        document.look(0);
        told();
        int seen = requests.size();
        for (int i = 0; i < 50; i++) {
            answer(failure, "", "");
        }
        pass(3_600_000);
        int tries = requests.size() - seen;
        assertTrue(tries >= 11 && tries <= 40, tries + " in an hour");
        answers.clear();
        answer("200 OK", "\"1\"", "<old/>");
        document.look(world.nowMs);
        assertEquals(List.of("document <old/>"), told(), "asked for, it is tried at once");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "401|who|refused 401 the password is not accepted", "403|no|refused 403 it is somebody else's", "413||refused 413 it is too large", "400||refused 400 the server says no",
        "409||refused 409 the server does not say why", "409|<x/>|refused 409 the server does not say why",
        "409|<xcap-error xmlns='urn:ietf:params:xml:ns:xcap-error'><cannot-insert/></xcap-error>|refused 409 it cannot be put there",
        "409|<xcap-error xmlns='urn:ietf:params:xml:ns:xcap-error'><extension><y/></extension></xcap-error>|refused 409 the server does not say why",
        "409|<xcap-error xmlns='urn:ietf:params:xml:ns:xcap-error'><uniqueness-failure phrase='taken &amp; gone'/></xcap-error>|refused 409 taken & gone"})
    @Shows("4825-11.1-5")
    void aRefusalIsToldInWordsAndGivenUp(String status, String body, String expected) {
        answer("404 None", "", "");
        answer(status + " No", "", body == null ? "" : body);
        document.change(0);
        assertEquals(List.of("document ", "write on ", expected), told());
        pass(1_000_000);
        assertEquals(2, requests.size());
    }

    /** The server says what became of a document. */
    private void diff(String previous, String now, String operations) {
        String text = "<d:xcap-diff xmlns:d='urn:ietf:params:xml:ns:xcap-diff' xcap-root='http://x/'><d:document sel='pres-rules/users/sip:alice@e.test/index' previous-etag='" + previous
                + "' new-etag='" + now + "'>" + operations + "</d:document></d:xcap-diff>";
        XcapDiffReader reader = new XcapDiffReader(50, 200);
        assertEquals(XcapDiffReader.GOOD, reader.read(slice(text), (selector, before, tag, patched) -> client.onChanged(selector, before, tag, patched ? reader : null, world.nowMs)));
    }

    @Test
    void aChangeThatIsToldIsMadeOnWhatIsHere() {
        answer("200 OK", "\"1\"", "<l><e/></l>");
        document.look(0);
        told();
        diff("1", "2", "<d:add sel='*'><f/></d:add>");
        diff("2", "3", "<d:remove sel='*/e'/>");
        diff("2", "3", "<d:remove sel='*/f'/>");
        assertEquals(List.of("document <l><e/><f/></l>", "document <l><f/></l>"), told(), "heard twice it is made once");
        assertEquals(2, document.patched());
        assertEquals(1, requests.size(), "nothing is fetched");
        answer("304 Not Modified", "\"3\"", "");
        answer("200 OK", "\"4\"", "");
        document.change(0);
        assertEquals(List.of("write on <l><f/></l>", "put"), told());
        assertTrue(requests.get(1).contains("\r\nIf-None-Match: \"3\"\r\n") && requests.get(2).contains("\r\nIf-Match: \"3\"\r\n"), requests.toString());
        diff("3", "4", "<d:remove sel='*/f'/>");
        assertEquals(3, requests.size(), "it was made here");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0|<d:remove sel='*/e'/>|it was made of another", "1|''|it is not said", "1|<d:remove sel='*/z'/>|there is no such thing",
        "1|<d:add sel='*'>yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy</d:add>|there is no room"})
    void whatCannotBeMadeIsFetched(String previous, String operations, String why) {
        answer("200 OK", "\"1\"", "<l><e/></l>");
        document.look(0);
        told();
        answer("200 OK", "\"2\"", "<other/>");
        diff(previous, "2", operations);
        assertEquals(List.of("document <other/>"), told(), why);
        assertEquals(0, document.patched());
    }

    @Test
    void whatIsHeardWhileOneIsPutIsItOrIsFetched() {
        answer("404 None", "", "");
        document.change(0);
        told();
        diff("0", "1", "");
        answers.clear();
        reply("201 Created", "\"1\"", "");
        assertEquals(List.of("put"), told());
        assertEquals(2, requests.size(), "that was it");
        answer("304 Same", "\"1\"", "");
        document.change(0);
        told();
        diff("1", "2", "");
        diff("2", "3", "");
        answer("200 OK", "\"3\"", "<other/>");
        reply("200 OK", "\"2\"", "");
        assertEquals(List.of("put", "document <other/>"), told(), "somebody else was there right after it");
    }

    @Test
    void whatIsTooLargeOrNothingIsNotPut() {
        answer("200 OK", "\"1\"", "x".repeat(101));
        document.look(0);
        assertEquals(List.of("refused 0 it is too large"), told());
        answer("200 OK", "\"1\"", "x".repeat(201));
        document.look(0);
        assertEquals(List.of("refused 0 it is too large"), told());
        wanted = "x".repeat(201);
        answer("404 None", "", "");
        document.change(0);
        assertEquals(List.of("document ", "write on ", "refused 0 it is too large"), told());
        wanted = "";
        answer("404 None", "", "");
        document.change(0);
        assertEquals(List.of("document ", "write on "), told());
        assertEquals(4, requests.size());
    }

    /** The URIs are those of RFC 4825 section 6.3, as HTTP wants them. */
    @Test
    void aNodeIsPutOrTakenAway() {
        answer("200 OK", "\"1\"", "<l/>");
        answer("201 Created", "\"2\"", "");
        node = e -> e.step("l").step("p:e", "uri", slice("sip:a%b?&\"@\u00e9")).bind("p", "urn:p").bind("q", "urn:q").element().put("<e/>");
        document.change(0);
        assertEquals(List.of("document <l/>", "write on <l/>", "put"), told());
        String put = requests.get(1);
        assertTrue(put.startsWith("PUT /root/pres-rules/users/sip:alice@e.test/index/~~/l/p:e%5b@uri=%22sip:a%25b%3f&amp;&quot;@%c3%a9%22%5d?xmlns(p=urn:p)xmlns(q=urn:q) HTTP/1.1\r\n"), put);
        assertTrue(put.contains("\r\nContent-Type: application/xcap-el+xml\r\n") && put.contains("\r\nIf-Match: \"1\"\r\n") && put.endsWith("\r\n\r\n<e/>"), put);

        answer("200 OK", "\"2\"", "<l><e/></l>");
        answer("200 OK", "\"3\"", "");
        node = e -> e.step("l").step("e").attribute("x").put("1 &amp; 2");
        document.change(0);
        assertEquals(List.of("document <l><e/></l>", "write on <l><e/></l>", "put"), told());
        assertFalse(requests.get(2).contains("If-None-Match"), "what the whole is like is the server's to say");
        put = requests.get(3);
        assertTrue(put.startsWith("PUT /root/pres-rules/users/sip:alice@e.test/index/~~/l/e/@x HTTP/1.1\r\n") && put.contains("\r\nContent-Type: application/xcap-att+xml\r\n")
                && put.endsWith("\r\n\r\n1 &amp; 2"), put);

        answer("200 OK", "\"3\"", "<l><e x='1'/></l>");
        answer("200 OK", "\"4\"", "");
        node = e -> e.step("l").step("e").delete();
        document.change(0);
        told();
        String delete = requests.get(5);
        assertTrue(delete.startsWith("DELETE /root/pres-rules/users/sip:alice@e.test/index/~~/l/e HTTP/1.1\r\n") && delete.contains("\r\nIf-Match: \"3\"\r\n")
                && !delete.contains("Content-Type"), delete);
        int before = requests.size();
        diff("3", "4", "<d:remove sel='*/e'/>");
        assertEquals(before, requests.size(), "that was we");
        answer("200 OK", "\"5\"", "<l/>");
        diff("4", "5", "<d:add sel='*'><f/></d:add>");
        assertEquals(List.of("document <l/>"), told(), "there is nothing to patch");
    }

    @Test
    void aWholeDocumentIsTakenAway() {
        answer("200 OK", "\"1\"", "<l/>");
        answer("200 OK", "", "");
        node = XcapEdit::delete;
        document.change(0);
        assertEquals(List.of("document <l/>", "write on <l/>", "put"), told());
        assertTrue(requests.get(1).startsWith("DELETE /root/pres-rules/users/sip:alice@e.test/index HTTP/1.1\r\n") && requests.get(1).contains("\r\nIf-Match: \"1\"\r\n"), requests.get(1));
        answer("404 None", "", "");
        document.look(0);
        assertEquals(List.of("document "), told());
    }

    @Test
    void whatIsGoneAlreadyIsTakenAway() {
        answer("200 OK", "\"1\"", "<l/>");
        answer("404 None", "", "");
        node = e -> e.step("l").step("e").delete();
        document.change(0);
        assertEquals(List.of("document <l/>", "write on <l/>", "put"), told());
        answer("200 OK", "\"1\"", "<l/>");
        document.look(0);
        told();
        assertFalse(requests.get(2).contains("If-None-Match"));
    }

    @Test
    void aNodeThatSomebodyWasFasterWithIsPutOnWhatHeLeft() {
        answer("200 OK", "\"1\"", "<l/>");
        answer("412 Changed", "", "");
        answer("200 OK", "\"2\"", "<l><f/></l>");
        answer("409 No", "", "<xcap-error xmlns='urn:ietf:params:xml:ns:xcap-error'><no-parent/></xcap-error>");
        node = e -> e.step("l").element().put("<l/>");
        document.change(0);
        assertEquals(List.of("document <l/>", "write on <l/>", "document <l><f/></l>", "write on <l><f/></l>", "refused 409 what it belongs into is gone"), told());
    }

    @Test
    void aSelectorOrABodyWithoutRoomIsRefused() {
        answer("200 OK", "\"1\"", "<l/>");
        node = e -> e.step("l", "x", slice("y".repeat(600))).element().put("<l/>");
        document.change(0);
        assertEquals(List.of("document <l/>", "write on <l/>", "refused 0 it is too large"), told());
        answer("200 OK", "\"1\"", "<l/>");
        answer("200 OK", "\"2\"", "");
        node = e -> {
            e.step("l", "x", slice("y".repeat(600))).element().put("x".repeat(150));
            e.clear();
            e.document().put("<m/>");
        };
        document.change(0);
        assertEquals(List.of("document <l/>", "write on <l/>", "put"), told(), "taken back, it does not count");
        assertTrue(requests.get(2).endsWith("\r\n\r\n<m/>") && requests.get(2).contains("/index HTTP"), requests.get(2));
    }

    private void offers(String body) {
        capabilities = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String caps(String auids) {
        return "<xcap-caps xmlns='urn:ietf:params:xml:ns:xcap-caps'><namespaces><namespace>pres-rules</namespace></namespaces><auids>" + auids + "</auids></xcap-caps>";
    }

    /** RFC 4825 section 12. */
    @Test
    void aServerThatSaysWhatItKeepsIsNotAskedForAnythingElse() {
        offers(caps("<auid>xcap-caps</auid><auid>rls-services</auid>"));
        document.change(0);
        assertEquals(List.of("refused 0 the server keeps no such documents"), told());
        assertEquals(0, requests.size());
        document.look(0);
        assertEquals(List.of("refused 0 the server keeps no such documents"), told());
    }

    @ParameterizedTest
    @ValueSource(strings = {"<auid>x</auid><auid> pres-rules </auid>", "", "<auid>pres-rules", "<other"})
    void otherwiseItIs(String auids) {
        offers(auids.isEmpty() ? "" : auids.equals("<other") ? "<other/>" : caps(auids));
        answer("200 OK", "\"1\"", "<old/>");
        document.look(0);
        assertEquals(List.of("document <old/>"), told());
    }

    @Test
    void aServerThatIsAwayIsAskedWhatItKeepsWhenItIsBack() {
        capabilities = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n";
        document.change(0);
        assertEquals(List.of(), told());
        pass(1_000_000);
        assertEquals(List.of(), told());
        capabilities = "HTTP/1.1 404 None\r\nContent-Length: 0\r\n\r\n";
        answer("404 None", "", "");
        answer("201 Created", "\"1\"", "");
        document.look(world.nowMs);
        assertEquals(List.of("document ", "write on ", "put"), told(), "asked for, it is tried at once");
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 201})
    void ofADocumentThatIsTooLargeAPartIsFetched(int size) {
        part = true;
        answer("200 OK", "\"1\"", "x".repeat(size));
        answer("200 OK", "\"1\"", "<e x='1'/>");
        document.look(0);
        assertEquals(List.of("document <e x='1'/>"), told());
        assertTrue(requests.get(0).startsWith("GET /root/pres-rules/users/sip:alice@e.test/index HTTP/1.1\r\n"));
        assertTrue(requests.get(1).startsWith("GET /root/pres-rules/users/sip:alice@e.test/index/~~/l/e%5b@x=%221%22%5d HTTP/1.1\r\n"), requests.get(1));
        answer("200 OK", "\"2\"", "<e x='1'/>");
        answer("200 OK", "\"3\"", "");
        node = e -> e.step("l").step("e", "x", slice("1")).step("f").element().put("<f/>");
        document.change(0);
        assertEquals(List.of("document <e x='1'/>", "write on <e x='1'/>", "put"), told());
        assertTrue(requests.get(2).contains("/~~/l/e%5b") && requests.get(3).contains("\r\nIf-Match: \"2\"\r\n"), requests.toString());
        answer("404 None", "", "");
        answer("201 Created", "\"4\"", "");
        node = e -> e.step("l").step("e", "x", slice("1")).element().put("<e x='1'/>");
        document.change(0);
        assertEquals(List.of("document ", "write on ", "put"), told(), "the part is not there; the document is");
        assertFalse(requests.get(5).contains("If-"), requests.get(5));
        answer("200 OK", "\"5\"", "<e>" + "x".repeat(120) + "</e>");
        document.look(0);
        assertEquals(List.of("refused 0 it is too large"), told(), "so is the part");
    }

    @Test
    void whereThePartDoesNotFitInTheWholeIsLookedAtOnceMore() {
        part = true;
        answer("200 OK", "\"1\"", "x".repeat(101));
        answer("404 None", "", "");
        document.look(0);
        told();
        node = e -> {
            if (document.isPartial()) {
                e.step("l").step("e").element().put("<e/>");
            } else {
                e.document().put("<l><e/></l>");
            }
        };
        answer("404 None", "", "");
        answer("409 No", "", "");
        answer("404 None", "", "");
        answer("201 Created", "\"2\"", "");
        document.change(0);
        assertEquals(List.of("document ", "write on ", "document ", "write on ", "put"), told(), "all of it was gone");
        assertTrue(requests.get(5).contains("\r\nIf-None-Match: *\r\n") && requests.get(5).endsWith("<l><e/></l>"), requests.get(5));
        answer("200 OK", "\"3\"", "x".repeat(101));
        answer("404 None", "", "");
        answer("409 No", "", "");
        answer("200 OK", "\"3\"", "x".repeat(101));
        answer("404 None", "", "");
        answer("409 No", "", "");
        document.change(0);
        List<String> said = told();
        assertEquals("refused 409 the server does not say why", said.get(said.size() - 1), "but not for ever");
        assertEquals(12, requests.size());
    }

    @Test
    void thePartMayBeAnAttributeOrNamespaceBindings() {
        part = true;
        way = e -> e.step("l").step("e").attribute("x");
        answer("200 OK", "\"1\"", "x".repeat(101));
        answer("200 OK", "\"1\"", "one &amp; all");
        document.look(0);
        assertEquals(List.of("document one &amp; all"), told());
        assertTrue(requests.get(1).startsWith("GET /root/pres-rules/users/sip:alice@e.test/index/~~/l/e/@x HTTP/1.1\r\n"), requests.get(1));
        answer("200 OK", "\"1\"", "one &amp; all");
        answer("200 OK", "\"2\"", "");
        node = e -> {
            e.step("l").step("e").attribute("x");
            e.delete();
        };
        document.change(0);
        told();
        assertTrue(requests.get(3).startsWith("DELETE /root/pres-rules/users/sip:alice@e.test/index/~~/l/e/@x HTTP/1.1\r\n") && requests.get(3).contains("\r\nIf-Match: \"1\"\r\n"), requests.get(3));
        way = e -> e.step("p:l").namespaces().bind("p", "urn:p");
        answer("200 OK", "\"2\"", "<l xmlns='urn:p'/>");
        document.look(0);
        assertEquals(List.of("document <l xmlns='urn:p'/>"), told());
        assertTrue(requests.get(4).startsWith("GET /root/pres-rules/users/sip:alice@e.test/index/~~/p:l/namespace::*?xmlns(p=urn:p) HTTP/1.1\r\n"), requests.get(4));
    }
}
