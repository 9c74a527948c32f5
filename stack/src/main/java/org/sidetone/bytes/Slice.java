package org.sidetone.bytes;

/** A view of part of a byte array. It owns nothing: it is valid until the array behind it is reused. */
public final class Slice {
    private static final byte[] NOTHING = new byte[0];

    private byte[] buffer = NOTHING;
    private int offset;
    private int length;

    public Slice wrap(byte[] newBuffer, int newOffset, int newLength) {
        buffer = newBuffer;
        offset = newOffset;
        length = newLength;
        return this;
    }

    public Slice wrap(byte[] whole) {
        return wrap(whole, 0, whole.length);
    }

    public Slice set(Slice other) {
        return wrap(other.buffer, other.offset, other.length);
    }

    /** Nothing; the array stays, so that clearing costs no more than two numbers. */
    public Slice clear() {
        offset = 0;
        length = 0;
        return this;
    }

    public byte[] buffer() {
        return buffer;
    }

    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }

    /** First index past the end, in {@link #buffer()}. */
    public int limit() {
        return offset + length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    public int byteAt(int index) {
        return buffer[offset + index] & 0xFF;
    }

    public boolean equals(Slice other) {
        return Ascii.equals(buffer, offset, length, other.buffer, other.offset, other.length);
    }

    public boolean equals(byte[] text) {
        return Ascii.equals(buffer, offset, length, text, 0, text.length);
    }

    public boolean equalsIgnoreCase(byte[] text) {
        return Ascii.equalsIgnoreCase(buffer, offset, length, text, 0, text.length);
    }

    public boolean equalsIgnoreCase(Slice other) {
        return Ascii.equalsIgnoreCase(buffer, offset, length, other.buffer, other.offset, other.length);
    }

    /** For logs and debuggers: allocates. */
    @Override
    public String toString() {
        return Utf8.toString(buffer, offset, length);
    }
}
