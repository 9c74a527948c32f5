package org.sidetone.firmware.screen;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.bytes.Utf8;
import org.sidetone.firmware.chats.Conversation;
import org.sidetone.firmware.chats.Transcript;
import org.sidetone.firmware.input.MultiTap;
import org.sidetone.firmware.input.TextField;
import org.sidetone.hal.Key;
import org.sidetone.time.TimerQueue;

/** One conversation: what was said, the newest at the bottom, and below it the line being written. */
final class ChatScreen extends Screen implements TextField.User {
    /** Before a line: theirs, ours on its way, taken, arrived, not sent, theirs and signed, theirs and signed by nobody knows whom. */
    private static final String[] MARKS = {"< ", "~ ", "> ", ">> ", "! ", "<* ", "<? "};

    private final TextField field;
    private final MultiTap multiTap;
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private final Slice text = new Slice();
    private final Wrap wrap = new Wrap();
    private final FixedText line;
    private Conversation conversation;
    private int up;

    ChatScreen(Desk desk, TimerQueue timers, int textBytes) {
        super(desk);
        field = new TextField(textBytes);
        multiTap = new MultiTap(field, timers);
        field.setUser(this);
        line = new FixedText(textBytes + 32);
    }

    /** Another conversation starts a new text. */
    void open(Conversation which) {
        if (conversation != which) {
            field.clear();
        }
        conversation = which;
        up = 0;
        multiTap.begin(MultiTap.SENTENCE);
    }

    /** Whether a pop-up would be in the way. */
    boolean isBusy() {
        return conversation.state() > Conversation.CLOSED || field.length() > 0;
    }

    boolean shows(Conversation which) {
        return conversation == which;
    }

    /** @return null while nothing can be said */
    MultiTap multiTap() {
        return conversation.state() == Conversation.OPEN ? multiTap : null;
    }

    @Override
    public void onFieldChanged() {
        desk.changed();
    }

    @Override
    protected void onShown(long nowMs) {
        desk.conversations.seen(conversation, nowMs);
    }

    @Override
    protected void draw(ScreenModel out) {
        out.title.sink(sink);
        desk.putName(conversation.peer.slice(slice), sink);
        if (conversation.state() != Conversation.OPEN) {
            conversation.putState(sink.put(' ').put('-').put(' '));
        } else if (conversation.isRoom()) {
            drawRoom();
        } else if (conversation.isPeerComposing()) {
            sink.put(" is typing");
        } else if (conversation.isUnsealable()) {
            sink.put(" - cannot seal");
        } else if (conversation.isSealed()) {
            sink.put(" - sealed");
        }
        out.title.take(sink);
        if (conversation.state() == Conversation.OFFERED) {
            out.addRow().set("offers a chat");
            out.softKeys("Decline", "", "", "Accept");
            return;
        }
        boolean open = conversation.state() == Conversation.OPEN;
        int rows = desk.contentRows - (open ? 1 : 0);
        drawTranscript(rows, out);
        if (open) {
            drawField(out);
            out.corner.set(multiTap.modeName());
            out.softKeys(field.length() == 0 ? "Back" : "Delete", "End", multiTap.modeName(), showsPeople() ? "People" : "Send");
        } else if (conversation.state() == Conversation.CLOSED) {
            out.softKeys("Back", "", "Message", "Chat");
        } else {
            out.softKeys("Back", "Cancel", "", "");
        }
    }

    /** How many are there, or whom alone the line is for. */
    private void drawRoom() {
        if (!conversation.toOnly().isEmpty()) {
            desk.conversations.putPerson(conversation, conversation.toOnly().slice(slice), sink.put(", to "));
            sink.put(" alone");
        } else if (conversation.roster() != null) {
            sink.put(" (").putDecimal(conversation.roster().count()).put(')');
        }
    }

    private boolean showsPeople() {
        return conversation.roster() != null && field.length() == 0;
    }

    /** The last lines that fit, or as many above them as were scrolled. */
    private void drawTranscript(int rows, ScreenModel out) {
        int columns = Math.max(1, desk.columns());
        Transcript t = conversation.transcript;
        int total = 0;
        for (int at = t.first(); at >= 0; at = t.next(at)) {
            total += lay(t, at, columns);
        }
        up = Math.max(0, Math.min(up, total - rows));
        int skip = Math.max(0, total - rows - up);
        int shown = 0;
        for (int at = t.first(); at >= 0 && shown < rows; at = t.next(at)) {
            int n = lay(t, at, columns);
            for (int i = 0; i < n && shown < rows; i++) {
                if (skip > 0) {
                    skip--;
                } else {
                    wrap.put(line.bytes(), i, out.addRow());
                    shown++;
                }
            }
        }
    }

    private int lay(Transcript t, int at, int columns) {
        line.sink(sink).put(MARKS[t.state(at)]).put(t.text(at, text));
        line.take(sink);
        wrap.lay(line.bytes(), line.length(), columns);
        return wrap.lines();
    }

    /** The end of what is being written, with the cursor in it. */
    private void drawField(ScreenModel out) {
        int columns = Math.max(2, desk.columns()) - 1;
        field.slice(text);
        int column = field.cursorColumn();
        int first = Math.max(0, column - columns + 1);
        byte[] b = text.buffer();
        int at = 0;
        for (int i = 0; i < first; i++) {
            at += Utf8.stepAt(b, at, text.length());
        }
        int end = at;
        for (int i = 0; i < columns && end < text.length(); i++) {
            end += Utf8.stepAt(b, end, text.length());
        }
        FixedText row = out.addRow();
        row.sink(sink).put('_').put(b, at, end - at);
        row.take(sink);
        out.cursor(out.rows() - 1, column - first + 1);
    }

    @Override
    protected boolean onKey(int key, long nowMs) {
        switch (conversation.state()) {
            case Conversation.OFFERED: return onOfferedKey(key, nowMs);
            case Conversation.OPEN: return onOpenKey(key, nowMs);
            default: break;
        }
        if (key == Key.SOFT_1) {
            desk.back(nowMs);
        } else if (key == Key.SOFT_1 + 1) {
            desk.conversations.end(conversation, nowMs);
        } else if (key == Key.SOFT_1 + 2 && conversation.state() == Conversation.CLOSED) {
            desk.compose.to(conversation.account(), conversation.peer);
            desk.show(desk.compose, nowMs);
        } else if (key == Key.SOFT_1 + 3 || key == Key.OK) {
            desk.conversations.call(conversation, nowMs);
        } else {
            return scroll(key);
        }
        return true;
    }

    private boolean scroll(int key) {
        up += key == Key.UP ? 1 : key == Key.DOWN ? -1 : 0;
        return key == Key.UP || key == Key.DOWN;
    }

    private boolean onOfferedKey(int key, long nowMs) {
        if (key == Key.SOFT_1 + 3 || key == Key.OK) {
            desk.conversations.accept(conversation, nowMs);
        } else if (key == Key.SOFT_1) {
            desk.conversations.decline(conversation, nowMs);
            desk.back(nowMs);
        } else {
            return false;
        }
        return true;
    }

    private boolean onOpenKey(int key, long nowMs) {
        if (multiTap.onKey(key, nowMs)) {
            desk.conversations.onKey(conversation, nowMs);
        } else if (Typing.onKey(key, field, multiTap, nowMs)) {
            return true;
        } else if (key == Key.SOFT_1) {
            desk.back(nowMs);
        } else if (key == Key.SOFT_1 + 1) {
            desk.conversations.end(conversation, nowMs);
        } else if ((key == Key.SOFT_1 + 3 || key == Key.OK) && showsPeople()) {
            desk.people.open(conversation);
            desk.show(desk.people, nowMs);
        } else if (key == Key.SOFT_1 + 3 || key == Key.OK) {
            if (!field.isBlank() && desk.conversations.say(conversation, field.slice(slice), nowMs)) {
                field.clear();
                up = 0;
                multiTap.begin(MultiTap.SENTENCE);
            }
        } else {
            return scroll(key);
        }
        return true;
    }
}
