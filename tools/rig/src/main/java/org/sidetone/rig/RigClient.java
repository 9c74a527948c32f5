package org.sidetone.rig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** One line to a rig port. One request at a time; not for several threads. */
public final class RigClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CONNECT_MS = 5000;

    private final Socket socket = new Socket();
    private final BufferedReader in;
    private Consumer<JsonNode> events = event -> { };

    /** @param token empty: none is said. @throws IOException when nobody listens there or the token is wrong */
    public RigClient(String host, int port, String token) throws IOException {
        try {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MS);
        } catch (IOException e) {
            socket.close();
            throw new IOException("no rig port at " + host + ":" + port + ": start the phone with --rig " + port, e);
        }
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        if (!token.isEmpty()) {
            JsonNode answer = ask("hello " + token);
            if (!answer.path("ok").asBoolean()) {
                socket.close();
                throw new IOException(answer.path("error").asText());
            }
        }
    }

    /** Hears of events ({@code watch}) that come while an answer is awaited. */
    public void onEvent(Consumer<JsonNode> listener) {
        events = listener;
    }

    /** Says a request and waits for its answer, however long a {@code wait} takes. */
    public JsonNode ask(String request) throws IOException {
        socket.getOutputStream().write((request + "\n").getBytes(StandardCharsets.UTF_8));
        while (true) {
            JsonNode answer = next();
            if (!answer.has("event")) {
                return answer;
            }
            events.accept(answer);
        }
    }

    /** Waits for the next line, an answer or an event. @throws IOException when the other side hung up */
    public JsonNode next() throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new IOException("the phone hung up");
        }
        return JSON.readTree(line);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
