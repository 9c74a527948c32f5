package org.sidetone.msrp;

/** Status codes of RFC 4975 section 10, RFC 4976 section 10.3 and RFC 7701 section 8, with their comments. */
public final class MsrpStatus {
    public static final int OK = 200;
    public static final int UNINTELLIGIBLE = 400;
    public static final int UNAUTHORIZED = 401;
    public static final int NOT_ALLOWED = 403;
    public static final int TIMEOUT = 408;
    /** Stop sending this message. */
    public static final int STOP = 413;
    public static final int UNKNOWN_TYPE = 415;
    public static final int OUT_OF_BOUNDS = 423;
    public static final int NO_SESSION = 481;
    public static final int UNKNOWN_METHOD = 501;
    public static final int OTHER_CONNECTION = 506;

    private MsrpStatus() {
    }

    public static String comment(int status) {
        switch (status) {
            case OK: return "OK";
            case UNINTELLIGIBLE: return "Bad Request";
            case UNAUTHORIZED: return "Unauthorized";
            case NOT_ALLOWED: return "Forbidden";
            case 404: return "Failed to Resolve Recipient";
            case TIMEOUT: return "Timeout";
            case STOP: return "Stop Sending Message";
            case UNKNOWN_TYPE: return "Unsupported Media Type";
            case OUT_OF_BOUNDS: return "Interval Out-of-Bounds";
            case 424: return "Malformed Nickname";
            case 425: return "Nickname Reserved or Already in Use";
            case 428: return "Private Messages Not Supported";
            case NO_SESSION: return "Session Does Not Exist";
            case UNKNOWN_METHOD: return "Unknown Method";
            case OTHER_CONNECTION: return "Session Already in Use";
            default: return "Failed";
        }
    }
}
