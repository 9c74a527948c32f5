package org.sidetone.firmware.screen;

import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.firmware.chats.Conversation;
import org.sidetone.firmware.contacts.Contact;
import org.sidetone.hal.Key;

/** Own name and state, the clock, the contacts of the line keys with their states. */
final class HomeScreen extends Screen {
    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private final FixedText line = new FixedText(64);

    HomeScreen(Desk desk) {
        super(desk);
    }

    @Override
    protected void draw(ScreenModel out) {
        out.title.sink(sink);
        if (desk.agent.account(0).displayName.isEmpty()) {
            desk.putName(desk.agent.account(0).address.slice(slice), sink);
        } else {
            sink.put(desk.agent.account(0).displayName);
        }
        sink.put(' ').put(desk.own.shownName());
        out.title.take(sink);
        out.corner.sink(sink);
        desk.putTime(desk.unixSec(), sink);
        out.corner.take(sink);
        out.addIcon(desk.isRegistered() ? ScreenModel.ICON_REGISTERED : ScreenModel.ICON_UNREGISTERED);
        int unread = desk.messages.unread();
        Conversation news = desk.conversations.withNews();
        int rows = desk.contentRows;
        if (!desk.isRegistered()) {
            out.addRow().set("Not registered");
            rows--;
        } else if (news != null) {
            out.addIcon(ScreenModel.ICON_CHAT);
            out.addRow().sink(sink).put(news.state() == Conversation.OFFERED ? "Chat offered by " : "New in the chat with ");
            desk.putName(news.peer.slice(slice), sink);
            out.row(0).take(sink);
            rows--;
        } else if (unread > 0) {
            out.addIcon(ScreenModel.ICON_MESSAGE);
            out.addRow().sink(sink).putDecimal(unread).put(unread == 1 ? " new message" : " new messages");
            out.row(0).take(sink);
            rows--;
        } else if (desk.mailboxes.putLine(line.sink(sink))) {
            out.addIcon(ScreenModel.ICON_VOICE_MAIL);
            line.take(sink);
            out.addRow().set(line);
            rows--;
        } else if (desk.missedCalls() > 0) {
            out.addIcon(ScreenModel.ICON_MISSED);
            out.addRow().sink(sink).putDecimal(desk.missedCalls()).put(desk.missedCalls() == 1 ? " missed call" : " missed calls");
            out.row(0).take(sink);
            rows--;
        }
        for (int i = 0; i < Math.min(rows, desk.contacts.count()); i++) {
            contact(desk.contacts.get(i), out);
        }
        out.softKeys("Contacts", "Messages", "Status", desk.missedCalls() > 0 ? "Seen" : "Sent");
    }

    private void contact(Contact c, ScreenModel out) {
        c.putState(out.addRow().sink(sink).put(c.name).put(' '));
        if (!c.note().isEmpty()) {
            sink.put(' ').put('-').put(' ').put(c.note());
        }
        out.row(out.rows() - 1).take(sink);
    }

    @Override
    protected boolean onKey(int key, long nowMs) {
        switch (key) {
            case Key.OK:
                if (desk.conversations.withNews() != null) {
                    desk.show(desk.conversations.withNews(), nowMs);
                    return true;
                }
                desk.show(desk.contactsScreen, nowMs);
                return true;
            case Key.SOFT_1: case Key.DOWN:
                desk.show(desk.contactsScreen, nowMs);
                return true;
            case Key.SOFT_1 + 1:
                desk.show(desk.inbox, nowMs);
                return true;
            case Key.SOFT_1 + 2:
                desk.show(desk.status, nowMs);
                return true;
            case Key.SOFT_1 + 3:
                if (desk.missedCalls() > 0) {
                    desk.seenMissedCalls();
                } else {
                    desk.show(desk.sent, nowMs);
                }
                return true;
            default:
                return false;
        }
    }
}
