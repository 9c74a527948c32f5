package org.sidetone.firmware.contacts;

/** So many a minute, that many at once; afterwards they come back one by one. One number of state: when everything would be back. */
final class RateLimit {
    private static final long MINUTE_MS = 60_000;

    private long fullMs = Long.MIN_VALUE;

    /** @return whether there was one more to take */
    boolean take(int perMinute, long nowMs) {
        if (perMinute < 1) {
            return false;
        }
        long each = MINUTE_MS / perMinute;
        long from = Math.max(fullMs, nowMs);
        if (from - nowMs > MINUTE_MS - each) {
            return false;
        }
        fullMs = from + each;
        return true;
    }
}
