package org.sidetone.bench.presence;

import org.sidetone.bytes.Slice;
import org.sidetone.doc.pidf.Activity;
import org.sidetone.doc.pidf.Component;
import org.sidetone.doc.pidf.Mood;
import org.sidetone.doc.pidf.PidfReader;
import org.sidetone.doc.pidf.PlaceType;
import org.sidetone.doc.pidf.Presence;
import org.sidetone.doc.pidf.PresenceDocument;
import org.sidetone.doc.pidf.Rpid;

/** Ours, the schema checked, down to what the phone shows. */
final class OurReader implements DocumentReader {
    private static final long NOW = 1_795_625_000L;
    private final PidfReader reader = new PidfReader(16, 4096);
    private final Presence presence = new Presence();
    private final Slice slice = new Slice();

    private static long add(long sum, Slice text) {
        return text.isEmpty() ? sum * 31 : sum * 31 + text.length() + text.byteAt(0) * 256L + text.byteAt(text.length() - 1);
    }

    @Override
    public long read(byte[] document) {
        int verdict = reader.read(slice.wrap(document));
        if (verdict != PidfReader.GOOD) {
            throw new IllegalArgumentException("refused: " + verdict);
        }
        PresenceDocument d = reader.document();
        presence.take(d, NOW);
        long sum = add(0, d.entity.slice(slice));
        for (int i = 0; i < d.count(); i++) {
            Component c = d.component(i);
            sum = add(sum, c.id);
            if (c.kind == Component.SERVICE) {
                sum = sum * 31 + (c.basic == Presence.OPEN ? 1 : 2);
                sum = add(sum, c.contact);
                sum = sum * 31 + c.priority / 100;
            } else {
                sum = sum * 31 + first(c.rpid.activities);
                sum = c.rpid.moodCount == 0 ? sum * 31 : DocumentReader.add(sum, Mood.WORDS.name(c.rpid.moods[0]));
                sum = c.rpid.placeType == Rpid.NOT_SAID ? sum * 31 : DocumentReader.add(sum, PlaceType.WORDS.name(c.rpid.placeType));
                sum = sum * 31 + c.rpid.userInput;
                sum = add(sum, c.notes.text(0));
            }
        }
        return sum;
    }

    private static long first(int bits) {
        return DocumentReader.add(0, Activity.name(Integer.numberOfTrailingZeros(bits)));
    }
}
