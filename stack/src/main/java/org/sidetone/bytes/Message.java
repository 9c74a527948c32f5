package org.sidetone.bytes;

/** Builds a text for an exception or a log, where the embedded profile has no string concatenation. Allocates. */
public final class Message {
    private char[] chars = new char[64];
    private int length;

    public Message(String start) {
        add(start);
    }

    public Message add(String text) {
        while (length + text.length() > chars.length) {
            char[] larger = new char[2 * chars.length];
            System.arraycopy(chars, 0, larger, 0, length);
            chars = larger;
        }
        text.getChars(0, text.length(), chars, length);
        length += text.length();
        return this;
    }

    public Message add(long number) {
        return add(Long.toString(number));
    }

    public Message add(Slice slice) {
        return add(slice.toString());
    }

    @Override
    public String toString() {
        return new String(chars, 0, length);
    }
}
