package org.sidetone.firmware.screen;

import org.sidetone.bytes.Ascii;
import org.sidetone.bytes.ByteSink;
import org.sidetone.bytes.FixedText;
import org.sidetone.bytes.Slice;
import org.sidetone.bytes.Utf8;
import org.sidetone.doc.vcard.VCard;
import org.sidetone.firmware.files.FileEntry;
import org.sidetone.firmware.files.Ringtone;
import org.sidetone.hal.Key;
import org.sidetone.uri.UriView;

/** One file: offered, on its way, or as much of what is in it as this display can show. */
final class FileScreen extends Screen {
    private static final byte[][] CARDS = {VCard.TYPE, Ascii.bytes("text/x-vcard"), Ascii.bytes("text/directory")};
    private static final byte[] TEXT = Ascii.bytes("text/");
    private static final byte[][] PROPERTIES = {VCard.NAME, VCard.ORGANIZATION, VCard.TITLE, VCard.MESSAGING, VCard.TELEPHONE, VCard.EMAIL, VCard.NOTE};
    private static final int EACH = 3;

    private final ByteSink sink = new ByteSink();
    private final Slice slice = new Slice();
    private final Slice text = new Slice();
    private final Wrap wrap = new Wrap();
    private final VCard card = new VCard();
    private final UriView uri = new UriView();
    private final byte[] lines = new byte[2048];
    private final FixedText address = new FixedText(160);
    private FileEntry entry;
    private int length;
    private int top;

    FileScreen(Desk desk) {
        super(desk);
    }

    void open(FileEntry which) {
        entry = which;
        top = 0;
        desk.files.open(which);
    }

    boolean shows(FileEntry which) {
        return entry == which;
    }

    @Override
    protected void draw(ScreenModel out) {
        out.title.sink(sink);
        desk.putName(entry.peer.slice(slice), sink);
        out.title.take(sink);
        out.corner.sink(sink);
        desk.putTime(entry.dateSec(), sink);
        out.corner.take(sink);
        out.addRow().sink(sink).put(entry.name.isEmpty() ? entry.type : entry.name).put(", ");
        putSize(sink);
        out.row(0).take(sink);
        if (entry.state() == FileEntry.OFFERED) {
            out.addRow().set(entry.isIncoming() ? "Take it?" : "");
            out.softKeys("Decline", "", "", "Accept");
            return;
        }
        boolean kept = entry.state() == FileEntry.KEPT;
        if (!kept) {
            entry.putState(out.addRow().sink(sink));
            out.row(out.rows() - 1).take(sink);
            out.softKeys("Back", "", "", entry.state() == FileEntry.GOING || entry.state() == FileEntry.COMING ? "Cancel" : "");
            return;
        }
        lay();
        wrap.lay(lines, length, Math.max(1, desk.columns()));
        int rows = desk.contentRows - 1;
        top = Math.max(0, Math.min(top, wrap.lines() - rows));
        for (int i = top; i < Math.min(wrap.lines(), top + rows); i++) {
            wrap.put(lines, i, out.addRow());
        }
        out.softKeys("Back", "Delete", desk.ringtone().canPlay(desk.files.shown(text)) ? "Tone" : "Send", address.isEmpty() ? "" : "Message");
    }

    private void putSize(ByteSink out) {
        if (entry.size() < 1024) {
            out.putDecimal(entry.size()).put(" B");
        } else {
            out.putDecimal((entry.size() + 512) / 1024).put(" KB");
        }
    }

    /** What is shown of the content. */
    private void lay() {
        desk.files.shown(text);
        sink.wrap(lines);
        address.clear();
        if (text.isEmpty()) {
            length = 0;
            return;
        }
        boolean isCard = false;
        for (int i = 0; i < CARDS.length; i++) {
            isCard |= Ascii.startsWithIgnoreCase(entry.type.bytes(), 0, entry.type.length(), CARDS[i]);
        }
        if (isCard && card.wrap(text)) {
            layCard();
        } else if (desk.ringtone().canPlay(text)) {
            desk.ringtone().putName(text, sink.put("Ring tone "));
        } else if (Ascii.startsWithIgnoreCase(entry.type.bytes(), 0, entry.type.length(), TEXT)
                && Utf8.firstInvalid(text.buffer(), text.offset(), whole(text)) < 0) {
            sink.put(text.buffer(), text.offset(), whole(text));
        } else {
            sink.put("This display cannot show ").put(entry.type.isEmpty() ? entry.name : entry.type);
        }
        length = sink.length();
    }

    /** Octets up to the last whole character: the rest of a text may have been cut. */
    private static int whole(Slice of) {
        int n = of.length();
        while (n > 0 && n > of.length() - 4 && (of.byteAt(n - 1) & 0xC0) == 0x80) {
            n--;
        }
        return n > 0 && of.byteAt(n - 1) < 0 ? n - 1 : of.length();
    }

    private void layCard() {
        for (int p = 0; p < PROPERTIES.length; p++) {
            for (int i = 0; i < EACH; i++) {
                int before = sink.position();
                if (!card.put(PROPERTIES[p], i, sink)) {
                    break;
                }
                slice.wrap(lines, before, sink.position() - before);
                if (address.isEmpty() && uri.wrap(slice) && uri.hasDomain()) {
                    address.set(slice);
                }
                sink.put('\n');
            }
        }
        if (sink.length() > 0) {
            sink.truncate(sink.position() - 1);
        }
    }

    @Override
    protected boolean onKey(int key, long nowMs) {
        if (entry.state() == FileEntry.OFFERED) {
            if (key == Key.SOFT_1 + 3 || key == Key.OK) {
                desk.files.accept(entry, nowMs);
            } else if (key == Key.SOFT_1) {
                desk.files.decline(entry, nowMs);
                desk.back(nowMs);
            } else {
                return false;
            }
            return true;
        }
        boolean kept = entry.state() == FileEntry.KEPT;
        if (key == Key.UP || key == Key.DOWN) {
            top += key == Key.DOWN ? 1 : -1;
        } else if (key == Key.SOFT_1) {
            desk.back(nowMs);
        } else if (key == Key.SOFT_1 + 1 && kept || key == Key.SOFT_1 + 3 && (entry.state() == FileEntry.GOING || entry.state() == FileEntry.COMING)) {
            desk.files.delete(entry, nowMs);
            desk.back(nowMs);
        } else if (key == Key.SOFT_1 + 2 && kept && desk.ringtone().canPlay(desk.files.shown(text))) {
            desk.ringtone().take(text, nowMs);
        } else if (key == Key.SOFT_1 + 2 && kept) {
            desk.sendTo.open(entry);
            desk.show(desk.sendTo, nowMs);
        } else if (key == Key.SOFT_1 + 3 && !address.isEmpty()) {
            desk.compose.to(entry.account(), address);
            desk.show(desk.compose, nowMs);
        } else {
            return false;
        }
        return true;
    }
}
