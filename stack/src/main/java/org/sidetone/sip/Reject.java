package org.sidetone.sip;

/**
 * Why a message is refused. Negative, so that a parser's one int is either octets consumed or one of these; a code names
 * the response to send, or silence.
 */
public final class Reject {
    public static final int NONE = 0;
    /** Bring more octets. */
    public static final int INCOMPLETE = -1;
    /** Not SIP, or an answer that cannot be used: no response. */
    public static final int SILENCE = -2;
    public static final int BAD_START_LINE = -3;
    public static final int BAD_VERSION = -4;
    public static final int BAD_REQUEST_URI = -5;
    public static final int BAD_LINE = -6;
    public static final int MISSING_HEADER = -7;
    public static final int REPEATED_HEADER = -8;
    public static final int BAD_VIA = -9;
    public static final int BAD_TO = -10;
    public static final int BAD_FROM = -11;
    public static final int BAD_CALL_ID = -12;
    public static final int BAD_CSEQ = -13;
    public static final int CSEQ_METHOD = -14;
    public static final int BAD_MAX_FORWARDS = -15;
    public static final int BAD_CONTENT_LENGTH = -16;
    public static final int BAD_CONTACT = -17;
    public static final int BAD_ROUTE = -18;
    public static final int BAD_EVENT = -19;
    public static final int BODY_CUT = -20;
    public static final int HEAD_TOO_LARGE = -21;
    public static final int TOO_MANY_HEADERS = -22;
    public static final int BODY_TOO_LARGE = -23;
    public static final int UNKNOWN_SCHEME = -24;
    public static final int BAD_EXPIRES = -25;
    public static final int URI_TOO_LONG = -26;
    public static final int COUNT = 27;

    private static final int[] STATUS = {0, 0, 0, 400, 505, 400, 400, 400, 400, 400, 400, 400, 400, 400, 400, 400, 400, 400, 400,
        400, 400, 513, 513, 513, 416, 400, 414};
    private static final String[] REASON = {"", "", "", "Bad Start Line", "Version Not Supported", "Bad Request-URI",
        "Bad Header Line", "Missing Mandatory Header", "Repeated Header", "Bad Via", "Bad To", "Bad From", "Bad Call-ID",
        "Bad CSeq", "CSeq Method Does Not Match", "Bad Max-Forwards", "Bad Content-Length", "Bad Contact", "Bad Route",
        "Bad Event", "Body Shorter Than Content-Length", "Header Fields Too Large", "Too Many Header Fields",
        "Message Too Large", "Unsupported URI Scheme", "Bad Expires", "Request-URI Too Long"};

    private Reject() {
    }

    /** The status code to answer with, or 0 for silence. */
    public static int status(int reject) {
        return STATUS[-reject];
    }

    /** A reason phrase that a person understands. */
    public static String reason(int reject) {
        return REASON[-reject];
    }
}
