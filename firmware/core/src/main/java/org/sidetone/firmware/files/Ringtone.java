package org.sidetone.firmware.files;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.firmware.keeping.Records;
import org.sidetone.hal.Buzzer;
import org.sidetone.hal.Storage;
import org.sidetone.time.Timer;
import org.sidetone.time.TimerQueue;

/**
 * What a new message sounds like: a tune in Nokia's RTTTL, {@code name:d=4,o=5,b=120:8c,e,g.,p,c6}, note by note on the buzzer. One that came as a file and was chosen
 * is kept.
 */
public final class Ringtone implements Timer.Owner, Records.Owner {
    private static final int BYTES = 512;
    /** Longer ones are cut. */
    private static final int NOTES = 64;
    private static final int MAX_NOTE_MS = 5_000;
    /** Semitones above C of the letters A to G. */
    private static final int[] SEMITONES = {9, 11, 0, 2, 4, 5, 7};
    /** The octave 4 from C on, in hertz. */
    private static final int[] HERTZ = {262, 277, 294, 311, 330, 349, 370, 392, 415, 440, 466, 494};

    private final Buzzer buzzer;
    private final Records records;
    private final Timer timer;
    private final FixedText tune = new FixedText(BYTES);
    private final Slice slice = new Slice();
    private int at;
    private int played;
    private int duration;
    private int octave;
    private int beats;
    // the note that was read last
    private int hertz;
    private int lengthMs;

    /** @param buzzer null: there is none */
    public Ringtone(Buzzer buzzer, Storage storage, TimerQueue timers) {
        this.buzzer = buzzer;
        records = new Records(storage, "tone", 1, BYTES, this);
        timer = new Timer(timers, this);
    }

    public void load() {
        records.read(0);
    }

    public boolean onCompletion(Storage.Completion completion, long nowMs) {
        return records.onCompletion(completion, nowMs);
    }

    public void doWork() {
        records.doWork();
    }

    @Override
    public void onRecord(int number, Slice record, long nowMs) {
        if (isTune(record)) {
            tune.set(record);
        }
    }

    @Override
    public void writeRecord(int number, ByteSink out) {
        out.put(tune);
    }

    /** Whether a text is a tune, and there is something to play it with. */
    public boolean canPlay(Slice text) {
        return buzzer != null && isTune(text);
    }

    private boolean isTune(Slice text) {
        if (text.length() > BYTES || !begin(text)) {
            return false;
        }
        int notes = 0;
        while (notes < NOTES && at < text.limit()) {
            if (!note(text)) {
                return false;
            }
            notes++;
        }
        return notes > 0;
    }

    /** Appends its name. */
    public void putName(Slice text, ByteSink out) {
        out.put(text.buffer(), text.offset(), Ascii.indexOf(text.buffer(), text.offset(), text.limit(), ':') - text.offset());
    }

    /** Chooses a tune, and lets it be heard. */
    public void take(Slice text, long nowMs) {
        if (canPlay(text)) {
            tune.set(text);
            records.changed(0);
            play(nowMs);
        }
    }

    /** Plays what was chosen. @return false when nothing was */
    public boolean play(long nowMs) {
        if (buzzer == null || tune.isEmpty() || !begin(tune.slice(slice))) {
            return false;
        }
        played = 0;
        next(nowMs);
        return true;
    }

    private void next(long nowMs) {
        if (played++ < NOTES && at < slice.limit() && note(slice)) {
            if (hertz > 0) {
                buzzer.tone(hertz, lengthMs);
            }
            timer.startAt(nowMs + lengthMs);
        }
    }

    @Override
    public void onTimer(Timer fired, long nowMs) {
        tune.slice(slice);
        next(nowMs);
    }

    /** Reads name and defaults. */
    private boolean begin(Slice text) {
        byte[] b = text.buffer();
        int limit = text.limit();
        int first = Ascii.indexOf(b, text.offset(), limit, ':');
        int second = Ascii.indexOf(b, Math.min(limit, first + 1), limit, ':');
        duration = 4;
        octave = 6;
        beats = 63;
        if (second >= limit || first - text.offset() > 30) {
            return false;
        }
        for (int p = first + 1; p < second; ) {
            int end = Math.min(second, Ascii.indexOf(b, p, second, ','));
            int from = Ascii.skipLws(b, p, end);
            long n = from + 2 < end && b[from + 1] == '=' ? Ascii.decimal(b, from + 2, Ascii.trimEnd(b, from, end), 900) : -1;
            if (n < 1) {
                return false;
            }
            switch (Ascii.lower(b[from])) {
                case 'd': duration = (int) n; break;
                case 'o': octave = (int) n; break;
                case 'b': beats = (int) n; break;
                default: return false;
            }
            p = end + 1;
        }
        at = second + 1;
        return true;
    }

    /** {@code [duration] note [#] [octave] [.]} up to the comma. */
    private boolean note(Slice text) {
        byte[] b = text.buffer();
        int end = Ascii.indexOf(b, at, text.limit(), ',');
        int limit = Ascii.trimEnd(b, at, end);
        int p = Ascii.skipLws(b, at, limit);
        at = end + 1;
        int digits = Ascii.endOfDigits(b, p, limit);
        int d = digits == p ? duration : (int) Ascii.decimal(b, p, digits, 64);
        p = digits;
        if (d < 1 || p == limit) {
            return false;
        }
        int letter = Ascii.lower(b[p++]);
        boolean sharp = p < limit && b[p] == '#';
        p += sharp ? 1 : 0;
        boolean dotted = p < limit && b[p] == '.';
        p += dotted ? 1 : 0;
        int o = octave;
        if (p < limit && Ascii.isDigit(b[p])) {
            o = b[p++] - '0';
        }
        dotted |= p < limit && b[p] == '.';
        p += p < limit && b[p] == '.' ? 1 : 0;
        if (p != limit || letter != 'p' && letter != 'h' && (letter < 'a' || letter > 'g')) {
            return false;
        }
        lengthMs = Math.max(1, Math.min(MAX_NOTE_MS, 4 * 60_000 / beats / d * (dotted ? 3 : 2) / 2));
        if (letter == 'p') {
            hertz = 0;
            return true;
        }
        int semitone = (letter == 'h' ? 11 : SEMITONES[letter - 'a']) + (sharp ? 1 : 0);
        int h = HERTZ[semitone % 12] << (semitone >= 12 ? 1 : 0);
        hertz = Math.max(100, Math.min(8000, o >= 4 ? h << Math.min(4, o - 4) : h >> 4 - o));
        return true;
    }
}
