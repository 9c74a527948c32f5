package org.sidetone.doc.pidf;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;

/** One thing to come, copied out of a document. */
final class Announcement {
    private static final Slice NO_LANGUAGE = new Slice();

    long fromSec;
    long untilSec;
    int basic;
    int activities;
    final FixedText note = new FixedText(60);

    void take(TimedStatus t) {
        fromSec = t.period.fromSec;
        untilSec = t.period.untilSec;
        basic = t.basic;
        activities = t.activities;
        int best = t.notes.best(NO_LANGUAGE);
        if (best < 0 || !note.set(t.notes.text(best))) {
            note.clear();
        }
    }

    void set(Announcement other) {
        fromSec = other.fromSec;
        untilSec = other.untilSec;
        basic = other.basic;
        activities = other.activities;
        note.set(other.note);
    }
}
