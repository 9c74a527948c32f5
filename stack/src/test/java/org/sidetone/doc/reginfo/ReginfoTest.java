package org.sidetone.doc.reginfo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sidetone.Vectors;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;

class ReginfoTest {
    private final List<String> told = new ArrayList<>();
    private final ReginfoReader reader = new ReginfoReader();

    private int read(byte[] document) {
        told.clear();
        return reader.read(new Slice().wrap(document), new ReginfoReader.User() {
            @Override
            public void onRegistration(Slice addressOfRecord, int state) {
                told.add(addressOfRecord + " " + Reginfo.stateName(state));
            }

            @Override
            public void onContact(Slice uri, int state, int event, long expiresSec, long retryAfterSec) {
                told.add(uri + " " + Reginfo.stateName(state) + " " + Reginfo.eventName(event) + " " + expiresSec);
            }
        });
    }

    @Test
    void theExamplesOfTheRfc() throws IOException {
        assertEquals(ReginfoReader.GOOD, read(Vectors.bytes("xml/reginfo/valid/rfc3680-6-1.xml")));
        assertEquals(List.of("sip:joe@example.com init"), told);
        assertEquals(ReginfoReader.GOOD, read(Vectors.bytes("xml/reginfo/valid/rfc3680-6-2.xml")));
        assertEquals("sip:joe@example.com active", told.get(0));
        assertTrue(told.get(1).startsWith("sip:joe@pc34.example.com active registered"), told.toString());
        assertEquals(1, reader.version());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad-contact-event", "contact-no-uri", "no-version", "registration-no-aor"})
    void whatTheSchemaRefusesIsRefused(String name) throws IOException {
        assertEquals(ReginfoReader.NOT_REGINFO, read(Vectors.bytes("xml/reginfo/invalid/" + name + ".xml")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rfc3680-5.3-1", "rfc5628-7-1-fixed", "rfc5628-8.2-1-fixed"})
    void whatIsMoreInItIsPassedOver(String name) throws IOException {
        assertEquals(ReginfoReader.GOOD, read(Vectors.bytes("xml/reginfo/valid/" + name + ".xml")));
        assertTrue(told.size() > 1, told.toString());
    }

    @Test
    void whatIsWrittenCanBeRead() {
        byte[] out = new byte[2048];
        ByteSink sink = new ByteSink().wrap(out);
        ReginfoWriter writer = new ReginfoWriter();
        byte[] aor = "sip:a&b@example.test".getBytes(StandardCharsets.UTF_8);
        FixedText uri = new FixedText(64);
        uri.set("sip:a&b@192.0.2.1;x=<y>");
        FixedText call = new FixedText(16);
        call.set("c\"1");
        writer.begin(7, new Slice().wrap(aor), 0xABC, Reginfo.ACTIVE, sink);
        writer.contact(uri, call, 9, 1, Reginfo.REFRESHED, 60, 500);
        writer.contact(uri, call, 9, 2, Reginfo.EXPIRED, -1, 1000);
        writer.end();
        assertEquals(ReginfoReader.GOOD, read(java.util.Arrays.copyOf(out, sink.length())), new String(out, 0, sink.length(), StandardCharsets.UTF_8));
        assertEquals(List.of("sip:a&b@example.test active", "sip:a&b@192.0.2.1;x=<y> active refreshed 60", "sip:a&b@192.0.2.1;x=<y> terminated expired -1"), told);
        assertEquals(7, reader.version());
        assertTrue(reader.isFull());
    }
}
