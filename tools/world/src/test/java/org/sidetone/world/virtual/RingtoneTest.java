package org.sidetone.world.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.firmware.files.Ringtone;
import org.sidetone.hal.Storage;
import org.sidetone.time.TimerQueue;

/** Tunes note by note, on a buzzer that writes down what it is told. */
class RingtoneTest {
    /** The example of the format's description. */
    private static final String HAUNTED = "HauntHouse: d=4,o=5,b=108: 2a4, 2e, 2d#, 2b4, 2a4, 2c, 2d, 2a#4, 2e., e, 1f4, 1a4, 1d#, 2e., d, 2c., b4, 1a4, 1p, 2a4, 2e, 2d#, 2b4, 2a4, 2c, 2d, 2a#4, 2e., e, 1f4, 1a4, 1d#, 2e., d, 2c., b4, 1a4";

    private final TimerQueue timers = new TimerQueue();
    private final List<String> heard = new ArrayList<>();
    private long nowMs;
    private final Ringtone tone = new Ringtone((hertz, ms) -> heard.add(nowMs + ": " + hertz + " for " + ms), new Storage() {
        @Override
        public int read(String name, byte[] into, int offset, int length) {
            return 0;
        }

        @Override
        public int replace(String name, byte[] from, int offset, int length) {
            return 0;
        }

        @Override
        public int remove(String name) {
            return 0;
        }

        @Override
        public boolean next(Completion out) {
            return false;
        }
    }, timers);

    private static Slice text(String s) {
        return new Slice().wrap(s.getBytes(StandardCharsets.UTF_8));
    }

    private void run() {
        while (timers.nextDeadlineMs() < Long.MAX_VALUE) {
            nowMs = timers.nextDeadlineMs();
            timers.poll(nowMs, 10);
        }
    }

    @Test
    void notesPausesDotsAndOctaves() {
        tone.take(text("scale:d=4,o=4,b=120:c,8d#.,p,a,2c5,h,16a6,c"), 0);
        run();
        assertEquals(List.of("0: 262 for 500", "500: 311 for 375", "1375: 440 for 500", "1875: 524 for 1000", "2875: 494 for 500", "3375: 1760 for 125", "3500: 262 for 500"), heard);
    }

    @Test
    void aTuneOfOthersIsPlayedToItsEnd() {
        assertTrue(tone.canPlay(text(HAUNTED)));
        ByteSink name = new ByteSink().wrap(new byte[40]);
        tone.putName(text(HAUNTED), name);
        assertEquals("HauntHouse", name.slice(new Slice()).toString());
        tone.take(text(HAUNTED), 0);
        run();
        assertEquals(36, heard.size(), "37 notes, one of them a pause");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\n", "no tune at all", "a:b", "a::", "a:d=4:", "a:d=4:x", "a:d=0:c", "a:q=4:c", "a:d=4,o=5,b=1000:c", "a:d=4:c,,e", "a:d=4:c##", "a:d=4:0c"})
    void whatIsNoTuneIsNotPlayed(String text) {
        assertFalse(tone.canPlay(text(text)), text);
        tone.take(text(text), 0);
        assertFalse(tone.play(0));
    }

    @Test
    void withoutABuzzerNothingIsATune() {
        assertFalse(new Ringtone(null, null, timers).canPlay(text(HAUNTED)));
    }
}
