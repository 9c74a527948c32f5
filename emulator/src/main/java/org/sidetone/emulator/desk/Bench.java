package org.sidetone.emulator.desk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The bench's half of the rig (docs/rig.md): power, link, storage, clock. Its port outlives a power cut; everything else is
 * forwarded to the phone's own rig port, line by line.
 */
public final class Bench implements AutoCloseable {
    private static final Set<String> OWN = Set.of("power", "link", "storage", "clock");
    private static final int LINE_LIMIT = 1024;

    private final DeskPhone desk;
    private final String token;
    private final ServerSocket server;

    /** @param port 0: any. @param token what a rig says first; empty: nothing */
    public Bench(DeskPhone desk, int port, String token, boolean everywhere) throws IOException {
        this.desk = desk;
        this.token = token;
        server = new ServerSocket();
        try {
            server.bind(everywhere ? new InetSocketAddress(port) : new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            server.close();
            throw new IOException("rig port " + port + " is in use: choose another with --rig, or 0 for any");
        }
        Thread t = new Thread(this::accept, "bench-" + desk.owner());
        t.setDaemon(true);
        t.start();
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread t = new Thread(() -> serve(socket), "rig-" + desk.owner());
                t.setDaemon(true);
                t.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket; Line line = new Line()) {
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            OutputStream out = socket.getOutputStream();
            boolean trusted = token.isEmpty();
            for (String request = in.readLine(); request != null; request = in.readLine()) {
                if (request.isBlank()) {
                    continue;
                }
                String id = request.startsWith("#") ? request.split(" ", 2)[0] : "";
                String words = request.substring(id.length()).trim();
                String answer;
                if (words.startsWith("hello")) {
                    trusted |= words.equals("hello " + token);
                    answer = trusted ? ok(id, ",\"board\":\"" + desk.board().name() + "\"") : fail(id, "wrong token");
                } else if (!trusted) {
                    answer = fail(id, "say hello TOKEN first");
                } else if (OWN.contains(words.split(" ", 2)[0])) {
                    answer = own(id, words);
                } else {
                    line.forward(request, id, socket);
                    if (words.equals("quit")) {
                        return;
                    }
                    continue;
                }
                synchronized (socket) {
                    out.write(answer.getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException gone) {
            // the rig hung up
        }
    }

    private static String ok(String id, String more) {
        return "{\"ok\":true" + id(id) + more + "}\n";
    }

    private static String fail(String id, String why) {
        return "{\"ok\":false" + id(id) + ",\"error\":\"" + why.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}\n";
    }

    private static String id(String id) {
        return id.isEmpty() ? "" : ",\"id\":\"" + id.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private String own(String id, String words) {
        try {
            switch (words) {
                case "power off" -> desk.powerOff();
                case "power on" -> desk.powerOn();
                case "link down", "link up" -> {
                    if (!desk.isPowered()) {
                        return fail(id, "the phone is off");
                    }
                    desk.body().setLinkUp(words.endsWith("up"));
                }
                case "storage fail", "storage ok" -> {
                    if (!desk.isPowered()) {
                        return fail(id, "the phone is off");
                    }
                    desk.body().setStorageFailing(words.endsWith("fail"));
                }
                default -> {
                    return clock(id, words);
                }
            }
            return ok(id, "");
        } catch (IOException e) {
            return fail(id, e.getMessage());
        }
    }

    private String clock(String id, String words) {
        if (words.matches("clock (unknown|[+-]?[0-9]{1,9})") && desk.isPowered()) {
            String argument = words.substring(6);
            if (argument.equals("unknown")) {
                desk.body().setClockUnknown();
            } else {
                desk.body().shiftClock(1000L * Integer.parseInt(argument));
            }
            return ok(id, "");
        }
        return fail(id, "say: power off|on, link down|up, storage fail|ok, clock unknown, clock SECONDS to shift the time of day");
    }

    /** The line to the phone's own rig port, made anew after each power-on. */
    private final class Line implements AutoCloseable {
        private Socket socket;
        private Thread reader;
        private volatile String pendingId;
        private volatile boolean pending;

        void forward(String request, String id, Socket client) throws IOException {
            if (request.length() > LINE_LIMIT) {
                answer(client, fail(id, "the line is longer than 1024 bytes"));
                return;
            }
            if (!desk.isPowered()) {
                answer(client, fail(id, "the phone is off: say power on"));
                return;
            }
            try {
                open(client);
                pendingId = id;
                pending = true;
                socket.getOutputStream().write((request + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                pending = false;
                answer(client, fail(id, "the phone does not answer"));
            }
        }

        private void open(Socket client) throws IOException {
            int port = desk.phone().rigPort();
            if (socket != null && !socket.isClosed() && socket.getPort() == port) {
                return;
            }
            close();
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            Socket mine = socket;
            mine.getOutputStream().write(("hello " + desk.phoneToken() + "\n").getBytes(StandardCharsets.UTF_8));
            BufferedReader in = new BufferedReader(new InputStreamReader(mine.getInputStream(), StandardCharsets.UTF_8));
            in.readLine();
            reader = new Thread(() -> pump(mine, in, client), "rig-answers-" + desk.owner());
            reader.setDaemon(true);
            reader.start();
        }

        private void pump(Socket mine, BufferedReader in, Socket client) {
            try {
                for (String answer = in.readLine(); answer != null; answer = in.readLine()) {
                    if (!answer.startsWith("{\"event\"")) {
                        pending = false;
                    }
                    answer(client, answer + "\n");
                }
            } catch (IOException cut) {
                // the power went
            }
            try {
                mine.close();
                if (pending) {
                    pending = false;
                    answer(client, fail(pendingId, "the power went"));
                }
            } catch (IOException gone) {
                // the rig hung up too
            }
        }

        private static void answer(Socket client, String text) throws IOException {
            synchronized (client) {
                client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            }
        }

        @Override
        public void close() throws IOException {
            if (socket != null) {
                socket.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
