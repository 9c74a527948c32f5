package org.sidetone.doc.cpim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sidetone.Vectors;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.conformance.Shows;

/** The messages of RFC 3862 and RFC 5438, broken ones, and our own read back. */
class CpimTest {
    private final CpimView view = new CpimView();
    private final Slice value = new Slice();

    private static Slice text(String s) {
        return new Slice().wrap(s.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @Shows({"3862-2.2-2", "3862-2.2-7", "3862-2.4-1", "3862-2.2-3"})
    void everyMessageOfTheRfcsIsReadAlsoWithoutTheEmptyLineThatOneLeavesOut() throws IOException {
        for (Map<String, String> row : Vectors.table("cpim/cases.tsv")) {
            if (row.get("file").endsWith(".cpim")) {
                byte[] b = Vectors.bytes("cpim/" + row.get("file"));
                String crlf = new String(b, StandardCharsets.UTF_8).replace("\r\n", "\n").replace("\n", "\r\n");
                assertTrue(view.wrap(text(crlf)), row.get("file"));
                view.contentType(value);
                assertTrue(crlf.contains(value.toString()), row.get("file"));
                String content = view.content(value).toString();
                assertFalse(content.isEmpty() || content.startsWith("\r\n"), row.get("file"));
            }
        }
    }

    @Test
    @Shows({"3862-2.2-11", "3862-3.4-4", "3862-3-1", "3862-3.5-1", "3862-4-1"})
    void theExampleOfSection51SaysWhatItSays() throws IOException {
        assertTrue(view.wrap(new Slice().wrap(Vectors.bytes("cpim/rfc3862-5.1.cpim"))));
        assertTrue(view.value(CpimView.FROM, value));
        assertEquals("MR SANDERS <im:piglet@100akerwood.com>", value.toString());
        Slice uri = new Slice();
        assertTrue(CpimView.uriOf(value, uri));
        assertEquals("im:piglet@100akerwood.com", uri.toString());
        assertTrue(view.value(CpimView.SUBJECT, 1, value));
        assertTrue(value.toString().startsWith("beau temps"), value.toString());
        assertFalse(view.value("from".getBytes(StandardCharsets.US_ASCII), value), "names are compared with their case");
        assertTrue(view.unknownRequirement(value));
        assertEquals("MyFeatures.VitalMessageOption", value.toString());
        view.contentType(value);
        assertEquals("text/xml; charset=utf-8", value.toString());
        assertTrue(view.content(value).toString().startsWith("<body>"), value.toString());
    }

    @Test
    void namespacesCountNotPrefixes() {
        String start = "From: <im:a@x>\r\nTo: <im:b@x>\r\n";
        String end = "\r\nContent-Type: text/plain\r\n\r\nhi";
        assertTrue(view.wrap(text(start + "NS: d <urn:ietf:params:imdn>\r\nd.Message-ID: 1234\r\nRequire: d.Message-ID\r\n" + end)));
        assertTrue(view.value(CpimView.IMDN, CpimView.MESSAGE_ID, 0, value));
        assertEquals("1234", value.toString());
        assertFalse(view.unknownRequirement(value));
        assertTrue(view.wrap(text(start + "NS: imdn <urn:other>\r\nimdn.Message-ID: 1234\r\n" + end)));
        assertFalse(view.value(CpimView.IMDN, CpimView.MESSAGE_ID, 0, value), "another namespace by the usual prefix");
        assertTrue(view.wrap(text(start + "imdn.Message-ID: 1234\r\nNS: imdn <urn:ietf:params:imdn>\r\n" + end)));
        assertFalse(view.value(CpimView.IMDN, CpimView.MESSAGE_ID, 0, value), "declared too late");
        assertTrue(view.wrap(text(start + "NS: <urn:ietf:params:imdn>\r\nMessage-ID: 9\r\n" + end)));
        assertTrue(view.value(CpimView.IMDN, CpimView.MESSAGE_ID, 0, value), "the default namespace");
    }

    @Test
    @Shows({"3862-2.2-5", "3862-2.2-6", "3862-2.2-8", "3862-2.2-10"})
    void whatTheFormatForbidsIsRefused() {
        String good = "From: <im:a@x>\r\nTo: <im:b@x>\r\n\r\nContent-Type: text/plain\r\n\r\nhi";
        assertTrue(view.wrap(text(good)));
        for (String bad : new String[] {"", good.replace("From: ", "From:"), good.replace("From: ", "From:\t"), good.replace("<im:a@x>", "<im:\ta@x>"),
            good.replace("Content-Type: text/plain\r\n", ""), good.replace("To: <im:b@x>\r\n", ""), good.replace("\r\n", "\n"),
            good.replace("Content-Type: text/plain\r\n\r\nhi", "Content-Type: text/plain")}) {
            assertFalse(view.wrap(text(bad)), bad);
            assertFalse(view.value(CpimView.FROM, value));
        }
        byte[] notUtf8 = good.getBytes(StandardCharsets.ISO_8859_1);
        notUtf8[9] = (byte) 0xFF;
        assertFalse(view.wrap(new Slice().wrap(notUtf8)));
        for (int i = 0; i < good.length(); i++) {
            byte[] b = good.getBytes(StandardCharsets.US_ASCII);
            b[i] ^= 4;
            view.wrap(new Slice().wrap(b));
            view.wrap(new Slice().wrap(java.util.Arrays.copyOf(good.getBytes(StandardCharsets.US_ASCII), i)));
        }
    }

    @Test
    @Shows({"3862-2.3-1", "3862-2.3.1-1", "3862-2.3.1-5", "3862-2.3.1-7", "3862-2.2-9"})
    void escapesAreResolvedAndWritten() throws IOException {
        ByteSink sink = new ByteSink();
        for (Map<String, String> row : Vectors.table("cpim/escapes.tsv")) {
            StringBuilder expected = new StringBuilder();
            for (String point : row.get("decoded_code_points").split(" ")) {
                expected.appendCodePoint(Integer.parseInt(point.substring(2), 16));
            }
            CpimView.unescape(text(row.get("raw_in_header")), sink.wrap(new byte[64]));
            assertEquals(expected.toString(), sink.slice(value).toString(), row.get("raw_in_header"));
            ByteSink again = new ByteSink().wrap(new byte[64]);
            CpimWriter.escape(text(expected.toString()), again);
            CpimView.unescape(again.slice(value), sink.wrap(new byte[64]));
            assertEquals(expected.toString(), sink.slice(value).toString());
        }
        CpimView.unescape(text("\\ud83d\\ude00"), sink.wrap(new byte[16]));
        assertEquals("\uD83D\uDE00", sink.slice(value).toString());
    }

    @Test
    void everyHeaderLineOfTheRfcIsReadWhereItStands() throws IOException {
        for (Map<String, String> row : Vectors.table("cpim/headers.tsv")) {
            String line = row.get("header_line");
            assertTrue(view.wrap(text("From: <im:a@x>\r\nTo: <im:b@x>\r\n" + line + "\r\n\r\nContent-Type: text/plain\r\n\r\nhi")), line);
            String name = line.substring(0, line.indexOf(':'));
            int index = name.equals("From") || name.equals("To") ? 1 : 0;
            assertTrue(view.value(name.getBytes(StandardCharsets.UTF_8), index, value), line);
            assertEquals(line.substring(line.indexOf(' ') + 1), value.toString());
        }
    }

    @Test
    @Shows({"3862-2.3.1-6", "3862-3.2-1"})
    void nothingIsEscapedThatNeedNot() {
        for (int c = 0; c < 0x2100; c++) {
            String one = new String(Character.toChars(c));
            ByteSink sink = new ByteSink().wrap(new byte[16]);
            CpimWriter.escape(text(one), sink);
            String escaped = sink.slice(value).toString();
            boolean mustBe = c < ' ' || c == 0x7F || c == '\\';
            assertEquals(mustBe, !escaped.equals(one), "U+" + Integer.toHexString(c));
            assertFalse(escaped.chars().anyMatch(x -> x < ' ' || x == 0x7F), "one line, no control characters");
        }
    }

    @Test
    @Shows({"3862-3.6-1", "3862-3.4-2", "3862-3.4-3", "4975-13-12"})
    void everyWordStandsOnceAndAsTheRfcWritesIt() {
        ByteSink sink = new ByteSink().wrap(new byte[1000]);
        FixedText id = new FixedText(16);
        id.set("34jk324j");
        new CpimWriter().begin(sink, text("im:alice@example.com"), text("im:bob@example.com"), 1_765_432_109).imdn(id, "display").subject(text("lunch"))
                .content("text/plain".getBytes(StandardCharsets.US_ASCII), "notification").put("x");
        String[] lines = sink.slice(value).toString().split("\r\n");
        assertEquals(java.util.List.of("From: <im:alice@example.com>", "To: <im:bob@example.com>", "DateTime: 2025-12-11T05:48:29Z", "NS: imdn <urn:ietf:params:imdn>",
                "imdn.Message-ID: 34jk324j", "imdn.Disposition-Notification: display", "Subject: lunch", "", "Content-Type: text/plain", "Content-Disposition: notification", "", "x"),
                java.util.List.of(lines));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        ByteSink sink = new ByteSink().wrap(new byte[1000]);
        FixedText id = new FixedText(16);
        id.set("34jk324j");
        new CpimWriter().begin(sink, text("im:alice@example.com"), text("im:bob@example.com"), 0).imdn(id, "positive-delivery, display").subject(text("a\nb"))
                .content("text/plain".getBytes(StandardCharsets.US_ASCII), "").put("Hello World");
        assertTrue(view.wrap(sink.slice(new Slice())));
        assertTrue(view.value(CpimView.DATE_TIME, value));
        assertEquals("1970-01-01T00:00:00Z", value.toString());
        assertTrue(view.value(CpimView.IMDN, CpimView.DISPOSITION_NOTIFICATION, 0, value));
        assertEquals("positive-delivery, display", value.toString());
        assertTrue(view.value(CpimView.SUBJECT, value));
        assertEquals("a\\nb", value.toString());
        assertEquals("Hello World", view.content(value).toString());
    }
}
