package org.sidetone.bench.allocation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody who offers the phone a chat, says what he is told to, and confirms what the phone says. Works in a thread of its own, which is not measured. */
final class ChatPeer implements AutoCloseable {
    private static final String PATH = "msrp://127.0.0.1:9/peer;tcp";
    private static final Pattern THEIR_PATH = Pattern.compile("a=path:(msrp://127\\.0\\.0\\.1:(\\d+)/\\S+)");
    private static final Pattern TO = Pattern.compile("(?im)^To: ([^\r\n]*)");
    private static final Pattern CONTACT = Pattern.compile("(?im)^Contact: <([^>]*)>");
    private static final Pattern START = Pattern.compile("MSRP (\\S+) (SEND|200)[^\r]*\r\n");

    private final DatagramSocket sip = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final int phonePort;
    private final Thread thread;
    private volatile Socket stream;
    private volatile boolean ringing;
    private volatile boolean open;
    private volatile int confirmed;
    private volatile int heard;
    private volatile boolean closed;
    private volatile IOException trouble;
    private String theirPath;
    private int said;

    ChatPeer(int phonePort) throws IOException {
        this.phonePort = phonePort;
        thread = new Thread(this::work, "chat peer");
        thread.setDaemon(true);
        thread.start();
    }

    long threadId() {
        return thread.getId();
    }

    boolean isRinging() {
        return ringing;
    }

    boolean isOpen() {
        return open;
    }

    /** Messages of ours that the phone answered 200. */
    int confirmed() {
        return confirmed;
    }

    /** Messages of the phone, signs that it is typing among them. */
    int heard() {
        return heard;
    }

    /** @throws IOException what went wrong in the peer's thread */
    void check() throws IOException {
        if (trouble != null) {
            throw trouble;
        }
    }

    /** A SEND with a text of its own, made beforehand. */
    byte[] message(int i) {
        String id = String.format("msg%08d", said++);
        String body = "Line number " + i + (i % 4 == 0 ? " with some more words in it, f\u00fcr Alice" : "");
        return send(id, "Content-Type: text/plain\r\n\r\n" + body + "\r\n", body.getBytes(StandardCharsets.UTF_8).length);
    }

    private byte[] send(String id, String rest, int length) {
        return ("MSRP " + id + " SEND\r\nTo-Path: " + theirPath + "\r\nFrom-Path: " + PATH + "\r\nMessage-ID: " + id + "\r\nByte-Range: 1-" + length + "/" + length
                + "\r\n" + rest + "-------" + id + "$\r\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Says a message. */
    void say(byte[] message) throws IOException {
        stream.getOutputStream().write(message);
    }

    private void work() {
        try {
            String invite = request("INVITE", "sip:alice@127.0.0.1", "<sip:alice@example.test>", offer());
            write(invite);
            String answer = read();
            while (!answer.startsWith("SIP/2.0 200")) {
                ringing |= answer.startsWith("SIP/2.0 180");
                if (answer.startsWith("SIP/2.0 4")) {
                    throw new IOException("the phone refuses the chat: " + answer.lines().findFirst().orElse(""));
                }
                answer = read();
            }
            write(request("ACK", find(CONTACT, answer, 1), find(TO, answer, 1), ""));
            theirPath = find(THEIR_PATH, answer, 1);
            stream = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(find(THEIR_PATH, answer, 2)));
            stream.getOutputStream().write(send("first000", "", 0));
            listen(stream.getInputStream(), stream.getOutputStream());
        } catch (IOException e) {
            if (!closed) {
                trouble = e;
            }
        }
    }

    /** The stream has little on its way at any time: what is read begins with a start line and ends with an end line. */
    private void listen(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[65_536];
        StringBuilder text = new StringBuilder();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            text.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
            Matcher m = START.matcher(text);
            while (m.lookingAt()) {
                String id = m.group(1);
                int end = text.indexOf("-------" + id);
                if (end < 0 || text.length() < end + id.length() + 10) {
                    break;
                }
                if (m.group(2).equals("SEND")) {
                    out.write(("MSRP " + id + " 200 OK\r\nTo-Path: " + theirPath + "\r\nFrom-Path: " + PATH + "\r\n-------" + id + "$\r\n").getBytes(StandardCharsets.US_ASCII));
                    heard++;
                } else if (!open) {
                    open = true;
                } else {
                    confirmed++;
                }
                text.delete(0, end + id.length() + 10);
                m.reset(text);
            }
        }
    }

    private static String find(Pattern pattern, String in, int group) throws IOException {
        Matcher m = pattern.matcher(in);
        if (!m.find()) {
            throw new IOException("no " + pattern + " in " + in);
        }
        return m.group(group);
    }

    private static String offer() {
        return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=message 9 TCP/MSRP *\r\na=accept-types:text/plain\r\na=path:" + PATH + "\r\n";
    }

    private String request(String method, String uri, String to, String body) {
        return method + " " + uri + " SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + sip.getLocalPort() + ";branch=z9hG4bKchat" + method + ";rport\r\nMax-Forwards: 70\r\n"
                + "From: <sip:contact0@example.test>;tag=peer\r\nTo: " + to + "\r\nCall-ID: chat\r\nCSeq: 1 " + method + "\r\nContact: <sip:127.0.0.1:" + sip.getLocalPort()
                + ">\r\n" + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n") + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private void write(String request) throws IOException {
        byte[] b = request.getBytes(StandardCharsets.UTF_8);
        sip.send(new DatagramPacket(b, b.length, InetAddress.getLoopbackAddress(), phonePort));
    }

    private String read() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[8192], 8192);
        sip.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        sip.close();
        if (stream != null) {
            stream.close();
        }
    }
}
