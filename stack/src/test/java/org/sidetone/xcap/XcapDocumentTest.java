package org.sidetone.xcap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sidetone.JdkHash;
import org.sidetone.LoopStreams;
import org.sidetone.SeededRandom;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;
import org.sidetone.digest.Credentials;
import org.sidetone.digest.DigestFunction;
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
    private String wanted = "<new/>";

    XcapDocumentTest() {
        Locator locator = new Locator(null, new SeededRandom(1), Capacity.desk(), new Domains(4));
        HttpClient http = new HttpClient(phone, timers, locator, new DigestFunction(new JdkHash()), new SeededRandom(2), "test", 200);
        phone.user = http;
        XcapClient client = new XcapClient(http);
        FixedText user = new FixedText(100);
        user.set("sip:alice@e.test");
        assertTrue(client.set(slice("http://10.0.0.2/root"), user, new Credentials()));
        document = new XcapDocument(client, "pres-rules".getBytes(), "application/auth-policy+xml".getBytes(), 100, new SeededRandom(3), timers, this);
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
                int body = in.indexOf("Content-Length: ") < 0 ? 0 : Integer.parseInt(in.substring(in.indexOf("Content-Length: ") + 16, in.indexOf("\r", in.indexOf("Content-Length: "))));
                if (end < 0 || in.length() < end + 4 + body) {
                    return;
                }
                requests.add(in.toString());
                in.setLength(0);
                String answer = answers.poll();
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
    public boolean write(Slice before, ByteSink out) {
        told.add("write on " + before);
        out.put(wanted);
        return !wanted.isEmpty();
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
}
