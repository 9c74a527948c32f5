package org.sidetone.bench.policy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.sidetone.bench.server.Digest;

/**
 * The load of an XCAP server, in a process of its own: {@code PORT USERS WARM-UP-S SECONDS}. Each user writes his rules over and over through a kept connection of
 * his own, with digest, then reads them. Prints {@code put/s get/s}.
 */
public final class XcapLoadMain {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int IDENTITIES = 20;
    private static final byte[] RULES = rules().getBytes(StandardCharsets.UTF_8);

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Digest digest;
    private final String path;
    private final URI uri;

    private XcapLoadMain(int port, String user) {
        digest = new Digest(user);
        path = "/xcap-root/pres-rules/users/sip:" + user + "@example.test/index";
        uri = URI.create("http://127.0.0.1:" + port + path);
    }

    /** The program. */
    public static void main(String[] a) throws Exception {
        int port = Integer.parseInt(a[0]);
        List<XcapLoadMain> users = new ArrayList<>();
        for (String user : names(Integer.parseInt(a[1]))) {
            users.add(new XcapLoadMain(port, user));
        }
        double[] found = new double[2];
        for (int measured = 0; measured < 2; measured++) {
            double seconds = Double.parseDouble(a[2 + measured]);
            found[0] = together(users, "PUT", seconds);
            found[1] = together(users, "GET", seconds);
        }
        System.out.printf("%.1f %.1f%n", found[0], found[1]);
        System.exit(0);
    }

    /** The users that a load of so many needs. */
    static List<String> names(int users) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < users; i++) {
            names.add("u" + i);
        }
        return names;
    }

    private static double together(List<XcapLoadMain> users, String method, double seconds) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(users.size());
        try {
            List<Callable<Double>> all = new ArrayList<>();
            users.forEach(user -> all.add(() -> user.rate(method, seconds)));
            double sum = 0;
            for (Future<Double> one : threads.invokeAll(all)) {
                sum += one.get();
            }
            return sum;
        } finally {
            threads.shutdownNow();
        }
    }

    private double rate(String method, double seconds) throws IOException, InterruptedException {
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        long done = 0;
        for (long now = start; now < end; now = System.nanoTime()) {
            ask(method);
            done++;
        }
        return done * 1e9 / (System.nanoTime() - start);
    }

    private void ask(String method) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = answer(method);
        if (answer.statusCode() == 401) {
            StringBuilder challenges = new StringBuilder();
            answer.headers().allValues("WWW-Authenticate").forEach(c -> challenges.append("WWW-Authenticate: ").append(c).append("\r\n"));
            digest.challenge(challenges.toString());
            answer = answer(method);
        }
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(method + " of " + uri + " was answered " + answer.statusCode());
        }
    }

    private HttpResponse<byte[]> answer(String method) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
        if (method.equals("PUT")) {
            request.header("Content-Type", "application/auth-policy+xml").PUT(HttpRequest.BodyPublishers.ofByteArray(RULES));
        }
        if (digest.isReady()) {
            request.header("Authorization", digest.credentials(method, path));
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String rules() {
        StringBuilder s = new StringBuilder("<cp:ruleset xmlns:cp=\"urn:ietf:params:xml:ns:common-policy\" xmlns:pr=\"urn:ietf:params:xml:ns:pres-rules\"><cp:rule id=\"a\"><cp:conditions>"
                + "<cp:identity>");
        for (int i = 0; i < IDENTITIES; i++) {
            s.append("<cp:one id=\"sip:watcher").append(i).append("@example.test\"/>");
        }
        return s + "</cp:identity></cp:conditions><cp:actions><pr:sub-handling>allow</pr:sub-handling></cp:actions></cp:rule></cp:ruleset>";
    }
}
