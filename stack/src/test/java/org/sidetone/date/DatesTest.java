package org.sidetone.date;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sidetone.bytes.ByteSink;

class DatesTest {
    private static final DateTimeFormatter RFC1123 = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private static String text(byte[] b, ByteSink sink) {
        return new String(b, 0, sink.length(), StandardCharsets.US_ASCII);
    }

    private static long rfc3339(String s) {
        return Dates.rfc3339(s.getBytes(StandardCharsets.US_ASCII), 0, s.length());
    }

    /** The JDK's calendar agrees, over four centuries. */
    @Test
    void writesAndReadsWhatTheJdkDoes() {
        Dates dates = new Dates();
        Random random = new Random(3);
        for (int i = 0; i < 5000; i++) {
            long sec = (long) (random.nextDouble() * 12_000_000_000L);
            byte[] b = new byte[40];
            ByteSink sink = new ByteSink().wrap(b);
            dates.putRfc3339(sec, sink);
            assertEquals(Instant.ofEpochSecond(sec).toString(), text(b, sink));
            assertEquals(sec, Dates.rfc3339(b, 0, sink.length()));
            sink.wrap(b);
            dates.putRfc1123(sec, sink);
            assertEquals(RFC1123.format(Instant.ofEpochSecond(sec)), text(b, sink));
            assertEquals(sec, Dates.rfc1123(b, 0, sink.length()));
        }
    }

    @Test
    void readsZonesAndFractions() {
        assertEquals(Instant.parse("2005-05-30T11:09:44Z").getEpochSecond(), rfc3339("2005-05-30T16:09:44+05:00"));
        assertEquals(Instant.parse("2005-05-30T11:09:44Z").getEpochSecond(), rfc3339("2005-05-30T11:09:44.123z"));
    }

    @Test
    void refusesWhatIsNoDate() {
        for (String s : new String[] {"", "2005-02-29T00:00:00Z", "2005-13-01T00:00:00Z", "2005-01-01T24:00:00Z", "2005-01-01T00:00:00",
            "2005-01-01T00:00:00+5:00", "2005-01-01T00:00:00.Z", "2005-01-01 00:00:00Z"}) {
            assertEquals(Dates.INVALID, rfc3339(s), s);
        }
        String bad = "Fri, 01 Jan 2010 16:00:00 EST";
        assertEquals(Dates.INVALID, Dates.rfc1123(bad.getBytes(StandardCharsets.US_ASCII), 0, bad.length()));
    }
}
