package org.sidetone.bytes;

/**
 * Eight octets as one number, the first the lowest. CLDC has no way to read them at once: this is the class for it. Java SE has one, and
 * takes the class of the same name in {@code src/main/java17}, which the jar has for it.
 */
public final class Octets {
    public static final int COUNT = 8;
    private static final int BITS = 8;

    private Octets() {
    }

    /** Whether they are read at once, so that it is worth it. */
    public static boolean areFast() {
        return false;
    }

    /** Those from an index on; all must be within the array. */
    public static long at(byte[] b, int index) {
        long eight = 0;
        for (int i = COUNT - 1; i >= 0; i--) {
            eight = eight << BITS | b[index + i] & 0xFF;
        }
        return eight;
    }

    /** Which octet is the first that has a bit set, 0 to 7. @param marks other than 0 */
    public static int first(long marks) {
        int n = 0;
        for (long left = marks; (left & 0xFF) == 0; left >>>= BITS) {
            n++;
        }
        return n;
    }
}
