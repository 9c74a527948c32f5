package org.sidetone.sip;

/** Response codes and their phrases (RFC 3261 section 21, 6665, 3903). */
public final class Status {
    private Status() {
    }

    /** The standard reason phrase, never null. */
    public static String reason(int status) {
        switch (status) {
            case 100: return "Trying";
            case 200: return "OK";
            case 202: return "Accepted";
            case 204: return "No Notification";
            case 400: return "Bad Request";
            case 401: return "Unauthorized";
            case 403: return "Forbidden";
            case 404: return "Not Found";
            case 405: return "Method Not Allowed";
            case 406: return "Not Acceptable";
            case 407: return "Proxy Authentication Required";
            case 408: return "Request Timeout";
            case 412: return "Conditional Request Failed";
            case 413: return "Request Entity Too Large";
            case 414: return "Request-URI Too Long";
            case 415: return "Unsupported Media Type";
            case 416: return "Unsupported URI Scheme";
            case 420: return "Bad Extension";
            case 430: return "Flow Failed";
            case 439: return "First Hop Lacks Outbound Support";
            case 440: return "Max-Breadth Exceeded";
            case 491: return "Request Pending";
            case 421: return "Extension Required";
            case 410: return "Gone";
            case 485: return "Ambiguous";
            case 502: return "Bad Gateway";
            case 504: return "Server Time-out";
            case 600: return "Busy Everywhere";
            case 604: return "Does Not Exist Anywhere";
            case 606: return "Not Acceptable";
            case 180: return "Ringing";
            case 181: return "Call Is Being Forwarded";
            case 182: return "Queued";
            case 183: return "Session Progress";
            case 423: return "Interval Too Brief";
            case 480: return "Temporarily Unavailable";
            case 481: return "Call/Transaction Does Not Exist";
            case 482: return "Loop Detected";
            case 483: return "Too Many Hops";
            case 484: return "Address Incomplete";
            case 486: return "Busy Here";
            case 487: return "Request Terminated";
            case 488: return "Not Acceptable Here";
            case 489: return "Bad Event";
            case 493: return "Undecipherable";
            case 500: return "Server Internal Error";
            case 501: return "Not Implemented";
            case 503: return "Service Unavailable";
            case 505: return "Version Not Supported";
            case 513: return "Message Too Large";
            case 603: return "Decline";
            default: return status < 200 ? "Progress" : status < 300 ? "OK" : status < 400 ? "Moved" : status < 500
                    ? "Request Failed" : status < 600 ? "Server Failed" : "Declined Everywhere";
        }
    }
}
