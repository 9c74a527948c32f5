package org.sidetone.date;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;

/** Reads and writes {@code 2026-11-24T13:05:00Z} (RFC 3339) and {@code Tue, 24 Nov 2026 13:05:00 GMT} (RFC 1123, RFC 3261 section 20.17). */
public final class Dates {
    /** Not a date. */
    public static final long INVALID = Long.MIN_VALUE;

    private static final String DAYS = "ThuFriSatSunMonTueWed";
    private static final byte[] MONTHS = Ascii.bytes("JanFebMarAprMayJunJulAugSepOctNovDec");
    private static final int RFC1123_LENGTH = 29;

    private final CivilDate civil = new CivilDate();

    /** Appends {@code yyyy-mm-ddThh:mm:ssZ}. */
    public void putRfc3339(long unixSec, ByteSink out) {
        long days = floorDiv(unixSec, 86400);
        civil.setDays(days);
        out.putPadded(civil.year(), 4).put('-').putPadded(civil.month(), 2).put('-').putPadded(civil.day(), 2).put('T');
        putTime((int) (unixSec - days * 86400), out);
        out.put('Z');
    }

    /** Appends {@code Www, dd Mmm yyyy hh:mm:ss GMT}. */
    public void putRfc1123(long unixSec, ByteSink out) {
        long days = floorDiv(unixSec, 86400);
        civil.setDays(days);
        int weekday = (int) (days - floorDiv(days, 7) * 7);
        for (int i = 0; i < 3; i++) {
            out.put(DAYS.charAt(3 * weekday + i));
        }
        out.put(',').put(' ').putPadded(civil.day(), 2).put(' ').put(MONTHS, 3 * (civil.month() - 1), 3);
        out.put(' ').putPadded(civil.year(), 4).put(' ');
        putTime((int) (unixSec - days * 86400), out);
        out.put(" GMT");
    }

    /** Appends {@code hh:mm:ss}. */
    private static void putTime(int secondOfDay, ByteSink out) {
        out.putPadded(secondOfDay / 3600, 2).put(':').putPadded(secondOfDay / 60 % 60, 2).put(':').putPadded(secondOfDay % 60, 2);
    }

    /** Seconds since 1970, fractions dropped, or {@link #INVALID}. RFC 3339 section 5.6. */
    public static long rfc3339(byte[] b, int offset, int length) {
        int limit = offset + length;
        if (length < 20 || b[offset + 4] != '-' || b[offset + 7] != '-' || (b[offset + 10] | 0x20) != 't') {
            return INVALID;
        }
        long date = date(number(b, offset, 4), number(b, offset + 5, 2), number(b, offset + 8, 2));
        long time = time(b, offset + 11);
        if (date == INVALID || time == INVALID) {
            return INVALID;
        }
        int at = offset + 19;
        if (b[at] == '.') {
            int end = Ascii.endOfDigits(b, at + 1, limit);
            if (end == at + 1 || end == limit) {
                return INVALID;
            }
            at = end;
        }
        if ((b[at] | 0x20) == 'z') {
            return at + 1 == limit ? date + time : INVALID;
        }
        if (limit - at != 6 || b[at] != '+' && b[at] != '-' || b[at + 3] != ':') {
            return INVALID;
        }
        int hours = number(b, at + 1, 2);
        int minutes = number(b, at + 4, 2);
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
            return INVALID;
        }
        int zone = 3600 * hours + 60 * minutes;
        return date + time - (b[at] == '+' ? zone : -zone);
    }

    /** Seconds since 1970, or {@link #INVALID}. RFC 3261 section 25.1, SIP-date. */
    public static long rfc1123(byte[] b, int offset, int length) {
        if (length != RFC1123_LENGTH || b[offset + 3] != ',' || b[offset + 4] != ' ' || b[offset + 7] != ' '
                || b[offset + 11] != ' ' || b[offset + 16] != ' ' || b[offset + 25] != ' '
                || b[offset + 26] != 'G' || b[offset + 27] != 'M' || b[offset + 28] != 'T') {
            return INVALID;
        }
        int month = 0;
        while (month < 12 && !Ascii.equals(b, offset + 8, 3, MONTHS, 3 * month, 3)) {
            month++;
        }
        long date = date(number(b, offset + 12, 4), month + 1, number(b, offset + 5, 2));
        long time = time(b, offset + 17);
        return date == INVALID || time == INVALID ? INVALID : date + time;
    }

    private static long date(int year, int month, int day) {
        if (year < 0 || month < 1 || month > 12 || day < 1 || day > CivilDate.daysIn(year, month)) {
            return INVALID;
        }
        return 86400 * CivilDate.toDays(year, month, day);
    }

    private static long time(byte[] b, int at) {
        int hour = number(b, at, 2);
        int minute = number(b, at + 3, 2);
        int second = number(b, at + 6, 2);
        if (b[at + 2] != ':' || b[at + 5] != ':' || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
            return INVALID;
        }
        return 3600L * hour + 60 * minute + second;
    }

    private static int number(byte[] b, int at, int digits) {
        return (int) Ascii.decimal(b, at, at + digits, 9999);
    }

    private static long floorDiv(long a, long b) {
        long q = a / b;
        return a % b < 0 ? q - 1 : q;
    }
}
