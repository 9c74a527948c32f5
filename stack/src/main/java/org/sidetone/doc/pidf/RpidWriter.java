package org.sidetone.doc.pidf;

import org.sidetone.bytes.Slice;
import org.sidetone.date.Dates;
import org.sidetone.xml.XmlWriter;

/** Writes the elements of RPID that an {@link Rpid} says, prefix {@code rpid}, and of the shared schema notes and periods. */
final class RpidWriter {
    private static final Slice NOTHING = new Slice();
    private final XmlWriter xml;
    private final Dates dates = new Dates();

    RpidWriter(XmlWriter xml) {
        this.xml = xml;
    }

    void write(Rpid r) {
        activities(r);
        if (!r.rpidClass.isEmpty()) {
            xml.start("rpid:class").text(r.rpidClass).end("rpid:class");
        }
        mood(r);
        placeIs(r);
        placeType(r);
        privacy(r);
        if (r.relationship != Rpid.NOT_SAID) {
            xml.start("rpid:relationship");
            notes("rpid:note", r.relationshipNotes);
            word(Rpid.RELATIONSHIPS, r.relationship, r.otherRelationship);
            xml.end("rpid:relationship");
        }
        if (r.serviceClass >= 0 || r.serviceClass == Rpid.UNKNOWN) {
            xml.start("rpid:service-class");
            notes("rpid:note", r.serviceClassNotes);
            word(Rpid.SERVICE_CLASSES, r.serviceClass, NOTHING);
            xml.end("rpid:service-class");
        }
        if (r.sphere >= 0 || r.sphere == Rpid.UNKNOWN) {
            xml.start("rpid:sphere");
            period(r.spherePeriod);
            word(Rpid.SPHERES, r.sphere, r.otherSphere);
            xml.end("rpid:sphere");
        }
        if (!r.statusIcon.isEmpty()) {
            xml.start("rpid:status-icon");
            period(r.statusIconPeriod);
            xml.text(r.statusIcon).end("rpid:status-icon");
        }
        timeOffset(r);
        userInput(r);
    }

    void period(Period p) {
        if (p.fromSec != Period.OPEN) {
            date("from", p.fromSec);
        }
        if (p.untilSec != Period.OPEN) {
            date("until", p.untilSec);
        }
    }

    private void date(String attribute, long unixSec) {
        xml.attribute(attribute, "");
        dates.putRfc3339(unixSec, xml.inAttribute());
    }

    void timestamp(String name, long unixSec) {
        if (unixSec != Period.OPEN) {
            xml.start(name);
            dates.putRfc3339(unixSec, xml.raw());
            xml.end(name);
        }
    }

    void notes(String name, Notes notes) {
        for (int i = 0; i < notes.count(); i++) {
            xml.start(name);
            if (!notes.language(i).isEmpty()) {
                xml.attribute("xml:lang", notes.language(i));
            }
            xml.text(notes.text(i)).end(name);
        }
    }

    private void word(Vocabulary words, int number, Slice otherText) {
        if (number >= 0) {
            xml.empty("rpid", words.name(number));
        } else if (number == Rpid.UNKNOWN) {
            xml.empty("rpid", "unknown");
        } else if (number == Rpid.OTHER) {
            xml.start("rpid:other").text(otherText).end("rpid:other");
        }
    }

    private void activities(Rpid r) {
        if (!r.hasActivities) {
            return;
        }
        xml.start("rpid:activities");
        period(r.activityPeriod);
        notes("rpid:note", r.activityNotes);
        words(r.activities, r.otherActivity);
        xml.end("rpid:activities");
    }

    /** The element with bits of {@link Activity} alone. */
    void activities(int bits) {
        xml.start("rpid:activities");
        words(bits, NOTHING);
        xml.end("rpid:activities");
    }

    private void words(int bits, Slice otherText) {
        for (int i = 0; i < Activity.WORDS.size(); i++) {
            if ((bits & 1 << i) != 0) {
                xml.empty("rpid", Activity.WORDS.name(i));
            }
        }
        if ((bits & Activity.OTHER) != 0) {
            word(Activity.WORDS, Rpid.OTHER, otherText);
        } else if (bits == Activity.UNKNOWN) {
            word(Activity.WORDS, Rpid.UNKNOWN, otherText);
        }
    }

    private void mood(Rpid r) {
        if (r.moodCount == 0) {
            return;
        }
        xml.start("rpid:mood");
        period(r.moodPeriod);
        notes("rpid:note", r.moodNotes);
        for (int i = 0; i < r.moodCount; i++) {
            word(Mood.WORDS, r.moods[i], r.otherMood);
        }
        xml.end("rpid:mood");
    }

    private void placeIs(Rpid r) {
        if (!r.hasPlaceIs) {
            return;
        }
        xml.start("rpid:place-is");
        period(r.placeIsPeriod);
        notes("rpid:note", r.placeIsNotes);
        place("rpid:audio", Rpid.AUDIO_PLACES, r.placeAudio);
        place("rpid:video", Rpid.VIDEO_PLACES, r.placeVideo);
        place("rpid:text", Rpid.TEXT_PLACES, r.placeText);
        xml.end("rpid:place-is");
    }

    private void place(String name, Vocabulary words, int number) {
        if (number >= 0 || number == Rpid.UNKNOWN) {
            xml.start(name);
            xml.empty("rpid", number >= 0 ? words.name(number) : "unknown");
            xml.end(name);
        }
    }

    private void placeType(Rpid r) {
        if (r.placeType == Rpid.NOT_SAID) {
            return;
        }
        xml.start("rpid:place-type");
        period(r.placeTypePeriod);
        notes("rpid:note", r.placeTypeNotes);
        if (r.placeType >= 0) {
            xml.empty("lt", PlaceType.WORDS.name(r.placeType));
        } else {
            word(PlaceType.WORDS, Rpid.OTHER, r.otherPlace);
        }
        xml.end("rpid:place-type");
    }

    private void privacy(Rpid r) {
        if (!r.hasPrivacy) {
            return;
        }
        xml.start("rpid:privacy");
        period(r.privacyPeriod);
        notes("rpid:note", r.privacyNotes);
        if (r.privacy == Rpid.PRIVACY_UNKNOWN) {
            xml.empty("rpid", "unknown");
        }
        if ((r.privacy & Rpid.PRIVATE_AUDIO) != 0) {
            xml.empty("rpid", "audio");
        }
        if ((r.privacy & Rpid.PRIVATE_TEXT) != 0) {
            xml.empty("rpid", "text");
        }
        if ((r.privacy & Rpid.PRIVATE_VIDEO) != 0) {
            xml.empty("rpid", "video");
        }
        xml.end("rpid:privacy");
    }

    private void timeOffset(Rpid r) {
        if (!r.hasTimeOffset) {
            return;
        }
        xml.start("rpid:time-offset");
        period(r.timeOffsetPeriod);
        if (!r.timeOffsetDescription.isEmpty()) {
            xml.attribute("description", r.timeOffsetDescription);
        }
        xml.raw().putDecimal(r.timeOffsetMin);
        xml.end("rpid:time-offset");
    }

    private void userInput(Rpid r) {
        if (r.userInput == 0) {
            return;
        }
        xml.start("rpid:user-input");
        if (r.idleThresholdSec > 0) {
            xml.attribute("idle-threshold", "");
            xml.inAttribute().putDecimal(r.idleThresholdSec);
        }
        if (r.lastInputSec != Period.OPEN) {
            date("last-input", r.lastInputSec);
        }
        xml.text(r.userInput == Rpid.IDLE ? "idle" : "active").end("rpid:user-input");
    }
}
