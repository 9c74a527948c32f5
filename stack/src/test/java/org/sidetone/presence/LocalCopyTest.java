package org.sidetone.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.pidf.PartialPidf;

/** The watcher's rules of RFC 5263 section 4.5. */
class LocalCopyTest {
    private final PartialPidf pidf = new PartialPidf(100, 600);
    private final LocalCopy copy = new LocalCopy(600, new byte[600]);

    private int full(long version, String basic) {
        return take("<p:pidf-full xmlns='urn:ietf:params:xml:ns:pidf' xmlns:p='urn:ietf:params:xml:ns:pidf-diff' entity='sip:a@b'" + (version < 0 ? "" : " version='" + version + "'")
                + "><tuple id='t'><status><basic>" + basic + "</basic></status></tuple></p:pidf-full>");
    }

    private int diff(long version, String operations) {
        return take("<p:pidf-diff xmlns='urn:ietf:params:xml:ns:pidf' xmlns:p='urn:ietf:params:xml:ns:pidf-diff' entity='sip:a@b' version='" + version + "'>" + operations
                + "</p:pidf-diff>");
    }

    private int take(String document) {
        return copy.take(new Slice().wrap(document.getBytes(StandardCharsets.UTF_8)), pidf);
    }

    private boolean says(String basic) {
        return copy.document(new Slice()).toString().contains(">" + basic + "<");
    }

    private static final String CLOSE = "<p:replace sel=\"presence/tuple[@id='t']/status/basic/text()\">closed</p:replace>";

    @ParameterizedTest
    @CsvSource({
        // kind and version after a full document of version 5; the verdict; what the copy says then
        "full,6,TAKEN,closed", "full,9,TAKEN,closed", "full,5,OLD,open", "full,4,OLD,open",
        "diff,6,TAKEN,closed", "diff,7,GAP,open", "diff,5,OLD,open", "diff,1,OLD,open"})
    void whatComesAfterTheFullDocumentOfVersion5(String kind, long version, String verdict, String basic) {
        assertEquals(LocalCopy.TAKEN, full(5, "open"));
        int got = kind.equals("full") ? full(version, "closed") : diff(version, CLOSE);
        assertEquals(verdict, got == LocalCopy.TAKEN ? "TAKEN" : got == LocalCopy.OLD ? "OLD" : got == LocalCopy.GAP ? "GAP" : "?");
        assertTrue(says(basic));
    }

    @Test
    void aChangeWithoutTheWholeIsAGap() {
        assertEquals(LocalCopy.GAP, diff(1, CLOSE));
        assertEquals(LocalCopy.TAKEN, full(2, "open"));
        assertEquals(LocalCopy.TAKEN, diff(3, CLOSE));
    }

    @Test
    void aWholeInAnotherTypeMakesTheCopyOldAndLeavesTheVersion() {
        full(5, "open");
        copy.forget();
        assertEquals(LocalCopy.OLD, full(5, "closed"));
        assertEquals(LocalCopy.GAP, diff(6, CLOSE));
        assertEquals(LocalCopy.TAKEN, full(6, "closed"));
        copy.beginAnew();
        assertEquals(LocalCopy.TAKEN, full(1, "open"));
    }

    @Test
    void aChangeThatDoesNotFitIsBrokenUntilTheWholeComes() {
        full(1, "open");
        assertEquals(LocalCopy.BROKEN, diff(2, "<p:remove sel='presence/person'/>"));
        assertEquals(LocalCopy.GAP, diff(3, CLOSE));
        assertEquals(LocalCopy.TAKEN, full(4, "closed"));
    }

    @Test
    void whatIsNoneOrTooLargeIsBad() {
        assertEquals(LocalCopy.BAD, take("<presence xmlns='urn:ietf:params:xml:ns:pidf' entity='a:b'/>"));
        assertEquals(LocalCopy.BAD, full(-1, "open"));
        assertEquals(LocalCopy.BAD, full(1, "o".repeat(600)));
    }
}
