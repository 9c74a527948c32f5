package org.sidetone.bench.allocation;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The other side of the benchmark: answers what a phone asks of an exchange, with a digest challenge first, and sends what it is
 *  given from several sockets in turn. Works in a thread of its own, which is not measured. */
final class FakeExchange implements AutoCloseable {
    /** Persons whose documents the phone keeps a copy of, at most. */
    private static final int WITH_COPIES = 6;
    private static final Pattern BRANCH = Pattern.compile("branch=z9hG4bK([a-z][0-9]+)");
    private static final Pattern LINE = Pattern.compile("(?im)^(Via|From|To|Call-ID|CSeq): ([^\r\n]*)");
    private static final String[] ACTIVITIES = {"busy", "away", "meeting", "on-the-phone", "meal", "vacation", "travel"};

    private final DatagramChannel[] sockets;
    private final Selector selector = Selector.open();
    private final Thread thread;
    private final long expiresSec;
    private final AtomicLong good = new AtomicLong();
    private final AtomicLong answers = new AtomicLong();
    /** Branches of requests that were sent and have no answer yet, with what was sent. */
    private final Map<String, byte[]> unanswered = new ConcurrentHashMap<>();
    private final AtomicLong registrations = new AtomicLong();
    private final Map<String, String[]> dialogs = new LinkedHashMap<>();
    private volatile InetSocketAddress phone;
    private volatile boolean closed;
    private volatile byte[][] queue;
    private volatile int queueFrom;
    private volatile int queueTo;
    private long sequence = 10;
    private final int port;

    FakeExchange(int peers, long expiresSec) throws IOException {
        this.expiresSec = expiresSec;
        sockets = new DatagramChannel[peers];
        for (int i = 0; i < peers; i++) {
            sockets[i] = DatagramChannel.open();
            sockets[i].bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            sockets[i].configureBlocking(false);
            sockets[i].register(selector, SelectionKey.OP_READ);
        }
        port = ((InetSocketAddress) sockets[0].getLocalAddress()).getPort();
        thread = new Thread(this::work, "peers");
        thread.setDaemon(true);
        thread.start();
    }

    long threadId() {
        return thread.getId();
    }

    int port() {
        return port;
    }

    int peers() {
        return sockets.length;
    }

    void setPhone(int port) {
        phone = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    int subscriptions() {
        synchronized (dialogs) {
            return dialogs.size();
        }
    }

    /** Requests that got 200, each counted once. */
    long good() {
        return good.get();
    }

    /** Requests that got an answer, each counted once. */
    long answers() {
        return answers.get();
    }

    boolean hasUnanswered() {
        return !unanswered.isEmpty();
    }

    long registrations() {
        return registrations.get();
    }

    /** Hands over what is to be sent; until all of it is answered nothing else may be handed over. */
    void send(byte[][] datagrams, int from, int to) {
        queueFrom = from;
        queueTo = to;
        queue = datagrams;
        selector.wakeup();
    }

    /** What a client does when Timer E fires: a datagram may be lost on the way. */
    void sendAgain() {
        byte[][] again = unanswered.values().toArray(new byte[0][]);
        send(again, 0, again.length);
    }

    /** From a new socket. @param between what to do after each */
    void sendAsStranger(byte[][] datagrams, Runnable between) throws IOException {
        try (DatagramChannel socket = DatagramChannel.open()) {
            for (byte[] datagram : datagrams) {
                socket.send(ByteBuffer.wrap(datagram), phone);
                between.run();
            }
        }
    }

    private void work() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(65_536);
        try {
            while (!closed) {
                selector.select(100);
                selector.selectedKeys().clear();
                for (DatagramChannel socket : sockets) {
                    receive(socket, buffer);
                }
                byte[][] todo = queue;
                if (todo != null) {
                    queue = null;
                    for (int i = queueFrom; i < queueTo; i++) {
                        request(sockets[i % sockets.length], todo[i], phone);
                    }
                }
            }
        } catch (IOException e) {
            if (!closed) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void request(DatagramChannel socket, byte[] datagram, InetSocketAddress to) throws IOException {
        unanswered.put(branch(new String(datagram, StandardCharsets.UTF_8)), datagram);
        socket.send(ByteBuffer.wrap(datagram), to);
    }

    private static String branch(String message) {
        Matcher m = BRANCH.matcher(message);
        return m.find() ? m.group(1) : "";
    }

    private void receive(DatagramChannel socket, ByteBuffer buffer) throws IOException {
        for (buffer.clear(); socket.receive(buffer) instanceof InetSocketAddress from; buffer.clear()) {
            byte[] b = new byte[buffer.flip().remaining()];
            buffer.get(b);
            String text = new String(b, StandardCharsets.UTF_8);
            if (text.startsWith("SIP/2.0")) {
                if (unanswered.remove(branch(text)) != null) {
                    if (text.startsWith("SIP/2.0 200")) {
                        good.incrementAndGet();
                    }
                    answers.incrementAndGet();
                }
            } else {
                answer(socket, from, text);
            }
        }
    }

    private void answer(DatagramChannel socket, InetSocketAddress from, String request) throws IOException {
        String method = request.substring(0, request.indexOf(' '));
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher m = LINE.matcher(request);
        while (m.find()) {
            fields.putIfAbsent(m.group(1).toLowerCase(java.util.Locale.ROOT), m.group(2));
        }
        boolean known = request.contains("Authorization: Digest");
        String to = fields.get("to").contains(";tag=") ? fields.get("to") : fields.get("to") + ";tag=" + Integer.toHexString(fields.get("call-id").hashCode());
        StringBuilder out = new StringBuilder(known ? "SIP/2.0 200 OK\r\n" : "SIP/2.0 401 Unauthorized\r\n");
        out.append("Via: ").append(fields.get("via")).append("\r\nFrom: ").append(fields.get("from")).append("\r\nTo: ").append(to)
                .append("\r\nCall-ID: ").append(fields.get("call-id")).append("\r\nCSeq: ").append(fields.get("cseq")).append("\r\n");
        if (!known) {
            out.append("WWW-Authenticate: Digest realm=\"example.test\", nonce=\"n\", algorithm=SHA-256, qop=\"auth\"\r\n");
        } else {
            out.append("Expires: ").append(expiresSec).append("\r\nSIP-ETag: e1\r\nContact: <sip:127.0.0.1:").append(port).append(">\r\n");
        }
        out.append("Content-Length: 0\r\n\r\n");
        socket.send(ByteBuffer.wrap(out.toString().getBytes(StandardCharsets.UTF_8)), from);
        if (known && method.equals("REGISTER")) {
            registrations.incrementAndGet();
        }
        if (known && method.equals("SUBSCRIBE")) {
            synchronized (dialogs) {
                dialogs.put(fields.get("call-id"), new String[] {fields.get("from"), to});
            }
            request(socket, notify(0, fields.get("call-id")), from);
        }
    }

    /** A NOTIFY of a different person with a different document every time. */
    byte[] notify(int i) {
        List<String> ids;
        synchronized (dialogs) {
            ids = new ArrayList<>(dialogs.keySet());
        }
        return notify(i, ids.get(i % ids.size()));
    }

    private byte[] notify(int i, String callId) {
        String[] dialog;
        long number;
        synchronized (dialogs) {
            dialog = dialogs.get(callId);
            number = ++sequence;
        }
        String activity = ACTIVITIES[i % ACTIVITIES.length];
        String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<presence xmlns=\"urn:ietf:params:xml:ns:pidf\""
                + " xmlns:dm=\"urn:ietf:params:xml:ns:pidf:data-model\" xmlns:rpid=\"urn:ietf:params:xml:ns:pidf:rpid\""
                + " entity=\"sip:contact@example.test\"><tuple id=\"t" + i + "\"><status><basic>" + (i % 5 == 0 ? "closed" : "open")
                + "</basic></status></tuple><dm:person id=\"p\">" + (i % 3 == 0 ? "" : "<rpid:activities><rpid:" + activity + "/></rpid:activities>")
                + "<dm:note>note " + i + "</dm:note></dm:person></presence>";
        return notify(number, callId, dialog, "application/pidf+xml", body);
    }

    /** A NOTIFY of one of some persons with what changed of their document; the first to each has the whole. */
    byte[] notifyChange(int i) {
        String callId;
        String[] dialog;
        long number;
        synchronized (dialogs) {
            callId = new ArrayList<>(dialogs.keySet()).get(i % WITH_COPIES);
            dialog = dialogs.get(callId);
            number = ++sequence;
        }
        int version = 1 + i / WITH_COPIES;
        String root = " xmlns:p=\"urn:ietf:params:xml:ns:pidf-diff\" xmlns=\"urn:ietf:params:xml:ns:pidf\" xmlns:dm=\"urn:ietf:params:xml:ns:pidf:data-model\""
                + " entity=\"sip:contact@example.test\" version=\"" + version + "\">";
        String body = version == 1 ? "<p:pidf-full" + root + "<tuple id=\"t\"><status><basic>open</basic></status></tuple><dm:person id=\"p\"><dm:note>at first</dm:note></dm:person></p:pidf-full>"
                : "<p:pidf-diff" + root + "<p:replace sel=\"*/*[1]/*[1]/*[1]/text()\">" + (version % 2 == 0 ? "closed" : "open") + "</p:replace><p:replace sel=\"presence/dm:person/dm:note\">"
                + "<dm:note>note " + i + "</dm:note></p:replace></p:pidf-diff>";
        return notify(number, callId, dialog, "application/pidf-diff+xml", body);
    }

    private byte[] notify(long number, String callId, String[] dialog, String type, String body) {
        String text = "NOTIFY sip:alice@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKn" + number + ";rport\r\nMax-Forwards: 70\r\n"
                + "From: " + dialog[1] + "\r\nTo: " + dialog[0] + "\r\nCall-ID: " + callId + "\r\nCSeq: " + number
                + " NOTIFY\r\nContact: <sip:127.0.0.1:" + port + ">\r\nEvent: presence\r\nSubscription-State: active;expires=" + expiresSec
                + "\r\nContent-Type: " + type + "\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A MESSAGE with a different text every time. */
    byte[] message(int i) {
        long number;
        synchronized (dialogs) {
            number = ++sequence;
        }
        String body = "Message number " + i + (i % 4 == 0 ? " with some more words in it, f\u00fcr Alice" : "");
        String text = "MESSAGE sip:alice@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKm" + number + ";rport\r\nMax-Forwards: 70\r\n"
                + "From: \"Contact\" <sip:contact" + i % 6 + "@example.test>;tag=" + i + "\r\nTo: <sip:alice@example.test>\r\nCall-ID: m" + number
                + "\r\nCSeq: 1 MESSAGE\r\nContent-Type: text/plain;charset=UTF-8\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        for (DatagramChannel socket : sockets) {
            socket.close();
        }
    }
}
