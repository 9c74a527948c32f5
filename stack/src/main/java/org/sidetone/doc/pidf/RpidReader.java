package org.sidetone.doc.pidf;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;
import org.sidetone.date.Dates;
import org.sidetone.xml.XmlReader;

/** Reads the elements of RPID (RFC 4480 section 3) into an {@link Rpid}. */
final class RpidReader {
    private static final byte[] ACTIVITIES = Ascii.bytes("activities");
    private static final byte[] MOOD = Ascii.bytes("mood");
    private static final byte[] PLACE_IS = Ascii.bytes("place-is");
    private static final byte[] PLACE_TYPE = Ascii.bytes("place-type");
    private static final byte[] PRIVACY = Ascii.bytes("privacy");
    private static final byte[] RELATIONSHIP = Ascii.bytes("relationship");
    private static final byte[] SERVICE_CLASS = Ascii.bytes("service-class");
    private static final byte[] SPHERE = Ascii.bytes("sphere");
    private static final byte[] CLASS = Ascii.bytes("class");
    private static final byte[] STATUS_ICON = Ascii.bytes("status-icon");
    private static final byte[] TIME_OFFSET = Ascii.bytes("time-offset");
    private static final byte[] USER_INPUT = Ascii.bytes("user-input");
    private static final byte[] NOTE = Ascii.bytes("note");
    private static final byte[] OTHER = Ascii.bytes("other");
    private static final byte[] UNKNOWN = Ascii.bytes("unknown");
    private static final byte[] AUDIO = Ascii.bytes("audio");
    private static final byte[] VIDEO = Ascii.bytes("video");
    private static final byte[] TEXT = Ascii.bytes("text");
    private static final byte[] IDLE = Ascii.bytes("idle");
    private static final byte[] FROM = Ascii.bytes("from");
    private static final byte[] UNTIL = Ascii.bytes("until");
    private static final byte[] LAST_INPUT = Ascii.bytes("last-input");
    private static final byte[] IDLE_THRESHOLD = Ascii.bytes("idle-threshold");
    private static final byte[] DESCRIPTION = Ascii.bytes("description");
    private static final byte[] LANGUAGE = Ascii.bytes("xml:lang");

    private final XmlReader xml;
    private final PresenceDocument document;
    private final Slice slice = new Slice();
    private final Slice text = new Slice();

    RpidReader(XmlReader xml, PresenceDocument document) {
        this.xml = xml;
        this.document = document;
    }

    /** Takes the element just started, and leaves it. @return false when it is none of RPID */
    boolean read(Rpid out) {
        if (xml.namespace() != PidfSchema.NS_RPID) {
            return false;
        }
        if (is(ACTIVITIES)) {
            activities(out);
        } else if (is(USER_INPUT)) {
            userInput(out);
        } else if (is(MOOD)) {
            mood(out);
        } else if (is(PLACE_IS)) {
            placeIs(out);
        } else if (is(PLACE_TYPE)) {
            placeType(out);
        } else if (is(PRIVACY)) {
            privacy(out);
        } else if (is(RELATIONSHIP)) {
            out.relationship = choice(Rpid.RELATIONSHIPS, out.relationshipNotes, out.otherRelationship);
        } else if (is(SERVICE_CLASS)) {
            out.serviceClass = choice(Rpid.SERVICE_CLASSES, out.serviceClassNotes, text);
        } else if (is(SPHERE)) {
            sphere(out);
        } else if (is(CLASS)) {
            document.keepText(xml, out.rpidClass);
        } else if (is(STATUS_ICON)) {
            period(out.statusIconPeriod);
            document.keepText(xml, out.statusIcon);
        } else if (is(TIME_OFFSET)) {
            timeOffset(out);
        } else {
            return false;
        }
        return true;
    }

    private boolean is(byte[] name) {
        return xml.is(PidfSchema.NS_RPID, name);
    }

    void period(Period out) {
        out.fromSec = date(FROM);
        out.untilSec = date(UNTIL);
    }

    private long date(byte[] attribute) {
        return xml.attribute(attribute, slice) ? Dates.rfc3339(slice.buffer(), slice.offset(), slice.length()) : Period.OPEN;
    }

    /** Keeps a note with its language, and leaves the element. */
    void note(Notes into) {
        int i = into.add();
        if (i < 0) {
            document.truncate();
            xml.skip();
            return;
        }
        if (xml.attribute(LANGUAGE, slice)) {
            document.keepValue(xml, slice, into.language(i));
        }
        document.keepText(xml, into.text(i));
        if (into.text(i).isEmpty()) {
            into.dropLast();
        }
    }

    private void activities(Rpid out) {
        int level = xml.depth() - 1;
        out.hasActivities = true;
        period(out.activityPeriod);
        while (xml.nextChild(level)) {
            if (is(NOTE)) {
                note(out.activityNotes);
            } else if (is(OTHER)) {
                out.activities |= Activity.OTHER;
                document.keepText(xml, out.otherActivity);
            } else {
                out.activities |= xml.namespace() == PidfSchema.NS_RPID ? Activity.of(xml.localName(slice)) : Activity.OTHER;
                xml.skip();
            }
        }
    }

    private void mood(Rpid out) {
        int level = xml.depth() - 1;
        period(out.moodPeriod);
        while (xml.nextChild(level)) {
            if (is(NOTE)) {
                note(out.moodNotes);
            } else if (is(OTHER)) {
                out.addMood(Rpid.OTHER);
                document.keepText(xml, out.otherMood);
            } else {
                out.addMood(word(Mood.WORDS));
                xml.skip();
            }
        }
    }

    /** Number of the element just started in a vocabulary of RPID. */
    private int word(Vocabulary words) {
        if (is(UNKNOWN)) {
            return Rpid.UNKNOWN;
        }
        int number = xml.namespace() == PidfSchema.NS_RPID ? words.of(xml.localName(slice)) : Vocabulary.NONE;
        return number == Vocabulary.NONE ? Rpid.OTHER : number;
    }

    /** The last word of an element that has one word, or of several foreign ones. */
    private int choice(Vocabulary words, Notes notes, Slice otherText) {
        int level = xml.depth() - 1;
        int found = Rpid.NOT_SAID;
        while (xml.nextChild(level)) {
            if (is(NOTE)) {
                note(notes);
                continue;
            }
            found = word(words);
            if (is(OTHER)) {
                document.keepText(xml, otherText);
            } else {
                xml.skip();
            }
        }
        return found;
    }

    private void placeIs(Rpid out) {
        int level = xml.depth() - 1;
        out.hasPlaceIs = true;
        period(out.placeIsPeriod);
        while (xml.nextChild(level)) {
            if (is(AUDIO)) {
                out.placeAudio = choice(Rpid.AUDIO_PLACES, out.placeIsNotes, text);
            } else if (is(VIDEO)) {
                out.placeVideo = choice(Rpid.VIDEO_PLACES, out.placeIsNotes, text);
            } else if (is(TEXT)) {
                out.placeText = choice(Rpid.TEXT_PLACES, out.placeIsNotes, text);
            } else {
                note(out.placeIsNotes);
            }
        }
    }

    private void placeType(Rpid out) {
        int level = xml.depth() - 1;
        period(out.placeTypePeriod);
        while (xml.nextChild(level)) {
            if (is(NOTE)) {
                note(out.placeTypeNotes);
            } else if (is(OTHER) || xml.is(PidfSchema.NS_PLACE, OTHER)) {
                out.placeType = Rpid.OTHER;
                document.keepText(xml, out.otherPlace);
            } else {
                int number = xml.namespace() == PidfSchema.NS_PLACE ? PlaceType.WORDS.of(xml.localName(slice)) : Vocabulary.NONE;
                out.placeType = number == Vocabulary.NONE ? Rpid.OTHER : number;
                xml.skip();
            }
        }
    }

    private void privacy(Rpid out) {
        int level = xml.depth() - 1;
        out.hasPrivacy = true;
        period(out.privacyPeriod);
        while (xml.nextChild(level)) {
            if (is(NOTE)) {
                note(out.privacyNotes);
                continue;
            }
            out.privacy |= is(AUDIO) ? Rpid.PRIVATE_AUDIO : is(TEXT) ? Rpid.PRIVATE_TEXT : is(VIDEO) ? Rpid.PRIVATE_VIDEO
                    : is(UNKNOWN) ? Rpid.PRIVACY_UNKNOWN : 0;
            xml.skip();
        }
    }

    private void sphere(Rpid out) {
        int level = xml.depth() - 1;
        period(out.spherePeriod);
        while (xml.nextChild(level)) {
            out.sphere = word(Rpid.SPHERES);
            if (out.sphere == Rpid.OTHER) {
                document.keep(xml.localName(slice), out.otherSphere);
            }
            xml.skip();
        }
    }

    private void timeOffset(Rpid out) {
        period(out.timeOffsetPeriod);
        if (xml.attribute(DESCRIPTION, slice)) {
            document.keepValue(xml, slice, out.timeOffsetDescription);
        }
        document.keepText(xml, text);
        boolean negative = !text.isEmpty() && text.byteAt(0) == '-';
        int signs = !text.isEmpty() && (negative || text.byteAt(0) == '+') ? 1 : 0;
        long minutes = Ascii.decimal(text.buffer(), text.offset() + signs, text.limit(), 24 * 60);
        out.hasTimeOffset = minutes >= 0;
        out.timeOffsetMin = (int) (negative ? -minutes : minutes);
    }

    private void userInput(Rpid out) {
        out.lastInputSec = date(LAST_INPUT);
        if (xml.attribute(IDLE_THRESHOLD, slice)) {
            out.idleThresholdSec = Math.max(0, Ascii.decimal(slice.buffer(), slice.offset(), slice.limit(), Integer.MAX_VALUE));
        }
        document.keepText(xml, text);
        out.userInput = text.equals(IDLE) ? Rpid.IDLE : Rpid.ACTIVE;
    }
}
