package org.sidetone.firmware.screen;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.Slice;
import org.sidetone.doc.pidf.Presence;
import org.sidetone.firmware.contacts.Contact;
import org.sidetone.hal.Key;

/** One contact in full. */
final class ContactScreen extends Screen {
    private static final int LINES = 12;
    private final PresenceWords words;
    private final ByteSink sink = new ByteSink();
    private Contact contact;
    private final Slice slice = new Slice();
    private final byte[] text = new byte[240];
    private int top;
    private int lines;

    ContactScreen(Desk desk) {
        super(desk);
        words = new PresenceWords(desk);
    }

    void open(Contact which) {
        contact = which;
        top = 0;
    }

    boolean isGone() {
        return !contact.isInBook();
    }

    @Override
    protected void draw(ScreenModel out) {
        out.title.set(contact.name);
        lines = 0;
        top = Math.max(0, Math.min(top, count() - desk.contentRows));
        lines = 0;
        for (int i = 0; i < LINES; i++) {
            int before = lines;
            line(i);
            if (lines > before && lines > top && out.rows() < desk.contentRows) {
                out.addRow().set(sink.slice(slice));
            }
        }
        out.softKeys("Back", desk.files.isOffered() ? "Card" : "", desk.conversations.capacity() > 0 ? "Chat" : "", "Message");
    }

    /** Lines that there are, before those that do not fit are left out. */
    private int count() {
        for (int i = 0; i < LINES; i++) {
            line(i);
        }
        return lines;
    }

    /** Writes a line, and counts it when it says something. */
    private void line(int number) {
        Presence p = contact.presence();
        sink.wrap(text);
        boolean said;
        switch (number) {
            case 0:
                said = contact.putState(sink).length() > 0;
                break;
            case 1:
                said = !contact.callPeer().isEmpty() && sink.put("With ").put(contact.callPeer()).length() > 0;
                break;
            case 2:
                said = sink.put(contact.note()).length() > 0;
                break;
            case 3:
                said = words.putActivities(p.activities(), sink);
                break;
            case 4:
                said = words.putTimes(p, sink);
                break;
            case 5: case 6: case 7:
                said = words.putAhead(p, number - 5, sink);
                break;
            case 8:
                said = words.putMood(p, sink);
                break;
            case 9:
                said = words.putPlace(p, sink);
                break;
            case 10:
                said = words.putTheirTime(p, sink);
                break;
            default:
                said = sink.put(contact.address).length() > 0;
        }
        lines += said ? 1 : 0;
    }

    @Override
    protected boolean onKey(int key, long nowMs) {
        if (key == Key.UP || key == Key.DOWN) {
            top += key == Key.DOWN ? 1 : -1;
            return true;
        }
        if (key == Key.SOFT_1) {
            desk.back(nowMs);
            return true;
        }
        if (key == Key.SOFT_1 + 1) {
            desk.sendCard(contact.account(), contact.address, nowMs);
            return true;
        }
        if (key == Key.SOFT_1 + 2) {
            desk.chatWith(contact.account(), contact.address, nowMs);
            return true;
        }
        if (key == Key.SOFT_1 + 3 || key == Key.OK) {
            desk.compose.to(contact.account(), contact.address);
            desk.show(desk.compose, nowMs);
            return true;
        }
        return false;
    }
}
