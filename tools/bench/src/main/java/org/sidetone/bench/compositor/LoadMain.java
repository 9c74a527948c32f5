package org.sidetone.bench.compositor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.sidetone.bench.server.Digest;

/**
 * The load, in a process of its own: {@code PORT PRESENTITIES WATCHERS RATE WARM-UP-S SECONDS}. Each presentity publishes with digest and has its watchers; with RATE 0
 * each publishes again as soon as its last change was answered and told to all of its watchers, else so many PUBLISHes a second go out. Prints
 * {@code publish/s notify/s lost busy median-us p99-us}: the last two from PUBLISH to NOTIFY, busy being the part of core 0 that was not idle.
 */
public final class LoadMain {
    private static final long LOST_NS = 1_000_000_000L;
    private static final int RECEIVE_BYTES = 4 << 20;
    private static final int SAMPLES = 1 << 20;
    private static final byte[] SEQUENCE = bytes("seq-");
    private static final byte[] CALL_ID = bytes("Call-ID: ");
    private static final byte[] ETAG = bytes("SIP-ETag: ");
    private static final byte[] NOT_FOUND = new byte[0];

    private final DatagramChannel socket = DatagramChannel.open();
    private final ByteBuffer in = ByteBuffer.allocate(65536);
    private final ByteBuffer out = ByteBuffer.allocate(65536);
    private final int presentities;
    private final int watchers;
    private final String contact;
    private final Digest[] publishers;
    private final Digest[] subscribers;
    private final boolean[][] subscribed;
    private final long[][] told;
    private final String[] tags;
    private final long[] sequences;
    private final int[] open;
    private final long[] sentAt;
    private final int[] samples = new int[SAMPLES];
    private int sampled;
    private long published;
    private long notified;
    private long lost;
    private long transactions;
    private boolean measures;
    private long rate;

    private LoadMain(int port, int presentities, int watchers, long rate) throws IOException {
        this.presentities = presentities;
        this.watchers = watchers;
        this.rate = rate;
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BYTES);
        socket.configureBlocking(false);
        contact = "127.0.0.1:" + ((InetSocketAddress) socket.getLocalAddress()).getPort();
        publishers = new Digest[presentities];
        for (int i = 0; i < presentities; i++) {
            publishers[i] = new Digest("p" + i);
        }
        subscribers = new Digest[watchers];
        for (int i = 0; i < watchers; i++) {
            subscribers[i] = new Digest("w" + i);
        }
        subscribed = new boolean[presentities][watchers];
        told = new long[presentities][watchers];
        tags = new String[presentities];
        sequences = new long[presentities];
        open = new int[presentities];
        sentAt = new long[presentities];
    }

    /** The program. */
    public static void main(String[] a) throws Exception {
        LoadMain load = new LoadMain(Integer.parseInt(a[0]), Integer.parseInt(a[1]), Integer.parseInt(a[2]), Long.parseLong(a[3]));
        load.subscribeAll();
        load.run(Long.parseLong(a[4]));
        load.measures = true;
        long[] before = cpu();
        load.published = 0;
        load.notified = 0;
        load.lost = 0;
        double seconds = load.run(Long.parseLong(a[5]));
        long[] after = cpu();
        Arrays.sort(load.samples, 0, load.sampled);
        System.out.printf("%.1f %.1f %d %.3f %d %d%n", load.published / seconds, load.notified / seconds, load.lost,
                (double) (after[0] - before[0]) / (after[1] - before[1]), load.percentile(50), load.percentile(99));
    }

    private int percentile(int of) {
        return sampled == 0 ? 0 : samples[(int) ((long) sampled * of / 100)];
    }

    /** Ticks of core 0: not idle, and all. */
    private static long[] cpu() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/stat"))) {
            if (line.startsWith("cpu0 ")) {
                String[] w = line.split(" +");
                long all = 0;
                for (int i = 1; i <= 8; i++) {
                    all += Long.parseLong(w[i]);
                }
                return new long[] {all - Long.parseLong(w[4]) - Long.parseLong(w[5]), all};
            }
        }
        throw new IOException("/proc/stat has no cpu0");
    }

    private void subscribeAll() throws IOException {
        for (int i = 0; i < presentities; i++) {
            for (int j = 0; j < watchers; j++) {
                long end = System.nanoTime() + 20 * LOST_NS;
                for (int attempt = 0; !subscribed[i][j]; attempt++) {
                    if (System.nanoTime() > end) {
                        throw new IOException("w" + j + " could not subscribe to p" + i);
                    }
                    subscribe(i, j);
                    long until = System.nanoTime() + LOST_NS / 5;
                    while (!subscribed[i][j] && System.nanoTime() < until) {
                        if (receive()) {
                            until = subscribers[j].isReady() && attempt == 0 ? 0 : until;
                        }
                    }
                }
            }
        }
    }

    private double run(long seconds) throws IOException {
        long start = System.nanoTime();
        long end = start + seconds * LOST_NS;
        long sent = 0;
        int next = 0;
        long now = start;
        while (now < end) {
            if (rate > 0 && (now - start) * rate / LOST_NS > sent) {
                sent++;
                if (open[next] == 0 || now - sentAt[next] > LOST_NS) {
                    publish(next, now);
                } else {
                    lost++;                              // the one before is not told yet: the server is too slow for this rate
                }
                next = (next + 1) % presentities;
            }
            for (int i = 0; rate == 0 && i < presentities; i++) {
                if (open[i] == 0 || now - sentAt[i] > LOST_NS) {
                    lost += open[i] == 0 ? 0 : 1;
                    publish(i, now);
                }
            }
            for (int i = 0; i < 64 && receive(); i++) {
                // takes what is there
            }
            now = System.nanoTime();
        }
        return (now - start) / 1e9;
    }

    private void send(String message) throws IOException {
        socket.write(ByteBuffer.wrap(bytes(message)));
    }

    private String head(String method, int presentity, String user, String callId) {
        transactions++;
        return method + " sip:p" + presentity + "@example.test SIP/2.0\r\nVia: SIP/2.0/UDP " + contact + ";branch=z9hG4bK" + transactions + "\r\nMax-Forwards: 70\r\nFrom: <sip:"
                + user + "@example.test>;tag=l\r\nTo: <sip:p" + presentity + "@example.test>\r\nCall-ID: " + callId + "\r\nCSeq: " + transactions + " " + method
                + "\r\nContact: <sip:" + user + "@" + contact + ">\r\nEvent: presence\r\nExpires: 3600\r\n";
    }

    private void subscribe(int i, int j) throws IOException {
        send(head("SUBSCRIBE", i, "w" + j, "s-" + i + "-" + j) + subscribers[j].header("SUBSCRIBE", "sip:p" + i + "@example.test")
                + "Accept: application/pidf+xml\r\nContent-Length: 0\r\n\r\n");
    }

    private void publish(int i, long now) throws IOException {
        sequences[i]++;
        open[i] = 1 + watchers;
        sentAt[i] = now;
        String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" xmlns:dm=\"urn:ietf:params:xml:ns:pidf:data-model\""
                + " xmlns:rpid=\"urn:ietf:params:xml:ns:pidf:rpid\" entity=\"sip:p" + i + "@example.test\">\n"
                + "<tuple id=\"t1\"><status><basic>open</basic></status><contact priority=\"0.8\">sip:p" + i + "@example.test</contact><note xml:lang=\"en\">seq-" + sequences[i]
                + "</note><timestamp>2026-01-01T12:00:00Z</timestamp></tuple>\n"
                + "<dm:person id=\"p1\"><rpid:activities><rpid:meeting/></rpid:activities><rpid:mood><rpid:happy/></rpid:mood><dm:note>Back at two</dm:note></dm:person>\n"
                + "<dm:device id=\"d1\"><rpid:user-input last-input=\"2026-01-01T12:00:00Z\">active</rpid:user-input><dm:deviceID>urn:uuid:d27459b7-8213-4395-aa77-ed859a3e5b3a</dm:deviceID></dm:device>\n"
                + "</presence>\n";
        send(head("PUBLISH", i, "p" + i, "p-" + i) + publishers[i].header("PUBLISH", "sip:p" + i + "@example.test") + (tags[i] == null ? "" : "SIP-If-Match: " + tags[i] + "\r\n")
                + "Content-Type: application/pidf+xml\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** @return false when nothing was there */
    private boolean receive() throws IOException {
        in.clear();
        try {
            if (socket.read(in) <= 0) {
                return false;
            }
        } catch (PortUnreachableException e) {
            return false;                                // the server is not up yet
        }
        byte[] b = in.array();
        int length = in.position();
        int id = find(b, 0, length, CALL_ID) + CALL_ID.length;
        if (b[0] == 'N') {
            answer(b, length);
            onNotify(number(b, id + 2), number(b, afterDash(b, id + 2)), b, length);
        } else if (b[id] == 's') {
            onSubscribed(number(b, id + 2), number(b, afterDash(b, id + 2)), b, length);
        } else if (b[id] == 'p') {
            onPublished(number(b, id + 2), b, length);
        }
        return true;
    }

    private void onNotify(int i, int j, byte[] b, int length) {
        int at = find(b, 0, length, SEQUENCE);
        if (at < 0) {
            return;
        }
        long sequence = number(b, at + SEQUENCE.length);
        if (sequence == sequences[i] && told[i][j] != sequence && open[i] > 0) {
            told[i][j] = sequence;
            open[i]--;
            notified++;
            if (measures && sampled < SAMPLES) {
                samples[sampled++] = (int) ((System.nanoTime() - sentAt[i]) / 1000);
            }
        }
    }

    private void onSubscribed(int i, int j, byte[] b, int length) {
        int status = number(b, 8);
        if (status / 100 == 2) {
            subscribed[i][j] = true;
        } else if (status == 401) {
            subscribers[j].challenge(new String(b, 0, length, StandardCharsets.ISO_8859_1));
        }
    }

    private void onPublished(int i, byte[] b, int length) throws IOException {
        int status = number(b, 8);
        if (status == 200) {
            int at = find(b, 0, length, ETAG) + ETAG.length;
            int end = at;
            while (b[end] != '\r') {
                end++;
            }
            tags[i] = new String(b, at, end - at, StandardCharsets.ISO_8859_1);
            open[i]--;
            published++;
        } else if (status == 401) {
            publishers[i].challenge(new String(b, 0, length, StandardCharsets.ISO_8859_1));
            publish(i, System.nanoTime());
        } else if (status == 412) {
            tags[i] = null;
            publish(i, System.nanoTime());
        } else if (status >= 300 && status < 500) {      // a server's own failure is published again a second later, and counted as lost
            throw new IOException("PUBLISH was answered " + new String(b, 0, length, StandardCharsets.ISO_8859_1));
        }
    }

    /** 200, with the lines of the request that it has to have. */
    private void answer(byte[] b, int length) throws IOException {
        out.clear();
        out.put(OK);
        int at = 0;
        while (at < length && b[at] != '\r') {
            int end = at;
            while (b[end] != '\n') {
                end++;
            }
            if (b[at] == 'V' || b[at] == 'F' || b[at] == 'T' || b[at] == 'C' && (b[at + 1] == 'a' || b[at + 1] == 'S')) {
                out.put(b, at, end + 1 - at);
            }
            at = end + 1;
        }
        out.put(NO_BODY).flip();
        socket.write(out);
    }

    private static final byte[] OK = bytes("SIP/2.0 200 OK\r\n");
    private static final byte[] NO_BODY = bytes("Content-Length: 0\r\n\r\n");

    private static byte[] bytes(String text) {
        return text.isEmpty() ? NOT_FOUND : text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static int find(byte[] b, int from, int length, byte[] what) {
        for (int i = from; i + what.length <= length; i++) {
            int k = 0;
            while (k < what.length && b[i + k] == what[k]) {
                k++;
            }
            if (k == what.length) {
                return i;
            }
        }
        return -1;
    }

    private static int number(byte[] b, int at) {
        int n = 0;
        for (int i = at; b[i] >= '0' && b[i] <= '9'; i++) {
            n = 10 * n + b[i] - '0';
        }
        return n;
    }

    private static int afterDash(byte[] b, int at) {
        int i = at;
        while (b[i] != '-') {
            i++;
        }
        return i + 1;
    }
}
