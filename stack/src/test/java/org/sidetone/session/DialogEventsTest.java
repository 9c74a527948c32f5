package org.sidetone.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.sidetone.Bench;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.event.EventPackage;
import org.sidetone.event.Notifier;
import org.sidetone.event.ServerPackage;
import org.sidetone.port.Flow;
import org.sidetone.sip.SipMessage;

/** The states of RFC 4235 section 3.7.1 as a watcher hears them; every document is valid by the RFC's schema. */
class DialogEventsTest {
    private final Bench bench = new Bench();
    private final Notifier notifier = new Notifier(bench.agent, bench.capacity, 60, 3600);
    private final SessionUser user = new SessionUser() {
        @Override
        public void writeDescription(Session s, boolean offer, ByteSink out, Flow to, long nowMs) {
            out.put("ours");
        }

        @Override
        public int onDescription(Session s, boolean offer, Slice description, long nowMs) {
            return 0;
        }

        @Override
        public void onProgress(Session s, int status, long nowMs) {
            // what is told counts
        }

        @Override
        public void onEstablished(Session s, long nowMs) {
            // what is told counts
        }

        @Override
        public void onModified(Session s, int status, long nowMs) {
            // what is told counts
        }

        @Override
        public void onEnded(Session s, int status, long nowMs) {
            // what is told counts
        }
    };
    private final Sessions sessions = new Sessions(bench.agent, bench.capacity, new Sessions.Owner() {
        @Override
        public SessionUser onInvite(Session s, SipMessage request, Slice offer, long nowMs) {
            return user;
        }

        @Override
        public void onNotOffered(SessionUser of, long nowMs) {
            throw new IllegalStateException();
        }

        @Override
        public void onInvited(Session s, long nowMs) {
            session = s;
        }

        @Override
        public void onRefused(Slice from, long nowMs) {
            throw new IllegalStateException();
        }
    });
    private Session session;
    private int verdict = EventPackage.ALLOW;
    private boolean shows = true;
    private final DialogEvents dialogs = new DialogEvents(bench.agent, notifier, sessions, new DialogEvents.Policy() {
        private final EventPackage presence = new ServerPackage() {
            @Override
            public byte[] name() {
                return contentType();
            }

            @Override
            public byte[] contentType() {
                return new byte[0];
            }

            @Override
            public long defaultExpiresSec() {
                return 0;
            }

            @Override
            public int authorize(SipMessage subscribe, FixedText resource, FixedText watcher, long nowMs) {
                resource.set(bench.account.address);
                watcher.set("bob");
                return verdict;
            }

            @Override
            public int standing(Slice resource, Slice watcher, long nowMs) {
                return verdict;
            }

            @Override
            public boolean writeState(Slice resource, Slice watcher, long version, long nowMs, ByteSink out) {
                return false;
            }
        };

        @Override
        public EventPackage presence() {
            return presence;
        }

        @Override
        public boolean showsCalls(Slice resource, Slice watcher, long nowMs) {
            return shows;
        }
    });

    private String subscribe() {
        bench.arrives("SUBSCRIBE sip:alice@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKs\r\nFrom: <sip:bob@example.test>;tag=b\r\n"
                + "To: <sip:alice@example.test>\r\nCall-ID: s\r\nCSeq: 1 SUBSCRIBE\r\nMax-Forwards: 70\r\nContact: <sip:bob@192.0.2.2>\r\nEvent: dialog\r\n"
                + "Content-Length: 0\r\n\r\n");
        return bench.take();
    }

    /** What the NOTIFY that was sent says: version, then direction and state of each dialog. */
    private String told() throws Exception {
        String notify = bench.sent.stream().filter(m -> m.startsWith("NOTIFY ")).findFirst().orElse(null);
        assertNotNull(notify, "nothing was told");
        bench.sent.remove(notify);
        bench.answer(notify, "200 OK", "");
        if (Bench.body(notify).isEmpty()) {
            return Bench.header(notify, "Subscription-State").split(";")[0];
        }
        assertEquals("application/dialog-info+xml", Bench.header(notify, "Content-Type"));
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(DialogEventsTest.class.getResource("/schemas/dialog-info.xsd")).newValidator()
                .validate(new StreamSource(new StringReader(Bench.body(notify))));
        assertTrue(!Bench.body(notify).contains("carol"), "with whom is not told");
        assertTrue(Bench.body(notify).contains("state=\"full\" entity=\"sip:alice@example.test\""), notify);
        StringBuilder all = new StringBuilder();
        Matcher m = Pattern.compile("version=\"(\\d+)\"|<dialog id=\"[^\"]+\" direction=\"(\\w+)\"><state>(\\w+)</state></dialog>").matcher(Bench.body(notify));
        while (m.find()) {
            all.append(m.group(1) != null ? m.group(1) : " " + m.group(2) + " " + m.group(3));
        }
        return all.toString();
    }

    /** A second later, what is told of it. */
    private String next() throws Exception {
        dialogs.doWork(bench.nowMs);
        bench.runTo(bench.nowMs + 1_000);
        return told();
    }

    private void invite() {
        session = sessions.invite(bench.account, new Slice().wrap("sip:carol@example.test".getBytes(StandardCharsets.US_ASCII)), user, bench.nowMs);
    }

    private void respond(String invite, String status, String tag, String body) {
        bench.arrives("SIP/2.0 " + status + "\r\nVia: " + Bench.header(invite, "Via") + "\r\nFrom: " + Bench.header(invite, "From") + "\r\nTo: "
                + Bench.header(invite, "To") + tag + "\r\nCall-ID: " + Bench.header(invite, "Call-ID") + "\r\nCSeq: " + Bench.header(invite, "CSeq")
                + "\r\nContact: <sip:carol@192.0.2.2>\r\n" + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n") + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private String invited() {
        return bench.sent.stream().filter(m -> m.startsWith("INVITE ")).findFirst().orElseThrow();
    }

    @Test
    void aCallOfOursIsToldFromTheFirstToTheLast() throws Exception {
        assertTrue(subscribe().startsWith("SIP/2.0 200 "));
        assertEquals("0", told());
        invite();
        String request = invited();
        assertEquals("1 initiator trying", next());
        respond(request, "181 Call Is Being Forwarded", "", "");
        assertEquals("2 initiator proceeding", next());
        respond(request, "180 Ringing", ";tag=c", "");
        assertEquals("3 initiator early", next());
        respond(request, "200 OK", ";tag=c", "theirs");
        assertEquals("4 initiator confirmed", next());
        session.end(bench.nowMs);
        assertEquals("5", next());
    }

    @Test
    void aCallToUsIsTold() throws Exception {
        subscribe();
        told();
        bench.arrives("INVITE sip:alice@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKi\r\nFrom: <sip:carol@example.test>;tag=c\r\n"
                + "To: <sip:alice@example.test>\r\nCall-ID: i\r\nCSeq: 1 INVITE\r\nMax-Forwards: 70\r\nContact: <sip:carol@192.0.2.2>\r\n"
                + "Content-Type: application/sdp\r\nContent-Length: 6\r\n\r\ntheirs");
        assertEquals("1 recipient trying", next());
        session.ring(bench.nowMs);
        assertEquals("2 recipient early", next());
        session.accept(bench.nowMs);
        assertEquals("3 recipient confirmed", next());
    }

    /** Section 3.10. */
    @Test
    void notificationsComeOnceASecond() throws Exception {
        subscribe();
        told();
        invite();
        dialogs.doWork(bench.nowMs);
        bench.runTo(bench.nowMs + 990);
        assertTrue(bench.sent.stream().noneMatch(m -> m.startsWith("NOTIFY ")));
        bench.runTo(bench.nowMs + 10);
        assertEquals("1 initiator trying", told());
    }

    /** Section 3.6. */
    @Test
    void whoMayNotKnowHearsOfNoCalls() throws Exception {
        shows = false;
        invite();
        bench.take();
        subscribe();
        assertEquals("0", told());
        session.end(bench.nowMs);
        dialogs.doWork(bench.nowMs);
        bench.sent.clear();
        bench.runTo(bench.nowMs + 3_000);
        assertTrue(bench.sent.stream().noneMatch(m -> m.startsWith("NOTIFY ")), "nor when they change");
    }

    @Test
    void whoIsNotLetInYetWaitsAndHearsWhenHeIs() throws Exception {
        verdict = EventPackage.PENDING;
        subscribe();
        assertEquals("pending", told());
        invite();
        dialogs.doWork(bench.nowMs);
        bench.runTo(bench.nowMs + 2_000);
        assertTrue(bench.sent.stream().noneMatch(m -> m.startsWith("NOTIFY ")));
        verdict = EventPackage.ALLOW;
        dialogs.decided(bench.nowMs);
        assertEquals("1 initiator trying", told());
        verdict = EventPackage.FORBIDDEN;
        dialogs.decided(bench.nowMs);
        assertEquals("terminated", told());
    }

    @Test
    void whoIsRefusedIsToldSo() {
        verdict = EventPackage.FORBIDDEN;
        assertTrue(subscribe().startsWith("SIP/2.0 403 "));
    }
}
