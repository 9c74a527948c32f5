package org.sidetone.firmware.screen;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.firmware.contacts.Contact;
import org.sidetone.firmware.input.MultiTap;
import org.sidetone.time.TimerQueue;
import org.sidetone.uri.UriView;

/**
 * Somebody's address for the book: {@code bob} is somebody of the first account's domain, {@code bob@example.test} of another. He is watched with the account
 * whose domain is his; with the first where there is none.
 */
final class NewContactScreen extends EntryScreen {
    private static final int ADDRESS_BYTES = 150;

    private final FixedText address = new FixedText(160);
    private final ByteSink sink = new ByteSink();
    private final UriView uri = new UriView();
    private final UriView own = new UriView();
    private final Slice slice = new Slice();
    private final Slice noName = new Slice();

    NewContactScreen(Desk desk, TimerQueue timers) {
        super(desk, timers, ADDRESS_BYTES, MultiTap.LOWER);
    }

    @Override
    protected String title() {
        return "New contact: address";
    }

    @Override
    protected String example() {
        return "bob or bob@example.com";
    }

    @Override
    protected String keep(Slice text, long nowMs) {
        if (!complete(text)) {
            return "This is no address";
        }
        int account = accountFor(uri);
        boolean known = desk.contacts.find(address.slice(slice)) != null;
        Contact c = desk.contacts.book().addOwn(address.slice(slice), noName, account, nowMs);
        if (c == null) {
            return "The book is full";
        }
        if (known) {
            return "Already in the book";
        }
        field.clear();
        desk.back(nowMs);
        return "";
    }

    private int accountFor(UriView theirs) {
        for (int i = 0; i < desk.agent.accounts(); i++) {
            if (own.wrap(desk.agent.account(i).address.slice(slice)) && own.host().equalsIgnoreCase(theirs.host())) {
                return i;
            }
        }
        return 0;
    }

    /** Makes a SIP address of what was typed, with the own domain when there is none in it. */
    private boolean complete(Slice text) {
        int from = text.offset();
        int to = Ascii.trimEnd(text.buffer(), from, text.limit());
        while (from < to && text.buffer()[from] == ' ') {
            from++;
        }
        byte[] b = text.buffer();
        boolean hasScheme = Ascii.indexOf(b, from, to, ':') < Ascii.indexOf(b, from, to, '@') && Ascii.indexOf(b, from, to, '@') < to;
        address.sink(sink);
        if (!hasScheme) {
            sink.put("sip:");
        }
        sink.put(b, from, to - from);
        if (Ascii.indexOf(b, from, to, '@') == to) {
            FixedText ours = desk.agent.account(0).address;
            int at = Ascii.indexOf(ours.bytes(), 0, ours.length(), '@');
            sink.put(ours.bytes(), at, ours.length() - at);
        }
        return from < to && address.take(sink) && uri.wrap(address.slice(slice)) && uri.hasDomain() && uri.hasUser();
    }
}
