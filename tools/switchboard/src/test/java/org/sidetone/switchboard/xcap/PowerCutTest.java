package org.sidetone.switchboard.xcap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.digest.Credentials;
import org.sidetone.digest.DigestClient;
import org.sidetone.digest.DigestFunction;
import org.sidetone.hal.bind.DigestsHash;
import org.sidetone.hal.crypto.BouncyDigests;
import org.sidetone.switchboard.SwitchboardCommand;
import picocli.CommandLine;

/** The exchange in a process of its own is killed in the middle of a PUT (signal 9): what it had answered is there, and nothing is there by half. */
class PowerCutTest {
    private static final Pattern ADDRESS = Pattern.compile("http://example\\.test:(\\d+)/xcap-root");
    private static final String DOCUMENT = "/xcap-root/resource-lists/users/alice/index";
    private static final int ROUNDS = 4;
    private static final int ENTRIES = 600;

    @TempDir
    private Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private Process process;
    private int port;
    private DigestClient digest;
    private final Credentials alice = new Credentials();

    /** Started by {@link #start}. */
    public static final class Main {
        private Main() {
        }

        public static void main(String[] arguments) {
            System.exit(new CommandLine(new SwitchboardCommand()).execute(arguments));
        }
    }

    private void start() throws IOException {
        process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"), Main.class.getName(),
                "--port", "0", "--xcap-port", "0", "--user", "alice:secret", "--data", folder.resolve("exchange.db").toString()).redirectErrorStream(true).start();
        BufferedReader said = process.inputReader();
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            all.append(line).append('\n');
            Matcher m = ADDRESS.matcher(line);
            if (m.find()) {
                port = Integer.parseInt(m.group(1));
                digest = new DigestClient(new DigestFunction(new DigestsHash(new BouncyDigests())), () -> 7);
                return;
            }
        }
        throw new AssertionError("the exchange said:\n" + all);
    }

    /** One request with credentials, asked for where there are none yet. */
    private HttpResponse<String> ask(String method, String body) throws IOException, InterruptedException {
        for (int attempt = 0; ; attempt++) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + DOCUMENT)).header("Content-Type", "application/resource-lists+xml")
                    .method(method, body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
            if (digest.isReady()) {
                ByteSink sink = new ByteSink().wrap(new byte[1024]);
                digest.putCredentials(alice, Ascii.bytes(method), new Slice().wrap(Ascii.bytes(DOCUMENT)), new Slice(), sink);
                request.header("Authorization", sink.slice(new Slice()).toString());
            }
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (response.statusCode() != 401 || attempt == 2) {
                return response;
            }
            digest.challenge(new Slice().wrap(Ascii.bytes(response.headers().firstValue("WWW-Authenticate").orElseThrow())));
        }
    }

    private static String document(int number) {
        StringBuilder out = new StringBuilder("<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list name=\"n" + number + "\">");
        for (int i = 0; i < ENTRIES; i++) {
            out.append("<entry uri=\"sip:").append(number).append('-').append(i).append("@example.test\"/>");
        }
        return out.append("</list></resource-lists>").toString();
    }

    @Test
    void whatWasAnsweredIsThereAndNothingByHalf() throws Exception {
        alice.username.set("alice");
        alice.password.set("secret");
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger asked = new AtomicInteger();
        for (int round = 0; round < ROUNDS; round++) {
            start();
            if (answered.get() > 0) {
                String kept = ask("GET", "").body();
                List<String> possible = List.of(document(answered.get()), document(asked.get()));
                assertTrue(possible.contains(kept), "answered " + answered + ", asked " + asked + ", kept " + kept.length() + " octets: " + kept.substring(0, Math.min(120, kept.length())));
            }
            Process running = process;
            int killAfter = answered.get() + 7 + 5 * round;
            Thread killer = new Thread(() -> {
                while (asked.get() <= killAfter) {
                    Thread.onSpinWait();
                }
                running.destroyForcibly();
            });
            killer.start();
            try {
                while (true) {
                    int number = asked.incrementAndGet();
                    HttpResponse<String> response = ask("PUT", document(number));
                    assertTrue(response.statusCode() == 200 || response.statusCode() == 201, response.statusCode() + " " + response.body());
                    answered.set(number);
                }
            } catch (IOException e) {
                assertNotNull(e);                       // the exchange is gone
            }
            killer.join();
            assertEquals(137, running.waitFor());
        }
    }
}
