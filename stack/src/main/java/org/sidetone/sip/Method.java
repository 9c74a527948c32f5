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

    private Method() {
    }

    public static int of(byte[] b, int offset, int length) {
        for (int i = 1; i < NAMES.length; i++) {
            if (NAMES[i].length == length && NAMES[i][0] == b[offset] && Ascii.equals(b, offset, length, NAMES[i], 0, NAMES[i].length)) {
                return i;
            }
        }
        return OTHER;
    }

    /** The name as octets; of {@link #OTHER} there is none. */
    public static byte[] name(int method) {
        return NAMES[method];
    }
}
