package org.sidetone.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sidetone.JdkHash;
import org.sidetone.LoopStreams;
import org.sidetone.SeededRandom;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;
import org.sidetone.digest.Credentials;
import org.sidetone.digest.DigestFunction;
import org.sidetone.digest.DigestServer;
import org.sidetone.port.Capacity;
import org.sidetone.port.Domains;
import org.sidetone.port.Flow;
import org.sidetone.port.Hash;
import org.sidetone.port.StreamsUser;
import org.sidetone.sip.locate.Locator;
import org.sidetone.time.TimerQueue;

/** The client against a server that the test plays, over connections that cut everywhere. */
class HttpClientTest implements HttpUser {
    private static final byte[] GET = "GET".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PUT = "PUT".getBytes(StandardCharsets.US_ASCII);

    private final LoopStreams world = new LoopStreams(9112, 100_000);
    private final LoopStreams.Host clientSide = world.host(0x0A000001, 1);
    private final LoopStreams.Host serverSide = world.host(0x0A000002, 80);
    private final TimerQueue timers = new TimerQueue();
    private final DigestFunction function = new DigestFunction(new JdkHash());
    private final Credentials alice = new Credentials();
    private final List<String> requests = new ArrayList<>();
    private final List<String> ends = new ArrayList<>();
    private final HttpClient client;
    private Function<String, String> server = request -> "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private boolean closesAfter;
    private int accepted;

    HttpClientTest() {
        Capacity capacity = Capacity.desk();
        Locator locator = new Locator(null, new SeededRandom(1), capacity, new Domains(4));
        client = new HttpClient(clientSide, timers, locator, function, new SeededRandom(2), "test", 1000);
        clientSide.user = client;
        alice.username.set("alice");
        alice.password.set("secret");
        serverSide.user = new StreamsUser() {
            private final StringBuilder in = new StringBuilder();

            @Override
            public boolean onAccepted(int connection, Flow from, long nowMs) {
                accepted++;
                in.setLength(0);
                return true;
            }

            @Override
            public void onConnected(int connection, long nowMs) {
                throw new AssertionError("the server connects to nobody");
            }

            @Override
            public void onData(int connection, byte[] buffer, int offset, int length, long nowMs) {
                in.append(new String(buffer, offset, length, StandardCharsets.UTF_8));
                int end = in.indexOf("\r\n\r\n");
                if (end < 0) {
                    return;
                }
                int body = in.indexOf("Content-Length: ") < 0 ? 0 : Integer.parseInt(in.substring(in.indexOf("Content-Length: ") + 16, in.indexOf("\r", in.indexOf("Content-Length: "))));
                if (in.length() < end + 4 + body) {
                    return;
                }
                requests.add(in.toString());
                in.setLength(0);
                String answer = server.apply(requests.get(requests.size() - 1));
                if (answer != null) {
                    byte[] b = answer.getBytes(StandardCharsets.UTF_8);
                    serverSide.write(connection, b, 0, b.length);
                }
                if (answer == null || closesAfter) {
                    serverSide.close(connection);
                }
            }

            @Override
            public void onWritable(int connection, long nowMs) {
                // all fits
            }

            @Override
            public void onClosed(int connection, long nowMs) {
                // the client may
            }
        };
    }

    @Override
    public void onAnswer(HttpResponse response, long nowMs) {
        ends.add(response.status() + " " + response.body(new Slice()));
    }

    @Override
    public void onNoAnswer(int why, long nowMs) {
        ends.add("no answer " + why);
    }

    private static Slice slice(String text) {
        return new Slice().wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private String ask(byte[] method, String root, String path, String body) {
        ByteSink sink = new ByteSink();
        if (body != null) {
            client.body(sink).put(body);
        }
        assertTrue(client.request(method, slice(root), slice(path), slice("X: y\r\n"), body == null ? null : sink, alice, this, world.nowMs));
        world.run();
        return ends.isEmpty() ? "" : ends.remove(0);
    }

    private String get() {
        return ask(GET, "http://10.0.0.2/root", "/a", null);
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
    void aRequestSaysWhatHttpWantsAndTheConnectionIsKept() {
        assertEquals("200 ok", get());
        assertEquals("GET /root/a HTTP/1.1\r\nHost: 10.0.0.2\r\nUser-Agent: test\r\nX: y\r\n\r\n", requests.get(0));
        assertEquals("200 ok", ask(PUT, "http://10.0.0.2/root", "/b", "body"));
        assertTrue(requests.get(1).endsWith("Content-Length: 4\r\n\r\nbody"), requests.get(1));
        assertEquals(1, accepted);
        pass(31_000);
        assertEquals(0, clientSide.connections(), "not for ever");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding:CHUNKED\r\n\r\n00b\r\nhello world\r\n0\r\nTrailer: x\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length:  11 \r\n\r\nhello world",
        "HTTP/1.1 200\r\nContent-Length: 11\r\n\r\nhello world",
        "HTTP/1.1 200 OK\nContent-Length: 11\n\nhello world"})
    void everyKindOfBodyIsRead(String answer) {
        server = request -> answer;
        for (int i = 0; i < 20; i++) {
            assertEquals("200 hello world", get());
        }
        assertEquals(1, accepted);
    }

    @Test
    void aBodyMayEndWithTheConnection() {
        server = request -> "HTTP/1.0 200 OK\r\n\r\nhello";
        closesAfter = true;
        assertEquals("200 hello", get());
        assertEquals("200 hello", get());
        assertEquals(2, accepted);
    }

    @Test
    void anAnswerWithoutABodyHasNone() {
        server = request -> "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n";
        assertEquals("304 ", get());
        server = request -> "HTTP/1.1 204 No Content\r\n\r\n";
        assertEquals("204 ", get());
    }

    @ParameterizedTest
    @CsvSource({"SIP/2.0 200 OK, 3", "HTTP/1.1 2x0 OK, 3", "'HTTP/1.1 200 OK\r\nContent-Length: -1', 3", "'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip', 3",
        "'HTTP/1.1 200 OK\r\nContent-Length: 1001', 4", "HTTP/1.1 101 Switching, 3"})
    void whatIsNoAnswerIsSaidToBeNone(String head, int why) {
        server = request -> head + "\r\n\r\n";
        assertEquals("no answer " + why, get());
        server = request -> "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
        assertEquals("200 ", get());
    }

    @Test
    void moreThanThereIsRoomForIsRefused() {
        server = request -> "HTTP/1.1 200 OK\r\nX: " + "x".repeat(5000) + "\r\n\r\n";
        assertEquals("no answer 4", get());
        server = request -> "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffff\r\n";
        assertEquals("no answer 4", get());
        server = request -> "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" + "x".repeat(1001) + "\r\n0\r\n\r\n";
        assertEquals("no answer 4", get());
        ByteSink body = client.body(new ByteSink());
        body.put("x".repeat(1001));
        assertFalse(client.request(PUT, slice("http://10.0.0.2/"), slice("a"), slice(""), body, alice, this, 0));
    }

    @Test
    void aKeptConnectionThatWasClosedIsMadeAnewOnce() {
        get();
        closesAfter = true;
        int[] answers = {0};
        server = request -> answers[0]++ == 0 ? null : "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        assertEquals("200 ok", get());
        assertEquals(2, accepted);
        pass(60_000);
        server = request -> null;
        assertEquals("no answer 2", get(), "a fresh one is not tried again");
    }

    @Test
    void whoIsNotThereOrSaysNothingIsGivenUp() {
        assertEquals("no answer 1", ask(GET, "http://10.0.0.9/", "", null));
        server = request -> "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort";
        assertEquals("", get());
        assertTrue(client.isBusy());
        assertFalse(client.request(GET, slice("http://10.0.0.2/"), slice(""), slice(""), null, alice, this, 0), "one at a time");
        pass(21_000);
        assertEquals(List.of("no answer 2"), ends);
        assertFalse(client.isBusy());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://x/", "http://", "http:///a", "http://h:0/", "http://h:99999/", "http://h:x/", "http://a b/", "http://h/ä"})
    void whatIsNoUriIsRefused(String root) {
        assertFalse(client.request(GET, slice(root), slice(""), slice(""), null, alice, this, 0));
    }

    @Test
    @Shows("4825-14-5")
    void whoIsAskedProvesHimself() {
        DigestServer.Users users = new DigestServer.Users() {
            @Override
            public boolean password(Slice username, FixedText password) {
                return password.set("secret");
            }

            @Override
            public boolean unhash(int algorithm, Slice userHash, FixedText username) {
                return false;
            }
        };
        DigestServer digest = new DigestServer(function, new SeededRandom(3), users, "realm", 60_000, 16);
        server = request -> {
            String authorization = request.contains("Authorization: ") ? request.replaceAll("(?s).*Authorization: ([^\r]*)\r.*", "$1") : null;
            String[] line = request.split(" ");
            int verdict = authorization == null ? DigestServer.MISSING : digest.check(slice(authorization), line[0].getBytes(), slice(line[1]), slice(""), world.nowMs);
            if (verdict == DigestServer.GOOD) {
                return "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood";
            }
            ByteSink challenge = new ByteSink().wrap(new byte[500]);
            digest.putChallenge(Hash.SHA_256, verdict == DigestServer.STALE, world.nowMs, challenge);
            return "HTTP/1.1 401 Who\r\nWWW-Authenticate: Basic realm=\"x\"\r\nWWW-Authenticate: " + challenge.slice(new Slice()) + "\r\nContent-Length: 0\r\n\r\n";
        };
        assertEquals("200 good", get());
        assertEquals(2, requests.size());
        assertEquals("200 good", get());
        assertEquals(3, requests.size(), "the nonce is used on");
        pass(61_000);
        assertEquals("200 good", get());
        assertEquals(5, requests.size(), "it was old");
        alice.password.set("wrong");
        assertEquals("401 ", get());
        assertTrue(requests.size() <= 8, "not tried for ever");
    }
}
