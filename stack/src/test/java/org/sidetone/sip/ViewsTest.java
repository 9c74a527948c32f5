package org.sidetone.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;
import org.sidetone.port.Flow;
import org.sidetone.uri.IpText;
import org.sidetone.uri.UriComparison;
import org.sidetone.uri.UriView;

class ViewsTest {
    private static Slice slice(String text) {
        return new Slice().wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aViaWithEverything() {
        ViaView via = new ViaView();
        assertTrue(via.wrap(slice("SIP / 2.0 / UDP first.example.com: 4000;ttl=16 ;maddr=224.2.0.1 ;branch=z9hG4bKa7c6a8dlze.1;rport")));
        assertEquals("first.example.com", via.host().toString());
        assertEquals(4000, via.port());
        assertEquals(Flow.UDP, via.transport());
        assertTrue(via.hasRport());
        assertEquals(0, via.rport());
        Slice branch = new Slice();
        assertTrue(via.branch(branch));
        assertEquals("z9hG4bKa7c6a8dlze.1", branch.toString());
        assertTrue(via.isCurrentVersion());
        assertFalse(via.wrap(slice("SIP/2.0/UDP host:99999")));
        assertTrue(via.wrap(slice("SIP/3.0/UDP host")) && !via.isCurrentVersion(), "enough of it to refuse it with 505");
        assertFalse(via.wrap(slice("HTTP/2.0/UDP host")));
    }

    @Test
    void aTagInAQuotedNameIsNoTag() {
        NameAddrView address = new NameAddrView();
        assertTrue(address.wrap(slice("\"a \\\" ;tag=no <sip:x@y>\" <sip:alice@example.test;tag=neither>;tag=yes")));
        Slice tag = new Slice();
        assertTrue(address.tag(tag));
        assertEquals("yes", tag.toString());
        assertEquals("sip:alice@example.test;tag=neither", address.uri().toString());
    }

    @Test
    @Shows({"3261-20-11", "3261-20.10-1", "3261-20.20-2"})
    void withoutBracketsParametersAreTheHeaders() {
        NameAddrView address = new NameAddrView();
        assertTrue(address.wrap(slice("sip:alice@example.test;tag=88")));
        assertEquals("sip:alice@example.test", address.uri().toString());
        assertTrue(address.tag(new Slice()));
        assertFalse(address.wrap(slice("sip:alice@example.test?Route=x")));
        assertFalse(address.wrap(slice("\"open <sip:a@b>")));
    }

    @Test
    @Shows("3261-20.16-1")
    void cseqAtItsBounds() {
        CSeqView cseq = new CSeqView();
        assertTrue(cseq.wrap(slice("2147483647 NOTIFY")));
        assertEquals(2147483647L, cseq.number());
        assertFalse(cseq.wrap(slice("2147483648 NOTIFY")));
        assertEquals(2147483647L, cseq.number(), "a refused value leaves the view as it was");
        assertFalse(cseq.wrap(slice("1NOTIFY")));
        assertFalse(cseq.wrap(slice("-1 NOTIFY")));
    }

    @Test
    void subscriptionStates() {
        SubscriptionStateView state = new SubscriptionStateView();
        assertTrue(state.wrap(slice("terminated;reason=probation;retry-after=30")));
        assertEquals(SubscriptionStateView.TERMINATED, state.state());
        assertEquals(SubscriptionStateView.PROBATION, state.reason());
        assertEquals(30, state.retryAfterSec());
        assertTrue(state.wrap(slice("active;expires=599")));
        assertEquals(599, state.expiresSec());
        assertTrue(state.wrap(slice("waiting")));
        assertEquals(SubscriptionStateView.OTHER_STATE, state.state());
    }

    /** RFC 3261 section 19.1.4. */
    @Test
    void urisThatAreTheSameAndThatAreNot() {
        same("sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtLanTa.CoM;Transport=tcp");
        same("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5");
        same("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;newparam=5");
        same("sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com",
                "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com");
        same("sip:alice@atlanta.com?subject=project%20x&priority=urgent", "sip:alice@atlanta.com?priority=urgent&subject=project%20x");
        different("SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP");
        different("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060");
        different("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp");
        different("sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp");
        different("sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting");
        different("sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4");
        different("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off");
    }

    private static boolean equal(String a, String b) {
        UriView x = new UriView();
        UriView y = new UriView();
        assertTrue(x.wrap(slice(a)), a);
        assertTrue(y.wrap(slice(b)), b);
        boolean result = new UriComparison().equal(x, y);
        assertEquals(result, new UriComparison().equal(y, x), "the order does not matter");
        return result;
    }

    private static void same(String a, String b) {
        assertTrue(equal(a, b), a + " and " + b);
    }

    private static void different(String a, String b) {
        assertFalse(equal(a, b), a + " and " + b);
    }

    @Test
    void addressesAsText() {
        for (String text : new String[] {"192.0.2.7", "[2001:db8::1]", "[::1]", "[2001:db8:0:1:1:1:1:1]", "[fe80::1:0:0:1]", "[1:2:3:4:5:6:7:8]"}) {
            Flow flow = new Flow();
            byte[] b = text.getBytes(StandardCharsets.US_ASCII);
            assertTrue(IpText.parse(b, 0, b.length, flow, Flow.UDP, 5060), text);
            byte[] out = new byte[64];
            ByteSink sink = new ByteSink().wrap(out);
            IpText.put(flow, sink);
            assertEquals(text, new String(out, 0, sink.length(), StandardCharsets.US_ASCII));
        }
        for (String text : new String[] {"example.test", "256.1.1.1", "1.2.3", "[1::2::3]", "[12345::]", "[1:2:3:4:5:6:7]", "1.2.3.4.5", ""}) {
            byte[] b = text.getBytes(StandardCharsets.US_ASCII);
            assertFalse(IpText.parse(b, 0, b.length, new Flow(), Flow.UDP, 5060), text);
        }
    }

    @Test
    void anIpv4AddressInAnIpv6ReferenceIsTheSameAddress() {
        Flow mapped = new Flow();
        Flow plain = new Flow();
        byte[] a = "[::ffff:192.0.2.10]".getBytes(StandardCharsets.US_ASCII);
        byte[] b = "192.0.2.10".getBytes(StandardCharsets.US_ASCII);
        assertTrue(IpText.parse(a, 0, a.length, mapped, Flow.UDP, 1) && IpText.parse(b, 0, b.length, plain, Flow.UDP, 1));
        assertTrue(mapped.sameAddress(plain));
    }
}
