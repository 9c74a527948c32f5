package org.sidetone.event;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.msg.ParamsView;

/** One rate of RFC 6446, notifications a second, {@code 1*2DIGIT ["." 1*10DIGIT]} above zero (section 9.2): as text and as the interval it means. */
final class Rate {
    private static final int FRACTION_DIGITS = 10;
    private static final long UNIT = 10_000_000_000L;

    private final byte[] name;
    private final FixedText text = new FixedText(13);
    private final Slice slice = new Slice();
    private final ByteSink sink = new ByteSink();
    private long intervalMs;

    Rate(byte[] name) {
        this.name = name;
    }

    void clear() {
        text.clear();
        intervalMs = 0;
    }

    /** Takes the parameter of an Event header. One that is not in the grammar counts as absent. */
    void read(ParamsView params) {
        clear();
        if (!params.find(name, slice)) {
            return;
        }
        int dot = Ascii.indexOf(slice.buffer(), slice.offset(), slice.limit(), '.');
        long whole = Ascii.decimal(slice.buffer(), slice.offset(), dot, 99);
        long fraction = 0;
        if (dot < slice.limit()) {
            int digits = slice.limit() - dot - 1;
            fraction = digits > FRACTION_DIGITS ? -1 : Ascii.decimal(slice.buffer(), dot + 1, slice.limit(), UNIT);
            for (int i = digits; i < FRACTION_DIGITS && fraction >= 0; i++) {
                fraction *= 10;
            }
        }
        if (whole >= 0 && fraction >= 0 && whole + fraction > 0 && dot - slice.offset() <= 2) {
            text.set(slice);
            intervalMs = Math.max(1, 1000 * UNIT / (whole * UNIT + fraction));
        }
    }

    boolean isSet() {
        return intervalMs > 0;
    }

    /** Its reciprocal, rounded down; 0 when there is none. */
    long intervalMs() {
        return intervalMs;
    }

    /** Makes the interval no longer than this: section 5.3. */
    void limitTo(long longestMs) {
        if (intervalMs > longestMs && longestMs > 0) {
            set(longestMs);
        }
    }

    /** Makes the interval no shorter than this, also where no rate was wished: section 5.2. */
    void stretchTo(long shortestMs) {
        if (intervalMs < shortestMs) {
            set(shortestMs);
        }
    }

    private void set(long ms) {
        intervalMs = ms;
        long rate = 1000 * UNIT / ms;
        text.sink(sink).putDecimal(rate / UNIT).put('.').putPadded(rate % UNIT, FRACTION_DIGITS);
        text.take(sink);
    }

    /** Appends {@code ;name=rate} when there is one. */
    void put(ByteSink out) {
        if (isSet()) {
            out.put(';').put(name).put('=').put(text);
        }
    }
}
