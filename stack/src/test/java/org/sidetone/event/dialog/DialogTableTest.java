package org.sidetone.event.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.dialoginfo.DialogInfo;
import org.sidetone.doc.dialoginfo.DialogInfoReader;

/** The table of RFC 4235 section 4.3. */
class DialogTableTest {
    private final DialogTable table = new DialogTable();
    private final DialogInfoReader reader = new DialogInfoReader();

    private void take(int version, String state, String... dialogs) {
        StringBuilder text = new StringBuilder("<dialog-info xmlns='urn:ietf:params:xml:ns:dialog-info' version='" + version + "' state='" + state
                + "' entity='sip:bob@example.test'>");
        for (String d : dialogs) {
            String[] w = d.split(" ");
            text.append("<dialog id='").append(w[0]).append(w.length > 2 ? "' direction='" + w[2] : "").append("'><state>").append(w[1])
                    .append("</state>").append(w.length > 3 ? "<remote><identity>" + w[3] + "</identity></remote>" : "").append("</dialog>");
        }
        byte[] b = text.append("</dialog-info>").toString().getBytes(StandardCharsets.UTF_8);
        assertEquals(DialogInfoReader.GOOD, table.take(new Slice().wrap(b), reader));
    }

    @ParameterizedTest
    @CsvSource({
        // version, state of the second document; how many dialogs after it, whether the full state is asked for
        "6, full, 1, false",
        "6, partial, 2, false",
        "9, full, 1, false",
        "9, partial, 2, true",
        "5, full, 1, false",
        "5, partial, 1, false",
        "3, full, 1, false",
        "3, partial, 1, false"})
    void whatComesAfterTheFullDocumentOfVersion5(int version, String state, int dialogs, boolean asks) {
        take(5, "full", "a confirmed");
        take(version, state, "b early");
        assertEquals(dialogs, table.count());
        assertEquals(asks, table.hasGap());
        boolean taken = version >= 5 && !(version == 5 && state.equals("partial"));
        assertEquals(taken && state.equals("full") ? "b" : "a", table.foremost().id.toString());
    }

    @Test
    void theFirstDocumentShouldBeAFullOne() {
        take(0, "partial", "a confirmed");
        assertEquals(1, table.count());
        assertTrue(table.hasGap());
        take(1, "partial");
        assertTrue(table.hasGap(), "still not everything is known");
        take(2, "full", "a confirmed");
        assertFalse(table.hasGap());
    }

    @Test
    void aDialogThatEndedGoesAndWhatIsNotSaidAgainStays() {
        take(0, "full", "a early recipient sip:carol@example.test", "b confirmed");
        assertTrue(table.isRinging());
        take(1, "partial", "a confirmed");
        assertEquals("sip:carol@example.test", table.foremost().peer.toString());
        assertEquals(DialogInfo.RECIPIENT, table.foremost().direction);
        assertFalse(table.isRinging());
        take(2, "partial", "a terminated", "b terminated", "never-seen terminated");
        assertNull(table.foremost());
    }

    @Test
    void ofTooManyThoseThatCameFurthestStay() {
        take(0, "full", "a trying", "b trying", "c trying", "d trying", "e trying", "f trying", "g confirmed", "h trying");
        assertEquals(6, table.count());
        assertEquals("g", table.foremost().id.toString());
    }

    @Test
    void aDocumentThatCannotBeReadLeavesNothing() {
        take(0, "full", "a confirmed");
        byte[] cut = "<dialog-info xmlns='urn:ietf:params:xml:ns:dialog-info' version='1' state='partial' entity='x:y'><dialog id='b'>"
                .getBytes(StandardCharsets.UTF_8);
        assertTrue(table.take(new Slice().wrap(cut), reader) < 0);
        assertEquals(0, table.count());
        assertTrue(table.hasGap());
    }
}
