package org.sidetone.firmware.screen;

import org.sidetone.bytes.ByteSink;
import org.sidetone.doc.pidf.Activity;
import org.sidetone.doc.pidf.Mood;
import org.sidetone.doc.pidf.Period;
import org.sidetone.doc.pidf.PlaceType;
import org.sidetone.doc.pidf.Presence;
import org.sidetone.doc.pidf.Rpid;

/** Rich presence in plain words, a line each; a line that has nothing to say is left out. */
final class PresenceWords {
    private static final long DAY_SEC = 86_400;

    private final Desk desk;

    PresenceWords(Desk desk) {
        this.desk = desk;
    }

    /** {@code Meeting, travel}: what the person does beyond the state that the lamp shows. @return false when there is nothing */
    boolean putActivities(int bits, ByteSink out) {
        int start = out.position();
        for (int i = 0; i < Activity.WORDS.size(); i++) {
            int bit = 1 << i;
            if ((bits & bit) != 0 && bit != Activity.AWAY && bit != Activity.BUSY) {
                if (out.position() > start) {
                    out.put(", ");
                }
                putWord(Activity.WORDS.name(i), out.position() == start, out);
            }
        }
        return out.position() > start;
    }

    /** {@code Since 14:05, until 15:00}. */
    boolean putTimes(Presence p, ByteSink out) {
        boolean since = p.sinceSec() != Period.OPEN;
        boolean until = p.untilSec() != Period.OPEN;
        if (desk.unixSec() < 0 || !since && !until) {
            return false;
        }
        if (since) {
            putMoment(out.put("Since "), p.sinceSec());
        }
        if (until) {
            putMoment(out.put(since ? ", until " : "Until "), p.untilSec());
        }
        return true;
    }

    /** {@code Feels happy}. */
    boolean putMood(Presence p, ByteSink out) {
        if (p.mood() < 0) {
            return false;
        }
        putWord(Mood.WORDS.name(p.mood()), false, out.put("Feels "));
        return true;
    }

    /** {@code At: train station (work)}. */
    boolean putPlace(Presence p, ByteSink out) {
        if (p.placeType() < 0 && p.sphere() < 0) {
            return false;
        }
        out.put("At: ");
        if (p.placeType() >= 0) {
            putWord(PlaceType.WORDS.name(p.placeType()), false, out);
        }
        if (p.sphere() >= 0) {
            out.put(p.placeType() >= 0 ? " (" : "").put(Rpid.SPHERES.name(p.sphere())).put(p.placeType() >= 0 ? ")" : "");
        }
        return true;
    }

    /** {@code Their time 09:30}, when it is not ours. */
    boolean putTheirTime(Presence p, ByteSink out) {
        long now = desk.unixSec();
        if (!p.hasTimeOffset() || now < 0 || 60L * p.timeOffsetMin() == desk.clock.zoneOffsetSec(now)) {
            return false;
        }
        putClock(out.put("Their time "), now + 60L * p.timeOffsetMin());
        return true;
    }

    /** {@code 17:00-18:00 away}, or what is said of it; {@code From 17:00: away} where the end is not said. */
    boolean putAhead(Presence p, int index, ByteSink out) {
        if (index >= p.ahead() || desk.unixSec() < 0) {
            return false;
        }
        if (p.aheadUntilSec(index) == Period.OPEN) {
            putMoment(out.put("From "), p.aheadFromSec(index));
            out.put(": ");
        } else {
            putMoment(out, p.aheadFromSec(index));
            putMoment(out.put('-'), p.aheadUntilSec(index));
            out.put(' ');
        }
        out.put(p.aheadNote(index));
        if (!p.aheadNote(index).isEmpty()) {
            return true;
        }
        int before = out.position();
        for (int i = 0; i < Activity.WORDS.size(); i++) {
            if ((p.aheadActivities(index) & 1 << i) != 0) {
                putWord(Activity.WORDS.name(i), false, out.put(out.position() > before ? ", " : ""));
            }
        }
        if (out.position() == before) {
            out.put(p.aheadBasic(index) == Presence.CLOSED ? "offline" : "available");
        }
        return true;
    }

    /** The hour of a moment of today, else the days that it is away as well. */
    private void putMoment(ByteSink out, long unixSec) {
        long zone = desk.clock.zoneOffsetSec(unixSec);
        long days = (unixSec + zone) / DAY_SEC - (desk.unixSec() + zone) / DAY_SEC;
        putClock(out, unixSec + zone);
        if (days == 1) {
            out.put(" tomorrow");
        } else if (days == -1) {
            out.put(" yesterday");
        } else if (days != 0) {
            out.put(days > 0 ? " in " : ", ").putDecimal(Math.abs(days)).put(days > 0 ? " days" : " days ago");
        }
    }

    private static void putClock(ByteSink out, long localSec) {
        long minute = (localSec % DAY_SEC + DAY_SEC) % DAY_SEC / 60;
        out.putPadded(minute / 60, 2).put(':').putPadded(minute % 60, 2);
    }

    /** A word of a schema as people write it. */
    private static void putWord(String word, boolean capital, ByteSink out) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            out.put(c == '-' || c == '_' ? ' ' : capital && i == 0 && c >= 'a' && c <= 'z' ? c - 32 : c);
        }
    }
}
