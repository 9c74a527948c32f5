package org.sidetone.firmware.input;

import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.bytes.Utf8;

/** Text being written, with a cursor. UTF-8; what does not fit is refused. */
public final class TextField {
    /** Told when the text or the cursor changed by itself. */
    public interface User {
        void onFieldChanged();
    }

    private final byte[] bytes;
    private int length;
    private int cursor;
    private User user;

    public TextField(int capacity) {
        bytes = new byte[capacity];
    }

    public void setUser(User newUser) {
        user = newUser;
    }

    void changed() {
        if (user != null) {
            user.onFieldChanged();
        }
    }

    public void clear() {
        length = 0;
        cursor = 0;
    }

    public void set(FixedText text) {
        length = Math.min(text.length(), bytes.length);
        System.arraycopy(text.bytes(), 0, bytes, 0, length);
        cursor = length;
    }

    /** @return false when it is full */
    public boolean insert(int codePoint) {
        int n = Utf8.lengthOf(codePoint);
        if (length + n > bytes.length) {
            return false;
        }
        System.arraycopy(bytes, cursor, bytes, cursor + n, length - cursor);
        Utf8.encode(codePoint, bytes, cursor);
        length += n;
        cursor += n;
        return true;
    }

    public void deleteBefore() {
        int from = Utf8.previous(bytes, 0, cursor);
        System.arraycopy(bytes, cursor, bytes, from, length - cursor);
        length -= cursor - from;
        cursor = from;
    }

    /** @return false at the end */
    public boolean moveRight() {
        if (cursor == length) {
            return false;
        }
        cursor += Utf8.stepAt(bytes, cursor, length);
        return true;
    }

    /** @return false at the start */
    public boolean moveLeft() {
        if (cursor == 0) {
            return false;
        }
        cursor = Utf8.previous(bytes, 0, cursor);
        return true;
    }

    boolean isAtSentenceStart() {
        int i = cursor;
        while (i > 0 && bytes[i - 1] == ' ') {
            i--;
        }
        return i == 0 || i < cursor && (bytes[i - 1] == '.' || bytes[i - 1] == '!' || bytes[i - 1] == '?');
    }

    public Slice slice(Slice out) {
        return out.wrap(bytes, 0, length);
    }

    public int length() {
        return length;
    }

    /** Code points before the cursor. */
    public int cursorColumn() {
        return Utf8.count(bytes, 0, cursor);
    }

    /** Whether nothing but spaces stands there. */
    public boolean isBlank() {
        for (int i = 0; i < length; i++) {
            if (bytes[i] != ' ') {
                return false;
            }
        }
        return true;
    }
}
