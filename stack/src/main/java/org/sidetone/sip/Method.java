package org.sidetone.sip;

import org.sidetone.bytes.Ascii;

/** Request methods as codes. Methods are compared with their case (RFC 3261 section 7.1). */
public final class Method {
    /** Any method that has no code; its name stays readable in the message. */
    public static final int OTHER = 0;
    public static final int INVITE = 1;
    public static final int ACK = 2;
    public static final int BYE = 3;
    public static final int CANCEL = 4;
    public static final int OPTIONS = 5;
    public static final int REGISTER = 6;
    public static final int SUBSCRIBE = 7;
    public static final int NOTIFY = 8;
    public static final int PUBLISH = 9;
    public static final int MESSAGE = 10;
    public static final int INFO = 11;
    public static final int PRACK = 12;
    public static final int UPDATE = 13;
    public static final int REFER = 14;
    public static final int COUNT = 15;

    private static final byte[][] NAMES = {Ascii.bytes("OTHER"), Ascii.bytes("INVITE"), Ascii.bytes("ACK"), Ascii.bytes("BYE"),
        Ascii.bytes("CANCEL"), Ascii.bytes("OPTIONS"), Ascii.bytes("REGISTER"), Ascii.bytes("SUBSCRIBE"), Ascii.bytes("NOTIFY"),
        Ascii.bytes("PUBLISH"), Ascii.bytes("MESSAGE"), Ascii.bytes("INFO"), Ascii.bytes("PRACK"), Ascii.bytes("UPDATE"),
        Ascii.bytes("REFER")};

    private static final int SHORTEST = 3;
    private static final int BUCKETS = 32;
    private static final int[] BUCKET = new int[BUCKETS];

    static {
        for (int i = 1; i < COUNT; i++) {
            BUCKET[bucket(NAMES[i], 0, NAMES[i].length)] = i;
        }
    }

    private Method() {
    }

    public static int of(byte[] b, int offset, int length) {
        if (length < SHORTEST) {
            return OTHER;
        }
        int candidate = BUCKET[bucket(b, offset, length)];
        return candidate != OTHER && Ascii.equals(b, offset, length, NAMES[candidate], 0, NAMES[candidate].length) ? candidate : OTHER;
    }

    /** No two of the methods share one. */
    private static int bucket(byte[] b, int offset, int length) {
        return b[offset] + 3 * b[offset + 2] + length & BUCKETS - 1;
    }

    /** The name as octets; of {@link #OTHER} there is none. */
    public static byte[] name(int method) {
        return NAMES[method];
    }
}
