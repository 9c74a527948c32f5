package org.sidetone.bytes;

/** A copy of some text, of bounded size, owned by whoever made it. What does not fit is refused, never cut. */
public final class FixedText {
    private final byte[] bytes;
    private int length;

    /** @param capacity bytes, at least 0 */
    public FixedText(int capacity) {
        bytes = new byte[capacity];
    }

    /** @return false, and nothing changed, when the text is longer than the capacity */
    public boolean set(byte[] source, int offset, int newLength) {
        if (newLength > bytes.length) {
            return false;
        }
        System.arraycopy(source, offset, bytes, 0, newLength);
        length = newLength;
        return true;
    }

    public boolean set(Slice source) {
        return set(source.buffer(), source.offset(), source.length());
    }

    public boolean set(byte[] source) {
        return set(source, 0, source.length);
    }

    public boolean set(FixedText other) {
        return set(other.bytes, 0, other.length);
    }

    /** As UTF-8. */
    public boolean set(String text) {
        int newLength = Utf8.length(text);
        if (newLength > bytes.length) {
            return false;
        }
        Utf8.encode(text, bytes, 0);
        length = newLength;
        return true;
    }

    public void clear() {
        length = 0;
    }

    public int length() {
        return length;
    }

    public int capacity() {
        return bytes.length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    /** The array itself, valid up to {@link #length()}. */
    public byte[] bytes() {
        return bytes;
    }

    public Slice slice(Slice out) {
        return out.wrap(bytes, 0, length);
    }

    /** An empty sink over the array; {@link #take(ByteSink)} sets the length afterwards. */
    public ByteSink sink(ByteSink out) {
        return out.wrap(bytes, 0, bytes.length);
    }

    /** @return false, and the text empty, when the sink overflowed */
    public boolean take(ByteSink written) {
        length = written.overflowed() ? 0 : written.length();
        return !written.overflowed();
    }

    public boolean equals(Slice other) {
        return Ascii.equals(bytes, 0, length, other.buffer(), other.offset(), other.length());
    }

    public boolean equals(FixedText other) {
        return Ascii.equals(bytes, 0, length, other.bytes, 0, other.length);
    }

    public boolean equals(byte[] other) {
        return Ascii.equals(bytes, 0, length, other, 0, other.length);
    }

    /** For logs and debuggers: allocates. */
    @Override
    public String toString() {
        return Utf8.toString(bytes, 0, length);
    }
}
