package org.sidetone.switchboard.xcap;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.sidetone.switchboard.xcap.XcapDoor.Answer;
import org.sidetone.switchboard.xcap.XcapDoor.Call;

/** HTTP before the XCAP server, by the JDK's server; its threads wait for the exchange's. */
public final class HttpFront implements AutoCloseable {
    public static final String ROOT = "/xcap-root";

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");       // else a body waits 40 ms for the acknowledgement of its head
    }

    private static final int THREADS = 8;
    private static final int MOST_BYTES = 1 << 20;
    private static final int PATIENCE_SEC = 10;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "xcap");
        thread.setDaemon(true);
        return thread;
    });
    private final XcapDoor door;
    private final Runnable wakeUp;

    /** @param tls null: plain HTTP. @param wakeUp of the exchange's loop. @throws IOException when the port is not to be had */
    public HttpFront(int port, SSLContext tls, XcapDoor door, Runnable wakeUp) throws IOException {
        this.door = door;
        this.wakeUp = wakeUp;
        if (tls == null) {
            server = HttpServer.create(new InetSocketAddress(port), 0);
        } else {
            HttpsServer secure = HttpsServer.create(new InetSocketAddress(port), 0);
            secure.setHttpsConfigurator(new com.sun.net.httpserver.HttpsConfigurator(tls));
            server = secure;
        }
        server.setExecutor(threads);
        server.createContext(ROOT, this::handle);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body;
            try (InputStream in = exchange.getRequestBody()) {
                body = in.readNBytes(MOST_BYTES + 1);
            }
            Answer answer = body.length > MOST_BYTES ? new Answer(XcapAnswer.refused(413, "At most " + MOST_BYTES + " octets"), java.util.List.of(), null) : ask(exchange, body);
            answer(exchange, answer);
        }
    }

    private Answer ask(HttpExchange exchange, byte[] body) {
        Headers headers = exchange.getRequestHeaders();
        String target = exchange.getRequestURI().toString();
        int root = target.indexOf(ROOT);
        XcapRequest request = new XcapRequest(exchange.getRequestMethod(), target.substring(root + ROOT.length()), headers.getFirst("Content-Type"),
                joined(headers, "If-Match"), joined(headers, "If-None-Match"), body, null);
        CompletableFuture<Answer> future = new CompletableFuture<>();
        if (door.offer(new Call(target.substring(root), headers.getFirst("Authorization"), request, future))) {
            wakeUp.run();
            try {
                return future.get(PATIENCE_SEC, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                // answered below
            }
        }
        return new Answer(XcapAnswer.refused(503, "The exchange is busy: try again"), java.util.List.of(), null);
    }

    private static String joined(Headers headers, String name) {
        return headers.containsKey(name) ? String.join(",", headers.get(name)) : null;
    }

    private static void answer(HttpExchange exchange, Answer answer) throws IOException {
        XcapAnswer xcap = answer.xcap();
        Headers out = exchange.getResponseHeaders();
        if (xcap.contentType() != null) {
            out.set("Content-Type", xcap.contentType());
        }
        if (xcap.etag() != null) {
            out.set("ETag", xcap.etag());
        }
        if (xcap.allow() != null) {
            out.set("Allow", xcap.allow());
        }
        if (xcap.status() == 503) {
            out.set("Retry-After", "5");
        }
        if (answer.info() != null) {
            out.set("Authentication-Info", answer.info());
        }
        answer.challenges().forEach(c -> out.add("WWW-Authenticate", c));
        boolean head = exchange.getRequestMethod().equals("HEAD");
        byte[] body = xcap.body();
        exchange.sendResponseHeaders(xcap.status(), head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
