package org.sidetone.doc.pidf;

import org.sidetone.bytes.Slice;

/** Rich presence of a person, a service or a device (RFC 4480). Texts lie in the {@link PresenceDocument}. */
public final class Rpid {
    public static final Vocabulary RELATIONSHIPS = new Vocabulary(new String[] {"assistant", "associate", "family", "friend", "self", "supervisor"});
    public static final Vocabulary SERVICE_CLASSES = new Vocabulary(new String[] {"courier", "electronic", "freight", "in-person", "postal"});
    /** Of a word that may be a number of a vocabulary: nothing was said, or {@code unknown}, or something that has no number. */
    public static final int NOT_SAID = -1;
    public static final int UNKNOWN = -2;
    public static final int OTHER = -3;

    /** Moods that are kept. */
    public static final int MOODS = 4;

    /** Codes of the three parts of {@code place-is}, section 3.5. */
    public static final Vocabulary AUDIO_PLACES = new Vocabulary(new String[] {"noisy", "ok", "quiet"});
    public static final Vocabulary VIDEO_PLACES = new Vocabulary(new String[] {"toobright", "ok", "dark"});
    public static final Vocabulary TEXT_PLACES = new Vocabulary(new String[] {"uncomfortable", "inappropriate", "ok"});

    /** Bits of {@link #privacy}, section 3.7: what others cannot overhear. */
    public static final int PRIVATE_AUDIO = 1;
    public static final int PRIVATE_TEXT = 2;
    public static final int PRIVATE_VIDEO = 4;
    public static final int PRIVACY_UNKNOWN = 8;

    public static final Vocabulary SPHERES = new Vocabulary(new String[] {"home", "work"});

    public static final int ACTIVE = 1;
    public static final int IDLE = 2;

    /** Bits of {@link Activity}; {@link #hasActivities} tells an empty element from none. */
    public int activities;
    public boolean hasActivities;
    public final Slice otherActivity = new Slice();
    public final Notes activityNotes = new Notes();
    public final Period activityPeriod = new Period();

    /** Numbers of {@link Mood#WORDS}, {@link #UNKNOWN} or {@link #OTHER}. */
    public final int[] moods = new int[MOODS];
    public int moodCount;
    public final Slice otherMood = new Slice();
    public final Notes moodNotes = new Notes();
    public final Period moodPeriod = new Period();

    public boolean hasPlaceIs;
    public int placeAudio;
    public int placeVideo;
    public int placeText;
    public final Notes placeIsNotes = new Notes();
    public final Period placeIsPeriod = new Period();

    /** A number of {@link PlaceType#WORDS}, {@link #OTHER} or {@link #NOT_SAID}. */
    public int placeType;
    public final Slice otherPlace = new Slice();
    public final Notes placeTypeNotes = new Notes();
    public final Period placeTypePeriod = new Period();

    public boolean hasPrivacy;
    public int privacy;
    public final Notes privacyNotes = new Notes();
    public final Period privacyPeriod = new Period();

    /** A number of {@link #RELATIONSHIPS}, {@link #UNKNOWN}, {@link #OTHER} or {@link #NOT_SAID}. */
    public int relationship;
    public final Slice otherRelationship = new Slice();
    public final Notes relationshipNotes = new Notes();

    /** A number of {@link #SERVICE_CLASSES}, {@link #UNKNOWN}, {@link #OTHER} or {@link #NOT_SAID}. */
    public int serviceClass;
    public final Notes serviceClassNotes = new Notes();

    /** A number of {@link #SPHERES}, {@link #UNKNOWN}, {@link #OTHER} or {@link #NOT_SAID}; {@link #otherSphere} is the foreign element's name. */
    public int sphere;
    public final Slice otherSphere = new Slice();
    public final Period spherePeriod = new Period();

    public final Slice rpidClass = new Slice();
    public final Slice statusIcon = new Slice();
    public final Period statusIconPeriod = new Period();

    public boolean hasTimeOffset;
    /** Minutes east of UTC. */
    public int timeOffsetMin;
    public final Slice timeOffsetDescription = new Slice();
    public final Period timeOffsetPeriod = new Period();

    /** {@link #ACTIVE}, {@link #IDLE}, or 0. */
    public int userInput;
    /** Seconds, 0 when not said. */
    public long idleThresholdSec;
    /** Unix seconds, or {@link Period#OPEN}. */
    public long lastInputSec;

    Rpid() {
        clear();
    }

    void clear() {
        activities = 0;
        hasActivities = false;
        otherActivity.clear();
        activityNotes.clear();
        activityPeriod.clear();
        moodCount = 0;
        otherMood.clear();
        moodNotes.clear();
        moodPeriod.clear();
        hasPlaceIs = false;
        placeAudio = NOT_SAID;
        placeVideo = NOT_SAID;
        placeText = NOT_SAID;
        placeIsNotes.clear();
        placeIsPeriod.clear();
        placeType = NOT_SAID;
        otherPlace.clear();
        placeTypeNotes.clear();
        placeTypePeriod.clear();
        hasPrivacy = false;
        privacy = 0;
        privacyNotes.clear();
        privacyPeriod.clear();
        relationship = NOT_SAID;
        otherRelationship.clear();
        relationshipNotes.clear();
        serviceClass = NOT_SAID;
        serviceClassNotes.clear();
        sphere = NOT_SAID;
        otherSphere.clear();
        spherePeriod.clear();
        rpidClass.clear();
        statusIcon.clear();
        statusIconPeriod.clear();
        hasTimeOffset = false;
        timeOffsetMin = 0;
        timeOffsetDescription.clear();
        timeOffsetPeriod.clear();
        userInput = 0;
        idleThresholdSec = 0;
        lastInputSec = Period.OPEN;
    }

    public boolean isEmpty() {
        return !hasActivities && moodCount == 0 && !hasPlaceIs && placeType == NOT_SAID && !hasPrivacy && relationship == NOT_SAID
                && serviceClass == NOT_SAID && sphere == NOT_SAID && rpidClass.isEmpty() && statusIcon.isEmpty() && !hasTimeOffset
                && userInput == 0;
    }

    public void addActivities(int bits) {
        activities |= bits;
        hasActivities = true;
    }

    /** @param mood a number of {@link Mood#WORDS}, {@link #UNKNOWN} or {@link #OTHER}; more than {@link #MOODS} are left out */
    public void addMood(int mood) {
        if (moodCount < MOODS) {
            moods[moodCount++] = mood;
        }
    }
}
