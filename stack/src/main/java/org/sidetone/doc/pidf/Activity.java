package org.sidetone.doc.pidf;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.Slice;

/** What a person does (RFC 4480 section 3.2), as bits, because a person may do several things at once. */
public final class Activity {
    public static final int APPOINTMENT = 1;
    public static final int AWAY = 1 << 1;
    public static final int BREAKFAST = 1 << 2;
    public static final int BUSY = 1 << 3;
    public static final int DINNER = 1 << 4;
    public static final int HOLIDAY = 1 << 5;
    public static final int IN_TRANSIT = 1 << 6;
    public static final int LOOKING_FOR_WORK = 1 << 7;
    public static final int MEAL = 1 << 8;
    public static final int MEETING = 1 << 9;
    public static final int ON_THE_PHONE = 1 << 10;
    public static final int PERFORMANCE = 1 << 11;
    public static final int PERMANENT_ABSENCE = 1 << 12;
    public static final int PLAYING = 1 << 13;
    public static final int PRESENTATION = 1 << 14;
    public static final int SHOPPING = 1 << 15;
    public static final int SLEEPING = 1 << 16;
    public static final int SPECTATOR = 1 << 17;
    public static final int STEERING = 1 << 18;
    public static final int TRAVEL = 1 << 19;
    public static final int TV = 1 << 20;
    public static final int VACATION = 1 << 21;
    public static final int WORKING = 1 << 22;
    public static final int WORSHIP = 1 << 23;
    /** Something that the list has no word for. */
    public static final int OTHER = 1 << 24;
    public static final int UNKNOWN = 1 << 25;

    private static final byte[] UNKNOWN_NAME = Ascii.bytes("unknown");

    /** Those of the list; the number of a word is the number of its bit. */
    public static final Vocabulary WORDS = new Vocabulary(new String[] {
        "appointment", "away", "breakfast", "busy", "dinner", "holiday", "in-transit", "looking-for-work", "meal", "meeting",
        "on-the-phone", "performance", "permanent-absence", "playing", "presentation", "shopping", "sleeping", "spectator",
        "steering", "travel", "tv", "vacation", "working", "worship"});

    private Activity() {
    }

    /** The bit of an element name; a name that is not in the RFC counts as {@link #OTHER}. */
    public static int of(Slice name) {
        int number = WORDS.of(name);
        return number != Vocabulary.NONE ? 1 << number : name.equals(UNKNOWN_NAME) ? UNKNOWN : OTHER;
    }

    /** How many bits there are. */
    public static int count() {
        return WORDS.size() + 2;
    }

    /** Name of the bit at an index, 0 to {@link #count()} - 1. */
    public static String name(int index) {
        return index < WORDS.size() ? WORDS.name(index) : 1 << index == OTHER ? "other" : "unknown";
    }
}
