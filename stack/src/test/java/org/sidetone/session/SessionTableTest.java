package org.sidetone.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sidetone.Bench;
import org.sidetone.StateTable;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.port.Flow;
import org.sidetone.sip.SipMessage;

/** A session in every state with every input: {@code tables/session.tsv}. */
class SessionTableTest {
    private static final List<String> INPUTS = List.of("invite", "100", "180", "200", "200 bad", "302", "404", "487", "no answer", "INVITE", "re-INVITE", "CANCEL", "ACK", "BYE",
            "ring", "accept", "refuse", "end", "modify", "timer ack", "timer retry", "timer expiry");

    private static final Map<String, List<String>> WAYS = new LinkedHashMap<>();

    static {
        WAYS.put("FREE", List.of());
        WAYS.put("CALLING", List.of("invite"));
        WAYS.put("PROCEEDING", List.of("invite", "180"));
        WAYS.put("CANCELLING", List.of("invite", "180", "end"));
        WAYS.put("OFFERED", List.of("INVITE"));
        WAYS.put("RINGING", List.of("INVITE", "ring"));
        WAYS.put("ANSWERED", List.of("INVITE", "accept"));
        WAYS.put("OURS", List.of("invite", "180", "200"));
        WAYS.put("THEIRS", List.of("INVITE", "accept", "ACK"));
        WAYS.put("OVER", List.of("invite", "404"));
    }

    /** A phone and, played by the test, its peer. */
    private static final class Machine implements StateTable.Machine, SessionUser, Sessions.Owner {
        private final Bench bench = new Bench();
        private final Sessions sessions = new Sessions(bench.agent, bench.capacity, this);
        private final Session session = StateTable.first(sessions, "pool");
        private final List<String> seen = new ArrayList<>();
        private String invite;
        private String answer = "";
        private boolean bad;
        private int cseq = 10;

        @Override
        public void apply(String input) throws ReflectiveOperationException {
            bad = input.endsWith("bad");
            switch (input) {
                case "invite" -> {
                    if (session.state() == Session.FREE) {
                        sessions.invite(bench.account, new Slice().wrap("sip:bob@example.test".getBytes(StandardCharsets.US_ASCII)), this, bench.nowMs);
                    }
                }
                case "ring" -> session.ring(bench.nowMs);
                case "accept" -> session.accept(bench.nowMs);
                case "refuse" -> session.refuse(486, bench.nowMs);
                case "end" -> session.end(bench.nowMs);
                case "modify" -> session.modify(bench.nowMs);
                case "timer ack", "timer retry", "timer expiry" -> StateTable.fire(session, input.substring(6), bench.nowMs);
                case "no answer" -> noAnswer();
                case "INVITE" -> {
                    if (session.state() == Session.FREE) {
                        request("INVITE", "", ++cseq);
                    }
                }
                case "re-INVITE" -> request("INVITE", toTag(), ++cseq);
                case "CANCEL" -> request("CANCEL", "", cseq);
                case "ACK" -> request("ACK", toTag(), cseq);
                case "BYE" -> request("BYE", toTag(), ++cseq);
                default -> respond(input);
            }
            while (!bench.sent.isEmpty()) {
                String message = bench.take();
                boolean response = message.startsWith("SIP/2.0");
                if (message.startsWith("INVITE ")) {
                    invite = message;
                } else if (response && Bench.header(message, "CSeq").endsWith("INVITE") && Bench.header(message, "To").contains("tag=")) {
                    answer = message;
                }
                seen.add(response ? message.substring(8, 11) + " " + Bench.header(message, "CSeq").split(" ")[1] : message.split(" ")[0]);
            }
        }

        private void noAnswer() throws ReflectiveOperationException {
            java.lang.reflect.Field field = Session.class.getDeclaredField("invite");
            field.setAccessible(true);
            StateTable.noAnswer((org.sidetone.sip.ua.ClientRequest) field.get(session), bench.nowMs);
        }

        /** Names our end of the dialog, whoever made it. */
        private String toTag() {
            return ";tag=" + (invite != null ? Bench.param(Bench.header(invite, "From"), "tag") : answer.isEmpty() ? "none" : Bench.param(Bench.header(answer, "To"), "tag"));
        }

        private void request(String method, String tag, int number) {
            boolean ours = invite != null;
            String body = method.equals("INVITE") ? "v=0\r\n" : "";
            bench.arrives(method + " sip:alice@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bK" + (method.equals("CANCEL") ? "INVITE" : method) + number
                    + "\r\nFrom: <sip:bob@example.test>;tag=" + (ours ? "b1" : "b") + "\r\nTo: <sip:alice@example.test>" + tag + "\r\nCall-ID: "
                    + (ours ? Bench.header(invite, "Call-ID") : "c") + "\r\nCSeq: " + number + " " + method + "\r\nMax-Forwards: 70\r\nContact: <sip:bob@192.0.2.2:5070>\r\n"
                    + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n") + "Content-Length: " + body.length() + "\r\n\r\n" + body);
        }

        private void respond(String status) {
            if (invite == null) {
                return;
            }
            String body = status.startsWith("200") ? "v=0\r\n" : "";
            bench.arrives("SIP/2.0 " + status.substring(0, 3) + " x\r\nVia: " + Bench.header(invite, "Via") + "\r\nFrom: " + Bench.header(invite, "From") + "\r\nTo: "
                    + Bench.header(invite, "To") + (status.equals("100") || Bench.header(invite, "To").contains("tag=") ? "" : ";tag=b1") + "\r\nCall-ID: "
                    + Bench.header(invite, "Call-ID") + "\r\nCSeq: " + Bench.header(invite, "CSeq") + "\r\nContact: <sip:" + (status.equals("302") ? "carol" : "bob")
                    + "@192.0.2.2:5070>\r\n" + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n") + "Content-Length: " + body.length() + "\r\n\r\n" + body);
        }

        @Override
        public String state() {
            return StateTable.constant(Session.class, session.state());
        }

        @Override
        public Bench bench() {
            return bench;
        }

        @Override
        public List<String> seen() {
            return seen;
        }

        @Override
        public Map<String, Long> running() throws ReflectiveOperationException {
            return StateTable.running(session, bench.nowMs);
        }

        @Override
        public SessionUser onInvite(Session of, SipMessage request, Slice offer, long nowMs) {
            return this;
        }

        @Override
        public void onNotOffered(SessionUser of, long nowMs) {
            seen.add("not offered");
        }

        @Override
        public void onInvited(Session of, long nowMs) {
            seen.add("tell invited");
        }

        @Override
        public void onRefused(Slice from, long nowMs) {
            seen.add("tell refused");
        }

        @Override
        public void writeDescription(Session of, boolean offer, ByteSink out, Flow to, long nowMs) {
            out.put("v=0\r\n");
        }

        @Override
        public int onDescription(Session of, boolean offer, Slice description, long nowMs) {
            return bad ? 488 : 0;
        }

        @Override
        public void onProgress(Session of, int status, long nowMs) {
            seen.add("tell " + status);
        }

        @Override
        public void onEstablished(Session of, long nowMs) {
            seen.add("tell established");
        }

        @Override
        public void onModified(Session of, int status, long nowMs) {
            seen.add("tell modified");
        }

        @Override
        public void onEnded(Session of, int status, long nowMs) {
            seen.add("tell ended " + status);
        }
    }

    @TestFactory
    List<DynamicTest> everyStateWithEveryInput() throws IOException {
        return new StateTable("session").tests(Machine::new, WAYS, INPUTS);
    }
}
