package org.sidetone.firmware.screen;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.bytes.Utf8;
import org.sidetone.firmware.input.MultiTap;
import org.sidetone.firmware.input.TextField;
import org.sidetone.hal.Key;
import org.sidetone.time.TimerQueue;

/** Writing a message. What was typed stays as a draft until it is sent or deleted. */
final class ComposeScreen extends Screen implements TextField.User {
    private final TextField field;
    private final MultiTap multiTap;
    private final FixedText recipient = new FixedText(160);
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private final Slice slice2 = new Slice();
    private final Wrap wrap = new Wrap();
    private int account;
    private boolean noRoom;

    ComposeScreen(Desk desk, TimerQueue timers, int textBytes) {
        super(desk);
        field = new TextField(textBytes);
        multiTap = new MultiTap(field, timers);
        field.setUser(this);
    }

    /** Sets the recipient; another one starts a new text. */
    void to(int fromAccount, FixedText address) {
        if (!recipient.equals(address)) {
            field.clear();
        }
        account = fromAccount;
        recipient.set(address);
        multiTap.begin(MultiTap.SENTENCE);
        noRoom = false;
    }

    MultiTap multiTap() {
        return multiTap;
    }

    @Override
    public void onFieldChanged() {
        desk.changed();
    }

    @Override
    protected void draw(ScreenModel out) {
        boolean typing = desk.messages.isTyping(recipient.slice(slice));
        out.title.sink(sink).put(typing ? "" : "To ");
        desk.putName(slice, sink);
        sink.put(typing ? " is typing" : "");
        out.title.take(sink);
        out.corner.set(multiTap.modeName());
        field.slice(slice);
        int columns = Math.max(1, desk.columns());
        wrap.lay(slice.buffer(), slice.length(), columns);
        int column = field.cursorColumn();
        int line = lineOf(column, slice);
        int rows = desk.contentRows - (noRoom ? 1 : 0);
        int top = Math.max(0, line - rows + 1);
        for (int i = top; i < Math.min(wrap.lines(), top + rows); i++) {
            wrap.put(slice.buffer(), i, out.addRow());
        }
        int before = Utf8.count(slice.buffer(), 0, wrap.start(line));
        out.cursor(line - top, Math.min(column - before, columns - 1));
        if (noRoom) {
            out.addRow().set("No room: delete some");
        }
        out.softKeys(field.length() == 0 ? "Back" : "Delete", "", multiTap.modeName(), "Send");
    }

    /** The line that shows the cursor, which stands after {@code column} characters. */
    private int lineOf(int column, Slice text) {
        int line = 0;
        while (line + 1 < wrap.lines() && Utf8.count(text.buffer(), 0, wrap.start(line + 1)) <= column) {
            line++;
        }
        return line;
    }

    @Override
    protected boolean onKey(int key, long nowMs) {
        if (multiTap.onKey(key, nowMs)) {
            noRoom = false;
            desk.messages.onKey(account, recipient.slice(slice), nowMs);
            return true;
        }
        if (Typing.onKey(key, field, multiTap, nowMs)) {
            return true;
        }
        if (key == Key.SOFT_1) {
            desk.back(nowMs);
        } else if (key == Key.SOFT_1 + 3 || key == Key.OK) {
            send(nowMs);
        } else {
            return false;
        }
        return true;
    }

    private void send(long nowMs) {
        if (field.isBlank()) {
            return;
        }
        if (desk.messages.submit(account, recipient.slice(slice2), field.slice(slice), nowMs)) {
            field.clear();
            desk.back(nowMs);
        } else {
            noRoom = true;
        }
    }
}
