package org.sidetone.im;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sidetone.bytes.Slice;

class LanguageTest {
    private final Language language = new Language();

    @ParameterizedTest
    @CsvSource({"de, de, true", "de, DE-at, true", "pt-BR, pt, true", "pt-BR, pt-PT, true", "de, 'en, fr ,de', true", "de, den, false", "de, d, false", "de, 'en,fr', false",
        "de, '', false", "de, ',', false"})
    void whoReadsALanguageReadsItsKinds(String own, String others, boolean reads) {
        assertTrue(language.set(own));
        assertEquals(reads, language.isAmong(new Slice().wrap(others.getBytes(StandardCharsets.US_ASCII))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "de-", "-de", "de--at", "d e", "1de", "deutschland", "de_AT", "de\r\n", "a-aaaaaaaa-aaaaaaaa-aaaaaaaa-aaaaaaaa"})
    void whatIsNoTagIsRefused(String text) {
        assertFalse(language.set(text));
        assertFalse(language.isKnown());
    }

    @Test
    void whoSaysNoneReadsNone() {
        assertTrue(language.set(""));
        assertFalse(language.isKnown());
        assertFalse(language.isAmong(new Slice().wrap(new byte[] {'d', 'e'})));
        assertTrue(language.set("zh-Hant-TW-1994"));
        assertEquals("zh-Hant-TW-1994", language.tag().toString());
    }
}
