package org.sidetone.bytes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
    @Test
    void encodesAndDecodesEveryCodePointAsTheJdkDoes() {
        byte[] b = new byte[4];
        for (int c = 1; c <= 0x10FFFF; c++) {
            if (c >= 0xD800 && c < 0xE000) {
                continue;
            }
            int n = Utf8.encode(c, b, 0);
            assertEquals(n, Utf8.lengthOf(c));
            assertEquals(c, Utf8.codePointAt(b, 0, n));
            if (c % 97 == 0) {
                assertEquals(new String(Character.toChars(c)), new String(b, 0, n, StandardCharsets.UTF_8));
                assertEquals(new String(Character.toChars(c)), Utf8.toString(b, 0, n));
            }
        }
    }

    @Test
    void encodesTextsAsTheJdkDoesWhereTheyFit() {
        Random random = new Random(12);
        FixedText text = new FixedText(20);
        for (int i = 0; i < 20_000; i++) {
            String s = random.ints(random.nextInt(9), 1, 0x110000).map(c -> c >= 0xD800 && c < 0xE000 ? 'x' : c % (1 << random.nextInt(22)))
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString().replaceAll("[\\ud800-\\udfff](?![\\udc00-\\udfff])", "y");
            byte[] expected = s.getBytes(StandardCharsets.UTF_8);
            text.set("before");
            assertEquals(expected.length <= 20, text.set(s));
            assertEquals(expected.length <= 20 ? s : "before", text.toString());
            assertEquals(expected.length, Utf8.length(s));
            ByteSink sink = new ByteSink().wrap(new byte[20]).put(s);
            assertEquals(expected.length > 20, sink.overflowed());
            assertArrayEquals(expected, Utf8.bytes(s));
        }
    }

    @Test
    void knowsWhatIsNotUtf8AsTheJdkDoes() {
        Random random = new Random(11);
        int good = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] b = new byte[1 + random.nextInt(5)];
            random.nextBytes(b);
            boolean valid;
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(b));
                valid = true;
                good++;
            } catch (CharacterCodingException e) {
                valid = false;
            }
            assertEquals(valid, Utf8.firstInvalid(b, 0, b.length) < 0);
        }
        assertTrue(good > 1000);
    }

    @Test
    void aSinkThatOverflowedAppendsNothingMore() {
        byte[] b = new byte[5];
        ByteSink sink = new ByteSink().wrap(b).put("abc").put(Ascii.bytes("def")).put('x');
        assertTrue(sink.overflowed());
        assertEquals(3, sink.length());
        assertEquals(0, b[3]);
        assertTrue(new ByteSink().wrap(b).putDecimal(Long.MIN_VALUE).overflowed());
        byte[] wide = new byte[20];
        ByteSink number = new ByteSink().wrap(wide).putDecimal(Long.MIN_VALUE);
        assertEquals(Long.toString(Long.MIN_VALUE), new String(wide, 0, number.length(), StandardCharsets.US_ASCII));
    }
}
