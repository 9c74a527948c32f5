package org.sidetone;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sidetone.port.Capacity;
import org.sidetone.port.Flow;
import org.sidetone.port.Wire;
import org.sidetone.sip.transaction.TransactionLayer;
import org.sidetone.sip.transport.SipTransport;
import org.sidetone.sip.ua.Account;
import org.sidetone.sip.ua.UserAgent;
import org.sidetone.time.TimerQueue;

/** A user agent on a virtual clock, and a test that plays its server: it reads what was sent and writes the answers. */
public final class Bench implements Wire {
    /** What was sent and not yet taken by {@link #take}. */
    public final List<String> sent = new ArrayList<>();
    /** Keep-alives that were sent. */
    public final List<byte[]> raw = new ArrayList<>();
    /** Ours, as the other side sees it. */
    public int localAddress = 0xC0000201;
    public final TimerQueue timers = new TimerQueue();
    public final Capacity capacity = Capacity.desk();
    public final SipTransport transport;
    public final TransactionLayer transactions;
    public final UserAgent agent;
    public final Account account;
    /** Where the last message went. */
    public final Flow lastFlow = new Flow();
    /** What the next sendings answer. */
    public int answer = SENT;
    /** Where a sending gets. */
    public Predicate<Flow> reachable = flow -> true;
    public long nowMs;
    private long random = 1;
    private int branches;

    public Bench() {
        transport = new SipTransport(this, capacity, 1);
        transport.setLocalPort(5060);
        transactions = new TransactionLayer(transport, timers, () -> random = random * 6364136223846793005L + 1442695040888963407L, capacity);
        agent = new UserAgent(transactions, timers, () -> random = random * 6364136223846793005L + 1442695040888963407L, new JdkHash(),
                capacity, "test");
        account = agent.account(0);
        account.address.set("sip:alice@example.test");
        account.contactUser.set("alice");
        account.credentials.username.set("alice");
        account.credentials.password.set("secret");
        account.registrar.set("sip:example.test");
        account.server.setIpv4(Flow.UDP, 0xC0000202, 5060);
    }

    @Override
    public int send(Flow flow, byte[] buffer, int offset, int length) {
        if (!reachable.test(flow)) {
            return UNREACHABLE;
        }
        if (answer == SENT && (buffer[offset] & 0xC0) == 0) {
            raw.add(Arrays.copyOfRange(buffer, offset, offset + length));
        } else if (answer == SENT) {
            lastFlow.set(flow);
            sent.add(new String(buffer, offset, length, StandardCharsets.UTF_8));
        }
        return answer;
    }

    @Override
    public void localAddress(Flow flow, Flow out) {
        out.setIpv4(flow.transport(), localAddress, 5060);
    }

    @Override
    public void close(int connection) {
        // the tests look at messages
    }

    /** Lets the clock run, each timer at its time. */
    public void runTo(long untilMs) {
        while (timers.nextDeadlineMs() <= untilMs) {
            nowMs = Math.max(nowMs, timers.nextDeadlineMs());
            timers.poll(nowMs, 100);
        }
        nowMs = untilMs;
    }

    /** Lets the clock run until something is sent. @return what */
    public String runUntilSent(long untilMs) {
        while (sent.isEmpty() && timers.nextDeadlineMs() <= untilMs) {
            nowMs = Math.max(nowMs, timers.nextDeadlineMs());
            timers.poll(nowMs, 100);
        }
        return take();
    }

    /** Lets the clock run until a keep-alive is sent. */
    public byte[] runUntilRaw(long untilMs) {
        while (raw.isEmpty() && timers.nextDeadlineMs() <= untilMs) {
            nowMs = Math.max(nowMs, timers.nextDeadlineMs());
            timers.poll(nowMs, 100);
        }
        return raw.remove(0);
    }

    /** Answers a STUN request, built by hand from RFC 5389 section 15.2. */
    public void answerStun(byte[] request, int address, int port) {
        java.nio.ByteBuffer b = java.nio.ByteBuffer.allocate(32);
        b.putShort((short) 0x0101).putShort((short) 12).put(request, 4, 16);
        b.putShort((short) 0x0020).putShort((short) 8).put((byte) 0).put((byte) 1);
        b.putShort((short) (port ^ 0x2112)).putInt(address ^ 0x2112A442);
        transport.onDatagram(new Flow().setIpv4(Flow.UDP, 0xC0000202, 5060), b.array(), 0, 32, nowMs);
    }

    /** The oldest message sent and not yet taken. */
    public String take() {
        if (sent.isEmpty()) {
            throw new AssertionError("nothing was sent by " + nowMs + " ms");
        }
        return sent.remove(0);
    }

    /** Value of a header of a message, the first; null when absent. */
    public static String header(String message, String name) {
        Matcher m = Pattern.compile("(?mid)^" + name + ":[ \t]*(.*?)\r$").matcher(message);
        return m.find() ? m.group(1) : null;
    }

    /** A parameter's value within a header's. */
    public static String param(String value, String name) {
        Matcher m = Pattern.compile(";\\s*" + name + "=([^;>\\s]+)").matcher(value);
        return m.find() ? m.group(1) : null;
    }

    public static String body(String message) {
        return message.substring(message.indexOf("\r\n\r\n") + 4);
    }

    /** Answers a request. @param more header lines, each with its line end */
    public void answer(String request, String status, String more) {
        String to = header(request, "To");
        arrives("SIP/2.0 " + status + "\r\nVia: " + header(request, "Via") + "\r\nFrom: " + header(request, "From") + "\r\nTo: " + to
                + (to.contains("tag=") ? "" : ";tag=server") + "\r\nCall-ID: " + header(request, "Call-ID") + "\r\nCSeq: " + header(request, "CSeq")
                + "\r\n" + more + "Content-Length: 0\r\n\r\n");
    }

    /** A NOTIFY in the dialog that a SUBSCRIBE asks for. */
    public void notify(String subscribe, int cseq, String subscriptionState, String more, String body) {
        notify(subscribe, cseq, subscriptionState, more, body, "server");
    }

    public void notify(String subscribe, int cseq, String subscriptionState, String more, String body, String tag) {
        String target = header(subscribe, "Contact");
        arrives("NOTIFY " + target.substring(target.indexOf('<') + 1, target.indexOf('>')) + " SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bK-n"
                + branches++ + "\r\nMax-Forwards: 70\r\nFrom: <sip:bob@example.test>;tag=" + tag + "\r\nTo: " + header(subscribe, "From") + "\r\nCall-ID: "
                + header(subscribe, "Call-ID") + "\r\nCSeq: " + cseq + " NOTIFY\r\nContact: <sip:bob@192.0.2.2>\r\nEvent: presence\r\n"
                + "Subscription-State: " + subscriptionState + "\r\n" + more + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    public void arrives(String message) {
        byte[] b = message.getBytes(StandardCharsets.UTF_8);
        transport.onDatagram(new Flow().setIpv4(Flow.UDP, 0xC0000202, 5060), b, 0, b.length, nowMs);
    }

    @Override
    public boolean isOpen(int connection) {
        return true;
    }
}
