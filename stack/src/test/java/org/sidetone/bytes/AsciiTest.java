package org.sidetone.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** Runs of characters against the RFCs' grammar, character by character, whether eight octets are read at once or not. */
class AsciiTest {
    private static final int ARRAYS = 40_000;
    private static final String ALPHANUM = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final String TOKEN = ALPHANUM + "-.!%*_+`'~";
    private static final String DELIMITERS = ":;=,<>@\"/?[]{}()\\^|&$# \t\r\n\u007f\u0000\u001f\u0080\u00e9\u00ff";

    private interface Run {
        int end(byte[] b, int offset, int limit);
    }

    private static IntPredicate of(String characters) {
        return c -> c != 0 && characters.indexOf(c) >= 0;
    }

    private static boolean isUri(int c) {
        return c > ' ' && c != 127 && "<>\"".indexOf(c) < 0;
    }

    private static void check(Run run, IntPredicate member) {
        Random random = new Random(3);
        String often = ALPHANUM + ALPHANUM + ALPHANUM + TOKEN + DELIMITERS;
        for (int n = 0; n < ARRAYS; n++) {
            byte[] b = new byte[random.nextInt(40)];
            int rare = 1 + random.nextInt(20);
            for (int i = 0; i < b.length; i++) {
                b[i] = (byte) (random.nextInt(rare) == 0 ? often.charAt(random.nextInt(often.length())) : random.nextInt(8) == 0 ? random.nextInt(256) : 'a' + random.nextInt(26));
            }
            int offset = random.nextInt(b.length + 1);
            int limit = offset + random.nextInt(b.length - offset + 1);
            int expected = offset;
            while (expected < limit && member.test(b[expected] & 0xFF)) {
                expected++;
            }
            assertEquals(expected, run.end(b, offset, limit), () -> Arrays.toString(b) + " from " + offset + " to " + limit);
        }
    }

    @Test
    void runsEndWhereTheGrammarSays() {
        check(Ascii::endOfToken, of(TOKEN));
        check(Ascii::endOfValue, of(TOKEN + "[]:"));
        check(Ascii::endOfHost, of(ALPHANUM + "-._"));
        check(Ascii::endOfIpv6, of("0123456789abcdefABCDEF:."));
        check(Ascii::endOfUriPlain, c -> isUri(c) && "@:%".indexOf(c) < 0);
        check(Ascii::endOfWord, c -> c > ' ' && c < 128 && c != ',');
        check(Ascii::endOfQuoted, c -> c != '"' && c != '\\' && c != '\r' && c != '\n');
        check(Ascii::endOfText, c -> c != '\r' && c != '\n');
    }

    @Test
    void everyOctetAtEveryPlaceIsToldApart() {
        for (int place = 0; place < 8; place++) {
            for (int c = 0; c < 256; c++) {
                byte[] b = "abcdefgh".getBytes(StandardCharsets.ISO_8859_1);
                b[place] = (byte) c;
                assertEquals(of(TOKEN).test(c) ? 8 : place, Ascii.endOfToken(b, 0, 8), "octet " + c);
                assertEquals(c == '\r' || c == '\n' ? place : 8, Ascii.endOfText(b, 0, 8), "octet " + c);
                assertEquals(isUri(c), Ascii.isUri(c), "octet " + c);
            }
        }
    }

    @Test
    void eightOctetsAreOneNumberTheFirstTheLowest() {
        byte[] b = {9, 1, 2, 3, 4, 5, 6, 7, (byte) 0x88};
        assertEquals(0x8807060504030201L, Octets.at(b, 1));
        for (int i = 0; i < 8; i++) {
            assertEquals(i, Octets.first(0x8080808080808080L << 8 * i));
            assertEquals(i, Octets.first(0x80L << 8 * i));
        }
    }

    @Test
    void whiteSpaceIsSteppedOver() {
        String text = "a b  c\t d\r\n e\r\nf \r\n\tg\u00e9 \u0001";
        byte[] b = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int limit = 0; limit <= b.length; limit++) {
            for (int at = 0; at <= limit; at++) {
                int expected = at;
                while (expected < limit && (text.charAt(expected) == ' ' || text.charAt(expected) == '\t'
                        || expected + 2 < limit && text.startsWith("\r\n", expected) && " \t".indexOf(text.charAt(expected + 2)) >= 0)) {
                    expected += text.charAt(expected) == '\r' ? 3 : 1;
                }
                assertEquals(expected, Ascii.skipLws(b, at, limit), "from " + at + " to " + limit);
                int trimmed = limit;
                while (trimmed > at && " \t\r\n".indexOf(text.charAt(trimmed - 1)) >= 0) {
                    trimmed--;
                }
                assertEquals(trimmed, Ascii.trimEnd(b, at, limit));
            }
        }
        assertFalse(Ascii.isWhite(1));
    }
}
