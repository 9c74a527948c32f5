package org.sidetone.sip.register;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sidetone.Bench;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;
import org.sidetone.sip.Method;
import org.sidetone.uri.UriView;

/** RFC 3261 section 10.3, RFC 3327, RFC 5626 section 6, RFC 5627 section 5: what a registrar answers, and what it then has. */
class RegistrarTest {
    private static final String DEVICE = ";+sip.instance=\"<urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6>\"";

    private final Bench bench = new Bench();
    private final FixedText alice = new FixedText(64);
    private Registrar registrar;
    private int cseq;
    private String callId = "r1";
    private String vias = "";

    @BeforeEach
    void start() {
        bench.capacity.bindings = 4;
        alice.set("sip:alice@example.test");
        registrar = new Registrar(bench.agent, (binding, nowMs) -> { }, bench.capacity, 60, 3600);
        bench.agent.handle(Method.REGISTER, (request, transaction, nowMs) -> registrar.onRegister(request, alice, transaction, nowMs));
    }

    private String register(String more) {
        cseq++;
        bench.arrives("REGISTER sip:example.test SIP/2.0\r\n" + vias + "Via: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKr" + cseq + callId
                + "\r\nFrom: <sip:alice@example.test>;tag=a\r\nTo: <sip:alice@example.test>\r\nCall-ID: " + callId + "\r\nCSeq: " + cseq
                + " REGISTER\r\nMax-Forwards: 70\r\n" + more + "Content-Length: 0\r\n\r\n");
        return bench.take();
    }

    private List<String> has() {
        List<String> out = new ArrayList<>();
        for (Binding b = registrar.next(alice.slice(new Slice()), null); b != null; b = registrar.next(alice.slice(new Slice()), b)) {
            out.add(b.contact().toString());
        }
        return out.stream().sorted().toList();
    }

    private static String first(String message) {
        return message.split("\r\n")[0];
    }

    @Test
    @Shows({"3261-10.3-21", "3261-10.3-22", "3261-10.3-23", "3261-10.3-32", "3261-10.3-33", "3261-10.3-28", "3261-8.2-1"})
    void severalContactsAreKeptRefreshedAndTakenAway() {
        String ok = register("Contact: <sip:alice@192.0.2.8>;q=0.5, <sip:alice@192.0.2.9>;expires=120\r\nExpires: 600\r\n");
        assertTrue(ok.contains("<sip:alice@192.0.2.8>;expires=600;q=0.500") && ok.contains("<sip:alice@192.0.2.9>;expires=120"), ok);
        assertEquals(2, has().size());
        register("Contact: <sip:alice@192.0.2.8>;expires=0\r\n");
        assertEquals(List.of("sip:alice@192.0.2.9"), has());
        bench.runTo(121_000);
        assertEquals(List.of(), has());
    }

    @Test
    @Shows({"3261-10.3-6", "3261-10.3-17", "3261-10.3-26", "3261-10.3-30", "3261-10.3-31"})
    void whatCannotBeDoneWholeIsNotDoneAtAll() {
        register("Contact: <sip:alice@192.0.2.8>\r\n");
        assertEquals("SIP/2.0 423 Interval Too Brief", first(register("Contact: <sip:alice@192.0.2.9>, <sip:alice@192.0.2.10>;expires=5\r\n")));
        assertEquals("SIP/2.0 400 Bad Contact", first(register("Contact: *\r\n")));
        assertEquals("SIP/2.0 400 Bad Contact", first(register("Contact: <sip:alice@192.0.2.9>;q=2\r\n")));
        assertEquals(List.of("sip:alice@192.0.2.8"), has());
        String many = register("Contact: <sip:a@192.0.2.1>, <sip:a@192.0.2.2>, <sip:a@192.0.2.3>, <sip:a@192.0.2.4>\r\n");
        assertEquals("SIP/2.0 503 Service Unavailable", first(many));
        assertTrue(Bench.header(many, "Retry-After") != null, many);
        assertEquals(List.of("sip:alice@192.0.2.8"), has());
        assertEquals("SIP/2.0 200 OK", first(register("Contact: *\r\nExpires: 0\r\n")));
        assertEquals(List.of(), has());
    }

    @Test
    @Shows({"3261-10.3-29", "3261-10.3-5"})
    void anOlderRequestOfTheSameCallChangesNothing() {
        register("Contact: <sip:alice@192.0.2.8>\r\n");
        cseq -= 2;
        assertEquals(500, Integer.parseInt(first(register("Contact: <sip:alice@192.0.2.8>;expires=0\r\n")).substring(8, 11)));
        assertEquals(1, has().size());
    }

    /** Whatever is wrong with a registration, somebody else might still reach the person: 6xx would say that nobody does. */
    @Test
    @Shows("3261-10.3-1")
    void noRegistrationIsRefusedForTheWholeWorld() {
        String[] parts = {"Contact: *\r\n", "Contact: <sip:alice@192.0.2.8>\r\n", "Contact: <tel:+1>\r\n", "Expires: 0\r\n", "Expires: 1\r\n", "Expires: 4294967295\r\n",
            "Require: teleport\r\n", "Require: path\r\n", "Path: <sip:192.0.2.50;lr>\r\n", "Supported: path, outbound, gruu\r\n",
            "Contact: <sip:alice@192.0.2.9>" + DEVICE + ";reg-id=1\r\n", "Contact: <sip:alice@192.0.2.9>;q=2\r\n", "Contact: <sip:a@192.0.2.1>, <sip:b@192.0.2.1>\r\n"};
        java.util.Random dice = new java.util.Random(3);
        java.util.Set<String> said = new java.util.TreeSet<>();
        for (int i = 0; i < 500; i++) {
            String more = "";
            for (String part : parts) {
                more += dice.nextInt(4) == 0 ? part : "";
            }
            said.add(first(register(more)).substring(8, 11));
        }
        assertTrue(said.size() > 4 && said.stream().noneMatch(s -> s.startsWith("6")), said.toString());
    }

    @Test
    void aPathIsKeptAndSaidAgain() {
        String refused = register("Contact: <sip:alice@192.0.2.8>\r\nPath: <sip:192.0.2.50;lr>\r\n");
        assertEquals("SIP/2.0 421 Extension Required", first(refused));
        assertEquals("path", Bench.header(refused, "Require"));
        String ok = register("Contact: <sip:alice@192.0.2.8>\r\nSupported: path\r\nPath: <sip:192.0.2.50;lr>,<sip:192.0.2.51;lr>\r\n");
        assertEquals("<sip:192.0.2.50;lr>, <sip:192.0.2.51;lr>", Bench.header(ok, "Path"));
        assertEquals("<sip:192.0.2.50;lr>, <sip:192.0.2.51;lr>", registrar.next(alice.slice(new Slice()), null).path().toString());
    }

    @Test
    @Shows("3261-8.2.4-4")
    void aFlowIsKnownByDeviceAndNumberWhateverItsContact() {
        String ok = register("Contact: <sip:alice@192.0.2.8>" + DEVICE + ";reg-id=1\r\nSupported: path, outbound\r\n");
        assertEquals("outbound", Bench.header(ok, "Require"));
        assertEquals("120", Bench.header(ok, "Flow-Timer"));
        callId = "r2";
        register("Contact: <sip:alice@192.0.2.9>" + DEVICE + ";reg-id=1\r\nSupported: outbound\r\n");
        assertEquals(List.of("sip:alice@192.0.2.9"), has());
        register("Contact: <sip:alice@192.0.2.9>" + DEVICE + ";reg-id=2\r\nSupported: outbound\r\n");
        assertEquals(2, has().size());
        assertEquals("SIP/2.0 400 Bad Contact", first(register("Contact: <sip:alice@192.0.2.9>" + DEVICE + ";reg-id=1, <sip:alice@192.0.2.7>"
                + DEVICE + ";reg-id=2\r\nSupported: outbound\r\n")));
        assertEquals("SIP/2.0 400 Bad Contact", first(register("Contact: <sip:alice@192.0.2.9>" + DEVICE + ";reg-id=0\r\nSupported: outbound\r\n")));
    }

    @Test
    void aFlowThroughAProxyThatDoesNotKeepItIsRefused() {
        vias = "Via: SIP/2.0/UDP 192.0.2.50;branch=z9hG4bKp\r\n";
        assertEquals("SIP/2.0 439 First Hop Lacks Outbound Support",
                first(register("Contact: <sip:alice@192.0.2.8>" + DEVICE + ";reg-id=1\r\nSupported: path, outbound\r\n")));
        callId = "r3";
        vias = "Via: SIP/2.0/UDP 192.0.2.50;branch=z9hG4bKq\r\n";
        assertEquals("SIP/2.0 200 OK", first(register("Contact: <sip:alice@192.0.2.8>" + DEVICE + ";reg-id=1\r\nSupported: path, outbound\r\n"
                + "Path: <sip:token@192.0.2.50;lr;ob>\r\n")));
    }

    @Test
    @Shows("3261-8.2.4-7")
    void withoutOutboundARegIdMeansNothing() {
        String ok = register("Contact: <sip:alice@192.0.2.8>" + DEVICE + ";reg-id=1\r\n");
        assertNull(Bench.header(ok, "Require"));
        assertEquals(0, registrar.next(alice.slice(new Slice()), null).regId());
    }

    private Binding gruu(String uri) {
        UriView view = new UriView();
        byte[] b = uri.getBytes(StandardCharsets.US_ASCII);
        assertTrue(view.wrap(b, 0, b.length));
        return registrar.nextOfGruu(view, null);
    }

    private static String quoted(String contact, String name) {
        int at = contact.indexOf(name + "=\"") + name.length() + 2;
        return contact.substring(at, contact.indexOf('"', at));
    }

    @Test
    void aDeviceGetsTwoAddressesOfItsOwn() {
        String contact = Bench.header(register("Contact: <sip:alice@192.0.2.8>" + DEVICE + "\r\nSupported: gruu\r\n"), "Contact");
        assertEquals("sip:alice@example.test;gr=urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", quoted(contact, "pub-gruu"));
        String temporary = quoted(contact, "temp-gruu");
        assertFalse(temporary.contains("alice"), temporary);
        assertEquals("sip:alice@192.0.2.8", gruu(quoted(contact, "pub-gruu")).contact().toString());
        assertEquals("sip:alice@192.0.2.8", gruu(temporary).contact().toString());
        assertNull(gruu("sip:bob@example.test;gr=urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"));
        assertNull(gruu("sip:alice@example.test;gr=urn:uuid:00000000-7dec-11d0-a765-00a0c91e6bf6"));
        callId = "r2";
        String other = Bench.header(register("Contact: <sip:alice@192.0.2.8>" + DEVICE + "\r\nSupported: gruu\r\n"), "Contact");
        assertNotEquals(temporary, quoted(other, "temp-gruu"));
        assertNull(gruu(temporary), "a new Call-ID ends the temporary ones of before");
        assertFalse(register("Contact: <sip:alice@192.0.2.8>" + DEVICE + "\r\n").contains("gruu"), "nobody asked");
    }

    @Test
    @Shows({"3261-10.3-3", "3261-10.3-4"})
    void recordRouteMeansNothingHere() {
        String ok = register("Contact: <sip:alice@192.0.2.8>\r\nRecord-Route: <sip:192.0.2.50;lr>\r\n");
        assertEquals("SIP/2.0 200 OK", first(ok));
        assertNull(Bench.header(ok, "Record-Route"));
    }

    @Test
    @Shows({"3261-10.3-27", "3261-10.3-18"})
    void anotherCallMayUpdateAndRemoveWhateverItsNumber() {
        cseq = 10;
        register("Contact: <sip:alice@192.0.2.8>;expires=100\r\n");
        callId = "r2";
        cseq = 0;
        assertTrue(register("Contact: <sip:alice@192.0.2.8>;expires=200\r\n").contains("expires=200"));
        callId = "r3";
        cseq = 0;
        register("Contact: *\r\nExpires: 0\r\n");
        assertEquals(List.of(), has());
    }

    @Test
    @Shows("3261-10.3-7")
    void eachRegistrationLeavesTheOthersAlone() {
        register("Contact: <sip:alice@192.0.2.8>\r\n");
        callId = "r2";
        register("Contact: <sip:alice@192.0.2.9>\r\n");
        assertEquals(List.of("sip:alice@192.0.2.8", "sip:alice@192.0.2.9"), has());
    }

    @Test
    @Shows({"3261-10.3-19", "3261-10.3-20"})
    void aStarThatIsOlderThanOneBindingOfItsCallRemovesNone() {
        cseq = 10;
        register("Contact: <sip:alice@192.0.2.8>\r\n");
        callId = "r2";
        register("Contact: <sip:alice@192.0.2.9>\r\n");
        callId = "r1";
        cseq = 9;
        assertEquals("SIP/2.0 500 Out Of Order", first(register("Contact: *\r\nExpires: 0\r\n")));
        assertEquals(List.of("sip:alice@192.0.2.8", "sip:alice@192.0.2.9"), has());
        cseq = 12;
        assertEquals("SIP/2.0 200 OK", first(register("Contact: *\r\nExpires: 0\r\n")));
        assertEquals(List.of(), has());
    }
}
