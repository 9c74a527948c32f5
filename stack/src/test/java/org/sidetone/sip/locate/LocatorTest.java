package org.sidetone.sip.locate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;
import org.sidetone.port.Capacity;
import org.sidetone.port.Domains;
import org.sidetone.port.Flow;
import org.sidetone.uri.IpText;
import org.sidetone.uri.UriView;

/** RFC 3263 section 4, rule by rule, against a zone of the test's own. */
class LocatorTest {
    private final java.util.Random dice = new java.util.Random(7);
    private final UriView uri = new UriView();
    private ZoneFile zone;
    private Locator locator;

    private void zone(String... lines) {
        zone = new ZoneFile(lines);
        locator = new Locator(zone, dice::nextLong, Capacity.desk(), new Domains(8));
        locator.support(Flow.TLS, true);
    }

    private static String text(Flow flow) {
        byte[] b = new byte[80];
        ByteSink sink = new ByteSink().wrap(b);
        IpText.put(flow, sink);
        sink.put(':').putDecimal(flow.port());
        return (flow.transport() == Flow.UDP ? "udp " : flow.transport() == Flow.TCP ? "tcp " : "tls ")
                + new String(b, 0, sink.length(), StandardCharsets.US_ASCII);
    }

    /** Where a URI leads at an attempt; the questions it takes are answered at once. */
    private String where(String of, int attempt, long nowMs) {
        byte[] b = of.getBytes(StandardCharsets.US_ASCII);
        assertTrue(uri.wrap(b, 0, b.length), of);
        Flow out = new Flow();
        int[] told = new int[1];
        LocationUser user = now -> told[0]++;
        int found = locator.locate(uri, user, attempt, out, nowMs);
        if (found == Locator.PENDING) {
            locator.doWork(nowMs);
            assertEquals(1, told[0], "told once");
            found = locator.locate(uri, user, attempt, out, nowMs);
        }
        return found == Locator.FOUND ? text(out) : "nowhere";
    }

    private String where(String of) {
        return where(of, 0, 0);
    }

    @Test
    void anAddressNeedsNoDns() {
        zone();
        assertEquals("udp 192.0.2.7:5060", where("sip:bob@192.0.2.7"));
        assertEquals("udp 192.0.2.7:5070", where("sip:bob@192.0.2.7:5070"));
        assertEquals("tcp 192.0.2.7:5060", where("sip:bob@192.0.2.7;transport=tcp"));
        assertEquals("tls 192.0.2.7:5061", where("sips:bob@192.0.2.7"));
        assertEquals("udp [2001:db8::7]:5060", where("sip:[2001:db8::7]"));
        assertEquals("udp 192.0.2.9:5060", where("sip:bob@example.test;maddr=192.0.2.9"));
        assertEquals(List.of(), zone.asked);
    }

    @Test
    void imAndPresLeadToTheServersTheDomainNamesForThem() {
        zone("_im._sip.example.test 300 SRV 2 1 5062 second.example.test", "_im._sip.example.test 300 SRV 1 1 5061 first.example.test",
                "_pres._sip.example.test 300 SRV 1 1 5070 pa.example.test", "first.example.test 300 A 192.0.2.1", "second.example.test 300 A 192.0.2.2",
                "pa.example.test 300 A 192.0.2.3", "example.test 300 A 192.0.2.4");
        assertEquals("udp 192.0.2.1:5061", where("im:bob@example.test"));
        locator.onSilent(new Flow().setIpv4(Flow.UDP, 0xC0000201, 5061), 0);
        assertEquals("udp 192.0.2.2:5062", where("im:bob@example.test", 1, 0));
        assertEquals("udp 192.0.2.3:5070", where("pres:bob@example.test"));
        assertEquals("udp 192.0.2.4:5060", where("sip:bob@example.test"), "which is remembered apart");
    }

    @Test
    void withoutServersOfTheirOwnTheyLeadWhereSipDoes() {
        zone("_sip._tcp.example.test 300 SRV 1 1 5090 sip.example.test", "sip.example.test 300 A 192.0.2.1");
        assertEquals("tcp 192.0.2.1:5090", where("im:bob@example.test"));
        assertEquals("_im._sip.example.test SRV", zone.asked.get(0));
        assertEquals("udp 192.0.2.7:5060", where("pres:bob@192.0.2.7"));
        assertEquals("nowhere", where("mailto:bob@example.test"));
    }

    /** As chats ask for relays and for the other end. */
    @Test
    @Shows("4975-6.2-2")
    void aHostWithItsPortIsAskedForAddressesAloneWhateverIsSpokenWithIt() {
        zone("relay.example.test 300 A 192.0.2.1", "relay.example.test 300 AAAA 2001:db8::1", "_sip._tcp.relay.example.test 300 SRV 1 1 5080 other.example.test");
        byte[] name = "relay.example.test".getBytes(StandardCharsets.US_ASCII);
        Flow out = new Flow();
        LocationUser user = now -> { };
        assertEquals(Locator.PENDING, locator.locateHost(new Slice().wrap(name), 2855, Flow.TCP, user, 0, out, 0));
        locator.doWork(0);
        assertEquals(Locator.FOUND, locator.locateHost(new Slice().wrap(name), 2855, Flow.TCP, user, 0, out, 0));
        assertEquals("tcp 192.0.2.1:2855", text(out));
        assertEquals(List.of("relay.example.test A", "relay.example.test AAAA"), zone.asked);
        locator.onSilent(out, 0);
        assertEquals(Locator.FOUND, locator.locateHost(new Slice().wrap(name), 2855, Flow.TCP, user, 1, out, 0));
        assertEquals("tcp [2001:db8::1]:2855", text(out));
    }

    @Test
    void aPortIsAskedForAddressesAlone() {
        zone("example.test 300 A 192.0.2.1", "_sip._udp.example.test 300 SRV 1 1 5080 other.example.test");
        assertEquals("udp 192.0.2.1:5070", where("sip:bob@example.test:5070"));
        assertEquals("tcp 192.0.2.1:5070", where("sip:bob@example.test:5070;transport=tcp"));
        assertEquals("tls 192.0.2.1:5070", where("sips:bob@example.test:5070"));
        assertTrue(zone.asked.stream().noneMatch(q -> q.contains("SRV") || q.contains("NAPTR")), zone.asked.toString());
    }

    @Test
    void aTransportSkipsNaptr() {
        zone("_sip._tcp.example.test 300 SRV 1 1 5080 s.example.test", "s.example.test 300 A 192.0.2.2");
        assertEquals("tcp 192.0.2.2:5080", where("sip:bob@example.test;transport=tcp"));
        assertEquals("_sip._tcp.example.test SRV", zone.asked.get(0));
    }

    @Test
    void withoutSrvTheNameItselfAndTheDefaultPort() {
        zone("example.test 300 A 192.0.2.3");
        assertEquals("tcp 192.0.2.3:5060", where("sip:bob@example.test;transport=tcp"));
        assertEquals("udp 192.0.2.3:5060", where("sip:bob@example.test"));
        assertEquals("tls 192.0.2.3:5061", where("sips:bob@example.test"));
    }

    private static final String[] NAPTRS = {
        "example.test 300 NAPTR 100 50 s SIP+D2U _sip._udp.example.test", "example.test 300 NAPTR 90 50 s SIP+D2T _sip._tcp.example.test",
        "example.test 300 NAPTR 50 50 s SIPS+D2T _sips._tcp.example.test", "example.test 300 NAPTR 10 50 s SIP+D2S _sip._sctp.example.test",
        "_sip._udp.example.test 300 SRV 1 1 5060 a.example.test", "_sip._tcp.example.test 300 SRV 1 1 5062 a.example.test",
        "_sips._tcp.example.test 300 SRV 1 1 5061 a.example.test", "a.example.test 300 A 192.0.2.4"};

    @Test
    @Shows("3261-8.1.2-1")
    void naptrSaysTheTransportByOrderAmongThoseWeHave() {
        zone(NAPTRS);
        assertEquals("tls 192.0.2.4:5061", where("sip:bob@example.test"));
        zone(NAPTRS);
        locator.support(Flow.TLS, false);
        assertEquals("tcp 192.0.2.4:5062", where("sip:bob@example.test"));
        zone(NAPTRS);
        locator.support(Flow.TLS, false);
        locator.support(Flow.TCP, false);
        assertEquals("udp 192.0.2.4:5060", where("sip:bob@example.test"));
    }

    @Test
    void preferenceDecidesWithinAnOrder() {
        zone("example.test 300 NAPTR 50 20 s SIP+D2U _sip._udp.example.test", "example.test 300 NAPTR 50 10 s SIP+D2T _sip._tcp.example.test",
                "_sip._udp.example.test 300 SRV 1 1 5060 a.example.test", "_sip._tcp.example.test 300 SRV 1 1 5062 a.example.test",
                "a.example.test 300 A 192.0.2.4");
        assertEquals("tcp 192.0.2.4:5062", where("sip:bob@example.test"));
    }

    @Test
    @Shows({"3261-8.1.2-5", "3261-8.1.1.2-3"})
    void aSecureUriDiscardsWhatIsNotSecure() {
        zone("example.test 300 NAPTR 10 50 s SIP+D2U _sip._udp.example.test", "_sip._udp.example.test 300 SRV 1 1 5060 a.example.test",
                "_sips._tcp.example.test 300 SRV 1 1 5071 a.example.test", "a.example.test 300 A 192.0.2.4");
        assertEquals("tls 192.0.2.4:5071", where("sips:bob@example.test"));
    }

    @Test
    void withoutNaptrEachTransportIsAskedForInTurn() {
        zone("_sip._tcp.example.test 300 SRV 1 1 5063 a.example.test", "a.example.test 300 A 192.0.2.4");
        assertEquals("tcp 192.0.2.4:5063", where("sip:bob@example.test"));
        assertEquals(List.of("example.test NAPTR", "_sip._udp.example.test SRV", "_sip._tcp.example.test SRV"), zone.asked.subList(0, 3));
    }

    @Test
    void aTargetOfADotMeansThatTheServiceIsNotThere() {
        zone("_sip._udp.example.test 300 SRV 0 0 0 .", "_sip._tcp.example.test 300 SRV 1 1 5063 a.example.test", "a.example.test 300 A 192.0.2.4");
        assertEquals("tcp 192.0.2.4:5063", where("sip:bob@example.test"));
    }

    private static final String[] THREE = {"_sip._udp.example.test 300 SRV 20 1 5060 c.example.test",
        "_sip._udp.example.test 300 SRV 10 1 5060 a.example.test", "_sip._udp.example.test 300 SRV 10 0 5060 b.example.test",
        "a.example.test 300 A 192.0.2.1", "b.example.test 300 A 192.0.2.2", "b.example.test 300 AAAA 2001:db8::2", "c.example.test 300 A 192.0.2.3"};

    @Test
    void everyServerIsTriedByPriorityBothFamiliesThenNoneIsLeft() {
        zone(THREE);
        List<String> tried = new ArrayList<>();
        for (int attempt = 0; attempt < 5; attempt++) {
            String one = where("sip:bob@example.test;transport=udp", attempt, 0);
            tried.add(one);
            if (!one.equals("nowhere")) {
                locator.onSilent(flow(one), 0);
            }
        }
        assertEquals("udp 192.0.2.3:5060", tried.get(3), tried.toString());
        assertEquals(List.of("udp 192.0.2.1:5060", "udp 192.0.2.2:5060", "udp [2001:db8::2]:5060"), tried.subList(0, 3).stream().sorted().toList());
        assertEquals("nowhere", tried.get(4));
    }

    private static Flow flow(String text) {
        Flow flow = new Flow();
        int colon = text.lastIndexOf(':');
        byte[] b = text.substring(4, colon).getBytes(StandardCharsets.US_ASCII);
        assertTrue(IpText.parse(b, 0, b.length, flow, Flow.UDP, Integer.parseInt(text.substring(colon + 1))));
        return flow;
    }

    @Test
    void aServerThatFailedIsLeftAsideForAMinute() {
        zone("_sip._udp.example.test 9999 SRV 10 1 5060 a.example.test", "_sip._udp.example.test 9999 SRV 20 1 5060 b.example.test",
                "a.example.test 9999 A 192.0.2.1", "b.example.test 9999 A 192.0.2.2");
        String u = "sip:bob@example.test;transport=udp";
        assertEquals("udp 192.0.2.1:5060", where(u));
        locator.onSilent(flow("udp 192.0.2.1:5060"), 0);
        assertEquals("udp 192.0.2.2:5060", where(u, 0, 59_999));
        assertEquals("udp 192.0.2.1:5060", where(u, 0, 60_000));
        locator.onRefused(flow("udp 192.0.2.1:5060"), 600, 60_000);
        assertEquals("udp 192.0.2.2:5060", where(u, 0, 659_999));
        locator.onAnswered(flow("udp 192.0.2.1:5060"), 660_000);
        assertEquals("udp 192.0.2.1:5060", where(u, 0, 660_000));
    }

    @Test
    void aServerThatAskedToBeLeftAloneIsLeftAloneEvenIfItIsTheOnlyOne() {
        zone("example.test 9999 A 192.0.2.1");
        String u = "sip:bob@example.test:5060";
        assertEquals("udp 192.0.2.1:5060", where(u));
        locator.onSilent(flow("udp 192.0.2.1:5060"), 0);
        assertEquals("udp 192.0.2.1:5060", where(u, 0, 1));           // silence is no order
        locator.onRefused(flow("udp 192.0.2.1:5060"), 30, 0);
        assertEquals("nowhere", where(u, 0, 29_999));
        assertEquals("udp 192.0.2.1:5060", where(u, 0, 30_000));
    }

    @Test
    void answersAreKeptAsLongAsTheShortestTtl() {
        zone("_sip._udp.example.test 500 SRV 10 1 5060 a.example.test", "a.example.test 20 A 192.0.2.1");
        where("sip:bob@example.test;transport=udp", 0, 0);
        int asked = zone.asked.size();
        where("sip:carol@EXAMPLE.test;transport=udp", 0, 19_999);
        assertEquals(asked, zone.asked.size());
        where("sip:bob@example.test;transport=udp", 0, 20_000);
        assertTrue(zone.asked.size() > asked);
    }

    @Test
    void aMissingNameIsBelievedForAMinuteSilenceForFifteenSeconds() {
        zone();
        assertEquals("nowhere", where("sip:bob@nowhere.test", 0, 0));
        int asked = zone.asked.size();
        assertEquals("nowhere", where("sip:bob@nowhere.test", 0, 59_999));
        assertEquals(asked, zone.asked.size());
        zone.silent = true;
        assertEquals("nowhere", where("sip:bob@nowhere.test", 0, 60_000));
        asked = zone.asked.size();
        where("sip:bob@nowhere.test", 0, 74_999);
        assertEquals(asked, zone.asked.size());
        where("sip:bob@nowhere.test", 0, 75_000);
        assertTrue(zone.asked.size() > asked);
    }

    @Test
    void weightsShareTheLoadWithinAPriority() {
        Map<String, Integer> chosen = new TreeMap<>();
        for (int i = 0; i < 2000; i++) {
            zone("_sip._udp.example.test 300 SRV 10 75 5060 a.example.test", "_sip._udp.example.test 300 SRV 10 25 5060 b.example.test",
                    "_sip._udp.example.test 300 SRV 10 0 5060 c.example.test", "a.example.test 300 A 192.0.2.1", "b.example.test 300 A 192.0.2.2",
                    "c.example.test 300 A 192.0.2.3");
            chosen.merge(where("sip:bob@example.test;transport=udp"), 1, Integer::sum);
        }
        assertEquals(1500, chosen.get("udp 192.0.2.1:5060"), 100);
        assertEquals(500, chosen.get("udp 192.0.2.2:5060"), 100);
        assertTrue(chosen.getOrDefault("udp 192.0.2.3:5060", 0) < 60, chosen.toString());
    }

    @Test
    void manyNamesPushOutTheOneLongestWithoutUse() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            lines.add("h" + i + ".test 9999 A 192.0.2." + i);
        }
        zone(lines.toArray(new String[0]));
        for (int i = 0; i < 40; i++) {
            assertEquals("udp 192.0.2." + i + ":5060", where("sip:h" + i + ".test:5060", 0, i));
        }
        int asked = zone.asked.size();
        where("sip:h39.test:5060", 0, 41);
        assertEquals(asked, zone.asked.size());
        where("sip:h0.test:5060", 0, 42);
        assertTrue(zone.asked.size() > asked);
    }
}
