package org.sidetone.world.virtual;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.sidetone.hal.HostAddress;
import org.sidetone.hal.NetworkListener;
import org.sidetone.switchboard.xcap.XcapAnswer;
import org.sidetone.switchboard.xcap.XcapDoor;
import org.sidetone.switchboard.xcap.XcapRequest;

/** HTTP before an exchange's XCAP server in the simulated world: as much of it as a phone needs, on the exchange's own thread. */
final class VirtualHttp implements NetworkListener {
    static final int PORT = 8080;
    private static final String ROOT = "/xcap-root";

    private final VirtualNetwork network;
    private final XcapDoor door;
    private final Map<Integer, StringBuilder> heard = new HashMap<>();
    /** Requests that were answered: method, target and status. */
    final List<String> answered = new java.util.ArrayList<>();
    /** What is shown of every document of an application, by its AUID, instead of the document. */
    final Map<String, String> instead = new HashMap<>();
    /** Whether connections are closed at once. */
    boolean away;
    /** Whether the next change that is made is not answered, and nothing after it. */
    boolean mute;

    VirtualHttp(VirtualNetwork network, XcapDoor door) {
        this.network = network;
        this.door = door;
        if (network.listen(new HostAddress().set(0, 0, PORT), this) <= 0) {
            throw new IllegalStateException("the port is taken");
        }
    }

    @Override
    public void onDatagram(int handle, HostAddress from, byte[] buffer, int offset, int length) {
        throw new IllegalStateException("none are opened");
    }

    @Override
    public void onAccepted(int listening, int connection, HostAddress from) {
        if (away) {
            network.close(connection);
        } else {
            heard.put(connection, new StringBuilder());
        }
    }

    @Override
    public void onConnected(int connection) {
        throw new IllegalStateException("it connects to nobody");
    }

    private static String header(String head, String name) {
        for (String line : head.split("\r\n")) {
            if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
                return line.substring(name.length() + 1).strip();
            }
        }
        return null;
    }

    @Override
    public void onData(int connection, byte[] buffer, int offset, int length) {
        StringBuilder in = heard.get(connection);
        if (away) {
            network.close(connection);
            return;
        }
        in.append(new String(buffer, offset, length, StandardCharsets.ISO_8859_1));
        int end = in.indexOf("\r\n\r\n");
        if (end < 0) {
            return;
        }
        String head = in.substring(0, end + 2);
        int body = header(head, "Content-Length") == null ? 0 : Integer.parseInt(header(head, "Content-Length"));
        if (in.length() < end + 4 + body) {
            return;
        }
        byte[] content = in.substring(end + 4, end + 4 + body).getBytes(StandardCharsets.ISO_8859_1);
        in.delete(0, end + 4 + body);
        String[] line = head.split(" ", 3);
        CompletableFuture<XcapDoor.Answer> future = new CompletableFuture<>();
        door.offer(new XcapDoor.Call(line[1], header(head, "Authorization"), new XcapRequest(line[0], line[1].substring(ROOT.length()), header(head, "Content-Type"),
                header(head, "If-Match"), header(head, "If-None-Match"), content, null), future));
        future.thenAccept(answer -> answer(connection, line[0] + " " + line[1], answer));
    }

    private void answer(int connection, String request, XcapDoor.Answer answer) {
        XcapAnswer xcap = answer.xcap();
        answered.add(request + " " + xcap.status());
        if (mute && !request.startsWith("GET") && xcap.status() < 300) {
            away = true;
            network.close(connection);
            return;
        }
        String other = request.startsWith("GET") && xcap.status() == 200 ? instead.get(request.split("/")[2]) : null;
        byte[] content = other == null ? xcap.body() : other.getBytes(StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder("HTTP/1.1 " + xcap.status() + " Answer\r\n");
        answer.challenges().forEach(c -> out.append("WWW-Authenticate: ").append(c).append("\r\n"));
        out.append(xcap.etag() == null ? "" : "ETag: " + (other == null ? xcap.etag() : "\"other\"") + "\r\n").append(xcap.contentType() == null ? "" : "Content-Type: " + xcap.contentType() + "\r\n");
        out.append(answer.info() == null ? "" : "Authentication-Info: " + answer.info() + "\r\n").append("Content-Length: ").append(content.length).append("\r\n\r\n")
                .append(new String(content, StandardCharsets.ISO_8859_1));
        byte[] b = out.toString().getBytes(StandardCharsets.ISO_8859_1);
        network.write(connection, b, 0, b.length);
    }

    @Override
    public void onWritable(int connection) {
        // all fits
    }

    @Override
    public void onClosed(int connection) {
        heard.remove(connection);
    }
}
