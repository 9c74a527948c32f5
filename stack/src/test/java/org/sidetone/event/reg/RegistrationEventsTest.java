package org.sidetone.event.reg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sidetone.Bench;
import org.sidetone.bytes.FixedText;
import org.sidetone.conformance.Shows;
import org.sidetone.event.EventPackage;
import org.sidetone.event.Notifier;
import org.sidetone.sip.Method;
import org.sidetone.sip.register.Registrar;

/** A registrar and one who watches his own registration; every document is valid by the RFC's schema. */
class RegistrationEventsTest {
    private final Bench bench = new Bench();
    private final FixedText alice = new FixedText(64);
    private Validator validator;
    private RegistrationEvents events;
    private int count;

    @BeforeEach
    void start() throws Exception {
        bench.capacity.bindings = 4;
        bench.capacity.watchers = 4;
        alice.set("sip:alice@example.test");
        Notifier notifier = new Notifier(bench.agent, bench.capacity, 60, 3600);
        Registrar registrar = new Registrar(bench.agent, (binding, nowMs) -> events.onBinding(binding, nowMs), bench.capacity, 60, 3600);
        events = new RegistrationEvents(notifier, registrar, (subscribe, resource, watcher) -> {
            resource.set(alice);
            watcher.set(subscribe.from().uri());
            return watcher.equals(alice) ? EventPackage.ALLOW : EventPackage.FORBIDDEN;
        });
        bench.agent.handle(Method.REGISTER, (request, transaction, nowMs) -> registrar.onRegister(request, alice, transaction, nowMs));
        validator = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(RegistrationEventsTest.class.getResource("/schemas/reginfo.xsd")).newValidator();
    }

    private String say(String method, String from, String more) {
        count++;
        bench.arrives(method + " sip:alice@example.test SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKe" + count
                + "\r\nFrom: <" + from + ">;tag=a\r\nTo: <sip:alice@example.test>\r\nCall-ID: " + method + "\r\nCSeq: " + count + " " + method
                + "\r\nMax-Forwards: 70\r\n" + more + "Content-Length: 0\r\n\r\n");
        return bench.take();
    }

    /** The NOTIFY that was sent, answered; its document checked. */
    private String notified() throws Exception {
        String notify = bench.take();
        assertTrue(notify.startsWith("NOTIFY "), notify);
        assertEquals("reg", Bench.header(notify, "Event"));
        assertEquals("application/reginfo+xml", Bench.header(notify, "Content-Type"));
        bench.answer(notify, "200 OK", "");
        validator.validate(new StreamSource(new StringReader(Bench.body(notify))));
        return Bench.body(notify);
    }

    @Test
    void hearsHowItIsAtFirst() throws Exception {
        assertEquals("SIP/2.0 200 OK", say("SUBSCRIBE", "sip:alice@example.test", "Event: reg\r\nContact: <sip:alice@192.0.2.2>\r\n").split("\r\n")[0]);
        String first = notified();
        assertTrue(first.contains("version=\"0\"") && first.contains("state=\"init\""), first);
    }

    private String after(Runnable change) throws Exception {
        change.run();
        String notify = bench.sent.stream().filter(m -> m.startsWith("NOTIFY ")).findFirst().orElseThrow();
        bench.sent.clear();
        bench.answer(notify, "200 OK", "");
        validator.validate(new StreamSource(new StringReader(Bench.body(notify))));
        return Bench.body(notify);
    }

    private void arrives(String contact) {
        count++;
        bench.arrives("REGISTER sip:example.test SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKe" + count
                + "\r\nFrom: <sip:alice@example.test>;tag=a\r\nTo: <sip:alice@example.test>\r\nCall-ID: r\r\nCSeq: " + count
                + " REGISTER\r\nMax-Forwards: 70\r\nContact: " + contact + "\r\nContent-Length: 0\r\n\r\n");
    }

    @Test
    void saysWhyAContactIsAsItIs() throws Exception {
        say("SUBSCRIBE", "sip:alice@example.test", "Event: reg\r\nContact: <sip:alice@192.0.2.2>\r\n");
        notified();
        String made = after(() -> arrives("<sip:alice@192.0.2.8>;expires=100;q=0.5"));
        assertTrue(made.contains("version=\"1\"") && made.contains("event=\"registered\"") && made.contains("expires=\"100\"")
                && made.contains("q=\"0.500\"") && made.contains("<uri>sip:alice@192.0.2.8</uri>"), made);
        String again = after(() -> arrives("<sip:alice@192.0.2.8>;expires=200"));
        assertTrue(again.contains("version=\"2\"") && again.contains("event=\"refreshed\""), again);
        after(() -> arrives("<sip:alice@192.0.2.9>;expires=90"));
        String gone = after(() -> arrives("<sip:alice@192.0.2.8>;expires=0"));
        assertTrue(gone.contains("state=\"terminated\" event=\"unregistered\"") && gone.contains("state=\"active\" event="), gone);
        String over = after(() -> bench.runTo(bench.nowMs + 91_000));
        assertTrue(over.contains("event=\"expired\"") && over.contains("\" state=\"terminated\"><contact"), over);
    }

    @Test
    void nobodyHearsOfAnothers() {
        assertEquals("SIP/2.0 403 Forbidden", say("SUBSCRIBE", "sip:eve@example.test", "Event: reg\r\nContact: <sip:eve@192.0.2.2>\r\n").split("\r\n")[0]);
    }

    @Test
    @Shows({"3261-12.1.1-1", "3261-12.1.1-2", "3261-12.1.1-3"})
    void theAnswerThatMakesTheDialogHasTheRoutesAndTheNotifierTakesThem() {
        String routes = "Record-Route: <sip:192.0.2.50;lr>\r\nRecord-Route: <sip:192.0.2.51;lr>, <sip:192.0.2.52;lr>\r\n";
        String ok = say("SUBSCRIBE", "sip:alice@example.test", "Event: reg\r\nContact: <sip:alice@192.0.2.2>\r\n" + routes);
        assertTrue(ok.startsWith("SIP/2.0 200 OK\r\n") && ok.contains(routes), ok);
        assertTrue(Bench.header(ok, "Contact").startsWith("<sip:"), ok);
        String notify = bench.take();
        assertTrue(notify.startsWith("NOTIFY sip:alice@192.0.2.2 "), notify);
        assertTrue(notify.contains("Route: <sip:192.0.2.50;lr>, <sip:192.0.2.51;lr>, <sip:192.0.2.52;lr>\r\n")
                || notify.contains("Route: <sip:192.0.2.50;lr>\r\nRoute: <sip:192.0.2.51;lr>\r\nRoute: <sip:192.0.2.52;lr>\r\n"), notify);
    }
}
