package org.sidetone.bytes;

/** What of eight octets ({@link Octets}) is of a kind: its highest bit is set in the answer. {@link Octets#first} tells the first of them, which is what a search wants. */
public final class Marks {
    /** The lowest bit of each octet. */
    public static final long ONES = 0x0101010101010101L;
    private static final long HIGHEST = 0x8080808080808080L;
    /** Makes a letter small. */
    private static final int SMALL = 0x20;

    private Marks() {
    }

    /** Those that are a character. The first mark is right; one after it may be wrong. @param character 0 to 127 */
    public static long of(long eight, int character) {
        long x = eight ^ character * ONES;
        return x - ONES & ~x & HIGHEST;
    }

    /** Those below a character. The first mark is right; one after it may be wrong. @param character 1 to 128 */
    public static long below(long eight, int character) {
        return eight - character * ONES & ~eight & HIGHEST;
    }

    /** Those that are no letter, digit, hyphen or dot. */
    static long others(long eight) {
        long low = eight & ~HIGHEST;
        long small = low | SMALL * ONES;
        long letters = from('a', small) & ~from('z' + 1, small);
        long numbers = from('-', low) & ~from('9' + 1, low) & not('/', low);
        return ~((letters | numbers) & ~eight) & HIGHEST;
    }

    /** Those that are a character or one after it, among other bits. @param low none with its highest bit set */
    private static long from(int character, long low) {
        return low + (128 - character) * ONES;
    }

    /** Marks those that are not a character, among other bits. @param low none with its highest bit set */
    private static long not(int character, long low) {
        return (low ^ character * ONES) + ~HIGHEST;
    }
}
