package org.sidetone.world.virtual;

/** What the network does to datagrams, in percent of them, and how long they take. Streams are delayed alone. */
public record Faults(int lossPercent, int duplicatePercent, int reorderPercent, int minDelayMs, int maxDelayMs) {
    public static final Faults NONE = new Faults(0, 0, 0, 1, 1);
    /** The rough world that every seed of the story is played in. */
    public static final Faults ROUGH = new Faults(20, 5, 10, 1, 30);
}
