package org.sidetone.doc.summary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;

class MessageSummaryTest {
    private final MessageSummary summary = new MessageSummary();

    private boolean read(String text) {
        return summary.read(new Slice().wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String written() {
        byte[] b = new byte[512];
        ByteSink sink = new ByteSink().wrap(b);
        summary.write(sink);
        return new String(b, 0, sink.length(), StandardCharsets.UTF_8);
    }

    /** RFC 3842 section 4.1, A3 and A5. */
    @Test
    void theExamplesOfTheRfc() {
        String a3 = "Messages-Waiting: yes\r\nMessage-Account: sip:alice@vmail.example.com\r\nVoice-Message: 2/8 (0/2)\r\n";
        assertTrue(read(a3));
        assertTrue(summary.isWaiting());
        assertEquals("sip:alice@vmail.example.com", summary.account.toString());
        assertEquals(2, summary.fresh(MessageSummary.VOICE));
        assertEquals(8, summary.old(MessageSummary.VOICE));
        assertEquals(0, summary.freshUrgent(MessageSummary.VOICE));
        assertEquals(2, summary.oldUrgent(MessageSummary.VOICE));
        assertEquals(a3, written());
        assertTrue(read("Messages-Waiting: yes\r\nMessage-Account: sip:alice@vmail.example.com\r\nVoice-Message: 4/8 (1/2)\r\n\r\n"
                + "To: <alice@atlanta.example.com>\r\nFrom: <bob@biloxi.example.com>\r\nSubject: carpool tomorrow?\r\n\r\nTo: <alice@example.com>\r\n"));
        assertEquals(4, summary.fresh(MessageSummary.VOICE));
    }

    @Test
    void namesAndWordsIgnoreCaseSpacesAndUnknownClassesArePassedOver() {
        assertTrue(read("messages-waiting : YES\nfax-message :  3 / 4\nHologram-Message: 1/1\n"));
        assertEquals(3, summary.fresh(MessageSummary.FAX));
        assertFalse(summary.counts(MessageSummary.VOICE));
        assertTrue(read("Messages-Waiting: no"));
        assertFalse(summary.isWaiting());
        assertEquals(0, summary.fresh(MessageSummary.FAX), "nothing of the last one");
    }

    /** Section 3.5. */
    @Test
    void aLargerCountIsTheLargest() {
        assertTrue(read("Messages-Waiting: yes\r\nVoice-Message: 99999999999999999999999/1\r\n"));
        assertEquals(0xFFFFFFFFL, summary.fresh(MessageSummary.VOICE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Voice-Message: 1/2\r\n", "Messages-Waiting: maybe\r\n", "Messages-Waiting\r\n", "Messages-Waiting: yes\r\nVoice-Message: 1\r\n",
        "Messages-Waiting: yes\r\nVoice-Message: 1/2 (3\r\n", "Messages-Waiting: yes\r\nVoice-Message: 1/2 (3/4\r\n", "Messages-Waiting: yes\r\nVoice-Message: 1/2 x\r\n",
        "Messages-Waiting: yes\r\nVoice-Message: /\r\n", "Messages-Waiting: yes\r\nno colon here\r\n"})
    void whatIsNoneIsRefusedWhole(String text) {
        assertFalse(read(text));
        assertFalse(summary.isWaiting());
        assertFalse(summary.counts(MessageSummary.VOICE));
    }

    /** Section 3.10. */
    @Test
    void severalAreSummed() {
        assertTrue(read("Messages-Waiting: no\r\nVoice-Message: 0/3\r\n"));
        MessageSummary other = new MessageSummary();
        other.setWaiting(true);
        other.set(MessageSummary.VOICE, 2, 1, 1, 0);
        summary.merge(other);
        assertEquals("Messages-Waiting: yes\r\nVoice-Message: 2/4 (1/0)\r\n", written());
    }
}
