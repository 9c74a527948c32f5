package org.sidetone.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sidetone.Vectors;
import org.sidetone.bytes.Slice;
import org.sidetone.digest.AuthView;
import org.sidetone.msg.MediaTypeView;

/** The headers that have structure of their own, each value in its parts, and every one that the RFCs' examples have. */
class HeaderViewsTest {
    private static Slice slice(String text) {
        return new Slice().wrap(("#" + text).getBytes(StandardCharsets.UTF_8), 1, text.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void aWarning() {
        WarningView view = new WarningView();
        assertTrue(view.wrap(slice("307 isi.edu:5060 \"Session parameter 'foo' not understood\"")));
        assertEquals(307, view.code());
        assertEquals("isi.edu:5060", view.agent().toString());
        assertEquals("\"Session parameter 'foo' not understood\"", view.text().toString());
        for (String bad : new String[] {"", "307", "307 isi.edu", "30 isi.edu \"x\"", "307 isi.edu \"x", "3007 isi.edu \"x\"", "307\"x\""}) {
            assertFalse(view.wrap(slice(bad)), bad);
        }
    }

    @Test
    void aReason() {
        ReasonView view = new ReasonView();
        assertTrue(view.wrap(slice("SIP ;cause=200 ;text=\"Call completed elsewhere\"")));
        assertEquals("SIP", view.protocol().toString());
        assertEquals(200, view.cause());
        Slice text = new Slice();
        assertTrue(view.text(text));
        assertEquals("\"Call completed elsewhere\"", text.toString());
        assertTrue(view.wrap(slice("Q.850")));
        assertEquals(-1, view.cause());
        assertFalse(view.wrap(slice(";cause=1")));
    }

    @Test
    void aReplaces() {
        ReplacesView view = new ReplacesView();
        assertTrue(view.wrap(slice("98732@sip.example.com;from-tag=r33th4x0r ;to-tag=ff87ff;early-only")));
        assertEquals("98732@sip.example.com", view.callId().toString());
        assertEquals("ff87ff", view.toTag().toString());
        assertEquals("r33th4x0r", view.fromTag().toString());
        assertTrue(view.earlyOnly());
        assertFalse(view.wrap(slice("98732@sip.example.com;from-tag=r33th4x0r")));
        assertTrue(view.callId().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"18000;duration=3600,18000,3600,0,", "120 (I'm in a meeting),120,-1,0,I'm in a meeting", "4000;refresher=uac,4000,-1,1,",
        "1800 ; refresher=UAS,1800,-1,2,", "5 (a (nested) one) ;duration=1,5,1,0,a (nested) one"})
    void seconds(String text, long seconds, long duration, int refresher, String comment) {
        SecondsView view = new SecondsView();
        assertTrue(view.wrap(slice(text)), text);
        assertEquals(seconds, view.seconds());
        assertEquals(duration, view.durationSec());
        assertEquals(refresher, view.refresher());
        assertEquals(comment == null ? "" : comment, view.comment().toString());
    }

    @Test
    void secondsThatAreNone() {
        for (String bad : new String[] {"", "soon", "-1", "12 (open", "12 x", "99999999999"}) {
            assertFalse(new SecondsView().wrap(slice(bad)), bad);
        }
    }

    @Test
    void aProvisionalAcknowledgement() {
        RAckView view = new RAckView();
        assertTrue(view.wrap(slice("776656 1 INVITE")));
        assertEquals(776656, view.number());
        assertEquals(1, view.cseq().number());
        assertEquals(Method.INVITE, view.cseq().method());
        assertFalse(view.wrap(slice("776656 INVITE")));
    }

    @Test
    void contactsSayHowMuchTheyAreWantedAndWhichDeviceTheyAre() {
        NameAddrView view = new NameAddrView();
        Slice text = new Slice();
        assertTrue(view.wrap(slice("<sip:a@b>;q=0.75;+sip.instance=\"<urn:uuid:1>\";reg-id=3;pub-gruu=\"sip:a@b;gr=urn:uuid:1\"")));
        assertEquals(750, view.q());
        assertTrue(view.instance(text));
        assertEquals("<urn:uuid:1>", text.toString());
        assertEquals(3, view.regId());
        assertTrue(view.publicGruu(text));
        assertEquals("sip:a@b;gr=urn:uuid:1", text.toString());
        for (String q : new String[] {"1", "1.0", "1.000", "0", "0.", "0.1"}) {
            assertTrue(view.wrap(slice("<sip:a@b>;q=" + q)) && view.q() >= 0, q);
        }
        for (String q : new String[] {"1.1", "2", "0.1234", "0,5", ".5"}) {
            assertTrue(!view.wrap(slice("<sip:a@b>;q=" + q)) || view.q() == -2, q);
        }
    }

    /** Every value of these headers in the RFCs' examples is read; a misprint would show here by name. */
    @Test
    void everyValueInTheExamplesIsRead() throws IOException {
        Map<Integer, Predicate<Slice>> readers = new TreeMap<>();
        NameAddrView address = new NameAddrView();
        AuthView auth = new AuthView();
        SecondsView seconds = new SecondsView();
        for (int header : new int[] {Header.REFER_TO, Header.REFERRED_BY, Header.P_ASSERTED_IDENTITY, Header.P_PREFERRED_IDENTITY,
            Header.PATH, Header.SERVICE_ROUTE, Header.REPLY_TO}) {
            readers.put(header, address::wrap);
        }
        readers.put(Header.WARNING, new WarningView()::wrap);
        readers.put(Header.REASON, new ReasonView()::wrap);
        readers.put(Header.REPLACES, new ReplacesView()::wrap);
        readers.put(Header.RETRY_AFTER, seconds::wrap);
        readers.put(Header.SESSION_EXPIRES, seconds::wrap);
        readers.put(Header.MIN_SE, seconds::wrap);
        readers.put(Header.FLOW_TIMER, seconds::wrap);
        readers.put(Header.RACK, new RAckView()::wrap);
        readers.put(Header.CONTENT_TYPE, new MediaTypeView()::wrap);
        readers.put(Header.ACCEPT, new MediaTypeView()::wrap);
        readers.put(Header.WWW_AUTHENTICATE, auth::wrap);
        readers.put(Header.AUTHORIZATION, auth::wrap);
        SipParser parser = new SipParser(16_384, 1024);
        SipMessage message = new SipMessage(128);
        Slice value = new Slice();
        int read = 0;
        for (Map<String, String> row : Vectors.table("sip/examples/cases.tsv")) {
            byte[] b = Vectors.bytes("sip/examples/" + row.get("file"));
            if (parser.parseDatagram(message, b, 0, b.length) < 0) {
                continue;
            }
            for (Map.Entry<Integer, Predicate<Slice>> reader : readers.entrySet()) {
                boolean whole = reader.getKey() == Header.WWW_AUTHENTICATE || reader.getKey() == Header.AUTHORIZATION;
                for (int i = 0; whole ? i == 0 && message.value(reader.getKey(), value) : message.element(reader.getKey(), i, value); i++) {
                    if (value.toString().matches("(?s).*\\. ?\\. ?\\..*")) {
                        continue;                                       // the RFC leaves something out
                    }
                    assertTrue(reader.getValue().test(value), row.get("file") + ": " + new String(Header.name(reader.getKey())) + ": " + value);
                    read++;
                }
            }
        }
        assertTrue(read > 100, "only " + read);
    }
}
