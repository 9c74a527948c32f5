package org.sidetone.sip;

import org.sidetone.bytes.Ascii;

/** Header field names as codes, with their compact forms (RFC 3261 section 20 and the RFCs that added fields). */
public final class Header {
    /** Any header without a code; its name stays readable in the message. */
    public static final int OTHER = 0;
    public static final int ACCEPT = 1;
    public static final int ALLOW = 2;
    public static final int ALLOW_EVENTS = 3;
    public static final int AUTHENTICATION_INFO = 4;
    public static final int AUTHORIZATION = 5;
    public static final int CALL_ID = 6;
    public static final int CONTACT = 7;
    public static final int CONTENT_ENCODING = 8;
    public static final int CONTENT_LENGTH = 9;
    public static final int CONTENT_TYPE = 10;
    public static final int CSEQ = 11;
    public static final int DATE = 12;
    public static final int EVENT = 13;
    public static final int EXPIRES = 14;
    public static final int FROM = 15;
    public static final int MAX_FORWARDS = 16;
    public static final int MIN_EXPIRES = 17;
    public static final int PATH = 18;
    public static final int PROXY_AUTHENTICATE = 19;
    public static final int PROXY_AUTHORIZATION = 20;
    public static final int PROXY_REQUIRE = 21;
    public static final int RECORD_ROUTE = 22;
    public static final int REQUIRE = 23;
    public static final int RETRY_AFTER = 24;
    public static final int ROUTE = 25;
    public static final int SERVICE_ROUTE = 26;
    public static final int SIP_ETAG = 27;
    public static final int SIP_IF_MATCH = 28;
    public static final int SUBJECT = 29;
    public static final int SUBSCRIPTION_STATE = 30;
    public static final int SUPPORTED = 31;
    public static final int TO = 32;
    public static final int UNSUPPORTED = 33;
    public static final int USER_AGENT = 34;
    public static final int SERVER = 35;
    public static final int VIA = 36;
    public static final int WARNING = 37;
    public static final int WWW_AUTHENTICATE = 38;
    public static final int TIMESTAMP = 39;
    public static final int ACCEPT_ENCODING = 40;
    public static final int ACCEPT_LANGUAGE = 41;
    public static final int REASON = 42;
    public static final int PROXY_AUTHENTICATION_INFO = 43;
    public static final int CALL_INFO = 44;
    public static final int ALERT_INFO = 45;
    public static final int ERROR_INFO = 46;
    public static final int CONTENT_DISPOSITION = 47;
    public static final int CONTENT_LANGUAGE = 48;
    public static final int MIME_VERSION = 49;
    public static final int IN_REPLY_TO = 50;
    public static final int ORGANIZATION = 51;
    public static final int PRIORITY = 52;
    public static final int REPLY_TO = 53;
    public static final int SUPPRESS_IF_MATCH = 54;
    public static final int REPLACES = 55;
    public static final int REFER_TO = 56;
    public static final int REFERRED_BY = 57;
    public static final int P_ASSERTED_IDENTITY = 58;
    public static final int P_PREFERRED_IDENTITY = 59;
    public static final int PRIVACY = 60;
    public static final int SESSION_EXPIRES = 61;
    public static final int MIN_SE = 62;
    public static final int FLOW_TIMER = 63;
    public static final int RSEQ = 64;
    public static final int RACK = 65;
    public static final int MAX_BREADTH = 66;
    public static final int REQUEST_DISPOSITION = 67;
    public static final int JOIN = 68;
    public static final int HISTORY_INFO = 69;
    public static final int COUNT = 70;

    private static final String[] NAMES = {"", "Accept", "Allow", "Allow-Events", "Authentication-Info", "Authorization",
        "Call-ID", "Contact", "Content-Encoding", "Content-Length", "Content-Type", "CSeq", "Date", "Event", "Expires", "From",
        "Max-Forwards", "Min-Expires", "Path", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Require", "Record-Route",
        "Require", "Retry-After", "Route", "Service-Route", "SIP-ETag", "SIP-If-Match", "Subject", "Subscription-State",
        "Supported", "To", "Unsupported", "User-Agent", "Server", "Via", "Warning", "WWW-Authenticate", "Timestamp",
        "Accept-Encoding", "Accept-Language", "Reason",
        "Proxy-Authentication-Info", "Call-Info", "Alert-Info", "Error-Info", "Content-Disposition", "Content-Language",
        "MIME-Version", "In-Reply-To", "Organization", "Priority", "Reply-To", "Suppress-If-Match", "Replaces", "Refer-To",
        "Referred-By", "P-Asserted-Identity", "P-Preferred-Identity", "Privacy", "Session-Expires", "Min-SE",
        "Flow-Timer", "RSeq", "RAck", "Max-Breadth", "Request-Disposition", "Join", "History-Info"};

    private static final byte[][] BYTES = new byte[COUNT][];
    private static final byte[][] LOWER = new byte[COUNT][];
    /** The first and the last eight letters of {@link #LOWER}, or four, where there are not so many. */
    private static final long[] HEAD = new long[COUNT];
    private static final long[] TAIL = new long[COUNT];
    /** The bit that tells small letters from capitals; hyphens have it too, and no other octet of a token takes a letter's place by it. */
    private static final int CASE = 0x20;
    private static final int CASES = 0x20202020;
    private static final int[] COMPACT = new int[26];
    private static final int BUCKETS = 512;
    /** These numbers give each name a bucket of its own; a name added later may share one. */
    private static final int FIRST = 93;
    private static final int MIDDLE = 261;
    private static final int LENGTH = 33;
    private static final int[] BUCKET = new int[BUCKETS];
    private static final int[] NEXT = new int[COUNT];

    static {
        for (int i = 0; i < COUNT; i++) {
            BYTES[i] = Ascii.bytes(NAMES[i]);
            if (i > 0) {
                LOWER[i] = new byte[BYTES[i].length];
                for (int k = 0; k < BYTES[i].length; k++) {
                    LOWER[i][k] = (byte) (BYTES[i][k] | CASE);
                }
                int length = BYTES[i].length;
                if (length >= 4) {
                    HEAD[i] = length >= 8 ? eight(LOWER[i], 0) : four(LOWER[i], 0);
                    TAIL[i] = length >= 8 ? eight(LOWER[i], length - 8) : four(LOWER[i], length - 4);
                }
                int at = bucket(BYTES[i], 0, length);
                NEXT[i] = BUCKET[at];
                BUCKET[at] = i;
            }
        }
        compact('i', CALL_ID);
        compact('m', CONTACT);
        compact('e', CONTENT_ENCODING);
        compact('l', CONTENT_LENGTH);
        compact('c', CONTENT_TYPE);
        compact('f', FROM);
        compact('s', SUBJECT);
        compact('k', SUPPORTED);
        compact('t', TO);
        compact('v', VIA);
        compact('u', ALLOW_EVENTS);
        compact('o', EVENT);
        compact('r', REFER_TO);
        compact('b', REFERRED_BY);
        compact('x', SESSION_EXPIRES);
        compact('d', REQUEST_DISPOSITION);
    }

    /** The headers that a message must have, or must not have twice, by the bits of {@link #bit}. */
    static final long MANDATORY = 1L << TO | 1L << FROM | 1L << CALL_ID | 1L << CSEQ | 1L << VIA;
    static final long SINGLE = 1L << TO | 1L << FROM | 1L << CALL_ID | 1L << CSEQ | 1L << MAX_FORWARDS | 1L << CONTENT_LENGTH
            | 1L << CONTENT_TYPE | 1L << EVENT | 1L << EXPIRES;

    private Header() {
    }

    private static void compact(char letter, int code) {
        COMPACT[letter - 'a'] = code;
    }

    public static int of(byte[] b, int offset, int length) {
        if (length == 1) {
            int letter = Ascii.lower(b[offset]) - 'a';
            return letter >= 0 && letter < 26 ? COMPACT[letter] : OTHER;
        }
        if (length == 0) {
            return OTHER;
        }
        for (int code = BUCKET[bucket(b, offset, length)]; code != OTHER; code = NEXT[code]) {
            if (isNamed(code, b, offset, length)) {
                return code;
            }
        }
        return OTHER;
    }

    /** First letter, middle letter and length find the candidate; all letters confirm it. */
    private static int bucket(byte[] b, int offset, int length) {
        return (b[offset] | CASE) * FIRST + (b[offset + (length >> 1)] | CASE) * MIDDLE + length * LENGTH & BUCKETS - 1;
    }

    /** Compares the first and the last letters, four or eight at a time, which overlap in all but the longest names. */
    private static boolean isNamed(int code, byte[] b, int offset, int length) {
        byte[] lower = LOWER[code];
        if (lower.length != length) {
            return false;
        }
        if (length >= 8) {
            return eight(b, offset) == HEAD[code] && eight(b, offset + length - 8) == TAIL[code] && (length <= 16 || areLetters(lower, b, offset, length));
        }
        return length >= 4 ? four(b, offset) == HEAD[code] && four(b, offset + length - 4) == TAIL[code] : areLetters(lower, b, offset, length);
    }

    private static long eight(byte[] b, int at) {
        return four(b, at) << 32 | four(b, at + 4);
    }

    private static long four(byte[] b, int at) {
        return ((b[at] & 0xFF) << 24 | (b[at + 1] & 0xFF) << 16 | (b[at + 2] & 0xFF) << 8 | b[at + 3] & 0xFF | CASES) & 0xFFFFFFFFL;
    }

    private static boolean areLetters(byte[] lower, byte[] b, int offset, int length) {
        int differ = 0;
        for (int i = 0; i < length; i++) {
            differ |= (b[offset + i] | CASE) ^ lower[i];
        }
        return differ == 0;
    }

    /** A bit of its own for each of {@link #MANDATORY} and {@link #SINGLE}; codes above 63 have none. */
    static long bit(int code) {
        return code < 64 ? 1L << code : 0;
    }

    public static byte[] name(int code) {
        return BYTES[code];
    }
}
