package org.sidetone.msrp;

import org.sidetone.bytes.Ascii;

/** Header field names as codes (RFC 4975 section 9, RFC 4976 section 7, RFC 7701 section 7). */
public final class MsrpHeader {
    public static final int OTHER = 0;
    public static final int TO_PATH = 1;
    public static final int FROM_PATH = 2;
    public static final int MESSAGE_ID = 3;
    public static final int SUCCESS_REPORT = 4;
    public static final int FAILURE_REPORT = 5;
    public static final int BYTE_RANGE = 6;
    public static final int STATUS = 7;
    public static final int EXPIRES = 8;
    public static final int MIN_EXPIRES = 9;
    public static final int MAX_EXPIRES = 10;
    public static final int USE_PATH = 11;
    public static final int WWW_AUTHENTICATE = 12;
    public static final int AUTHORIZATION = 13;
    public static final int AUTHENTICATION_INFO = 14;
    public static final int USE_NICKNAME = 15;
    public static final int CONTENT_ID = 16;
    public static final int CONTENT_DESCRIPTION = 17;
    public static final int CONTENT_DISPOSITION = 18;
    /** The last before a body. */
    public static final int CONTENT_TYPE = 19;
    static final int COUNT = 20;

    private static final byte[][] NAMES = {Ascii.bytes(""), Ascii.bytes("To-Path"), Ascii.bytes("From-Path"), Ascii.bytes("Message-ID"),
        Ascii.bytes("Success-Report"), Ascii.bytes("Failure-Report"), Ascii.bytes("Byte-Range"), Ascii.bytes("Status"), Ascii.bytes("Expires"),
        Ascii.bytes("Min-Expires"), Ascii.bytes("Max-Expires"), Ascii.bytes("Use-Path"), Ascii.bytes("WWW-Authenticate"),
        Ascii.bytes("Authorization"), Ascii.bytes("Authentication-Info"), Ascii.bytes("Use-Nickname"), Ascii.bytes("Content-ID"),
        Ascii.bytes("Content-Description"), Ascii.bytes("Content-Disposition"), Ascii.bytes("Content-Type")};

    private MsrpHeader() {
    }

    public static int of(byte[] b, int offset, int length) {
        for (int i = 1; i < COUNT; i++) {
            if (NAMES[i].length == length && Ascii.equalsIgnoreCase(b, offset, length, NAMES[i], 0, length)) {
                return i;
            }
        }
        return OTHER;
    }

    public static byte[] name(int code) {
        return NAMES[code];
    }
}
