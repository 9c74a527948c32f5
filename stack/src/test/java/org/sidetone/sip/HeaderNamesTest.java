package org.sidetone.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.sidetone.bytes.Octets;

class HeaderNamesTest {
    private static int found(String line) {
        byte[] b = line.getBytes(StandardCharsets.ISO_8859_1);
        int known = HeaderNames.at(b, 0, b.length);
        assertTrue(known == 0 || line.charAt(HeaderNames.length(known)) == ':', line);
        return HeaderNames.code(known);
    }

    private static String name(int code) {
        return new String(Header.name(code), StandardCharsets.ISO_8859_1);
    }

    @Test
    void namesAreKnownInAnyCase() {
        for (int code = 1; code < Header.COUNT; code++) {
            String name = name(code);
            int expected = Octets.areFast() && name.length() < 16 ? code : Header.OTHER;
            for (String written : new String[] {name, name.toLowerCase(Locale.ROOT), name.toUpperCase(Locale.ROOT)}) {
                assertEquals(expected, found(written + ": some value\r\n"), written);
                assertEquals(Header.OTHER, found(written + " : some value\r\n"), written);
            }
        }
        for (char letter = 'a'; letter <= 'z'; letter++) {
            int code = Header.of(new byte[] {(byte) letter}, 0, 1);
            assertEquals(Octets.areFast() ? code : Header.OTHER, found(letter + ": some value with more\r\n"));
            assertEquals(Octets.areFast() ? code : Header.OTHER, found(Character.toUpperCase(letter) + ": some value with more\r\n"));
        }
    }

    /** A carriage return is a hyphen but for one bit. */
    @Test
    void anyOtherOctetMakesItAnotherName() {
        for (int code = 1; code < Header.COUNT; code++) {
            String name = name(code);
            for (int i = 0; i < name.length(); i++) {
                for (char c = 0; c < 256; c++) {
                    String changed = name.substring(0, i) + c + name.substring(i + 1);
                    boolean same = c == ':' || c < 128 && changed.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT));
                    int known = found(changed + ": some value\r\n");
                    assertTrue(same || known != code, () -> "taken for " + name + ": " + changed);
                }
            }
            assertEquals(Header.OTHER, found("x" + name + ": some value\r\n"));
        }
    }

    @Test
    void nothingIsReadBehindTheLimit() {
        assertEquals(Header.OTHER, found("Via: 12345"));
        assertEquals(Header.OTHER, found(":::::::::::::::::::"));
        assertEquals(Header.OTHER, found("Content-Type Content-Type"));
    }
}
