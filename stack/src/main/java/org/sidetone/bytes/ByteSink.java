package org.sidetone.bytes;

/**
 * Appends into part of a byte array. Once something does not fit nothing more is appended and {@link #overflowed()}
 * stays true, so one check at the end is enough.
 */
public final class ByteSink {
    private byte[] buffer = new byte[0];
    private int start;
    private int position;
    private int limit;
    private boolean overflowed;

    public ByteSink wrap(byte[] newBuffer, int offset, int length) {
        buffer = newBuffer;
        start = offset;
        position = offset;
        limit = offset + length;
        overflowed = false;
        return this;
    }

    public ByteSink wrap(byte[] whole) {
        return wrap(whole, 0, whole.length);
    }

    public ByteSink put(int octet) {
        if (overflowed || position == limit) {
            overflowed = true;
        } else {
            buffer[position++] = (byte) octet;
        }
        return this;
    }

    public ByteSink put(byte[] source, int offset, int length) {
        if (overflowed || length > limit - position) {
            overflowed = true;
        } else {
            System.arraycopy(source, offset, buffer, position, length);
            position += length;
        }
        return this;
    }

    public ByteSink put(byte[] source) {
        return put(source, 0, source.length);
    }

    public ByteSink put(Slice slice) {
        return put(slice.buffer(), slice.offset(), slice.length());
    }

    public ByteSink put(FixedText text) {
        return put(text.bytes(), 0, text.length());
    }

    /** Appends a constant or a setting as UTF-8, without allocating. */
    public ByteSink put(String text) {
        int needed = Utf8.length(text);
        if (overflowed || needed > limit - position) {
            overflowed = true;
            return this;
        }
        position += Utf8.encode(text, buffer, position);
        return this;
    }

    /** Appends one Unicode code point as UTF-8. */
    public ByteSink putCodePoint(int c) {
        int needed = Utf8.lengthOf(c);
        if (overflowed || needed > limit - position) {
            overflowed = true;
            return this;
        }
        position += Utf8.encode(c, buffer, position);
        return this;
    }

    public ByteSink putDecimal(long number) {
        if (number < 0) {
            put('-');
            if (number == Long.MIN_VALUE) {
                return put("9223372036854775808");
            }
            number = -number;
        }
        int digits = 1;
        for (long n = number; n >= 10; n /= 10) {
            digits++;
        }
        return putPadded(number, digits);
    }

    /** Appends the lowest digits of a number that is not negative, with leading zeros. */
    public ByteSink putPadded(long number, int digits) {
        if (overflowed || digits > limit - position) {
            overflowed = true;
            return this;
        }
        for (int i = digits - 1; i >= 0; i--) {
            buffer[position + i] = (byte) ('0' + number % 10);
            number /= 10;
        }
        position += digits;
        return this;
    }

    /** Appends lower-case hex digits, two an octet. */
    public ByteSink putHex(byte[] source, int offset, int length) {
        for (int i = 0; i < length; i++) {
            put(Hex.digit(source[offset + i] >> 4)).put(Hex.digit(source[offset + i]));
        }
        return this;
    }

    /** Appends the {@code digits} lowest hex digits of a number. */
    public ByteSink putHex(long number, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            put(Hex.digit((int) (number >> shift)));
        }
        return this;
    }

    public int length() {
        return position - start;
    }

    public int remaining() {
        return limit - position;
    }

    public int start() {
        return start;
    }

    /** Index in {@link #buffer()} of the next octet. */
    public int position() {
        return position;
    }

    /** Takes back what was appended from {@code newPosition} on. Does not undo an overflow. */
    public void truncate(int newPosition) {
        position = newPosition;
    }

    public byte[] buffer() {
        return buffer;
    }

    public boolean overflowed() {
        return overflowed;
    }

    /** Marks the sink as overflowed: its writer found that it could not say what it should. */
    public void fail() {
        overflowed = true;
    }

    public Slice slice(Slice out) {
        return out.wrap(buffer, start, position - start);
    }
}
