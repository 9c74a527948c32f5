package org.sidetone.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sidetone.Bench;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;
import org.sidetone.port.Flow;
import org.sidetone.sip.SipMessage;

/** The INVITE usage on a virtual clock; the test plays the other side. */
class SessionTest {
    private static final String OFFER = "v=0\r\no=- 1 1 IN IP4 192.0.2.2\r\ns=-\r\nt=0 0\r\n";

    private final Bench bench = new Bench();
    private final List<String> told = new ArrayList<>();
    private Session session;
    private int verdict;
    private boolean takes = true;

    private final SessionUser user = new SessionUser() {
        @Override
        public void writeDescription(Session s, boolean offer, ByteSink out, Flow to, long nowMs) {
            out.put(offer ? "our offer" : "our answer");
        }

        @Override
        public int onDescription(Session s, boolean offer, Slice description, long nowMs) {
            told.add((offer ? "offer " : "answer ") + description.toString().substring(0, 3));
            return verdict;
        }

        @Override
        public void onProgress(Session s, int status, long nowMs) {
            told.add("progress " + status);
        }

        @Override
        public void onEstablished(Session s, long nowMs) {
            told.add("established");
        }

        @Override
        public void onModified(Session s, int status, long nowMs) {
            told.add("modified " + status);
        }

        @Override
        public void onEnded(Session s, int status, long nowMs) {
            told.add("ended " + status);
        }
    };

    private final Sessions sessions = new Sessions(bench.agent, bench.capacity, new Sessions.Owner() {
        @Override
        public SessionUser onInvite(Session s, SipMessage request, Slice offer, long nowMs) {
            return takes ? user : null;
        }

        @Override
        public void onNotOffered(SessionUser of, long nowMs) {
            told.add("not offered");
        }

        @Override
        public void onInvited(Session s, long nowMs) {
            session = s;
            told.add("invited " + s.remoteUri(new Slice()));
        }

        @Override
        public void onRefused(Slice from, long nowMs) {
            told.add("missed " + from);
        }
    });

    private String take() {
        String all = String.join(", ", told);
        told.clear();
        return all;
    }

    private String invite() {
        session = sessions.invite(bench.account, new Slice().wrap("sip:bob@example.test".getBytes(StandardCharsets.US_ASCII)), user, bench.nowMs);
        assertNotNull(session);
        return bench.take();
    }

    private void respond(String request, String status, String tag, String more, String body) {
        String to = Bench.header(request, "To");
        bench.arrives("SIP/2.0 " + status + "\r\nVia: " + Bench.header(request, "Via") + "\r\nFrom: " + Bench.header(request, "From") + "\r\nTo: " + to
                + (to.contains("tag=") || tag.isEmpty() ? "" : ";tag=" + tag) + "\r\nCall-ID: " + Bench.header(request, "Call-ID") + "\r\nCSeq: "
                + Bench.header(request, "CSeq") + "\r\n" + more + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n") + "Content-Length: " + body.length()
                + "\r\n\r\n" + body);
    }

    private static String method(String request) {
        return request.split(" ", 2)[0];
    }

    private static String cseq(String request) {
        return Bench.header(request, "CSeq");
    }

    private static final String CONTACT = "Contact: <sip:bob@192.0.2.2:5070>\r\n";

    /** A session of ours, established. @return its INVITE */
    private String established(String more) {
        String invite = invite();
        respond(invite, "200 OK", "b1", CONTACT + more, OFFER);
        assertEquals("ACK", method(bench.take()));
        assertEquals("answer v=0, established", take());
        return invite;
    }

    @Test
    @Shows({"3261-12.1.2-1", "3261-12.1.2-4", "3261-12.1.2-6", "3261-12.1.2-10", "3261-13.1-1", "3261-13.2.1-9",
        "3261-13.2.2.4-2", "3261-13.2.2.4-3", "3261-13.2.2.4-4", "3261-13.2.2.4-8", "3261-15.1.1-1", "3261-17.1.1.3-1", "3261-8.2.2.3-5"})
    void anInviteIsAcceptedAcknowledgedAndEnded() {
        String invite = invite();
        assertEquals("INVITE sip:bob@example.test SIP/2.0", invite.split("\r\n")[0]);
        assertTrue(Bench.header(invite, "Contact").startsWith("<sip:alice@192.0.2.1:5060>"));
        assertTrue(Bench.header(invite, "Allow").contains("INVITE, ACK, CANCEL") && Bench.header(invite, "Allow").contains("BYE"), Bench.header(invite, "Allow"));
        assertEquals("100rel, replaces, timer", Bench.header(invite, "Supported"));
        assertEquals("application/sdp", Bench.header(invite, "Content-Type"));
        assertEquals("our offer", Bench.body(invite));
        respond(invite, "100 Trying", "", "", "");
        respond(invite, "180 Ringing", "b1", CONTACT, "");
        assertEquals("progress 180", take());
        respond(invite, "200 OK", "b1", CONTACT + "Record-Route: <sip:p1.example.test;lr>, <sip:192.0.2.2;lr>\r\n", OFFER);
        String ack = bench.take();
        assertEquals("ACK sip:bob@192.0.2.2:5070 SIP/2.0", ack.split("\r\n")[0]);
        assertEquals("<sip:192.0.2.2;lr>, <sip:p1.example.test;lr>", Bench.header(ack, "Route"));
        assertEquals(cseq(invite).replace("INVITE", "ACK"), cseq(ack));
        assertEquals("b1", Bench.param(Bench.header(ack, "To"), "tag"));
        assertFalse(ack.contains("Require"), ack);
        assertNotEquals(Bench.param(Bench.header(invite, "Via"), "branch"), Bench.param(Bench.header(ack, "Via"), "branch"));
        assertEquals("answer v=0, established", take());
        respond(invite, "200 OK", "b1", CONTACT, OFFER);
        assertEquals(ack, bench.take(), "the 2xx came again: the same ACK");
        assertEquals("", take());
        session.end(bench.nowMs);
        String bye = bench.take();
        assertEquals("BYE sip:bob@192.0.2.2:5070 SIP/2.0", bye.split("\r\n")[0]);
        assertTrue(Long.parseLong(cseq(bye).split(" ")[0]) > Long.parseLong(cseq(invite).split(" ")[0]));
        assertEquals(1, sessions.inUse());
        respond(bye, "200 OK", "", "", "");
        assertEquals(0, sessions.inUse());
        assertEquals("", take());
    }

    @Test
    @Shows("4975-3-5")
    void anImAddressIsCalledBySip() {
        session = sessions.invite(bench.account, new Slice().wrap("im:bob@example.test".getBytes(StandardCharsets.US_ASCII)), user, bench.nowMs);
        String invite = bench.take();
        assertEquals("INVITE sip:bob@example.test SIP/2.0", invite.split("\r\n")[0]);
        assertEquals("<sip:bob@example.test>", Bench.header(invite, "To"));
        respond(invite, "200 OK", "b1", CONTACT, OFFER);
        assertEquals("ACK sip:bob@192.0.2.2:5070 SIP/2.0", bench.take().split("\r\n")[0]);
    }

    @Test
    @Shows({"3261-13.2.2.4-5"})
    void theAckCarriesTheCredentialsOfItsInvite() {
        String first = invite();
        respond(first, "407 Proxy Authentication Required", "p", "Proxy-Authenticate: Digest realm=\"x\", nonce=\"n1\", algorithm=MD5, qop=\"auth\"\r\n", "");
        assertEquals("ACK", method(bench.take()));
        String invite = bench.take();
        assertEquals(Bench.header(first, "Call-ID"), Bench.header(invite, "Call-ID"));
        assertNull(Bench.param(Bench.header(invite, "To"), "tag"));
        respond(invite, "200 OK", "b1", CONTACT, OFFER);
        String ack = bench.take();
        assertNotNull(Bench.header(invite, "Proxy-Authorization"));
        assertEquals(Bench.header(invite, "Proxy-Authorization"), Bench.header(ack, "Proxy-Authorization"));
    }

    @Test
    @Shows({"3261-13.2.2.4-9"})
    void anotherBranchThatAcceptsTooIsAcknowledgedAndEnded() {
        String invite = established("");
        respond(invite, "200 OK", "b2", "Contact: <sip:bob@192.0.2.3:5070>\r\n", OFFER);
        String ack = bench.take();
        String bye = bench.take();
        assertEquals("ACK sip:bob@192.0.2.3:5070 SIP/2.0", ack.split("\r\n")[0]);
        assertEquals("BYE sip:bob@192.0.2.3:5070 SIP/2.0", bye.split("\r\n")[0]);
        assertEquals("b2", Bench.param(Bench.header(bye, "To"), "tag"));
        assertEquals(1, sessions.straysEnded());
        assertEquals(Session.ESTABLISHED, session.state());
        assertEquals("", take());
    }

    @Test
    @Shows("3261-15-2")
    void givingUpSendsCancelOnceSomebodyAnsweredAndByeWhenItWasTooLate() {
        String invite = invite();
        session.end(0);
        assertTrue(bench.sent.isEmpty(), "nothing to cancel before a provisional response");
        respond(invite, "180 Ringing", "b1", "", "");
        String cancel = bench.take();
        assertEquals("CANCEL", method(cancel));
        assertEquals(Bench.param(Bench.header(invite, "Via"), "branch"), Bench.param(Bench.header(cancel, "Via"), "branch"));
        respond(cancel, "200 OK", "b1", "", "");
        respond(invite, "487 Request Terminated", "b1", "", "");
        assertEquals("ACK", method(bench.take()));
        assertEquals(0, sessions.inUse());
        invite = invite();
        respond(invite, "180 Ringing", "b1", "", "");
        take();
        session.end(0);
        bench.take();
        respond(invite, "200 OK", "b1", CONTACT, OFFER);
        assertEquals("ACK", method(bench.take()));
        assertEquals("BYE", method(bench.take()));
        assertEquals("", take(), "its user left before");
    }

    @Test
    void refusalsAndSilenceAreTold() {
        respond(invite(), "486 Busy Here", "b1", "", "");
        assertEquals("ACK", method(bench.take()));
        assertEquals("ended 486", take());
        assertEquals(0, sessions.inUse());
        invite();
        bench.runTo(40_000);
        assertEquals("ended 408", take());
        assertEquals(0, sessions.inUse());
    }

    @Test
    @Shows({"3261-8.1.3.4-2", "3261-8.1.3.4-8", "3261-8.1.3.4-12"})
    void redirectionTriesTheContactsTheBestFirstEachOnce() {
        String invite = invite();
        respond(invite, "302 Moved Temporarily", "b1", "Contact: <sip:b@192.0.2.8>;q=0.3, <sip:c@192.0.2.9>;q=0.7, <sip:bob@example.test>\r\n", "");
        assertEquals("ACK", method(bench.take()));
        String second = bench.take();
        assertEquals("INVITE sip:c@192.0.2.9 SIP/2.0", second.split("\r\n")[0]);
        assertEquals(Bench.header(invite, "To"), Bench.header(second, "To"));
        assertEquals(Bench.header(invite, "From"), Bench.header(second, "From"));
        respond(second, "480 Temporarily Unavailable", "b2", "", "");
        bench.take();
        String third = bench.take();
        assertEquals("INVITE sip:b@192.0.2.8 SIP/2.0", third.split("\r\n")[0]);
        respond(third, "302 Moved Temporarily", "b3", "Contact: <sip:c@192.0.2.9>\r\n", "");
        bench.take();
        assertTrue(bench.sent.isEmpty());
        assertEquals("ended 302", take());
    }

    @Test
    @Shows({"3261-13.2.1-12"})
    void reliableProvisionalResponsesAreAcknowledgedInOrderOnce() {
        String invite = invite();
        respond(invite, "183 Session Progress", "b1", CONTACT + "Require: 100rel\r\nRSeq: 988\r\n", OFFER);
        String prack = bench.take();
        assertEquals("PRACK sip:bob@192.0.2.2:5070 SIP/2.0", prack.split("\r\n")[0]);
        assertEquals("988 " + cseq(invite), Bench.header(prack, "RAck"));
        assertEquals("answer v=0, progress 183", take());
        respond(invite, "183 Session Progress", "b1", CONTACT + "Require: 100rel\r\nRSeq: 988\r\n", OFFER);
        assertTrue(bench.sent.isEmpty());
        assertEquals("", take());
        respond(prack, "200 OK", "", "", "");
        respond(invite, "180 Ringing", "b1", CONTACT + "Require: 100rel\r\nRSeq: 990\r\n", "");
        assertTrue(bench.sent.isEmpty(), "989 is missing");
        respond(invite, "180 Ringing", "b1", CONTACT + "Require: 100rel\r\nRSeq: 989\r\n", "");
        String second = bench.take();
        assertEquals("989 " + cseq(invite), Bench.header(second, "RAck"));
        respond(second, "200 OK", "", "", "");
        respond(invite, "200 OK", "b1", CONTACT, "");
        assertEquals(cseq(invite).split(" ")[0], cseq(bench.take()).split(" ")[0]);
        assertEquals("progress 180, established", take());
        session.end(0);
        assertTrue(Long.parseLong(cseq(bench.take()).split(" ")[0]) > Long.parseLong(cseq(second).split(" ")[0]), "numbers go on after the PRACKs");
    }

    /** What a dialog has kept, as a request in it shows. */
    private static void assertKept(String later, String target, String route, String from, String to, String callId) {
        assertEquals("INVITE " + target + " SIP/2.0", later.split("\r\n")[0]);
        assertEquals(route, Bench.header(later, "Route"));
        assertEquals(from, Bench.header(later, "From"));
        assertEquals(to, Bench.header(later, "To"));
        assertEquals(callId, Bench.header(later, "Call-ID"));
    }

    @Test
    @Shows({"3261-12.1.2-3", "3261-12.1.2-12"})
    void ourDialogIsKeptAsLongAsItLasts() {
        String invite = established("Record-Route: <sip:192.0.2.51;lr>, <sip:192.0.2.50;lr>\r\n");
        bench.runTo(10 * 3_600_000);
        session.modify(bench.nowMs);
        String later = bench.take();
        assertKept(later, "sip:bob@192.0.2.2:5070", "<sip:192.0.2.50;lr>, <sip:192.0.2.51;lr>", Bench.header(invite, "From"), "<sip:bob@example.test>;tag=b1",
                Bench.header(invite, "Call-ID"));
        assertEquals(Long.parseLong(cseq(invite).split(" ")[0]) + 1 + " INVITE", cseq(later));
    }

    @Test
    @Shows({"3261-12.1.1-6", "3261-12.1.1-13"})
    void theirDialogIsKeptAsLongAsItLasts() {
        String tag = establishedTheirs("Record-Route: <sip:192.0.2.50;lr>, <sip:192.0.2.51;lr>\r\n");
        bench.sent.clear();
        bench.runTo(10 * 3_600_000);
        arrive("INVITE", 2, "another", "", OFFER);
        assertEquals("SIP/2.0 481", bench.take().substring(0, 11), "the local tag is the one of our To");
        branch++;
        bench.arrives(theirs("BYE", 3, tag, "", "").replace("tag=bt", "tag=other"));
        assertEquals("SIP/2.0 481", bench.take().substring(0, 11), "the remote tag is the one of their From");
        bench.sent.clear();
        session.modify(bench.nowMs);
        assertKept(bench.take(), "sip:bob@192.0.2.2:5070", "<sip:192.0.2.50;lr>, <sip:192.0.2.51;lr>", "<sip:alice@example.test>;tag=" + tag,
                "<sip:bob@example.test>;tag=bt", "their-call");
    }

    @Test
    @Shows("3261-13.2.2.4-1")
    void theAnswerSaysWhichWayTheDialogGoesWhateverRingingSaid() {
        String invite = invite();
        respond(invite, "180 Ringing", "b1", CONTACT.replace("5070", "5099") + "Record-Route: <sip:192.0.2.60;lr>\r\n", "");
        respond(invite, "200 OK", "b1", CONTACT + "Record-Route: <sip:192.0.2.50;lr>\r\n", OFFER);
        String ack = bench.take();
        assertEquals("ACK sip:bob@192.0.2.2:5070 SIP/2.0", ack.split("\r\n")[0]);
        assertEquals("<sip:192.0.2.50;lr>", Bench.header(ack, "Route"));
        assertEquals("progress 180, answer v=0, established", take());
    }

    @Test
    @Shows("3261-13.2.2.3-1")
    void whatComesAfterARefusalIsIgnored() {
        String invite = invite();
        respond(invite, "486 Busy Here", "b1", "", "");
        bench.take();
        take();
        respond(invite, "200 OK", "b2", CONTACT, OFFER);
        respond(invite, "603 Decline", "b3", "", "");
        assertEquals("", take());
        assertTrue(bench.sent.stream().allMatch(m -> m.startsWith("ACK") && Bench.header(m, "To").endsWith("b1")), bench.sent.toString());
        assertEquals(0, sessions.inUse());
    }

    @Test
    @Shows("3261-15.1.1-2")
    void aByeEndsItWhateverIsSaidToIt() {
        for (String said : List.of("481 Call/Transaction Does Not Exist", "408 Request Timeout", "500 Server Internal Error", "")) {
            established("");
            session.end(bench.nowMs);
            String bye = bench.take();
            if (said.isEmpty()) {
                bench.runTo(bench.nowMs + 33_000);
                bench.sent.clear();
            } else {
                respond(bye, said, "", "", "");
            }
            assertEquals(0, sessions.inUse(), said);
            assertTrue(bench.sent.isEmpty());
        }
    }

    @Test
    void anAnswerThatIsNoneEndsTheSession() {
        String invite = invite();
        respond(invite, "200 OK", "b1", CONTACT, "");
        assertEquals("ACK", method(bench.take()));
        assertEquals("BYE", method(bench.take()));
        assertEquals("ended 488", take());
        verdict = 488;
        invite = invite();
        respond(invite, "200 OK", "b1", CONTACT, OFFER);
        assertEquals("ACK", method(bench.take()));
        assertEquals("BYE", method(bench.take()));
        assertEquals("answer v=0, ended 488", take());
    }

    // ------------------------------------------------------------ their INVITE

    private int branch;

    private String theirs(String method, int cseq, String toTag, String more, String body) {
        return method + " sip:alice@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bK-t" + branch + "\r\nMax-Forwards: 70\r\n"
                + "From: \"Bob\" <sip:bob@example.test>;tag=bt\r\nTo: <sip:alice@example.test>" + (toTag == null ? "" : ";tag=" + toTag) + "\r\nCall-ID: their-call\r\nCSeq: "
                + cseq + " " + method + "\r\n" + CONTACT + more + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n") + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private void arrive(String method, int cseq, String toTag, String more, String body) {
        branch++;
        bench.arrives(theirs(method, cseq, toTag, more, body));
    }

    /** A session of theirs, established. @return our tag */
    private String establishedTheirs(String more) {
        arrive("INVITE", 1, null, more, OFFER);
        assertEquals("offer v=0, invited sip:bob@example.test", take());
        session.accept(bench.nowMs);
        String ok = bench.take();
        String tag = Bench.param(Bench.header(ok, "To"), "tag");
        arrive("ACK", 1, tag, "", "");
        assertEquals("established", take());
        return tag;
    }

    @Test
    @Shows({"3261-12.1.1-1", "3261-12.1.1-2", "3261-13.2.1-10", "3261-13.2.1-15", "3261-13.3.1.1-2", "3261-13.3.1.4-2", "3261-15.1.2-4"})
    void theirInviteRingsIsAcceptedAndAcknowledged() {
        arrive("INVITE", 1, null, "Record-Route: <sip:p2.example.test;lr>\r\nRecord-Route: <sip:p1.example.test;lr>\r\n", OFFER);
        assertEquals("\"Bob\"", session.displayName(new Slice()).toString());
        session.ring(0);
        String ringing = bench.take();
        assertEquals("SIP/2.0 180 Ringing", ringing.split("\r\n")[0]);
        assertNull(Bench.header(ringing, "RSeq"));
        assertEquals("", Bench.body(ringing));
        session.accept(0);
        String ok = bench.take();
        assertEquals("SIP/2.0 200 OK", ok.split("\r\n")[0]);
        assertEquals("<sip:p2.example.test;lr>, <sip:p1.example.test;lr>", Bench.header(ok, "Record-Route"));
        assertEquals(Bench.param(Bench.header(ringing, "To"), "tag"), Bench.param(Bench.header(ok, "To"), "tag"));
        assertEquals("our answer", Bench.body(ok));
        assertTrue(Bench.header(ok, "Contact").startsWith("<sip:alice@192.0.2.1:5060>"));
        take();
        bench.runTo(3_600);
        assertEquals(List.of(ok, ok, ok), List.of(bench.take(), bench.take(), bench.take()), "again at 0.5, 1.5 and 3.5 s, whatever the transport");
        String tag = Bench.param(Bench.header(ok, "To"), "tag");
        arrive("ACK", 1, tag, "", "");
        assertEquals("established", take());
        bench.runTo(20_000);
        assertTrue(bench.sent.isEmpty());
        arrive("BYE", 2, tag, "", "");
        assertEquals("SIP/2.0 200 OK", bench.take().split("\r\n")[0]);
        assertEquals("ended 200", take());
        arrive("BYE", 3, tag, "", "");
        assertEquals("SIP/2.0 481", bench.take().substring(0, 11));
    }

    @Test
    @Shows("3261-15-3")
    void whatOnlyRingsIsRefusedNotEnded() {
        arrive("INVITE", 1, null, "", OFFER);
        session.ring(0);
        bench.take();
        session.end(0);
        assertTrue(bench.take().matches("(?s)SIP/2.0 [456].*"));
        bench.runTo(40_000);
        assertTrue(bench.sent.stream().noneMatch(m -> m.startsWith("BYE")), bench.sent.toString());
    }

    @Test
    @Shows("3261-15.1.2-2")
    void aByeThatIsOlderThanTheLastRequestIsNone() {
        String tag = establishedTheirs("");
        bench.sent.clear();
        arrive("BYE", 1, tag, "", "");
        assertEquals("SIP/2.0 500", bench.take().substring(0, 11));
        assertEquals(1, sessions.inUse());
        arrive("BYE", 2, tag, "Require: teleport\r\n", "");
        assertEquals("SIP/2.0 420", bench.take().substring(0, 11));
        assertEquals(1, sessions.inUse());
    }

    @Test
    @Shows("3261-15-4")
    void anAcceptedInviteWithoutAckEndsWithByeAndNotBefore() {
        arrive("INVITE", 1, null, "", OFFER);
        session.accept(0);
        session.end(0);
        bench.take();
        bench.runTo(31_999);
        assertTrue(bench.sent.stream().noneMatch(m -> m.startsWith("BYE")));
        bench.sent.clear();
        bench.runTo(32_000);
        assertEquals("BYE", method(bench.take()));
    }

    @Test
    @Shows({"3261-13.2.1-13", "3261-13.2.1-16", "3261-13.3.1-4", "3261-13.3.1.4-3"})
    void withoutAnOfferWeMakeOneAndTheAckAnswersIt() {
        arrive("INVITE", 1, null, "", "");
        session.accept(0);
        String ok = bench.take();
        assertEquals("our offer", Bench.body(ok));
        take();
        arrive("ACK", 1, Bench.param(Bench.header(ok, "To"), "tag"), "", OFFER);
        assertEquals("answer v=0, established", take());
    }

    @Test
    void anAckWithoutTheAnswerEndsTheSession() {
        arrive("INVITE", 1, null, "", "");
        session.accept(0);
        take();
        arrive("ACK", 1, Bench.param(Bench.header(bench.take(), "To"), "tag"), "", "");
        assertEquals("BYE", method(bench.take()));
        assertEquals("ended 488", take());
    }

    @Test
    @Shows("3261-15.1.2-5")
    void theyGiveUpByCancelByeOrExpires() {
        arrive("INVITE", 1, null, "", OFFER);
        take();
        bench.arrives(theirs("CANCEL", 1, null, "", ""));
        assertEquals("SIP/2.0 200 OK", bench.take().split("\r\n")[0]);
        assertEquals("SIP/2.0 487", bench.take().substring(0, 11));
        assertEquals("ended 487", take());
        bench.transactions.onConnectionLost(99, 0);
        arrive("INVITE", 2, null, "Expires: 3\r\n", OFFER);
        take();
        bench.sent.clear();
        bench.runTo(2_999);
        assertEquals("", take());
        bench.runTo(3_000);
        assertEquals("ended 487", take());
        assertTrue(bench.sent.stream().anyMatch(m -> m.startsWith("SIP/2.0 487")));
        arrive("INVITE", 3, null, "", OFFER);
        session.ring(bench.nowMs);
        take();
        String ringing = bench.sent.get(bench.sent.size() - 1);
        bench.sent.clear();
        arrive("BYE", 4, Bench.param(Bench.header(ringing, "To"), "tag"), "", "");
        assertEquals("SIP/2.0 200", bench.take().substring(0, 11));
        assertEquals("SIP/2.0 487", bench.take().substring(0, 11));
        assertEquals("ended 487", take());
    }

    @Test
    @Shows("3261-13.3.1.1-3")
    void whileItRingsProxiesHearOfItEveryMinute() {
        arrive("INVITE", 1, null, "", OFFER);
        session.ring(0);
        bench.take();
        bench.runTo(59_999);
        assertTrue(bench.sent.isEmpty());
        bench.runTo(120_000);
        assertEquals(2, bench.sent.stream().filter(m -> m.startsWith("SIP/2.0 180")).count());
    }

    @Test
    @Shows("3261-8.2.4-6")
    void ringingIsReliableWhereTheCallerRequiresIt() {
        arrive("INVITE", 1, null, "Require: 100rel\r\n", OFFER);
        session.ring(0);
        String ringing = bench.take();
        assertEquals("100rel", Bench.header(ringing, "Require"));
        String rseq = Bench.header(ringing, "RSeq");
        bench.runTo(1_600);
        assertEquals(List.of(ringing, ringing), List.of(bench.take(), bench.take()));
        String tag = Bench.param(Bench.header(ringing, "To"), "tag");
        arrive("PRACK", 2, tag, "RAck: 1 1 INVITE\r\n".replace("1 1", Long.parseLong(rseq) + 1 + " 1"), "");
        assertEquals("SIP/2.0 481", bench.take().substring(0, 11));
        arrive("PRACK", 3, tag, "RAck: " + rseq + " 1 INVITE\r\n", "");
        assertEquals("SIP/2.0 200", bench.take().substring(0, 11));
        bench.runTo(30_000);
        assertTrue(bench.sent.isEmpty());
        session.accept(bench.nowMs);
        assertEquals("SIP/2.0 200", bench.take().substring(0, 11));
    }

    @Test
    void ringingThatNobodyAcknowledgesIsGivenUp() {
        arrive("INVITE", 1, null, "Require: 100rel\r\n", OFFER);
        session.ring(0);
        take();
        bench.runTo(31_999);
        bench.sent.clear();
        bench.runTo(32_000);
        assertEquals("SIP/2.0 504", bench.take().substring(0, 11));
        assertEquals("ended 408", take());
    }

    @Test
    void offersThatMeetAreRefusedAndMadeAgainLater() {
        String tag = establishedTheirs("");
        bench.sent.clear();
        session.modify(bench.nowMs);
        String ours = bench.take();
        assertEquals("INVITE", method(ours));
        arrive("INVITE", 2, tag, "", OFFER);
        assertEquals("SIP/2.0 491", bench.take().substring(0, 11));
        bench.arrives(theirs("ACK", 2, tag, "", ""));
        arrive("UPDATE", 3, tag, "", OFFER);
        assertEquals("SIP/2.0 491", bench.take().substring(0, 11));
        respond(ours, "491 Request Pending", "", "", "");
        bench.sent.clear();
        bench.runTo(bench.nowMs + 2_001);
        ours = bench.take();
        assertEquals("INVITE", method(ours), "they own the Call-ID: we are back within two seconds");
        respond(ours, "200 OK", "", CONTACT.replace("5070", "5080"), OFFER);
        assertEquals("ACK sip:bob@192.0.2.2:5080 SIP/2.0", bench.take().split("\r\n")[0], "the target is refreshed");
        assertEquals("answer v=0, modified 200", take());
        arrive("INVITE", 4, tag, "", OFFER);
        assertEquals("our answer", Bench.body(bench.take()));
        assertEquals("offer v=0", take());
        arrive("ACK", 4, tag, "", "");
        verdict = 488;
        arrive("INVITE", 5, tag, "", OFFER);
        assertEquals("SIP/2.0 488", bench.take().substring(0, 11));
        assertEquals(Session.ESTABLISHED, session.state(), "what was agreed stays");
    }

    @Test
    @Shows("3261-20.5-2")
    void ourRefusedOfferChangesNothingAndALostDialogEnds() {
        established("");
        session.modify(0);
        respond(bench.take(), "488 Not Acceptable Here", "", "", "");
        bench.take();
        assertEquals("modified 488", take());
        session.modify(0);
        respond(bench.take(), "481 Call/Transaction Does Not Exist", "", "", "");
        bench.take();
        assertEquals("ended 481", take());
        assertEquals("BYE", method(bench.take()));
    }

    @Test
    void theOwnerOfTheCallIdWaitsLonger() {
        established("");
        session.modify(0);
        respond(bench.take(), "491 Request Pending", "", "", "");
        bench.sent.clear();
        bench.runTo(2_099);
        assertTrue(bench.sent.isEmpty());
        bench.runTo(4_001);
        assertEquals("INVITE", method(bench.take()));
    }

    // ------------------------------------------------------------ session timers, RFC 4028

    @Test
    void theRefresherRefreshesByUpdateHalfWay() {
        established("Allow: INVITE, UPDATE\r\nRequire: timer\r\nSession-Expires: 600;refresher=uac\r\n");
        bench.runTo(299_999);
        assertTrue(bench.sent.isEmpty());
        bench.runTo(300_000);
        String update = bench.take();
        assertEquals("UPDATE", method(update));
        assertEquals("600;refresher=uac", Bench.header(update, "Session-Expires"));
        assertEquals("0", Bench.header(update, "Content-Length"));
        respond(update, "200 OK", "", CONTACT + "Session-Expires: 600;refresher=uac\r\n", "");
        bench.runTo(599_999);
        assertTrue(bench.sent.isEmpty());
        bench.runTo(600_000);
        update = bench.take();
        respond(update, "405 Method Not Allowed", "", "", "");
        assertEquals("INVITE", method(bench.take()), "there is no UPDATE after all");
    }

    @Test
    void withoutARefreshInTimeItIsOver() {
        established("Session-Expires: 600;refresher=uas\r\n");
        bench.runTo(567_999);
        assertEquals("", take());
        bench.runTo(568_000);
        assertEquals("BYE", method(bench.take()));
        assertEquals("ended 408", take());
    }

    @Test
    void tooShortAnIntervalIs422OnBothSides() {
        String invite = invite();
        assertEquals("1800", Bench.header(invite, "Session-Expires"));
        respond(invite, "422 Session Interval Too Small", "b1", "Min-SE: 3600\r\n", "");
        bench.take();
        String second = bench.take();
        assertEquals("3600", Bench.header(second, "Session-Expires"));
        assertEquals("3600", Bench.header(second, "Min-SE"));
        session.end(0);
        bench.sent.clear();
        arrive("INVITE", 1, null, "Supported: timer\r\nSession-Expires: 60\r\n", OFFER);
        String small = bench.take();
        assertEquals("SIP/2.0 422", small.substring(0, 11));
        assertEquals("90", Bench.header(small, "Min-SE"));
    }

    @Test
    @Shows("3261-8.2.4-6")
    void ourAnswerNamesTheRefresher() {
        arrive("INVITE", 1, null, "Supported: timer\r\nSession-Expires: 300\r\n", OFFER);
        session.accept(0);
        String ok = bench.take();
        assertEquals("300;refresher=uac", Bench.header(ok, "Session-Expires"));
        assertEquals("timer", Bench.header(ok, "Require"));
        session.end(0);
        arrive("ACK", 1, Bench.param(Bench.header(ok, "To"), "tag"), "", "");
        respond(bench.take(), "200 OK", "", "", "");
        arrive("INVITE", 7, null, "Session-Expires: 300\r\n", OFFER);
        session.accept(0);
        ok = bench.take();
        assertEquals("300;refresher=uas", Bench.header(ok, "Session-Expires"), "they know no timers: we refresh");
        assertNull(Bench.header(ok, "Require"));
        arrive("ACK", 7, Bench.param(Bench.header(ok, "To"), "tag"), "", "");
        bench.sent.clear();
        bench.runTo(150_000);
        assertEquals("INVITE", method(bench.take()));
    }

    // ------------------------------------------------------------ Replaces, RFC 3891; refusals

    @Test
    void replacesTakesTheOtherSessionsPlace() {
        String tag = establishedTheirs("");
        bench.sent.clear();
        branch++;
        String replacing = theirs("INVITE", 1, null, "Replaces: their-call;to-tag=" + tag + ";from-tag=bt\r\n", OFFER).replace("Call-ID: their-call", "Call-ID: new-call");
        bench.arrives(replacing);
        assertEquals("SIP/2.0 200 OK", bench.take().split("\r\n")[0]);
        assertEquals("BYE", method(bench.take()));
        assertEquals("offer v=0, ended 200", take());
        branch++;
        bench.arrives(replacing.replace("new-call", "other-call").replace("z9hG4bK-t", "z9hG4bK-x").replace("to-tag=" + tag, "to-tag=none"));
        assertEquals("SIP/2.0 481", bench.take().substring(0, 11));
    }

    @Test
    void whatNobodyTakesIs488AndWhatIsNoDescription415() {
        takes = false;
        arrive("INVITE", 1, null, "", OFFER);
        String refused = bench.take();
        assertEquals("SIP/2.0 488", refused.substring(0, 11));
        assertTrue(Bench.header(refused, "Warning").startsWith("304 "));
        assertEquals("missed sip:bob@example.test", take());
        branch++;
        bench.arrives(theirs("INVITE", 9, null, "", OFFER).replace("application/sdp", "text/plain"));
        String type = bench.take();
        assertEquals("SIP/2.0 415", type.substring(0, 11));
        assertEquals("application/sdp", Bench.header(type, "Accept"));
        assertEquals(0, sessions.inUse());
    }

    @Test
    @Shows("3261-11.2-1")
    void optionsAreAnsweredAsAnInviteWouldBe() {
        arrive("OPTIONS", 1, null, "", "");
        String free = bench.take();
        assertEquals("SIP/2.0 200", free.substring(0, 11));
        for (int i = 0; i < bench.capacity.sessions(); i++) {
            branch++;
            bench.arrives(theirs("INVITE", 1, null, "", OFFER).replace("their-call", "call-" + i));
        }
        bench.sent.clear();
        branch++;
        bench.arrives(theirs("OPTIONS", 1, null, "", "").replace("their-call", "asked-again"));
        String busy = bench.take();
        assertEquals("SIP/2.0 486", busy.substring(0, 11));
        assertEquals(Bench.header(free, "Allow"), Bench.header(busy, "Allow"));
        branch++;
        bench.account.contactUser.set("alice");
        bench.agent.account(1).address.set("sip:carol@example.test");
        bench.agent.account(1).contactUser.set("carol");
        bench.arrives(theirs("OPTIONS", 1, null, "", "").replace("their-call", "nobody").replace("alice", "nobody"));
        assertEquals("SIP/2.0 404", bench.take().substring(0, 11));
    }

    @Test
    void aFullPoolIsBusyAndComesBack() {
        for (int i = 0; i < bench.capacity.sessions(); i++) {
            branch++;
            bench.arrives(theirs("INVITE", 1, null, "", OFFER).replace("their-call", "call-" + i));
        }
        assertTrue(bench.sent.isEmpty());
        branch++;
        bench.arrives(theirs("INVITE", 1, null, "", OFFER).replace("their-call", "one-too-many"));
        assertEquals("SIP/2.0 486", bench.take().substring(0, 11));
        assertEquals(1, sessions.refusedForRoom());
        session.refuse(603, 0);
        assertEquals("SIP/2.0 603", bench.take().substring(0, 11));
        assertEquals(bench.capacity.sessions() - 1, sessions.inUse());
        assertFalse(told.isEmpty());
    }
}
