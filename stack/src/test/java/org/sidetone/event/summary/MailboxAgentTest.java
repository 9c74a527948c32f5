package org.sidetone.event.summary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.sidetone.Bench;
import org.sidetone.bytes.FixedText;
import org.sidetone.event.EventPackage;
import org.sidetone.event.Notifier;
import org.sidetone.event.publish.EventStateCompositor;
import org.sidetone.event.publish.Publication;
import org.sidetone.port.Capacity;
import org.sidetone.sip.SipMessage;

class MailboxAgentTest implements EventStateCompositor.Policy, MailboxAgent.Policy {
    private final Bench bench = new Bench();
    private int sequence;

    MailboxAgentTest() {
        Capacity c = Capacity.exchange();
        new MailboxAgent(new Notifier(bench.agent, c, 60, 3600), new EventStateCompositor(bench.agent, this, c, 60, 3600), this);
    }

    @Override
    public int mayPublish(SipMessage publish, FixedText resource) {
        resource.set("sip:alice@example.test");
        return 200;
    }

    @Override
    public void keep(Publication publication, long nowMs) {
        // kept nowhere
    }

    @Override
    public int mayWatchMailbox(SipMessage subscribe, FixedText mailbox, FixedText watcher) {
        mailbox.set("sip:alice@example.test");
        watcher.set("sip:alice@example.test");
        return EventPackage.ALLOW;
    }

    private String request(String method, String more, String body) {
        sequence++;
        bench.arrives(method + " sip:alice@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKm" + sequence
                + "\r\nFrom: <sip:alice@example.test>;tag=a\r\nTo: <sip:alice@example.test>\r\nCall-ID: " + method + "\r\nCSeq: " + sequence
                + " " + method + "\r\nMax-Forwards: 70\r\nContact: <sip:alice@192.0.2.2>\r\nEvent: message-summary\r\n" + more
                + "Content-Length: " + body.length() + "\r\n\r\n" + body);
        return bench.take();
    }

    private String publish(String body) {
        return request("PUBLISH", "Content-Type: application/simple-message-summary\r\n", body);
    }

    @Test
    void whatMessageSystemsPublishIsSummedAndToldToThePhone() {
        assertTrue(request("SUBSCRIBE", "", "").startsWith("SIP/2.0 200 "));
        String first = bench.take();
        assertTrue(first.endsWith("\r\n\r\nMessages-Waiting: no\r\nMessage-Account: sip:alice@example.test\r\n"), first);
        bench.answer(first, "200 OK", "");
        String published = publish("Messages-Waiting: yes\r\nVoice-Message: 2/0\r\n");
        assertTrue(published.startsWith("SIP/2.0 200 "), published);
        String second = bench.take();
        assertTrue(second.endsWith("Voice-Message: 2/0\r\n"), second);
        bench.answer(second, "200 OK", "");
        publish("Messages-Waiting: yes\r\nVoice-Message: 1/1 (1/0)\r\nFax-Message: 1/0\r\n");
        String sum = bench.take();
        assertTrue(sum.endsWith("Voice-Message: 3/1 (1/0)\r\nFax-Message: 1/0\r\n"), sum);
        bench.answer(sum, "200 OK", "");
        request("PUBLISH", "Expires: 0\r\nSIP-If-Match: " + Bench.header(published, "SIP-ETag") + "\r\n", "");
        assertTrue(bench.take().endsWith("Voice-Message: 1/1 (1/0)\r\nFax-Message: 1/0\r\n"));
    }

    @Test
    void whatIsNoSummaryIsRefused() {
        assertEquals("SIP/2.0 400 Missing Or Malformed Body", publish("Hello").split("\r\n")[0]);
        String other = request("PUBLISH", "Content-Type: text/plain\r\n", "Messages-Waiting: yes\r\n");
        assertTrue(other.startsWith("SIP/2.0 415 "), other);
        assertEquals("application/simple-message-summary", Bench.header(other, "Accept"));
    }
}
