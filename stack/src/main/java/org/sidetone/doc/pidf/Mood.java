package org.sidetone.doc.pidf;

/** How a person feels (RFC 4480 section 3.4). */
public final class Mood {
    /** Something that the list has no word for. */
    public static final int OTHER = -1;

    public static final Vocabulary WORDS = new Vocabulary(new String[] {
        "afraid", "amazed", "angry", "annoyed", "anxious", "ashamed", "bored", "brave", "calm", "cold", "confused",
        "contented", "cranky", "curious", "depressed", "disappointed", "disgusted", "distracted", "embarrassed", "excited",
        "flirtatious", "frustrated", "grumpy", "guilty", "happy", "hot", "humbled", "humiliated", "hungry", "hurt",
        "impressed", "in_awe", "in_love", "indignant", "interested", "invincible", "jealous", "lonely", "mean", "moody",
        "nervous", "neutral", "offended", "playful", "proud", "relieved", "remorseful", "restless", "sad", "sarcastic",
        "serious", "shocked", "shy", "sick", "sleepy", "stressed", "surprised", "thirsty", "worried"});

    private Mood() {
    }
}
