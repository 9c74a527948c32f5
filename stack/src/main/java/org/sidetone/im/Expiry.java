package org.sidetone.im;

import org.sidetone.bytes.Slice;
import org.sidetone.date.Dates;
import org.sidetone.sip.Header;
import org.sidetone.sip.SipMessage;

/** When a MESSAGE loses its sense (RFC 3428 section 7): so long after its Date, or after it came when it has none. */
public final class Expiry {
    /** It never does. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final long MAX_SEC = 0xFFFFFFFFL;

    private Expiry() {
    }

    /** @param cameSec when the message came, seconds since 1970; negative: the time is not known. @return seconds since 1970, or {@link #NEVER} */
    public static long of(SipMessage message, long cameSec, Slice scratch) {
        long after = message.decimal(Header.EXPIRES, MAX_SEC);
        long from = cameSec;
        if (after >= 0 && message.value(Header.DATE, scratch)) {
            long date = Dates.rfc1123(scratch.buffer(), scratch.offset(), scratch.length());
            from = date == Dates.INVALID ? cameSec : date;
        }
        return after < 0 || from < 0 ? NEVER : from + after;
    }
}
